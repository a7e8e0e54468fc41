package cli

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/screen"
	"holdthering/verbs"
)

// wrong is a standing that somebody has to do something about; nil where all is well.
func wrong(s cases.Standing) *cases.Standing {
	if !s.Wrong() {
		return nil
	}
	return &s
}

// warn tells beside what is printed that something is wrong with what is looked at.
func (a *app) warn(s cases.Standing) {
	if s.Wrong() {
		a.note(strings.ToUpper(string(s.State)) + ": " + s.String())
	}
}

// warningLines say so on top of what is printed.
func warningLines(s *cases.Standing, width int) []string {
	if s == nil {
		return nil
	}
	return append(screen.Wrapped(strings.ToUpper(string(s.State))+": "+s.String(), width), "")
}

// asOf is the moment that a view shows.
func asOf(s *cases.Standing, now time.Time) string {
	if s != nil && s.Dead() {
		return "This is how it stood on " + calendar.Instant(now) + ", its last moment alive."
	}
	return "It is now " + calendar.Instant(now) + "."
}

// troubled is a row of a list that somebody has to do something about.
type troubled struct {
	name, about, was string
	standing         cases.Standing
}

// troubleLines stand under a list: what has died first, by itself. What stands still for want of any
// worker is said once of all.
func troubleLines(all []troubled, width int) []string {
	dead := screen.Table{Heads: []string{"DEAD", "ABOUT", "WAS", "HOW", "SINCE"}, FixedColumns: 1}
	still := screen.Table{Heads: []string{"STANDS STILL", "ABOUT", "WAS", "WHY"}, FixedColumns: 1}
	var does, unattended []string
	start := ""
	for _, r := range all {
		switch {
		case r.standing.Dead():
			since := "-"
			if !r.standing.Since.IsZero() {
				since = calendar.Short(r.standing.Since)
			}
			dead.Rows = append(dead.Rows, []string{r.name, r.about, r.was, string(r.standing.State), since})
		case r.standing.State == cases.Unattended:
			unattended, start = append(unattended, r.name), r.standing.Do
			continue
		default:
			still.Rows = append(still.Rows, []string{r.name, r.about, r.was, string(r.standing.State)})
		}
		does = append(does, r.name+": "+r.standing.String())
	}
	if len(unattended) > 0 {
		does = append(does, "NO WORKER is there for "+few(unattended)+": nothing happens there, and nobody is told "+
			"anything. Nothing is lost. "+start)
	}
	var out []string
	for _, t := range []screen.Table{dead, still} {
		if len(t.Rows) > 0 {
			out = append(append(out, ""), t.Lines(width, "")...)
		}
	}
	if len(does) > 0 {
		out = append(out, "")
	}
	for _, d := range does {
		out = append(out, bullet(d, width)...)
	}
	return out
}

// reviveCommand brings a case back; groupReviveCommand a group.
func (a *app) reviveCommand() *cobra.Command {
	c := a.revive("case", "revive [CASE] --reason TEXT", "revive K7QM-3XRD --reason \"terminated by a slip in the UI\"",
		func(ctx context.Context, c cases.Cases, args []string, reason string) (string, error) {
			text, err := a.caseText(args)
			if err != nil {
				return "", err
			}
			ref, err := a.caseMeant(ctx, c, text)
			if err != nil {
				return "", err
			}
			return "Case " + ref, a.orNear(ctx, c, ref, c.Revive(ctx, ref, reason))
		})
	c.ValidArgsFunction = a.offerCases
	return c
}

func (a *app) groupReviveCommand() *cobra.Command {
	c := a.revive("group", "revive [GROUP] --reason TEXT", "group revive Q56 --reason \"terminated by a slip in the UI\"",
		func(ctx context.Context, c cases.Cases, args []string, reason string) (string, error) {
			place, err := a.groupNamed(args)
			if err != nil {
				return "", err
			}
			return "The group of " + place, c.ReviveGroup(ctx, place, reason)
		})
	c.ValidArgsFunction = verbs.OfferPlaces
	return c
}

// revived is the answer.
type revived struct {
	What    string `json:"what"`
	Revived bool   `json:"revived"`
}

func (a *app) revive(what, use, example string,
	do func(context.Context, cases.Cases, []string, string) (string, error)) *cobra.Command {
	var reason string
	return look{
		use: use, example: example, args: oneWord(what, true),
		short: "Bring a dead " + what + " back as it stood: terminated, cancelled or failed",
		long: "Bring a " + what + " back that was terminated or cancelled by an operator of the server, or that has\n" +
			"failed: as it stood at its last step, with all its times. What fell due meanwhile is done at once.\n" +
			"A " + what + " that is alive, or that has come to its own end, is left alone. The server keeps the\n" +
			"reason, for its operators to see: no names in it, and nothing of the " + what + ".",
		flags: func(set *pflag.FlagSet) { set.StringVar(&reason, "reason", "", "why, in a `text`") },
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			if strings.TrimSpace(reason) == "" {
				return errors.New("--reason is missing: why is it brought back?")
			}
			if err := regime.CheckText("--reason", reason); err != nil {
				return err
			}
			c, err := a.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer c.Close()
			name, err := do(cmd.Context(), c, args, reason)
			if err != nil {
				return err
			}
			return a.answer(asJSON, revived{name, true}, func() string {
				return name + " is alive again, as it stood when it died. What fell due since is done now."
			})
		},
	}.command()
}
