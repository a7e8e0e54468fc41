package regime

import (
	"regexp"
	"slices"
	"strconv"
	"testing"

	"holdthering/regime/calendar"
)

func TestEveryRowOfEveryProfileNamesItsSource(t *testing.T) {
	for _, p := range Profiles() {
		for _, r := range p.Bodies {
			if r.Source == "" || len(r.Names) == 0 {
				t.Errorf("%s: body %s has no source or name", p.Name, r.Code)
			}
		}
		for _, r := range p.Providers {
			if r.Source == "" || !p.Knows(r.Decider) || !p.Knows(r.PerformanceManager) ||
				!p.Knows(r.SuggestedRingHolder) {
				t.Errorf("%s: provider type %s lacks a source or names an unknown body", p.Name, r.Type)
			}
			for _, b := range r.Relevant {
				if !p.Knows(b) {
					t.Errorf("%s: %s is convened for %s and is no body", p.Name, b, r.Type)
				}
			}
		}
		for _, r := range p.Duties {
			if r.Source == "" || r.Says == "" || r.Rule == "" || r.How == "" {
				t.Errorf("%s: duty %s is incomplete", p.Name, r.Kind)
			}
			if _, known := basisWords[r.Basis]; !known {
				t.Errorf("%s: duty %s has basis %q", p.Name, r.Kind, r.Basis)
			}
		}
	}
}

// The kinds stand in the file of their family: here, in the ledger, with cases or with groups.
var dutyKinds = regexp.MustCompile(`(?m)^(?:const |\t)(Duty\w+)\s+(?:regime\.)?DutyKind += ("[A-Z_]+")`)

func TestEveryDutyThatARuleOpensHasItsRowInEveryProfile(t *testing.T) {
	var kinds []DutyKind
	sources(t, func(_, path string) {
		for _, m := range dutyKinds.FindAllStringSubmatch(read(t, path), -1) {
			kind, _ := strconv.Unquote(m[2])
			kinds = append(kinds, DutyKind(kind))
		}
	})
	if len(kinds) < 60 {
		t.Fatalf("found only %d kinds of duty", len(kinds))
	}
	for _, p := range Profiles() {
		for _, kind := range kinds {
			if _, ok := p.Duty(kind); !ok && (kind != "AGREE_EXIT_CRITERIA" || p.leavesByCriteria()) {
				t.Errorf("%s has no row for %s", p.Name, kind)
			}
		}
		for _, row := range p.Duties {
			if !slices.Contains(kinds, row.Kind) {
				t.Errorf("%s: no rule opens a duty %s", p.Name, row.Kind)
			}
		}
	}
}

func (p *Profile) leavesByCriteria() bool {
	return slices.ContainsFunc(p.Providers, func(r ProviderRow) bool { return r.ExitCriteria })
}

func TestEveryDatedRowHasADayAndASource(t *testing.T) {
	for _, p := range Profiles() {
		for _, r := range p.CareMeasures {
			if _, err := calendar.ParseInstant(r.From); err != nil || r.Source == "" || r.Basis == "" || r.Reinspect.IsZero() {
				t.Errorf("%s: %s: %+v, %v", p.Name, r.Name, r, err)
			}
			for _, of := range r.Types {
				if row, ok := p.ProviderRow(of); !ok || !row.SelfDecided {
					t.Errorf("%s: %s: %q does not decide itself", p.Name, r.Name, of)
				}
			}
		}
		for _, r := range p.Answers {
			if !p.Knows(r.By) || r.Period.IsZero() || r.Source == "" || len(r.To) == 0 {
				t.Errorf("%s: %+v", p.Name, r)
			}
		}
	}
}

func TestR89_EachProfileSaysHowManyAgreeAndThatThisIsOurChoice(t *testing.T) {
	for _, p := range Profiles() {
		if a := p.Agreement; a.Least < 2 || a.Source == "" || a.Basis != ByDesign {
			t.Errorf("%s: %+v", p.Name, a)
		}
	}
}
