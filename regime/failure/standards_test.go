package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func TestR18_TheRecordIsNotSignedBeforeTheQuestionIsAnsweredWithAReason(t *testing.T) {
	s := judged(t, kingsLynn).refused("R18", regimetest.Nhse, &SignSummit{Record: "what was agreed"}).
		refused("R18", "CQC", &AnswerStandards{Answer: "no", Reason: "x"})
	var m *regime.Mistake
	if err := s.perform(regimetest.Nhse, &AnswerStandards{Answer: "no"}); !regimetest.AsMistake(err, &m) {
		t.Fatalf("no reason: %v", err)
	}
	s.by(regimetest.Nhse, &AnswerStandards{Answer: "no", Reason: "nobody's practice is in question"}).
		refused("R1", "CQC", &SignSummit{Record: "what was agreed"}).by(regimetest.Nhse, &SignSummit{Record: "what was agreed"})
	inSession(t, kingsLynn).refused("T4", regimetest.Nhse, &SignSummit{Record: "what was agreed"})
}

func TestR18_AnUnansweredQuestionHoldsUpNeitherJudgementNorClock(t *testing.T) {
	s := judged(t, kingsLynn)
	if s.c.Questions.Standards != nil || !s.duty(DutyFirstMeeting, "").Start.Equal(s.now) {
		t.Fatal("the 24/48 hours have not begun")
	}
}

func TestR19_YesOpensTwoDutiesThatAreFulfilledOneByOne(t *testing.T) {
	s := judged(t, kingsLynn)
	var m *regime.Mistake
	if err := s.perform(regimetest.Nhse, &AnswerStandards{Answer: "yes", Reason: "x"}); !regimetest.AsMistake(err, &m) ||
		!strings.Contains(m.Reason, "midwife") {
		t.Fatalf("without a profession: %v", err)
	}
	s.by(regimetest.Nhse, &AnswerStandards{Answer: "yes", Reason: "x", Profession: "doctor"}).
		refused("R1", "CQC", &NotifyEmployer{Referral: "F1"}).
		refused("R1", "GMC", &Refer{Referral: "F1", Regulator: "GMC"}).
		by(regimetest.Nhse, &NotifyEmployer{Referral: "F1"})
	if d := s.duty(DutyRefer, "F1"); !d.Open() || s.duty(DutyNotifyEmployer, "F1").End != ledger.EndDone {
		t.Fatalf("telling the employer is no referral: %+v", d)
	}
	s.refused("R19", regimetest.Nhse, &Refer{Referral: "F1", Regulator: "NMC"}).
		by(regimetest.Nhse, &Refer{Referral: "F1", Regulator: "GMC"})
	if d := s.duty(DutyRefer, "F1"); d.End != ledger.EndDone {
		t.Fatalf("%+v", d)
	}
}

func TestR19_EachProfessionHasItsRegulatorAndTheRefusalNamesIt(t *testing.T) {
	for of, right := range map[regime.Profession]regime.Body{"doctor": regime.GMC, "nurse": regime.NMC, "midwife": regime.NMC, "dentist": regime.GDC,
		"pharmacist": regime.GPhC, "optician": regime.GOC, "osteopath": regime.GOsC, "chiropractor": regime.GCC, "allied": regime.HCPC} {
		s := open(t, kingsLynn, "2013-09-10 09:00").by("CQC", &OpenReferral{Profession: of})
		for _, wrong := range []regime.Body{regime.GMC, regime.NMC, regime.GDC, regime.GPhC, regime.GOC, regime.GOsC, regime.GCC, regime.HCPC, regime.CQC} {
			if wrong == right {
				continue
			}
			err := s.perform("CQC", &Refer{Referral: "F1", Regulator: regime.Party(wrong)})
			if regime.RefusedBy(err) != "R19" || !strings.Contains(err.Error(), s.c.profile().BodyName(right)) {
				t.Fatalf("%s to %s: %v", of, wrong, err)
			}
		}
		s.by("CQC", &Refer{Referral: "F1", Regulator: regime.Party(right)})
	}
}

func TestR19_TheReferringBodyIsChasedAndItsExecutiveAfterThreeDays(t *testing.T) {
	s := judged(t, kingsLynn).
		by(regimetest.Nhse, &AnswerStandards{Answer: "yes", Reason: "x", Profession: "nurse", Referrer: "CQC"}).
		by("CQC", &NotifyEmployer{Referral: "F1"}).at("2013-09-30 16:10")
	want := "Thu 12 Sep 2013 16:10: CQC duty\nThu 12 Sep 2013 16:10: CQC duty\n" +
		"Fri 13 Sep 2013 16:10: CQC duty\nSun 15 Sep 2013 16:10: CQC duty, CQC executive\n" +
		"Sun 22 Sep 2013 16:10: CQC duty, CQC executive\nSun 29 Sep 2013 16:10: CQC duty, CQC executive"
	if got := strings.Join(s.told("N7"), "\n"); got != want {
		t.Fatalf("got\n%s", got)
	}
}

func TestR19_ACaseDoesNotCloseOverAReferralThatIsStillOwed(t *testing.T) {
	s := closable(t).by(regimetest.Nhse, &AnswerStandards{Answer: "yes", Reason: "x", Profession: "doctor"}).
		by(regimetest.Nhse, &AnswerStandards{Answer: "yes", Reason: "x", Profession: "nurse"}).
		refused("2.4", regimetest.Nhse, &ProposeClosing{}).
		by(regimetest.Nhse, &NotifyEmployer{Referral: "F1"}).by(regimetest.Nhse, &Refer{Referral: "F1",
		Regulator: "GMC"}).
		refused("2.4", regimetest.Nhse, &ProposeClosing{}).
		by(regimetest.Nhse, &EndReferral{Referral: "F2", Reason: "it was a matter of rotas"}).
		by(regimetest.Nhse, &ProposeClosing{}).days(3).by(regimetest.Nhse, &CloseCase{})
	if d := s.duty(DutyRefer, "F2"); d.End != ledger.EndWithdrawn {
		t.Fatalf("%+v", d)
	}
}

func TestR9_TheEmployersDutyIsRecalledWhileAReferralIsOpen(t *testing.T) {
	s := judged(t, kingsLynn)
	recalled := func() bool {
		return strings.Contains(s.c.Board(s.now), "employer's duty to protect patients goes on")
	}
	if recalled() {
		t.Fatal("there is no referral yet")
	}
	s.by(regimetest.Nhse, &AnswerStandards{Answer: "yes", Reason: "x", Profession: "doctor"}).
		by(regimetest.Nhse, &NotifyEmployer{Referral: "F1"}).by(regimetest.Nhse, &Refer{Referral: "F1",
		Regulator: "GMC"})
	if !recalled() || !strings.Contains(s.c.Entries[len(s.c.Entries)-1].Text, "(R9)") {
		t.Fatal("the regulator looks at it, and the employer's duty is forgotten")
	}
	s.by(regimetest.Nhse, &EndReferral{Referral: "F1", Reason: "concluded"})
	if recalled() {
		t.Fatal("the referral has ended")
	}
}

func TestR19_AReferralIsInNobodysWay(t *testing.T) {
	blocksNothing(t, func(s *script) {
		if s.c.Stage != regime.Closed {
			s.by("CQC", &OpenReferral{Profession: "doctor"})
		}
	})
}
