package failure

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func TestR96_AFirstMeetingOfTheRingHolderAloneIsRemarkedAndSaysWhoWasMissing(t *testing.T) {
	for _, present := range [][]regime.Party{{regimetest.Nhse}, {"PROVIDER"}, {regimetest.Nhse, "PROVIDER"}} {
		s := responding(t, kingsLynn).by(regimetest.Nhse, &HoldMeeting{Present: present, Record: "x"}).
			says("Nobody but the ring-holder was there").says("Missing: CCG (07J)").says("Monitor")
		if d := s.duty(DutyFirstMeeting, ""); d.End != ledger.EndDone {
			t.Errorf("it is a remark, and the meeting was held: %+v", d)
		}
		if got := strings.Join(s.told("N16"), ";"); !strings.Contains(got, "CQC duty") || strings.Contains(got, "NHSCB/Q56 duty") {
			t.Errorf("who was missing is told: %s", got)
		}
		if board := s.c.Board(s.now); !strings.Contains(board, "the members have not met yet") {
			t.Error(board)
		}
		s.by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}}).doesNotSay("R96")
		if board := s.c.Board(s.now); strings.Contains(board, "have not met") {
			t.Error(board)
		}
	}
	responding(t, kingsLynn).by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC", "CCG"}}).
		says("Missing, which invalidates nothing (R96): ").says("Monitor").doesNotSay("Missing, which invalidates nothing (R96): CCG")
}

func TestR96_ANextMeetingFarOffIsRemarkedAndTaken(t *testing.T) {
	s := responding(t, kingsLynn).by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}})
	for after, far := range map[string]bool{"2013-09-27 04:10": false, "2013-09-27 04:11": true, "2014-03-13 10:00": true} {
		c := s.copied().by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At(after)})
		if strings.Contains(c.said(), "R96") != far || c.c.nextMeeting() == nil {
			t.Errorf("%s: %s", after, c.said())
		}
	}
	moved := s.copied().by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At("2013-09-20 10:00")}).doesNotSay("R96").
		by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At("2014-03-13 10:00")})
	moved.says("is moved").says("R96")
	s.by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}, Next: regimetest.At("2014-03-13 10:00")}).says("R96")
	closable(t).by(regimetest.Nhse, &BeginMonitoring{Reason: "x"}).
		by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At("2014-03-13 10:00")}).doesNotSay("R96")
}

func TestR96_ImmediateRiskShortensTheTimesOfTheTrack(t *testing.T) {
	urgent := open(t, kingsLynn, "2013-09-10 09:00").by(regimetest.Nhse, &TriggerRiskSummit{Concern: "x", Source: "media", Immediate: true}).
		at("2013-09-11 09:00").by(regimetest.Nhse, &OpenSummit{Attending: []regime.Party{"CQC"}}).
		by(regimetest.Nhse, &EndSummit{})
	for k, want := range map[regime.DutyKind]string{DutyCollective: "2013-09-11 21:00", DutyRegulatory: "2013-09-11 21:00"} {
		if d := urgent.duty(k, ""); !d.Due.Equal(regimetest.At(want)) {
			t.Errorf("%s: %+v", k, d)
		}
	}
	urgent.by(regimetest.Nhse, &JudgeCollectively{Value: ActualFailure})
	for k, want := range map[regime.DutyKind]string{DutyAgreeRingHolder: "2013-09-11 15:00", DutyFirstMeeting: "2013-09-12 09:00"} {
		if d := urgent.duty(k, ""); !d.Due.Equal(regimetest.At(want)) {
			t.Errorf("%s: %+v", k, d)
		}
	}
	urgent.at("2013-09-11 15:00").stage(regime.Responding).
		by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At("2013-09-12 10:00")}).says("after the 24 hours")
	late := ""
	for _, n := range urgent.at("2013-09-12 09:00").c.Notices {
		if n.Kind == "N15" {
			late += n.Text + "; "
		}
	}
	if !strings.Contains(late, "the 24 hours are over") || strings.Contains(late, "48") && strings.Contains(late, "The 48 hours are over") {
		t.Errorf("what is said is of the 24 hours: %s", late)
	}
}

func TestR96_ARiskThatComesToBeKnownShortensWhatRunsAlready(t *testing.T) {
	for what, risk := range map[string]func(*script){
		"a power":   func(s *script) { s.by("CQC", &UsePower{Power: "P-CQC-1", Immediate: true}) },
		"a concern": func(s *script) { s.by("CCG/07K", &RecordConcern{Kind: "immediate-risk", What: "x"}) },
	} {
		s := judged(t, kingsLynn).at("2013-09-12 18:00")
		if risk(s); !s.duty(DutyFirstMeeting, "").Due.Equal(regimetest.At("2013-09-13 16:10")) ||
			!s.duty(DutyAgreeRingHolder, "").Due.Equal(regimetest.At("2013-09-12 22:10")) {
			t.Errorf("%s: %+v, %+v", what, s.duty(DutyFirstMeeting, ""), s.duty(DutyAgreeRingHolder, ""))
		}
		if n := strings.Count(s.story(), "so the time is shorter"); n != 3 {
			t.Errorf("%s: said %d times: %s", what, n, s.said())
		}
		s.at("2013-09-12 22:10").stage(regime.Responding)
		over := responding(t, kingsLynn).at("2013-09-13 20:00")
		if risk(over); !over.duty(DutyFirstMeeting, "").Due.Equal(regimetest.At("2013-09-14 16:10")) {
			t.Errorf("%s: a time that would have passed stays: %+v", what, over.duty(DutyFirstMeeting, ""))
		}
	}
	if d := judged(t, kingsLynn).by("CQC", &UsePower{Power: "P-CQC-1"}).duty(DutyFirstMeeting, ""); !d.Due.Equal(regimetest.At("2013-09-14 16:10")) {
		t.Errorf("nobody spoke of a risk: %+v", d)
	}
}

func TestR96_ThoseRelevantAndThoseWhoTakePartAreInvitedAndNotAll(t *testing.T) {
	invited := func(s *script) []regime.Party {
		s.by(regimetest.Nhse, &ScheduleMeeting{At: s.now.AddDate(0, 0, 2)})
		return ledger.PartiesOf(s.c.Notices[len(s.c.Notices)-1].To)
	}
	has := func(s *script, p regime.Party) bool { return slices.Contains(invited(s), p) }
	s := responding(t, kingsLynn)
	if got := invited(s.copied()); len(got) >= len(s.c.Members) || slices.Contains(got, "PHE/Q56") || slices.Contains(got, "CCG/07K") ||
		!slices.Contains(got, "MONITOR") || !slices.Contains(got, "GMC") || !slices.Contains(got, "LA_COMM/Q56") {
		t.Fatalf("%v", got)
	}
	for what, takes := range map[string]Act{"uses a power": &UsePower{Power: "P-COM-1"}, "asks for a meeting": &AskForMeeting{Reason: "x"},
		"proposes": propose("CQC"), "says that it acts": &AnswerActing{Answer: "yes", What: "x", Due: regimetest.At("2013-10-01")}} {
		if !has(s.copied().by("CCG/07K", takes), "CCG/07K") {
			t.Errorf("who %s is not invited", what)
		}
	}
	if c := s.copied().by("CQC", &AskWhoActs{Who: []regime.Party{"CCG/07K"}}); !has(c, "CCG/07K") {
		t.Error("who is named as the one who acts is not invited")
	}
	also := s.copied().refused("R96", regimetest.Nhse, &ScheduleMeeting{At: s.now.AddDate(0, 0, 1), Also: []regime.Party{"NMC"}}).
		by(regimetest.Nhse, &ScheduleMeeting{At: s.now.AddDate(0, 0, 1), Also: []regime.Party{"PHE/Q56"}})
	if !slices.Contains(ledger.PartiesOf(also.c.Notices[len(also.c.Notices)-1].To), "PHE/Q56") || !has(also, "PHE/Q56") {
		t.Error("who is invited besides is told, and stays")
	}
	s.holds(s.why("CCG/07K"), "it may ask for one")
	s.holds(s.why("MONITOR"), "invited to the response meetings")
}

func TestR97_AnyMemberAsksForAMeetingAndTheRingHolderOwesAnAnswer(t *testing.T) {
	s := responding(t, kingsLynn)
	for _, m := range s.c.Members {
		if m.Party == s.c.Ring.Holder {
			continue
		}
		if got := s.answer(m.Party, &AskForMeeting{Reason: "x"}); got != "" {
			t.Errorf("%s: %s", m.Party, got)
		}
	}
	s.refused("R97", "NMC", &AskForMeeting{Reason: "x"}).refused("R97", "PROVIDER", &AskForMeeting{Reason: "x"}).
		refused("", regimetest.Nhse, &AskForMeeting{Reason: "x"})
	triggered(t, kingsLynn).refused("R97", "CQC", &AskForMeeting{Reason: "x"})
	judged(t, kingsLynn).by("CQC", &AskForMeeting{Reason: "x"})
	s.by("PHE", &AskForMeeting{Reason: "two more"})
	if d := s.duty(DutyAnswerMeeting, "Y1"); d.Owner != regimetest.Nhse || !d.Due.Equal(s.now.AddDate(0, 0, 1)) {
		t.Fatalf("%+v", d)
	}
	no := &AnswerMeetingRequest{Request: "Y1", Reason: "on Friday"}
	tryAll(t, trial{s, "CQC", no, "R97: "}, trial{s, regimetest.Nhse, no, ""},
		trial{s, regimetest.Nhse, &AnswerMeetingRequest{Request: "Y2", Reason: "x"}, "there is no request"})
	fixed := s.copied().by(regimetest.Nhse, &ScheduleMeeting{At: s.now.AddDate(0, 0, 3)}).says("It answers Y1 (R97)")
	fixed.refused("", regimetest.Nhse, no)
	// A meeting that is fixed already answers nothing until it is moved.
	fixed.by("PHE", &AskForMeeting{Reason: "sooner"}).
		by(regimetest.Nhse, &ScheduleMeeting{At: s.now.AddDate(0, 0, 3), Place: "Lynn"}).doesNotSay("answers")
	if fixed.c.Duty(DutyAnswerMeeting, "Y2") == nil {
		t.Error("another place answered it")
	}
	fixed.by(regimetest.Nhse, &ScheduleMeeting{At: s.now.AddDate(0, 0, 1)}).says("It answers Y2")
	for _, answered := range []*script{s.copied().by(regimetest.Nhse, no), s.copied().by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}})} {
		if d := answered.duty(DutyAnswerMeeting, "Y1"); d.End != ledger.EndDone || len(answered.told("N55")) != 2 {
			t.Errorf("%+v, told %v", d, answered.told("N55"))
		}
	}
}

func TestR98_ABreachWithoutACollectiveJudgementIsChasedAndSeenByTheMembers(t *testing.T) {
	s := inSession(t, kingsLynn).by("CQC", &JudgeBreach{Value: BreachSignificant})
	const says = "the 24/48 hours have not begun"
	n := s.c.Notices[len(s.c.Notices)-2:]
	if !strings.Contains(n[0].Text+n[1].Text, says) || !strings.Contains(s.c.Board(s.now), says) {
		t.Errorf("%s, %s: %s", n[0].Text, n[1].Text, s.c.Board(s.now))
	}
	if d := s.duty(DutyJudgeAfterBreach, ""); d.Owner != regimetest.Nhse || !d.Due.Equal(s.now.AddDate(0, 0, 1)) {
		t.Errorf("%+v", d)
	}
	judged := s.copied().by(regimetest.Nhse, &JudgeCollectively{Value: ActualFailure})
	if d := judged.duty(DutyJudgeAfterBreach, ""); d.End != ledger.EndDone || strings.Contains(judged.c.Board(judged.now), says) {
		t.Errorf("%+v", d)
	}
	s.by("CQC", &JudgeBreach{Value: NoMaterialBreach})
	if d := s.duty(DutyJudgeAfterBreach, ""); d.End != ledger.EndNotNeeded {
		t.Errorf("%+v", d)
	}
	before := open(t, kingsLynn, "2013-09-10 09:00").by("CQC", &JudgeBreach{Value: BreachSignificant})
	if before.c.Duty(DutyJudgeAfterBreach, "") != nil {
		t.Error("nobody has called anybody together")
	}
	before.trigger()
	if d := before.duty(DutyJudgeAfterBreach, ""); !d.Start.Equal(before.now) {
		t.Errorf("%+v", d)
	}
	before.by(regimetest.Nhse, &WithdrawTrigger{Reason: "x"})
	if d := before.duty(DutyJudgeAfterBreach, ""); d.Open() {
		t.Errorf("%+v", d)
	}
}
