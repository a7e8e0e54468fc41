package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func propose(owner regime.Party) *ProposeAction {
	return &ProposeAction{Owner: owner, Aim: SafeguardPatients, What: "more nurses on the wards",
		Due: regimetest.At("2013-09-20 17:00")}
}

func TestR1_NobodyActsOnAnothersAction(t *testing.T) {
	s := responding(t, kingsLynn).by(regimetest.Nhse, propose("MONITOR"))
	for _, p := range []regime.Party{regimetest.Nhse, "CQC", "PROVIDER"} {
		s.refused("R1", p, &AcceptAction{Action: "A1"}).
			refused("R1", p, &DeclineAction{Action: "A1", Reason: "x"})
	}
	s.by("MONITOR", &AcceptAction{Action: "A1"})
	for _, p := range []regime.Party{regimetest.Nhse, "CQC", "PROVIDER"} {
		s.refused("R1", p, &CompleteAction{Action: "A1", Evidence: "x"}).
			refused("R1", p, &RedateAction{Action: "A1", Due: regimetest.At("2013-10-01"), Reason: "x"}).
			refused("R1", p, &WithdrawAction{Action: "A1", Reason: "x"}).
			refused("R1", p, &TransferAction{Action: "A1", Reason: "x"})
	}
	s.by("MONITOR", &CompleteAction{Action: "A1", Evidence: "rota"})
}

func TestR37_AnAcceptedActionHasAnOwnerAndADate(t *testing.T) {
	s := responding(t, kingsLynn)
	var m *regime.Mistake
	if err := s.perform(regimetest.Nhse, &ProposeAction{Owner: "CQC", Aim: SafeguardPatients, What: "x"}); !regimetest.AsMistake(err, &m) ||
		!strings.Contains(m.Reason, "--due") {
		t.Fatalf("an action without a date: %v", err)
	}
	s.by(regimetest.Nhse, propose("PROVIDER")).by("PROVIDER", &AcceptAction{Action: "A1",
		Due: regimetest.At("2013-09-18")})
	if d := s.duty(DutyDoAction, "A1"); d.Owner != "PROVIDER/RCX" || !d.Due.Equal(regimetest.At("2013-09-18")) {
		t.Fatalf("%+v", d)
	}
}

func TestR37_AProposalWhoseDateHasGoneIsAcceptedWithANewOne(t *testing.T) {
	responding(t, kingsLynn).by(regimetest.Nhse, propose("MONITOR")).at("2013-10-01").
		refused("R37", "MONITOR", &AcceptAction{Action: "A1"}).
		by("MONITOR", &AcceptAction{Action: "A1", Due: regimetest.At("2013-10-20")})
}

func TestR68_ASurveillanceGroupOwnsNoAction(t *testing.T) {
	responding(t, kingsLynn).refused("R68", regimetest.Nhse, propose("QSG_LOCAL"))
}

func TestT10_AnActionOverdueIsRemindedEscalatedAndNeverReassigned(t *testing.T) {
	s := responding(t, kingsLynn).by(regimetest.Nhse, propose("MONITOR")).by("MONITOR", &AcceptAction{Action: "A1"}).
		at("2013-09-28 17:00")
	want := []string{
		"Tue 17 Sep 2013 17:00: MONITOR duty", "Thu 19 Sep 2013 17:00: MONITOR duty",
		"Fri 20 Sep 2013 17:00: MONITOR duty", "Sat 21 Sep 2013 17:00: MONITOR duty, NHSCB/Q56 duty",
		"Mon 23 Sep 2013 17:00: MONITOR executive", "Sat 28 Sep 2013 17:00: MONITOR duty, NHSCB/Q56 duty",
	}
	if got := s.told("N19"); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Fatalf("got\n%s", strings.Join(got, "\n"))
	}
	if s.c.action("A1").Owner != "MONITOR" {
		t.Fatal("the action was reassigned")
	}
	s.by("MONITOR", &CompleteAction{Action: "A1", Evidence: "x"}).at("2013-10-28 17:00")
	if got := s.told("N19"); len(got) != len(want) {
		t.Fatalf("R81: reminded although it is done: %v", got[len(want):])
	}
	if !s.duty(DutyDoAction, "A1").Late() {
		t.Fatal("it was done late")
	}
}

func TestT10_AMovedDateMovesTheReminders(t *testing.T) {
	s := responding(t, kingsLynn).by(regimetest.Nhse, propose("MONITOR")).by("MONITOR", &AcceptAction{Action: "A1"}).
		at("2013-09-18 09:00").
		by("MONITOR", &RedateAction{Action: "A1", Due: regimetest.At("2013-10-20 17:00"), Reason: "notice period"}).
		at("2013-10-17 17:00")
	if got := s.told("N19"); len(got) != 2 || !strings.HasPrefix(got[1], "Thu 17 Oct 2013 17:00") {
		t.Fatalf("%v", got)
	}
}

func TestT10_TheProposerIsToldOfARefusalAndOfSilence(t *testing.T) {
	s := responding(t, kingsLynn).by("CCG", propose("MONITOR")).by("CCG", propose("CQC")).
		by("MONITOR", &DeclineAction{Action: "A1", Reason: "not ours"}).at("2013-09-14 04:10")
	got := strings.Join(s.told("N18"), "\n")
	if !strings.Contains(got, "Sat 14 Sep 2013 04:10: CQC duty, CCG/07J duty") ||
		strings.Count(got, "CCG/07J") != 2 {
		t.Fatalf("%s", got)
	}
}

func TestR81_RungsThatPassedTogetherMakeOneMail(t *testing.T) {
	s := responding(t, kingsLynn).by(regimetest.Nhse, propose("MONITOR")).by("MONITOR", &AcceptAction{Action: "A1"})
	s.c.pen.Tick(regimetest.At("2013-09-25 09:00")) // the worker was away for twelve days
	if got := s.told("N19"); len(got) != 2 {
		t.Fatalf("want one mail each to Monitor's duty and executive contacts and the ring-holder: %v", got)
	}
	s.c.pen.Tick(regimetest.At("2013-09-25 09:00"))
	if got := s.told("N19"); len(got) != 2 {
		t.Fatalf("the same moment told twice: %v", got)
	}
}

// closable is a case with nothing in the way of its closing.
func closable(t *testing.T) *script {
	return responding(t, kingsLynn).by(regimetest.Nhse, propose("CCG/07J")).
		by("CCG/07J", &AcceptAction{Action: "A1"}).by("CCG/07J", &CompleteAction{Action: "A1", Evidence: "x"}).by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}, Record: "x"}).
		by(regimetest.Nhse, &AnswerStandards{Answer: "no", Reason: "x"}).by(regimetest.Nhse,
		&AnswerPublic{Answer: "no", Reason: "x"}).
		by(regimetest.Nhse, &SendLetter{}).by(regimetest.Nhse, &SetLevel{Level: "enhanced", Reason: "x"})
}

func TestS2x4_ClosingHasItsGuards(t *testing.T) {
	closable(t).by(regimetest.Nhse, &ProposeClosing{}).days(3).by(regimetest.Nhse, &CloseCase{}).stage(regime.Closed)
	closable(t).refused("R34", "CQC", &ProposeClosing{}).refused("T12", regimetest.Nhse, &CloseCase{})
	for what, spoil := range map[string]func(*script){
		"an action is accepted": func(s *script) {
			s.by(regimetest.Nhse, propose("CQC")).by("CQC", &AcceptAction{Action: "A2"})
		},
		"special measures":      func(s *script) { s.by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"}) },
		"standards question":    func(s *script) { s.c.Questions.Standards = nil },
		"public information":    func(s *script) { s.c.Questions.Public = nil },
		"no written feedback":   func(s *script) { s.c.Questions.Letter = regimetest.At("2013-09-13").AddDate(-3000, 0, 0) },
		"no surveillance level": func(s *script) { s.c.Questions.Level = "" },
	} {
		s := closable(t)
		spoil(s)
		if what == "no written feedback" {
			s.c.Questions.Letter = s.c.Closing.Closed // zero
		}
		s.refused("2.4", regimetest.Nhse, &ProposeClosing{})
	}
}

func TestAnObjectionToTheClosingIsListedAndBlocksNothing(t *testing.T) {
	s := closable(t).by(regimetest.Nhse, &ProposeClosing{}).by("CQC", &ObjectToClosing{Reason: "too early"}).days(3).
		by(regimetest.Nhse, &CloseCase{}).stage(regime.Closed)
	if rest := s.c.Agreement(s.c.Closing.Agreement); len(rest.Objections) != 1 || len(s.c.OpenDuties()) != 0 {
		t.Fatalf("%+v, open %v", s.c.Closing, s.c.OpenDuties())
	}
	s.refused("2.4", "CQC", &JudgeForOneself{View: "x"}).by("CQC", &AddNote{Text: "filed", Corrects: 1})
}

func TestR77_ACorrectionIsANewEntry(t *testing.T) {
	s := triggered(t, kingsLynn)
	first := s.c.Entries[0]
	s.by("CQC", &AddNote{Text: "it was the 9th", Corrects: 1})
	if s.c.Entries[0] != first || len(s.c.Entries) != 2 {
		t.Fatal("the earlier entry has changed")
	}
}

func TestASameKeyIsAnsweredFromTheRecord(t *testing.T) {
	s := responding(t, kingsLynn)
	req := ledger.Request{By: ledger.Actor{For: "CQC", Person: "an officer"}, Key: "k1"}
	first, err := s.c.Perform(req, &JudgeForOneself{View: "x"}, s.now)
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.c.Perform(req, &JudgeForOneself{View: "x"}, s.now.AddDate(1, 0, 0))
	if err != nil || !again.Repeated || again.Entry.N != first.Entry.N || len(s.c.OwnViews) != 1 {
		t.Fatalf("%+v, %v", again, err)
	}
}

func TestACommandTypedTwiceIsTakenOnce(t *testing.T) {
	s := responding(t, kingsLynn)
	req := ledger.Request{By: ledger.Actor{For: "CQC", Person: "an officer"}, Key: "k1", Fingerprint: "p"}
	_, _ = s.c.Perform(req, &JudgeForOneself{View: "x"}, s.now)
	req.Key = "k2"
	again, _ := s.c.Perform(req, &JudgeForOneself{View: "x"}, s.now.Add(5*60e9))
	if !again.Repeated || len(s.c.OwnViews) != 1 {
		t.Fatalf("%+v", again)
	}
	req.Key = "k3"
	if later, _ := s.c.Perform(req, &JudgeForOneself{View: "x"}, s.now.Add(3600e9)); later.Repeated {
		t.Fatal("an hour later it is meant")
	}
}

func TestR39_AMeetingInMonitoringAsksForNoFurtherOne(t *testing.T) {
	s := closable(t).by(regimetest.Nhse, &BeginMonitoring{Reason: "x"}).
		by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}, Record: "x"})
	for _, d := range s.c.OpenDuties() {
		if d.Kind == DutyNextMeeting || d.Kind == DutyMeetingRecord {
			t.Errorf("%+v", d)
		}
	}
	more := responding(t, kingsLynn).by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}})
	if !more.duty(DutyNextMeeting, "").Open() || !more.duty(DutyMeetingRecord, "1").Open() {
		t.Error("in the response both are owed")
	}
	now := more.copied().by(regimetest.Nhse, &RecordMeeting{Record: "what was said"})
	if m := now.c.Meetings[0]; m.Record != "what was said" || !m.Recorded.Equal(now.now) ||
		now.duty(DutyMeetingRecord, "1").End != ledger.EndDone {
		t.Errorf("%+v", m)
	}
	again := more.copied().by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At("2013-09-20 10:00"), Place: "a"}).
		by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At("2013-09-21 10:00"), Place: "b"})
	if m := again.c.Meetings[1]; len(again.c.Meetings) != 2 || m.Place != "b" ||
		!m.At.Equal(regimetest.At("2013-09-21 10:00")) ||
		!again.duty(DutyHoldMeeting, "2").Due.Equal(m.At) ||
		again.duty(DutyNextMeeting, "").End != ledger.EndDone {
		t.Errorf("%+v", again.c.Meetings)
	}
	for when, says := range map[string]bool{"2013-09-14 16:10": false, "2013-09-14 16:11": true} {
		if got := lastSaid(responding(t, kingsLynn).
			by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At(when)})); strings.Contains(got, "after the 48 hours") != says {
			t.Errorf("%s: %s", when, got)
		}
	}
}

func TestR33_R34_OnlyTheRingHolderSchedulesAndRecordsMeetings(t *testing.T) {
	responding(t, kingsLynn).
		refused("R34", "CQC", &ScheduleMeeting{At: regimetest.At("2013-09-13 15:00")}).
		refused("R33", "CQC", &HoldMeeting{Present: []regime.Party{"CQC"}}).
		by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At("2013-09-13 15:00")})
}

func TestR38_T9_AfterAMeetingThereIsANextDateOrTheRingHolderIsReminded(t *testing.T) {
	s := responding(t, kingsLynn).at("2013-09-13 15:00").
		by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}, Record: "x"}).at("2013-09-14 15:00")
	if got := s.told("N17"); len(got) != 1 || !strings.Contains(got[0], string(regimetest.Nhse)) {
		t.Fatalf("%v", got)
	}
	s.by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At("2013-09-20 10:00")}).at("2013-09-16 15:00")
	if got := s.told("N17"); len(got) != 1 {
		t.Fatalf("reminded although a date is set: %v", got)
	}
	if d := s.duty(DutyFirstMeeting, ""); d.End != ledger.EndDone || d.Late() {
		t.Fatalf("%+v", d)
	}
}

func TestT8_AMeetingRecordedLaterCountsFromWhenItWasHeld(t *testing.T) {
	s := responding(t, kingsLynn).at("2013-09-16 09:00").
		by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"},
			Held: regimetest.At("2013-09-14 15:00"), Record: "x"})
	if d := s.duty(DutyFirstMeeting, ""); d.Late() {
		t.Fatalf("held within 48 hours: %+v", d)
	}
	var m *regime.Mistake
	for _, held := range []string{"2013-09-12 15:00", "2013-09-17 15:00"} {
		if err := s.perform(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}, Held: regimetest.At(held)}); !regimetest.AsMistake(err, &m) {
			t.Errorf("held %s: %v", held, err)
		}
	}
}
