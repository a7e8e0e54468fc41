package failure

import (
	"holdthering/regime"
	"holdthering/regime/ledger/ledgertest"
	"holdthering/regime/regimetest"
	"slices"
	"strings"
	"testing"
	"time"
)

// openOn opens a case about a provider of a type under a profile on a day of its years.
func openOn(t *testing.T, p *regime.Profile, kind regime.ProviderType, at time.Time) *script {
	t.Helper()
	provider := norwich
	if p.Part(regime.SupportsGroup) == regime.NHSCB {
		provider = kingsLynn
	}
	provider.Type = kind
	o := opening2022(provider)
	o.Profile = p.Name
	if p.Part(regime.SupportsGroup) == regime.NHSCB {
		o.Members = slices.DeleteFunc(regimetest.Members(provider.AreaTeam), func(m regime.Party) bool { return !p.Knows(m.Body()) })
	}
	if p.ByName {
		row, _ := p.ProviderRow(kind)
		o.Provider.Region, o.Members = p.Places.Regions[0].Code, []regime.Party{}
		for _, b := range row.Relevant {
			o.Members = append(o.Members, regime.Party(b))
		}
	}
	c, err := Open(o, at)
	if err != nil {
		t.Fatal(err)
	}
	return &script{T: t, c: c, now: at}
}

// eachStretch tries every stretch of every profile, on a working day of it.
func eachStretch(try func(p *regime.Profile, at time.Time)) {
	for _, first := range regime.Profiles() {
		for _, from := range first.Periods() {
			at := from.Add(33 * time.Hour)
			p, _ := regime.ProfileOn(first.Name, at)
			try(p, at)
		}
	}
}

// In every stretch of every profile, against every type of provider: what no text confirms refuses nobody who has
// the power.
func TestR125_WhatIsUnconfirmedRefusesNoPower(t *testing.T) {
	tried := 0
	eachStretch(func(p *regime.Profile, at time.Time) {
		for _, kind := range regime.ProviderTypes {
			if _, has := p.ProviderRow(kind); !has {
				continue
			}
			for _, row := range p.Powers {
				if row.Standing != regime.Unconfirmed && row.Standing != regime.ByRecall || row.Contract || len(row.Owners) == 0 || row.Verb != "" {
					continue
				}
				tried++
				s := openOn(t, p, kind, at)
				s.by(s.c.ResolveUnit(regime.Party(row.Owners[0])), &UsePower{Power: row.ID, Reason: "needed today"})
				if !row.Fits(kind) && !strings.Contains(s.lastText(), "Not confirmed") {
					t.Errorf("%s: no remark: %s", row.ID, s.lastText())
				}
			}
		}
	})
	if tried < 100 {
		t.Errorf("only %d tried", tried)
	}
}

// Before the day on which NHS trusts are taken to be licensed, licence action against one is remarked on.
func TestR125_ALicenceThatIsNotYetHeldIsRemarkedOn(t *testing.T) {
	p, _ := regime.ProfileOn("ENGLAND_2022", regimetest.At("2022-10-03 09:00"))
	for _, id := range []regime.PowerID{"P-MON-1", "P-MON-2"} {
		s := openOn(t, p, regime.NHSTrust, regimetest.At("2022-10-03 09:00"))
		s.by("NHSCB/Y61", &UsePower{Power: id, Reason: "needed today"})
		if !strings.Contains(s.lastText(), "holds no licence before April 2023") || !strings.Contains(s.lastText(), "P-TDA-5") {
			t.Errorf("%s: %s", id, s.lastText())
		}
		s = openOn(t, p, regime.GPPractice, regimetest.At("2022-10-03 09:00"))
		s.refused("R4", "NHSCB/Y61", &UsePower{Power: id, Reason: "needed today"})
	}
}

// Of each type of provider, whoever the law of a day names as decider decides on it, whatever its row rests on.
func TestR125_R55_WhoDecidesByTheLawOfADayMay(t *testing.T) {
	decided := 0
	eachStretch(func(p *regime.Profile, at time.Time) {
		for _, row := range p.Providers {
			if row.Decider == "" || !slices.Contains(regime.ProviderTypes, row.Type) {
				continue
			}
			s := openOn(t, p, row.Type, at)
			s.by(s.c.decider(), &DecideMeasures{Outcome: Place, Reason: "on its own evidence"})
			decided++
		}
	})
	if decided < 20 {
		t.Errorf("only %d deciders were tried", decided)
	}
}

// Where no text confirms the row by which a body decides, another that decides elsewhere is not refused; where one does, it is.
func TestR125_R55_WhoDecidesIsGuardedOnlyByARowThatATextConfirms(t *testing.T) {
	taken, refused := 0, 0
	eachStretch(func(p *regime.Profile, at time.Time) {
		for _, row := range p.Providers {
			for _, other := range p.Providers {
				if row.Decider == "" || other.Decider == "" {
					continue
				}
				s := openOn(t, p, row.Type, at)
				by := s.c.ResolveUnit(regime.Party(other.Decider))
				if !s.c.atTable(by) || by == s.c.decider() {
					continue
				}
				act := &DecideMeasures{Outcome: Place, Reason: "on its own evidence"}
				if row.Basis.Open() {
					taken++
					s.by(by, act)
				} else {
					refused++
					rule := "R55"
					if row.SelfDecided {
						rule = "R61"
					} else if by == s.c.Inspector() {
						rule = "R54"
					}
					s.refused(rule, by, act)
				}
			}
		}
	})
	if taken < 5 || refused < 5 {
		t.Errorf("%d taken, %d refused", taken, refused)
	}
}

// An order needs the approval that a text asks for, and is not refused for one that no text confirms.
func TestR125_R124_AnApprovalThatNoTextConfirmsHoldsUpNoOrder(t *testing.T) {
	tried := 0
	eachStretch(func(p *regime.Profile, at time.Time) {
		shipped := p.Providers
		defer func() { p.Providers = shipped }()
		for i, row := range shipped {
			if row.AdministrationApprovedBy == "" {
				continue
			}
			for _, open := range []bool{false, true} {
				p.Providers = slices.Clone(shipped)
				p.Providers[i].Basis = ledgertest.Opened(regime.BySource, open)
				s := openOn(t, p, row.Type, at)
				by := s.c.ResolveUnit(regime.Party(row.AdministrationBy))
				if open {
					s.by(by, &OrderAdministration{})
				} else {
					s.refused("R124", by, &OrderAdministration{})
				}
				tried++
			}
		}
	})
	if tried < 8 {
		t.Errorf("only %d tried", tried)
	}
}
