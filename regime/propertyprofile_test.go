package regime

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// everybody2022 are those of 2022, with some of the other profile, who are always refused.
var everybody2022 = []Party{board, "ICB/EX-ICB2", "NHSCB/Y61", "NHSCB", "CQC", "PROVIDER", "LA_COMM",
	"LA_SAFEGUARDING", "SAFEGUARDING_PARTNERS", "SAB", "HEALTHWATCH_LOCAL", "GMC", "NMC", "SOS", "POLICE",
	"ROYAL_COLLEGE", "MONITOR", "CCG/07J"}

// later tells that a random sequence runs under 2022, as every second does.
func (d *dice) later() bool {
	later := d.pick(2) == 1
	d.bodies = everybody
	if later {
		d.bodies = everybody2022
	}
	return later
}

// opening is that of a case about a provider of the type, with the places of its time, and when.
func (d *dice) opening(t ProviderType) (Opening, time.Time) {
	if d.later() {
		p := norwich
		p.Type = t
		return opening2022(p), d.start().AddDate(9, 9, 0)
	}
	p := kingsLynn
	p.Type = t
	ms := members(p.AreaTeam)
	if t == NHSTrust {
		ms = append(ms, "TDA")
	}
	return Opening{Ref: "K7QM-3XRD", Profile: "ENGLAND_2013", Provider: p, Members: ms}, d.start()
}

func (d *dice) groupOpening() (GroupOpening, time.Time) {
	o := eastAnglia
	if d.pick(3) == 0 {
		o = inRegion()
	}
	if d.later() {
		return in2022(o), d.start().AddDate(9, 9, 0)
	}
	return o, d.start()
}

// in2022 is a group of 2022 of the same tier.
func in2022(o GroupOpening) GroupOpening {
	o.Profile, o.Region, o.PlaceName, o.Minimum = "ENGLAND_2022", "Y61", "an example", nil
	o.Members = []Party{"NHSCB/Y61", "ICB/EX-ICB1", "CQC", "LA_COMM/EX-ICB1", "HEALTHWATCH_LOCAL/EX-ICB1"}
	if o.Tier == LocalTier {
		o.Area = "EX-ICB1"
	}
	return o
}

func TestR73_In2022TheBoardSupportsTheLocalGroupAndTheRegionTheRegional(t *testing.T) {
	local := group(t, "2022-10-03", in2022(eastAnglia)).g
	if local.support() != board || local.above() != "NHSCB/Y61" || local.Complete("ICB") != board {
		t.Errorf("%s, above it %s", local.support(), local.above())
	}
	above := group(t, "2022-10-03", in2022(inRegion())).g
	if above.support() != "NHSCB/Y61" || above.above() != "NHSCB" {
		t.Errorf("%s, above it %s", above.support(), above.above())
	}
	if local.LevelName(RiskSummitLevel) != "intensive" || local.LevelName(EnhancedLevel) != "enhanced" {
		t.Error(local.LevelName(RiskSummitLevel))
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
	for seed := range uint64(20) {
		w, _ := randomCases.world(&dice{Rand: rand.New(rand.NewPCG(seed, 0))})
		seen[w.(*randomCase).Profile] = true
	}
	if len(seen) != len(Profiles()) {
		t.Errorf("random cases run under %v", seen)
	}
}
