package ledgertest

import (
	"holdthering/regime"
	"holdthering/regime/regimetest"
)

// everybody2022 are those of 2022, with some of the other profile, who are always refused.
var everybody2022 = []regime.Party{regimetest.Board, "ICB/EX-ICB2", "NHSCB/Y61", "NHSCB", "CQC", "PROVIDER", "LA_COMM",
	"LA_SAFEGUARDING", "SAFEGUARDING_PARTNERS", "SAB", "HEALTHWATCH_LOCAL", "GMC", "NMC", "SOS", "POLICE",
	"ROYAL_COLLEGE", "MONITOR", "CCG/07J"}

// Later reports whether a random sequence runs under 2022, as every second does.
func (d *Dice) Later() bool {
	later := d.Pick(2) == 1
	d.bodies = Everybody
	if later {
		d.bodies = everybody2022
	}
	return later
}
