package failure

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

// norwich is an invented provider of 2022: the board's code and the provider's are no real ones.
var norwich = regime.Provider{Code: "EX-FT9", Name: "Example University Hospitals", Type: regime.FoundationTrust,
	LeadCCG: "EX-ICB1", AreaTeam: "EX-ICB1", Region: "Y61"}

func opening2022(p regime.Provider) Opening {
	return Opening{Ref: "N3XT-2022", Profile: "ENGLAND_2022", Provider: p, Members: []regime.Party{regimetest.Board,
		"ICB/EX-ICB2", "NHSCB/Y61", "CQC", "LA_COMM/EX-ICB1", "HEALTHWATCH_LOCAL/EX-ICB1"}}
}

func open2022(t *testing.T, p regime.Provider) *script {
	t.Helper()
	s := &script{T: t, now: regimetest.At("2022-10-03 09:00")}
	c, err := Open(opening2022(p), s.now)
	if err != nil {
		t.Fatal(err)
	}
	s.c = c
	return s
}

// judged2022 is a case of 2022 whose collective judgement was recorded on 5 October, 16:10.
func judged2022(t *testing.T, p regime.Provider) *script {
	return open2022(t, p).by(regimetest.Board, &TriggerRiskSummit{Concern: "unsafe staffing", Source: "inspection"}).
		by("ICB", &ConveneSummit{At: regimetest.At("2022-10-05 10:00")}).at("2022-10-05 10:00").
		by(regimetest.Board, &OpenSummit{Attending: []regime.Party{"CQC", "NHSCB"}}).at("2022-10-05 16:00").
		by(regimetest.Board, &EndSummit{}).at("2022-10-05 16:10").by(regimetest.Board,
		&JudgeCollectively{Value: ActualFailure})
}

func TestIn2022TheBoardSupportsTheGroupAndTheRegionIsAboveIt(t *testing.T) {
	c := open2022(t, norwich).c
	if c.support() != regimetest.Board || c.region() != "NHSCB/Y61" || c.decider() != "NHSCB/Y61" {
		t.Errorf("support %s, region %s, decider %s", c.support(), c.region(), c.decider())
	}
	for short, whole := range map[regime.Party]regime.Party{"ICB": regimetest.Board, "NHSCB": "NHSCB/Y61", "LA_COMM": "LA_COMM/EX-ICB1",
		"SAFEGUARDING_PARTNERS": "SAFEGUARDING_PARTNERS/EX-ICB1", "CQC": "CQC"} {
		if got := c.ResolveUnit(short); got != whole {
			t.Errorf("%s is %s, want %s", short, got, whole)
		}
	}
	wide := norwich
	wide.OtherAreas = []string{"EX-ICB2"}
	if c := open2022(t, wide).c; c.support() != "NHSCB/Y61" || c.ResolveUnit("ICB") != regimetest.Board {
		t.Errorf("several areas: support %s, board %s", c.support(), c.ResolveUnit("ICB"))
	}
}

func TestR31_In2022TheBoardHoldsTheRingByDefaultAndTheRegionWhereTheBoardCommissions(t *testing.T) {
	if s := judged2022(t, norwich).at("2022-10-06 16:00"); s.c.Ring.Holder != regimetest.Board {
		t.Errorf("a trust: %s", s.c.Ring.Holder)
	}
	gp := norwich
	gp.Type = regime.GPPractice
	if s := judged2022(t, gp).at("2022-10-06 16:00"); s.c.Ring.Holder != "NHSCB/Y61" || s.c.Ring.Conflict {
		t.Errorf("a practice: %+v", s.c.Ring)
	}
}

func TestABodyOfTheOtherProfileIsRefusedByASentenceThatSaysWhoStandsInItsPlace(t *testing.T) {
	s := open2022(t, norwich)
	err := s.perform("MONITOR", &DecideMeasures{Outcome: Place, Reason: "breach"})
	var m *regime.Mistake
	for _, want := range []string{`"MONITOR" is no body of profile ENGLAND_2022`, "NHS England stands in its place",
		"It knows CQC, NHS England", "Integrated care board"} {
		if !regimetest.AsMistake(err, &m) || !strings.Contains(m.Reason, want) {
			t.Errorf("%v lacks %q", err, want)
		}
	}
	s.by(regimetest.Board, &TriggerRiskSummit{Concern: "unsafe staffing", Source: "inspection"})
	before := len(s.c.Entries)
	for _, act := range []Act{&ConveneSummit{At: regimetest.At("2022-10-05 10:00"), Also: []regime.Party{"CCG/07J"}, Why: "x"},
		&ProposeRingHolder{Candidate: "TDA"}, &RequestInformation{To: "LSCB", What: "x"}} {
		if err := s.perform(regimetest.Board, act); !regimetest.AsMistake(err, &m) || !strings.Contains(m.Reason, "ENGLAND_2022") {
			t.Errorf("%s: %v", VerbOf(act).Path, err)
		}
	}
	err = open(t, kingsLynn, "2013-09-10 09:00").perform("ICB/EX-ICB1", &AddNote{Text: "x"})
	if !regimetest.AsMistake(err, &m) || !strings.Contains(m.Reason, "profile ENGLAND_2013") || len(s.c.Entries) != before {
		t.Errorf("%v", err)
	}
}

func TestR55_In2022NHSEnglandDecidesForTrustsOfBothTypes(t *testing.T) {
	for _, kind := range []regime.ProviderType{regime.NHSTrust, regime.FoundationTrust} {
		p := norwich
		p.Type = kind
		s := open2022(t, p).refused("R55", regimetest.Board, &DecideMeasures{Outcome: Place, Reason: "x"}).
			by("NHSCB", &DecideMeasures{Outcome: Place, Reason: "segment 4"})
		if !strings.Contains(s.lastText(), "Placed the provider in the Recovery Support Programme") {
			t.Error(s.lastText())
		}
		if d := s.duty(DutyExitCriteria, ""); d.Owner != "NHSCB/Y61" || !d.Open() {
			t.Errorf("%+v", d)
		}
		for _, d := range s.c.Duties {
			if d.Kind == DutyReinspect {
				t.Error("a re-inspection after twelve months is owed")
			}
		}
	}
	gp := norwich
	gp.Type = regime.GPPractice
	s := open2022(t, gp).by("CQC", &DecideMeasures{Outcome: Place, Reason: "inadequate"})
	if !strings.Contains(s.lastText(), "in special measures") || !s.duty(DutyReinspectPrimary, "").Open() {
		t.Error(s.lastText())
	}
}

func TestR60_TheProgrammeIsLeftWhenAllCriteriaAreMet(t *testing.T) {
	s := open2022(t, norwich).by("NHSCB", &DecideMeasures{Outcome: Place, Reason: "segment 4"}).
		refused("R60", "NHSCB", &DecideMeasures{Outcome: Exit, Reason: "x"}).
		refused("R55", regimetest.Board, &AgreeCriterion{What: "x"}).
		by("NHSCB", &AgreeCriterion{What: "safe staffing"}).by("NHSCB", &AgreeCriterion{What: "a stable board"})
	if s.duty(DutyExitCriteria, "").Open() {
		t.Error("criteria are agreed and still owed")
	}
	s.refused("B7", "NHSCB", &DecideMeasures{Outcome: Extend, Reason: "x"}).
		refused("R55", regimetest.Board, &MeetCriterion{Criterion: "X1", Evidence: "x"}).
		by("NHSCB", &MeetCriterion{Criterion: "x1", Evidence: "rosters"}).
		refused("R60", "NHSCB", &DecideMeasures{Outcome: Exit, Reason: "x"})
	var m *regime.Mistake
	if err := s.perform("NHSCB", &MeetCriterion{Criterion: "X1", Evidence: "again"}); !regimetest.AsMistake(err, &m) {
		t.Errorf("a criterion is met once: %v", err)
	}
	s.by("NHSCB", &MeetCriterion{Criterion: "X2", Evidence: "appointments"}).
		by("NHSCB", &DecideMeasures{Outcome: Exit, Reason: "all criteria are met"})
	if e, _ := s.c.Episode(); e.State != regime.MeasuresExited {
		t.Errorf("%+v", e)
	}
	placed(t).refused("R60", "MONITOR", &AgreeCriterion{What: "x"})
}

func TestB8_In2022NHSEnglandOrdersAdministrationOfTrustsOfBothTypes(t *testing.T) {
	for _, kind := range []regime.ProviderType{regime.NHSTrust, regime.FoundationTrust} {
		p := norwich
		p.Type = kind
		s := open2022(t, p).by("CQC", &RequireAdministration{Reason: "serious failure", Consulted: "all"}).
			refused("B8", "SOS", &OrderAdministration{}).by("NHSCB", &OrderAdministration{Reason: "required"})
		if !slices.ContainsFunc(s.c.milestones(), func(k milestone) bool { return k.step == OutcomeChecked }) {
			t.Errorf("%s: nobody checks it", kind)
		}
	}
}

func TestR41_In2022TheSafeguardingPartnersAreNotified(t *testing.T) {
	s := judged2022(t, norwich).by(regimetest.Board, &FlagSafeguarding{About: regime.Child, What: "x"})
	text := strings.Join(append(s.told("N8"), s.told("N9")...), " ")
	if !strings.Contains(text, "SAFEGUARDING_PARTNERS/EX-ICB1") || strings.Contains(text, "LSCB") {
		t.Error(text)
	}
	for _, d := range s.c.OpenDuties() {
		if says := s.c.Says(d); strings.Contains(says, "Board") {
			t.Error(says)
		}
	}
}

func TestR50_In2022ABoardIsRemindedOfACommissionersLimits(t *testing.T) {
	s := open2022(t, norwich)
	if _, err := s.c.mayUse(regimetest.Board, "P-MON-3"); err == nil || !strings.Contains(err.Error(), "R50") {
		t.Error(err)
	}
	if _, err := s.c.mayUse("NHSCB/Y61", "P-MON-3"); err != nil {
		t.Errorf("what was Monitor's is NHS England's: %v", err)
	}
}

func TestWhyOfAnUnconfirmedDutySaysSo(t *testing.T) {
	s := judged2022(t, norwich)
	s.holds(s.why(s.duty(DutyFirstMeeting, "").ID), "UNCONFIRMED under this profile, not to be taken for law")
	s.holds(s.why(s.duty(DutyAgreeRingHolder, "").ID), "our choice")
}
