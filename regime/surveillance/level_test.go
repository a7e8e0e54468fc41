package surveillance

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
	"holdthering/regime/words"
)

func TestN40_AnEnhancedLevelIsReviewedAndItsLeadIsReminded(t *testing.T) {
	s := group(t, "2013-04-01 09:00").by("CQC", &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel,
		Reason: "staffing", Lead: "CCG/07J"})
	d := s.owes(DutyLevelReview, "RCX")
	if d.Owner != "CCG/07J" || !d.Due.Equal(regimetest.At("2013-07-01 09:00")) {
		t.Fatalf("%+v", d)
	}
	s.at("2013-07-09 09:00")
	if got := s.told("N40"); len(got) != 3 || got[0] != "Mon 24 Jun 2013 09:00: CCG/07J duty" ||
		!strings.HasSuffix(got[2], "CCG/07J duty, NHSCB/Q56 duty") {
		t.Fatalf("%v", got)
	}
	s.by(regimetest.Nhse, &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel,
		Reason: "no change"}).saysIn("stays enhanced")
	if d := s.owes(DutyLevelReview, "RCX"); !d.Due.Equal(regimetest.At("2013-10-09 09:00")) || s.g.Trend(s.g.provider("RCX").Current()) != "same" {
		t.Fatalf("%+v", d)
	}
	s.by(regimetest.Nhse, &AgreeLevel{Provider: "RCX", Level: regime.RoutineLevel, Reason: "better", Evidence: "the audit"}).
		by("CQC", &AgreeInGroup{Matter: "M1"}).at("2013-07-16 09:01")
	if s.owes(DutyLevelReview, "RCX") != nil || s.g.Trend(s.g.provider("RCX").Current()) != "down" {
		t.Fatalf("%+v", s.g.provider("RCX"))
	}
}

func TestWhoWasAtTheMeetingIsNotSaidToHaveAgreedTheLevel(t *testing.T) {
	s := group(t, "2013-04-01 09:00").at("2013-05-01 12:00").
		by(regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC", "CCG/07J", "POLICE/Q56"}}).
		by(regimetest.Nhse, &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel, Reason: "x",
			Dissent: []regime.Party{"CQC"}}).saysIn("at the meeting of")
	if got := s.g.provider("RCX").Current(); len(got.Agreed) != 0 || len(got.Present) != 2 || got.Present[0] != regimetest.Nhse || got.Present[1] != "CCG/07J" {
		t.Fatalf("%+v", got)
	}
	s.by(regimetest.Nhse, &AgreeLevel{Provider: "RGP", Level: regime.EnhancedLevel, Reason: "x", Agreed: []regime.Party{"CQC"}}).saysIn("agreed by CQC")
	if got := s.g.provider("RGP").Current(); len(got.Agreed) != 1 || len(got.Present) != 0 {
		t.Fatalf("%+v", got)
	}
}

func TestAGroupThatHasNotMetHasConsideredNobody(t *testing.T) {
	s := group(t, "2013-04-01 09:00")
	want := "0 of 4 considered in time (within 6 calendar months), 4 not yet: their time still runs"
	if got := s.g.CoverageNow(s.now).Words(s.g.Coverage); got != want {
		t.Errorf("%q", got)
	}
	s.until(s.next().At).by(regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC"}}).by("CQC", &ConsiderProvider{Provider: "RCX"})
	if f := s.g.CoverageNow(s.now); f.Considered() != 1 || f.Waiting != 3 {
		t.Errorf("%+v", f)
	}
}

func TestThatTheProviderWasToldIsAFactOfTheMemberThatDidIt(t *testing.T) {
	s := group(t, "2013-04-01 09:00").
		refused("", "CCG/07J", &TellProvider{Provider: "RCX"}).
		by(regimetest.Nhse, &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel,
			Reason: "x"}).at("2013-04-03 09:00").
		refused("", "CCG/07J", &TellProvider{Provider: "RCX", At: regimetest.At("2013-04-04")}).
		by("CCG/07J", &TellProvider{Provider: "RCX"})
	if c := s.g.provider("RCX").Current(); c.ToldBy != "CCG/07J" || !c.Told.Equal(s.now) {
		t.Fatalf("%+v", c)
	}
}

func TestWhileACaseIsLiveTheLevelIsTheCases(t *testing.T) {
	s := group(t, "2013-04-01 09:00").
		by(regimetest.Nhse, &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel, Reason: "staffing"}).
		by(regimetest.Nhse, &NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Convening})
	w := s.g.provider("RCX")
	if w.Level != regime.RiskSummitLevel || w.Case != "K7QM-3XRD" || s.owes(DutyLevelReview, "RCX") != nil {
		t.Fatalf("%+v", w)
	}
	s.refused("", regimetest.Nhse, &AgreeLevel{Provider: "RCX", Level: regime.RoutineLevel, Reason: "x"}).
		refused("", regimetest.Nhse, &AgreeLevel{Provider: "RGP", Level: regime.RiskSummitLevel, Reason: "x"}).
		at("2013-04-05 09:00").
		by(regimetest.Nhse, &NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Responding}).
		by(regimetest.Nhse, &NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Judging,
			Since: regimetest.At("2013-04-03")}).
		saysIn("Later news had come before")
	if w.CaseStage != regime.Responding || len(w.History) != 2 {
		t.Fatalf("%+v", w)
	}
	if got := linesOf(s.item("enhanced")); !strings.Contains(got, "case K7QM-3XRD is open: response under way") {
		t.Fatal(got)
	}
	s.at("2013-09-02 09:00").by(regimetest.Nhse, &NoteCase{Case: "AAAA-BBBB", Provider: "RCX",
		Stage: regime.Closed, Level: "routine", Reason: "x"}).
		saysIn("Case K7QM-3XRD is open still").
		by(regimetest.Nhse, &NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Closed, Level: "enhanced",
			Reason: "watch staffing", Review: regimetest.At("2014-01-10")})
	if w.Level != regime.EnhancedLevel || w.Case != "" || s.g.Trend(w.Current()) != "down" ||
		!s.owes(DutyLevelReview, "RCX").Due.Equal(regimetest.At("2014-01-10")) {
		t.Fatalf("%+v", w)
	}
}

func TestR12_ACaseAboutAProviderFromElsewhereIsWatchedToo(t *testing.T) {
	s := group(t, "2013-04-01 09:00").
		refused("", "NHSCB/Q57", &NoteCase{Case: "K7QM-3XRD", Provider: "RDD", Stage: regime.Convening}).
		refused("R69", "CCG/99X", &NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Convening}).
		refused("", regimetest.Nhse, &NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Convening,
			Demonstration: true}).
		by("NHSCB/Q57", &NoteCase{Case: "K7QM-3XRD", Provider: "RDD", Stage: regime.Convening, Name: "Basildon",
			Type: regime.FoundationTrust, District: "Essex"})
	if w := s.g.provider("RDD"); w == nil || w.Level != regime.RiskSummitLevel || s.owes(DutyCoverage, "RDD") == nil {
		t.Fatalf("%+v", w)
	}
}

func TestFromConcernToCase(t *testing.T) {
	s := group(t, "2013-04-01 09:00").
		by("CQC", &RaiseConcern{Provider: "RCX", What: "a"}).by("LETB", &RaiseConcern{Provider: "RCX", What: "b"}).
		by("CCG/07J", &RaiseConcern{Provider: "RGP", What: "c"}).
		refused("", "CCG/07J", &LinkConcern{Concerns: "C9", Case: "K7QM-3XRD"}).
		refused("", "CCG/07J", &LinkConcern{Concerns: ",", Case: "K7QM-3XRD"}).
		by("CCG/07J", &LinkConcern{Concerns: "c1, c2", Case: "k7qm-3xrd"})
	if len(s.g.Together("RCX").Concerns) != 2 {
		t.Fatal("the number of a case of which the group has no news ends them")
	}
	s.by(regimetest.Nhse, &NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Convening})
	if s.g.Concerns[0].Case != "K7QM-3XRD" || s.g.Concerns[1].Case != "K7QM-3XRD" || s.g.Concerns[2].Case != "" {
		t.Fatalf("%+v", s.g.Concerns)
	}
	if len(s.g.Together("RCX").Concerns) != 0 {
		t.Fatal("the concerns are the case's now")
	}
}

func TestALocalReportTakesItsMatterFromTheRecordAndArrivesInTheRegion(t *testing.T) {
	s := group(t, "2013-04-01 09:00").
		by(regimetest.Nhse, &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel, Reason: "staffing"}).
		by(regimetest.Nhse, &NoteCase{Case: "K7QM-3XRD", Provider: "RGP", Stage: regime.Responding}).
		by(regimetest.Nhse, &ConsiderProvider{Provider: "RGQ", Outcome: EscalateToRegion}).
		refused("R73", "CQC", &ReportToRegion{}).at("2013-05-05 09:00").
		by(regimetest.Nhse, &ReportToRegion{Themes: "nights", Asks: "look at ambulances", Good: "shared rota"})
	r, ok := s.g.UnsentReport()
	if !ok || len(r.Providers) != 2 || r.Providers[0].Before != regime.RoutineLevel || r.Providers[1].Stage != regime.Responding ||
		len(r.Escalated) != 1 {
		t.Fatalf("%+v", r)
	}
	s.g.ReportHanded(r.N, s.now)
	if _, ok := s.g.UnsentReport(); ok {
		t.Fatal("it is handed over again and again")
	}
	s.at("2013-05-28 09:00").by(regimetest.Nhse, &AgreeLevel{Provider: "RCX", Level: regime.RoutineLevel,
		Reason: "better", Evidence: "the audit"}).by("CQC", &AgreeInGroup{Matter: "M1"}).
		at("2013-06-06 09:00").by(regimetest.Nhse, &ReportToRegion{})
	if r, _ := s.g.UnsentReport(); len(r.Providers) != 2 || r.Providers[0].Before != regime.EnhancedLevel ||
		r.Providers[1].Before != "" || len(r.Escalated) != 0 {
		t.Fatalf("%+v", r)
	}
	region := group(t, "2013-05-06 09:00", inRegion()).
		refused("R69", "GMC", &NoteReport{From: "Q56"}).
		by(regimetest.Nhse, &NoteReport{From: "Q56", Report: &r})
	if got := linesOf(region.item("reports")); !strings.Contains(got, "Q56, 5 May 2013: 2 providers above the routine "+
		"level, 1 open case; escalated: RGQ. Themes: nights. Asks: look at ambulances.") {
		t.Fatal(got)
	}
	if _, ok := region.g.UnsentReport(); ok {
		t.Fatal("the region hands on what it was given")
	}
	s.refused("", regimetest.Nhse, &NoteReport{From: "Q57"})
	region.refused("", "NHSCB/Y55", &ReportToRegion{})
	table := region.g.RegionalReport(region.g.Reports[0])
	if len(table.Rows) != 2 || len(table.Notes) != 3 || table.Rows[1][8] != "response under way" {
		t.Fatalf("%+v", table)
	}
}

func TestTheThreeLogsHaveARowForEachThingAndNoCellRunsInASpreadsheet(t *testing.T) {
	evil := "=HYPERLINK(\"http://x\",\"a\"), | <b>\n*bold*"
	s := group(t, "2013-04-01 09:00").at("2013-05-01 10:00").
		by("LETB", &RaiseConcern{Provider: "RCX", What: evil, Kind: regime.AboutTraining, Source: "whistleblower",
			Dimension: "safety", Service: "Ward 3", Confidential: true}).
		by("CQC", &RaiseConcern{Provider: "RCX", What: "-1 nurse"}).
		by(regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC"}, Considered: "RCX, RGP"}).
		by(regimetest.Nhse, &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel, Reason: "x"}).
		by(regimetest.Nhse, &ConsiderProvider{Provider: "RCX", Conclusion: "@ once", Outcome: "member-acts",
			Lead: "CQC"}).
		by(regimetest.Nhse, &ProposeGroupAction{Owner: "CQC", What: "\tlook",
			Due: regimetest.At("2013-06-01"), Provider: "RCX"}).
		by("CQC", &AcceptGroupAction{Action: "A2"}).
		by("CQC", &RedateGroupAction{Action: "A2", Due: regimetest.At("2013-07-01"), Reason: "staff"}).
		at("2013-07-02 10:00")
	log, actions := s.g.OutcomeLog(), s.g.ActionLog(s.now)
	if len(log.Rows) != 2 || len(actions.Rows) != 2 {
		t.Fatalf("%d and %d rows", len(log.Rows), len(actions.Rows))
	}
	column := func(t words.Table, row int, name string) string {
		for i, c := range t.Columns {
			if c == name {
				return t.Rows[row][i]
			}
		}
		return "no column " + name
	}
	for name, want := range map[string]string{
		"Group": "group-Q56", "Meeting": "1", "Date": "1 May 2013", "Provider": "RCX", "Dimensions": "safety",
		"Kinds": "training environment", "Source bodies": "a body not named; CQC", "Source kinds": "(protected)",
		"Corroborated by": "2 bodies", "Level": "enhanced", "Level before": "routine", "Trend": "up", "Lead": "CQC",
		"Outcome": "member acts", "Actions": "A1, A2", "Next review": calendar.Day(regimetest.At("2013-08-01")), "Confidential": "yes",
		"Site or service": "Ward 3",
	} {
		if got := column(log, 0, name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if got := column(log, 1, "Level") + column(log, 1, "Trend") + column(log, 1, "Level before"); got != "routinesame" {
		t.Errorf("a provider whose level never changed: %q", got)
	}
	s.by(regimetest.Nhse, &AgreeLevel{Provider: "RGP", Level: regime.EnhancedLevel, Reason: "x"})
	if got := column(s.g.OutcomeLog(), 1, "Level"); got != "routine" {
		t.Errorf("a later change is written into an earlier row: %q", got)
	}
	if got := column(actions, 1, "Status"); got != "overdue" {
		t.Errorf("status %q", got)
	}
	if got := column(actions, 1, "Dates before, with reasons"); got != "1 June 2013 (staff)" {
		t.Errorf("dates %q", got)
	}
	csv := log.CSV() + actions.CSV()
	for _, bad := range []string{",=", ",@", ",\"=", ",\"@", ",\t", ",\"\t", "\n=", "\n@"} {
		if strings.Contains(csv, bad) {
			t.Errorf("a spreadsheet would run %q: %s", bad, csv)
		}
	}
	if !strings.Contains(csv, "'@ once") || !strings.Contains(csv, "\"'\tlook\"") {
		t.Error(csv)
	}
	page := log.Markdown()
	if lines := strings.Split(strings.TrimSpace(page), "\n"); len(lines) != 6 ||
		strings.Contains(page, "<b>") || strings.Contains(page, "*bold*") && !strings.Contains(page, "\\*bold") {
		t.Error(page)
	}
}

func TestTheBoardOfAGroupHoldsNoWordThatAPersonWrote(t *testing.T) {
	s := group(t, "2013-04-01 09:00").by("CQC", &RaiseConcern{Provider: "RCX", What: "dreadful"}).meet().
		by(regimetest.Nhse, &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel, Reason: "dreadful"})
	b := s.g.Board(s.now)
	for _, want := range []string{"East Anglia", "meeting 2 is due Mon 3 Jun 2013 10:00", "4 providers watched, 1 at the enhanced",
		"open concerns about 1 provider", "considered in time",
		"recorded a level of surveillance: provider RCX, enhanced"} {
		if !strings.Contains(b, want) {
			t.Errorf("the board lacks %q: %s", want, b)
		}
	}
	if strings.Contains(b, "dreadful") || strings.Contains(b, "Queen") {
		t.Error(b)
	}
}

func TestR89_ANoteOfAClosedCaseLowersNoLevelPastTheEvidenceAndTheMembers(t *testing.T) {
	convening := NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Convening}
	closed := convening
	closed.Stage, closed.Level, closed.Reason = regime.Closed, regime.RoutineLevel, "safe now"
	s := group(t, "2013-04-01 09:00").by("CQC", &convening).at("2013-04-05 09:00")
	bare := closed
	bare.Reason = ""
	s.refused("R89", "CQC", &bare).by("CQC", &closed).saysIn("is to go from enhanced to routine (M1)")
	w := s.g.provider("RCX")
	if w.Level != regime.EnhancedLevel || w.Lowering == nil || s.g.Pending(ledger.ToLower, "RCX") == nil {
		t.Fatalf("%+v", w)
	}
	if alone := s.copied().at("2013-05-01 09:00"); alone.g.provider("RCX").Level != regime.EnhancedLevel {
		t.Error("one body alone has lowered it")
	}
	s.by("CCG/07K", &AgreeInGroup{Matter: "M1"}).at("2013-05-01 09:00")
	if c := s.g.provider("RCX").Current(); c.To != regime.RoutineLevel || !slices.Contains(c.Agreed, "CCG/07K") {
		t.Errorf("%+v", c)
	}
}

func TestR89_WhatACaseAgreedItselfHoldsAtOnceAndSaysByWhom(t *testing.T) {
	s := group(t, "2013-04-01 09:00").
		by(regimetest.Nhse, &NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Convening, Profile: "ENGLAND_2013"}).
		at("2013-04-05 09:00").
		refused("R89", "CQC", &NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Closed}).
		refused("R89", "CQC", &NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.UnderSurveillance})
	dead := s.copied().by(regimetest.Nhse, &NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Closed, Reason: "its server is lost"})
	if w := dead.g.provider("RCX"); w.Level != regime.EnhancedLevel || w.Case != "" {
		t.Errorf("%+v", w)
	}
	s.by(regimetest.Nhse, &NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Closed, Level: regime.RoutineLevel, Reason: "safe",
		Profile: "ENGLAND_2013", Agreed: &ledger.Agreement{Agreed: []regime.Party{"CQC", "CCG/07K"}, Evidence: "the audit"}})
	if c := s.g.provider("RCX").Current(); c.To != regime.RoutineLevel || c.Evidence != "the audit" || len(c.Agreed) != 2 {
		t.Errorf("%+v", c)
	}
}

func TestR92_TheTimeToObjectBeginsWhenItIsRecordedAndNotWhenItWasAgreed(t *testing.T) {
	s := group(t, "2013-04-01 09:00").
		by(regimetest.Nhse, &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel, Reason: "staffing"}).at("2013-06-03 09:00").
		by("CQC", &AgreeLevel{Provider: "RCX", Level: regime.RoutineLevel, Reason: "better", Evidence: "the audit",
			At: regimetest.At("2013-04-08 09:00")}).
		by("CCG/07K", &AgreeInGroup{Matter: "M1"}).at("2013-06-03 10:00")
	if w := s.g.provider("RCX"); w.Level != regime.EnhancedLevel || !s.g.Agreement("M1").Until.After(regimetest.At("2013-06-09 09:00")) {
		t.Errorf("it has taken effect before anybody could object: %+v", s.g.Agreements)
	}
	if s.at("2013-07-01 09:00"); s.g.provider("RCX").Level != regime.RoutineLevel {
		t.Error("it never takes effect")
	}
}

func TestR139_ALevelIsOneOfTheProfilesAndNobodySetsALiveCases(t *testing.T) {
	s := group(t, "2013-05-01 09:00")
	s.refused("", "CQC", &AgreeLevel{Provider: "RCX", Level: "targeted-intervention", Reason: "x"}).
		refused("", "CQC", &AgreeLevel{Provider: "RCX", Level: regime.RiskSummitLevel, Reason: "x"}).
		refused("", "CQC", &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel, Service: "cancer", Reason: "x"})
	s.by("CQC", &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel, Reason: "x", Down: "two clean inspections"})
	if must := s.g.toComeDown(s.g.provider("RCX"), ""); must != " To come down must be shown: two clean inspections." {
		t.Errorf("what must be shown is not what was said: %q", must)
	}
}

func TestR92_OfALevelThatABodyLowersAloneAllMembersAreTold(t *testing.T) {
	s := group(t, "2013-05-01 09:00")
	set := func(from, to regime.SurveillanceLevel) {
		says := s.g.setAlone(s.g.provider("RCX"), "maternity", LevelChange{From: from, To: to, At: s.now, By: "CQC", Reason: "x", Evidence: "x",
			Review: regimetest.At("2013-08-01 09:00")}, ledger.Moment{Now: s.now, At: s.now, By: ledger.Actor{For: "CQC"}})
		if !strings.Contains(says, "to be reviewed by Thursday 1 August 2013") {
			t.Error(says)
		}
		s.g.pen.Flush(s.now)
	}
	set(regime.RoutineLevel, regime.EnhancedLevel)
	if to := s.mailed("N51", ""); len(to) > 0 {
		t.Errorf("a higher level: %v", to)
	}
	set(regime.EnhancedLevel, regime.RoutineLevel)
	if to := s.mailed("N51", "CQC has set a lower surveillance level"); len(to) != len(s.g.Members) {
		t.Errorf("told: %v", to)
	}
}
