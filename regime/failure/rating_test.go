package failure

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

var careHome = regime.Provider{Code: "EX-CH1", Name: "A care home", Type: regime.AdultSocialCare, LeadCCG: "07J",
	AreaTeam: "Q56", Region: "Y55"}

// oneQuestion is a care home that was rated inadequate in one key question on 12 May 2015.
func oneQuestion(t *testing.T) *script {
	return open(t, careHome, "2015-05-20 10:00").refused("R61", regime.PartyOf(regime.LAComm, "Q56"),
		&PublishRating{Overall: "good"}).
		by("CQC", &PublishRating{Overall: "requires-improvement", Inadequate: "safe",
			Published: regimetest.At("2015-05-12")})
}

func TestA24_A25_OneQuestionInadequateHasSixMonthsFromTheReportToImprove(t *testing.T) {
	s := oneQuestion(t)
	if d := s.duty(DutyInspectAgain, ""); !d.Due.Equal(regimetest.At("2015-11-12")) {
		t.Fatalf("six months from publication, and not from when it was recorded: %+v", d)
	}
	if s.c.episode() != nil || s.c.Duty(DutyDecideEntry, "") != nil {
		t.Fatalf("it is in nothing yet: %+v", s.c.episode())
	}
	s.at("2015-11-20 10:00")
	if got := s.told("N32"); len(got) != 5 {
		t.Fatalf("of the rating, 60 and 14 days before, then, and a week later: %s", strings.Join(got, "\n"))
	}
	s.refused("2.4", "NHSCB/Q56", &ProposeClosing{})
}

func TestA24_StillInadequateInAnyQuestionLeadsIntoSpecialMeasures(t *testing.T) {
	s := oneQuestion(t).at("2015-11-03 10:00").refused("R59", "NHSCB/Q56",
		&Reinspect{From: regimetest.At("2015-11-02")}).
		by("CQC", &Reinspect{From: regimetest.At("2015-11-02")}).at("2016-01-11 10:00").
		by("CQC", &PublishRating{Overall: "requires-improvement", Inadequate: "well-led"})
	if d := s.duty(DutyInspectAgain, ""); d.End != ledger.EndDone || d.Late() {
		t.Fatalf("inspected in time: %+v", d)
	}
	if d := s.duty(DutyDecideEntry, ""); !d.Open() || d.Owner != "CQC" {
		t.Fatalf("another question, inadequate still: %+v", d)
	}
	s.at("2016-01-12 10:00").refused("R61", "MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"}).
		by("CQC", &DecideMeasures{Outcome: Place, Reason: "still inadequate"})
	if d := s.duty(DutyReinspectPrimary, ""); !d.Due.Equal(regimetest.At("2016-07-11 10:00")) {
		t.Fatalf("six months from the second report: %+v", d)
	}
	if d := s.duty(DutyDecideEntry, ""); d.End != ledger.EndDone {
		t.Fatalf("%+v", d)
	}
	last := s.c.Notices[len(s.c.Notices)-1]
	if last.Kind != "N26" || !strings.Contains(last.Text, "tell those who use its service") ||
		!slices.ContainsFunc(last.To, func(r ledger.Recipient) bool { return r.Party == s.c.Provider.Party() }) {
		t.Fatalf("the provider tells its users: %+v", last)
	}
}

func TestA24_NoLongerInadequateAfterItsTimeEndsThere(t *testing.T) {
	s := oneQuestion(t).at("2015-10-20 10:00").by("CQC", &PublishRating{Overall: "good"})
	if s.c.OpenDuties() != nil || s.c.Ratings[1].Leads != "" {
		t.Fatalf("%+v", s.c.OpenDuties())
	}
}

func TestA24_InadequateOverallLeadsThereAtOnce(t *testing.T) {
	s := open(t, careHome, "2015-05-20 10:00").
		by("CQC", &PublishRating{Overall: "inadequate", Inadequate: "safe,well-led",
			Published: regimetest.At("2015-05-12")})
	if d := s.duty(DutyDecideEntry, ""); !d.Open() {
		t.Fatalf("%+v", d)
	}
	s.by("CQC", &DecideMeasures{Outcome: Place, Reason: "inadequate overall"})
	if d := s.duty(DutyReinspectPrimary, ""); !d.Due.Equal(regimetest.At("2015-11-12")) {
		t.Fatalf("%+v", d)
	}
	if text := s.c.Entries[len(s.c.Entries)-1].Text; strings.Contains(text, "to improve") {
		t.Fatalf("no time to improve is due: %s", text)
	}
}

func TestA24_APracticeOf2014HasTimeOverallAndOneOf2015HasNone(t *testing.T) {
	s := open(t, practice, "2014-09-01 10:00").by("CQC", &PublishRating{Overall: "inadequate"})
	if s.duty(DutyInspectAgain, "").Due != regimetest.At("2015-03-01 10:00") {
		t.Fatalf("%+v", s.c.OpenDuties())
	}
	s.by("CQC", &DecideMeasures{Outcome: Place, Reason: "among the worst"})
	if d := s.duty(DutyInspectAgain, ""); d.End != ledger.EndNotNeeded {
		t.Fatalf("the worst enter at once: %+v", d)
	}
	s = open(t, practice, "2015-02-02 10:00").by("CQC", &PublishRating{Overall: "requires-improvement",
		Inadequate: "safe"})
	if s.c.Duty(DutyInspectAgain, "") != nil || s.c.Duty(DutyDecideEntry, "") != nil {
		t.Fatalf("%+v", s.c.OpenDuties())
	}
	s.at("2015-02-03 10:00").by("CQC", &PublishRating{Overall: "inadequate"})
	if !s.duty(DutyDecideEntry, "").Open() {
		t.Fatal("inadequate overall leads into special measures")
	}
	s.at("2015-02-04 10:00").by("CQC", &DecideMeasures{Outcome: Decline, Reason: "a new partner has taken over"})
	if e := s.c.episode(); e.State != regime.MeasuresDeclined || s.c.Duty(DutyDecideEntry, "") != nil {
		t.Fatalf("CQC may decide otherwise, with its reason (R57): %+v", e)
	}
}

func TestA24_R61_WhileTheRegistrationIsAtStakeCQCInspectsOnceMore(t *testing.T) {
	s := open(t, careHome, "2015-05-20 10:00").by("CQC", &DecideMeasures{Outcome: Place, Reason: "x",
		Report: regimetest.At("2015-05-12")}).
		at("2015-11-02 10:00").by("CQC", &Reinspect{From: regimetest.At("2015-11-02")}).
		by("CQC", &ReportReinspection{Rating: "inadequate", Advice: "cancel-registration"}).
		by("CQC", &DecideMeasures{Outcome: CancelOutcome, Reason: "still inadequate"})
	if d := s.duty(DutyInspectFurther, ""); !d.Due.Equal(regimetest.At("2016-05-02 10:00")) {
		t.Fatalf("%+v", d)
	}
	s.at("2016-04-01 10:00").by("CQC", &Reinspect{From: regimetest.At("2016-03-31")}).
		by("CQC", &PublishRating{Overall: "requires-improvement"})
	if d := s.duty(DutyInspectFurther, ""); d.End != ledger.EndDone || s.c.Duty(DutyRateAgain, "") != nil {
		t.Fatalf("%+v", d)
	}
}

func TestR54_NothingFollowsByItselfFromTheRatingOfATrust(t *testing.T) {
	s := open(t, kingsLynn, "2014-09-01 10:00").by("CQC", &PublishRating{Overall: "inadequate",
		Inadequate: "well-led"})
	if s.c.OpenDuties() != nil {
		t.Fatalf("%+v", s.c.OpenDuties())
	}
	err := s.perform("CQC", &PublishRating{Overall: "good", Inadequate: "sfe"})
	if err == nil || !strings.Contains(err.Error(), `"sfe" is not one of safe`) {
		t.Fatalf("%v", err)
	}
}
