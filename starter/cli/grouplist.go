package cli

import (
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
	var wrong []troubled
	files := map[string][]string{}
	for _, r := range rows {
		name := or(r.Name, "an integrated care board")
		if r.Standing != nil {
			wrong = append(wrong, troubled{r.Place, name, r.Tier, *r.Standing})
		}
		files[r.Trouble] = append(files[r.Trouble], r.Place)
		if r.Standing != nil && r.Standing.Dead() {
			continue
		}
		due := nextDue(cases.Row{NextDue: r.NextDue})
		if r.Ended {
			due = "ended"
		}
		t.Rows = append(t.Rows, []string{r.Place, name, r.Tier, due, overdue(r.Overdue)})
	}
	lines := []string{"No group that is alive is like that."}
	if len(t.Rows) > 0 {
		lines = t.Lines(width, "")
	}
	var held []heldAt
	for _, r := range rows {
		held = append(held, heldAt{r.Place, r.Held})
	}
	lines = append(lines, troubleLines(wrong, width)...)
	lines = append(lines, heldLines(held, "group show", width)...)
	return strings.Join(append(lines, filingLines(files, width)...), "\n")
}
