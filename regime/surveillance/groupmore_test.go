package surveillance

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func TestWorriesComeByUrgencyThenByBodiesThenByConcerns(t *testing.T) {
	raise := func(code string, urgent bool) Act {
		return &RaiseConcern{Provider: code, What: "x", Urgent: urgent}
	}
	s := group(t, "2013-04-01 09:00").by("CQC", raise("ONE", false)).by("CQC", raise("TWICE", false)).
		by("CQC", raise("TWICE", false)).
		by("CQC", raise("BOTH", false)).by("LETB", raise("BOTH", false)).
		by("CQC", raise("URGENT", true)).by("CQC", raise("URGENT", false)).
		by("CQC", raise("DONE", false)).by("CQC", &ConsiderProvider{Provider: "DONE", Settles: "ALL"})
	var got []string
	for _, w := range s.g.Worries() {
		got = append(got, w.Provider)
		if w.Urgent != (w.Provider == "URGENT") {
			t.Errorf("%+v", w)
		}
	}
	if !slices.Equal(got, []string{"URGENT", "BOTH", "TWICE", "ONE"}) {
		t.Errorf("%v", got)
	}
	at := s.g.Concerns[7].Settled
	s.at("2013-04-02 09:00").by("CQC", raise("DONE", false)).
		by("CQC", &ConsiderProvider{Provider: "DONE", Settles: "C9"})
	if !s.g.Concerns[7].Settled.Equal(at) || s.g.Concerns[8].Settled.Equal(at) {
		t.Errorf("%+v", s.g.Concerns)
	}
}

func TestR10_AnUrgentConcernReachesWhoOverseesTheTrustAndNoOtherIsAskedTwice(t *testing.T) {
	for code, want := range map[string]string{"RCX": "CQC NHSCB/Q56 CCG/07J CCG/07K LA_COMM/Q56 MONITOR",
		"RGQ":    "CQC NHSCB/Q56 CCG/07J CCG/07K LA_COMM/Q56 TDA",
		"D81001": "CQC NHSCB/Q56 CCG/07J CCG/07K LA_COMM/Q56",
		"RXX":    "CQC NHSCB/Q56 CCG/07J CCG/07K LA_COMM/Q56"} {
		s := group(t, "2013-04-01 09:00").by("CQC",
			&WatchProvider{Provider: "D81001", Name: "x", Type: regime.GPPractice}).
			by("LETB", &RaiseConcern{Provider: code, What: "x", Urgent: true})
		n := s.g.Notices[len(s.g.Notices)-1]
		if n.Kind != "N2" || regimetest.PartyWords(ledger.PartiesOf(n.To)) != want {
			t.Errorf("%s: %s to %v", code, n.Kind, regimetest.PartyWords(ledger.PartiesOf(n.To)))
		}
	}
}

func TestR72_ANewIntervalMovesAMeetingThatNobodyFixedAndNeverIntoThePast(t *testing.T) {
	open := func() *groupScript { return group(t, "2013-04-01 09:00") }
	every := func(interval string) Act { return &SetGroupInterval{Interval: toPeriod(interval)} }
	first := open().next()
	for _, x := range []struct {
		what string
		s    *groupScript
		act  Act
		at   string
	}{
		{"none given", open(), &SetGroupInterval{Coverage: toPeriod("8mo")}, ""},
		{"longer", open(), every("2mo"), "2013-06-03"},
		{"a day at least", open(), every("1d"), "2013-04-02"},
		{"long gone by", open().at("2013-04-20 09:00"), every("7d"), "2013-04-22"},
		{"from the last meeting", open().meet("CQC"), every("3mo"), "2013-08-01"},
		{"fixed", open().by(regimetest.Nhse, &ScheduleGroupMeeting{At: regimetest.At("2013-04-25 10:00")}), every("2mo"),
			"2013-04-25"},
	} {
		x.s.by(regimetest.Nhse, x.act)
		want := first.At
		if x.at != "" {
			want = calendar.AtTimeOf(regimetest.At(x.at), first.At)
		}
		if x.what == "fixed" {
			want = regimetest.At("2013-04-25 10:00")
		}
		n := x.s.next()
		if d := x.s.owes(regime.DutyGroupMeeting, strconv.Itoa(n.N)); !n.At.Equal(want) || !d.Due.Equal(want) {
			t.Errorf("%s: %s, owed by %s, want %s", x.what, n.At, d.Due, want)
		}
	}
	s := open()
	tryAllInGroup(t, groupTrial{s, regimetest.Nhse, every("1d"), ""},
		groupTrial{s, regimetest.Nhse, every("23h"), "at least a day"},
		groupTrial{s, regimetest.Nhse, every("6mo"), ""},
		groupTrial{s, regimetest.Nhse, &SetGroupInterval{Interval: toPeriod("6mo"), Coverage: toPeriod("5mo")},
			"not every provider"},
		groupTrial{s, "CQC", every("2mo"), "R73: "})
	s.by(regimetest.Nhse, &SetGroupInterval{Coverage: toPeriod("8mo"), Rotation: regime.ByDistrict})
	if d := s.owes(regime.DutyCoverage, "RCX"); !d.Due.Equal(regimetest.At("2013-12-01 09:00")) ||
		s.g.Rotation != regime.ByDistrict {
		t.Errorf("%+v, by %s", d, s.g.Rotation)
	}
	if s.by(regimetest.Nhse, every("2mo")); s.g.Rotation != regime.ByDistrict ||
		!s.owes(regime.DutyCoverage, "RCX").Due.Equal(regimetest.At("2013-12-01 09:00")) {
		t.Error("what is not given stays")
	}
}

func TestWhatIsNotLongPastIsNotForgotten(t *testing.T) {
	s := group(t, "2013-04-01 09:00")
	now := regimetest.At("2020-01-01 09:00")
	old := s.g.row().Memory.Before(now)
	s.g.Duties = []ledger.Duty{{ID: "D1", Kind: regime.DutyCoverage, End: ledger.EndDone, Ended: old.Add(-1)},
		{ID: "D2", Kind: regime.DutyCoverage, End: ledger.EndDone, Ended: old},
		{ID: "D3", Kind: regime.DutyCoverage}}
	s.g.Notices = []ledger.Notice{{ID: "n1", Settled: true, At: old.Add(-1)}, {ID: "n2", Settled: true, At: old},
		{ID: "n3", At: old.Add(-1)}}
	s.g.forget(now)
	if len(s.g.Duties) != 2 || s.g.Duties[0].ID != "D2" || len(s.g.Notices) != 2 ||
		s.g.Notices[0].ID != "n2" {
		t.Errorf("%+v %+v", s.g.Duties, s.g.Notices)
	}
}

func TestR14_WhatWasToldInConfidenceGivesItsBodyAwayInNoWay(t *testing.T) {
	s := group(t, "2013-04-01 09:00").at("2013-04-02 09:00")
	req := ledger.Request{By: ledger.Actor{For: "LETB", Person: "x", Channel: "test"}, Key: "k1", Fingerprint: "p1"}
	in := func(code string, confidential bool) {
		t.Helper()
		if _, err := s.g.Perform(req, &RaiseConcern{Provider: code, What: "x",
			Confidential: confidential, Source: "whistleblower"}, s.now); err != nil {
			t.Fatal(err)
		}
		req.Key, req.Fingerprint = req.Key+"k", req.Fingerprint+"p"
	}
	in("RCX", true)
	in("RCX", false)
	in("RCX", true)
	in("RGP", true)
	s.by("CCG/07J", &RaiseConcern{Provider: "RCX", What: "x", Confidential: true})
	var voices []string
	for _, c := range s.g.Public().Concerns {
		voices = append(voices, string(c.By.For))
	}
	if got := strings.Join(voices, " "); got != "UNNAMED/C1 LETB/Q56 UNNAMED/C1 UNNAMED/C4 UNNAMED/C5" {
		t.Error(got)
	}
	for i, e := range s.g.Public().Entries {
		secret := i != 1
		if (e.By.For.Body() == unnamed) != secret || secret && e.By.Person != "" || e.Key+e.Fingerprint != "" {
			t.Errorf("%+v", e)
		}
	}
	for p, want := range map[regime.Party]int{regimetest.Nhse: 4, "LETB": 3, "CCG/07J": 1} {
		if got, err := s.g.Sources(p); err != nil || len(got) != want {
			t.Errorf("%s sees %+v, %v", p, got, err)
		}
	}
	if _, err := s.g.Sources("CQC"); regime.RefusedBy(err) != "R14" {
		t.Error(err)
	}
	if got, err := group(t, "2013-04-01 09:00").g.Sources(regimetest.Nhse); err != nil || len(got) != 0 {
		t.Errorf("%v %v", got, err)
	}
	if got := s.g.yetToSend(); !slices.Contains(got, "CCG/07J") || slices.Contains(got, "LETB/Q56") {
		t.Errorf("yet to send: %v", got)
	}
}

func TestR74_ALevelIsReviewedWhereItIsNotRoutineAndRestsWhileACaseIsLive(t *testing.T) {
	s := group(t, "2013-04-01 09:00")
	level := func(l regime.SurveillanceLevel, review string) Act {
		a := &AgreeLevel{Provider: "RCX", Level: l, Reason: "x"}
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
		d := c.owes(regime.DutyLevelReview, "RCX")
		if (d != nil) != (x.due != "") || d != nil && !d.Due.Equal(regimetest.At(x.due)) ||
			strings.Contains(c.said(), "to be reviewed by") != x.says {
			t.Errorf("%s: %+v: %s", x.what, d, c.said())
		}
	}
	s.by("CQC", level(regime.EnhancedLevel, "")).by(regimetest.Nhse,
		&NoteCase{Case: "K1", Provider: "RCX", Stage: regime.UnderSurveillance})
	if s.g.provider("RCX").Level != regime.EnhancedLevel || s.owes(regime.DutyLevelReview, "RCX") == nil ||
		s.answer("CQC", level(regime.RoutineLevel, "")) != "" {
		t.Error("a case without a trigger leaves the level alone")
	}
	s.by(regimetest.Nhse, &NoteCase{Case: "K1", Provider: "RCX", Stage: regime.Convening})
	c := s.g.provider("RCX").Current()
	if d := s.owes(regime.DutyLevelReview, "RCX"); d != nil || c.To != regime.RiskSummitLevel || !c.Review.IsZero() ||
		len(s.g.provider("RCX").History) != 2 {
		t.Errorf("%+v %+v", d, c)
	}
	for i := range s.g.Duties {
		if d := s.g.Duties[i]; d.Kind == regime.DutyLevelReview && d.End != ledger.EndNotNeeded {
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
