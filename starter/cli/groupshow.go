package cli

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/screen"
)

// groupView is a group on one screen.
type groupView struct {
	Place         string                       `json:"place"`
	Name          string                       `json:"name"`
	Profile       string                       `json:"profile"`
	Unconfirmed   string                       `json:"unconfirmed,omitempty"` // a warning about the profile
	Demonstration bool                         `json:"demonstration,omitempty"`
	Now           time.Time                    `json:"now"`                // the group's own time
	AtServer      *cases.Standing              `json:"atServer,omitempty"` // where something is wrong with it
	OnFile        string                       `json:"onFile,omitempty"`   // what is wrong with its record on file
	Headline      string                       `json:"headline"`
	Standing      []string                     `json:"standing"`
	Members       []string                     `json:"members"`
	Missing       []string                     `json:"missing,omitempty"` // of the minimum membership (R69)
	Next          *surveillance.Meeting        `json:"next,omitempty"`
	Owed          []openDuty                   `json:"owed"` // but for the coverage
	Held          *ledger.HeldMails            `json:"mailsHeld,omitempty"`
	Levels        []atLevel                    `json:"levels"`
	Coverage      surveillance.CoverageFigures `json:"coverage"`
	Concerns      []gathered                   `json:"concerns"`
	Entries       int                          `json:"entries"` // in all
	Last          []ledger.Entry               `json:"last"`    // the latest first
	who           []string                     // of each of Last
}

// atLevel are the providers that are watched at one level.
type atLevel struct {
	Level     regime.SurveillanceLevel `json:"level"`
	Words     string                   `json:"words"` // the profile's for it
	Providers []surveillance.Watched   `json:"providers"`
	stages    []string                 // how far the live case of each has come
}

// gathered is what several bodies have told about one provider, put together.
type gathered struct {
	Provider string   `json:"provider"`
	Name     string   `json:"name"`
	Bodies   []string `json:"bodies"`
	Urgent   bool     `json:"urgent,omitempty"`
	Said     []string `json:"said"`
}

func (a *app) groupShowCommand() *cobra.Command {
	var last int
	return groupLook(look{
		use: "show [GROUP] [flags]", example: "group show Q56",
		short: "One group on a screen: its next meeting, providers by level, concerns put together",
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			if last < 0 {
				return fmt.Errorf("--last is a number of entries, not %d", last)
			}
			a.warnOfDirectory()
			s, now, err := a.group(cmd.Context(), args)
			if err != nil {
				return err
			}
			v := groupViewOf(s.Group, now, last)
			v.AtServer, v.OnFile = wrong(s.Standing), filingWords(s.Filing)
			return a.answer(asJSON, v, func() string { return strings.Join(v.lines(a.width()), "\n") })
		},
		flags: func(set *pflag.FlagSet) {
			set.IntVar(&last, "last", 6, "how `many` of the latest entries")
		},
	})
}

func groupViewOf(g *surveillance.Group, now time.Time, last int) groupView {
	v := groupView{Place: g.Place(), Name: g.PlaceName, Demonstration: g.Demonstration, Now: now,
		Headline: g.Headline(now), Standing: g.Standing(now), Coverage: g.CoverageNow(now),
		Entries: len(g.Entries), Owed: openDutiesIn(g, now), Levels: levelsOf(g), Concerns: []gathered{}}
	if h, held := g.HeldMails(now); held {
		v.Held = &h
	}
	p, _ := regime.ProfileNamed(g.Profile)
	v.Profile, v.Unconfirmed = g.Profile, unconfirmed(p)
	for _, m := range g.Members {
		v.Members = append(v.Members, g.Name(m.Party))
	}
	for _, p := range g.MembershipGaps() {
		v.Missing = append(v.Missing, g.Name(p))
	}
	if n, ok := g.NextMeeting(); ok {
		v.Next = &n
	}
	for _, t := range g.Worries() {
		v.Concerns = append(v.Concerns, putTogether(g, t))
	}
	for i := len(g.Entries) - 1; i >= 0 && len(v.Last) < last; i-- {
		e := g.Entries[i]
		who := "the clock"
		if e.Verb != ledger.ByClock {
			who = g.Name(e.By.For)
		}
		v.Last, v.who = append(v.Last, e), append(v.who, who)
	}
	return v
}

// openDutiesIn leaves out the duties to consider every provider in time, one for each provider; the
// coverage shows those.
func openDutiesIn(g *surveillance.Group, now time.Time) []openDuty {
	out := []openDuty{}
	p, _ := regime.ProfileNamed(g.Profile)
	for _, d := range g.OpenDuties() {
		if d.Kind == surveillance.DutyCoverage {
			continue
		}
		o := openDuty{By: d.Due, Overdue: d.OverdueAt(now), Party: d.Owner, Who: g.Name(d.Owner),
			With: d.AssignedTo, What: g.Says(d)}
		if p != nil {
			row, _ := p.Duty(d.Kind)
			o.Rule, o.Verb = row.Rule, g.How(d)
		}
		out = append(out, o)
	}
	return out
}

func levelsOf(g *surveillance.Group) []atLevel {
	var out []atLevel
	for _, level := range []regime.SurveillanceLevel{regime.RiskSummitLevel, regime.EnhancedLevel,
		regime.RoutineLevel} {
		l := atLevel{Level: level, Words: g.LevelName(level), Providers: []surveillance.Watched{}}
		for _, w := range g.Watched {
			if w.Level == level {
				l.Providers = append(l.Providers, w)
				l.stages = append(l.stages, g.CaseWords(w))
			}
		}
		out = append(out, l)
	}
	return out
}

func putTogether(g *surveillance.Group, t surveillance.Gathered) gathered {
	out := gathered{Provider: t.Provider, Name: t.Name, Urgent: t.Urgent}
	for _, p := range t.Bodies {
		out.Bodies = append(out.Bodies, g.Name(p))
	}
	for _, c := range t.Concerns {
		said := c.ID + ", " + calendar.Day(c.At) + " (" + g.Name(c.By.For) + "): " + c.What
		if c.Urgent {
			said = "URGENT " + said
		}
		out.Said = append(out.Said, said)
	}
	return out
}

func (v groupView) lines(width int) []string {
	var out []string
	if v.Demonstration {
		out = append(out, "DEMONSTRATION: not a real group.")
	}
	out = append(out, warningLines(v.AtServer, width)...)
	out = append(out, screen.Wrapped(capital(v.Headline)+" ("+v.Place+")", width)...)
	if v.Unconfirmed != "" {
		out = append(out, screen.Wrapped(v.Unconfirmed, width)...)
	}
	members := fmt.Sprintf("%d members", len(v.Members))
	if len(v.Missing) > 0 {
		members += ", missing of the minimum (R69): " + strings.Join(v.Missing, ", ")
	}
	out = append(out, screen.Wrapped(members+". "+asOf(v.AtServer, v.Now), width)...)
	if v.OnFile != "" {
		out = append(out, screen.Wrapped(v.OnFile, width)...)
	}
	out = append(out, "", "Where it stands")
	for _, s := range v.Standing {
		out = append(out, bullet(s, width)...)
	}
	out = append(out, heldMailLines(v.Held, width)...)
	out = append(out, dutyLinesThen(v.Owed, v.AtServer, width)...)
	out = append(out, v.levelLines(width)...)
	if late := v.Coverage.Overdue; len(late) > 0 {
		out = append(out, "", fmt.Sprintf("Not considered in time (%d)", len(late)))
		out = append(out, bullet(strings.Join(late, ", "), width)...)
	}
	out = append(out, v.concernLines(width)...)
	out = append(out, "", fmt.Sprintf("What happened last (%d of %d entries)", len(v.Last), v.Entries))
	t := screen.Table{Heads: []string{"NO", "WHEN", "WHO", "WHAT"}, FixedColumns: 2}
	for i, e := range v.Last {
		t.Rows = append(t.Rows, []string{strconv.Itoa(e.N), calendar.Short(e.At), v.who[i],
			screen.Clipped(e.Text, maxEntry)})
	}
	return append(out, t.Lines(width, "  ")...)
}

func (v groupView) levelLines(width int) []string {
	out, none := []string{"", "Providers by level"}, true
	for _, l := range v.Levels {
		if len(l.Providers) == 0 {
			continue
		}
		var names []string
		for i, w := range l.Providers {
			text := w.Code + " " + short(w.Name)
			switch {
			case l.Level == regime.RoutineLevel:
				text = w.Code
			case w.Case != "":
				text += " (case " + w.Case + ", " + l.stages[i] + ")"
			default:
				text += " (since " + calendar.Day(w.Current().At) + ")"
			}
			names = append(names, text)
		}
		none = false
		out = append(out, bullet(fmt.Sprintf("%s, %d: %s", l.Words, len(names), strings.Join(names, ", ")),
			width)...)
	}
	if none {
		out = append(out, bullet("none on the list yet; 'group watch' adds them", width)...)
	}
	return out
}

func (v groupView) concernLines(width int) []string {
	if len(v.Concerns) == 0 {
		return []string{"", "No open concerns."}
	}
	t := screen.Table{Heads: []string{"PROVIDER", "BODIES", "WHAT THEY SAY"}}
	for _, c := range v.Concerns {
		name := c.Provider + " " + short(c.Name)
		if c.Name == c.Provider {
			name = c.Provider + " (not on the list)"
		}
		t.Rows = append(t.Rows, []string{name,
			strconv.Itoa(len(c.Bodies)), strings.Join(c.Said, " / ")})
	}
	return append([]string{"", "Open concerns, put together"}, t.Lines(width, "  ")...)
}
