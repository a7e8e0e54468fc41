package failure

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// worried is a case in response in which Healthwatch has recorded a concern, and whose members meet.
func worried(t *testing.T) *script {
	return responding(t, kingsLynn).at("2013-09-13 09:00").
		by("HEALTHWATCH_LOCAL", &RecordConcern{Kind: "serious-failure", What: "a man died waiting"})
}

// toldBy lists who was told by the latest notice of a kind whose text holds some words.
func (s *script) toldBy(k regime.NoticeKind, words string) []regime.Party {
	for i := len(s.c.Notices) - 1; i >= 0; i-- {
		if n := s.c.Notices[i]; n.Kind == k && strings.Contains(n.Text, words) {
			return ledger.PartiesOf(n.To)
		}
	}
	return nil
}

func (s *script) lastSays(words ...string) *script {
	s.Helper()
	text := s.c.Entries[len(s.c.Entries)-1].Text
	for _, w := range words {
		if !strings.Contains(text, w) {
			s.Fatalf("the entry lacks %q: %s", w, text)
		}
	}
	return s
}

func TestR87_AConcernInACaseIsWithdrawnByWhoRecordedItAlone(t *testing.T) {
	s := worried(t).
		refused("R87", regimetest.Nhse, &WithdrawConcern{Concern: "K1", Reason: "x"}).
		refused("", "CQC", &WithdrawConcern{Concern: "K9", Reason: "x"}).
		by("HEALTHWATCH_LOCAL", &WithdrawConcern{Concern: "k1", Reason: "another hospital was meant"}).
		lastSays("Withdrew concern K1: another hospital was meant").
		refused("", "HEALTHWATCH_LOCAL", &WithdrawConcern{Concern: "K1", Reason: "x"})
	to := s.toldBy("N50", "has withdrawn its concern K1")
	for _, p := range append(s.c.parties(nil), s.c.Concerns[0].Told...) {
		if !slices.Contains(to, p) {
			t.Errorf("%s is not told", p)
		}
	}
	if s.c.Duty(DutyConsiderParties, "K1") != nil {
		t.Error("it is still to be considered whom to tell")
	}
}

func TestR88_OnlyAMeetingGivesAConcernInACaseNoFurtherAttention(t *testing.T) {
	aside := &SetConcernsAside{Concerns: "K1", Reason: "the unit has closed"}
	s := worried(t).
		refused("R88", regimetest.Nhse, aside).
		refused("R8", kingsLynn.Party(), aside).
		at("2013-09-14 10:00")
	s.by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC", "MONITOR"}, Record: "x"}).
		refused("R88", "CQC", &SetConcernsAside{Concerns: "K1", Reason: "x", Dissent: []regime.Party{"CQC", "MONITOR"}}).
		refused("", "CQC", &SetConcernsAside{Concerns: "K4", Reason: "x"}).
		by("CQC", &SetConcernsAside{Concerns: "K1", Reason: "the unit has closed", Evidence: "the register", Dissent: []regime.Party{"MONITOR"}}).
		lastSays("K1 of Local Healthwatch", "agreed at response meeting 1 by", "CQC; otherwise sees it Monitor", "Evidence: the register").
		refused("", "CQC", aside)
	if to := s.toldBy("N50", "gives concern K1"); to[0].Body() != regime.HealthwatchLocal {
		t.Fatalf("told: %v", to)
	}
	s.refused("R88", "CQC", &KeepConcernOpen{Concern: "K1", Reason: "x"}).at("2013-09-28 10:01")
	if n := s.c.Concerns[0]; n.End != SetAsideConcern {
		t.Fatalf("%+v", n)
	}
	s.by("HEALTHWATCH_LOCAL", &KeepConcernOpen{Concern: "K1", Reason: "the ward has only moved"}).
		refused("", "HEALTHWATCH_LOCAL", &KeepConcernOpen{Concern: "K1", Reason: "x"})
	if n := s.c.Concerns[0]; n.End != "" || s.toldBy("N50", "keeps its concern K1 open") == nil {
		t.Fatalf("%+v", n)
	}
}

func TestR88_AnUrgentConcernInACaseThatNobodyHasAcknowledgedIsNotSetAside(t *testing.T) {
	s := responding(t, kingsLynn).at("2013-09-14 10:00").
		by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC", "MONITOR"}, Record: "x"}).at("2013-09-14 11:00").
		by("HEALTHWATCH_LOCAL", &RecordConcern{Kind: "immediate-risk", What: "a man died waiting"})
	aside := &SetConcernsAside{Concerns: "K1", Reason: "x"}
	if a := s.c.Alerts[len(s.c.Alerts)-1]; a.Notice != regime.NoticeImmediateRisk || len(a.Acknowledged) != 0 {
		t.Fatalf("%+v", a)
	}
	s.refused("R88", "CQC", aside).by("CQC", &AcknowledgeAlert{}).by("CQC", aside)
}

func TestR90_AnEmptyRecordOfASummitIsNeverFinal(t *testing.T) {
	s := inSession(t, kingsLynn).at("2013-09-12 16:00").by(regimetest.Nhse, &EndSummit{}).
		by(regimetest.Nhse, &AnswerStandards{Answer: "no", Reason: "x"}).
		refused("R90", regimetest.Nhse, &SignSummit{}).
		refused("R90", regimetest.Nhse, &SignSummit{Record: " \n"}).
		refused("R1", "CQC", &RecordSummit{Record: "x"})
	if d := s.duty(DutySummitRecord, ""); d.Owner != regimetest.Nhse || !d.Open() {
		t.Fatalf("%+v", d)
	}
	s.by(regimetest.Nhse, &RecordSummit{Record: "six risks"}).by(regimetest.Nhse, &SignSummit{})
	if s.duty(DutySummitRecord, "").Open() || !s.c.Summit.Final.IsZero() {
		t.Fatalf("%+v", s.c.Summit)
	}
	if to := s.toldBy("N52", "The draft record of the risk summit"); !slices.Equal(to, s.c.Summit.Attended) {
		t.Fatalf("sent to %v", to)
	}
}

func TestR90_TheRecordOfASummitIsFinalWhenItIsSignedAndCouldBeCorrected(t *testing.T) {
	ended := func() *script {
		return inSession(t, kingsLynn).at("2013-09-12 16:00").by(regimetest.Nhse, &EndSummit{Record: "six risks"}).
			lastSays("Draft M1", "until Thursday 19 September 2013").
			by(regimetest.Nhse, &AnswerStandards{Answer: "no", Reason: "x"})
	}
	signed := ended().by(regimetest.Nhse, &SignSummit{}).lastSays("It is final on Thursday 19 September 2013").
		by(regimetest.Nhse, &JudgeCollectively{Value: PotentialFailure}) // nobody waits for it
	if signed.c.Stage != regime.RingHolderPending || !signed.c.Summit.Final.IsZero() {
		t.Fatalf("%+v", signed.c.Summit)
	}
	signed.by("GMC", &ObjectToClosing{Matter: "M1", Reason: "five risks"}).lastSays("Correction to M1").
		by("CQC", &ObjectToClosing{Matter: "M1", As: ledger.AsDissent, Reason: "not agreed"}).
		refused("R15", "POLICE", &ObjectToClosing{Matter: "M1", Reason: "x"}).at("2013-09-19 16:01")
	if s := signed.c.Summit; s.Final.IsZero() || len(signed.c.Agreement("M1").Objections) != 2 ||
		signed.toldBy("N52", "The record of the risk summit is final; correction by") == nil {
		t.Fatalf("%+v", s)
	}
	signed.refused("", "GMC", &ObjectToClosing{Matter: "M1", Reason: "x"})
	late := ended().at("2013-09-20 09:00")
	if !late.c.Summit.Final.IsZero() {
		t.Fatal("final without a signature")
	}
	if late.by(regimetest.Nhse, &SignSummit{}).lastSays("it is final"); late.c.Summit.Final.IsZero() {
		t.Fatal("not final")
	}
	other := ended().by(regimetest.Nhse, &RecordSummit{Record: "five risks"}).by(regimetest.Nhse, &SignSummit{Record: "four risks"}).
		at("2013-09-19 16:01")
	if s := other.c.Summit; s.Record != "four risks" || s.Draft != "M3" || s.Final.IsZero() ||
		other.c.Agreement("M1").Outcome != ledger.Overtaken {
		t.Fatalf("%+v", s)
	}
}

func TestR90_TheRecordOfAResponseMeetingGoesToThoseWhoWereThere(t *testing.T) {
	s := responding(t, kingsLynn).at("2013-09-14 10:00").
		by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC", "POLICE/Q56"}}).
		by(regimetest.Nhse, &RecordMeeting{Record: "the rota is looked at"}).lastSays("Draft M1")
	if to := s.toldBy("N52", "The draft record of response meeting 1"); !slices.Equal(to, []regime.Party{regimetest.Nhse, "CQC", "POLICE/Q56"}) {
		t.Fatalf("sent to %v", to)
	}
	s.by("POLICE/Q56", &ObjectToClosing{Matter: "M1", Reason: "of two wards"}).by("CQC", &AgreeInCase{Matter: "M1"}).
		at("2013-09-21 10:01")
	if s.c.Meetings[0].Final.IsZero() || s.toldBy("N52", "response meeting 1 is final; correction by Police") == nil {
		t.Fatalf("%+v", s.c.Meetings[0])
	}
}

func TestR91_AnImportantActionIsAskedAfterAgainAndOpenAgainWhereItDoesNotHold(t *testing.T) {
	s := responding(t, kingsLynn).at("2013-09-13 09:00")
	for _, a := range []*ProposeAction{{Important: true}, {Urgent: true}, {}} {
		a.Owner, a.Aim, a.What, a.Due = "MONITOR", SafeguardPatients, "x", regimetest.At("2013-09-20 17:00")
		s.by(regimetest.Nhse, a)
	}
	for _, id := range []string{"A1", "A2", "A3"} {
		s.by("MONITOR", &AcceptAction{Action: id}).by("MONITOR", &CompleteAction{Action: id, Evidence: "the rota"})
	}
	if s.c.Duty(regime.DutyStillHolds, "A3") != nil || s.c.Duty(regime.DutyStillHolds, "A2") == nil {
		t.Fatal("the important ones are asked after, and no others")
	}
	if d := s.duty(regime.DutyStillHolds, "A1"); d.Owner != "MONITOR" || !d.Due.Equal(regimetest.At("2013-12-13 09:00")) {
		t.Fatalf("%+v", d)
	}
	s.at("2013-12-13 09:01").
		refused("R1", regimetest.Nhse, &SayActionHolds{Action: "A1", Answer: "yes", Evidence: "x"}).
		refused("", "MONITOR", &SayActionHolds{Action: "A1", Answer: "no", Evidence: "x"}).
		by("MONITOR", &SayActionHolds{Action: "A2", Answer: "yes", Evidence: "four weeks of rotas"}).
		by("MONITOR", &SayActionHolds{Action: "A1", Answer: "no", Evidence: "two have left", Due: regimetest.At("2014-01-10 17:00")})
	a := s.c.action("A1")
	if got := s.told("N53"); len(got) != 3 || a.Status != regime.ActionAccepted || len(a.Asked) != 1 || a.Asked[0].Holds ||
		s.c.Duty(regime.DutyStillHolds, "A1") != nil || s.c.Duty(DutyDoUrgentAction, "A2") != nil ||
		!s.duty(DutyDoAction, "A1").Due.Equal(regimetest.At("2014-01-10 17:00")) {
		t.Fatalf("%+v\n%v", a, got)
	}
	s.by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}, Record: "x"}).
		refused("T12", regimetest.Nhse, &BeginMonitoring{Reason: "x"})
}

func TestR89_TheRoutineLevelAfterACaseNeedsEvidenceAndThoseWhoAgree(t *testing.T) {
	routine := &SetLevel{Level: regime.RoutineLevel, Reason: "better", Evidence: "the audit"}
	s := responding(t, kingsLynn).at("2013-09-13 09:00").
		refused("R89", "CCG", &SetLevel{Level: regime.RoutineLevel, Reason: "better"}).
		by("CCG", routine).lastSays("(M1), agreed by CCG", "It takes effect on Friday 20 September 2013", "Evidence: the audit").
		refused("", "CQC", routine)
	if to := s.toldBy("N51", "to be watched at the routine level after the case (M1)"); len(to) != len(s.c.Members) || s.c.Questions.Level != "" {
		t.Fatalf("told %v, level %q", to, s.c.Questions.Level)
	}
	alone := s.copied().at("2013-09-20 09:01")
	if alone.c.Questions.Level != "" || alone.c.Agreement("M1").Outcome != ledger.NotAgreed || alone.toldBy("N51", "was not agreed by enough") == nil {
		t.Fatalf("one body sets it: %+v", alone.c.Questions)
	}
	s.by("CQC", &AgreeInCase{Matter: "M1"}).by("HEALTHWATCH_LOCAL", &ObjectToClosing{Matter: "M1", Reason: "long waits"})
	higher := s.copied().by("MONITOR", &SetLevel{Level: regime.EnhancedLevel, Reason: "x"}).at("2013-09-20 09:01")
	if higher.c.Questions.Level != regime.EnhancedLevel || higher.c.Agreement("M1").Outcome != ledger.Overtaken {
		t.Fatalf("%+v", higher.c.Questions)
	}
	if higher.c.LevelAgreed() != nil {
		t.Error("nothing lower was agreed")
	}
	if s.at("2013-09-20 09:01"); s.c.Questions.Level != regime.RoutineLevel || s.c.Questions.LevelReason != "better" {
		t.Fatalf("%+v", s.c.Questions)
	}
	if a := s.c.LevelAgreed(); a == nil || a.ID != "M1" || a.Evidence != "the audit" {
		t.Errorf("%+v", a)
	}
}

func TestR92_WhatWasAgreedEarlierIsOpenToObjectionFromWhenItIsRecorded(t *testing.T) {
	s := responding(t, kingsLynn).at("2013-10-14 09:00").
		by("CCG", &SetLevel{Level: regime.RoutineLevel, Reason: "x", Evidence: "y", At: regimetest.At("2013-09-13 09:00")}).
		by("CQC", &AgreeInCase{Matter: "M1"}).at("2013-10-14 10:00")
	if s.c.Questions.Level != "" || !s.c.Agreement("M1").Open() || !s.c.Agreement("M1").At.Equal(regimetest.At("2013-09-13 09:00")) {
		t.Errorf("%+v", s.c.Agreements)
	}
	if s.at("2013-10-21 09:01"); s.c.Questions.Level != regime.RoutineLevel {
		t.Errorf("%+v", s.c.Questions)
	}
}

func TestR92_AClosingSaysWhoAgreedOnWhatAndLeavesTimeToObject(t *testing.T) {
	s := closable(t).by(regimetest.Nhse, &ProposeClosing{Lessons: "share earlier", Evidence: "the letter"}).
		lastSays("agreed by NHS England", "share earlier", "Evidence: ", "to be watched at the enhanced level", "the letter")
	id := s.c.Closing.Agreement
	if to := s.toldBy("N42", "("+id+")"); len(to) < len(s.c.Members) {
		t.Fatalf("told %v", to)
	}
	s.refused("R92", regimetest.Nhse, &CloseCase{})
	all := s.copied()
	for _, p := range all.c.parties(nil) {
		all.by(p, &AgreeInCase{Matter: id})
		if !all.c.Agreement(id).Open() {
			break
		}
	}
	all.by(regimetest.Nhse, &CloseCase{}).stage(regime.Closed) // all have answered: nobody is waited for
	s.by("CQC", &ObjectToClosing{Reason: "too early"}).days(3).by("MONITOR", &ObjectToClosing{Reason: "so do we"}).
		by(regimetest.Nhse, &CloseCase{}).stage(regime.Closed).lastSays("objection by CQC and Monitor")
}

func TestR92_AClosingNamesTheConcernsThatNobodyWithdrewAndWhatIsToBeAskedAfter(t *testing.T) {
	s := closable(t).by("CQC", &RecordConcern{Kind: "below-standards", What: "x"}).
		by("MONITOR", &ProposeAction{Owner: "MONITOR", Aim: SafeguardPatients, What: "x", Due: regimetest.At("2013-12-20 17:00"), Important: true}).
		by("MONITOR", &AcceptAction{Action: "A2"}).by("MONITOR", &CompleteAction{Action: "A2", Evidence: "the rota"}).
		by(regimetest.Nhse, &ProposeClosing{}).lastSays("2 actions of 2 done").days(3).
		by(regimetest.Nhse, &CloseCase{}).
		lastSays("Concerns that were not withdrawn: K1 of CQC", "To be asked after again by the group: A2 of Monitor")
	if open := s.c.OpenDuties(); len(open) > 0 {
		t.Fatalf("%+v", open)
	}
	if h := s.c.Closing.AskAfter; len(h) != 1 || h[0].ID != "A2" || h[0].Owner != "MONITOR" || h[0].Evidence != "the rota" || h[0].Due.IsZero() {
		t.Errorf("handed to the group: %+v", h)
	}
}
