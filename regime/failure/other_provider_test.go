package failure

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

const addenbrookes = regime.Party("PROVIDER/RGT")

func TestR8_R4_AnotherTrustIsNotTheFailingOne(t *testing.T) {
	s := placed(t).by("PROVIDER", &PublishPlan{URL: "https://t.example"})
	s.refused("R4", addenbrookes, &UsePower{Power: "P-PROV-1"}).
		refused("R4", addenbrookes, &IntendPower{Power: "P-PROV-1"}).
		refused("R1", addenbrookes, &PublishPlan{URL: "x"}).
		refused("R1", addenbrookes, &PublishProgress{URL: "x"}).
		by("PROVIDER", &UsePower{Power: "P-PROV-1"})
	req := ledger.Request{By: ledger.Actor{For: addenbrookes, Person: "an officer", Channel: "test"},
		Names: []regime.UnitName{{Party: addenbrookes, Name: "Cambridge University Hospitals"}}}
	if _, err := s.c.Perform(req, &WarnPublic{What: "beds"}, s.now); err != nil {
		t.Fatal(err)
	}
	n := s.c.Notices[len(s.c.Notices)-1]
	if n.Kind != "N36" || !strings.HasPrefix(n.Text, "Cambridge University Hospitals has published") ||
		!slices.ContainsFunc(n.To, func(r ledger.Recipient) bool { return r.Party == "PROVIDER/RCX" }) {
		t.Errorf("it speaks under its own name, and the provider is told: %+v", n)
	}
	if got := s.c.Name("PROVIDER/RCX"); got != "the provider" {
		t.Error(got)
	}
	req.Names = []regime.UnitName{{Party: "PROVIDER/RM1"}, {Party: "CCG/07K", Name: "x"},
		{Party: "PROVIDER/RCX", Name: "x"}}
	if _, err := s.c.Perform(req, &AddNote{Text: "y"}, s.now); err != nil || len(s.c.Units) != 1 {
		t.Errorf("only other providers get a name, and only one that says something: %v, %+v", err, s.c.Units)
	}
	if got := s.c.Name("PROVIDER/RM1"); got != "another provider (RM1)" {
		t.Error(got)
	}
	help := propose(addenbrookes)
	help.Due = regimetest.At("2014-01-01")
	s.by(addenbrookes, &AddNote{Text: "x"}).by(regimetest.Nhse, help).by(addenbrookes, &AcceptAction{Action: "A1"})
}

func TestR8_R15_AnotherTrustHasNoVoteAndIsNoMember(t *testing.T) {
	inSession(t, kingsLynn).
		refused("R15", addenbrookes, &JudgeForOneself{View: "x"}).
		refused("R8", "PROVIDER", &JudgeForOneself{View: "x"}).
		refused("R15", addenbrookes, &ProposeRingHolder{Candidate: "CQC"}).
		refused("R8", "PROVIDER", &ProposeRingHolder{Candidate: "CQC"})
	s := open(t, kingsLynn, "2013-09-10 09:00").by(addenbrookes, &AddNote{Text: "x"})
	if s.c.IsMember(addenbrookes) {
		t.Error("a provider is never a member")
	}
}

func TestR15_T3_TheRegionThatConvenedASummitOpensIt(t *testing.T) {
	const region = regime.Party("NHSCB/Y55")
	s := triggered(t, kingsLynn).by(region,
		&ConveneSummit{At: regimetest.At("2013-09-12 10:00")}).at("2013-09-12 10:00").
		by(region, &OpenSummit{Attending: []regime.Party{"CQC"}}).stage(regime.InSession)
	if s.c.Summit.Chair != region || !s.c.IsMember(region) {
		t.Errorf("%+v", s.c.Summit)
	}
	s.by(region, &EndSummit{}).by(region, &JudgeCollectively{Value: ActualFailure}).
		by("CQC", &ProposeRingHolder{Candidate: region}).by(region, &AcceptRing{})
	triggered(t, kingsLynn).by(region, &OpenSummit{Attending: []regime.Party{"CQC"}})
	several := kingsLynn
	several.OtherAreas = []string{"Q57"}
	triggered(t, several).by(region, &ConveneSummit{At: regimetest.At("2013-09-12 10:00")}).at("2013-09-12 10:00").
		by(region, &OpenSummit{Attending: []regime.Party{"CQC"}})
}

func TestR15_TheRefusalToOpenNamesTheBodyThatIsNoMember(t *testing.T) {
	s := triggered(t, kingsLynn)
	s.refusedSaying("General Medical Council is not", "GMC", &OpenSummit{Chair: regimetest.Nhse,
		Attending: []regime.Party{"CQC"}}).
		refusedSaying("General Medical Council is not", regimetest.Nhse, &OpenSummit{Chair: "GMC",
			Attending: []regime.Party{"CQC"}})
}
