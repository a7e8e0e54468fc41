package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"holdthering/regime"
	"holdthering/starter/verbs"
	"holdthering/workflows"
)

// groupCommand holds all that is done and seen in the surveillance groups.
func (a *app) groupCommand(env verbs.Env) *cobra.Command {
	family := verbs.Family(verbs.GroupNoun)
	family.Short = "the standing Quality Surveillance Groups"
	family.AddCommand(a.groupListCommand(), a.groupShowCommand(), a.groupAgendaCommand(),
		a.groupTimetableCommand(), a.groupLogCommand(), a.groupFileCommand(), a.groupWhyCommand(),
		a.groupSourcesCommand(),
		a.groupStartCommand())
	family.AddCommand(verbs.GroupCommands(env, a.actInGroup)...)
	return family
}

// doneInGroup is what an act in a group has led to.
type doneInGroup struct {
	Group string `json:"group"`
	regime.Receipt
}

func (a *app) actInGroup(cmd *cobra.Command, p verbs.GroupParsed) error {
	ctx := cmd.Context()
	c, err := a.connect(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	d := doneInGroup{Group: p.Place}
	d.Receipt, err = a.sure(p.Request, p.JSON, func(req regime.Request) (regime.Receipt, error) {
		return c.ActInGroup(ctx, p.Place, req, p.Act)
	})
	if err != nil {
		return err
	}
	return a.answer(p.JSON, d, func() string {
		lines := wrapped(recorded(d.Receipt), a.width())
		if d.Next != "" {
			lines = append(lines, wrapped("Group "+p.Place+". Next: "+sentence(d.Next), a.width())...)
		}
		return strings.Join(lines, "\n")
	})
}

// group is the group that the words name, or HTR_GROUP, and its own time.
func (a *app) group(ctx context.Context, args []string) (workflows.GroupSnapshot, time.Time, error) {
	var s workflows.GroupSnapshot
	text := a.Getenv("HTR_GROUP")
	if len(args) > 0 {
		text = args[0]
	}
	place, err := verbs.GroupPlace(text)
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
	now := a.now().Add(s.ClockOffset)
	if s.Now.After(now) { // a demonstration whose time is skipped
		now = s.Now
	}
	return s, now, nil
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
		short: "What will fall due in a group, and whom it reminds, if nobody does anything",
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			s, now, err := a.group(cmd.Context(), args)
			if err != nil {
				return err
			}
			end, err := horizon(now, until, length)
			if err != nil {
				return err
			}
			rows := forecast(s.Group, now, end)
			return a.answer(asJSON, rows, func() string {
				return strings.Join(timetableLines(groupTitle(s.Group), rows, end, a.width()), "\n")
			})
		},
	}
	l.flags = timetableFlags(&until, &length)
	return groupLook(l)
}

func groupTitle(g *regime.Group) string { return "Group " + g.Place() + ", " + g.PlaceName }
