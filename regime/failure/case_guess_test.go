package failure

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger/ledgertest"
	"holdthering/regime/regimetest"
	"holdthering/regime/regimetest/guess"
)

// keptSealed plays a case with a protected source, a protected concern and two sealed views, with keys that
// people chose, and lets what is over leave for the register. readable is all that anybody may get of it.
func keptSealed(t *testing.T) (c *Case, readable string, acts []Act) {
	s := inSession(t, kingsLynn)
	acts = []Act{
		&RecordConcern{Kind: "serious-incident", What: "nights", Source: "whistleblower", SourceNote: "the night registrar", Protect: true},
		&JudgeForOneself{View: "governance has failed", Intends: "inspect again", Dissent: true, Sealed: true},
		&JudgeForOneself{View: "staffing is the cause", Sealed: true},
	}
	got := []any{}
	for i, by := range []regime.Party{"MONITOR", "CQC", "MONITOR"} {
		r := ledgertest.Request("key-"+string(by)+"-"+string(rune('a'+i)), by, "Jo Bloggs", acts[i])
		receipt, err := s.c.Perform(r, acts[i], s.now)
		if err != nil {
			t.Fatal(err)
		}
		again, err := s.c.Perform(r, acts[i], s.now)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, receipt, again)
	}
	for _, when := range []string{"2013-10-20 10:00", "2013-12-01 10:00", "2014-02-01 10:00"} {
		s.at(when)
		over := s.c.Over(s.now)
		got = append(got, over)
		s.c.LetGo(over, "of a part", s.now)
	}
	p := s.c.Public()
	got = append(got, p, s.c.Board(s.now), s.c.Timetable(s.now, s.now.AddDate(1, 0, 0)), s.c.ToSend(s.now), s.c.OpenDuties())
	for _, x := range p.Explained() {
		e, err := p.Why(x.On)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, e)
	}
	return s.c, regimetest.AsText(got), acts
}

// guesses are the acts with other sources, notes and views, and their parts.
func guesses(acts []Act) (whole []Act, parts []string) {
	views := []string{"governance has failed", "Governance has failed.", "staffing is the cause", "no failure", "x"}
	notes := []string{"the night registrar", "a nurse", ""}
	for _, a := range acts {
		switch a := a.(type) {
		case *RecordConcern:
			for _, source := range append(regime.SourceKind("").Choices(), "") {
				for _, note := range notes {
					g := *a
					g.Source, g.SourceNote = regime.SourceKind(source), note
					whole, parts = append(whole, &g), append(parts, source, note, source+note, source+"\n"+note)
				}
			}
		case *JudgeForOneself:
			for _, view := range views {
				for n := range 8 {
					g := *a
					g.View, g.Dissent, g.Wants = view, n&1 > 0, n&2 > 0
					if n&4 > 0 {
						g.Intends = "inspect again"
					}
					whole, parts = append(whole, &g), append(parts, view, view+g.Intends)
				}
			}
		}
	}
	for _, by := range ledgertest.Everybody {
		for _, a := range whole {
			text := regimetest.AsText(a)
			parts = append(parts, text, VerbOf(a).Path+"\n"+string(by)+"\n"+text, VerbOf(a).Name()+"\n"+string(by)+"\n"+text, string(by)+text)
		}
		parts = append(parts, string(by), string(by)+"\nJo Bloggs", string(by)+"/Jo Bloggs")
	}
	parts = append(parts, "Jo Bloggs", "an officer")
	slices.Sort(parts)
	return whole, slices.Compact(parts)
}

// attack tries them all, and says what it found.
func attack(readable string, beside []string, acts []Act) (found []string, tries int) {
	whole, parts := guesses(acts)
	g := guess.New(readable, beside...)
	for _, by := range ledgertest.Everybody {
		for _, a := range whole {
			tries++
			if print := regimetest.DigestOf(by, a); strings.Contains(readable, print[:8]) || g.Try(print) {
				found = append(found, string(by)+" "+regimetest.AsText(a))
			}
		}
	}
	for _, p := range parts {
		if p != "" && g.Try(p) {
			found = append(found, p)
		}
	}
	return found, tries + g.Tries
}

// TestR14_R23_NoGuessFindsWhatACaseKeepsSealed tries bodies, people, sources, notes and views against
// whatever stands in all that anybody may get of a case and could be a digest.
func TestR14_R23_NoGuessFindsWhatACaseKeepsSealed(t *testing.T) {
	c, readable, acts := keptSealed(t)
	beside := []string{c.Ref, "key-CQC-b"}
	found, tries := attack(readable, beside, acts)
	t.Logf("%d tries, found %d", tries, len(found))
	if len(found) > 0 || tries < 100_000 {
		t.Errorf("after %d tries: %.2000v", tries, found)
	}
	for _, secret := range []string{"governance has failed", "inspect again", "staffing is the cause", "night registrar"} {
		if strings.Contains(readable, secret) {
			t.Errorf("%q can be read", secret)
		}
	}
}

// The same attack finds much in what the case itself knows.
func TestTheGuessesFindWhatTheCaseItselfKnows(t *testing.T) {
	c, _, acts := keptSealed(t)
	if found, _ := attack(regimetest.AsText(c), []string{c.Ref}, acts); len(found) < 3 {
		t.Errorf("%d only: %v", len(found), found)
	}
}
