package surveillance

import (
	"testing"

	"holdthering/regime"
)

func TestR121_AGroupGoesThroughTheYearsOfItsProfile(t *testing.T) {
	s := group(t, "2019-09-02 09:00").at("2021-10-01 09:00")
	if s.g.IsMember("PHE/Q56") && !s.g.IsMember("UKHSA") {
		t.Errorf("%v", s.g.parties(nil))
	}
	if got := s.g.Name("MONITOR"); got != "NHS England and NHS Improvement (in law Monitor)" {
		t.Error(got)
	}
	s.at("2022-08-01 09:00")
	if s.g.Profile != "ENGLAND_2013" || !s.g.nextLaw().IsZero() {
		t.Errorf("%s, next %v", s.g.Profile, s.g.nextLaw())
	}
}

func TestR122_R123_AMemberThatEndsIsFollowedByItsHeir(t *testing.T) {
	s := group(t, "2014-04-01 09:00")
	var ccgs []regime.Party
	for _, p := range s.g.parties(nil) {
		if p.Body() == regime.CCG {
			ccgs = append(ccgs, p)
		}
	}
	old := ccgs[0]
	s.refused("", "CQC", &RecordGroupSuccession{From: "CCG/XXX", To: ccgs[1], Why: "merger"}).
		refused("", "CQC", &RecordGroupSuccession{From: old, To: old, Why: "merger"}).
		refused("R8", "CQC", &RecordGroupSuccession{From: old, To: "PROVIDER/RGT", Why: "merger"}).
		refused("R123", "GMC", &RecordGroupSuccession{From: old, To: ccgs[1], Why: "merger"}).
		by("CQC", &RecordGroupSuccession{From: old, To: ccgs[1], Why: "merger"})
	if s.g.IsMember(old) || !s.g.IsMember(ccgs[1]) || len(s.told(regime.NoticeLawChanged)) != 1 {
		t.Errorf("%v; %v", s.g.parties(nil), s.told(regime.NoticeLawChanged))
	}
	s.refused("R122", old, &AddGroupNote{Text: "too late"})
}
