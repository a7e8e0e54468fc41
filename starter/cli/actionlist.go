package cli

import (
	"cmp"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/failure"
	"holdthering/screen"
)

// listedAction is an action of a case with its owner's name.
type listedAction struct {
	failure.ResponseAction
	OwnerName string `json:"ownerName"`
	Overdue   bool   `json:"overdue,omitempty"`
}

func (a *app) actionListCommand() *cobra.Command {
	var open bool
	c := look{
		use: "list [CASE] [flags]", example: "action list K7QM-3XRD --open", args: oneWord("case", true),
		short: "The actions of a case: whose each is, by when, how far it has come",
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			s, now, err := a.snapshot(cmd.Context(), args)
			if err != nil {
				return err
			}
			rows := actionsOf(s.Case, open, now)
			return a.answer(asJSON, rows, func() string { return actionsText(rows, a.width()) })
		},
		flags: func(set *pflag.FlagSet) {
			set.BoolVar(&open, "open", false, "only those that are proposed or accepted, and not done")
		},
	}.command()
	c.ValidArgsFunction = a.offerCases
	return c
}

func actionsOf(c *failure.Case, open bool, now time.Time) []listedAction {
	rows := []listedAction{} // an empty list in JSON, not null
	for _, x := range c.Actions {
		row := listedAction{ResponseAction: x, OwnerName: c.Name(x.Owner)}
		for _, d := range c.OpenDuties() {
			row.Overdue = row.Overdue || d.Subject == x.ID && d.OverdueAt(now)
		}
		if !open || x.Status == regime.ActionProposed || x.Status == regime.ActionAccepted {
			rows = append(rows, row)
		}
	}
	return rows
}

func actionsText(rows []listedAction, width int) string {
	if len(rows) == 0 {
		return "There is no such action; 'action propose' proposes one."
	}
	t := screen.Table{Heads: []string{"NO", "BY", "OWNER", "WHAT", "AIM", "STATUS"}, FixedColumns: 2}
	for _, r := range rows {
		due, status := "-", string(r.Status)
		if !r.Due.IsZero() {
			due = calendar.Short(r.Due)
		}
		if r.Overdue {
			status += ", OVERDUE"
		}
		t.Rows = append(t.Rows, []string{r.ID, due, r.OwnerName, r.What, cmp.Or(spoken(string(r.Aim)), "-"), status})
	}
	return strings.Join(t.Lines(width, ""), "\n")
}
