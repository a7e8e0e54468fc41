package surveillance

import (
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger/ledgertest"
	"holdthering/regime/regimetest"
)

// in2022 is a group of 2022 of the same tier.
func in2022(o Opening) Opening {
	o.Profile, o.Region, o.PlaceName, o.Minimum = "ENGLAND_2022", "Y61", "an example", nil
	o.Members = []regime.Party{"NHSCB/Y61", "ICB/EX-ICB1", "CQC", "LA_COMM/EX-ICB1", "HEALTHWATCH_LOCAL/EX-ICB1"}
	if o.Tier == regime.LocalTier {
		o.Area = "EX-ICB1"
	}
	return o
}

func TestR73_In2022TheBoardSupportsTheLocalGroupAndTheRegionTheRegional(t *testing.T) {
	local := group(t, "2022-10-03", in2022(eastAnglia)).g
	if local.support() != regimetest.Board || local.above() != "NHSCB/Y61" || local.ResolveUnit("ICB") != regimetest.Board {
		t.Errorf("%s, above it %s", local.support(), local.above())
	}
	above := group(t, "2022-10-03", in2022(inRegion())).g
	if above.support() != "NHSCB/Y61" || above.above() != "NHSCB" {
		t.Errorf("%s, above it %s", above.support(), above.above())
	}
	if local.LevelName(regime.RiskSummitLevel) != "intensive" || local.LevelName(regime.EnhancedLevel) != "enhanced" {
		t.Error(local.LevelName(regime.RiskSummitLevel))
	}
}

func TestACaseOfAnotherProfileIsNoNewsForAGroup(t *testing.T) {
	g := group(t, "2013-05-01")
	err := g.perform(regimetest.Nhse, &NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Convening,
		Profile: "ENGLAND_2022"})
	var m *regime.Mistake
	if !regimetest.AsMistake(err, &m) || !strings.Contains(m.Reason, "profile ENGLAND_2022 and this group under ENGLAND_2013") {
		t.Error(err)
	}
}

// opening is that of a local or regional group, and when.
func opening(d *ledgertest.Dice) (Opening, time.Time) {
	o := eastAnglia
	if d.Pick(3) == 0 {
		o = inRegion()
	}
	if d.Later() {
		return in2022(o), d.Start().AddDate(9, 9, 0)
	}
	return o, d.Start()
}
