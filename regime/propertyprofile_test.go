package regime

import "testing"

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

func TestRandomCasesRunUnderEveryProfile(t *testing.T) {
	seen := map[string]bool{}
	for seed := range uint64(len(Profiles())) {
		seen[newPlayer(t, seed).c.Profile] = true
	}
	if len(seen) != len(Profiles()) {
		t.Errorf("random cases run under %v", seen)
	}
}
