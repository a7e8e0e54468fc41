package cli

import (
	"cmp"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/cases"
	"holdthering/screen"
	"holdthering/verbs"
)

// listedGroup is a group of the list with its name beside its code.
type listedGroup struct {
	cases.GroupRow
	Name string `json:"name,omitempty"`
	Tier string `json:"tier"`
}

func (a *app) groupListCommand() *cobra.Command {
	var f cases.GroupFilter
	return look{
		use: "list [flags]", example: "group list --overdue",
		short: "All surveillance groups: what is due next in each, how much is overdue",
		flags: func(set *pflag.FlagSet) {
			set.BoolVar(&f.Overdue, "overdue", false, "only groups where something is overdue")
			set.BoolVar(&f.Ended, "ended", false, "also groups that have ended")
		},
		run: func(cmd *cobra.Command, _ []string, asJSON bool) error {
			a.warnOfDirectory()
			l, err := lookUp()
			if err != nil {
				return err
			}
			c, err := a.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer c.Close()
			found, err := c.ListGroups(cmd.Context(), f)
			if err != nil {
				return err
			}
			rows := make([]listedGroup, len(found)) // an empty list in JSON, not null
			for i, r := range found {
				rows[i] = l.listedGroup(r)
			}
			return a.answer(asJSON, rows, func() string { return groupListText(rows, a.width()) })
		},
	}.command()
}

func (l lookup) listedGroup(r cases.GroupRow) listedGroup {
	out := listedGroup{GroupRow: r, Name: verbs.PlaceName(l.ref, r.Place), Tier: "local"}
	place, _, _ := strings.Cut(r.Place, ".") // without its scene
	_, region := l.ref.Region(place)
	if _, later := l.ref.LaterRegion(place); region || later {
		out.Tier = "regional"
	}
	return out
}

func groupListText(rows []listedGroup, width int) string {
	if len(rows) == 0 {
		return "No such group; 'group start --everywhere' starts all."
	}
	t := screen.Table{Heads: []string{"GROUP", "OF", "TIER", "NEXT DUE", "OVERDUE"}, FixedColumns: 1}
	all := make([]listRow, len(rows))
	for i, r := range rows {
		name, due := cmp.Or(r.Name, "an integrated care board"), nextDue(r.NextDue)
		if r.Ended {
			due = "ended"
		}
		all[i] = listRow{ref: r.Place, about: name, stands: r.Tier, standing: r.Standing, trouble: r.Trouble,
			held: r.Held, cells: []string{r.Place, name, r.Tier, due, overdue(r.Overdue)}}
	}
	return tableOf(t, all, "No group that is alive is like that.", "group show", width)
}
