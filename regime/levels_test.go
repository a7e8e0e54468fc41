package regime

import (
	"strings"
	"testing"
)

// levelled is a profile with three levels, the highest of which one body sets, for a service too.
func levelled(basis Basis) *Profile {
	return &Profile{Name: "P", Bodies: []BodyRow{{Code: "A", Names: []string{"Body A"}}, {Code: "B", Names: []string{"Body B"}}},
		Levels: []LevelRow{{Level: "high", Rank: 3, Of: []string{OfProvider, OfService}, SetBy: []Body{"A"}, Basis: basis},
			{Level: "low", Rank: 1, Of: []string{OfProvider}}, {Level: "live", Rank: 4, Of: []string{OfProvider}, Live: true},
			{Level: "middle", Rank: 2, Of: []string{OfProvider}, AfterCase: true}}}
}

func TestR139_TheBodyThatTheProfileNamesSetsALevelAndTakesItDown(t *testing.T) {
	p := levelled(BySource)
	for _, want := range []struct {
		by       Body
		from, to SurveillanceLevel
		refused  bool
	}{{"A", "low", "high", false}, {"B", "low", "high", true}, {"B", "high", "low", true}, {"A", "high", "low", false}, {"B", "low", "middle", false}} {
		_, err := p.MaySetLevel(want.by, want.from, want.to)
		if (RefusedBy(err) == "R139") != want.refused {
			t.Errorf("%+v: %v", want, err)
		}
	}
	if remark, err := levelled(Unconfirmed).MaySetLevel("B", "low", "high"); err != nil || !strings.Contains(remark, "Body A") {
		t.Errorf("what is not confirmed refuses: %q, %v", remark, err)
	}
}

func TestTheOrderOfLevelsIsTheProfiles(t *testing.T) {
	p := levelled(BySource)
	if down := p.LevelsDown(); down[0].Level != "live" || down[3].Level != "low" {
		t.Errorf("%+v", down)
	}
	if p.LowestLevel() != "low" || p.LiveLevel() != "live" || p.LevelAfterCase() != "middle" {
		t.Errorf("%s %s %s", p.LowestLevel(), p.LiveLevel(), p.LevelAfterCase())
	}
	for _, wrong := range []struct {
		level   SurveillanceLevel
		service string
	}{{"none", ""}, {"live", ""}, {"middle", "cancer"}} {
		if p.CheckLevel(wrong.level, wrong.service) == nil {
			t.Errorf("%+v can be set", wrong)
		}
	}
	if err := p.CheckLevel("middle", "cancer"); !strings.Contains(err.Error(), "the middle level is of the whole provider.") {
		t.Error(err)
	}
	if err := p.CheckLevel("high", "cancer"); err != nil {
		t.Error(err)
	}
}
