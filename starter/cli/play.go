package cli

import (
	"errors"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/cases"
	"holdthering/desk/key"
	"holdthering/rehearsal"
	"holdthering/seal"
)

func (a *app) playCommand() *cobra.Command {
	var mails, pages bool
	var deskAt string
	return look{
		use: "play FILE [flags]", short: "Play a scenario on a real server that may skip time",
		long: "Play a scenario on a real server that may skip time, with real workers and mails.\n\n" +
			"It needs a namespace for demonstrations, in which no real case runs: TEMPORAL_NAMESPACE\n" +
			"names it. Exit code 1 if the case did otherwise than is written.",
		example: "play scenarios/kings-lynn.txt", args: oneWord("scenario", false),
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			c, err := a.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer c.Close()
			server, ok := c.(*cases.Temporal)
			if !ok {
				return errors.New("a scenario is played on a Temporal server only; 'rehearse' needs none")
			}
			o := rehearsal.Options{Out: a.Stdout, JSON: asJSON, Mails: mails, Outbox: a.outboxOfPages(pages)}
			if o.Desk, err = a.caseAtDesk(deskAt); err != nil {
				return err
			}
			ok, err = rehearsal.Play(cmd.Context(), server, args[0], o)
			if err != nil {
				return err
			}
			return asWritten(ok)
		},
		flags: func(set *pflag.FlagSet) {
			set.BoolVar(&mails, "mails", false, "name every recipient of every mail")
			set.BoolVar(&pages, "pages", false, "members that the scenario names answer by the links of their mails")
			set.StringVar(&deskAt, "desk", "", "print where the desk at this `address` shows the case")
		},
	}.command()
}

// caseAtDesk gives the addresses at which a desk shows cases; nil where none is named, or nothing is sealed: then
// there is no key that opens one.
func (a *app) caseAtDesk(at string) (func(ref string) string, error) {
	if at == "" {
		return nil, nil
	}
	keys, err := seal.FromEnv(a.Getenv)
	if err != nil || len(keys) == 0 {
		return nil, err
	}
	return func(ref string) string { return key.Address(keys, at, "/case/"+ref, time.Now()) }, nil
}

// outboxOfPages is where the mails of the worker lie whose links are opened; empty where none are.
func (a *app) outboxOfPages(pages bool) string {
	if !pages {
		return ""
	}
	return a.workersDir("HTR_OUTBOX", "outbox")
}
