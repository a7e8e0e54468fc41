package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// actionIn is an action of Monitor's in each state, with the case that it stands in.
func actionIn(t *testing.T) map[regime.ActionStatus]*script {
	proposed := func() *script { return settled(t).by("CCG", propose("MONITOR")) }
	accepted := func() *script { return proposed().by("MONITOR", &AcceptAction{Action: "A1"}) }
	return map[regime.ActionStatus]*script{
		regime.ActionProposed:  proposed(),
		regime.ActionAccepted:  accepted(),
		regime.ActionDeclined:  proposed().by("MONITOR", &DeclineAction{Action: "A1", Reason: "x"}),
		regime.ActionDone:      accepted().by("MONITOR", &CompleteAction{Action: "A1", Evidence: "x"}),
		regime.ActionWithdrawn: proposed().by("CCG", &WithdrawAction{Action: "A1", Reason: "x"}),
		regime.ActionTransferred: accepted().by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"}).
			by("MONITOR", &TransferAction{Action: "A1", Reason: "x"}),
	}
}

// What may be done with an action follows from its state alone: the owner accepts, completes
// and moves; the proposer withdraws until it is accepted.
func TestT10_R1_EachStateOfAnActionTakesWhatItTakesAndNothingElse(t *testing.T) {
	taken := map[regime.ActionStatus]string{regime.ActionProposed: "accept decline",
		regime.ActionAccepted: "done redate withdraw transfer"}
	acts := map[string]Act{
		"accept": &AcceptAction{Action: "A1"}, "decline": &DeclineAction{Action: "A1", Reason: "x"},
		"done":     &CompleteAction{Action: "A1", Evidence: "x"},
		"redate":   &RedateAction{Action: "A1", Due: regimetest.At("2014-02-01"), Reason: "x"},
		"withdraw": &WithdrawAction{Action: "A1", Reason: "x"},
		"transfer": &TransferAction{Action: "A1", Reason: "x"},
	}
	for status, s := range actionIn(t) {
		if s.c.Actions[0].Status != status {
			t.Fatalf("%+v is not %s", s.c.Actions[0], status)
		}
		if e := s.c.episode(); e == nil {
			s.by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"})
		}
		for name, act := range acts {
			want := ""
			if !strings.Contains(taken[status], name) {
				want = "T10: "
			}
			tryAll(t, trial{s, "MONITOR", act, want})
		}
		byProposer := "R1: "
		if status == regime.ActionProposed {
			byProposer = ""
		}
		tryAll(t, trial{s, "CCG/07J", acts["withdraw"], byProposer})
	}
	none := responding(t, kingsLynn).by(regimetest.Nhse, propose("MONITOR"))
	for _, act := range acts {
		tryAll(t, trial{none, "CQC", act, "R1: "})
	}
	tryAll(t, trial{none, "MONITOR", &AcceptAction{Action: "A2"}, "there is no action"})
}

func TestR37_S2x4_WhatIsOwedOverAnActionEndsWithItsStateAndOnlySettledOnesLetACaseClose(t *testing.T) {
	for status, s := range actionIn(t) {
		answer, do := s.c.Duty(DutyAnswerAction, "A1"), s.c.Duty(DutyDoAction, "A1")
		if (answer != nil) != (status == regime.ActionProposed) || (do != nil) != (status == regime.ActionAccepted) {
			t.Errorf("%s: to be answered %v, to be done %v", status, answer, do)
		}
		way := strings.Join(s.c.StandingInTheWay(), "; ")
		if settled := status != regime.ActionProposed && status != regime.ActionAccepted; settled == strings.Contains(way, "action A1") {
			t.Errorf("%s: in the way stands %q", status, way)
		}
	}
}

func TestR36_R39_AnActionThatWasDeclinedServesNoAimAndSupportsNobody(t *testing.T) {
	a := propose("MONITOR")
	a.Staff = true
	s := responding(t, kingsLynn).by("CCG", a)
	says := func(s *script) string {
		return lastSaid(s.copied().by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}, Record: "x"}))
	}
	if got := says(s); strings.Contains(got, "safeguard patients") || strings.Contains(got, "R39") ||
		!strings.Contains(got, "continue services and secure improvement (R36)") {
		t.Errorf("proposed: %s", got)
	}
	got := says(s.by("MONITOR", &DeclineAction{Action: "A1", Reason: "x"}))
	if !strings.Contains(got, "safeguard patients") ||
		!strings.Contains(got, "No action supports staff yet (R39)") {
		t.Errorf("declined: %s", got)
	}
}

func TestR37_AnUrgentActionIsAnotherDutyAndMovesAsOne(t *testing.T) {
	a := propose("MONITOR")
	a.Urgent = true
	s := responding(t, kingsLynn).by("CCG", a).by("MONITOR", &AcceptAction{Action: "A1"})
	if d := s.c.Duty(DutyDoUrgentAction, "A1"); d == nil || s.c.Duty(DutyDoAction, "A1") != nil {
		t.Fatalf("%+v", d)
	}
	moved := regimetest.At("2013-10-01 09:00")
	s.by("MONITOR", &RedateAction{Action: "A1", Due: moved, Reason: "x"})
	if d := s.duty(DutyDoUrgentAction, "A1"); !d.Due.Equal(moved) {
		t.Fatalf("%+v", d)
	}
	s.by("MONITOR", &CompleteAction{Action: "A1", Evidence: "x"})
	if d := s.duty(DutyDoUrgentAction, "A1"); d.End != ledger.EndDone {
		t.Fatalf("%+v", d)
	}
}

func TestR1_T10_AnActionIsItsOwnersFromProposalToEnd(t *testing.T) {
	due := regimetest.At("2013-10-01 09:00")
	begun := func() *script { return responding(t, kingsLynn).by("CQC", propose("MONITOR")) }
	action := func(s *script) ResponseAction { return s.c.Actions[0] }
	s := begun().refused("R1", regimetest.Nhse, &WithdrawAction{Action: "A1", Reason: "x"})
	s.copied().by("CQC", &WithdrawAction{Action: "A1", Reason: "x"}).refused("", "CQC",
		&WithdrawAction{Action: "A9", Reason: "x"})
	s.by("MONITOR", &DeclineAction{Action: "A1", Reason: "why"})
	if a := action(s); a.Status != regime.ActionDeclined || a.Why != "why" || s.duty(DutyAnswerAction, "A1").Open() {
		t.Fatalf("%+v", a)
	}
	s = begun().by("MONITOR", &AcceptAction{Action: "A1", Due: due})
	s.refused("R1", "CQC", &WithdrawAction{Action: "A1", Reason: "x"}).
		refused("R1", "CQC", &RedateAction{Action: "A1", Due: due.AddDate(0, 1, 0), Reason: "x"}).
		refused("", "MONITOR", &RedateAction{Action: "A1", Due: s.now, Reason: "x"}).
		refused("2.4", "MONITOR", &TransferAction{Action: "A1", Reason: "x"}).
		by("MONITOR", &RedateAction{Action: "A1", Due: due.AddDate(0, 1, 0), Reason: "late board"})
	if a := action(s); !a.Due.Equal(due.AddDate(0, 1, 0)) || len(a.Dates) != 1 || !a.Dates[0].From.Equal(due) {
		t.Fatalf("%+v", a)
	}
	done := s.copied().by("MONITOR", &CompleteAction{Action: "A1", Evidence: "see"})
	if a := action(done); a.Status != regime.ActionDone || a.Evidence != "see" || strings.Contains(lastSaid(done), "late") {
		t.Fatalf("%+v: %s", a, lastSaid(done))
	}
	late := s.copied().at("2013-11-20").by("MONITOR", &CompleteAction{Action: "A1", Evidence: "see"})
	if !strings.Contains(lastSaid(late), ", late") {
		t.Fatal(lastSaid(late))
	}
	s.by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"}).
		by("MONITOR", &TransferAction{Action: "A1", Reason: "the plan"})
	if a := action(s); a.Status != regime.ActionTransferred || s.duty(DutyDoAction, "A1").Open() {
		t.Fatalf("%+v", a)
	}
	for _, owner := range []regime.Party{"QSG_LOCAL", "QSG_REGIONAL"} {
		s.refused("R68", regimetest.Nhse, propose(owner))
	}
	s.refused("", regimetest.Nhse, propose("NOBODY"))
}
