package failure

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func (s *script) onRecord(want ...string) {
	s.Helper()
	var all []string
	for _, e := range s.c.Entries {
		all = append(all, e.Text)
	}
	for _, w := range want {
		if !strings.Contains(strings.Join(all, "\n"), w) {
			s.Errorf("not on record: %q\n%s", w, strings.Join(all, "\n"))
		}
	}
}

// A name alone is no news: nothing moves, nobody is told, and each mail from then says the new one.
func TestR121_ACaseThatCrossesApril2016CallsMonitorAsItIsCalledThen(t *testing.T) {
	s := open(t, kingsLynn, "2016-03-30 09:00").trigger()
	if got := s.c.Name("MONITOR"); got != "Monitor" {
		t.Fatal(got)
	}
	s.at("2016-04-01 00:30")
	if got := s.c.Name("MONITOR"); got != "NHS Improvement (in law Monitor)" || len(s.told(regime.NoticeLawChanged)) > 0 {
		t.Errorf("%s; told %v", got, s.told(regime.NoticeLawChanged))
	}
	s.onRecord("Monitor is now called NHS Improvement (in law Monitor)")
	s.by("NHSI", &AddNote{Text: "still the same body"})
	if by := s.c.Entries[len(s.c.Entries)-1].By.For; by != "MONITOR" {
		t.Errorf("NHS Improvement is in law %s", by)
	}
	trust := kingsLynn
	trust.Type = regime.NHSTrust
	if by := open(t, trust, "2017-04-03 09:00").c.ResolveUnit("NHSI"); by != "TDA" {
		t.Errorf("of an NHS trust NHS Improvement is in law %s", by)
	}
}

func TestR121_ABodyWithoutASuccessorLeavesAndItsDutyIsOwedByNobody(t *testing.T) {
	s := open(t, kingsLynn, "2017-03-01 09:00").trigger()
	s.c.addMember("LSAMO/Q56")
	s.c.pen.OpenDuty(ledger.DutySpec{Kind: regime.DutyMendDirectory, Owner: "LSAMO/Q56", Subject: "x", Start: s.now})
	s.at("2017-04-01 00:30")
	if s.c.IsMember("LSAMO/Q56") || s.duty(regime.DutyMendDirectory, "x").End != ledger.EndNotNeeded {
		t.Errorf("%+v", s.duty(regime.DutyMendDirectory, "x"))
	}
	s.onRecord("Local Supervising Authority Midwifery Officer (Q56) has ended, and nobody stands in its place")
}

func TestR121_R123_TheSafeguardingBoardIsFollowedByThePartners(t *testing.T) {
	s := open(t, kingsLynn, "2019-09-20 09:00").trigger().by("CQC", &FlagSafeguarding{About: "child", What: "one ward"})
	s.c.addMember("LSCB/Q56")
	s.at("2019-09-30 00:30")
	if s.c.IsMember("LSCB/Q56") || !s.c.IsMember("SAFEGUARDING_PARTNERS/Q56") || len(s.told(regime.NoticeLawChanged)) != 1 {
		t.Errorf("%v; %v", s.c.parties(nil), s.told(regime.NoticeLawChanged))
	}
	s.refused("R122", "LSCB/Q56", &AddNote{Text: "too late"}).by("SAFEGUARDING_PARTNERS/Q56", &AddNote{Text: "in time"})
}

func TestR121_AStayThatLivesThroughJuly2021HasOneEntryAndTwoNames(t *testing.T) {
	s := open(t, kingsLynn, "2021-03-01 09:00").by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "breach of licence"})
	if got := s.c.labels().Measures; got != "special measures" {
		t.Fatal(got)
	}
	due := s.duty(DutyReinspect, "").Due
	s.at("2021-07-02 09:00")
	if got := s.c.labels().Measures; got != "the Recovery Support Programme" || !s.duty(DutyReinspect, "").Due.Equal(due) {
		t.Errorf("%s; re-inspection %v, before %v", got, s.duty(DutyReinspect, "").Due, due)
	}
	// It still ends by the re-inspection, as the law of its first day has it.
	s.refused("R60", "MONITOR", &AgreeCriterion{What: "safe staffing"}).refused("R60", "MONITOR", &DecideMeasures{Outcome: Exit, Reason: "x"})
	s2 := open(t, kingsLynn, "2021-08-02 09:00").by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "breach of licence"})
	s2.by("MONITOR", &AgreeCriterion{What: "safe staffing"})
}

func TestR121_R123_ACaseWaitsForWhoTakesTheSeatsOfJuly2022AndGoesOn(t *testing.T) {
	members := slices.DeleteFunc(regimetest.Members("Q56"), func(p regime.Party) bool { return p.Body() == regime.PHE })
	s := &script{T: t, now: regimetest.At("2022-06-20 09:00")}
	var err error
	if s.c, err = Open(Opening{Ref: "K7QM-3XRD", Profile: "ENGLAND_2013", Provider: kingsLynn,
		Members: append(members, "UKHSA")}, s.now); err != nil {
		t.Fatal(err)
	}
	s.trigger().at("2022-07-01 09:00")
	if d := s.duty(DutyNameSuccessors, ""); s.c.Profile != "ENGLAND_2013" || !d.Open() || d.Owner != regimetest.Nhse {
		t.Fatalf("%s, %+v", s.c.Profile, d)
	}
	s.by("CQC", &AddNote{Text: "it goes on meanwhile"})
	s.refused("R123", "GMC", &MoveLaw{To: "ENGLAND_2022", Area: "QMM"})
	s.refused("R121", regimetest.Nhse, &MoveLaw{To: "ENGLAND_2026", Area: "QMM"})
	open := map[regime.DutyKind]bool{}
	for _, d := range s.c.OpenDuties() {
		open[d.Kind] = true
	}
	s.by(regimetest.Nhse, &MoveLaw{To: "england_2022", Area: "QMM", Region: "Y61", On: regimetest.At("2022-07-01 00:00")})
	want := []regime.Party{"ICB/QMM", "LA_COMM/QMM", "NHSCB/Y61", "CQC", "HEALTHWATCH_LOCAL/QMM", "UKHSA"}
	for _, p := range want {
		if !s.c.IsMember(p) {
			t.Errorf("%s has no seat: %v", p, s.c.parties(nil))
		}
	}
	if len(s.c.Members) != len(want) || s.c.support() != "ICB/QMM" || s.c.decider() != "NHSCB/Y61" {
		t.Errorf("%v, support %s, decider %s", s.c.parties(nil), s.c.support(), s.c.decider())
	}
	for _, d := range s.c.OpenDuties() {
		if o := s.c.OwnerOf(d); !s.c.profile().Knows(o.Body()) && o != "" {
			t.Errorf("%s is owed by %s", d.Kind, o)
		}
		delete(open, d.Kind)
	}
	delete(open, DutyNameSuccessors)
	if len(open) > 0 {
		t.Errorf("lost on the way: %v", open)
	}
	if n := len(s.told(regime.NoticeLawChanged)); n != 2 { // the question, and the answer
		t.Errorf("told %d times: %v", n, s.told(regime.NoticeLawChanged))
	}
	s.refused("R122", "MONITOR", &AddNote{Text: "too late"}).refused("R122", "CCG/07J", &AddNote{Text: "too late"})
	if got := s.c.Name("MONITOR"); got != "NHS England and NHS Improvement (in law Monitor)" {
		t.Errorf("a name of its time: %s", got)
	}
	s.at("2025-09-09 09:00")
	if s.c.Profile != "ENGLAND_2026" || s.c.labels().Measures != "the National Provider Improvement Programme" {
		t.Errorf("%s, %s", s.c.Profile, s.c.labels().Measures)
	}
	s.at("2026-04-01 09:00").by("NHSCB/Y61", &RecordSuccession{From: "ICB/QMM", To: "ICB/QNS", Why: "the boards merge"})
	if s.c.support() != "ICB/QNS" || s.c.IsMember("ICB/QMM") {
		t.Errorf("%v, support %s", s.c.parties(nil), s.c.support())
	}
}

// Councils did not end with the areas: what has a place of its own keeps it.
func TestR123_AreasAreRedrawnAndCouncilsAreNot(t *testing.T) {
	provider := kingsLynn
	provider.OtherAreas = []string{"Q55"}
	s := &script{T: t, now: regimetest.At("2022-06-20 09:00")}
	var err error
	if s.c, err = Open(Opening{Ref: "K7QM-3XRD", Profile: "ENGLAND_2013", Provider: provider, Members: []regime.Party{
		regimetest.Nhse, "NHSCB/Q55", "CCG/07J", "LA_COMM/E10000020", "LA_COMM/Q55", "HEALTHWATCH_LOCAL/E10000020", "MONITOR", "CQC",
		"SAFEGUARDING_PARTNERS/E10000020", "LETB/Q56"}}, s.now); err != nil {
		t.Fatal(err)
	}
	s.at("2022-07-01 09:00").by(regimetest.Nhse, &MoveLaw{To: "ENGLAND_2022", Area: "QMM", Region: "Y61", On: regimetest.At("2022-07-01 00:00")})
	want := []regime.Party{"ICB/QMM", "LA_COMM/E10000020", "LA_COMM/QMM", "HEALTHWATCH_LOCAL/E10000020", "NHSCB/Y61", "CQC",
		"SAFEGUARDING_PARTNERS/E10000020"}
	for _, p := range want {
		if !s.c.IsMember(p) {
			t.Errorf("%s has no seat: %v", p, s.c.parties(nil))
		}
	}
	if len(s.c.Members) != len(want) {
		t.Errorf("seats: %v", s.c.Members)
	}
	s.onRecord("Integrated care board (QMM) takes the places of NHS England (Q56), NHS England (Q55) and CCG (07J)")
}

func TestR122_WhatABodyDidBeforeItsEndIsRecordedWithItsDate(t *testing.T) {
	s := judged2022(t, norwich).by("ICB", &RecordSuccession{From: "ICB/EX-ICB2", To: "ICB/EX-ICB3", Why: "merger",
		On: regimetest.At("2022-10-05 16:05")})
	s.refused("R122", "ICB/EX-ICB2", &UsePower{Power: "P-COM-1", Reason: "now"})
	s.by("ICB/EX-ICB2", &UsePower{Power: "P-COM-1", Reason: "then", Taken: regimetest.At("2022-10-05 12:00")})
	if u := s.c.OwnActs[0]; u.By.For != "ICB/EX-ICB2" {
		t.Errorf("%+v", u)
	}
	s.by("ICB/EX-ICB3", &LiftPower{Use: "U1", Evidence: "safe again"})
}

func TestR123_TheHeirTakesSeatRingDutiesAndActionsAndNothingBeginsAnew(t *testing.T) {
	s := judged2022(t, norwich).at("2022-10-06 16:00")
	if s.c.Ring.Holder != regimetest.Board {
		t.Fatal(s.c.Ring.Holder)
	}
	s.by("CQC", &ProposeAction{Owner: regimetest.Board, Aim: "secure-improvement", What: "staff the ward",
		Due: regimetest.At("2022-10-20 10:00")})
	before := s.c.OpenDuties()
	s.by("NHSCB/Y61", &RecordSuccession{From: regimetest.Board, To: "ICB/EX-ICB2", Why: "the boards merge"})
	if s.c.Ring.Holder != "ICB/EX-ICB2" || s.c.Actions[0].Owner != "ICB/EX-ICB2" || s.c.support() != "ICB/EX-ICB2" ||
		s.c.IsMember(regimetest.Board) {
		t.Errorf("ring %s, action of %s, support %s", s.c.Ring.Holder, s.c.Actions[0].Owner, s.c.support())
	}
	after := s.c.OpenDuties()
	for _, d := range before {
		i := slices.IndexFunc(after, func(o ledger.Duty) bool { return o.ID == d.ID })
		switch {
		case i < 0 && !slices.ContainsFunc(after, func(o ledger.Duty) bool { return o.Kind == d.Kind }):
			t.Errorf("%s is lost", d.Kind)
		case i >= 0 && (!after[i].Due.Equal(d.Due) || s.c.OwnerOf(after[i]) == regimetest.Board):
			t.Errorf("%s: due %v, before %v; owed by %s", d.Kind, after[i].Due, d.Due, s.c.OwnerOf(after[i]))
		}
	}
	if n := len(s.told(regime.NoticeLawChanged)); n != 1 {
		t.Errorf("told %d times", n)
	}
	for _, e := range s.c.Entries {
		if e.By.For == "ICB/EX-ICB2" {
			t.Errorf("an act of the old body is called the heir's: %+v", e)
		}
	}
	s.refused("R122", regimetest.Board, &AcceptAction{Action: "A1"}).by("ICB/EX-ICB2", &AcceptAction{Action: "A1"})
	// It is undone by a second one.
	s.by("NHSCB/Y61", &RecordSuccession{From: "ICB/EX-ICB2", To: regimetest.Board, Why: "it was the other one"})
	s.refused("R122", "ICB/EX-ICB2", &AddNote{Text: "x"}).by(regimetest.Board, &AddNote{Text: "back"})
}

func TestR123_AMailThatHasNotGoneGoesToTheHeirOnce(t *testing.T) {
	s := judged2022(t, norwich).at("2022-10-06 20:00")
	s.by("CQC", &ProposeAction{Owner: regimetest.Board, Aim: "secure-improvement", What: "staff the ward",
		Due: regimetest.At("2022-10-20 10:00")})
	unsent := func(p regime.Party) (out []string) {
		for _, n := range s.c.Notices {
			for _, r := range n.To {
				if r.Party == p && r.State == "" && !n.Settled {
					out = append(out, n.ID+string(r.Level))
				}
			}
		}
		return out
	}
	was := unsent(regimetest.Board)
	if len(was) == 0 {
		t.Fatal("nothing waits")
	}
	s.by("NHSCB/Y61", &RecordSuccession{From: regimetest.Board, To: "ICB/EX-ICB2", Why: "the boards merge"})
	if got := unsent(regimetest.Board); len(got) > 0 {
		t.Errorf("still for the old body: %v", got)
	}
	now := unsent("ICB/EX-ICB2")
	for i, id := range was {
		if !slices.Contains(now, id) || slices.Contains(was[:i], id) {
			t.Errorf("%s is lost or doubled: %v", id, now)
		}
	}
}

// Where the heir is told anyhow, it is told once.
func TestR123_AnHeirThatIsAMemberAlreadyIsToldOnce(t *testing.T) {
	s := judged2022(t, norwich).at("2022-10-06 20:00")
	s.c.addMember("ICB/EX-ICB2")
	s.c.pen.Event(regime.NoticeLawChanged, "x", regime.RoleMembers)
	s.c.pen.Flush(s.now)
	s.by("NHSCB/Y61", &RecordSuccession{From: regimetest.Board, To: "ICB/EX-ICB2", Why: "the boards merge"})
	for _, n := range s.c.Notices {
		var seen []ledger.Recipient
		for _, r := range n.To {
			if r.Among(seen) || r.Party == regimetest.Board && r.State == "" && !n.Settled {
				t.Errorf("%s %s: %+v", n.ID, n.Kind, n.To)
			}
			seen = append(seen, r)
		}
	}
}

func TestR123_TheHeirEndsWhatTheOldBodyAloneCouldEnd(t *testing.T) {
	s := open2022(t, norwich).by(regimetest.Board, &TriggerRiskSummit{Concern: "x", Source: "media"})
	s.by(regimetest.Board, &RecordConcern{Kind: "trust-performance", What: "no nurses at night"})
	s.by("NHSCB/Y61", &RecordSuccession{From: regimetest.Board, To: "ICB/EX-ICB2", Why: "the boards merge"})
	s.refused("R83", "CQC", &WithdrawTrigger{Reason: "x"}).by("ICB/EX-ICB2", &WithdrawTrigger{Reason: "the wrong trust"})
	id := s.c.Concerns[len(s.c.Concerns)-1].ID
	s.refused("R87", "CQC", &WithdrawConcern{Concern: id, Reason: "x"}).by("ICB/EX-ICB2", &WithdrawConcern{Concern: id, Reason: "a mistake"})
	last := s.c.Notices[len(s.c.Notices)-1]
	if !slices.ContainsFunc(last.To, func(r ledger.Recipient) bool { return r.Party == "ICB/EX-ICB2" }) ||
		slices.ContainsFunc(last.To, func(r ledger.Recipient) bool { return r.Party == regimetest.Board }) {
		t.Errorf("%+v", last.To)
	}
}

func TestR123_ASuccessionThatCannotBeSaysWhy(t *testing.T) {
	s := judged2022(t, norwich)
	for _, a := range []*RecordSuccession{
		{From: "ICB/EX-ICB9", To: "ICB/EX-ICB2", Why: "x"},
		{From: regimetest.Board, To: regimetest.Board, Why: "x"},
		{From: regimetest.Board, To: "MARTIANS", Why: "x"},
		{From: regimetest.Board, To: "PROVIDER/EX-FT9", Why: "x"},
		{From: regimetest.Board, To: "ICB/EX-ICB2"},
	} {
		s.refused("", "NHSCB/Y61", a)
	}
	s.refused("R123", "GMC", &RecordSuccession{From: regimetest.Board, To: "ICB/EX-ICB2", Why: "x"})
}

func TestR124_AdministrationNeedsTheSecretaryOfStateUnlessCQCRequiresIt(t *testing.T) {
	s := open2022(t, norwich)
	s.refused("R124", "NHSCB/Y61", &OrderAdministration{}).refused("R124", "CQC", &ApproveAdministration{}).
		by("SOS", &ApproveAdministration{Reason: "in the interests of the health service"}).
		by("NHSCB/Y61", &OrderAdministration{})
	open2022(t, norwich).by("CQC", &RequireAdministration{Reason: "serious failure"}).by("NHSCB/Y61", &OrderAdministration{})
	open(t, kingsLynn, "2014-11-03 09:00").refused("R124", "SOS", &ApproveAdministration{}).by("MONITOR", &OrderAdministration{})
}

// What a law without a day says is recorded by hand: nothing else makes a body of another kind its heir.
func TestR123_ASuccessionThatIsPlannedAloneIsRecordedByHand(t *testing.T) {
	o := opening2022(norwich)
	o.Profile = "ENGLAND_2026"
	c, err := Open(o, regimetest.At("2027-02-01 09:00"))
	if err != nil {
		t.Fatal(err)
	}
	s := &script{T: t, c: c, now: regimetest.At("2027-02-01 09:00")}
	s.by("NHSCB/Y61", &DecideMeasures{Outcome: Place, Reason: "segment 5"})
	s.refused("R123", regimetest.Board, &RecordSuccession{From: "CQC", To: "SOS", Why: "x"})
	owed := len(s.c.PassesOn("NHSCB/Y61"))
	s.by(regimetest.Board, &RecordSuccession{From: "NHSCB/Y61", To: "SOS", Why: "the Act, as planned"})
	s.onRecord("Planned: the profile knows no law in force that says so")
	if s.c.decider() != "SOS" || !s.c.IsMember("SOS") || s.c.IsMember("NHSCB/Y61") || len(s.c.PassesOn("SOS")) < owed {
		t.Errorf("decider %s; %v; %v", s.c.decider(), s.c.parties(nil), s.c.PassesOn("SOS"))
	}
	s.refused("R122", "NHSCB/Y61", &DecideMeasures{Outcome: Exit, Reason: "x"}).refused("R122", "NHSCB/Y61", &UsePower{Power: "P-MON-1", Reason: "x"})
	s.by("SOS", &UsePower{Power: "P-MON-1", Reason: "breach of licence"}).by("SOS", &AgreeCriterion{What: "safe staffing"})
	// Who orders approves nothing of its own.
	s.refused("R124", "SOS", &ApproveAdministration{}).by("SOS", &OrderAdministration{})
}

// What is on its way to a body while its place is taken went under its name, and its heir gets no second one. What was not
// taken goes to the heir.
func TestR123_AMailOnItsWayWhileTheBodyEndsIsKnownToHaveGone(t *testing.T) {
	for _, want := range []struct {
		state ledger.DeliveryState
		to    regime.Party // who has it in the end
	}{{ledger.StateAccepted, "ICB/EX-ICB2"}, {ledger.StateUnknown, "ICB/EX-ICB2"}, {ledger.StateWaiting, "ICB/EX-ICB3"}} {
		s := judged2022(t, norwich)
		s.idle = true
		s.by("CQC", &UsePower{Power: "P-CQC-5", Reason: "patients at risk"})
		var given []ledger.SendResult
		for _, n := range s.c.ToSend(s.now) {
			for _, r := range n.To {
				if r.Party == "ICB/EX-ICB2" {
					given = append(given, ledger.SendResult{Notice: n.ID, Party: r.Party, Level: r.Level, Round: r.Round, State: want.state})
				}
			}
		}
		if len(given) == 0 {
			t.Fatal("nothing was on its way")
		}
		s.by("NHSCB/Y61", &RecordSuccession{From: "ICB/EX-ICB2", To: "ICB/EX-ICB3", Why: "merger"})
		s.c.RecordSent(given, s.now)
		for _, g := range given {
			var has []regime.Party
			for _, n := range s.c.Notices {
				for _, r := range n.To {
					if n.ID == g.Notice && (r.Party == "ICB/EX-ICB2" || r.Party == "ICB/EX-ICB3") {
						has = append(has, r.Party)
					}
				}
			}
			if len(has) != 1 || has[0] != want.to {
				t.Errorf("%s: mail of %s is with %v, not with %s alone", want.state, g.Notice, has, want.to)
			}
		}
	}
}
