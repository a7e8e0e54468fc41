package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func reviewed(t *testing.T) *script {
	return responding(t, kingsLynn).
		by(regimetest.Nhse, &ProposeAction{Owner: "CQC", Aim: SafeguardPatients, What: "x", Due: regimetest.At("2013-12-01 10:00")}).
		by("MONITOR", &AskReview{Of: "a Royal College", What: "maternity", Due: regimetest.At("2013-11-29 23:59")})
}

func TestR115_AReviewThatIsLateOrNotSharedShowsOnTheBoard(t *testing.T) {
	s := reviewed(t)
	if b := s.c.Board(s.now); strings.Contains(b, "review E1 late") {
		t.Error(b)
	}
	s.at("2013-11-30 10:00")
	if b := s.c.Board(s.now); !strings.Contains(b, "review E1 late since 29 November 2013") {
		t.Error(b)
	}
	s.at("2013-12-10 10:00").by("MONITOR", &ReceiveReview{Review: "E1"})
	if d := s.duty(DutyShareReview, "E1"); d.Owner != "MONITOR" || !s.duty(DutyReviewReport, "E1").Late() {
		t.Fatalf("%+v", d)
	}
	if b := s.c.Board(s.now); !strings.Contains(b, "received on 10 December 2013 and shared with nobody") {
		t.Error(b)
	}
	s.by("MONITOR", &ShareReview{Review: "E1", With: []regime.Party{"CQC"}})
	if b := s.c.Board(s.now); !strings.Contains(b, "review E1 not shared with all") {
		t.Error(b)
	}
	s.by("MONITOR", &ShareReview{Review: "E1", Members: true})
	if b := s.c.Board(s.now); strings.Contains(b, "not shared") || s.duty(DutyShareReview, "E1").End != ledger.EndDone {
		t.Error(b)
	}
	if n := len(s.c.Reviews[0].Shared); n != len(s.c.Members)+1 {
		t.Errorf("shared with %d", n)
	}
}

func TestR115_WhoAskedSaysWhatBecomesOfIt(t *testing.T) {
	s := reviewed(t)
	came := s.copied().by("MONITOR", &ReceiveReview{Review: "E1", Members: true})
	over := s.copied().by("MONITOR", &EndReview{Review: "E1", Reason: "x"})
	ask := &AskReview{Of: "x", What: "x", Due: regimetest.At("2013-12-01 10:00")}
	tryAll(t,
		trial{s, "GDC", ask, "R115: "}, trial{s, "PROVIDER", ask, ""}, trial{s, "CCG/07J", ask, ""},
		trial{s, "MONITOR", &AskReview{Of: "x", What: "x", Due: regimetest.At("2013-09-01 10:00")}, "--due lies before"},
		trial{s, "CQC", &ReceiveReview{Review: "E1"}, "R115: "}, trial{s, "MONITOR", &ReceiveReview{Review: "E2"}, "there is no review"},
		trial{s, "MONITOR", &ShareReview{Review: "E1", Members: true}, "R115: review E1 has not come"},
		trial{s, "MONITOR", &AddReviewRecommendation{Review: "E1", What: "x"}, "R115: review E1 has not come"},
		trial{came, "MONITOR", &ReceiveReview{Review: "E1"}, "was received"}, trial{came, "MONITOR", &ShareReview{Review: "E1"}, "say which bodies it is shared with"},
		trial{came, "MONITOR", &EndReview{Review: "E1", Reason: "x"}, "was received"},
		trial{over, "MONITOR", &ReceiveReview{Review: "E1"}, "ended without"}, trial{s, "CQC", &EndReview{Review: "E1", Reason: "x"}, "R115: "},
	)
	if b := over.c.Board(over.now); !strings.Contains(b, "review E1 ended without a report") {
		t.Error(b)
	}
	if open := strings.Join(s.c.StandingInTheWay(), "; "); !strings.Contains(open, "review E1 has neither come") {
		t.Error(open)
	}
}

func TestR116_RecommendationsAreAnsweredByActionsAndAskedAboutAgain(t *testing.T) {
	s := reviewed(t).by("MONITOR", &ReceiveReview{Review: "E1", Members: true}).
		by("MONITOR", &AddReviewRecommendation{Review: "E1", What: "a", Actions: "A1"}).
		by("MONITOR", &AddReviewRecommendation{Review: "E1", What: "b"}).
		by("MONITOR", &AddReviewRecommendation{Review: "E1", What: "c"})
	if d := s.duty(DutyReviewRecommendation, "E1.2"); !d.Open() || d.Owner != "MONITOR" {
		t.Fatalf("%+v", d)
	}
	if open := strings.Join(s.c.StandingInTheWay(), "; "); !strings.Contains(open, "nobody has answered recommendation E1.2, E1.3") {
		t.Error(open)
	}
	s.refused("R116", "MONITOR", &AnswerReviewRecommendation{Recommendations: "E1.2"}).
		refused("R115", "CQC", &AnswerReviewRecommendation{Recommendations: "E1.2", Actions: "A1"}).
		refused("R116", "MONITOR", &CheckReviewRecommendation{Recommendation: "E1.2", Holds: "yes", Evidence: "x"}).
		by("MONITOR", &AnswerReviewRecommendation{Recommendations: "E1.2,E1.3", Actions: "A1"})
	d := s.duty(DutyRecommendationHolds, "E1.3")
	if !d.Due.Equal(regimetest.At("2013-12-13 04:10")) {
		t.Fatalf("%+v", d)
	}
	s.at("2013-12-13 05:00").by("MONITOR", &CheckReviewRecommendation{Recommendation: "E1.3", Holds: "partly", Evidence: "nights are bare"})
	if b := s.c.Board(s.now); !strings.Contains(b, "recommendation E1.3 does not hold, or only partly") {
		t.Error(b)
	}
	s.until(s.duty(DutyRecommendationHolds, "E1.3").Due)
	s.by("MONITOR", &CheckReviewRecommendation{Recommendation: "E1.3", Holds: "yes", Evidence: "rota"})
	if s.c.Duty(DutyRecommendationHolds, "E1.3") != nil || strings.Contains(s.c.Board(s.now), "E1.3 does not hold") {
		t.Error("it holds, and is asked about again")
	}
	tryAll(t, trial{s, "MONITOR", &AnswerReviewRecommendation{Recommendations: "E1.9", Actions: "A1"}, "there is no recommendation"},
		trial{s, "MONITOR", &AnswerReviewRecommendation{Recommendations: "E1.2", Actions: "A9"}, "there is no action"},
		trial{s, "MONITOR", &AnswerReviewRecommendation{Recommendations: ",", Actions: "A1"}, "names none"},
		trial{s, "MONITOR", &CheckReviewRecommendation{Recommendation: "E2.1", Holds: "yes", Evidence: "x"}, "there is no recommendation"})
}
