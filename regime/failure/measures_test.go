package failure

import (
	"fmt"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func TestR55_OnlyTheRightDeciderPlacesATrust(t *testing.T) {
	nhsTrust := kingsLynn
	nhsTrust.Type = regime.NHSTrust
	for _, row := range []struct {
		provider regime.Provider
		by       regime.Party
		rule     string
	}{
		{kingsLynn, "MONITOR", ""}, {kingsLynn, "TDA", "R55"}, {kingsLynn, regimetest.Nhse, "R55"},
		{kingsLynn, "CQC", "R54"}, {kingsLynn, "PROVIDER", "R55"}, {kingsLynn, "CCG", "R55"},
		{nhsTrust, "TDA", ""}, {nhsTrust, "MONITOR", "R55"}, {nhsTrust, "CQC", "R54"},
	} {
		s := open(t, row.provider, "2013-10-25 10:00")
		err := s.perform(row.by, &DecideMeasures{Outcome: Place, Reason: "x"})
		if regime.RefusedBy(err) != row.rule {
			t.Errorf("%s by %s: got %v, want %q", row.provider.Type, row.by, err, row.rule)
		}
	}
}

func TestR56_ADecisionWithoutRecommendationOrSummitIsValidAtEveryStage(t *testing.T) {
	for name, s := range everyStage(t) {
		if name == regime.Closed { // what is closed is taken up again by a case of its own
			s = open(t, kingsLynn, "2013-11-10 09:00").by("CQC", &LinkCase{To: s.c.Ref + "X"})
		}
		s.by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "own evidence"})
		if e := s.c.episode(); !e.InForce() || !e.Decisions[0].OwnEvidence {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

// everyStage is one case for each stage of the coordination track.
func everyStage(t *testing.T) map[regime.Stage]*script {
	return map[regime.Stage]*script{
		regime.UnderSurveillance: open(t, kingsLynn, "2013-09-10 09:00"),
		regime.Convening:         triggered(t, kingsLynn),
		regime.InSession:         inSession(t, kingsLynn),
		regime.Judging:           inSession(t, kingsLynn).by(regimetest.Nhse, &EndSummit{}),
		regime.RingHolderPending: judged(t, kingsLynn),
		regime.Responding:        responding(t, kingsLynn),
		regime.Monitoring:        closable(t).by(regimetest.Nhse, &BeginMonitoring{Reason: "x"}),
		regime.StoodDown:         inSession(t, kingsLynn).by(regimetest.Nhse, &JudgeCollectively{Value: NoFailure}),
		regime.Closed:            closable(t).by(regimetest.Nhse, &ProposeClosing{}).days(3).by(regimetest.Nhse, &CloseCase{}),
	}
}

// everyState is every stage, and every stage but the last in special measures.
func everyState(t *testing.T) map[string]*script {
	out := map[string]*script{}
	for stage, s := range everyStage(t) {
		out[string(stage)] = s
		if stage != regime.Closed {
			out[string(stage)+" in special measures"] = s.copied().
				by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"})
		}
	}
	return out
}

func TestEveryStageStandsWhereItSays(t *testing.T) {
	for stage, s := range everyStage(t) {
		s.stage(stage)
	}
}

func TestR54_B2_CQCRecommendsAndNeverPlaces(t *testing.T) {
	s := open(t, kingsLynn, "2013-10-01 10:00").refused("R54", "MONITOR", &RecommendMeasures{Reason: "x"}).
		by("CQC", &RecommendMeasures{Reason: "x"})
	if s.c.episode().InForce() {
		t.Fatal("a recommendation placed the trust")
	}
	s.at("2013-10-29 10:00")
	got := s.told("N25")
	if len(got) != 4 || !strings.HasPrefix(got[1], "Tue 15 Oct 2013 10:00: MONITOR") ||
		!strings.Contains(got[2], "CQC executive") {
		t.Fatalf("%v", got)
	}
}

func TestR57_TheDeciderMayDeclineWithAReasonAndTheRecommendationStays(t *testing.T) {
	s := open(t, kingsLynn, "2013-10-01 10:00").
		refused("R118", "MONITOR", &DecideMeasures{Outcome: Decline, Reason: "x"}).
		by("CQC", &RecommendMeasures{Reason: "x"})
	var m *regime.Mistake
	if err := s.perform("MONITOR", &DecideMeasures{Outcome: Decline}); !regimetest.AsMistake(err, &m) {
		t.Fatalf("without a reason: %v", err)
	}
	s.by("MONITOR", &DecideMeasures{Outcome: Decline, Reason: "undertakings suffice"})
	if e := s.c.episode(); e.State != regime.MeasuresDeclined || len(e.Recommendations) != 1 {
		t.Fatalf("%+v", e)
	}
	s.by("CQC", &RecommendMeasures{Reason: "again"}).
		by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"})
	if e := s.c.episode(); e.N != 1 || len(e.Recommendations) != 2 || e.Decisions[1].OwnEvidence {
		t.Fatalf("%+v", e)
	}
}

func TestR59_B5_TheReinspectionIsDueAfterTwelveCalendarMonths(t *testing.T) {
	s := placed(t)
	if d := s.duty(DutyReinspect, ""); !d.Due.Equal(regimetest.At("2014-10-25 10:00")) || d.Owner != "CQC" {
		t.Fatalf("%+v", d)
	}
	s.at("2014-12-01 10:00")
	if e := s.c.episode(); !e.InForce() {
		t.Fatal("an overdue re-inspection ended special measures")
	}
	var when []string
	for _, n := range s.told("N29") {
		when = append(when, n[:21])
	}
	want := "Fri 25 Jul 2014 10:00 Thu 25 Sep 2014 10:00 Sat 11 Oct 2014 10:00 Sat 25 Oct 2014 10:00 " +
		"Sat 1 Nov 2014 10:00: Sat 8 Nov 2014 10:00:"
	if got := strings.Join(when, " "); !strings.HasPrefix(got, want) {
		t.Fatalf("N29 at %s", got)
	}
}

func TestR59_EarlyOnTimeAndLateReinspectionsCount(t *testing.T) {
	for _, row := range []struct {
		now, from string
		want      ReinspectionTiming
	}{
		{"2014-07-04 09:00", "2014-07-01", Early},
		{"2014-10-20 09:00", "2014-10-14", OnTime},
		{"2014-12-20 09:00", "2014-12-14", Late},
		{"2014-12-20 09:00", "2014-10-20", OnTime}, // recorded late, held in time
	} {
		s := placed(t).at(row.now).by("CQC", &Reinspect{From: regimetest.At(row.from)})
		if got := s.c.episode().Reinspections[0].Timing; got != row.want {
			t.Errorf("%s: %s, want %s", row.from, got, row.want)
		}
	}
	placed(t).at("2014-07-04 09:00").refused("R59", "MONITOR", &Reinspect{From: regimetest.At("2014-07-01")})
}

func TestR60_B6_NothingEndsOrExtendsWithoutCQCsReportAndTheDecidersDecision(t *testing.T) {
	s := placed(t)
	for _, o := range []MeasuresOutcome{Exit, ExitWithSupport, Extend, FurtherAction} {
		s.refused("R60", "MONITOR", &DecideMeasures{Outcome: o, Reason: "x"})
	}
	s.at("2014-07-04 09:00").by("CQC", &Reinspect{From: regimetest.At("2014-07-01")}).
		refused("R60", "MONITOR", &DecideMeasures{Outcome: Exit, Reason: "x"}).
		at("2014-09-22 09:00").by("CQC", &ReportReinspection{Rating: "requires-improvement", Advice: "remain"}).
		refused("R54", "CQC", &DecideMeasures{Outcome: Extend, Reason: "x"}).
		by("MONITOR", &DecideMeasures{Outcome: Extend, Reason: "x"})
	if d := s.duty(DutyReinspectExtended, "1"); !d.Due.Equal(regimetest.At("2015-03-22 09:00")) {
		t.Fatalf("%+v", d)
	}
	s.refused("R60", "MONITOR", &DecideMeasures{Outcome: Exit, Reason: "no new report"})
	s.at("2015-06-30 09:00").by("CQC", &Reinspect{From: regimetest.At("2015-06-22")}).at("2015-07-30 09:00").
		by("CQC", &ReportReinspection{Rating: "requires-improvement", Advice: "exit"}).
		at("2015-08-06 09:00").by("MONITOR", &DecideMeasures{Outcome: ExitWithSupport, Reason: "x"})
	if e := s.c.episode(); e.State != regime.MeasuresExited || !e.WithSupport || e.Reinspections[1].Timing != Late {
		t.Fatalf("%+v", e)
	}
	if d := s.duty(DutyDecideOutcome, ""); d.End != ledger.EndDone {
		t.Fatalf("the decision was taken, not overtaken: %+v", d)
	}
	s.by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "re-entry"})
	if s.c.episode().N != 2 {
		t.Fatal("a re-entry is a new episode")
	}
}

func TestB7_ExtensionsRepeatAndAreCounted(t *testing.T) {
	s := placed(t).at("2014-10-25 11:00")
	for i := range 3 {
		s.by("CQC", &Reinspect{From: s.now}).by("CQC", &ReportReinspection{Rating: "inadequate", Advice: "remain"}).
			by("MONITOR", &DecideMeasures{Outcome: Extend, Reason: "x"})
		if n := s.c.episode().Extensions(); n != i+1 {
			t.Fatalf("%d extensions", n)
		}
		s.until(s.duty(DutyReinspectExtended, fmt.Sprint(i+1)).Due)
	}
}

func TestR58_B4_EachMonthIsOwedChasedAndShownAsMissedAndTheNextIsStillDue(t *testing.T) {
	s := placed(t).at("2013-11-20 09:00").by("PROVIDER", &PublishPlan{URL: "p"}).
		by("PROVIDER", &PublishProgress{URL: "u1"}).refused("R1", "MONITOR",
		&PublishProgress{URL: "u"}).at("2014-01-05 09:00")
	if d := s.duty(DutyProgress, "1"); d.End != ledger.EndDone || d.Late() {
		t.Fatalf("month 1: %+v", d)
	}
	if d := s.duty(DutyProgress, "2"); !d.Open() || !d.Missed || !d.Due.Equal(regimetest.At("2013-12-25 10:00")) {
		t.Fatalf("month 2: %+v", d)
	}
	if d := s.duty(DutyProgress, "3"); !d.Open() || d.Missed {
		t.Fatalf("month 3: %+v", d)
	}
	var chased []string
	for _, n := range s.told("N28") {
		if strings.Contains(n, "Dec") || strings.Contains(n, "Jan") {
			chased = append(chased, n)
		}
	}
	want := []string{
		"Wed 18 Dec 2013 10:00: PROVIDER/RCX duty", "Mon 23 Dec 2013 10:00: PROVIDER/RCX duty",
		"Thu 26 Dec 2013 10:00: PROVIDER/RCX duty, PROVIDER/RCX executive, MONITOR duty",
		"Wed 1 Jan 2014 10:00: PROVIDER/RCX executive, MONITOR duty, NHSCB/Q56 duty",
	}
	if strings.Join(chased, "\n") != strings.Join(want, "\n") {
		t.Fatalf("got\n%s", strings.Join(chased, "\n"))
	}
}

func TestR58_AReportAFewDaysLateIsForItsOwnMonthAndAnOldOneIsNotMadeUp(t *testing.T) {
	s := placed(t).at("2013-11-28 09:00").by("PROVIDER", &PublishProgress{URL: "u"})
	if d := s.duty(DutyProgress, "1"); !d.Late() {
		t.Fatalf("three days late, for month 1: %+v", d)
	}
	s.at("2014-01-20 09:00").by("PROVIDER", &PublishProgress{URL: "u"})
	if d := s.duty(DutyProgress, "2"); !d.Open() || !d.Missed {
		t.Fatalf("month 2 stays missed: %+v", d)
	}
	if d := s.duty(DutyProgress, "3"); d.End != ledger.EndDone {
		t.Fatalf("month 3: %+v", d)
	}
	s.by("PROVIDER", &PublishProgress{URL: "u", Month: 2})
	if d := s.duty(DutyProgress, "2"); !d.Late() {
		t.Fatalf("made up: %+v", d)
	}
}

func TestA28_MonthsAreClampedAndNeverChained(t *testing.T) {
	s := open(t, kingsLynn, "2013-08-31 10:00").by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"}).
		at("2014-04-01 10:00")
	for month, due := range map[string]string{"1": "2013-09-30 10:00", "2": "2013-10-31 10:00",
		"6": "2014-02-28 10:00", "7": "2014-03-31 10:00"} {
		if d := s.duty(DutyProgress, month); !d.Due.Equal(regimetest.At(due)) {
			t.Errorf("month %s due %s, want %s", month, d.Due, due)
		}
	}
}

var practice = regime.Provider{Code: "D82001", Name: "A practice", Type: regime.GPPractice, LeadCCG: "07J",
	AreaTeam: "Q56", Region: "Y55"}

func TestR61_CQCAloneDecidesForPrimaryAndSocialCare(t *testing.T) {
	for _, kind := range []regime.ProviderType{regime.GPPractice, regime.OtherPrimaryCare, regime.AdultSocialCare, regime.Independent} {
		p := practice
		p.Type = kind
		s := open(t, p, "2015-02-02 10:00").refused("R61", "MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"}).
			refused("R61", "TDA", &DecideMeasures{Outcome: Place, Reason: "x"}).
			refused("R61", "CQC", &RecommendMeasures{Reason: "x"}).
			by("CQC", &DecideMeasures{Outcome: Place, Reason: "inadequate"})
		if d := s.duty(DutyReinspectPrimary, ""); !d.Due.Equal(regimetest.At("2015-08-02 10:00")) {
			t.Errorf("%s: %+v", kind, d)
		}
	}
}

func TestR62_TwelveMonthsAreTheLimitForPrimaryAndSocialCare(t *testing.T) {
	s := open(t, practice, "2015-02-02 10:00").by("CQC", &DecideMeasures{Outcome: Place, Reason: "x"}).
		at("2015-08-01 10:00").by("CQC", &Reinspect{From: regimetest.At("2015-07-30")}).
		by("CQC", &ReportReinspection{Rating: "inadequate", Advice: "cancel-registration"}).
		refused("R62", "CQC", &DecideMeasures{Outcome: Extend, Length: regimetest.Period("12mo"), Reason: "x"})
	if d := s.duty(DutyPrimaryLimit, ""); !d.Due.Equal(regimetest.At("2016-02-02 10:00")) {
		t.Fatalf("%+v", d)
	}
	s.by("CQC", &DecideMeasures{Outcome: Extend, Length: regimetest.Period("5mo"), Reason: "x"}).
		at("2016-01-02 10:00").by("CQC", &Reinspect{From: regimetest.At("2016-01-01")}).
		by("CQC", &ReportReinspection{Rating: "inadequate", Advice: "cancel-registration"}).
		by("CQC", &DecideMeasures{Outcome: CancelOutcome, Reason: "x"})
	if d := s.duty(DutyPrimaryLimit, ""); d.End != ledger.EndDone {
		t.Fatalf("the decision at the limit was taken: %+v", d)
	}
	if s.c.episode().State != regime.MeasuresDeregistered {
		t.Fatalf("%+v", s.c.episode())
	}
}

func TestB3_ThePackageIsChasedUntilItIsThere(t *testing.T) {
	s := placed(t).refused("R54", "CQC", &Appoint{Role: "partner-trust", Who: "x"}).
		by("MONITOR", &Appoint{Role: "partner-trust", Who: "Guy's and St Thomas'"}).at("2013-11-25 10:00")
	if got := s.told("N27"); len(got) != 3 {
		t.Fatalf("director at 14 and 30 days, review at 30: %v", got)
	}
}

func TestR56_R61_WhoDecidesForItselfIsNotSaidToLackARecommendation(t *testing.T) {
	for s, said := range map[*script]bool{
		open(t, kingsLynn, "2014-11-03 09:00").by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"}): true,
		open(t, practice, "2014-11-03 09:00").by("CQC", &DecideMeasures{Outcome: Place, Reason: "x"}):      false,
	} {
		if text := s.c.Entries[len(s.c.Entries)-1].Text; strings.Contains(text, "without a recommendation (R56)") != said {
			t.Error(text)
		}
	}
}
