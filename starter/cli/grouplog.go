package cli

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/regime"
	"holdthering/regime/surveillance"
	"holdthering/regime/words"
	"holdthering/screen"
)

const (
	formatTable = "table"
	formatCSV   = "csv"
)

// narrow are the columns of a log that fit a terminal; csv and md have all.
var narrow = map[string][]string{
	"outcome": {"Date", "Provider", "Level", "Outcome", "Concerns", "Conclusion", "Next review"},
	"actions": {"Action", "Owner", "Description", "Due", "Status"},
	"report":  {"Provider", "Name", "Level", "Level before", "Since", "Case", "Escalated"},
}

var (
	logs       = []string{"outcome", "actions", "report"}
	logFormats = []string{formatTable, formatCSV, formatMarkdown}
)

// logFlags say which log is wanted, and how.
type logFlags struct {
	which, format, out string
	number             int
}

func (f logFlags) check() error {
	if !slices.Contains(logs, f.which) {
		return fmt.Errorf("--which is outcome, actions or report, not %q", screen.Clipped(f.which, 40))
	}
	if !slices.Contains(logFormats, f.format) {
		return fmt.Errorf("--format is table, csv or md, not %q", screen.Clipped(f.format, 40))
	}
	if f.number != 0 && f.which != "report" {
		return fmt.Errorf("--number is that of a report: it needs --which report")
	}
	return nil
}

func (a *app) groupLogCommand() *cobra.Command {
	var f logFlags
	return groupLook(look{
		use: "log [GROUP] [flags]", example: "group log Q56 --which actions --format csv --out actions.csv",
		short: "A group's logs: of outcomes and surveillance, of actions, its report to the region",
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			if err := f.check(); err != nil {
				return err
			}
			s, now, err := a.wholeGroup(cmd.Context(), args)
			if err != nil {
				return err
			}
			a.warn(s.Standing)
			t, err := f.log(s.Group, now)
			switch {
			case err != nil:
				return err
			case asJSON:
				return a.printJSON(a.Stdout, t)
			}
			return a.deliver(f.set(t, a.width()), f.out)
		},
		flags: func(set *pflag.FlagSet) {
			set.StringVar(&f.which, "which", "outcome", "the `log`: "+strings.Join(logs, ", "))
			set.StringVar(&f.format, "format", formatTable,
				"`format`: table (what fits the screen), csv or md (every column)")
			set.StringVar(&f.out, "out", "", "write it to this `file`, which must not exist yet")
			set.IntVar(&f.number, "number", 0, "which report, by its `number`; without it, the latest")
		},
		offers: map[string]cobra.CompletionFunc{"which": fixed(logs), "format": fixed(logFormats)},
	})
}

func (f logFlags) log(g *surveillance.Group, now time.Time) (words.Table, error) {
	switch f.which {
	case "actions":
		return g.ActionLog(now), nil
	case "outcome":
		return g.OutcomeLog(), nil
	}
	n := len(g.Reports)
	switch {
	case f.number == 0 && n > 0:
		return g.RegionalReport(g.Reports[n-1]), nil
	case f.number == 0 && g.Tier == regime.LocalTier:
		t := g.RegionalReport(g.ReportNow(now))
		t.Title += ", as it would be sent now"
		return t, nil
	}
	for _, r := range g.Reports {
		if r.N == f.number {
			return g.RegionalReport(r), nil
		}
	}
	return words.Table{}, errNoReport
}

var errNoReport = errors.New("there is no such report; without --number it is the latest, or, in a " +
	"local group that has sent none, what it would send now")

// set writes the log in its format.
func (f logFlags) set(t words.Table, width int) string {
	switch f.format {
	case formatCSV:
		return t.CSV()
	case formatMarkdown:
		return t.Markdown()
	}
	lines := append(screen.Wrapped(t.Title, width), "")
	if len(t.Rows) == 0 {
		lines = append(lines, "  Nothing yet.")
	}
	lines = append(lines, narrowed(t, narrow[f.which]).Lines(width, "  ")...)
	for _, n := range t.Notes {
		lines = append(lines, append([]string{""}, screen.Wrapped(n, width)...)...)
	}
	return strings.Join(lines, "\n") + "\n"
}

func narrowed(t words.Table, columns []string) screen.Table {
	var out screen.Table
	for _, c := range columns {
		out.Heads = append(out.Heads, strings.ToUpper(c))
	}
	for _, r := range t.Rows {
		var cells []string
		for _, c := range columns {
			cells = append(cells, cmp.Or(r[slices.Index(t.Columns, c)], "-"))
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

func (a *app) groupAgendaCommand() *cobra.Command {
	var format, out string
	return groupLook(look{
		use: "agenda [GROUP] [flags]", example: "group agenda Q56 --format md --out agenda.md",
		short: "The agenda of a group's next meeting, worked out from its record",
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			if format != formatTable && format != formatMarkdown {
				return fmt.Errorf("--format is table or md, not %q", screen.Clipped(format, 40))
			}
			s, now, err := a.group(cmd.Context(), args)
			if err != nil {
				return err
			}
			a.warn(s.Standing)
			switch {
			case asJSON:
				return a.printJSON(a.Stdout, s.Group.Agenda(now))
			case format == formatMarkdown:
				return a.deliver(s.Group.AgendaMarkdown(now), out)
			}
			return a.deliver(agendaText(s.Group, now, a.width()), out)
		},
		flags: func(set *pflag.FlagSet) {
			set.StringVar(&format, "format", formatTable, "`format`: table, for the screen, or md (Markdown)")
			set.StringVar(&out, "out", "", "write it to this `file`, which must not exist yet")
		},
		offers: map[string]cobra.CompletionFunc{"format": fixed([]string{formatTable, formatMarkdown})},
	})
}

func agendaText(g *surveillance.Group, now time.Time, width int) string {
	title := words.Capital(g.Headline(now)) + ". " + words.Capital(g.Standing(now)[0]) + ". Confidential to members."
	lines := screen.Wrapped(title, width)
	for _, item := range g.Agenda(now) {
		lines = append(lines, "", fmt.Sprintf("%d. %s", item.N, item.Title))
		for _, l := range item.Lines {
			lines = append(lines, bullet(l.Text, width)...)
		}
		if len(item.Lines) == 0 {
			lines = append(lines, "  - Nothing before the meeting.")
		}
	}
	return strings.Join(lines, "\n") + "\n"
}
