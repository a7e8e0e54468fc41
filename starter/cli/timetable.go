package cli

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/screen"
)

// coming is one line of a timetable.
type coming struct {
	ledger.Forecast
	Reminds []string `json:"reminds,omitempty"` // the recipients' names
}

// aheadUsually is as far as one plans at a glance, aheadMost a bound: some reminders repeat
// daily without end.
var (
	aheadUsually = calendar.MustPeriod("14d")
	aheadMost    = calendar.MustPeriod("36mo")
)

func (a *app) timetableCommand() *cobra.Command {
	var until, length string
	c := look{
		use:     "timetable [CASE] [flags]",
		short:   "What will fall due in a case, and who will be reminded, if no one acts",
		example: "timetable K7QM-3XRD --for 3mo", args: oneWord("case", true),
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			s, now, err := a.snapshot(cmd.Context(), args)
			if err != nil {
				return err
			}
			end, err := horizon(now, until, length)
			if err != nil {
				return err
			}
			return a.timetable(asJSON, "Case "+s.Case.Ref, s.Case, s.Standing, now, end)
		},
		flags: timetableFlags(&until, &length),
	}.command()
	c.ValidArgsFunction = a.offerCases
	return c
}

// timetable of what has died promises nothing.
func (a *app) timetable(asJSON bool, title string, c foreseen, s cases.Standing, now, end time.Time) error {
	if asJSON {
		a.warn(s)
	}
	rows := []coming{} // an empty list in JSON, not null
	if !s.Dead() {
		rows = forecast(c, now, end)
	}
	return a.answer(asJSON, rows, func() string {
		lines := warningLines(wrong(s), a.width())
		return strings.Join(append(lines, timetableLines(title, rows, end, a.width())...), "\n")
	})
}

func timetableFlags(until, length *string) func(*pflag.FlagSet) {
	return func(set *pflag.FlagSet) {
		set.StringVar(until, "until", "", "up to this `time`")
		set.StringVar(length, "for", "",
			"up to this `period` from now (without either, "+aheadUsually.String()+")")
	}
}

func horizon(now time.Time, until, length string) (time.Time, error) {
	end := aheadUsually.After(now)
	switch {
	case until != "" && length != "":
		return end, errors.New("--until and --for both say how far: give one of them")
	case until != "":
		var err error
		if end, err = calendar.ParseInstant(until); err != nil {
			return end, fmt.Errorf("--until: %w", err)
		}
	case length != "":
		p, err := calendar.ParsePeriod(length)
		if err != nil {
			return end, fmt.Errorf("--for: %w", err)
		}
		end = p.After(now)
	}
	if end.Before(now) {
		return end, fmt.Errorf("it is %s already; a timetable looks ahead", calendar.Instant(now))
	}
	if latest := aheadMost.After(now); end.After(latest) {
		return end, fmt.Errorf("a timetable looks at most %s ahead, until %s", aheadMost.Words(),
			calendar.Day(latest))
	}
	return end, nil
}

// foreseen is a case or a group.
type foreseen interface {
	Timetable(now, until time.Time) []ledger.Forecast
	Name(regime.Party) string
}

func forecast(c foreseen, now, end time.Time) []coming {
	out := []coming{} // an empty list in JSON, not null
	for _, f := range c.Timetable(now, end) {
		row := coming{Forecast: f}
		for _, to := range f.To {
			name := c.Name(to.Party)
			if to.Level != regime.LevelDuty {
				name += " (" + string(to.Level) + ")"
			}
			row.Reminds = append(row.Reminds, name)
		}
		out = append(out, row)
	}
	return out
}

// maxNamed is how many recipients a line names before it counts the others.
const maxNamed = 3

func timetableLines(of string, rows []coming, end time.Time, width int) []string {
	title := of + ": what will happen by " + calendar.Instant(end) + " if no one acts"
	out := append(screen.Wrapped(title, width), "")
	if len(rows) == 0 {
		return append(out, "  Nothing.")
	}
	t := screen.Table{Heads: []string{"WHEN", "WHAT", "WHO IS TOLD", "RULE"}, FixedColumns: 1}
	for _, r := range repeats(rows) {
		t.Rows = append(t.Rows, []string{calendar.Short(r.first.At), r.what(), few(r.first.Reminds),
			cmp.Or(r.first.Rule, "-")})
	}
	return append(out, t.Lines(width, "  ")...)
}

// repeat is the same line of a timetable at several times: a reminder that comes daily until
// somebody does what it says.
type repeat struct {
	first coming
	times int
	last  time.Time
}

func repeats(rows []coming) []*repeat {
	var out []*repeat
	seen := map[string]*repeat{}
	for _, r := range rows {
		same := strings.Join(append([]string{string(r.Kind), r.What}, r.Reminds...), "\n")
		if before := seen[same]; before != nil {
			before.times++
			before.last = r.At
			continue
		}
		seen[same] = &repeat{first: r, times: 1}
		out = append(out, seen[same])
	}
	return out
}

func (r repeat) what() string {
	switch r.times {
	case 1:
		return r.first.What
	case 2:
		return r.first.What + " (again " + calendar.Short(r.last) + ")"
	}
	return fmt.Sprintf("%s (%d times, the last %s)", r.first.What, r.times, calendar.Short(r.last))
}

func few(names []string) string {
	if len(names) == 0 {
		return "-"
	}
	shown := names[:min(len(names), maxNamed)]
	text := strings.Join(shown, ", ")
	if more := len(names) - len(shown); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}
