package regime

import (
	"strings"
	"testing"
)

func TestR18_TheRecordIsNotSignedBeforeTheQuestionIsAnsweredWithAReason(t *testing.T) {
	s := judged(t, kingsLynn).refused("R18", nhse, &SignSummit{}).
		refused("R18", "CQC", &AnswerStandards{Answer: "no", Reason: "x"})
	var m *Mistake
	if err := s.perform(nhse, &AnswerStandards{Answer: "no"}); !asMistake(err, &m) {
		t.Fatalf("no reason: %v", err)
	}
	s.by(nhse, &AnswerStandards{Answer: "no", Reason: "nobody's practice is in question"}).
		refused("R1", "CQC", &SignSummit{}).by(nhse, &SignSummit{})
	inSession(t, kingsLynn).refused("T4", nhse, &SignSummit{})
}

func TestR18_AnUnansweredQuestionHoldsUpNeitherJudgementNorClock(t *testing.T) {
	s := judged(t, kingsLynn)
	if s.c.Questions.Standards != nil || !s.duty(DutyFirstMeeting, "").Start.Equal(s.now) {
		t.Fatal("the 24/48 hours have not begun")
	}
}

func TestR19_YesOpensTwoDutiesThatAreFulfilledOneByOne(t *testing.T) {
	s := judged(t, kingsLynn)
	var m *Mistake
	if err := s.perform(nhse, &AnswerStandards{Answer: "yes", Reason: "x"}); !asMistake(err, &m) ||
		!strings.Contains(m.Reason, "midwife") {
		t.Fatalf("without a profession: %v", err)
	}
	s.by(nhse, &AnswerStandards{Answer: "yes", Reason: "x", Profession: "doctor"}).
		refused("R1", "CQC", &NotifyEmployer{Referral: "F1"}).
		refused("R1", "GMC", &Refer{Referral: "F1", Regulator: "GMC"}).
		by(nhse, &NotifyEmployer{Referral: "F1"})
	if d := s.duty(DutyRefer, "F1"); !d.Open() || s.duty(DutyNotifyEmployer, "F1").End != EndDone {
		t.Fatalf("telling the employer is no referral: %+v", d)
	}
	s.refused("R19", nhse, &Refer{Referral: "F1", Regulator: "NMC"}).
		by(nhse, &Refer{Referral: "F1", Regulator: "GMC"})
	if d := s.duty(DutyRefer, "F1"); d.End != EndDone {
		t.Fatalf("%+v", d)
	}
}

func TestR19_EachProfessionHasItsRegulatorAndTheRefusalNamesIt(t *testing.T) {
	for of, right := range map[Profession]Body{"doctor": GMC, "nurse": NMC, "midwife": NMC, "dentist": GDC,
		"pharmacist": GPhC, "optician": GOC, "osteopath": GOsC, "chiropractor": GCC, "allied": HCPC} {
		s := open(t, kingsLynn, "2013-09-10 09:00").by("CQC", &OpenReferral{Profession: of})
		for _, wrong := range []Body{GMC, NMC, GDC, GPhC, GOC, GOsC, GCC, HCPC, CQC} {
			if wrong == right {
				continue
			}
			err := s.perform("CQC", &Refer{Referral: "F1", Regulator: Party(wrong)})
			if RefusedBy(err) != "R19" || !strings.Contains(err.Error(), s.c.profile().BodyName(right)) {
				t.Fatalf("%s to %s: %v", of, wrong, err)
			}
		}
		s.by("CQC", &Refer{Referral: "F1", Regulator: Party(right)})
	}
}

func TestR19_TheReferringBodyIsChasedAndItsExecutiveAfterThreeDays(t *testing.T) {
	s := judged(t, kingsLynn).
		by(nhse, &AnswerStandards{Answer: "yes", Reason: "x", Profession: "nurse", Referrer: "CQC"}).
		by("CQC", &NotifyEmployer{Referral: "F1"}).at("2013-09-30 16:10")
	want := "Thu 12 Sep 2013 16:10: CQC duty\nThu 12 Sep 2013 16:10: CQC duty\n" +
		"Fri 13 Sep 2013 16:10: CQC duty\nSun 15 Sep 2013 16:10: CQC duty, CQC executive\n" +
		"Sun 22 Sep 2013 16:10: CQC duty, CQC executive\nSun 29 Sep 2013 16:10: CQC duty, CQC executive"
	if got := strings.Join(s.told("N7"), "\n"); got != want {
		t.Fatalf("got\n%s", got)
	}
}

func TestR19_ACaseDoesNotCloseOverAReferralThatIsStillOwed(t *testing.T) {
	s := closable(t).by(nhse, &AnswerStandards{Answer: "yes", Reason: "x", Profession: "doctor"}).
		by(nhse, &AnswerStandards{Answer: "yes", Reason: "x", Profession: "nurse"}).
		refused("2.4", nhse, &ProposeClosing{}).
		by(nhse, &NotifyEmployer{Referral: "F1"}).by(nhse, &Refer{Referral: "F1", Regulator: "GMC"}).
		refused("2.4", nhse, &ProposeClosing{}).
		by(nhse, &EndReferral{Referral: "F2", Reason: "it was a matter of rotas"}).
		by(nhse, &ProposeClosing{}).by(nhse, &CloseCase{})
	if d := s.duty(DutyRefer, "F2"); d.End != EndWithdrawn {
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
	s.by(nhse, &AnswerStandards{Answer: "yes", Reason: "x", Profession: "doctor"}).
		by(nhse, &NotifyEmployer{Referral: "F1"}).by(nhse, &Refer{Referral: "F1", Regulator: "GMC"})
	if !recalled() || !strings.Contains(s.c.Entries[len(s.c.Entries)-1].Text, "(R9)") {
		t.Fatal("the regulator looks at it, and the employer's duty is forgotten")
	}
	s.by(nhse, &EndReferral{Referral: "F1", Reason: "concluded"})
	if recalled() {
		t.Fatal("the referral has ended")
	}
}

func TestR19_AReferralIsInNobodysWay(t *testing.T) {
	blocksNothing(t, func(s *script) {
		if s.c.Stage != Closed {
			s.by("CQC", &OpenReferral{Profession: "doctor"})
		}
	})
}
