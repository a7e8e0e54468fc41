package failure

import (
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func TestR2_CQCsRequirementBindsMonitorAndNoRingHolderHasSuchAPower(t *testing.T) {
	s := responding(t, kingsLynn)
	if s.c.Ring.Holder != regimetest.Nhse {
		t.Fatal(s.c.Ring.Holder)
	}
	s.refused("R4", regimetest.Nhse, &RequireAdministration{Reason: "x"}).
		refused("R4", "MONITOR", &RequireAdministration{Reason: "x"}).
		refused("B8", regimetest.Nhse, &OrderAdministration{}).
		by("CQC", &RequireAdministration{Reason: "serious failure"})
	d := s.duty(DutyOrderAdministration, "")
	if !d.Open() || d.Owner != "MONITOR" {
		t.Fatalf("%+v", d)
	}
	for _, p := range []regime.Party{"CQC", regimetest.Nhse, "SOS", "TDA", "PROVIDER"} {
		s.refused("B8", p, &OrderAdministration{})
	}
	s.by("MONITOR", &OrderAdministration{Reason: "as required"})
	if d := s.duty(DutyOrderAdministration, ""); d.End != ledger.EndDone {
		t.Fatalf("%+v", d)
	}
	trust := kingsLynn
	trust.Type = regime.NHSTrust
	open(t, trust, "2014-11-03 09:00").refused("R4", "CQC", &RequireAdministration{Reason: "x"}).
		by("TDA", &UsePower{Power: "P-TDA-5"}).by("SOS", &UsePower{Power: "P-SOS-1"})
}

func TestB8_MonitorOrdersForAFoundationTrustAndTheSecretaryOfStateForAnNHSTrust(t *testing.T) {
	trust := kingsLynn
	trust.Type = regime.NHSTrust
	open(t, trust, "2014-11-03 09:00").refused("B8", "MONITOR", &OrderAdministration{}).
		refused("B8", "TDA", &OrderAdministration{}).by("SOS", &OrderAdministration{}).
		refused("B8", "SOS", &OrderAdministration{})
	open(t, practice, "2014-11-03 09:00").refused("B8", "SOS", &OrderAdministration{}).
		refused("B8", "CQC", &OrderAdministration{})
}

func TestB8_AnOrderEndsSpecialMeasuresAsFurtherAction(t *testing.T) {
	s := placed(t).at("2014-03-03 09:00").by("MONITOR", &OrderAdministration{Reason: "insolvent"})
	if e := s.c.episode(); e.State != regime.MeasuresFurther || e.Ended.IsZero() || e.Decisions[1].Outcome != FurtherAction {
		t.Fatalf("%+v", e)
	}
	for _, d := range s.c.OpenDuties() {
		if d.Kind == DutyProgress || d.Kind == DutyReinspect {
			t.Errorf("%s is still owed", d.Kind)
		}
	}
	if !strings.Contains(s.c.Entries[len(s.c.Entries)-1].Text, "governors are suspended") {
		t.Error(s.c.Entries[len(s.c.Entries)-1].Text)
	}
	s = open(t, kingsLynn, "2014-03-03 09:00").by("CQC", &RecommendMeasures{Reason: "x"}).by("MONITOR",
		&OrderAdministration{})
	if s.c.Duty(DutyAnswerRecommend, "") != nil {
		t.Error("the recommendation is still to be answered")
	}
}

// step records a milestone at a time by whoever records it.
func (s *script) step(by regime.Party, k AdministrationStepKind, when string) *script {
	s.Helper()
	return s.at(when).by(by, &RecordAdministrationStep{Step: k})
}

func TestB8_MilestonesCountWorkingDaysFromTheLast(t *testing.T) {
	trust := kingsLynn
	trust.Type = regime.NHSTrust
	s := open(t, trust, "2013-09-10 09:00").by("SOS", &OrderAdministration{})
	s.endsOn(DutyAppointAdministrator, "2013-09-16", "SOS").
		step("SOS", Appointed, "2013-09-12 09:00").endsOn(DutyDraftReport, "2013-11-13", "SOS")
	s.refused("R1", "SOS", &RecordAdministrationStep{Step: QualityStatement}).
		step("CQC", QualityStatement, "2013-11-01 09:00").
		refused("R1", "CQC", &RecordAdministrationStep{Step: DraftReport})
	var m *regime.Mistake
	if err := s.perform("SOS", &RecordAdministrationStep{Step: FinalReport}); !regimetest.AsMistake(err, &m) {
		t.Fatalf("out of order: %v", err)
	}
	s.step("SOS", DraftReport, "2013-11-13 09:00").endsOn(DutyBeginConsultation, "2013-11-19", "SOS").
		step("SOS", ConsultationBegun, "2013-11-18 09:00").endsOn(DutyEndConsultation, "2013-12-31", "SOS").
		step("SOS", ConsultationEnded, "2013-12-31 09:00").endsOn(DutyFinalReport, "2014-01-22", "SOS").
		step("SOS", FinalReport, "2014-01-21 09:00").endsOn(DutyDecideAdministration, "2014-02-17", "SOS")
	if len(s.c.StandingInTheWay()) == 0 {
		t.Fatal("administration is under way")
	}
	s.step("SOS", OutcomeDecided, "2014-02-17 23:00")
	if d := s.duty(DutyDecideAdministration, ""); d.Late() || s.c.Administration.underWay() || len(s.c.OpenDuties()) != 0 {
		t.Fatalf("%+v %+v", d, s.c.OpenDuties())
	}
	s.refused("B8", "SOS", &RecordAdministrationStep{Step: OutcomeDecided})
}

// endsOn: what the owner owes is due at the end of a UK day.
func (s *script) endsOn(k regime.DutyKind, day string, owner regime.Party) *script {
	s.Helper()
	if d := s.duty(k, ""); !d.Open() || !d.Due.Equal(regimetest.At(day+" 23:59").Add(59*time.Second)) || d.Owner != owner {
		s.Fatalf("%s: due %s to %s, want %s", k, calendar.Instant(d.Due), d.Owner, day)
	}
	return s
}

// The days are those of Mid Staffordshire, 2013-14: five of them are known to have been the exact last or
// first day (19 June, 6 August, 1 October, 22 October, 26 February).
func TestR120_StatutoryPeriodsEndOnTheDaysOnWhichTheyReallyEnded(t *testing.T) {
	mid := regime.Provider{Code: "RJD", Name: "Mid Staffordshire", Type: regime.FoundationTrust, LeadCCG: "05D", AreaTeam: "Q60",
		Region: "Y55"}
	s := open(t, mid, "2013-04-15 09:00").by("MONITOR", &OrderAdministration{}).
		endsOn(DutyAppointAdministrator, "2013-04-19", "MONITOR").
		step("MONITOR", Appointed, "2013-04-16 10:00").endsOn(DutyDraftReport, "2013-06-19", "MONITOR")
	extend := func(k AdministrationStepKind, longer string) Act {
		return &ExtendAdministration{Step: k, Longer: regimetest.Period(longer), Reason: "x"}
	}
	s.at("2013-06-19 17:00").refused("R120", "CQC", extend("", "30wd")).by("MONITOR", extend("", "30wd")).
		by("MONITOR", extend(ConsultationEnded, "10wd")).endsOn(DutyDraftReport, "2013-07-31", "MONITOR").
		step("MONITOR", DraftReport, "2013-07-31 12:00").endsOn(DutyBeginConsultation, "2013-08-06", "MONITOR").
		step("MONITOR", ConsultationBegun, "2013-08-06 09:00").endsOn(DutyEndConsultation, "2013-10-01", "MONITOR").
		step("MONITOR", ConsultationEnded, "2013-10-01 23:59").endsOn(DutyFinalReport, "2013-10-22", "MONITOR").
		at("2013-10-21 15:00").by("MONITOR", extend(FinalReport, "40wd")).endsOn(DutyFinalReport, "2013-12-17", "MONITOR").
		step("MONITOR", FinalReport, "2013-12-17 16:00").endsOn(DutyDecideAdministration, "2014-01-16", "MONITOR").
		step("MONITOR", OutcomeDecided, "2014-01-16 11:00").endsOn(DutyCheckAdministration, "2014-02-26", "SOS").
		step("SOS", OutcomeChecked, "2014-02-26 12:00")
	if n := len(s.c.Administration.Extensions); n != 3 || s.c.Administration.underWay() {
		t.Errorf("%d extensions, %+v", n, s.c.Administration)
	}
	for _, d := range s.c.Duties {
		if d.Late() {
			t.Errorf("%s was late", d.Kind)
		}
	}
}

func TestR120_WhatHasRunOutIsExtendedNoMore(t *testing.T) {
	watched := open(t, kingsLynn, "2013-09-10 09:00")
	ordered := watched.copied().by("MONITOR", &OrderAdministration{})
	late := ordered.copied().step("MONITOR", Appointed, "2013-09-12 09:00").at("2013-11-14 00:01")
	inTime := late.copied()
	extend := &ExtendAdministration{Longer: regimetest.Period("30wd"), Reason: "x"}
	tryAll(t,
		trial{watched, "MONITOR", extend, "B8: "}, trial{ordered, "SOS", extend, "R120: Monitor may"},
		trial{ordered, "MONITOR", extend, ""}, trial{late, "MONITOR", extend, "R120: the time ended"},
		trial{inTime, "MONITOR", &ExtendAdministration{Longer: regimetest.Period("30wd"), Reason: "x",
			On: regimetest.At("2013-11-13")}, ""},
		trial{ordered, "MONITOR", &ExtendAdministration{Longer: regimetest.Period("30d"), Reason: "x"}, "in working days"},
		trial{ordered, "MONITOR", &ExtendAdministration{Step: QualityStatement, Longer: regimetest.Period("30wd"), Reason: "x"},
			"no milestone"},
	)
	if said := lastSaid(ordered.copied().by("MONITOR", extend)); !strings.Contains(said, "not confirmed here") {
		t.Error(said)
	}
}

func TestB8_WhatMonitorDecidesTheSecretaryOfStateChecks(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00").by("MONITOR", &OrderAdministration{})
	for _, k := range []AdministrationStepKind{Appointed, DraftReport, ConsultationBegun, ConsultationEnded, FinalReport, OutcomeDecided} {
		s.by("MONITOR", &RecordAdministrationStep{Step: k})
	}
	if !strings.Contains(s.c.Entries[2].Text, "Not recorded: CQC's statement") {
		t.Error(s.c.Entries[2].Text)
	}
	if d := s.duty(DutyCheckAdministration, ""); d.Owner != "SOS" || !s.c.Administration.underWay() {
		t.Fatalf("%+v", d)
	}
	s.refused("R1", "MONITOR", &RecordAdministrationStep{Step: OutcomeChecked}).
		by("SOS", &RecordAdministrationStep{Step: OutcomeChecked})
	if s.c.Administration.underWay() {
		t.Fatal("it has not ended")
	}
}

func TestA27_TheDraftReportHas45OrLater65WorkingDaysByTheDayOfAppointment(t *testing.T) {
	for appointed, want := range map[string]struct {
		kind regime.DutyKind
		due  string
	}{
		"2014-07-14 09:00": {DutyDraftReport, "2014-09-15 23:59"},
		"2014-07-15 09:00": {DutyDraftReportLater, "2014-10-14 23:59"},
	} {
		s := open(t, kingsLynn, "2014-07-10 09:00").by("MONITOR", &OrderAdministration{}).
			step("MONITOR", Appointed, appointed)
		if d := s.duty(want.kind, ""); !d.Open() || !d.Due.Equal(regimetest.At(want.due).Add(59*time.Second)) {
			t.Errorf("appointed %s: %+v", appointed, d)
		}
	}
}

func TestN34_MilestonesAreToldToCQCAndCommissioners(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00").by("MONITOR", &OrderAdministration{}).at("2013-09-17 09:00")
	got := s.told("N34")
	for _, p := range []string{"CQC duty", "CCG/07J duty", "LA_COMM/Q56 duty"} {
		for _, n := range []string{got[0], got[len(got)-1]} {
			if !strings.Contains(n, p) {
				t.Errorf("%s is not in %s", p, n)
			}
		}
	}
}

func TestB8_R2_AdministrationIsRequiredOrderedAndRecordedOnceAndInOrder(t *testing.T) {
	watched := open(t, kingsLynn, "2014-03-03 09:00")
	required := watched.copied().by("CQC", &RequireAdministration{Reason: "x"})
	ordered := required.copied().by("MONITOR", &OrderAdministration{})
	appointed := ordered.copied().by("MONITOR", &RecordAdministrationStep{Step: Appointed})
	stated := appointed.copied().by("CQC", &RecordAdministrationStep{Step: QualityStatement})
	drafted := appointed.copied().by("MONITOR", &RecordAdministrationStep{Step: DraftReport})
	step := func(k AdministrationStepKind) Act { return &RecordAdministrationStep{Step: k} }
	require := &RequireAdministration{Reason: "x"}
	tryAll(t,
		trial{watched, "MONITOR", require, "R4: "}, trial{watched, "CQC", require, ""},
		trial{required, "CQC", require, "already required it"}, trial{ordered, "CQC", require, "B8: "},
		trial{watched, "MONITOR", &OrderAdministration{}, ""},
		trial{watched, "CQC", &OrderAdministration{}, "B8: Monitor orders"},
		trial{ordered, "MONITOR", &OrderAdministration{}, "B8: trust special administration was ordered"},
		trial{open(t, practice, "2014-03-03 09:00"), "MONITOR", &OrderAdministration{}, "B8: there is no"},
		trial{watched, "MONITOR", step(Appointed), "B8: "},
		trial{required, "MONITOR", step(Appointed), "B8: "},
		trial{ordered, "CQC", step(Appointed), "R1: "},
		trial{ordered, "MONITOR", step(DraftReport), "the next milestone is"},
		trial{ordered, "MONITOR", step(Appointed), ""},
		trial{appointed, "MONITOR", step(Appointed), "the next milestone is"},
		trial{appointed, "CQC", step(QualityStatement), ""},
		trial{stated, "CQC", step(QualityStatement), "once"},
		trial{drafted, "CQC", step(QualityStatement), "before the draft report"},
		trial{stated, "MONITOR", step(DraftReport), ""},
	)
	if said := lastSaid(drafted); !strings.Contains(said, "Not recorded: CQC's statement") {
		t.Error(said)
	}
	if said := lastSaid(stated.by("MONITOR", step(DraftReport))); strings.Contains(said, "Not recorded") {
		t.Error(said)
	}
}

func TestB8_AnOrderLeavesMeasuresThatWereDeclinedOrHaveEndedAlone(t *testing.T) {
	declined := open(t, kingsLynn, "2013-10-01 10:00").by("CQC", &RecommendMeasures{Reason: "x"}).
		by("MONITOR", &DecideMeasures{Outcome: Decline, Reason: "x"}).by("MONITOR", &OrderAdministration{})
	over := placed(t).at("2014-10-20 10:00").by("CQC", &Reinspect{From: regimetest.At("2014-10-19")}).
		by("CQC", &ReportReinspection{Rating: "good", Advice: "exit"}).
		by("MONITOR", &DecideMeasures{Outcome: Exit, Reason: "x"}).at("2014-10-21 10:00").
		by("MONITOR", &OrderAdministration{})
	for s, want := range map[*script]regime.MeasuresState{declined: regime.MeasuresDeclined, over: regime.MeasuresExited} {
		if e, ok := s.c.Episode(); !ok || e.State != want {
			t.Errorf("%+v", e)
		}
	}
	if e, ok := open(t, kingsLynn, "2013-10-01 10:00").c.Episode(); ok {
		t.Errorf("%+v", e)
	}
}
