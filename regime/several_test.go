package regime

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// Where there are two of a kind, what is done to one is not done to the other.
func TestOfTwoOfAKindTheOneThatIsNamedIsMeant(t *testing.T) {
	s := judged(t, kingsLynn).
		by("CCG", propose("MONITOR")).by("CCG", propose("MONITOR")).
		by("CQC", &RequestImpact{Considers: "x", Asked: []Party{"MONITOR"}}).
		by("CQC", &RequestImpact{Considers: "y", Asked: []Party{"MONITOR", "CCG"}}).
		by("CQC", &OpenReferral{Profession: "doctor"}).by("MONITOR", &OpenReferral{Profession: "doctor"}).
		by("CQC", &FlagSafeguarding{About: Adult}).by("CQC", &FlagSafeguarding{About: Adult}).
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
		by   Party
		act  Act
		ends string // the one duty that it ends, with its subject
	}{
		{"MONITOR", &AcceptAction{Action: "A2"}, "ANSWER_PROPOSED_ACTION A2"},
		{"MONITOR", &DeclineAction{Action: "A2", Reason: "x"}, "ANSWER_PROPOSED_ACTION A2"},
		{"MONITOR", &ReturnImpact{Request: "I2", Assessment: "x"}, "IMPACT_ASSESSMENT I2|MONITOR"},
		{"MONITOR", &NotifyEmployer{Referral: "F2"}, "NOTIFY_EMPLOYER F2"},
		{nhse, &FollowProtocol{Flag: "S2", How: "x"}, "ADULT_SAFEGUARDING_PROTOCOL S2"},
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
		by("CQC", &RequestImpact{Considers: "x", Asked: []Party{"MONITOR"}})
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
	g := group(t, "2013-04-01 09:00").by(nhse, &ReportToRegion{})
	if got := g.told("N46"); len(got) != 1 || !strings.HasSuffix(got[0], "NHSCB/Y55 duty") {
		t.Errorf("%v", got)
	}
}

func TestA37_AnObjectionIsToOneCandidateByOneBody(t *testing.T) {
	base := func() *script {
		return judged(t, kingsLynn).by("CCG", &ProposeRingHolder{Candidate: "MONITOR"}).
			by("CCG", &ProposeRingHolder{Candidate: "CQC"})
	}
	object := func(to Party, withdraw bool) *ObjectToRingHolder {
		return &ObjectToRingHolder{Candidate: to, Reason: "x", Withdraw: withdraw}
	}
	end := "2013-09-13 04:10"
	for _, x := range []struct {
		what   string
		play   func(s *script)
		holder Party
		basis  RingHolderBasis
	}{
		{"only one accepts", func(s *script) { s.by("MONITOR", &AcceptRing{}) }, "MONITOR", Agreed},
		{"both accept", func(s *script) { s.by("MONITOR", &AcceptRing{}).by("CQC", &AcceptRing{}) },
			nhse, DefaultTimeout},
		{"an objection to the other", func(s *script) {
			s.by("MONITOR", &AcceptRing{}).
				by("GMC", object("CQC", false))
		}, "MONITOR", Agreed},
		{"an objection to the one", func(s *script) {
			s.by("MONITOR", &AcceptRing{}).
				by("GMC", object("MONITOR", false))
		}, nhse, DefaultTimeout},
		{"the objection to the other withdrawn", func(s *script) {
			s.by("MONITOR", &AcceptRing{}).by("GMC", object("MONITOR", false)).
				by("GMC", object("CQC", false)).by("GMC", object("CQC", true))
		}, nhse, DefaultTimeout},
		{"withdrawn by another", func(s *script) {
			s.by("MONITOR", &AcceptRing{}).by("GMC", object("MONITOR", false)).
				by("CCG", object("MONITOR", true))
		}, nhse, DefaultTimeout},
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
		if d := s.duty(DutyAgreeRingHolder, ""); d.Open() || (d.End == EndDone) != (x.basis == Agreed) {
			t.Errorf("%s: %+v", x.what, d)
		}
	}
	now := base().by("CCG", &CannotAgree{})
	if d := now.duty(DutyAgreeRingHolder, ""); d.End != EndNotNeeded {
		t.Errorf("%+v", d)
	}
}

func TestR44_CopiesHaveGoneWhenTheServiceTookOneForEachBody(t *testing.T) {
	now := at("2014-11-03 09:00")
	to := func(states ...Told) []Recipient {
		var out []Recipient
		for i, state := range states {
			out = append(out, Recipient{Party: []Party{"MONITOR", "PROVIDER/RCX"}[i%2],
				Level: []Level{LevelDuty, LevelLead}[i/2], State: state})
		}
		return out
	}
	for _, x := range []struct {
		what string
		n    Notice
		gone bool
	}{
		{"accepted", Notice{To: to(ToldAccepted, ToldAccepted)}, true},
		{"deferred", Notice{To: to(ToldDeferred, ToldAccepted)}, true},
		{"delivered", Notice{To: to(ToldDelivered, ToldDelivered)}, true},
		{"one not yet", Notice{To: to(ToldAccepted, "")}, false},
		{"one bounced", Notice{To: to(ToldAccepted, ToldBounced)}, false},
		{"one unknown", Notice{To: to(ToldUnknown, ToldAccepted)}, false},
		{"the other contact took it", Notice{To: to(ToldBounced, ToldAccepted, ToldAccepted)}, true},
		{"another's contact took it", Notice{To: to(ToldBounced, ToldAccepted, "", ToldAccepted)}, false},
		{"another kind", Notice{Kind: "N21", To: to("", "")}, true},
		{"another moment", Notice{At: now.Add(1), To: to("", "")}, true},
		{"a reminder", Notice{Rung: 1, To: to("", "")}, true},
	} {
		s := open(t, kingsLynn, "2014-11-03 09:00")
		if x.n.Kind == "" {
			x.n.Kind = "N23"
		}
		if x.n.At.IsZero() {
			x.n.At = now
		}
		s.c.Notices = []Notice{x.n}
		s.c.owe(owed{kind: DutySendCopies, owner: "CQC", subject: "1", start: now})
		s.c.owe(owed{kind: DutyNoteClosing, owner: "CQC", start: now})
		s.c.copiesWent(now.Add(time.Minute))
		if d := s.duty(DutySendCopies, "1"); d.Open() == x.gone || x.gone && d.EndedBy != "CQC" {
			t.Errorf("%s: %+v", x.what, d)
		}
		if !s.duty(DutyNoteClosing, "").Open() {
			t.Errorf("%s ended another duty", x.what)
		}
	}
}

func TestASummitThatIsResumedKeepsWhatItWas(t *testing.T) {
	s := triggered(t, kingsLynn).by(nhse, &ConveneSummit{At: at("2013-09-12 10:00"),
		Also: []Party{"CCG/07J", "GMC"}, Why: "x"})
	if got := s.c.Summit.invited(); slices.Index(got, "CCG/07J") != slices.Index(s.c.relevant(),
		"CCG/07J") || len(got) != len(s.c.relevant())+1 {
		t.Errorf("a party that is invited anyway is invited twice: %v", got)
	}
	again := s.copied().by("CQC", &ReplyToInvitation{Answer: "attending"}).
		by(nhse, &ConveneSummit{At: at("2013-09-12 12:00")})
	if len(again.c.Summit.unanswered()) != len(again.c.Summit.Invited) {
		t.Errorf("at another time nobody has answered: %+v", again.c.Summit.Invited)
	}
	if d := again.duty(DutyHoldSummit, ""); !d.Due.Equal(at("2013-09-12 12:00")) {
		t.Errorf("%+v", d)
	}
	s.at("2013-09-12 10:00").by(nhse, &OpenSummit{Attending: []Party{"CQC"}, Provider: true}).
		by(nhse, &AdjournSummit{Until: at("2013-09-13 10:00")}).at("2013-09-13 10:00").
		by("CQC", &OpenSummit{Attending: []Party{"CQC", "MONITOR"}})
	if m := s.c.Summit; !m.Opened.Equal(at("2013-09-12 10:00")) || !m.ProviderIn || m.Adjourned ||
		m.Chair != "CQC" ||
		!slices.Equal(m.Attended, []Party{nhse, "CQC", "MONITOR"}) {
		t.Errorf("%+v", m)
	}
	if other := triggered(t, kingsLynn).by(nhse, &OpenSummit{Attending: []Party{"CQC"}}); other.c.Summit.ProviderIn {
		t.Error("the provider did not take part")
	}
	adjourned := s.copied().by("CQC", &AdjournSummit{Until: at("2013-09-14 10:00")}).by("CQC", &EndSummit{})
	if d := adjourned.duty(DutyHoldSummit, ""); d.End != EndNotNeeded || adjourned.c.Summit.Adjourned {
		t.Errorf("%+v", d)
	}
	early := s.copied().by("CQC", &AdjournSummit{Until: at("2013-09-14 10:00")}).
		by("CQC", &JudgeCollectively{Value: NoFailure})
	if d := early.duty(DutyHoldSummit, ""); d.Open() || early.c.Summit.Ended.IsZero() ||
		!early.duty(DutySurveillanceLevel, "").Open() ||
		len(early.told("N12")) != 1 {
		t.Errorf("%+v %+v", d, early.c.Summit)
	}
}
