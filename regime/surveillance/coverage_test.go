package surveillance

import (
	"slices"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func TestR74_EveryProviderIsConsideredInTimeIfTheAgendaIsFollowed(t *testing.T) {
	for _, rotation := range []regime.Rotation{regime.ByType, regime.ByDistrict} {
		o := eastAnglia
		o.Rotation = rotation
		s := group(t, "2013-04-01 09:00", o)
		for range 24 {
			s.meet()
			if n := len(s.g.Meetings[len(s.g.Meetings)-2].Considered); n > 3 {
				t.Fatalf("%d providers of 4 at one meeting", n)
			}
		}
		if got := s.told("N39"); len(got) != 0 {
			t.Fatalf("by %s: %v", rotation, got)
		}
		if f := s.g.CoverageNow(s.now); f.Within != 4 || f.Never != 0 || len(f.Overdue) != 0 {
			t.Fatalf("by %s: %+v", rotation, f)
		}
	}
}

func TestR74_ForgottenProvidersAreToldOfOnceAndComeOnTheNextAgenda(t *testing.T) {
	s := group(t, "2013-04-01 09:00")
	for range 5 {
		s.until(s.next().At).by(regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC"}, Record: "x"})
	}
	s.at("2013-09-10 10:00").by(regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CCG/07J"}, Record: "x", Early: "x"}).
		by("CCG/07J", &ConsiderProvider{Provider: "RCX"})
	s.at("2013-10-01 09:00")
	if got := s.told("N39"); len(got) != 1 || got[0] != "Tue 1 Oct 2013 09:00: NHSCB/Q56 duty" {
		t.Fatalf("%v", got)
	}
	n := s.g.Notices[len(s.g.Notices)-1]
	if !strings.HasPrefix(n.Text, "3 providers have not been considered within 6 calendar months") {
		t.Fatal(n.Text)
	}
	f := s.g.CoverageNow(s.now.Add(1))
	if !slices.Equal(f.Overdue, []string{"RGP", "RGQ", "RY3"}) || f.Within != 1 || f.Never != 3 {
		t.Fatalf("%+v", f)
	}
	if got := s.g.ToConsider(s.now); !slices.Equal(got, []string{"RGP", "RGQ", "RY3"}) {
		t.Fatalf("%v", got)
	}
	if d := s.owes(DutyCoverage, "RCX"); !d.Start.Equal(regimetest.At("2013-09-10 10:00")) || !d.Due.Equal(regimetest.At("2014-03-10 10:00")) {
		t.Fatalf("%+v", d)
	}
}

func TestR74_ConcernsComeBeforeTheRotation(t *testing.T) {
	s := group(t, "2013-04-01 09:00").
		by("CQC", &RaiseConcern{Provider: "RY3", What: "one body's"}).
		by("CQC", &RaiseConcern{Provider: "RGQ", What: "two bodies'"}).
		by("LETB", &RaiseConcern{Provider: "RGQ", What: "two bodies'"}).
		by(regimetest.Nhse, &AgreeLevel{Provider: "RGP", Level: regime.EnhancedLevel, Reason: "staffing"})
	if got := linesOf(s.item("urgent")); !strings.Contains(got, "RGQ") || strings.Contains(got, "RY3") {
		t.Fatal(got)
	}
	if got := linesOf(s.item("enhanced")); !strings.Contains(got, "RGP") {
		t.Fatal(got)
	}
	if got := s.item("rotation"); got[0].Provider != "RY3" || !strings.Contains(got[0].Text, "concern of CQC; never considered") {
		t.Fatalf("%+v", got)
	}
	if got := s.g.ToConsider(s.now); !slices.Equal(got[:3], []string{"RGQ", "RGP", "RY3"}) {
		t.Fatalf("%v", got)
	}
}

func TestTheAgendaHasTheItemsOfItsTierNumberedThroughout(t *testing.T) {
	for tier, want := range map[regime.GroupTier]int{regime.LocalTier: 13, regime.RegionalTier: 14} {
		o := eastAnglia
		if tier == regime.RegionalTier {
			o = inRegion()
		}
		s := group(t, "2013-04-01 09:00", o)
		items := s.g.Agenda(s.now)
		if len(items) != want {
			t.Fatalf("%s: %d items", tier, len(items))
		}
		for i, item := range items {
			if item.N != i+1 || item.Title == "" {
				t.Errorf("%+v", item)
			}
		}
		page := s.g.AgendaMarkdown(s.now)
		if !strings.Contains(page, "## 13. ") || !strings.Contains(page, "Meeting 1, ") {
			t.Error(page)
		}
	}
	for _, p := range regime.Profiles() {
		for _, row := range p.Groups {
			for _, a := range row.Agenda {
				found := false
				for _, item := range agendaItems {
					found = found || item.kind == a.Item
				}
				if !found {
					t.Errorf("%s: nothing fills item %s", p.Name, a.Item)
				}
			}
		}
	}
}

func TestTheAgendaRemindsOfWhatIsOpen(t *testing.T) {
	s := group(t, "2013-04-01 09:00").meet("CQC").
		by(regimetest.Nhse, &ProposeGroupAction{Owner: "CQC", What: "say when", Due: regimetest.At("2013-05-05")}).
		by("CQC", &AcceptGroupAction{Action: "A1"}).
		by("LETB", &RaiseConcern{Provider: "RCX", What: "rota", Kind: regime.AboutTraining}).
		by("CCG/07J", &RaiseConcern{Provider: "RGP", What: "rota", Kind: regime.AboutTraining}).
		by("CCG/07J", &RaiseConcern{Provider: "RGP", What: "bruises", Kind: regime.AboutChildren}).
		by(regimetest.Nhse, &ConsiderProvider{Provider: "RGQ", Outcome: EscalateToRegion, Conclusion: "beyond us"}).
		by(regimetest.Nhse, &ConsiderProvider{Provider: "RGP", Outcome: TriggerSummit}).
		by(regimetest.Nhse, &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel, Reason: "x",
			Review: regimetest.At("2013-06-20")}).
		at("2013-05-05")
	if got := linesOf(s.item("actions")); !strings.Contains(got, "A1, CQC") || strings.Contains(got, "LATE") {
		t.Errorf("on its day it is not late: %s", got)
	}
	s.at("2013-05-10 10:00")
	for item, want := range map[regime.AgendaItemKind]string{
		"record": "1 open action, 1 late", "themes": "training environment: RCX and RGP",
		"standards": "RGP, training environment (C2", "safeguarding": "Safeguarding Children Board is formally",
		"escalations": "RGQ: escalate to region", "levels": "enhanced, to be reviewed by 20 June 2013",
		"actions": "LATE A1, CQC", "next": "Monday 1 July 2013, 10:00",
		"attendance": "There is no quorum",
	} {
		if got := linesOf(s.item(item)); !strings.Contains(got, want) {
			t.Errorf("%s lacks %q: %s", item, want, got)
		}
	}
	if got := linesOf(s.item("escalations")); !strings.Contains(got, "RGP: a risk summit was spoken of") {
		t.Error(got)
	}
	s.by(s.g.concern("C3").By.For, &WithdrawConcern{Concern: "C3", Reason: "seen to"})
	if got := linesOf(s.item("safeguarding")); strings.Contains(got, "(C3") {
		t.Errorf("a concern that is settled is spoken of no more: %s", got)
	}
	taken := group(t, "2013-04-01 09:00").meet("CQC").
		by(regimetest.Nhse, &NoteCase{Case: "K7QM-3XRD", Provider: "RGP", Stage: regime.Convening}).at("2013-05-03 10:00").
		by(regimetest.Nhse, &ConsiderProvider{Provider: "RGP", Outcome: TriggerSummit})
	if got := linesOf(taken.item("escalations")); strings.Contains(got, "nobody has triggered") {
		t.Errorf("it has a case already: %s", got)
	}
	if got := linesOf(s.item("actions")); !strings.Contains(got, "Who tells provider RCX") {
		t.Error(got)
	}
	if got := s.told("N46"); len(got) != 1 || !strings.HasSuffix(got[0], ": NHSCB/Y55 duty") {
		t.Errorf("%v", got)
	}
}

func TestAProviderIsTakenOffTheListButNotWhileItsCaseIsOpen(t *testing.T) {
	s := group(t, "2013-04-01 09:00").
		refused("", regimetest.Nhse, &WatchProvider{Provider: "RCX", Name: "x", Type: regime.NHSTrust}).
		refused("R69", "GMC", &WatchProvider{Provider: "RZZ", Name: "x", Type: regime.NHSTrust}).
		refused("", regimetest.Nhse, &WatchProvider{Provider: "R 1", Name: "x", Type: regime.NHSTrust}).
		by(regimetest.Nhse, &NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Convening}).
		refused("", regimetest.Nhse, &StopWatching{Provider: "RCX", Reason: "x"}).
		by(regimetest.Nhse, &StopWatching{Provider: "RGP", Reason: "merged"})
	if s.g.provider("RGP") != nil || s.owes(DutyCoverage, "RGP") != nil {
		t.Fatal("it is still watched")
	}
}

func TestR74_ALevelIsReviewedWhereItIsNotRoutineAndRestsWhileACaseIsLive(t *testing.T) {
	s := group(t, "2013-04-01 09:00")
	level := func(l regime.SurveillanceLevel, review string) Act {
		a := &AgreeLevel{Provider: "RCX", Level: l, Reason: "x", Evidence: "what shows it"}
		if review != "" {
			a.Review = regimetest.At(review)
		}
		return a
	}
	for _, x := range []struct {
		what string
		act  Act
		due  string
		says bool
	}{
		{"routine", level(regime.RoutineLevel, ""), "", false},
		{"routine, to be reviewed", level(regime.RoutineLevel, "2013-06-01"), "2013-06-01", true},
		{"enhanced", level(regime.EnhancedLevel, ""), "2013-07-01 09:00", true},
		{"enhanced, with a date", level(regime.EnhancedLevel, "2013-05-01"), "2013-05-01", true},
	} {
		c := s.copied().by("CQC", x.act)
		d := c.owes(DutyLevelReview, "RCX")
		if (d != nil) != (x.due != "") || d != nil && !d.Due.Equal(regimetest.At(x.due)) ||
			strings.Contains(c.said(), "to be reviewed by") != x.says {
			t.Errorf("%s: %+v: %s", x.what, d, c.said())
		}
	}
	s.by("CQC", level(regime.EnhancedLevel, "")).by(regimetest.Nhse,
		&NoteCase{Case: "K1", Provider: "RCX", Stage: regime.UnderSurveillance})
	if s.g.provider("RCX").Level != regime.EnhancedLevel || s.owes(DutyLevelReview, "RCX") == nil ||
		s.answer("CQC", level(regime.RoutineLevel, "")) != "" {
		t.Error("a case without a trigger leaves the level alone")
	}
	s.by(regimetest.Nhse, &NoteCase{Case: "K1", Provider: "RCX", Stage: regime.Convening})
	c := s.g.provider("RCX").Current()
	if d := s.owes(DutyLevelReview, "RCX"); d != nil || c.To != regime.RiskSummitLevel || !c.Review.IsZero() ||
		len(s.g.provider("RCX").History) != 2 {
		t.Errorf("%+v %+v", d, c)
	}
	for i := range s.g.Duties {
		if d := s.g.Duties[i]; d.Kind == DutyLevelReview && d.End != ledger.EndNotNeeded {
			t.Errorf("%+v", d)
		}
	}
	s.by(regimetest.Nhse, &NoteCase{Case: "K1", Provider: "RCX", Stage: regime.Responding})
	if len(s.g.provider("RCX").History) != 2 || s.g.provider("RCX").CaseStage != regime.Responding {
		t.Errorf("%+v", s.g.provider("RCX"))
	}
}

func TestR74_OnlyWhatComesAfterTheLastTimeCoversAProvider(t *testing.T) {
	s := group(t, "2013-04-01 09:00")
	w := s.g.provider("RCX")
	for _, x := range []struct {
		at      time.Time
		covered bool
	}{{s.now.Add(-time.Hour), false}, {s.now, false}, {s.now.Add(time.Minute), true}} {
		s.g.covered("RCX", ledger.Moment{Now: x.at})
		if w.Considered.Equal(x.at) != x.covered {
			t.Errorf("%s: %+v", x.at, w)
		}
	}
	f, after := s.g.CoverageNow(s.g.Coverage.After(s.now)),
		s.g.CoverageNow(s.g.Coverage.After(s.now).Add(1))
	if f.Within != 4 || after.Within != 1 || f.Never != 3 ||
		!slices.Equal(after.Overdue, []string{"RGP", "RGQ", "RY3"}) {
		t.Errorf("%+v %+v", f, after)
	}
}

func TestR74_WhoHasWaitedLongestComesFirstAmongThoseNotConsidered(t *testing.T) {
	s := group(t, "2013-04-01 09:00")
	first := s.g.Watched[0].Code
	s.until(s.next().At).by(regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC"}}).
		by(regimetest.Nhse, &ConsiderProvider{Provider: first, Conclusion: "x"})
	f := s.g.CoverageNow(regimetest.At("2016-04-01 09:00"))
	if n := len(f.Overdue); n != len(s.g.Watched) || f.Overdue[n-1] != first {
		t.Errorf("%s was considered last: %v", first, f.Overdue)
	}
}

func TestR135_OneMemberBetweenMeetingsTakesNoProviderOffTheAgenda(t *testing.T) {
	s := group(t, "2013-04-01 09:00").by("CQC", &RaiseConcern{Provider: "RCX", What: "x"})
	due := s.owes(DutyCoverage, "RCX").Due
	s.at("2013-04-02 09:00").by("CCG/07J", &ConsiderProvider{Provider: "RCX", Outcome: "note-and-watch", Conclusion: "seen"}).
		saysIn("it stays on the agenda until one has considered it (R135)")
	if d := s.owes(DutyCoverage, "RCX"); !d.Due.Equal(due) || !s.g.provider("RCX").Considered.IsZero() || !slices.Contains(s.g.ToConsider(s.now), "RCX") ||
		s.g.lastOutcome("RCX").Conclusion != "seen" {
		t.Errorf("%+v, %+v", d, s.g.lastOutcome("RCX"))
	}
	s.until(s.next().At).by(regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC"}, Record: "x"})
	absent := s.copied().by("CCG/07J", &ConsiderProvider{Provider: "RCX"})
	if absent.g.lastOutcome("RCX").Meeting != 0 || !absent.g.provider("RCX").Considered.IsZero() {
		t.Errorf("who was not there says what the meeting considered: %+v", absent.g.lastOutcome("RCX"))
	}
	for _, p := range []regime.Party{"CQC", regimetest.Nhse} {
		there := s.copied().by(p, &ConsiderProvider{Provider: "RCX"})
		if there.g.lastOutcome("RCX").Meeting != 1 || !there.g.provider("RCX").Considered.Equal(there.now) ||
			there.g.concern("C1").Discussed != 1 || strings.Contains(there.said(), "R135") {
			t.Errorf("%s: %+v", p, there.g.lastOutcome("RCX"))
		}
	}
	s.by("CQC", &ConsiderProvider{Provider: "RCX"}).
		until(s.now.AddDate(0, 0, 1)).by("CQC", &ConsiderProvider{Provider: "RCX", Conclusion: "more"})
	if c := s.g.concern("C1"); c.Discussed != 1 {
		t.Errorf("what was spoken of at a meeting stays so: %+v", c)
	}
}
