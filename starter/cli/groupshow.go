package cli

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/surveillance"
	"holdthering/regime/words"
	"holdthering/screen"
)

// groupView is a group on one screen.
type groupView struct {
	Place string `json:"place"`
	Name  string `json:"name"`
	ledgerView
	Members  []string                     `json:"members"`
	Missing  []string                     `json:"missing,omitempty"` // of the minimum membership (R69)
	Next     *surveillance.Meeting        `json:"next,omitempty"`
	Levels   []atLevel                    `json:"levels"`
	Coverage surveillance.CoverageFigures `json:"coverage"`
	Concerns []gathered                   `json:"concerns"`
	Themes   []string                     `json:"themes,omitempty"`
}

// atLevel are the providers that are watched at one level.
type atLevel struct {
	Level     regime.SurveillanceLevel `json:"level"`
	Words     string                   `json:"words"` // the profile's for it
	Providers []surveillance.Watched   `json:"providers"`
	stages    []string                 // how far the live case of each has come
	services  []string                 // the levels of its services
	lowest    bool
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
			if err := checkLast(last); err != nil {
				return err
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
		flags: func(set *pflag.FlagSet) { lastFlag(set, &last) },
	})
}

func groupViewOf(g *surveillance.Group, now time.Time, last int) groupView {
	v := groupView{Place: g.Place(), Name: g.PlaceName, Coverage: g.CoverageNow(now), Levels: levelsOf(g),
		Concerns: []gathered{}, ledgerView: ledgerViewOf(g, &g.Ledger, g.Opened, now, last)}
	v.Demonstration, v.Standing = g.Demonstration, g.Standing(now)
	for _, m := range g.Members {
		v.Members = append(v.Members, g.Name(m.Party))
	}
	for _, p := range g.MembershipGaps() {
		v.Missing = append(v.Missing, g.Name(p))
	}
	if n, ok := g.NextMeeting(); ok {
		v.Next = &n
	}
	for _, t := range g.Themes {
		if t.Ended.IsZero() {
			v.Themes = append(v.Themes, t.ID+", "+g.Name(t.By)+": "+t.What)
		}
	}
	for _, t := range g.Worries() {
		v.Concerns = append(v.Concerns, putTogether(g, t))
	}
	return v
}

func levelsOf(g *surveillance.Group) []atLevel {
	var out []atLevel
	lowest := g.LawNow().LowestLevel()
	for _, row := range g.LawNow().LevelsDown() {
		level := row.Level
		l := atLevel{Level: level, Words: g.LevelName(level), Providers: []surveillance.Watched{}, lowest: level == lowest}
		for _, w := range g.Watched {
			if w.Level == level {
				l.Providers = append(l.Providers, w)
				l.stages = append(l.stages, g.CaseWords(w))
				l.services = append(l.services, strings.Join(g.ServiceWords(w), "; "))
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
	out.Said = append(out.Said, g.SaidElsewhere(t.Provider)...)
	return out
}

func (v groupView) lines(width int) []string {
	var out []string
	if v.Demonstration {
		out = append(out, "DEMONSTRATION: not a real group.")
	}
	out = append(out, warningLines(v.AtServer, width)...)
	out = append(out, screen.Wrapped(words.Capital(v.Headline)+" ("+v.Place+")", width)...)
	out = append(out, v.lawLines(width)...)
	members := fmt.Sprintf("%d members", len(v.Members))
	if len(v.Missing) > 0 {
		members += ", missing of the minimum (R69): " + strings.Join(v.Missing, ", ")
	}
	out = append(out, screen.Wrapped(members+". "+asOf(v.AtServer, v.Now), width)...)
	if v.OnFile != "" {
		out = append(out, screen.Wrapped(v.OnFile, width)...)
	}
	out = append(out, v.standingLines(width)...)
	out = append(out, v.levelLines(width)...)
	if late := v.Coverage.Overdue; len(late) > 0 {
		out = append(out, "", fmt.Sprintf("Not considered in time (%d)", len(late)))
		out = append(out, bullet(strings.Join(late, ", "), width)...)
	}
	out = append(out, v.concernLines(width)...)
	if len(v.Themes) > 0 {
		out = append(out, "", "Themes of the whole system")
		for _, t := range v.Themes {
			out = append(out, bullet(t, width)...)
		}
	}
	return append(out, v.lastLines(width)...)
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
			case l.lowest:
				text = w.Code
			case w.Case != "":
				text += " (case " + w.Case + ", " + l.stages[i] + ")"
			default:
				text += " (since " + calendar.Day(w.Current().At) + ")"
			}
			if l.services[i] != "" {
				text += " [" + l.services[i] + "]"
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
