package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// settled is a case of failure in which all is answered and nothing is done.
func settled(t *testing.T) *script {
	return responding(t, kingsLynn).by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC", "CCG", "MONITOR"}, Record: "x"}).
		by(regimetest.Nhse, &AnswerStandards{Answer: "no", Reason: "x"}).
		by(regimetest.Nhse, &AnswerPublic{Answer: "no", Reason: "x"}).
		by(regimetest.Nhse, &SendLetter{}).by(regimetest.Nhse, &SetLevel{Level: "enhanced", Reason: "x"})
}

func acts(answer YesNo, reason string) *AnswerActing {
	return &AnswerActing{Answer: answer, Reason: reason}
}

func TestR93_WhoIsNamedAsTheOneWhoActsIsToldAndOwesItsAnswer(t *testing.T) {
	for what, name := range map[string]func(*script) *script{
		"an answer to a breach": func(s *script) *script {
			return s.by("CQC", &JudgeBreach{Value: BreachSignificant}).
				by("CQC", &AnswerBreach{Reason: "its licence", Acts: []regime.Party{"MONITOR"}})
		},
		"who is best placed": func(s *script) *script {
			return s.by("MONITOR", &ConsiderBestPlaced{Answer: "itself", Reason: "x"})
		},
		"a declined action": func(s *script) *script {
			return s.by(regimetest.Nhse, propose("CQC")).
				by("CQC", &DeclineAction{Action: "A1", Reason: "x", Acts: []regime.Party{"MONITOR"}})
		},
		"a question": func(s *script) *script {
			return s.by("CCG", &AskWhoActs{Who: []regime.Party{"MONITOR"}})
		},
	} {
		s := name(responding(t, kingsLynn))
		d := s.duty(DutyAnswerActing, "|MONITOR")
		if !d.Open() || d.Owner != "MONITOR" || !d.Due.Equal(s.now.AddDate(0, 0, 1)) {
			t.Errorf("%s: %+v", what, d)
		}
		if got := s.told("N54"); what != "who is best placed" && (len(got) != 1 || !strings.HasSuffix(got[0], ": MONITOR duty")) {
			t.Errorf("%s: told %v", what, got)
		}
		if d := s.by("MONITOR", acts("no", "CQC has the tool")).duty(DutyAnswerActing, "|MONITOR"); d.End != ledger.EndDone {
			t.Errorf("%s: %+v", what, d)
		}
	}
	declined := open(t, kingsLynn, "2013-10-01 10:00").by("CQC", &RecommendMeasures{Reason: "x"}).
		by("MONITOR", &DecideMeasures{Outcome: Decline, Reason: "x", Acts: []regime.Party{"CQC"}})
	if d := declined.duty(DutyAnswerActing, "|CQC"); !d.Open() {
		t.Errorf("declining special measures: %+v", d)
	}
}

func TestR93_WhoActsSaysByWhenAndThatIsAnActionOfItsOwn(t *testing.T) {
	s := responding(t, kingsLynn).by("CQC", &AskWhoActs{Who: []regime.Party{"MONITOR"}}).
		by("MONITOR", &AnswerActing{Answer: "yes", What: "a new board plan", Due: regimetest.At("2013-10-01 17:00")})
	a := s.c.Actions[0]
	if a.Owner != "MONITOR" || a.Status != regime.ActionAccepted || a.Aim != SafeguardPatients ||
		!s.duty(DutyDoAction, "A1").Due.Equal(a.Due) {
		t.Fatalf("%+v", a)
	}
	s.by("MONITOR", &CompleteAction{Action: "A1", Evidence: "the plan"})
	used := responding(t, kingsLynn).by("MONITOR", &UsePower{Power: "P-MON-3"}).by("CQC", &UsePower{Power: "P-CQC-7"})
	tryAll(t,
		trial{used, "MONITOR", &AnswerActing{Answer: "yes", Use: "U1"}, ""},
		trial{used, "MONITOR", &AnswerActing{Answer: "yes", Use: "U9"}, "there is no use"},
		trial{used, "CQC", &AnswerActing{Answer: "yes", Use: "U1"}, "R1: "},
		trial{used, "CQC", &AnswerActing{Answer: "yes", Use: "U2"}, "R93: "},
		trial{used, "MONITOR", &AnswerActing{Answer: "yes"}, "--what and --due"},
		trial{used, "MONITOR", &AnswerActing{Answer: "yes", What: "x", Use: "U1"}, "in place of"},
		trial{used, "MONITOR", &AnswerActing{Answer: "no"}, "--reason is missing"},
		trial{used, "MONITOR", &AnswerActing{Answer: "no", Reason: "x", What: "x"}, "belong to --answer yes"},
		trial{used, "NMC", acts("no", "x"), "R93: "},
		trial{used, "NMC", &AskWhoActs{Who: []regime.Party{"CQC"}}, "R15: "},
		trial{used, "PROVIDER", &AskWhoActs{Who: []regime.Party{"CQC"}}, ""},
		trial{used, "CQC", &AskWhoActs{Who: []regime.Party{"QSG_LOCAL"}}, "R68: "},
		trial{used, "CQC", &AskWhoActs{Who: []regime.Party{"CQC"}}, "for other bodies"},
		trial{used, "CQC", &AskWhoActs{Who: []regime.Party{"MONITOR", "MONITOR"}}, "twice"},
		trial{used, "MONITOR", &ConsiderBestPlaced{Answer: "another-body", Reason: "x"}, "--with is missing"},
		trial{used, "MONITOR", &ConsiderBestPlaced{Answer: "jointly", Reason: "x", With: []regime.Party{"MONITOR"}}, "for other bodies"},
	)
	recommended := open(t, kingsLynn, "2013-10-01 10:00").by("CQC", &RecommendMeasures{Reason: "x"})
	tryAll(t, trial{recommended, "MONITOR", &DecideMeasures{Outcome: Place, Reason: "x", Acts: []regime.Party{"CQC"}}, "--acts belongs"},
		trial{recommended, "MONITOR", &DecideMeasures{Outcome: Decline, Reason: "x", Acts: []regime.Party{"MONITOR"}}, "for other bodies"})
}

// Who has acted has answered by that: it is told, and owes nothing more.
func TestR93_WhoHasActedAlreadyIsToldAndOwesNoAnswer(t *testing.T) {
	s := responding(t, kingsLynn).by("CQC", &UsePower{Power: "P-CQC-1"}).
		by("MONITOR", &ConsiderBestPlaced{Answer: "others-already-act", With: []regime.Party{"CQC"}, Reason: "x"})
	if len(s.told("N54")) != 1 || s.c.Duty(DutyAnswerActing, "|CQC") != nil {
		t.Fatalf("told %v", s.told("N54"))
	}
}

func TestR94_AsLongAsNobodyActsTheBoardTheDigestAndEachMeetingSaySo(t *testing.T) {
	const says = "obody acts yet"
	s := responding(t, kingsLynn)
	told := func(kind regime.NoticeKind) string {
		last := ledger.Notice{}
		for _, n := range s.c.Notices {
			if n.Kind == kind {
				last = n
			}
		}
		return last.Text + strings.Join(last.Items, " ")
	}
	look := func(want bool) {
		t.Helper()
		s.by(regimetest.Nhse, &ScheduleMeeting{At: s.now.AddDate(0, 0, 2)})
		invitation := told("N16")
		s.until(s.now.AddDate(0, 0, 2))
		s.by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC", "CCG", "MONITOR"}})
		entry := s.said()
		s.by(regimetest.Nhse, &RecordMeeting{Record: "x"})
		for what, text := range map[string]string{"board": s.c.Board(s.now), "invitation": invitation, "entry": entry,
			"meeting": s.c.Meetings[len(s.c.Meetings)-1].Nobody, "its record": told("N16")} {
			if strings.Contains(text, says) != want {
				t.Errorf("%s %s, want %v: %s", s.now, what, want, text)
			}
		}
	}
	look(true)
	s.at("2013-09-16 08:00")
	if !strings.Contains(told("N44"), says) || strings.Count(strings.Join(s.told("N44"), ";"), "Mon 16 Sep") != len(s.c.Members) {
		t.Errorf("the digest: %s", told("N44"))
	}
	s.by("CQC", &UsePower{Power: "P-CQC-7"}).by(regimetest.Nhse, propose("MONITOR"))
	look(true) // to inspect, or to propose, is not to act
	s.by("MONITOR", &AcceptAction{Action: "A1"})
	look(false)
	s.at("2013-09-23 08:00")
	if strings.Contains(told("N44"), says) {
		t.Errorf("the digest: %s", told("N44"))
	}
}

func TestR94_WhatCountsAsActing(t *testing.T) {
	for what, act := range map[string]func(*script) *script{
		"a power":          func(s *script) *script { return s.by("CCG", &UsePower{Power: "P-COM-1"}) },
		"special measures": func(s *script) *script { return s.by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"}) },
		"a warning":        func(s *script) *script { return s.by("CQC", warn()) },
		"administration":   func(s *script) *script { return s.by("MONITOR", &OrderAdministration{Reason: "x"}) },
		"the provider":     func(s *script) *script { return s.by("PROVIDER", &UsePower{Power: "P-PROV-1"}) },
	} {
		if s := act(settled(t)); s.c.nobodyActs() != "" {
			t.Errorf("%s: %s", what, s.c.nobodyActs())
		}
	}
	for what, not := range map[string]func(*script) *script{
		"an inspection":    func(s *script) *script { return s.by("CQC", &UsePower{Power: "P-CQC-7"}) },
		"a recommendation": func(s *script) *script { return s.by("CQC", &RecommendMeasures{Reason: "x"}) },
		"an intention":     func(s *script) *script { return s.by("CQC", &IntendPower{Power: "P-CQC-5"}) },
		"a notice withdrawn": func(s *script) *script {
			return s.by("CQC", &UsePower{Power: "P-CQC-5"}).by("CQC", &DecidePower{Use: "U1", Outcome: Withdraw, Reason: "x"})
		},
		"an action withdrawn": func(s *script) *script {
			return s.by(regimetest.Nhse, propose("CQC")).by(regimetest.Nhse, &WithdrawAction{Action: "A1", Reason: "x"})
		},
	} {
		if s := not(settled(t)); s.c.nobodyActs() == "" {
			t.Errorf("%s counts as acting", what)
		}
	}
	for _, none := range []*script{triggered(t, kingsLynn), inSession(t, kingsLynn).by(regimetest.Nhse, &JudgeCollectively{Value: NoFailure}),
		open(t, kingsLynn, "2013-09-10 09:00").by("CQC", &JudgeBreach{Value: NoMaterialBreach})} {
		if text := none.c.nobodyActs(); text != "" {
			t.Errorf("nothing was found, and it says %s", text)
		}
	}
	if open(t, kingsLynn, "2013-09-10 09:00").by("CQC", &JudgeBreach{Value: PotentialBreach}).c.nobodyActs() == "" {
		t.Error("a breach calls for action, with or without a summit")
	}
}

// A case of actual failure once closed within two hours, each pointing at the other.
func TestR95_NothingEndsOverAFailureOnWhichNobodyActsWithoutTheReasonsOfEach(t *testing.T) {
	s := settled(t).by("CQC", &JudgeBreach{Value: BreachSignificant}).
		by("CQC", &AnswerBreach{Reason: "x", Acts: []regime.Party{"MONITOR"}}).
		by("MONITOR", &ConsiderBestPlaced{Answer: "others-already-act", With: []regime.Party{"CQC"}, Reason: "x"})
	ends := func(rule string) {
		t.Helper()
		for _, act := range []Act{&BeginMonitoring{Reason: "x"}, &ProposeClosing{}} {
			if rule == "" {
				s.copied().by(regimetest.Nhse, act).says("with its reasons does not act")
			} else {
				s.copied().refused(rule, regimetest.Nhse, act)
			}
		}
	}
	ends("R95")
	s.by("MONITOR", acts("no", "undertakings suffice"))
	ends("R95")
	s.by("CQC", acts("no", "no ground for enforcement"))
	ends("R95") // who commissions has not said
	s.by("CCG", acts("no", "the contract has no lever"))
	ends("")
	s.by("CCG/07K", &AskWhoActs{Who: []regime.Party{"LETB"}})
	ends("R95")
	s.by("LETB", acts("no", "no trainees there"))
	ends("")
	closing := s.copied().by(regimetest.Nhse, &ProposeClosing{}).by("MONITOR", &ConsiderBestPlaced{Answer: "another-body",
		With: []regime.Party{"GMC"}, Reason: "x"}).days(3)
	closing.refused("R95", regimetest.Nhse, &CloseCase{}).by("GMC", acts("no", "x")).by(regimetest.Nhse, &CloseCase{})

	settled(t).by("CCG", &UsePower{Power: "P-COM-1"}).by(regimetest.Nhse, &BeginMonitoring{Reason: "x"})
	// Over a breach alone CQC's own reasoned decision is enough.
	breach := inSession(t, kingsLynn).by("CQC", &JudgeBreach{Value: PotentialBreach}).by("CQC", &AnswerBreach{Reason: "x"}).
		by(regimetest.Nhse, &JudgeCollectively{Value: NoFailure})
	if err := breach.c.overFailure(); err != nil {
		t.Error(err)
	}
	breach.by("CQC", &JudgeBreach{Value: NoMaterialBreach})
}

func TestR95_R3_ThatNobodyActsHoldsUpNoPowerAndNoMeeting(t *testing.T) {
	blocksNothing(t, func(s *script) {
		if s.c.Stage != regime.Closed {
			s.by("PROVIDER", &AskWhoActs{Who: []regime.Party{"CQC"}})
		}
	})
}

func TestR93_ToActOrToDecideIsAnAnswerToo(t *testing.T) {
	for what, act := range map[string]Act{"a power": &UsePower{Power: "P-MON-3"}, "special measures": &DecideMeasures{Outcome: Place, Reason: "x"}} {
		s := responding(t, kingsLynn).by("CQC", &AskWhoActs{Who: []regime.Party{"MONITOR"}}).at("2013-09-13 09:00").by("MONITOR", act)
		if d := s.duty(DutyAnswerActing, "|MONITOR"); d.End != ledger.EndDone || d.EndedBy != "MONITOR" {
			t.Errorf("%s: %+v", what, d)
		}
	}
	s := responding(t, kingsLynn).by("CQC", &JudgeBreach{Value: BreachSignificant}).
		by("MONITOR", &ConsiderBestPlaced{Answer: "another-body", With: []regime.Party{"CQC"}, Reason: "x"}).
		at("2013-09-13 09:00").by("CQC", &AnswerBreach{Reason: "its inspection goes on"})
	if d := s.duty(DutyAnswerActing, "|CQC"); d.End != ledger.EndDone {
		t.Errorf("a decision on the breach: %+v", d)
	}
	asked := s.by("CCG", &AskWhoActs{Who: []regime.Party{"CQC"}}).c.Duty(DutyAnswerActing, "|CQC")
	if asked == nil {
		t.Error("who is asked again after that answers again")
	}
}
