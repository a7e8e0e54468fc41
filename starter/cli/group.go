package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"holdthering/cases"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/regime/words"
	"holdthering/screen"
	"holdthering/verbs"
)

// groupCommand holds all that is seen in the surveillance groups, and that starts them.
func (a *app) groupCommand(env verbs.Env) *cobra.Command {
	family := verbs.Family(verbs.GroupNoun)
	family.Short = "the standing Quality Surveillance Groups"
	family.AddCommand(a.groupListCommand(), a.groupShowCommand(), a.groupAgendaCommand(),
		a.groupTimetableCommand(), a.groupLogCommand(), a.groupFileCommand(), a.groupWhyCommand(),
		a.groupSourcesCommand(), a.groupContactsCommand(),
		a.groupStartCommand(env), a.groupReviveCommand())
	return family
}

// doneInGroup is what an act in a group has led to.
type doneInGroup struct {
	Group string `json:"group"`
	ledger.Receipt
}

func (a *app) actInGroup(cmd *cobra.Command, p verbs.GroupParsed) error {
	ctx := cmd.Context()
	c, err := a.connect(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	if p.DryRun {
		f, err := a.foreseeInGroup(ctx, c, p)
		if err != nil {
			return err
		}
		return a.answer(p.JSON, f, func() string { return f.text(a.width()) })
	}
	sure := p
	sure.Request.Sure = true
	if err := a.agreed(p.Verb.Path, p.JSON || cmd.Flags().Changed("yes"), func() (outlook, error) {
		return a.foreseeInGroup(ctx, c, sure)
	}); err != nil {
		return err
	}
	d := doneInGroup{Group: p.Place}
	d.Receipt, err = a.sure(p.Request, p.JSON, func(req ledger.Request) (ledger.Receipt, error) {
		return c.ActInGroup(ctx, p.Place, req, p.Act)
	})
	if err != nil {
		return err
	}
	return a.answer(p.JSON, d, func() string {
		lines := screen.Wrapped(recorded(d.Receipt), a.width())
		if d.Next != "" {
			lines = append(lines, screen.Wrapped("Group "+p.Place+". Next: "+words.Full(d.Next), a.width())...)
		}
		return strings.Join(lines, "\n")
	})
}

// groupNamed is the place that the words name, or HTR_GROUP.
func (a *app) groupNamed(args []string) (string, error) {
	text := a.Getenv("HTR_GROUP")
	if len(args) > 0 {
		text = args[0]
	}
	return verbs.GroupPlace(text)
}

// group is the group that the words name, or HTR_GROUP, and its own time.
func (a *app) group(ctx context.Context, args []string) (cases.GroupSnapshot, time.Time, error) {
	var s cases.GroupSnapshot
	place, err := a.groupNamed(args)
	if err != nil {
		return s, time.Time{}, err
	}
	c, err := a.connect(ctx)
	if err != nil {
		return s, time.Time{}, err
	}
	defer c.Close()
	if s, err = c.Group(ctx, place); err != nil {
		return s, time.Time{}, err
	}
	return s, a.timeIn(s.Now, s.ClockOffset, s.Standing), nil
}

// wholeGroup is group with all that has left it for the register; what cannot be read is said.
func (a *app) wholeGroup(ctx context.Context, args []string) (cases.GroupSnapshot, time.Time, error) {
	s, now, err := a.group(ctx, args)
	if err != nil || s.Group.Past.Parts == 0 {
		return s, now, err
	}
	place, err := a.groupNamed(args)
	if err != nil {
		return s, now, err
	}
	c, err := a.connect(ctx)
	if err != nil {
		return s, now, err
	}
	defer c.Close()
	s, err = c.WholeGroup(ctx, place, s)
	if s.Lacks != "" {
		a.note(s.Lacks)
	}
	return s, now, err
}

// groupLook is a command that looks at one group.
func groupLook(l look) *cobra.Command {
	l.args = oneWord("group", true)
	c := l.command()
	c.ValidArgsFunction = verbs.OfferPlaces
	return c
}

func (a *app) groupTimetableCommand() *cobra.Command {
	var until, length string
	l := look{
		use: "timetable [GROUP] [flags]", example: "group timetable Q56 --for 3mo",
		short: "What will fall due in a group, and who will be reminded, if no one acts",
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			s, now, err := a.group(cmd.Context(), args)
			if err != nil {
				return err
			}
			end, err := horizon(now, until, length)
			if err != nil {
				return err
			}
			return a.timetable(asJSON, groupTitle(s.Group), s.Group, s.Standing, now, end)
		},
	}
	l.flags = timetableFlags(&until, &length)
	return groupLook(l)
}

func groupTitle(g *surveillance.Group) string { return "Group " + g.Place() + ", " + g.PlaceName }
