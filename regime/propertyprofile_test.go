package regime

import (
	"strings"
	"testing"
)

// everybody2022 are those of 2022, with some of the other profile, who are always refused.
var everybody2022 = []Party{board, "ICB/EX-ICB2", "NHSCB/Y61", "NHSCB", "CQC", "PROVIDER", "LA_COMM",
	"LA_SAFEGUARDING", "SAFEGUARDING_PARTNERS", "SAB", "HEALTHWATCH_LOCAL", "GMC", "NMC", "SOS", "POLICE",
	"ROYAL_COLLEGE", "MONITOR", "CCG/07J"}

func everybodyUnder(profile string) []Party {
	if profile == "ENGLAND_2022" {
		return everybody2022
	}
	return everybody
}

// openEither opens every second random case under 2022, with the places of its time.
func openEither(t *testing.T, p Provider, seed uint64) *script {
	if seed%2 == 0 {
		return open(t, p, "2013-01-01")
	}
	later := norwich
	later.Type = p.Type
	return open2022(t, later)
}

// eitherGroup makes every second random group one of 2022.
func eitherGroup(o GroupOpening, seed uint64) GroupOpening {
	if seed%2 == 0 {
		return o
	}
	o.Profile, o.Region, o.PlaceName, o.Minimum = "ENGLAND_2022", "Y61", "an example", nil
	o.Members = []Party{"NHSCB/Y61", "ICB/EX-ICB1", "CQC", "LA_COMM/EX-ICB1", "HEALTHWATCH_LOCAL/EX-ICB1"}
	if o.Tier == LocalTier {
		o.Area = "EX-ICB1"
	}
	return o
}

func TestR73_In2022TheBoardSupportsTheLocalGroupAndTheRegionTheRegional(t *testing.T) {
	local := group(t, "2022-10-03", eitherGroup(eastAnglia, 1)).g
	if local.support() != board || local.above() != "NHSCB/Y61" || local.Complete("ICB") != board {
		t.Errorf("%s, above it %s", local.support(), local.above())
	}
	above := group(t, "2022-10-03", eitherGroup(inRegion(), 1)).g
	if above.support() != "NHSCB/Y61" || above.above() != "NHSCB" {
		t.Errorf("%s, above it %s", above.support(), above.above())
	}
	if local.levelName(RiskSummitLevel) != "intensive" || local.levelName(EnhancedLevel) != "enhanced" {
		t.Error(local.levelName(RiskSummitLevel))
	}
}

func TestACaseOfAnotherProfileIsNoNewsForAGroup(t *testing.T) {
	g := group(t, "2013-05-01")
	err := g.perform(nhse, &NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: Convening, Profile: "ENGLAND_2022"})
	var m *Mistake
	if !asMistake(err, &m) || !strings.Contains(m.Reason, "profile ENGLAND_2022 and this group under ENGLAND_2013") {
		t.Error(err)
	}
}

func TestRandomCasesRunUnderEveryProfile(t *testing.T) {
	seen := map[string]bool{}
	for seed := range uint64(len(Profiles())) {
		seen[newPlayer(t, seed).c.Profile] = true
	}
	if len(seen) != len(Profiles()) {
		t.Errorf("random cases run under %v", seen)
	}
}
