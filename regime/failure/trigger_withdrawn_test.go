package failure

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

func mistaken() *WithdrawTrigger { return &WithdrawTrigger{Reason: "the wrong hospital of that name"} }

func TestR83_ATriggerByMistakeIsWithdrawnAndAllWhoWereAlertedAreTold(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00").by("CQC", &TriggerRiskSummit{Concern: "x", Source: "media",
		Immediate: true}).
		by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 10:00"), Also: []regime.Party{"GMC"},
			Why: "trainees"}).
		by("MONITOR", &SuggestParty{Party: "NMC", Why: "nurses"})
	alerted := map[regime.Party]bool{}
	for _, n := range s.c.Notices {
		for _, r := range n.To {
			alerted[r.Party] = true
		}
	}
	s.refused("R83", regimetest.Nhse, mistaken()).refused("R83", "PROVIDER", mistaken()).by("CQC",
		mistaken()).stage(regime.UnderSurveillance)
	told := s.mailsSaying("N48", "has withdrawn its trigger")
	for p := range alerted {
		if !slices.Contains(told, p) {
			t.Errorf("%s was alerted and is not told: %v", p, told)
		}
	}
	if !alerted["PROVIDER/RCX"] || !alerted["GMC"] {
		t.Errorf("the provider was told of the risk, and a guest was invited: %v", alerted)
	}
	for _, k := range []regime.DutyKind{DutyConvene, regime.DutyHoldSummit, DutyConsiderOther, DutyAcknowledgeTrigger, regime.DutyAcknowledgeRisk} {
		for _, d := range s.c.Duties {
			if d.Kind == k && d.Open() {
				t.Errorf("still owed: %+v", d)
			}
		}
	}
	for _, a := range s.c.Alerts {
		if !a.Withdrawn.Equal(s.now) {
			t.Errorf("it is still asked to say that it has read it: %+v", a)
		}
	}
	before := len(s.c.Notices)
	s.at("2013-09-13 09:00")
	for _, n := range s.c.Notices[before:] {
		if n.Kind != "N40" && n.Kind != "N44" {
			t.Errorf("somebody is chased for what was a mistake: %+v", n)
		}
	}
	w := s.c.Withdrawn
	if len(w) != 1 || w[0].Trigger.Concern != "x" || w[0].Reason == "" || !slices.Contains(w[0].Summit.invited(), "GMC") {
		t.Errorf("it stays on the record: %+v", w)
	}
	if e := s.c.Entries[0]; !strings.HasPrefix(e.Text, "Triggered a risk summit: x") {
		t.Errorf("%+v", e)
	}
}

func TestR83_R3_AWithdrawnTriggerBlocksNothingAndALaterOneIsPossible(t *testing.T) {
	s := triggered(t, kingsLynn).by(regimetest.Nhse, mistaken()).
		by("CQC", &UsePower{Power: "P-CQC-6"}).
		by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"}).
		by("CCG", &TriggerRiskSummit{Concern: "y", Source: "media"}).stage(regime.Convening)
	if d := s.duty(DutyConvene, ""); !d.Open() || !d.Start.Equal(s.now) {
		t.Errorf("the new trigger has its own time: %+v", d)
	}
	if s.c.Trigger.Concern != "y" || len(s.c.Summit.Invited) > 0 {
		t.Errorf("%+v", s.c.Summit)
	}
	closed := triggered(t, kingsLynn).by(regimetest.Nhse, mistaken()).by(regimetest.Nhse,
		&SetLevel{Level: "enhanced", Reason: "x"}).
		by(regimetest.Nhse, &ProposeClosing{}).days(3).by(regimetest.Nhse, &CloseCase{})
	closed.stage(regime.Closed)
}

func TestR83_ATriggerIsNotWithdrawnOnceTheSummitHasMetOrWithoutOne(t *testing.T) {
	inSession(t, kingsLynn).refused("R83", regimetest.Nhse, mistaken())
	judged(t, kingsLynn).refused("R83", regimetest.Nhse, mistaken())
	open(t, kingsLynn, "2013-09-10 09:00").refused("R83", regimetest.Nhse, mistaken())
	triggered(t, kingsLynn).refusedSaying("--reason is missing", regimetest.Nhse, &WithdrawTrigger{}).
		refusedSaying("lies before the", regimetest.Nhse, &WithdrawTrigger{Reason: "x",
			At: regimetest.At("2013-09-10 08:59")})
}

func TestR83_R81_ASummitWhoseTriggerIsWithdrawnOnItsDayIsTakenOutOfCalendars(t *testing.T) {
	s := invited(t)
	s.now = regimetest.At("2013-09-12 09:00")
	s.by(regimetest.Nhse, mistaken()).withdrawn("Thu 12 Sep 2013 09:00: CQC duty, GMC duty")
}

func TestR8_R11_NoProviderThatIsNoTrustTriggersAndSoSitsAtTheTable(t *testing.T) {
	open(t, practice, "2013-09-10 09:00").
		refused("R11", "PROVIDER", &TriggerRiskSummit{Concern: "x", Source: "media"}).
		refused("R11", "PROVIDER/RAA", &TriggerRiskSummit{Concern: "x", Source: "media"})
}

func TestR83_R14_AWithdrawnTriggerProtectsItsSourceAsBefore(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00").
		by("CQC", &TriggerRiskSummit{Concern: "x", Source: "whistleblower", Protect: true}).by("CQC", mistaken())
	if got := s.c.Public().Withdrawn[0].Trigger; got.Source != "" || s.c.Withdrawn[0].Trigger.Source == "" {
		t.Errorf("%+v", got)
	}
}

func TestT1_R11_ASummitIsTriggeredOnceInACase(t *testing.T) {
	triggered(t, kingsLynn).refused("T1", "CQC", &TriggerRiskSummit{Concern: "x", Source: "media"}).stage(regime.Convening)
	judged(t, kingsLynn).refused("T1", "CQC", &TriggerRiskSummit{Concern: "x", Source: "media"})
}
