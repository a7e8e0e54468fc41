package surveillance

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// network is several groups and the news between them.
type network map[string]*groupScript

// settle carries what they have to tell each other until nobody has anything; it is how often news was
// carried.
func (n network) settle(t testing.TB) int {
	t.Helper()
	for carried := range 200 {
		moved := false
		for _, from := range slices.Sorted(maps.Keys(n)) {
			s := n[from]
			place, shares, ok := s.g.UnsentShares()
			if !ok {
				continue
			}
			if to := n[place]; to != nil {
				_ = to.perform(s.g.support(), carriedBy(s.g, shares)) // a group may take no notice
			}
			s.g.SharesHanded(place, shares)
			moved = true
			break
		}
		if !moved {
			return carried
		}
	}
	t.Fatal("the groups never stop telling each other")
	return 0
}

func carriedBy(g *Group, shares []Share) *NoteShared {
	return &NoteShared{From: g.Place(), FromName: g.PlaceName, Region: g.Region, Profile: g.Profile,
		Demonstration: g.Demonstration, Shares: shares}
}

// ambulances are two local groups and their region, all of which list one ambulance trust.
func ambulances(t *testing.T) network {
	t.Helper()
	essex := eastAnglia
	essex.Area, essex.PlaceName, essex.Members, essex.Minimum = "Q57", "Essex", regimetest.Members("Q57"), nil
	essex.Watched = nil
	n := network{"Q56": group(t, "2013-04-02 09:00"), "Q57": group(t, "2013-04-02 09:00", essex),
		"Y55": group(t, "2013-04-02 09:00", inRegion())}
	for _, s := range n {
		s.by(s.g.support(), &WatchProvider{Provider: "RYC", Name: "East of England Ambulance", Type: regime.NHSTrust})
	}
	n.settle(t)
	return n
}

func waits(what string) *RaiseConcern { return &RaiseConcern{Provider: "RYC", What: what} }

func TestR103_WhatSeveralGroupsKnowIsPutTogetherInEachOfThem(t *testing.T) {
	n := ambulances(t)
	n["Q56"].by("CCG/07J", waits("long waits at night"))
	n["Q57"].by("HEALTHWATCH_LOCAL/Q57", waits("complaints about waits"))
	n["Y55"].by("CQC", waits("no paramedic on half the shifts"))
	n.settle(t)
	for place, s := range n {
		together := s.g.Together("RYC")
		if len(together.Bodies) != 3 || len(together.Concerns)+len(together.Elsewhere) != 3 {
			t.Errorf("%s counts %v of %d and %d", place, together.Bodies, len(together.Concerns), len(together.Elsewhere))
		}
		all := linesOf(s.item(itemUrgent))
		for _, want := range []string{"3 bodies", "the third in the last 24 months", "long waits at night", "complaints about waits",
			"no paramedic on half the shifts"} {
			if !strings.Contains(all, want) {
				t.Errorf("the agenda of %s lacks %q: %s", place, want, all)
			}
		}
		if told := s.told("N45"); len(told) == 0 {
			t.Errorf("%s tells nobody that several bodies have concerns", place)
		}
		if told := s.told("N61"); len(told) == 0 {
			t.Errorf("%s is not told that others have concerns: %v", place, told)
		}
	}
}

func TestR103_OneBodyThatSpeaksInTwoGroupsIsOne(t *testing.T) {
	n := ambulances(t)
	n["Q56"].by("CQC", waits("a"))
	n["Q57"].by("CQC", waits("b"))
	n.settle(t)
	if got := n["Y55"].g.Together("RYC").Bodies; len(got) != 1 {
		t.Errorf("%v", got)
	}
}

func TestR103_NewsGoesDownAsWellAsUpAndWhatIsSettledGoesToo(t *testing.T) {
	n := ambulances(t)
	n["Y55"].by("NHSCB/Y55", waits("seen across the region"))
	n.settle(t)
	if got := n["Q57"].g.Together("RYC").Elsewhere; len(got) != 1 || got[0].ID != "Y55/C1" {
		t.Fatalf("%+v", got)
	}
	n["Y55"].by("CCG/Y55", &NoteCase{Case: "K7QM-3XRD", Provider: "RYC", Stage: regime.Convening, Type: regime.NHSTrust})
	n.settle(t)
	if got := n["Q57"].g.Together("RYC"); len(got.Elsewhere) != 0 {
		t.Errorf("what a case took up is open still: %+v", got)
	}
	if got := n["Q57"].by("CQC", waits("again")).said(); !strings.Contains(got, "the second in the last 24 months") {
		t.Errorf("the settled one is not counted: %s", got)
	}
}

func TestR103_AGroupHearsNothingOfAProviderThatItDoesNotList(t *testing.T) {
	n := ambulances(t)
	n["Q56"].by("CCG/07J", &RaiseConcern{Provider: "RCX", What: "nights"})
	n.settle(t)
	if got := n["Q57"].g.Together("RCX"); len(got.Elsewhere) != 0 {
		t.Errorf("%+v", got)
	}
	if got := n["Y55"].g.Together("RCX"); len(got.Elsewhere) != 1 { // the region does
		t.Errorf("%+v", got)
	}
	n["Q57"].refused("", "NHSCB/Q56", carriedBy(n["Q56"].g, n["Q56"].g.Shares[1:]))
}

func TestR103_TheSameNewsTwiceOrAnOlderOneChangesNothing(t *testing.T) {
	n := ambulances(t)
	n["Q56"].by("CCG/07J", waits("a"))
	old := carriedBy(n["Q56"].g, []Share{*shareAbout(n["Q56"].g, "RYC")})
	n["Q56"].by("CCG/07K", waits("b"))
	n.settle(t)
	n["Y55"].refused("", "NHSCB/Q56", old).refused("", "NHSCB/Q56", carriedBy(n["Q56"].g, n["Q56"].g.Shares))
	if got := n["Y55"].g.Together("RYC").Elsewhere; len(got) != 2 {
		t.Errorf("%+v", got)
	}
}

func shareAbout(g *Group, code string) *Share {
	return ledger.Find(g.Shares, func(s Share) bool { return s.Provider == code })
}

func TestR103_AGroupThatBeginsLaterLearnsOfItAtTheNextMeeting(t *testing.T) {
	n := ambulances(t)
	region := n["Y55"]
	delete(n, "Y55")
	n["Q56"].by("CCG/07J", waits("a"))
	n.settle(t)
	n["Y55"] = region
	if len(region.g.Together("RYC").Elsewhere) != 0 {
		t.Fatal("it has heard")
	}
	n["Q56"].meet()
	n.settle(t)
	if len(region.g.Together("RYC").Elsewhere) != 1 {
		t.Error("it has not heard")
	}
}

func TestR103_OtherProfilesAndDemonstrationsTakeNoNotice(t *testing.T) {
	n := ambulances(t)
	n["Q56"].by("CCG/07J", waits("a"))
	news := carriedBy(n["Q56"].g, n["Q56"].g.Shares)
	news.Demonstration = true
	n["Y55"].refused("", "NHSCB/Q56", news)
	news.Demonstration, news.Profile = false, "ENGLAND_2022"
	n["Y55"].refused("", "NHSCB/Q56", news).refused("R69", "GMC", news)
}

func TestR14_WhatTravelsBetweenGroupsDoesNotTellWhoSpokeInConfidence(t *testing.T) {
	n := ambulances(t)
	n["Q57"].by("LETB/Q57", &RaiseConcern{Provider: "RYC", What: "nights", Source: "whistleblower", Confidential: true})
	place, shares, ok := n["Q57"].g.UnsentShares()
	if !ok || place == "" {
		t.Fatal("nothing travels")
	}
	if text := regimetest.AsText(shares); strings.Contains(text, "LETB") || strings.Contains(text, "whistle") {
		t.Errorf("%s", text)
	}
	n.settle(t)
	for _, place := range []string{"Q56", "Y55"} {
		s := n[place]
		if all := linesOf(s.item(itemRotation)) + s.said(); !strings.Contains(all, "a body not named") ||
			strings.Contains(regimetest.AsText(s.g), "LETB/Q57") {
			t.Errorf("%s", all)
		}
		if _, err := s.g.Sources("NHSCB/Y55"); place == "Y55" && err != nil {
			t.Error(err)
		}
		if found, _ := s.g.Sources(s.g.support()); len(found) != 0 {
			t.Errorf("the group of %s knows who it was: %+v", place, found)
		}
	}
}

func TestR104_AConcernCountsThoseThatWereSettledBeforeIt(t *testing.T) {
	s := group(t, "2013-04-02 09:00")
	for _, day := range []string{"2013-05-20 09:00", "2013-09-20 09:00", "2014-02-20 09:00"} {
		s.at(day).by("CCG/07K", &RaiseConcern{Provider: "RCX", What: day})
		s.by("CCG/07K", &WithdrawConcern{Concern: s.g.Concerns[len(s.g.Concerns)-1].ID, Reason: "x"})
	}
	s.at("2015-03-02 09:00").by("CCG/07K", &RaiseConcern{Provider: "RCX", What: "again"}).
		saysIn("the fourth in the last 24 months")
	if all := linesOf(s.item(itemRotation)); !strings.Contains(all, "concern") {
		t.Log(all)
	}
	s.at("2016-03-02 09:00").by("CCG/07K", &RaiseConcern{Provider: "RCX", What: "again"}).
		saysIn("the second in the last 24 months")
}

func TestR104_ATriggerTakesAlongWhatIsOpenAndAWithdrawnOneGivesItBack(t *testing.T) {
	s := group(t, "2013-04-02 09:00").by("CCG/07K", &RaiseConcern{Provider: "RCX", What: "a"}).
		by("CQC", &RaiseConcern{Provider: "RCX", What: "b", Urgent: true}).
		by(regimetest.Nhse, &NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Convening, Profile: "ENGLAND_2013"}).
		saysIn("It takes along C1 and C2")
	if s.owes(DutyAnswerUrgent, "C2") != nil || len(s.g.Together("RCX").Concerns) != 0 || s.g.Concerns[0].Case != "K7QM-3XRD" {
		t.Errorf("%+v", s.g.Concerns)
	}
	s.by(regimetest.Nhse, &NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.UnderSurveillance,
		Since: s.now.Add(time.Minute)})
	if len(s.g.Together("RCX").Concerns) != 2 {
		t.Errorf("%+v", s.g.Concerns)
	}
}

// What is lost on the way is told again; who hears it late, or twice, comes to the same.
func TestR103_WhateverIsToldTheGroupsComeToAgree(t *testing.T) {
	for seed := range uint64(20) {
		d := rand.New(rand.NewPCG(seed, 103))
		n := ambulances(t)
		for range 30 {
			s := n[[]string{"Q56", "Q57", "Y55"}[d.IntN(3)]]
			switch d.IntN(4) {
			case 0, 1:
				_ = s.perform(s.g.Members[d.IntN(len(s.g.Members))].Party, &RaiseConcern{Provider: "RYC", What: "x",
					Urgent: d.IntN(4) == 0, Confidential: d.IntN(3) == 0})
			case 2:
				if len(s.g.Concerns) > 0 {
					_ = s.perform("CQC", &LinkConcern{Concerns: s.g.Concerns[d.IntN(len(s.g.Concerns))].ID, Case: "CASE-1"})
				}
			case 3:
				if place, shares, ok := s.g.UnsentShares(); ok { // some news is lost on the way, and told again
					s.g.SharesHanded(place, shares)
				}
			}
		}
		for _, s := range n {
			s.g.tellAgain()
		}
		n.settle(t)
		want := -1
		for _, place := range slices.Sorted(maps.Keys(n)) {
			together := n[place].g.Together("RYC")
			if got := len(together.Concerns) + len(together.Elsewhere); want >= 0 && got != want {
				t.Fatalf("seed %d: %s has %d concerns, another %d", seed, place, got, want)
			} else {
				want = got
			}
		}
	}
}

// Which comes first on a server, the news of the case or the word of whoever triggered from which concern, is
// chance; who is told does not hang on it.
func TestR88_R104_WhoTriggeredIsNotToldThatItsOwnConcernGoesOn(t *testing.T) {
	s := group(t, "2013-04-02 09:00").by("CCG/07K", &RaiseConcern{Provider: "RCX", What: "a"}).
		by("CQC", &RaiseConcern{Provider: "RCX", What: "b"}).
		by(regimetest.Nhse, &NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Convening, Trigger: "CCG/07K"})
	if told := strings.Join(s.told(regime.NoticeConcernRests), " "); strings.Contains(told, "CCG/07K") || !strings.Contains(told, "CQC") {
		t.Error(told)
	}
}
