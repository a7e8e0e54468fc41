package surveillance

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// groupScript plays a surveillance group in a test, as script does a case.
type groupScript struct {
	*testing.T
	g   *Group
	now time.Time
}

var eastAnglia = Opening{
	Profile: "ENGLAND_2013", Tier: regime.LocalTier, Area: "Q56", Region: "Y55", PlaceName: "East Anglia",
	Members: regimetest.Members("Q56"), Minimum: regimetest.Members("Q56")[:8],
	Watched: []Watched{
		{Code: "RCX", Name: "Queen Elizabeth Hospital", Type: regime.FoundationTrust, District: "Norfolk"},
		{Code: "RGP", Name: "James Paget", Type: regime.FoundationTrust, District: "Norfolk"},
		{Code: "RGQ", Name: "Ipswich Hospital", Type: regime.NHSTrust, District: "Suffolk"},
		{Code: "RY3", Name: "Norfolk Community", Type: regime.NHSTrust, District: "Norfolk"},
	},
}

func inRegion() Opening {
	o := eastAnglia
	o.Tier, o.Area, o.PlaceName, o.Minimum = regime.RegionalTier, "", "Midlands and East", nil
	o.Members = []regime.Party{"NHSCB/Y55", "CCG/Y55", "LA_COMM/Y55", "TDA", "LETB/Y55", "HEALTHWATCH_LOCAL/Y55",
		"MONITOR", "CQC"}
	return o
}

// group opens the watch at a time; without another opening, East Anglia's.
func group(t *testing.T, when string, o ...Opening) *groupScript {
	t.Helper()
	s := &groupScript{T: t, now: regimetest.At(when)}
	opening := eastAnglia
	if len(o) > 0 {
		opening = o[0]
	}
	g, err := Open(opening, s.now)
	if err != nil {
		t.Fatal(err)
	}
	s.g = g
	return s
}

func (s *groupScript) at(when string) *groupScript { s.Helper(); return s.until(regimetest.At(when)) }

func (s *groupScript) until(t time.Time) *groupScript {
	s.Helper()
	if t.Before(s.now) {
		s.Fatalf("the script goes back in time, to %s", calendar.Instant(t))
	}
	for range 20000 {
		a, ok := s.g.NextDue()
		if !ok || a.At.After(t) {
			s.now = t
			return s
		}
		if a.At.After(s.now) {
			s.now = a.At
		}
		s.g.pen.Tick(s.now)
	}
	s.Fatal("the clock never comes to rest")
	return s
}

func (s *groupScript) perform(by regime.Party, act Act) error {
	_, err := s.g.Perform(ledger.Request{Sure: true, By: ledger.Actor{For: by, Person: "an officer",
		Channel: "test"}}, act, s.now)
	return err
}

func (s *groupScript) by(p regime.Party, act Act) *groupScript {
	s.Helper()
	if err := s.perform(p, act); err != nil {
		s.Fatalf("%s by %s at %s: %v", VerbOf(act).Path, p, calendar.Short(s.now), err)
	}
	return s
}

func (s *groupScript) refused(rule string, p regime.Party, act Act) *groupScript {
	s.Helper()
	before := s.g.LastEntry
	err := s.perform(p, act)
	if err == nil || regime.RefusedBy(err) != rule {
		s.Fatalf("%s by %s: want a refusal by %q, got %v", VerbOf(act).Path, p, rule, err)
	}
	if s.g.LastEntry != before {
		s.Fatalf("%s by %s was refused and left an entry", VerbOf(act).Path, p)
	}
	return s
}

// said is the text of the latest entry.
func (s *groupScript) said() string { return s.g.Entries[len(s.g.Entries)-1].Text }

func (s *groupScript) saysIn(words ...string) *groupScript {
	s.Helper()
	for _, w := range words {
		if !strings.Contains(s.said(), w) {
			s.Fatalf("the entry lacks %q: %s", w, s.said())
		}
	}
	return s
}

func (s *groupScript) next() Meeting {
	s.Helper()
	n, ok := s.g.NextMeeting()
	if !ok {
		s.Fatal("no meeting to come")
	}
	return n
}

func (s *groupScript) told(k regime.NoticeKind) []string {
	var out []string
	for _, n := range s.g.Notices {
		if n.Kind == k {
			var to []string
			for _, r := range n.To {
				to = append(to, string(r.Party)+" "+string(r.Level))
			}
			out = append(out, calendar.Short(n.At)+": "+strings.Join(to, ", "))
		}
	}
	return out
}

func (s *groupScript) owes(k regime.DutyKind, subject string) *ledger.Duty {
	if d := s.g.Duty(k, subject); d != nil {
		out := *d
		out.Owner = s.g.OwnerOf(out)
		return &out
	}
	return nil
}

// meet holds the meeting that is due, as the agenda has it.
func (s *groupScript) meet(present ...regime.Party) *groupScript {
	s.Helper()
	s.until(s.next().At)
	if len(present) == 0 {
		present = []regime.Party{"CCG/07J", "CCG/07K"}
	}
	return s.by(s.g.support(), &HoldGroupMeeting{Present: present, Record: "the record",
		Considered: strings.Join(s.g.ToConsider(s.now), ",")})
}

func (s *groupScript) item(k regime.AgendaItemKind) []AgendaLine {
	for _, i := range s.g.Agenda(s.now) {
		if i.Kind == k {
			return i.Lines
		}
	}
	s.Fatalf("no item %s", k)
	return nil
}

func linesOf(ls []AgendaLine) string {
	var out []string
	for _, l := range ls {
		out = append(out, l.Text)
	}
	return strings.Join(out, "\n")
}

// copied is the same group at the same moment.
func (s *groupScript) copied() *groupScript {
	s.Helper()
	raw, err := json.Marshal(s.g)
	if err != nil {
		s.Fatal(err)
	}
	g := new(Group)
	if err := json.Unmarshal(raw, g); err != nil {
		s.Fatal(err)
	}
	return &groupScript{T: s.T, g: g, now: s.now}
}

// answer is what a copy of the group says to the act, as in a case.
func (s *groupScript) answer(by regime.Party, act Act) string {
	s.Helper()
	c := s.copied()
	before, _ := json.Marshal(c.g)
	err := c.perform(by, act)
	if err == nil {
		return ""
	}
	if after, _ := json.Marshal(c.g); string(after) != string(before) {
		s.Errorf("%s by %s was refused and changed something", VerbOf(act).Path, by)
	}
	return err.Error()
}
