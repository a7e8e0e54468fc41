package failure

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func lastEntry(s *script) string { return s.c.Entries[len(s.c.Entries)-1].Text }

func TestR15_WhoMayHaveToBeInvolvedIsAnsweredOneByOne(t *testing.T) {
	s := triggered(t, kingsLynn).by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 10:00"), Also: []regime.Party{"GMC"}, Why: "trainees",
		LeftOut: []regime.Party{"LSAMO/Q56"}, WhyNot: "no births"})
	text := lastEntry(s)
	for _, body := range []string{"Police", "Safeguarding Adults Board", "Nursing and Midwifery Council"} {
		if !strings.Contains(text, body) {
			t.Errorf("nobody answered for %s: %s", body, text)
		}
	}
	if _, open, _ := strings.Cut(text, "R15"); strings.Contains(open, "General Medical") || strings.Contains(open, "Midwifery Officer") {
		t.Errorf("answered: %s", open)
	}
	s.refused("R15", "SOS", &ConsiderOther{Party: "POLICE/Q56", Answer: "no", Reason: "x"}).
		by(regimetest.Nhse, &ConsiderOther{Party: "POLICE/Q56", Answer: "no", Reason: "nothing points to a crime"}).
		by("CQC", &ConsiderOther{Party: "POLICE/Q56", Answer: "yes", Reason: "it does now"})
	if !slices.Contains(s.c.Summit.invited(), "POLICE/Q56") || !s.c.IsMember("POLICE/Q56") || len(s.c.Summit.LeftOut) != 1 {
		t.Fatalf("%+v", s.c.Summit)
	}
	if n := s.c.Notices[len(s.c.Notices)-1]; n.Kind != "N3" || n.To[0].Party != "POLICE/Q56" || len(n.To) != 1 {
		t.Fatalf("%+v", n)
	}
}

func TestR15_ASuggestionIsAnsweredByWhoConvenesAndStandsBeforeTheSignatureAlone(t *testing.T) {
	s := inSession(t, kingsLynn).by("CCG/07J", &SuggestParty{Party: "LSAMO/Q56", Why: "two incidents were births"}).
		by("PROVIDER", &SuggestParty{Party: "NMC", Why: "the ward's nursing"}).
		refused("R15", "SOS", &SuggestParty{Party: "NMC", Why: "x"})
	if d := s.duty(DutyConsiderOther, "V1"); d.Owner != regimetest.Nhse || !d.Due.Equal(regimetest.At("2013-09-12 14:00")) {
		t.Fatalf("%+v", d)
	}
	s.by(regimetest.Nhse, &JudgeCollectively{Value: PotentialFailure}).by(regimetest.Nhse,
		&AnswerStandards{Answer: "no", Reason: "x"}).
		refused("R15", regimetest.Nhse, &SignSummit{Record: "what was agreed"}).
		by(regimetest.Nhse, &ConsiderOther{Party: "LSAMO/Q56", Answer: "yes", Reason: "she looks at both"}).
		by(regimetest.Nhse, &ConsiderOther{Party: "NMC", Answer: "no", Reason: "a referral will do"}).
		by(regimetest.Nhse, &SignSummit{Record: "what was agreed"}).
		refused("T3", regimetest.Nhse, &ConsiderOther{Party: "SAB/Q56", Answer: "no", Reason: "x"})
	if d := s.duty(DutyConsiderOther, "V2"); d.End != ledger.EndDone {
		t.Fatalf("%+v", d)
	}
	if got := s.told("N5"); len(got) != 4 || !strings.Contains(got[2], "CCG/07J duty") {
		t.Fatalf("the convenor is asked and who suggested is told: %v", got)
	}
}

func TestR15_WhoWasBroughtInStaysInvitedWhenTheSummitIsMoved(t *testing.T) {
	s := triggered(t, kingsLynn).by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 10:00"),
		Also: []regime.Party{"GMC", "POLICE/Q56"}, Why: "x"}).
		by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 15:00"),
			LeftOut: []regime.Party{"POLICE/Q56"}, WhyNot: "no crime after all"})
	if in := s.c.Summit.invited(); !slices.Contains(in, "GMC") || slices.Contains(in, "POLICE/Q56") {
		t.Fatalf("%v", in)
	}
}

func TestR15_WhoIsBroughtInWhileTheSummitSitsIsNotInvitedToItsDay(t *testing.T) {
	s := triggered(t, kingsLynn).by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 10:00")}).
		by("MONITOR", &SuggestParty{Party: "NMC", Why: "nurses"}).at("2013-09-11 10:00").
		by(regimetest.Nhse, &OpenSummit{Attending: []regime.Party{"CQC"}, Early: "it is urgent"})
	before := len(s.told("N3"))
	s.by(regimetest.Nhse, &ConsiderOther{Party: "NMC", Answer: "yes", Reason: "nurses"})
	if got := s.told("N3"); len(got) != before || !slices.Contains(s.c.Summit.invited(), "NMC") {
		t.Errorf("%v", got[before:])
	}
}

func TestR15_WhoIsLeftOutTwiceIsLeftOutOnceForTheLaterReason(t *testing.T) {
	s := triggered(t, kingsLynn).
		by(regimetest.Nhse, &ConsiderOther{Party: "POLICE", Answer: "no", Reason: "no crime"}).
		by(regimetest.Nhse, &ConsiderOther{Party: "LSAMO", Answer: "no", Reason: "no birth"}).
		by(regimetest.Nhse, &ConsiderOther{Party: "POLICE", Answer: "no", Reason: "still no crime"})
	var why []string
	for _, l := range s.c.Summit.LeftOut {
		why = append(why, l.Why)
	}
	if len(why) != 2 || why[0] != "no birth" || why[1] != "still no crime" {
		t.Errorf("%+v", s.c.Summit.LeftOut)
	}
}
