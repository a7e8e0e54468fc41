package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/screen"
	"holdthering/verbs"
)

// view is a case on one screen.
type view struct {
	Ref           string          `json:"ref"`
	Demonstration bool            `json:"demonstration,omitempty"`
	Provider      regime.Provider `json:"provider"`
	About         string          `json:"about"` // the provider in words
	Profile       string          `json:"profile"`
	Unconfirmed   string          `json:"unconfirmed,omitempty"` // a warning about the profile
	Now           time.Time       `json:"now"`                   // the case's own time
	AtServer      *cases.Standing `json:"atServer,omitempty"`    // where something is wrong with it
	OnFile        string          `json:"onFile,omitempty"`      // what is wrong with its record on file
	Headline      string          `json:"headline"`
	Stage         regime.Stage    `json:"stage"`
	Standing      []string        `json:"standing"`
	Members       int             `json:"members"`
	Groups        []string        `json:"groups"` // surveillance groups concerned (R12)
	Owed          []openDuty      `json:"owed"`
	// Held are mails that do not go.
	Held     *ledger.HeldMails `json:"mailsHeld,omitempty"`
	InTheWay []string          `json:"inTheWay,omitempty"` // of closing, once it is in sight
	Entries  int               `json:"entries"`            // in all
	Last     []ledger.Entry    `json:"last"`               // the latest first
	who      []string          // of each of Last
}

// openDuty is one open duty in words.
type openDuty struct {
	By      time.Time    `json:"by"`
	Overdue bool         `json:"overdue,omitempty"`
	Party   regime.Party `json:"party"`
	Who     string       `json:"who"`
	With    string       `json:"with,omitempty"` // which person of it
	What    string       `json:"what"`
	Rule    string       `json:"rule"`
	Verb    string       `json:"verb"` // that answers it
}

// maxOwed and maxEntry keep the view to a screen.
const (
	maxOwed  = 12
	maxEntry = 200
)

func (a *app) showCommand() *cobra.Command {
	var last int
	c := look{
		use:     "show [CASE] [flags]",
		short:   "One case on a screen: where it stands, who owes what, what happened last",
		example: "show K7QM-3XRD", args: oneWord("case", true),
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			if last < 0 {
				return fmt.Errorf("--last is a number of entries, not %d", last)
			}
			a.warnOfDirectory()
			s, now, err := a.snapshot(cmd.Context(), args)
			if err != nil {
				return err
			}
			v := viewOf(s, now, last)
			return a.answer(asJSON, v, func() string { return strings.Join(v.lines(a.width()), "\n") })
		},
		flags: func(set *pflag.FlagSet) {
			set.IntVar(&last, "last", 6, "how `many` of the latest entries")
		},
	}.command()
	c.ValidArgsFunction = a.offerCases
	return c
}

func viewOf(s cases.Snapshot, now time.Time, last int) view {
	c := s.Case
	v := view{Ref: c.Ref, Demonstration: c.Demonstration, Provider: c.Provider, About: about(c), Now: now,
		Headline: c.Headline(now), Stage: c.Stage, Standing: c.Standing(), Members: len(c.Members),
		Entries: len(c.Entries), Owed: []openDuty{}}
	for _, place := range slices.Concat([]string{c.Provider.AreaTeam}, c.Provider.OtherAreas,
		[]string{c.Provider.Region}) {
		if place != "" {
			v.Groups = append(v.Groups, place)
		}
	}
	p, _ := regime.ProfileNamed(c.Profile)
	v.OnFile = filingWords(s.Filing)
	v.Profile, v.Unconfirmed, v.AtServer = c.Profile, unconfirmed(p), wrong(s.Standing)
	for _, d := range c.OpenDuties() {
		o := openDuty{By: d.Due, Overdue: d.OverdueAt(now), Party: d.Owner, Who: c.Name(d.Owner), With: d.AssignedTo,
			What: c.Says(d)}
		if p != nil {
			row, _ := p.Duty(d.Kind)
			o.Rule, o.Verb = row.Rule, c.How(d)
		}
		v.Owed = append(v.Owed, o)
	}
	if h, held := c.HeldMails(now); held {
		v.Held = &h
	}
	if c.Stage == regime.Monitoring || c.Stage == regime.StoodDown {
		v.InTheWay = c.StandingInTheWay()
	}
	for i := len(c.Entries) - 1; i >= 0 && len(v.Last) < last; i-- {
		v.Last = append(v.Last, c.Entries[i])
		v.who = append(v.who, actorName(c, c.Entries[i]))
	}
	return v
}

// unconfirmed warns of a profile that carries over what no text confirms for its own time.
func unconfirmed(p *regime.Profile) string {
	if p == nil || p.BasedOn == "" {
		return ""
	}
	return "Under profile " + p.Name + ", of which much is unconfirmed and not to be taken for law: 'why' says " +
		"of each duty on what it rests."
}

// about is the provider in words.
func about(c *failure.Case) string {
	text := c.Provider.Name + " (" + c.Provider.Code + ")"
	p, ok := regime.ProfileNamed(c.Profile)
	if !ok {
		return text
	}
	if row, ok := p.ProviderRow(c.Provider.Type); ok {
		text += ", " + row.Label
	}
	if c.Provider.AreaTeam != "" {
		text += "; " + c.Name(regime.PartyOf(p.Part(regime.SupportsGroup), c.Provider.AreaTeam))
	}
	return text
}

// groupNames names groups by code and place.
func groupNames(places []string) string {
	l, err := lookUp()
	if err != nil {
		return strings.Join(places, ", ")
	}
	var out []string
	for _, p := range places {
		out = append(out, strings.TrimSpace(p+" "+verbs.PlaceName(l.ref, p)))
	}
	return strings.Join(out, ", ")
}

func actorName(c *failure.Case, e ledger.Entry) string {
	if e.Verb == ledger.ByClock {
		return "the clock"
	}
	return c.Name(e.By.For)
}

func (v view) lines(width int) []string {
	var out []string
	if v.Demonstration {
		out = append(out, "DEMONSTRATION: not a real case.")
	}
	out = append(out, warningLines(v.AtServer, width)...)
	out = append(out, v.Headline)
	out = append(out, screen.Wrapped(v.About, width)...)
	if v.Unconfirmed != "" {
		out = append(out, screen.Wrapped(v.Unconfirmed, width)...)
	}
	out = append(out, fmt.Sprintf("%d members. %s", v.Members, asOf(v.AtServer, v.Now)))
	out = append(out, screen.Wrapped("Surveillance groups: "+groupNames(v.Groups), width)...)
	if v.OnFile != "" {
		out = append(out, screen.Wrapped(v.OnFile, width)...)
	}
	out = append(out, "", "Where it stands")
	for _, s := range v.Standing {
		out = append(out, bullet(s, width)...)
	}
	out = append(out, heldMailLines(v.Held, width)...)
	out = append(out, dutyLinesThen(v.Owed, v.AtServer, width)...)
	if len(v.InTheWay) > 0 {
		out = append(out, "", "Before it can close")
		for _, s := range v.InTheWay {
			out = append(out, bullet(s, width)...)
		}
	}
	out = append(out, "", fmt.Sprintf("What happened last (%d of %d entries)", len(v.Last), v.Entries))
	t := screen.Table{Heads: []string{"NO", "WHEN", "WHO", "WHAT"}, FixedColumns: 2}
	for i, e := range v.Last {
		t.Rows = append(t.Rows, []string{strconv.Itoa(e.N), calendar.Short(e.At), v.who[i],
			screen.Clipped(e.Text, maxEntry)})
	}
	return append(out, t.Lines(width, "  ")...)
}

// heldMailLines say that mails do not go, why, and what to do.
func heldMailLines(h *ledger.HeldMails, width int) []string {
	if h == nil {
		return nil
	}
	out := append([]string{"", "MAILS DO NOT GO"}, bullet(h.Words(), width)...)
	if h.Said != "" {
		out = append(out, bullet("The mail service said: "+screen.Plain(h.Said), width)...)
	}
	if !h.Next.IsZero() {
		out = append(out, bullet("Tried again "+calendar.Short(h.Next), width)...)
	}
	return append(out, bullet(h.Advice(), width)...)
}

// whom is the body, and its person where that is known.
func (o openDuty) whom() string {
	if o.With == "" {
		return o.Who
	}
	return o.Who + ": " + o.With
}

// dutyLines tells apart what is late and what is to come.
func dutyLines(all []openDuty, width int) []string {
	return dutyLinesUnder(all, "OVERDUE", "Who owes what", width)
}

// dutyLinesThen is the same of what may have died.
func dutyLinesThen(all []openDuty, at *cases.Standing, width int) []string {
	if at != nil && at.Dead() {
		return dutyLinesUnder(all, "What was overdue when it died", "Who owed what when it died", width)
	}
	return dutyLines(all, width)
}

func dutyLinesUnder(all []openDuty, overdue, owed string, width int) []string {
	if len(all) == 0 {
		return []string{"", "Nobody owes anything."}
	}
	late := screen.Table{Heads: []string{"SINCE", "WHO", "WHAT", "ANSWERED BY"}, FixedColumns: 1}
	ahead := screen.Table{Heads: []string{"BY", "WHO", "WHAT", "ANSWERED BY"}, FixedColumns: 1}
	for _, o := range all[:min(len(all), maxOwed)] {
		into := &ahead
		if o.Overdue {
			into = &late
		}
		into.Rows = append(into.Rows, []string{calendar.Short(o.By), o.whom(), o.What, o.Verb})
	}
	var out []string
	if len(late.Rows) > 0 {
		out = append(out, "", overdue)
		out = append(out, late.Lines(width, "  ")...)
	}
	if len(ahead.Rows) > 0 {
		out = append(out, "", owed)
		out = append(out, ahead.Lines(width, "  ")...)
	}
	if more := len(all) - maxOwed; more > 0 {
		out = append(out, fmt.Sprintf("  and %d more, later: --json has all", more))
	}
	return out
}

func bullet(s string, width int) []string {
	out := screen.Wrapped(s, width-4)
	for i, line := range out {
		if i == 0 {
			out[i] = "  - " + line
		} else {
			out[i] = "    " + line
		}
	}
	return out
}
