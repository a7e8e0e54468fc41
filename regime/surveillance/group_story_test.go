package surveillance

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// storied is a group of which much is known on 20 May 2013: it has met once.
func storied(t *testing.T) *groupScript {
	raise := func(a RaiseConcern) *RaiseConcern { a.What = "words on " + a.What; return &a }
	return group(t, "2013-04-01 09:00").
		by("CCG/07J", raise(RaiseConcern{Provider: "RGP", What: "falls", Kind: regime.AboutAdults})).
		by(regimetest.Nhse, &ScheduleGroupMeeting{At: regimetest.At("2013-05-02 10:00"), Place: "Cambridge",
			Chair: "CCG/07K"}).
		at("2013-05-02 10:30").
		by("CCG/07K", &HoldGroupMeeting{Present: []regime.Party{"CQC", "LETB/Q56"}, Considered: "RGP"}).
		by("CQC", &AgreeLevel{Provider: "RGP", Level: regime.EnhancedLevel, Reason: "two inspections",
			Evidence: "the reports", Agreed: []regime.Party{"CQC", "CCG/07J"}, Dissent: []regime.Party{"LETB/Q56"},
			Review: regimetest.At("2013-05-30 17:00")}).
		by(regimetest.Nhse, &ConsiderProvider{Provider: "RGQ", Outcome: EscalateToRegion}).
		by(regimetest.Nhse, &ConsiderProvider{Provider: "RY3", Outcome: TriggerSummit}).
		at("2013-05-10 09:00").
		by(regimetest.Nhse, &ScheduleGroupMeeting{At: regimetest.At("2013-06-03 10:00"), Place: "Norwich",
			Theme: "night staffing"}).
		by("CQC", raise(RaiseConcern{Provider: "RGP", What: "rotas", Kind: regime.AboutTraining})).
		by("LETB", raise(RaiseConcern{Provider: "RCX", What: "rotas", Kind: regime.AboutTraining,
			Confidential: true})).
		by("LA_COMM", raise(RaiseConcern{Provider: "RXX", ProviderName: "A home", What: "bruises",
			Kind: regime.AboutChildren, Urgent: true})).
		by("MONITOR", raise(RaiseConcern{Provider: "RYY", What: "letters"})).
		by("CQC", &SendPack{What: "nothing new", Where: "the portal"}).
		by("CCG/07J", &ProposeGroupAction{Owner: "CQC", What: "say when", Due: regimetest.At("2013-05-15 17:00")}).
		by("CQC", &AcceptGroupAction{Action: "A1"}).
		by("CCG/07J", &ProposeGroupAction{Owner: "MONITOR", What: "ask", Due: regimetest.At("2013-05-15 17:00")}).
		by("CCG/07J", &ProposeGroupAction{Owner: "CCG/07K", What: "look", Due: regimetest.At("2013-07-15 17:00")}).
		by("CCG/07K", &DeclineGroupAction{Action: "A3", Reason: "x"}).
		by("CCG/07J", &NoteCase{Case: "K7QM-3XRD", Provider: "RGQ", Stage: regime.Responding,
			Measures: regime.MeasuresInForce}).
		by("MONITOR", &LeaveGroup{Reason: "x"}).
		at("2013-05-20 10:00")
}

func TestR76_TheAgendaHoldsAllThatTheRecordHasAndNothingElse(t *testing.T) {
	s := storied(t)
	regimetest.SameText(t, s.g.AgendaMarkdown(s.now), "group/agenda.md")
	if got := s.g.ToConsider(s.now); !slices.Equal(got,
		[]string{"RXX", "RGP", "RGQ", "RCX", "RY3", "RYY"}) {
		t.Errorf("to be considered: %v", got)
	}
}

func TestTheBoardOfAGroupSaysWhoOwesWhatAndWhatHappenedLast(t *testing.T) {
	s := storied(t)
	regimetest.SameText(t, s.g.Board(s.now)+"\n", "group/board.md")
	s.g.Demonstration = true
	if got := s.g.Board(s.now); !strings.Contains(got, "\n**Demonstration: not a real group.") {
		t.Error(got)
	}
	entries := s.g.Entries
	s.g.Entries = nil
	if got := s.g.Board(s.now); !strings.HasSuffix(got, "**What happened last**\n\nNothing yet: nobody has done anything, and no time has run out.") {
		t.Error(got)
	}
	s.g.Entries = entries
	s.g.Demonstration, s.g.Watched = false, nil
	alike := func(times int, apart time.Duration) {
		for i := range times {
			s.g.pen.OpenDuty(ledger.DutySpec{Kind: DutyLevelReview, Owner: regimetest.Nhse,
				Subject: strconv.Itoa(s.g.pen.NextSerial()), Start: s.now.Add(time.Duration(i+1) * apart)})
		}
	}
	before := strings.Count(s.g.Board(s.now), "\n| ")
	alike(5, 0)
	if got := s.g.Board(s.now); !strings.Contains(got, ", and 4 more of this kind |") || strings.Count(got, "\n| ") != before+1 {
		t.Errorf("five of one kind by one time are not in one line:\n%s", got)
	}
	alike(20, 24*time.Hour)
	open, board := len(s.g.OpenDuties())-4, s.g.Board(s.now)
	if !strings.Contains(board, "| and "+strconv.Itoa(open-12)+" more |") ||
		strings.Count(board, "\n| ") != 1+12+1 {
		t.Errorf("%d open:\n%s", open, board)
	}
}

func TestAGroupExplainsHowCloselyAProviderIsWatchedAndWhoSitsAtItsTable(t *testing.T) {
	s := storied(t)
	var got []string
	for _, what := range strings.Fields("RGP RGQ RCX CQC LETB/Q56 MONITOR TDA GMC NHSCB/Q56 R74") {
		e, err := s.g.Why(what)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, "# "+what+"\n"+e.Title)
		for _, p := range e.Points {
			got[len(got)-1] += "\n" + p.On + ": " + p.Says
		}
	}
	regimetest.SameText(t, strings.Join(got, "\n\n")+"\n", "group/why.txt")
}

// toldOn is what came of it: the group meets, settles, reports and changes its ways.
func toldOn(t *testing.T) *groupScript {
	propose := func(owner regime.Party, what string) *ProposeGroupAction {
		return &ProposeGroupAction{Owner: owner, What: what, Due: regimetest.At("2013-07-15 17:00"),
			Provider: "RGP", Case: "K1"}
	}
	s := storied(t).
		by("GMC", &RaiseConcern{Provider: "RGP", What: "supervision.", Source: "inspection",
			Dimension: "safety",
			Service:   "theatres"}).
		by("CQC", &RaiseConcern{Provider: "RGP", What: "mortality", Source: "inspection",
			Dimension: "safety"}).
		by("LETB", &RaiseConcern{Provider: "RGP", What: "nights", Source: "whistleblower",
			Confidential: true}).
		by(regimetest.Nhse, &RecordGroupMeeting{Record: "the first record."}).
		by("CCG/07J", propose("CQC", "inspect")).by("CQC",
		&AcceptGroupAction{Action: "A4", Due: regimetest.At("2013-06-14 17:00")}).
		by("CQC", &RedateGroupAction{Action: "A4", Due: regimetest.At("2013-06-28 17:00"),
			Reason: "the team is away"}).
		by("CQC", propose("CQC", "write")).by("CQC", &CompleteGroupAction{Action: "A5", Evidence: "the letter"}).
		by("CQC", propose("LETB/Q56", "visit")).by("CQC",
		&WithdrawGroupAction{Action: "A6", Reason: "seen to"}).
		by("CQC", &CompleteGroupAction{Action: "A1", Evidence: "the letter of 19 May"}).
		by("CQC", &TellProvider{Provider: "RGP", At: regimetest.At("2013-05-11 12:00")}).
		at("2013-06-04 15:00").
		by("CCG/07K", &HoldGroupMeeting{Present: []regime.Party{"CQC", "CCG/07J", "CQC"},
			Considered: "AGENDA, RGP",
			Record:     "what was said.", Held: regimetest.At("2013-06-04 10:00"), Next: regimetest.At("2013-07-09 10:00")}).
		by("CQC", &AgreeLevel{Provider: "RGP", Level: regime.EnhancedLevel, Reason: "no change yet"}).
		by("CQC", &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel, Reason: "nights", Lead: "LETB/Q56",
			Dissent: []regime.Party{"CCG/07J"}}).
		by("CQC", &ConsiderProvider{Provider: "RGP", Outcome: WatchEnhanced,
			Conclusion: "staffing is the matter",
			Lead:       "CCG/07J"}).
		by("CQC", &SetConcernsAside{Concerns: "C2, C5", Reason: "the staffing of both is looked at together",
			At: regimetest.At("2013-06-04 12:00")}).
		by("CQC", &ConsiderProvider{Provider: "RY3", Outcome: EscalateNationally}).
		by(regimetest.Nhse, &NoteCase{Case: "K7QM-3XRD", Provider: "RGQ", Stage: regime.Convening,
			Since: regimetest.At("2013-05-01 09:00")}).
		by(regimetest.Nhse, &NoteCase{Case: "OTHER", Provider: "RGQ", Stage: regime.Closed}).
		by(regimetest.Nhse, &NoteCase{Case: "NEW", Provider: "RHH", Stage: regime.UnderSurveillance, Name: "Another",
			Type: regime.NHSTrust}).
		by("CQC", &LinkConcern{Concerns: "c5, C6", Case: "k7qm"}).
		by(regimetest.Nhse, &ReportToRegion{Themes: "night staffing", Asks: "look across", Good: "a rota that works"})
	return s.at("2013-06-20 10:00").
		by(regimetest.Nhse, &NoteCase{Case: "K7QM-3XRD", Provider: "RGQ", Stage: regime.Closed, Level: regime.RoutineLevel,
			Reason: "safe now"}).
		by(regimetest.Nhse, &NoteCase{Case: "NEW", Provider: "RHH", Stage: regime.Closed,
			Review: regimetest.At("2013-06-20 10:00")}).
		by(regimetest.Nhse, &ReportToRegion{}).
		by("CQC", &AgreeLevel{Provider: "RGP", Level: regime.RoutineLevel, Reason: "better", Evidence: "the audit of June",
			Review: regimetest.At("2013-12-01 17:00")}).
		by(regimetest.Nhse, &SetGroupInterval{Interval: toPeriod("2mo"), Coverage: toPeriod("8mo"),
			Rotation: regime.ByDistrict, Reason: "size"}).
		by("CCG/07J", &AgreeInGroup{Matter: "M6"}).
		by(regimetest.Nhse, &SayWhyNoSummit{Provider: "RY3", Reason: "it has moved away"}).
		by("CQC", &StopWatching{Provider: "RY3", Reason: "moved away"}).
		by("CQC", &WatchProvider{Provider: "RII", Name: "A third", Type: regime.NHSTrust, District: "Suffolk"}).
		by("SAB", &JoinGroup{}).by("SAB", &LeaveGroup{}).by("LETB", &LeaveGroup{Reason: "no staff"}).
		by("CQC", &AddGroupNote{Text: "the third of May was meant", Corrects: 3}).
		by("CQC", &AddGroupNote{Text: "filed"})
}

func TestR77_TheRecordOfAGroupSaysWhatEachDid(t *testing.T) {
	s := toldOn(t)
	var got []string
	for _, e := range s.g.Entries {
		head := strconv.Itoa(e.N) + " " + calendar.Short(e.At) + ", " + e.Verb
		if e.Verb != ledger.ByClock {
			head += " by " + s.g.Name(e.By.For)
		}
		got = append(got, head+"\n"+e.Text)
	}
	regimetest.SameText(t, strings.Join(got, "\n\n")+"\n", "group/chronology.txt")
}

func TestR76_TheLogsAndTheReportOfAGroupHoldWhatTheRecordHas(t *testing.T) {
	s := toldOn(t)
	got := s.g.OutcomeLog().CSV() + "\n" + s.g.ActionLog(s.now).CSV()
	for _, r := range s.g.Reports {
		table := s.g.RegionalReport(r)
		got += "\n" + table.Title + "\n" + table.CSV() + strings.Join(table.Notes, "\n") + "\n"
	}
	regimetest.SameText(t, got, "group/logs.txt")
}
