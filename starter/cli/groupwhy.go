package cli

import (
	"context"

	"github.com/spf13/cobra"

	"holdthering/cases"
	"holdthering/regime/ledger"
	"holdthering/verbs"
)

func (a *app) groupWhyCommand() *cobra.Command {
	law := profileFlag{a: a}
	c := look{
		use: "why [GROUP] WHAT [flags]", example: "group why Q56 RCX",
		short: "Why something in a group is so: a duty, a mail, an entry, a provider, a party, a rule",
		long: "Why something in a group is so: a duty (D7), a mail (n12), an entry of the chronology (14),\n" +
			"how closely a provider is watched (RCX), a party's seat (GMC), a rule (R74), or what became of a\n" +
			"concern, an action or what is to be put to rest (C1, A1, M1); and which law there is of a day\n" +
			"(2022-07-01), a power (P-MON-1) or a body, with its source.",
		args: a.reasonNamed("HTR_GROUP", "an entry (14), a provider (RCX), a party or a rule (R74); 'group why GROUP' lists what there is"),
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			if len(args) == 0 || len(args) == 1 && a.Getenv("HTR_GROUP") == "" {
				return a.groupWhyWhat(cmd.Context(), args, asJSON)
			}
			day, err := law.day()
			if err != nil {
				return err
			}
			s, _, err := a.wholeGroup(cmd.Context(), args[:len(args)-1])
			if err != nil {
				return err
			}
			e, err := s.Group.WhyOn(args[len(args)-1], day)
			return a.explained(e, err, s.Standing, asJSON)
		},
		flags: law.bindDay,
	}.command()
	c.ValidArgsFunction = a.offerGroupReasons
	return c
}

// groupWhyWhat lists what can be asked about a group.
func (a *app) groupWhyWhat(ctx context.Context, args []string, asJSON bool) error {
	s, _, err := a.group(ctx, args)
	if err != nil {
		return err
	}
	g := s.Group.Public()
	v := askable{About: "group " + g.Place(), Points: g.Explained(), ask: verbs.Program + " group why " + g.Place(),
		open: g.OpenDuties()}
	return a.answer(asJSON, v, func() string { return v.text(a.width()) })
}

// offerGroupReasons lets the shell offer the groups, then what can be explained in one.
func (a *app) offerGroupReasons(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return verbs.OfferPlaces(cmd, args, begun)
	}
	place, err := a.groupNamed(args)
	if err != nil || len(args) > 1 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return a.offerExplained(func(ctx context.Context, c cases.Cases) ([]ledger.Point, error) {
		s, err := c.Group(ctx, place)
		if err != nil {
			return nil, err
		}
		return s.Group.Public().Explained(), nil
	})
}
