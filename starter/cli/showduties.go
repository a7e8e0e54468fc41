package cli

import (
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/pflag"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/screen"
)

// ledgerView is what the screens of a case and of a group share.
type ledgerView struct {
	Profile       string            `json:"profile"`
	Misfit        string            `json:"misfit,omitempty"`      // the profile is of other years
	Unconfirmed   string            `json:"unconfirmed,omitempty"` // a warning about the profile
	Demonstration bool              `json:"demonstration,omitempty"`
	Now           time.Time         `json:"now"`                // its own time
	AtServer      *cases.Standing   `json:"atServer,omitempty"` // where something is wrong with it
	OnFile        string            `json:"onFile,omitempty"`   // what is wrong with its record on file
	Headline      string            `json:"headline"`
	Standing      []string          `json:"standing"`
	Owed          []openDuty        `json:"owed"` // but for a group's coverage, which has figures of its own
	Held          *ledger.HeldMails `json:"mailsHeld,omitempty"`
	Entries       int               `json:"entries"` // in all
	Last          []ledger.Entry    `json:"last"`    // the latest first
	who           []string          // of each of Last
}

// openDuty is one open duty in words.
type openDuty struct {
	Duty    string       `json:"duty"` // "D7", for 'why'
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

// viewed is a *failure.Case or a *surveillance.Group.
type viewed interface {
	Headline(now time.Time) string
	OpenDuties() []ledger.Duty
	HeldMails(now time.Time) (ledger.HeldMails, bool)
	Name(p regime.Party) string
	Says(d ledger.Duty) string
	How(d ledger.Duty) string
	LawNow() *regime.Profile
}

// lastFlag is how many of the latest entries a screen shows.
func lastFlag(set *pflag.FlagSet, last *int) {
	set.IntVar(last, "last", 6, "how `many` of the latest entries")
}

func checkLast(last int) error {
	if last < 0 {
		return fmt.Errorf("--last is a number of entries, not %d", last)
	}
	return nil
}

func ledgerViewOf(s viewed, l *ledger.Ledger, opened, now time.Time, last int) ledgerView {
	p := s.LawNow()
	v := ledgerView{Profile: p.Name, Misfit: l.Misfit(opened), Unconfirmed: unconfirmed(p), Now: now, Headline: s.Headline(now),
		Owed: openDutiesOf(s, p, now), Entries: l.LastEntry}
	if h, held := s.HeldMails(now); held {
		v.Held = &h
	}
	for i := len(l.Entries) - 1; i >= 0 && len(v.Last) < last; i-- {
		e, who := l.Entries[i], "the clock"
		if e.Verb != ledger.ByClock {
			who = s.Name(e.By.For)
			if e.By.Contact != "" {
				who += " (page, " + string(e.By.Contact) + " contact)"
			}
		}
		v.Last, v.who = append(v.Last, e), append(v.who, who)
	}
	return v
}

// openDutiesOf leaves out that every provider of a group is to be considered in time:
// there is one duty a provider.
func openDutiesOf(s viewed, p *regime.Profile, now time.Time) []openDuty {
	out := []openDuty{}
	for _, d := range s.OpenDuties() {
		if d.Kind == surveillance.DutyCoverage {
			continue
		}
		o := openDuty{Duty: d.ID, By: d.Due, Overdue: d.OverdueAt(now), Party: d.Owner, Who: s.Name(d.Owner),
			With: d.AssignedTo, What: s.Says(d)}
		if p != nil {
			row, _ := p.Duty(d.Kind)
			o.Rule, o.Verb = row.Rule, howNow(s, d)
		}
		out = append(out, o)
	}
	return out
}

// standingLines say where it stands, which mails do not go and who owes what.
func (v ledgerView) standingLines(width int) []string {
	out := []string{"", "Where it stands"}
	for _, s := range v.Standing {
		out = append(out, bullet(s, width)...)
	}
	out = append(out, heldMailLines(v.Held, width)...)
	return append(out, dutyLinesThen(v.Owed, v.AtServer, width)...)
}

// lastLines are the latest entries.
func (v ledgerView) lastLines(width int) []string {
	out := []string{"", fmt.Sprintf("What happened last (%d of %d entries)", len(v.Last), v.Entries)}
	t := screen.Table{Heads: []string{"NO", "WHEN", "WHO", "WHAT"}, FixedColumns: 2}
	for i, e := range v.Last {
		t.Rows = append(t.Rows, []string{strconv.Itoa(e.N), calendar.Short(e.At), v.who[i],
			screen.Clipped(e.Text, maxEntry)})
	}
	return append(out, t.Lines(width, "  ")...)
}

// unconfirmed warns of a profile that carries over what no text confirms for its own time.
func unconfirmed(p *regime.Profile) string {
	if p == nil || p.BasedOn == "" {
		return ""
	}
	return "Under profile " + p.Name + ". Much of it is unconfirmed and is not to be taken for law: 'why' says " +
		"of each duty on what it rests."
}

// lawLines say what is to be known of the profile.
func (v ledgerView) lawLines(width int) []string {
	var out []string
	for _, text := range []string{v.Misfit, v.Unconfirmed} {
		if text != "" {
			out = append(out, screen.Wrapped(text, width)...)
		}
	}
	return out
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
	late := screen.Table{Heads: []string{"NO", "SINCE", "WHO", "WHAT", "ANSWERED BY"}, FixedColumns: 2}
	ahead := screen.Table{Heads: []string{"NO", "BY", "WHO", "WHAT", "ANSWERED BY"}, FixedColumns: 2}
	for _, o := range all[:min(len(all), maxOwed)] {
		into := &ahead
		if o.Overdue {
			into = &late
		}
		into.Rows = append(into.Rows, []string{o.Duty, calendar.Short(o.By), o.whom(), o.What, o.Verb})
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

// whom is the body, and its person where that is known.
func (o openDuty) whom() string {
	if o.With == "" {
		return o.Who
	}
	return o.Who + ": " + o.With
}
