package failure

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// trust performs an act for a trust of the register.
func (s *script) trust(p regime.Party, act Act) error {
	_, err := s.c.Perform(ledger.Request{Sure: true, By: ledger.Actor{For: p, Person: "an officer", Channel: "test"},
		Names: []regime.UnitName{{Party: p, Name: "East of England Ambulance Service", Trust: true}}}, act, s.now)
	return err
}

func TestR109_R11_ATrustTriggersAndHasNoVote(t *testing.T) {
	const ambulance = regime.Party("PROVIDER/RYC")
	for _, by := range []regime.Party{ambulance, "PROVIDER/RCX"} {
		s := open(t, kingsLynn, "2013-09-10 09:00")
		if err := s.trust(by, &TriggerRiskSummit{Concern: "x", Source: "other"}); err != nil {
			t.Fatalf("%s: %v", by, err)
		}
		if s.c.IsMember(by) || s.c.Trigger.By.For != by || len(s.told("N1")) == 0 {
			t.Errorf("%s: %+v", by, s.c.Trigger)
		}
		s.by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 10:00")}).at("2013-09-12 10:00").
			by(regimetest.Nhse, &OpenSummit{Attending: []regime.Party{"CQC", "MONITOR"}})
		rule := "R15"
		if by == "PROVIDER/RCX" {
			rule = "R8"
		}
		s.refused(rule, by, &JudgeForOneself{View: "x"}).refused(rule, by, &ProposeRingHolder{Candidate: "CQC"})
		s.by(regimetest.Nhse, &EndSummit{}).by(regimetest.Nhse, &JudgeCollectively{Value: ActualFailure}).
			refused(rule, by, &ProposeRingHolder{Candidate: "CQC"})
	}
	s := open(t, kingsLynn, "2013-09-10 09:00")
	if err := s.trust(ambulance, &TriggerRiskSummit{Concern: "x", Source: "other"}); err != nil {
		t.Fatal(err)
	}
	s.by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 10:00")})
	if !slices.Contains(s.c.Summit.invited(), ambulance) {
		t.Error("who triggered is not invited")
	}
}

func TestR109_R11_AProviderThatIsNoTrustDoesNotTrigger(t *testing.T) {
	open(t, practice, "2014-11-03 09:00").refused("R11", "PROVIDER", &TriggerRiskSummit{Concern: "x", Source: "other"})
	open(t, kingsLynn, "2014-11-03 09:00").
		refused("R11", "PROVIDER/HOME-1", &TriggerRiskSummit{Concern: "x", Source: "other"}).
		refused("R11", "GOVERNORS", &TriggerRiskSummit{Concern: "x", Source: "other"})
}

func invite() *InviteGuest {
	return &InviteGuest{Guest: "HM Coroner for Norfolk", Contact: "office@coroner.example", Why: "two deaths"}
}

func TestR110_AGuestIsInvitedToldAskedAndGivenActionsWithoutAVote(t *testing.T) {
	s := responding(t, kingsLynn).refused("R110", "CQC", invite())
	for _, bad := range []string{"office", "a@b@c.example", "a b@c.example", "<a@c.example>", "a@c", "a@c.example,b@c.example"} {
		a := invite()
		a.Contact = bad
		s.refusedSaying("one bare address", regimetest.Nhse, a)
	}
	const guest = regime.Party("GUEST/G1")
	s.by(regimetest.Nhse, invite())
	if d := s.duty(DutyAnswerAsGuest, "G1"); d.Owner != guest || s.c.Name(guest) != "HM Coroner for Norfolk" {
		t.Fatalf("%+v", d)
	}
	if got := s.told("N62"); len(got) == 0 || !strings.Contains(got[len(got)-1], "GUEST/G1 duty") {
		t.Errorf("%v", got)
	}
	s.refusedSaying("is a guest already", regimetest.Nhse, invite()).
		refusedSaying("is no guest", "GUEST/G2", &AddNote{Text: "x"}).
		refusedSaying("is no guest", regimetest.Nhse, propose("GUEST/G2")).
		refused("R110", "CQC", &AnswerAsGuest{Text: "x"}).
		refused("R110", "CQC", &TellGuest{Guest: guest, What: "x"})
	s.by(guest, &AnswerAsGuest{Text: "we take part"})
	if d := s.duty(DutyAnswerAsGuest, "G1"); d.Open() {
		t.Error("the invitation is not answered")
	}
	s.by(regimetest.Nhse, &TellGuest{Guest: guest, What: "the ward is shut", Due: s.now.AddDate(0, 0, 3)}).
		by(regimetest.Nhse, &TellGuest{Guest: guest, What: "we meet on Friday"}).
		by("GUEST", &AnswerAsGuest{Text: "noted"})
	if g, _ := s.c.Guest(guest); g.Told[0].Answer != "noted." || g.Told[1].Answer != "" {
		t.Errorf("the answer is not to what was asked: %+v", g.Told)
	}
	a := propose(guest)
	a.Due = s.now.AddDate(0, 1, 0)
	s.by(regimetest.Nhse, a).by(guest, &AcceptAction{Action: "A1"}).by(guest, &CompleteAction{Action: "A1", Evidence: "done"})
	s.refused("R15", guest, &JudgeForOneself{View: "x"})
	if s.c.IsMember(guest) {
		t.Error("a guest is a member")
	}
	s.by(regimetest.Nhse, &MoveGuest{Guest: guest, Contact: "desk@coroner.example"})
	if got := s.c.GuestContact(guest); got != "desk@coroner.example" {
		t.Error(got)
	}
	s.by(regimetest.Nhse, &EndGuest{Guest: guest, Reason: "done"}).refusedSaying("has ended", guest, &AnswerAsGuest{Text: "x"}).
		by(guest, &AddNote{Text: "one thing more"})
}

func TestR110_AGuestSitsInTheSummitWithoutAVote(t *testing.T) {
	s := triggered(t, kingsLynn).by(regimetest.Nhse, invite()).
		by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 10:00"), Also: []regime.Party{"GUEST/G1"}, Why: "x"})
	if !slices.Contains(s.c.Summit.invited(), "GUEST/G1") || s.c.IsMember("GUEST/G1") {
		t.Fatalf("%+v", s.c.Summit)
	}
	s.by("GUEST/G1", &ReplyToInvitation{Answer: "attending"}).at("2013-09-12 10:00").
		by(regimetest.Nhse, &OpenSummit{Attending: []regime.Party{"CQC", "GUEST/G1"}}).
		refused("R15", "GUEST/G1", &JudgeForOneself{View: "x"}).
		refused("R15", "GUEST/G1", &ProposeRingHolder{Candidate: "CQC"})
}

func TestR110_TheContactOfAGuestStandsInNoNoticeEntryOrExplanation(t *testing.T) {
	s := responding(t, kingsLynn).by(regimetest.Nhse, invite()).
		by(regimetest.Nhse, &TellGuest{Guest: "GUEST/G1", What: "x", Due: regimetest.At("2013-12-20")}).
		by(regimetest.Nhse, &MoveGuest{Guest: "GUEST/G1", Contact: "office2@coroner.example"})
	for _, e := range s.c.Entries {
		if strings.Contains(e.Text, "coroner.example") {
			t.Error(e.Text)
		}
	}
	for _, n := range s.c.Notices {
		if strings.Contains(n.Text+strings.Join(n.Items, ""), "coroner.example") {
			t.Error(n.Text)
		}
	}
}

func TestR110_TheGovernorsOfAFoundationTrustAreTold(t *testing.T) {
	s := placed(t).by("PROVIDER", &PublishProgress{URL: "https://t.example/1"})
	got := strings.Join(s.told("N64"), ";")
	if !strings.Contains(got, "GOVERNORS/RCX duty") {
		t.Error(got)
	}
	if s.c.IsMember("GOVERNORS/RCX") || strings.Contains(s.c.Name("GOVERNORS/RCX"), "RCX") {
		t.Errorf("%q", s.c.Name("GOVERNORS/RCX"))
	}
	s.refused("R15", "GOVERNORS", &JudgeForOneself{View: "x"})
	nhs := kingsLynn
	nhs.Type = regime.NHSTrust
	if got := responding(t, nhs).by(regimetest.Nhse, &SendLetter{}).told("N64"); len(got) > 0 {
		t.Errorf("an NHS trust has no governors: %v", got)
	}
}

func TestR111_ADeathAsksAboutTheCoronerAndAYesIsOwed(t *testing.T) {
	s := responding(t, kingsLynn).by("CQC", &RecordDeath{What: "one death"})
	q := s.duty(DutyCoronerQuestion, "L1")
	if s.c.OwnerOf(q) != s.c.chair() || !q.Open() || len(s.told("N63")) == 0 {
		t.Fatalf("%+v", q)
	}
	if open := safeguardingRegion.open(s.c); !slices.ContainsFunc(open, func(l string) bool { return strings.Contains(l, "coroner") }) {
		t.Errorf("closing does not wait: %v", open)
	}
	s.refused("R111", "CQC", &AnswerCoroner{Death: "L1", Answer: "yes", Reason: "x"}).
		refusedSaying("no death", s.c.chair(), &AnswerCoroner{Death: "L9", Answer: "yes", Reason: "x"})
	no := s.copied().by(s.c.chair(), &AnswerCoroner{Death: "L1", Answer: "no", Reason: "a doctor certified it"})
	if no.c.Duty(DutyTellCoroner, "L1") != nil || no.c.Duty(DutyCoronerQuestion, "L1") != nil {
		t.Error("a no owes nothing")
	}
	s.by(s.c.chair(), &AnswerCoroner{Death: "L1", Answer: "yes", Reason: "the cause is not known"})
	if s.c.Duty(DutyCoronerQuestion, "L1") != nil || s.c.Duty(DutyTellCoroner, "L1") == nil {
		t.Fatal("a yes owes that the coroner is told")
	}
	s.by("CQC", &TellCoroner{Death: "l1", How: "by telephone"})
	if d := s.duty(DutyTellCoroner, "L1"); d.Open() || d.End != ledger.EndDone {
		t.Errorf("%+v", d)
	}
	s.refusedSaying("recorded already", "MONITOR", &TellCoroner{Death: "L1", How: "x"})
}

func TestR111_ADeathIsAskedAboutFromTheTriggerOn(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00").by("CQC", &TriggerRiskSummit{Concern: "x", Source: "other", Death: true})
	if s.c.Duty(DutyCoronerQuestion, "L1") == nil {
		t.Error("nothing is asked")
	}
	closed := everyStage(t)[regime.Closed]
	closed.by("CQC", &RecordDeath{}).by("CQC", &TellCoroner{Death: "L1", How: "x"})
	if closed.c.Duty(DutyCoronerQuestion, "L1") != nil {
		t.Error("nobody chairs a closed case")
	}
}

func TestR3_2x4_NothingIsOwedForAnImmediateRiskInAClosedCase(t *testing.T) {
	closed := everyStage(t)[regime.Closed].by("CQC", &UsePower{Power: "P-CQC-1", Immediate: true})
	for _, d := range closed.c.OpenDuties() {
		if d.Kind == regime.DutyAcknowledgeRisk {
			t.Errorf("%+v", d)
		}
	}
}
