package failure

import (
	"slices"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// Where there are two of a kind, what is done to one is not done to the other.
func TestOfTwoOfAKindTheOneThatIsNamedIsMeant(t *testing.T) {
	s := judged(t, kingsLynn).
		by("CCG", propose("MONITOR")).by("CCG", propose("MONITOR")).
		by("CQC", &RequestImpact{Considers: "x", Asked: []regime.Party{"MONITOR"}}).
		by("CQC", &RequestImpact{Considers: "y", Asked: []regime.Party{"MONITOR", "CCG"}}).
		by("CQC", &OpenReferral{Profession: "doctor"}).by("MONITOR", &OpenReferral{Profession: "doctor"}).
		by("CQC", &FlagSafeguarding{About: regime.Adult}).by("CQC", &FlagSafeguarding{About: regime.Adult}).
		by("MONITOR", &RequestInformation{To: "CQC", What: "x"}).
		by("CCG", &RequestInformation{To: "MONITOR", What: "x"}).
		by("CCG", differ()).by("LA_COMM", differ()).
		by("CCG", &RecordConcern{Kind: "immediate-risk", What: "x"}).
		by("LA_COMM", &RecordConcern{Kind: "immediate-risk", What: "y"}).
		by("CQC", warn()).by("CQC", warn()).
		by("CQC", &UsePower{Power: "P-CQC-5"}).by("CQC", &UsePower{Power: "P-CQC-5"}).
		by("CCG", &ProposeRingHolder{Candidate: "MONITOR"}).by("CCG", &ProposeRingHolder{Candidate: "CQC"})
	request := s.c.Requests[1].ID
	for _, x := range []struct {
		by   regime.Party
		act  Act
		ends string // the one duty that it ends, with its subject
	}{
		{"MONITOR", &AcceptAction{Action: "A2"}, "ANSWER_PROPOSED_ACTION A2"},
		{"MONITOR", &DeclineAction{Action: "A2", Reason: "x"}, "ANSWER_PROPOSED_ACTION A2"},
		{"MONITOR", &ReturnImpact{Request: "I2", Assessment: "x"}, "IMPACT_ASSESSMENT I2|MONITOR"},
		{"MONITOR", &NotifyEmployer{Referral: "F2"}, "NOTIFY_EMPLOYER F2"},
		{regimetest.Nhse, &FollowProtocol{Flag: "S2", How: "x"}, "ADULT_SAFEGUARDING_PROTOCOL S2"},
		{"MONITOR", &AnswerInformation{Request: request, Answer: "x"}, "GIVE_INFORMATION " + request},
		{"CQC", &DecideWarning{Warning: "W2", Outcome: Proceed, Reason: "x"}, "DECIDE_ON_WARNING W2"},
		{"PROVIDER", &ReportRequirement{Warning: "W2", Requirement: 1, Evidence: "x"},
			"MEET_WARNING_REQUIREMENT W2/1"},
		{"CQC", &DecidePower{Use: "U2", Outcome: Proceed, Reason: "x"}, "DECIDE_AFTER_REPRESENTATIONS U2"},
	} {
		c := s.copied()
		c.idle = true
		c.by(x.by, x.act)
		var ended []string
		for i, d := range c.c.Duties {
			if i < len(s.c.Duties) && s.c.Duties[i].Open() && !d.Open() &&
				!strings.HasPrefix(string(d.Kind), "ACKNOWLEDGE") {
				ended = append(ended, string(d.Kind)+" "+d.Subject)
			}
		}
		if !slices.Equal(ended, []string{x.ends}) {
			t.Errorf("%s ended %v, want %s", VerbOf(x.act).Path, ended, x.ends)
		}
	}
	s.by("LA_COMM", &DiscussDifference{Difference: "J2", Outcome: Resolved})
	if len(s.c.Differences[0].Discussed) != 0 || len(s.c.Differences[1].Discussed) != 1 ||
		!strings.Contains(s.c.openDifferences(), "J1") ||
		strings.Contains(s.c.openDifferences(), "J2") {
		t.Errorf("%+v", s.c.Differences)
	}
	s.by("LA_COMM", &ConsiderParty{Concern: "K2", Party: "POLICE", Answer: "no", Reason: "x"})
	for i, want := range []YesNo{"", "no"} {
		k := s.c.Concerns[i].Consider
		at := slices.IndexFunc(k, func(k Considering) bool { return k.To == "POLICE" })
		if k[at].Answer != want {
			t.Errorf("concern %d: %+v", i+1, k[at])
		}
	}
}

func TestR1_R21_R75_WhatWasRecordedOrAskedIsAnsweredByItsOwnBodyAndKept(t *testing.T) {
	s := judged(t, kingsLynn).by("CCG", &RecordConcern{Kind: "immediate-risk", What: "x"}).
		by("CQC", &RequestImpact{Considers: "x", Asked: []regime.Party{"MONITOR"}})
	consider := &ConsiderParty{Concern: "K1", Party: "POLICE", Answer: "no", Reason: "x"}
	done := s.copied().by("CCG", consider)
	tryAll(t,
		trial{s, "CCG/07J", consider, ""}, trial{s, "CQC", consider, "R1: "},
		trial{done, "CCG/07J", consider, "is not waiting for an answer"},
		trial{s, "CCG/07J", &ConsiderParty{Concern: "K2", Party: "POLICE", Answer: "no", Reason: "x"}, "there is no concern"},
		trial{s, "CCG/07J", &ConsiderParty{Concern: "K1", Party: "CQC", Answer: "no", Reason: "x"}, "is not waiting for an answer"},
	)
	s.by("MONITOR", &ReturnImpact{Request: "I1", Assessment: "none"})
	if r := s.c.Impacts[0].Returns; len(r) != 1 || r[0].Assessment != "none" || r[0].By.For != "MONITOR" {
		t.Errorf("%+v", r)
	}
}

func TestA37_AnObjectionIsToOneCandidateByOneBody(t *testing.T) {
	base := func() *script {
		return judged(t, kingsLynn).by("CCG", &ProposeRingHolder{Candidate: "MONITOR"}).
			by("CCG", &ProposeRingHolder{Candidate: "CQC"})
	}
	object := func(to regime.Party, withdraw bool) *ObjectToRingHolder {
		return &ObjectToRingHolder{Candidate: to, Reason: "x", Withdraw: withdraw}
	}
	end := "2013-09-13 04:10"
	for _, x := range []struct {
		what   string
		play   func(s *script)
		holder regime.Party
		basis  RingHolderBasis
	}{
		{"only one accepts", func(s *script) { s.by("MONITOR", &AcceptRing{}) }, "MONITOR", Agreed},
		{"both accept", func(s *script) { s.by("MONITOR", &AcceptRing{}).by("CQC", &AcceptRing{}) },
			regimetest.Nhse, DefaultTimeout},
		{"an objection to the other", func(s *script) {
			s.by("MONITOR", &AcceptRing{}).
				by("GMC", object("CQC", false))
		}, "MONITOR", Agreed},
		{"an objection to the one", func(s *script) {
			s.by("MONITOR", &AcceptRing{}).
				by("GMC", object("MONITOR", false))
		}, regimetest.Nhse, DefaultTimeout},
		{"the objection to the other withdrawn", func(s *script) {
			s.by("MONITOR", &AcceptRing{}).by("GMC", object("MONITOR", false)).
				by("GMC", object("CQC", false)).by("GMC", object("CQC", true))
		}, regimetest.Nhse, DefaultTimeout},
		{"withdrawn by another", func(s *script) {
			s.by("MONITOR", &AcceptRing{}).by("GMC", object("MONITOR", false)).
				by("CCG", object("MONITOR", true))
		}, regimetest.Nhse, DefaultTimeout},
		{"withdrawn", func(s *script) {
			s.by("MONITOR", &AcceptRing{}).by("GMC", object("MONITOR", false)).
				by("GMC", object("MONITOR", true))
		}, "MONITOR", Agreed},
		{"one declines", func(s *script) {
			s.by("MONITOR", &AcceptRing{}).by("CQC", &AcceptRing{}).by("CQC", &DeclineRing{Reason: "x"})
		}, "MONITOR", Agreed},
	} {
		s := base()
		x.play(s)
		if s.at(end); s.c.Ring.Holder != x.holder || s.c.Ring.Basis != x.basis {
			t.Errorf("%s: %+v", x.what, s.c.Ring)
		}
		if d := s.duty(regime.DutyAgreeRingHolder, ""); d.Open() || (d.End == ledger.EndDone) != (x.basis == Agreed) {
			t.Errorf("%s: %+v", x.what, d)
		}
	}
	now := base().by("CCG", &CannotAgree{})
	if d := now.duty(regime.DutyAgreeRingHolder, ""); d.End != ledger.EndNotNeeded {
		t.Errorf("%+v", d)
	}
}

func TestR44_CopiesHaveGoneWhenTheServiceTookOneForEachBody(t *testing.T) {
	now := regimetest.At("2014-11-03 09:00")
	to := func(states ...ledger.DeliveryState) []ledger.Recipient {
		var out []ledger.Recipient
		for i, state := range states {
			out = append(out, ledger.Recipient{Party: []regime.Party{"MONITOR", "PROVIDER/RCX"}[i%2],
				Level: []regime.Level{regime.LevelDuty, regime.LevelLead}[i/2], State: state})
		}
		return out
	}
	for _, x := range []struct {
		what string
		n    ledger.Notice
		gone bool
	}{
		{"accepted", ledger.Notice{To: to(ledger.StateAccepted, ledger.StateAccepted)}, true},
		{"deferred", ledger.Notice{To: to(ledger.StateDeferred, ledger.StateAccepted)}, true},
		{"delivered", ledger.Notice{To: to(ledger.StateDelivered, ledger.StateDelivered)}, true},
		{"one not yet", ledger.Notice{To: to(ledger.StateAccepted, "")}, false},
		{"one bounced", ledger.Notice{To: to(ledger.StateAccepted, ledger.StateBounced)}, false},
		{"one unknown", ledger.Notice{To: to(ledger.StateUnknown, ledger.StateAccepted)}, false},
		{"the other contact took it", ledger.Notice{To: to(ledger.StateBounced, ledger.StateAccepted, ledger.StateAccepted)}, true},
		{"another's contact took it", ledger.Notice{To: to(ledger.StateBounced, ledger.StateAccepted, "", ledger.StateAccepted)}, false},
		{"another kind", ledger.Notice{Kind: "N21", To: to("", "")}, true},
		{"another moment", ledger.Notice{At: now.Add(1), To: to("", "")}, true},
		{"a reminder", ledger.Notice{Rung: 1, To: to("", "")}, true},
	} {
		s := open(t, kingsLynn, "2014-11-03 09:00")
		if x.n.Kind == "" {
			x.n.Kind = "N23"
		}
		if x.n.At.IsZero() {
			x.n.At = now
		}
		s.c.Notices = []ledger.Notice{x.n}
		s.c.pen.OpenDuty(ledger.DutySpec{Kind: regime.DutySendCopies, Owner: "CQC", Subject: "1", Start: now})
		s.c.pen.OpenDuty(ledger.DutySpec{Kind: regime.DutyNoteClosing, Owner: "CQC", Start: now})
		s.c.pen.CopiesWent(now.Add(time.Minute))
		if d := s.duty(regime.DutySendCopies, "1"); d.Open() == x.gone || x.gone && d.EndedBy != "CQC" {
			t.Errorf("%s: %+v", x.what, d)
		}
		if !s.duty(regime.DutyNoteClosing, "").Open() {
			t.Errorf("%s ended another duty", x.what)
		}
	}
}

func TestASummitThatIsResumedKeepsWhatItWas(t *testing.T) {
	s := triggered(t, kingsLynn).by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 10:00"),
		Also: []regime.Party{"CCG/07J", "GMC"}, Why: "x"})
	if got := s.c.Summit.invited(); slices.Index(got, "CCG/07J") != slices.Index(s.c.relevant(),
		"CCG/07J") || len(got) != len(s.c.relevant())+1 {
		t.Errorf("a party that is invited anyway is invited twice: %v", got)
	}
	again := s.copied().by("CQC", &ReplyToInvitation{Answer: "attending"}).
		by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 12:00")})
	if len(again.c.Summit.unanswered()) != len(again.c.Summit.Invited) {
		t.Errorf("at another time nobody has answered: %+v", again.c.Summit.Invited)
	}
	if d := again.duty(regime.DutyHoldSummit, ""); !d.Due.Equal(regimetest.At("2013-09-12 12:00")) {
		t.Errorf("%+v", d)
	}
	s.at("2013-09-12 10:00").by(regimetest.Nhse, &OpenSummit{Attending: []regime.Party{"CQC"}, Provider: true}).
		by(regimetest.Nhse, &AdjournSummit{Until: regimetest.At("2013-09-13 10:00")}).at("2013-09-13 10:00").
		by("CQC", &OpenSummit{Attending: []regime.Party{"CQC", "MONITOR"}})
	if m := s.c.Summit; !m.Opened.Equal(regimetest.At("2013-09-12 10:00")) || !m.ProviderIn || m.Adjourned ||
		m.Chair != "CQC" ||
		!slices.Equal(m.Attended, []regime.Party{regimetest.Nhse, "CQC", "MONITOR"}) {
		t.Errorf("%+v", m)
	}
	if other := triggered(t, kingsLynn).by(regimetest.Nhse, &OpenSummit{Attending: []regime.Party{"CQC"}}); other.c.Summit.ProviderIn {
		t.Error("the provider did not take part")
	}
	adjourned := s.copied().by("CQC", &AdjournSummit{Until: regimetest.At("2013-09-14 10:00")}).by("CQC", &EndSummit{})
	if d := adjourned.duty(regime.DutyHoldSummit, ""); d.End != ledger.EndNotNeeded || adjourned.c.Summit.Adjourned {
		t.Errorf("%+v", d)
	}
	early := s.copied().by("CQC", &AdjournSummit{Until: regimetest.At("2013-09-14 10:00")}).
		by("CQC", &JudgeCollectively{Value: NoFailure})
	if d := early.duty(regime.DutyHoldSummit, ""); d.Open() || early.c.Summit.Ended.IsZero() ||
		!early.duty(regime.DutySurveillanceLevel, "").Open() ||
		len(early.told("N12")) != 1 {
		t.Errorf("%+v %+v", d, early.c.Summit)
	}
}
