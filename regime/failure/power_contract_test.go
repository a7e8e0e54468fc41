package failure

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

// about opens a case about a provider of a type.
func about(t *testing.T, kind regime.ProviderType, at string) *script {
	p := kingsLynn
	p.Type = kind
	return open(t, p, at)
}

func TestR112_NHSEnglandHasThePowersOfItsContractsInAllPrimaryCare(t *testing.T) {
	for _, kind := range []regime.ProviderType{regime.OtherPrimaryCare, regime.GPPractice} {
		s := about(t, kind, "2014-11-03 09:00")
		for _, id := range []regime.PowerID{"P-COM-1", "P-COM-2", "P-COM-3", "P-COM-6"} {
			s.by(regimetest.Nhse, &UsePower{Power: id})
			before := len(s.c.OwnActs)
			s.refused("R112", "CCG/07J", &UsePower{Power: "P-COM-1"})
			if len(s.c.OwnActs) != before {
				t.Fatal("a refused use was recorded")
			}
		}
		s.by("CCG/07J", &UsePower{Power: "P-COM-4"})
	}
}

func TestR112_ThePerformersListIsThereWhereverAPractitionerWorks(t *testing.T) {
	outOfHours := about(t, regime.Independent, "2014-11-03 09:00").by(regimetest.Nhse, &UsePower{Power: "P-COM-5"})
	if !slices.Contains(outOfHours.c.OwnActs[0].Told, "GMC") {
		t.Errorf("the General Medical Council is not told (003:L503): %v", outOfHours.c.OwnActs[0].Told)
	}
	about(t, regime.AdultSocialCare, "2014-11-03 09:00").refused("R4", regimetest.Nhse, &UsePower{Power: "P-COM-5"})
}

func TestR112_ACouncilHasThePowersOfAContractThatItHas(t *testing.T) {
	s := about(t, regime.Independent, "2014-11-03 09:00").refused("R112", "LA_COMM", &UsePower{Power: "P-COM-7"})
	err := s.perform("LA_COMM", &IntendPower{Power: "P-COM-7"})
	if regime.RefusedBy(err) != "R112" || !strings.Contains(err.Error(), "'power contract'") {
		t.Errorf("the way on is not named: %v", err)
	}
	atOnce := s.copied().by("LA_COMM", &UsePower{Power: "P-COM-7", Contract: "ten beds"})
	s.by("LA_COMM", &RecordContract{What: "ten beds"}).by("LA_COMM", &UsePower{Power: "P-COM-7"}).
		refused("R4", "LA_COMM", &UsePower{Power: "P-COM-1"}) // the power of other bodies' contracts
	for _, x := range []*script{atOnce, s} {
		has := slices.ContainsFunc(x.c.Powers("LA_COMM/Q56"), func(r regime.PowerRow) bool { return r.ID == "P-COM-7" })
		if len(x.c.OwnActs) != 1 || len(x.c.Contracts) != 1 || !has {
			t.Errorf("%+v %+v", x.c.OwnActs, x.c.Contracts)
		}
	}
	about(t, regime.AdultSocialCare, "2014-11-03 09:00").by("LA_COMM", &UsePower{Power: "P-COM-7"})
	about(t, regime.GPPractice, "2014-11-03 09:00").refused("R4", regimetest.Nhse, &UsePower{Power: "P-COM-7"})
}

func TestR112_WhoCommissionsNothingHasNoContract(t *testing.T) {
	s := about(t, regime.Independent, "2014-11-03 09:00")
	for _, by := range []regime.Party{"CQC", "MONITOR", "PROVIDER", "HEALTHWATCH_LOCAL", "PROVIDER/RGT"} {
		s.refused("R112", by, &RecordContract{What: "x"})
		s.refused("R112", by, &UsePower{Power: "P-ANY-1", Contract: "x"})
	}
	s.refused("R4", "LA_COMM", &UsePower{Power: "P-CQC-1", Contract: "x"}) // a contract gives no other power
	if len(s.c.Contracts) != 0 {
		t.Errorf("%+v", s.c.Contracts)
	}
}

func TestR112_R3_AContractPowerIsUsedInEveryStage(t *testing.T) {
	for stage, s := range everyStage(t) {
		if err := s.perform("LA_COMM", &UsePower{Power: "P-COM-7", Contract: "public health nurses"}); err != nil {
			t.Errorf("%s: %v", stage, err)
		}
	}
}

func TestR112_In2022TheBoardHasTheContractsOfPrimaryCare(t *testing.T) {
	p := norwich
	p.Type = regime.GPPractice
	s := open2022(t, p).by(regimetest.Board, &UsePower{Power: "P-COM-6"}).by("NHSCB/Y61", &UsePower{Power: "P-COM-1"})
	s.refused("R112", "LA_COMM", &UsePower{Power: "P-COM-7"})
}

func TestR112_R63_ProsecutionWithoutWarningGetsARemarkBeforeItsDay(t *testing.T) {
	for at, remark := range map[string]bool{"2013-05-07 09:00": true, "2013-12-31 23:59": true, "2014-01-01 00:00": false} {
		s := about(t, regime.Independent, at).by("CQC", &UsePower{Power: "P-CQC-6"})
		text := s.c.Entries[len(s.c.Entries)-1].Text
		if strings.Contains(text, "prosecution without a formal warning first from 1 January 2014") != remark {
			t.Errorf("%s: %s", at, text)
		}
	}
}
