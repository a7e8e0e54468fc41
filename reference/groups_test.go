package reference

import (
	"slices"
	"strings"
	"testing"

	"holdthering/data"
	"holdthering/regime"
)

func TestTheEastAngliaGroupHasEveryCommissionerAndTheTDA(t *testing.T) {
	got := loaded(t).LocalGroup("q56")
	want := []regime.Party{
		"NHSCB/Q56", "CCG/06H", "CCG/06L", "CCG/06M", "CCG/06V", "CCG/06W", "CCG/06Y", "CCG/07J", "CCG/07K",
		"LA_COMM/E06000031", "LA_COMM/E10000003", "LA_COMM/E10000020", "LA_COMM/E10000029", "TDA", "LETB/Q56",
		"HEALTHWATCH_LOCAL/E06000031", "HEALTHWATCH_LOCAL/E10000003", "HEALTHWATCH_LOCAL/E10000020",
		"HEALTHWATCH_LOCAL/E10000029", "MONITOR", "CQC", "PHE/Q56",
	}
	if !slices.Equal(got, want) {
		t.Fatalf("got %v", got)
	}
}

func TestR70TheTDASitsOnlyWhereNHSTrustsAre(t *testing.T) {
	r := loaded(t)
	for _, a := range r.AreaTeams() {
		if slices.Contains(r.LocalGroup(a.Code), "TDA") != r.HasNHSTrust(a.Code) {
			t.Errorf("TDA in the group of %s", a.Name)
		}
	}
}

func TestR69PublicHealthEnglandIsNoPartOfTheMinimum(t *testing.T) {
	r := loaded(t)
	if slices.Contains(r.LocalMinimum("Q56"), "PHE/Q56") || len(r.LocalMinimum("Q56")) != 21 {
		t.Errorf("local: %v", r.LocalMinimum("Q56"))
	}
	if slices.Contains(r.RegionalMinimum("Y55"), "PHE/Y55") || len(r.RegionalMinimum("Y55")) != 8 {
		t.Errorf("regional: %v", r.RegionalMinimum("Y55"))
	}
}

func TestR71RegulatorsAreNoMembersUntilTheyOptIn(t *testing.T) {
	r := loaded(t)
	optional := RegionalOptIn()
	if len(optional) != 10 {
		t.Fatalf("%d may opt in", len(optional))
	}
	for _, g := range r.Regions() {
		for _, m := range r.RegionalGroup(g.Code) {
			if slices.Contains(optional, m) {
				t.Errorf("%s sits in %s unasked", m, g.Name)
			}
		}
	}
}

func TestEveryMemberIsAPartyOfTheDataAndNoProvider(t *testing.T) {
	r := loaded(t)
	all := r.Parties()
	members := RegionalOptIn()
	for _, a := range r.AreaTeams() {
		members = append(members, r.LocalGroup(a.Code)...)
	}
	for _, g := range r.Regions() {
		members = append(members, r.RegionalGroup(g.Code)...)
	}
	for _, m := range members {
		if m.Body() == regime.ProviderBody || !slices.Contains(all, m) || r.CheckParty(m) != nil {
			t.Errorf("%s is a member", m)
		}
	}
}

func TestAnUnknownPlaceHasNoGroup(t *testing.T) {
	r := loaded(t)
	if r.LocalGroup("Y55") != nil || r.RegionalGroup("Q56") != nil || r.LocalGroup("") != nil {
		t.Fatal("a group without a place")
	}
}

func TestAPartyThatCannotBeIsRefusedWithItsReason(t *testing.T) {
	r := loaded(t)
	for p, fine := range map[regime.Party]bool{
		"CQC": true, "CQC/Q56": false, "CQC/": false, "CCG/07J": true, "CCG/07j": false, "CCG": false,
		"NHSCB": true, "NHSCB/Q56": true, "NHSCB/Q56-NORTH": false, "NHSCB/Y55": true, "NHSCB/07J": false,
		"LSCB/Q56": true, "LSCB/Y55": false, "LSCB/Q56-NORFOLK": true, "LSCB/Q99-NORFOLK": false,
		"PROVIDER/ANY-1": true, "PROVIDER/ANY 1": false, "PROVIDER": false,
		"FT_GOVERNORS": true, "FT_GOVERNORS/RCX": true,
	} {
		if err := r.CheckParty(p); (err == nil) != fine {
			t.Errorf("%s: %v", p, err)
		}
	}
}

func TestR105_ThereIsAGroupForEachLineOfTheAreaFile(t *testing.T) {
	count := func(file string) (local, regional int) {
		r := &Reference{byCode: map[string]position{}}
		if err := r.readAreas(file); err != nil {
			t.Fatal(err)
		}
		return len(r.areas), len(r.GroupPlaces()) - len(r.areas)
	}
	if local, regional := count(data.AreaTeams); local != 25 || regional != 4 {
		t.Errorf("%d and %d", local, regional)
	}
	london := strings.Index(data.AreaTeams, "\nQ71,")
	end := london + 1 + strings.Index(data.AreaTeams[london+1:], "\n")
	line := data.AreaTeams[london+1 : end]
	three := ""
	for _, part := range []string{"Q71A", "Q71B", "Q71C"} {
		three += "\n" + part + strings.TrimPrefix(line, "Q71")
	}
	if local, regional := count(data.AreaTeams[:london] + three + data.AreaTeams[end:]); local != 27 || regional != 4 {
		t.Errorf("with London's three: %d and %d", local, regional)
	}
}
