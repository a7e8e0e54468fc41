package reference

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
)

func loaded(t testing.TB) *Reference {
	t.Helper()
	r, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTheDataHas247Trusts25AreaTeams211CCGsAnd4Regions(t *testing.T) {
	r := loaded(t)
	got := []int{len(r.Providers()), len(r.AreaTeams()), len(r.CCGs("")), len(r.Regions())}
	if want := []int{247, 25, 211, 4}; !slices.Equal(got, want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	count := map[regime.ProviderType]int{}
	for _, p := range r.Providers() {
		count[p.Type]++
	}
	if count[regime.FoundationTrust] != 146 || count[regime.NHSTrust] != 101 {
		t.Fatalf("types at February 2014: %v", count)
	}
}

func TestEveryCCGAndTrustStandsInExactlyOneArea(t *testing.T) {
	r := loaded(t)
	ccgs, trusts, areas := 0, 0, 0
	for _, a := range r.AreaTeams() {
		ccgs += len(r.CCGs(a.Code))
		trusts += len(r.ProvidersIn(a.Code))
	}
	for _, g := range r.Regions() {
		areas += len(r.AreaTeamsIn(g.Code))
	}
	if ccgs != 211 || trusts != 247 || areas != 25 {
		t.Fatalf("%d CCGs, %d trusts, %d areas by their parents", ccgs, trusts, areas)
	}
}

func TestTheQueenElizabethStandsInEastAngliaAndIsLedByWestNorfolk(t *testing.T) {
	p, err := loaded(t).Provider(" rcx ")
	want := regime.Provider{
		Code: "RCX", Name: "The Queen Elizabeth Hospital, King's Lynn. NHS Foundation Trust",
		Type: regime.FoundationTrust, Town: "Kings Lynn", LeadCCG: "07J", AreaTeam: "Q56", Region: "Y55",
	}
	if err != nil || !reflect.DeepEqual(p, want) {
		t.Fatalf("got %+v, %v", p, err)
	}
}

func TestTwelveNHSTrustsAreFoundationTrustsInTheLaterList(t *testing.T) {
	r, turned := loaded(t), 0
	for _, p := range r.Providers() {
		record, ok := r.TrustRecord(p.Code)
		if !ok || record.Provider.Code != p.Code || record.Postcode == "" {
			t.Fatalf("record of %s: %+v", p.Code, record)
		}
		if p.Type == regime.NHSTrust && record.TypeLater == regime.FoundationTrust {
			turned++
		}
	}
	if turned != 12 {
		t.Fatalf("%d turned", turned)
	}
}

func TestNoNameHasABlankTooMany(t *testing.T) {
	for _, p := range loaded(t).Parties() {
		if name := loaded(t).PartyName(p); name != strings.Join(strings.Fields(name), " ") {
			t.Errorf("%s is called %q", p, name)
		}
	}
}

func TestOnlyTwoAreasHaveNoNHSTrust(t *testing.T) {
	r := loaded(t)
	var without []string
	for _, a := range r.AreaTeams() {
		if !r.HasNHSTrust(a.Code) {
			without = append(without, a.Code)
		}
	}
	if !slices.Equal(without, []string{"Q45", "Q51"}) {
		t.Fatalf("without: %v", without)
	}
}

func TestACodeOfOneKindIsNoCodeOfAnother(t *testing.T) {
	r := loaded(t)
	if _, ok := r.AreaTeam("Y55"); ok {
		t.Error("a region passed for an area team")
	}
	if _, ok := r.Region("q56"); ok {
		t.Error("an area team passed for a region")
	}
	if _, ok := r.CCG("RCX"); ok {
		t.Error("a trust passed for a CCG")
	}
	if _, ok := r.TrustRecord("07J"); ok {
		t.Error("a CCG passed for a trust")
	}
	c, ok := r.CCG("07j")
	if !ok || c != (CCG{"07J", "NHS West Norfolk", "Q56", "Y55"}) {
		t.Errorf("got %+v", c)
	}
}

func TestACallerCannotChangeTheData(t *testing.T) {
	r := loaded(t)
	r.AreaTeams()[0].Name = "changed"
	r.Providers()[0].Name = "changed"
	if r.AreaTeams()[0].Name == "changed" || r.Providers()[0].Name == "changed" {
		t.Fatal("a look-up handed out the data itself")
	}
}
