package regime

import (
	"slices"
	"strings"
	"testing"
)

// storied is a group of which much is known on 20 May 2013: it has met once.
func storied(t *testing.T) *groupScript {
	raise := func(a RaiseConcern) *RaiseConcern { a.What = "words on " + a.What; return &a }
	return group(t, "2013-04-01 09:00").
		by("CCG/07J", raise(RaiseConcern{Provider: "RGP", What: "falls", Kind: AboutAdults})).
		by(nhse, &ScheduleGroupMeeting{At: at("2013-05-02 10:00"), Place: "Cambridge", Chair: "CCG/07K"}).
		at("2013-05-02 10:30").
		by("CCG/07K", &HoldGroupMeeting{Present: []Party{"CQC", "LETB/Q56"}, Considered: "RGP"}).
		by("CQC", &AgreeLevel{Provider: "RGP", Level: EnhancedLevel, Reason: "two inspections",
			Evidence: "the reports", Agreed: []Party{"CQC", "CCG/07J"}, Dissent: []Party{"LETB/Q56"},
			Review: at("2013-05-30 17:00")}).
		by(nhse, &ConsiderProvider{Provider: "RGQ", Outcome: EscalateToRegion}).
		by(nhse, &ConsiderProvider{Provider: "RY3", Outcome: TriggerSummit}).
		at("2013-05-10 09:00").
		by(nhse, &ScheduleGroupMeeting{At: at("2013-06-03 10:00"), Place: "Norwich", Theme: "night staffing"}).
		by("CQC", raise(RaiseConcern{Provider: "RGP", What: "rotas", Kind: AboutTraining})).
		by("LETB", raise(RaiseConcern{Provider: "RCX", What: "rotas", Kind: AboutTraining, Confidential: true})).
		by("LA_COMM", raise(RaiseConcern{Provider: "RXX", ProviderName: "A home", What: "bruises",
			Kind: AboutChildren, Urgent: true})).
		by("MONITOR", raise(RaiseConcern{Provider: "RYY", What: "letters"})).
		by("CQC", &SendPack{What: "nothing new", Where: "the portal"}).
		by("CCG/07J", &ProposeGroupAction{Owner: "CQC", What: "say when", Due: at("2013-05-15 17:00")}).
		by("CQC", &AcceptGroupAction{Action: "A1"}).
		by("CCG/07J", &ProposeGroupAction{Owner: "MONITOR", What: "ask", Due: at("2013-05-15 17:00")}).
		by("CCG/07J", &ProposeGroupAction{Owner: "CCG/07K", What: "look", Due: at("2013-07-15 17:00")}).
		by("CCG/07K", &DeclineGroupAction{Action: "A3", Reason: "x"}).
		by("CCG/07J", &NoteCase{Case: "K7QM-3XRD", Provider: "RGQ", Stage: Responding, Measures: MeasuresInForce}).
		by("MONITOR", &LeaveGroup{Reason: "x"}).
		at("2013-05-20 10:00")
}

func TestR76_TheAgendaHoldsAllThatTheRecordHasAndNothingElse(t *testing.T) {
	s := storied(t)
	sameText(t, s.g.AgendaMarkdown(s.now), "group/agenda.md")
	if got := s.g.ToConsider(s.now); !slices.Equal(got, []string{"RXX", "RGP", "RGQ", "RCX", "RY3", "RYY"}) {
		t.Errorf("to be considered: %v", got)
	}
}

func TestTheBoardOfAGroupSaysWhoOwesWhatAndWhatHappenedLast(t *testing.T) {
	s := storied(t)
	sameText(t, s.g.Board(s.now)+"\n", "group/board.md")
	s.g.Demonstration = true
	if got := s.g.Board(s.now); !strings.Contains(got, "\n**Demonstration: not a real group.") {
		t.Error(got)
	}
	s.g.Demonstration, s.g.Watched = false, nil
	for range 20 {
		s.g.owe(owed{kind: DutyLevelReview, owner: nhse, subject: itoa(s.g.serial()), start: s.now})
	}
	open, board := len(s.g.OpenDuties()), s.g.Board(s.now)
	if !strings.Contains(board, "| and "+itoa(open-12)+" more |") || strings.Count(board, "\n| ") != 1+12+1 {
		t.Errorf("%d open:\n%s", open, board)
	}
}

// sameText compares a text for people with the one in testdata, which was read and found right.
func sameText(t *testing.T, got, file string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(read(t, "testdata/"+file), "\n")
	for i := range max(len(g), len(w)) {
		if i >= len(g) || i >= len(w) || g[i] != w[i] {
			t.Fatalf("line %d of %d differs from that of %d, in\n%s", i+1, len(g), len(w), got)
		}
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
	sameText(t, strings.Join(got, "\n\n")+"\n", "group/why.txt")
}
