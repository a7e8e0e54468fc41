package reference

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
)

func TestR107_CouncilsAndWhatIsTheirsHaveNames(t *testing.T) {
	names := NewNames(loaded(t), england2013(t))
	for p, want := range map[regime.Party]string{
		"LA_COMM/E10000020":           "Norfolk County Council",
		"LA_SAFEGUARDING/E10000020":   "Norfolk County Council, safeguarding adults team",
		"LSCB/E10000020":              "Local Safeguarding Children Board, Norfolk",
		"SAB/E10000020":               "Safeguarding Adults Board, Norfolk",
		"HEALTHWATCH_LOCAL/E10000020": "Healthwatch Norfolk",
		"POLICE/E23000024":            "Police, Norfolk",
		"LSCB/Q56":                    "Local Safeguarding Children Board, East Anglia (whole area)",
	} {
		if got := names.PartyName(p); got != want {
			t.Errorf("%s is called %q", p, got)
		}
		if got, err := names.ParseParty(want); got != p {
			t.Errorf("%q gave %q, %v", want, got, err)
		}
	}
	for _, unknown := range []string{"LA_COMM/E10000001", "POLICE/E10000020", "HEALTHWATCH_LOCAL/E23000024", "LETB/E10000020"} {
		if got, err := names.ParseParty(unknown); err == nil {
			t.Errorf("%s is no unit: %s", unknown, got)
		}
	}
}

func TestR107_EveryAreaHasItsCouncilsAndEveryCouncilItsForce(t *testing.T) {
	r := loaded(t)
	then, later := 0, 0
	for _, c := range r.councils {
		if len(c.Areas) > 0 {
			then++
		}
		if len(c.Boards) > 0 {
			later++
		}
		if c.Name == "" || c.Place == "" || r.force(c.Force) == "" {
			t.Errorf("%+v", c)
		}
	}
	if then != 152 || later != 152 || len(r.forces) != 39 {
		t.Errorf("%d councils of 2013, %d of 2022, %d police areas", then, later, len(r.forces))
	}
	for _, a := range r.AreaTeams() {
		if len(r.CouncilsIn(a.Code)) == 0 {
			t.Errorf("%s has no council", a.Name)
		}
	}
	for _, c := range r.CCGs("") {
		if len(r.ccgCouncils[c.Code]) == 0 {
			t.Errorf("%s has no council", c.Name)
		}
	}
}

func TestR107_AProviderServesItsCommissionersPeopleAndAnotherAreaByItsSeat(t *testing.T) {
	r := loaded(t)
	p, _ := regime.ProfileNamed("ENGLAND_2013")
	rcx, _ := r.Provider("RCX")
	rcx.OtherAreas = []string{"Q57"}
	got := r.Serving(p, rcx, nil)
	for _, want := range []regime.Party{"LA_COMM/E10000020", "LSCB/E10000020", "POLICE/E23000024", "LSCB/Q57", "POLICE/Q57"} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is missing: %v", want, got)
		}
	}
	if slices.ContainsFunc(got, func(q regime.Party) bool { return strings.HasPrefix(string(q), "SAFEGUARDING") || q.Unit() == "Q56" }) {
		t.Errorf("%v", got)
	}
	essex, _ := r.Council("e10000012")
	got = r.Serving(p, rcx, []Council{essex})
	if !slices.Contains(got, "LSCB/E10000012") || slices.Contains(got, "LSCB/Q57") || !slices.Contains(got, "LSCB/E10000020") {
		t.Errorf("%v", got)
	}
	later := under2022(t)
	rcx.AreaTeam, rcx.Region, rcx.OtherAreas = "QMM", "Y61", nil
	if got := r.Serving(later, rcx, nil); !slices.Contains(got, "SAFEGUARDING_PARTNERS/E10000020") || slices.Contains(got, "LSCB/E10000020") {
		t.Errorf("%v", got)
	}
	rcx.AreaTeam = "EX-ICB1"
	if got := r.Serving(later, rcx, nil); !slices.Contains(got, "SAFEGUARDING_PARTNERS/EX-ICB1") {
		t.Errorf("%v", got)
	}
}
