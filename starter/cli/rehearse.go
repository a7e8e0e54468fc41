package cli

import (
	"errors"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/rehearsal"
)

func (a *app) rehearseCommand() *cobra.Command {
	var mails bool
	return look{
		use: "rehearse FILE... [flags]", short: "Play scenarios without a server: months pass in a moment",
		long: "Play scenarios without a server: months pass in a moment. Nothing is sent or kept.\n\n" +
			"A scenario is a text of lines such as '2013-09-10 09:30 trigger --provider RCX ...'; the\n" +
			"file scenarios/kings-lynn.txt is one. Exit code 1 if a case did otherwise than is written.",
		example: "rehearse scenarios/kings-lynn.txt", args: someFiles,
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			if a.OneCore != nil {
				a.OneCore()
			}
			all := true
			for _, path := range args {
				ok, err := rehearsal.Rehearse(cmd.Context(), path,
					rehearsal.Options{Out: a.Stdout, JSON: asJSON, Mails: mails})
				if err != nil {
					return err
				}
				all = all && ok
			}
			return asWritten(all)
		},
		flags: func(set *pflag.FlagSet) {
			set.BoolVar(&mails, "mails", false, "name every recipient of every mail")
		},
	}.command()
}

func someFiles(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return errors.New("which scenario? Name its file, such as scenarios/kings-lynn.txt")
	}
	return nil
}

// asWritten is the outcome of scenarios whose report is printed already.
func asWritten(ok bool) error {
	if ok {
		return nil
	}
	return silent(exitRefused)
}
