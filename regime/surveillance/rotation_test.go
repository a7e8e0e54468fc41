package surveillance

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
)

func TestR74_TurnsAreTakenByDistrictOrTypeAndSayWhy(t *testing.T) {
	o := eastAnglia
	o.Rotation = regime.ByDistrict
	o.Watched = append(slices.Clone(o.Watched), Watched{Code: "RZZ", Name: "Nowhere", Type: regime.NHSTrust})
	s := group(t, "2013-04-01 09:00", o)
	why := func() map[string]string {
		out := map[string]string{}
		for _, turn := range s.g.turns(nil, s.now) {
			out[turn.Watched.Code] = turn.Why
		}
		return out
	}
	if got := why()["RCX"]; got != "turn of Norfolk" {
		t.Errorf("%q", got)
	}
	if got := s.g.turnOf(*s.g.provider("RZZ")); got != "the type: an NHS trust" {
		t.Errorf("%q", got)
	}
	s.until(s.g.Coverage.After(s.now))
	for code, reason := range why() {
		if !strings.HasPrefix(reason, "not considered within") {
			t.Errorf("%s: %s", code, reason)
		}
	}
}
