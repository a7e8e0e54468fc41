package failure

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger/ledgertest"
	"holdthering/regime/regimetest"
)

func TestR3_EveryPowerIsUsedAtEveryStageBeforeTheTriggerAndAfterClosing(t *testing.T) {
	for state, s := range everyState(t) {
		stage := s.c.Stage
		for _, row := range england(t).Powers {
			by := regime.Party(regime.CQC)
			if len(row.Owners) > 0 {
				by = regime.Party(row.Owners[0])
			}
			s.c.Provider.Type = typeFor(t, row, regime.FoundationTrust)
			if stage != regime.Closed && pointed(row) {
				continue // its own verb takes it
			}
			if err := s.perform(by, &UsePower{Power: row.ID}); err != nil {
				t.Errorf("%s while %s: %v", row.ID, state, err)
			}
			if s.c.Stage != stage {
				t.Fatalf("%s moved the case from %s to %s", row.ID, stage, s.c.Stage)
			}
		}
	}
}

func TestR3_APowerWithAVerbOfItsOwnIsUsedByItAtEveryStage(t *testing.T) {
	for stage, s := range everyStage(t) {
		if stage == regime.Closed {
			continue // there it is recorded by 'power use'
		}
		s.by("CQC", &JudgeBreach{Value: NotYetDetermined}).by("CQC", warn()).
			by("CQC", &RequestImpact{Considers: "x", Asked: []regime.Party{"MONITOR"}}).
			by("CQC", &RecommendMeasures{Reason: "x"}).
			by("CQC", &RequireAdministration{Reason: "x"}).by("MONITOR", &OrderAdministration{}).
			by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"}).stage(stage)
	}
}

func TestR10_AnEmergencyIsRecordedWithNothingFilledInInEveryState(t *testing.T) {
	for state, s := range everyState(t) {
		for _, act := range []Act{&UsePower{Power: "P-CQC-1"}, &UsePower{Power: "P-CQC-2"}, &WarnPublic{}} {
			before := len(s.c.Entries)
			if s.by("CQC", act); len(s.c.Entries) != before+1 {
				t.Errorf("%s: %s made %d entries", state, VerbOf(act).Path, len(s.c.Entries)-before)
			}
		}
		s.by("PROVIDER", &UsePower{Power: "P-PROV-1"})
	}
}

func TestR10_AnEmergencyAsksForNothingButThePowerAndDetailsFollow(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00").by("CQC", &UsePower{Power: "P-CQC-1"}).at("2013-09-10 12:00").
		refused("R1", "MONITOR", &CompletePower{Use: "U1", Reason: "x"}).
		by("CQC", &CompletePower{Use: "U1", Reason: "no doctor at night", Taken: regimetest.At("2013-09-10 07:30"),
			Discussed: []regime.Party{"MONITOR"}})
	u := s.c.OwnActs[0]
	if u.Reason == "" || !u.At.Equal(regimetest.At("2013-09-10 07:30")) || !u.Recorded.Equal(regimetest.At("2013-09-10 09:00")) ||
		u.Basis == "" || u.Discussed[0] != "MONITOR" || len(s.c.Entries) != 2 {
		t.Fatalf("%+v", u)
	}
	var m *regime.Mistake
	for _, act := range []Act{&CompletePower{Use: "U1"}, &CompletePower{Use: "U9", Reason: "x"},
		&UsePower{Power: "P-CQC-1", Taken: regimetest.At("2013-09-11")}, &UsePower{Power: "P-CQC-99"}} {
		if err := s.perform("CQC", act); !regimetest.AsMistake(err, &m) {
			t.Errorf("%+v: %v", act, err)
		}
	}
}

func TestR5_OthersAreToldAfterTheActAndTheActorIsNot(t *testing.T) {
	s := responding(t, kingsLynn).by("MONITOR", &UsePower{Power: "P-MON-3"})
	got := s.told("N21")
	others := len(s.c.Members) - 1
	if len(got) != 1 || strings.Contains(got[0], "MONITOR") || strings.Count(got[0], " duty") != others+1 {
		t.Fatalf("every other member and the trust once: %v", got)
	}
	if u := s.c.OwnActs[0]; len(u.Told) != len(s.c.Members) || !slices.Contains(u.Told, "PROVIDER/RCX") {
		t.Fatalf("who was told is on the record: %v", u.Told)
	}
	if len(s.c.OpenDuties()) != len(responding(t, kingsLynn).c.OpenDuties()) {
		t.Fatal("telling is no duty of anybody")
	}
}

func TestR5_AnImmediateRiskIsToldToThoseWhoCanActOnIt(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00").by("PROVIDER", &UsePower{Power: "P-PROV-1", Immediate: true})
	got := strings.Join(s.told("N2"), "; ")
	for _, p := range []string{"CQC", "MONITOR", "CCG/07J", "LA_COMM/Q56", "NHSCB/Q56"} {
		if strings.Count(got, p+" duty") != 1 {
			t.Errorf("%s in %s", p, got)
		}
	}
	for _, p := range ledgertest.Everybody {
		if n := strings.Count(got+strings.Join(s.told("N21"), "; "), string(s.c.ResolveUnit(p))+" duty"); n > 1 {
			t.Errorf("R81: %s is told %d times of one act", p, n)
		}
	}
}

func TestR20_TakingAGPOffThePerformersListInformsTheGMC(t *testing.T) {
	s := open(t, practice, "2013-09-10 09:00").by(regimetest.Nhse, &UsePower{Power: "P-COM-5"})
	if got := s.told("N21"); len(got) != 1 || !strings.Contains(got[0], "GMC duty") {
		t.Fatalf("%v", got)
	}
	dentist := practice
	dentist.Type = regime.OtherPrimaryCare
	s = open(t, dentist, "2013-09-10 09:00").by(regimetest.Nhse, &UsePower{Power: "P-COM-5"})
	if got := s.told("N21"); strings.Contains(got[0], "GMC") {
		t.Fatalf("a dentist is no GP: %v", got)
	}
}

func TestR43_CommissionersAreAlertedWhereContinuityIsAtStake(t *testing.T) {
	for _, row := range england(t).Powers {
		if pointed(row) || row.Verb != "" {
			continue
		}
		by := regime.Party(row.Owners[0])
		s := against(t, row).by(by, &UsePower{Power: row.ID})
		for _, p := range []regime.Party{"CCG/07J", "CCG/07K", "LA_COMM/Q56", regimetest.Nhse} {
			if p.Body() == by.Body() {
				continue
			}
			alerted := false
			for _, n := range s.c.Notices {
				for _, r := range n.To {
					alerted = alerted || r.Party == p && strings.Contains(n.Text, "continuity of services")
				}
			}
			if alerted != row.Continuity {
				t.Errorf("%s: %s alerted %v, want %v", row.ID, p, alerted, row.Continuity)
			}
		}
	}
	for _, id := range []regime.PowerID{"P-CQC-1", "P-CQC-2", "P-CQC-5", "P-COM-1", "P-COM-2", "P-COM-6", "P-MON-8", "P-PROV-1"} {
		if row, _ := england(t).Power(id); !row.Continuity {
			t.Errorf("%s stops services", id)
		}
	}
}

func TestR44_CQCsNoticesAreCopiedToTheBodiesOfTheMatrix(t *testing.T) {
	trust := kingsLynn
	trust.Type = regime.NHSTrust
	for perf, p := range map[string]regime.Provider{"MONITOR": kingsLynn, "TDA": trust} {
		for _, act := range []Act{&UsePower{Power: "P-CQC-1"}, &UsePower{Power: "P-CQC-2"}, &UsePower{Power: "P-CQC-5"},
			&UsePower{Power: "P-CQC-6"}, warn()} {
			s := open(t, p, "2014-11-03 09:00").by("CQC", act)
			got := strings.Join(s.told("N23"), "; ")
			for _, want := range []string{"PROVIDER/RCX", perf, "NHSCB/Q56", "CCG/07J", "CCG/07K", "LA_COMM/Q56"} {
				if strings.Count(got, want+" duty") != 1 {
					t.Errorf("%T: no copy, or two, for %s: %s", act, want, got)
				}
			}
		}
	}
	s := open(t, kingsLynn, "2014-11-03 09:00").by("CQC", &UsePower{Power: "P-CQC-7"}).
		by("MONITOR", &UsePower{Power: "P-MON-3"})
	if got := s.told("N23"); len(got) != 0 {
		t.Errorf("no notice of CQC's, no copy: %v", got)
	}
}

func TestR45_CQCIsAskedForAReasonAtATrustWithoutImmediateRiskAndNeverRefused(t *testing.T) {
	for _, row := range []struct {
		provider regime.Provider
		act      *UsePower
		asked    bool
	}{
		{kingsLynn, &UsePower{Power: "P-CQC-6"}, true},
		{kingsLynn, &UsePower{Power: "P-CQC-5"}, true},
		{kingsLynn, &UsePower{Power: "P-CQC-6", Reason: "Monitor cannot prosecute"}, false},
		{kingsLynn, &UsePower{Power: "P-CQC-6", Immediate: true}, false},
		{kingsLynn, &UsePower{Power: "P-CQC-1"}, false},
		{practice, &UsePower{Power: "P-CQC-6"}, false},
	} {
		s := open(t, row.provider, "2014-11-03 09:00").by("CQC", row.act)
		if got := strings.Contains(s.c.Entries[0].Text, "R45"); got != row.asked {
			t.Errorf("%s at %s: %s", row.act.Power, row.provider.Type, s.c.Entries[0].Text)
		}
	}
}

func TestR46_CQCsEnforcementAndMonitorsRunSideBySide(t *testing.T) {
	for _, first := range []struct {
		by, then regime.Party
		a, b     regime.PowerID
	}{{"CQC", "MONITOR", "P-CQC-1", "P-MON-1"}, {"MONITOR", "CQC", "P-MON-1", "P-CQC-1"}} {
		for state, s := range everyState(t) {
			s.by(first.by, &UsePower{Power: first.a}).by(first.then, &UsePower{Power: first.b}).
				by("CQC", &UsePower{Power: "P-CQC-6"}).by("MONITOR", &UsePower{Power: "P-MON-3"})
			if len(s.c.OwnActs) != 4 {
				t.Fatalf("%s: %+v", state, s.c.OwnActs)
			}
		}
	}
}

func TestR52_R53_CQCHearsWhatCommissionersAndMonitorDoAlsoWhereItIsNoMember(t *testing.T) {
	for _, row := range england(t).Powers {
		family := strings.Split(string(row.ID), "-")[1]
		if family != "COM" && family != "MON" || pointed(row) {
			continue
		}
		s := against(t, row)
		s.c.Members = slices.DeleteFunc(s.c.Members, func(m Member) bool { return m.Party == "CQC" })
		s.by(regime.Party(row.Owners[0]), &UsePower{Power: row.ID})
		if got := s.told("N21"); !strings.Contains(strings.Join(got, ";"), "CQC duty") {
			t.Errorf("%s: %v", row.ID, got)
		}
	}
}

func TestR53_MonitorTellsCQCWhatItIntendsAndNothingWaitsForIt(t *testing.T) {
	s := responding(t, kingsLynn).by("MONITOR", &IntendPower{Power: "P-MON-3"}).
		refused("R4", "CCG", &IntendPower{Power: "P-MON-3"})
	if got := s.told("N21"); len(got) != 1 || !strings.Contains(got[0], "CQC duty") || strings.Contains(got[0], "PROVIDER") {
		t.Fatalf("%v", got)
	}
	for _, p := range []regime.Party{"MONITOR", "CCG", regimetest.Nhse, "LA_COMM"} {
		before := len(s.told("N11"))
		s.by(p, &JudgeForOneself{View: "x", Intends: "licence conditions"})
		if got := s.told("N11"); len(got) != before+1 || !strings.HasSuffix(got[before], ": CQC duty") {
			t.Fatalf("R52 R53: the view of %s: %v", p, got)
		}
	}
}

func TestR63_ProsecutionIsUsedStraightAwayDuringOrInsteadOfSpecialMeasures(t *testing.T) {
	open(t, practice, "2015-02-02 10:00").by("CQC", &UsePower{Power: "P-CQC-6"})
	open(t, practice, "2015-02-02 10:00").by("CQC", &DecideMeasures{Outcome: Place, Reason: "x"}).
		by("CQC", &UsePower{Power: "P-CQC-6"}).by("CQC", &UsePower{Power: "P-CQC-1"}).by("CQC", warn())
	for _, s := range everyState(t) {
		s.by("CQC", &UsePower{Power: "P-CQC-6"}).by("CQC", &UsePower{Power: "P-CQC-2"})
	}
}

func TestAContinuingPowerStandsFromItsDecisionUntilItIsLifted(t *testing.T) {
	row := regime.PowerRow{Continuing: true}
	until := regimetest.At("2014-12-01")
	for _, x := range []struct {
		u      IndividualAction
		stands bool
	}{
		{IndividualAction{}, true}, {IndividualAction{Until: until}, false},
		{IndividualAction{Until: until, Outcome: Proceed}, true},
		{IndividualAction{Until: until, Outcome: Withdraw}, false},
		{IndividualAction{Outcome: Withdraw}, false},
		{IndividualAction{Lifted: until}, false}, {IndividualAction{Until: until, Outcome: Proceed,
			Lifted: until}, false},
	} {
		if got := x.u.Stands(row); got != x.stands || x.u.Stands(regime.PowerRow{}) {
			t.Errorf("%+v: stands %v", x.u, got)
		}
	}
}
