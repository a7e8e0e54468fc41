package failure

import (
	"math/rand/v2"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger/ledgertest"
	"holdthering/regime/regimetest"
)

func TestRandomCasesRunUnderEveryProfile(t *testing.T) {
	seen := map[string]bool{}
	for seed := range uint64(20) {
		w, _ := randomCases.World(&ledgertest.Dice{Rand: rand.New(rand.NewPCG(seed, 0))})
		seen[w.(*randomCase).Profile] = true
	}
	for _, p := range regime.Profiles() {
		if seen[p.Name] == p.ByName { // one that is a proof has the tests of its own scenario
			t.Errorf("random cases run under %v", seen)
		}
	}
}

// opening is that of a case about a provider of the type, with the places of its time, and when.
func opening(d *ledgertest.Dice, t regime.ProviderType) (Opening, time.Time) {
	if d.Later() || t == regime.CareBoard { // of which there are none before
		p := norwich
		p.Type = t
		o := opening2022(p)
		if d.Pick(2) == 0 {
			o.Profile = "ENGLAND_2026"
			return o, d.Start().AddDate(13, 0, 0)
		}
		return o, d.Start().AddDate(9, 9, 0)
	}
	p := kingsLynn
	p.Type = t
	ms := regimetest.Members(p.AreaTeam)
	if t == regime.NHSTrust {
		ms = append(ms, "TDA")
	}
	return Opening{Ref: "K7QM-3XRD", Profile: "ENGLAND_2013", Provider: p, Members: ms}, d.Start()
}
