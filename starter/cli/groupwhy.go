package cli

import (
	"github.com/spf13/cobra"
)

func (a *app) groupWhyCommand() *cobra.Command {
	return look{
		use: "why [GROUP] WHAT [flags]", example: "group why Q56 RCX",
		short: "Why something in a group is so: a duty, a mail, an entry, a provider, a party, a rule",
		long: "Why something in a group is so: a duty (D7), a mail (n12), an entry of the chronology (14),\n" +
			"how closely a provider is watched (RCX), a party's seat (GMC), or a rule (R74).",
		args: reasonNamed("an entry (14), a provider (RCX), a party or a rule (R74); 'group file' shows them all"),
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			s, _, err := a.wholeGroup(cmd.Context(), args[:len(args)-1])
			if err != nil {
				return err
			}
			e, err := s.Group.Why(args[len(args)-1])
			return a.explained(e, err, s.Standing, asJSON)
		},
	}.command()
}
