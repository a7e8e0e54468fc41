package failure

import (
	"slices"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// held lists the recipients of a kind that wait, as "MONITOR Mon 16 Sep 2013 08:00".
func (s *script) held(k regime.NoticeKind) []string {
	var out []string
	for _, n := range s.c.Notices {
		for _, r := range n.To {
			if n.Kind == k && r.Deferred() {
				out = append(out, string(r.Party)+" "+calendar.Short(r.NotBefore))
			}
		}
	}
	return out
}

// sent lists who is sent a kind of notice at this moment.
func (s *script) sentNow(c *Case) []regime.NoticeKind {
	var out []regime.NoticeKind
	for _, n := range c.ToSend(s.now) {
		out = append(out, n.Kind)
	}
	return out
}

// act performs without having the mails go.
func (s *script) act(by regime.Party, a Act) {
	s.Helper()
	if _, err := s.c.Perform(ledger.Request{Sure: true, By: ledger.Actor{For: by, Person: "x", Channel: "test"}}, a, s.now); err != nil {
		s.Fatal(err)
	}
}

func TestARoutineNoticeOfTheNightWaitsForTheWorkingMorningAndAnUrgentOneDoesNot(t *testing.T) {
	s := open(t, kingsLynn, "2013-10-04 19:30") // a Friday evening
	s.act("CQC", &RecommendMeasures{Reason: "x"})
	if got := s.held("N25"); !slices.Equal(got, []string{"MONITOR Mon 7 Oct 2013 08:00"}) || len(s.c.ToSend(s.now)) != 0 {
		t.Fatalf("%v", got)
	}
	if at := s.c.NextRetry(); calendar.Short(at) != "Mon 7 Oct 2013 08:00" {
		t.Fatalf("the clock forgets it: %s", at)
	}
	s.act("CQC", &TriggerRiskSummit{Concern: "x", Source: "inspection"})
	if got := s.sentNow(s.c); !slices.Contains(got, "N1") || slices.Contains(got, "N25") {
		t.Fatalf("%v", got)
	}
	s.now = regimetest.At("2013-10-07 08:00")
	if got := s.sentNow(s.c); !slices.Contains(got, "N25") || !slices.Contains(got, "N26") {
		t.Fatalf("%v", got)
	}
}

func TestHolidaysAreNoWorkingDays(t *testing.T) {
	s := open(t, kingsLynn, "2013-12-24 18:00")
	s.act("CQC", &RecommendMeasures{Reason: "x"})
	if got := s.held("N25"); !slices.Equal(got, []string{"MONITOR Fri 27 Dec 2013 08:00"}) {
		t.Fatalf("%v", got)
	}
}

func TestAfterTheFirstRoutineMailOfADayTheRestIsGatheredIntoOneTheNextMorning(t *testing.T) {
	s := responding(t, kingsLynn).at("2013-09-17 10:00") // a Tuesday
	s.by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At("2013-10-01 10:00")})
	if got := s.held("N16"); slices.ContainsFunc(got, func(l string) bool { return !strings.HasPrefix(l, string(regimetest.Nhse)) }) {
		t.Fatalf("the first of the day goes at once: %v", got)
	}
	s.at("2013-09-17 11:00").by("CQC", &RecommendMeasures{Reason: "x"})
	s.at("2013-09-17 12:00").by("MONITOR", &DecideMeasures{Outcome: Decline, Reason: "x"})
	got := s.held("N26")
	if len(got) == 0 || slices.ContainsFunc(got, func(l string) bool {
		return !strings.HasSuffix(l, "Wed 18 Sep 2013 08:00") &&
			!strings.HasPrefix(l, "PROVIDER")
	}) {
		t.Fatalf("%v", got)
	}
	s.now = regimetest.At("2013-09-18 08:00")
	perMail := map[regime.Party]int{}
	for _, n := range s.c.ToSend(s.now) {
		for _, r := range n.To {
			perMail[r.Party]++
		}
	}
	if perMail["CQC"] != 2 { // the recommendation and the decision
		t.Fatalf("%v", perMail)
	}
}

func TestWhatWouldComeTooLateByWaitingGoesAtOnce(t *testing.T) {
	s := responding(t, kingsLynn).at("2013-09-17 20:00")
	s.by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At("2013-09-18 07:30")})
	if got := s.held("N16"); len(got) != 0 {
		t.Fatalf("a meeting before the next working hours: %v", got)
	}
	s.at("2013-09-18 19:00").by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At("2013-09-19 16:00")})
	if got := s.held("N16"); len(got) != len(s.c.responding()) {
		t.Fatalf("a meeting after them: %v", got)
	}
}

func TestR81_WhatIsOverBeforeItsMorningIsNotSent(t *testing.T) {
	s := open(t, kingsLynn, "2013-10-04 19:30")
	s.act("CQC", &RecommendMeasures{Reason: "x"})
	s.now = regimetest.At("2013-10-06 10:00") // a Sunday
	s.act("MONITOR", &DecideMeasures{Outcome: Decline, Reason: "x"})
	s.now = regimetest.At("2013-10-07 08:00")
	if got := s.sentNow(s.c); slices.Contains(got, "N25") || !slices.Contains(got, "N26") {
		t.Fatalf("Monitor is asked for what it has done: %v", got)
	}
}

func TestR81_OfTheRemindersOfANightOnlyTheLatestGoes(t *testing.T) {
	s := responding(t, kingsLynn).at("2013-09-16 09:00").
		by(regimetest.Nhse, &ProposeAction{Owner: "MONITOR", Aim: SafeguardPatients, What: "x",
			Due: regimetest.At("2013-09-28 10:00")}).
		by("MONITOR", &AcceptAction{Action: "A1"})
	s.until(regimetest.At("2013-09-29 12:00")) // a Sunday: at the time and a day after, both in one week-end
	var states []ledger.DeliveryState
	for _, n := range s.c.Notices {
		if n.Kind == "N19" {
			states = append(states, n.To[0].State)
		}
	}
	if !slices.Equal(states, []ledger.DeliveryState{ledger.StateAccepted, ledger.StateAccepted, ledger.StateSuperseded, ""}) {
		t.Fatalf("%v", states)
	}
}

func TestNoContactHasMoreThanOneRoutineMailADayInAWholeYear(t *testing.T) {
	s := placed(t)
	type mail struct {
		party regime.Party
		level regime.Level
		day   string
	}
	went := map[mail]map[time.Time]bool{}
	s.until(regimetest.At("2014-11-30 10:00"))
	for _, n := range s.c.Notices {
		for _, r := range n.To {
			if s.c.profile().GoesAtOnce(n.Kind, n.Urgent) || r.State != ledger.StateAccepted {
				continue
			}
			at := calendar.Latest(n.At, r.NotBefore)
			k := mail{r.Party, r.Level, calendar.Day(at)}
			if went[k] == nil {
				went[k] = map[time.Time]bool{}
			}
			went[k][at.UTC()] = true
			if !r.NotBefore.IsZero() && !calendar.Working(at) {
				t.Errorf("%s goes on %s", n.ID, calendar.Instant(at))
			}
		}
	}
	if len(went) < 30 {
		t.Fatalf("only %d days with mail", len(went))
	}
	for k, times := range went {
		if len(times) > 1 {
			t.Errorf("%v: %d mails", k, len(times))
		}
	}
}

func TestN44_ADigestGoesOnMondayAtEightToWhomThereIsSomethingToSay(t *testing.T) {
	s := responding(t, kingsLynn).at("2013-09-16 08:00")
	var cqc, hwl ledger.Notice
	for _, n := range s.c.Notices {
		if n.Kind == "N44" && n.To[0].Party == "CQC" {
			cqc = n
		}
		if n.Kind == "N44" && n.To[0].Party == "HEALTHWATCH_LOCAL/Q56" {
			hwl = n
		}
	}
	if calendar.Short(cqc.At) != "Mon 16 Sep 2013 08:00" || len(cqc.Items) < 3 ||
		!strings.HasPrefix(cqc.Items[1], "overdue: give its regulatory judgement") {
		t.Fatalf("%+v", cqc)
	}
	if len(hwl.Items) != 2 || !strings.Contains(hwl.Items[1], "'summit open'") ||
		strings.Contains(hwl.Items[1], "'trigger'") {
		t.Fatalf("it owes nothing, and was mailed of the trigger: %+v", hwl)
	}
}

func TestN44_WithNothingToSayThereIsNoDigestAndTheClockSleeps(t *testing.T) {
	s := placed(t).by("MONITOR", &Appoint{Role: "improvement-director", Who: "an office"}).
		by("MONITOR", &Appoint{Role: "partner-trust", Who: "x"}).
		by("MONITOR", &Appoint{Role: "leadership-review", Who: "x"}).
		by(regimetest.Nhse, &AnswerPublic{Answer: "no", Reason: "x"}).
		by("PROVIDER", &PublishPlan{URL: "https://trust.example/plan"}).at("2013-10-29 09:00")
	seen := len(s.told("N44"))
	s.at("2013-11-17 09:00") // the first month's report is due on the 25th
	if got := s.told("N44"); len(got) != seen {
		t.Fatalf("%v", got[seen:])
	}
	s.at("2013-11-18 09:00")
	got := s.told("N44")[seen:]
	if len(got) != 1 || got[0] != "Mon 18 Nov 2013 08:00: PROVIDER/RCX duty" {
		t.Fatalf("%v", got)
	}
}

func TestN44_AClosedCaseHasNoDigest(t *testing.T) {
	s := closable(t).by(regimetest.Nhse, &ProposeClosing{}).days(3).by(regimetest.Nhse, &CloseCase{})
	before := len(s.told("N44"))
	if s.at("2013-10-20 09:00"); len(s.told("N44")) != before {
		t.Fatalf("%v", s.told("N44"))
	}
}

func TestWhatWouldWaitTooLongGoesAtOnceToTheVeryMinute(t *testing.T) {
	night, morning := regimetest.At("2013-09-17 20:00"), regimetest.At("2013-09-18 08:00")
	for by, held := range map[time.Time]bool{{}: true, night: true, night.Add(time.Minute): false,
		morning: false, morning.Add(time.Minute): true} {
		n := ledger.Notice{Kind: "N16", At: night, By: by, To: []ledger.Recipient{{Party: "CQC",
			Level: regime.LevelDuty}}}
		s := open(t, kingsLynn, "2013-09-10 09:00")
		s.c.pen.DeferToHours(&n, night)
		if r := n.To[0]; r.Deferred() != held || held && !r.NotBefore.Equal(morning) ||
			r.WaitsForHours(night) != held || r.WaitsForHours(morning) {
			t.Errorf("by %s: %+v", by, r)
		}
	}
}
