package failure

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func TestAContinuingPowerStandsFromItsDecisionUntilItIsLifted(t *testing.T) {
	row := regime.PowerRow{Continuing: true}
	until := regimetest.At("2014-12-01")
	for _, x := range []struct {
		u      IndividualAction
		stands bool
	}{
		{IndividualAction{}, true}, {IndividualAction{Until: until}, false},
		{IndividualAction{Until: until, Outcome: Proceed}, true},
		{IndividualAction{Until: until, Outcome: Withdraw}, false},
		{IndividualAction{Outcome: Withdraw}, false},
		{IndividualAction{Lifted: until}, false}, {IndividualAction{Until: until, Outcome: Proceed,
			Lifted: until}, false},
	} {
		if got := x.u.Stands(row); got != x.stands || x.u.Stands(regime.PowerRow{}) {
			t.Errorf("%+v: stands %v", x.u, got)
		}
	}
}

// A prompt is a remark on an act: it is made where something is missing, and nowhere else.
func TestR45_PromptsSayWhatIsMissingAndWhatFollows(t *testing.T) {
	s := open(t, kingsLynn, "2014-11-03 09:00")
	calm := s.copied().by("MONITOR", &TriggerRiskSummit{Concern: "x", Source: "media"})
	urgent := s.copied().by("MONITOR", &TriggerRiskSummit{Concern: "x", Source: "media", Immediate: true})
	gp := open(t, practice, "2014-11-03 09:00")
	use := func(id regime.PowerID) *UsePower { return &UsePower{Power: id} }
	const restrained, unwarned = "R45", "No warning notice under"
	var held, follows regime.PowerID
	for _, r := range s.c.profile().Powers {
		if r.Restrained && held == "" && r.Fits(regime.FoundationTrust) {
			held = r.ID
		}
		if r.Follows != "" && follows == "" && r.Fits(regime.FoundationTrust) {
			follows = r.ID
		}
	}
	by := func(id regime.PowerID) regime.Party {
		r, _ := s.c.profile().Power(id)
		return regime.Party(r.Owners[0])
	}
	says := func(s *script, by regime.Party, act *UsePower) string { return lastSaid(s.copied().by(by, act)) }
	reasoned, immediate := use(held), use(held)
	reasoned.Reason, immediate.Immediate = "x", true
	for _, x := range []struct {
		what, said, part string
		has              bool
	}{
		{"no risk", says(s, by(held), use(held)), restrained, true},
		{"a trigger without risk", says(calm, by(held), use(held)), restrained, true},
		{"a trigger at risk", says(urgent, by(held), use(held)), restrained, false},
		{"a reason", says(s, by(held), reasoned), restrained, false},
		{"itself at risk", says(s, by(held), immediate), restrained, false},
		{"at a practice", says(gp, by(held), use(held)), restrained, false},
		{"without a warning", says(s, by(follows), use(follows)), unwarned, follows != ""},
		{"needing another", says(s, "MONITOR", use("P-MON-2")), "It needs the provider's agreement", true},
		{"needing nobody", says(s, "CQC", use("P-CQC-6")), "It needs", false},
	} {
		if strings.Contains(x.said, x.part) != x.has {
			t.Errorf("%s: %s", x.what, x.said)
		}
	}
}

func TestAfterClosingNothingIsOwedForWhatABodyDoes(t *testing.T) {
	closed := everyStage(t)[regime.Closed]
	for _, act := range []Act{&UsePower{Power: "P-CQC-5"}, &UsePower{Power: "P-CQC-6"}, differ()} {
		by := regime.Party("CQC")
		if _, ok := act.(*RegisterDifference); ok {
			by = "CCG/07J"
		}
		s := closed.copied()
		s.idle = true
		if open := s.by(by, act).c.OpenDuties(); len(open) != 0 {
			t.Errorf("%s: %+v", VerbOf(act).Path, open)
		}
	}
	gp := open(t, practice, "2013-09-10 09:00").by(regimetest.Nhse, &SetLevel{Level: "routine", Reason: "x"}).
		by(regimetest.Nhse, &ProposeClosing{}).
		by(regimetest.Nhse, &CloseCase{}).by("CQC", &UsePower{Power: "P-CQC-6"})
	if open := gp.c.OpenDuties(); len(open) != 0 {
		t.Errorf("%+v", open)
	}
}

func TestANoteEndsWhatItSaysIsDoneAndOnlyThat(t *testing.T) {
	s := open(t, kingsLynn, "2014-11-03 09:00")
	s.idle = true
	owe := func(k regime.DutyKind, owner regime.Party) {
		s.c.pen.OpenDuty(ledger.DutySpec{Kind: k, Owner: owner, Subject: string(owner), Start: s.now, Due: regimetest.At("2014-11-04")})
	}
	owe(regime.DutyMendDirectory, regimetest.Nhse)
	d := s.c.Duty(regime.DutyMendDirectory, string(regimetest.Nhse))
	d.Unreached = ledger.Mailbox{Party: "CQC", Level: regime.LevelDuty}
	owe(regime.DutySendCopies, "CQC")
	owe(regime.DutySendCopies, "MONITOR")
	owe(regime.DutyGiveInformation, "CQC")
	for _, x := range []struct {
		note AddNote
		left int
		says string
	}{
		{AddNote{Text: "x"}, 4, "Note: x"},
		{AddNote{Text: "x", Mended: "cqc:duty"}, 3,
			"Found the contact: CQC, duty contact. 0 mails sent again. Note: x"},
		{AddNote{Text: "x", Copies: true}, 3, "Note: x"},
		{AddNote{Text: "x", Mended: d.ID, Copies: true}, 2,
			"Found the contact: CQC, duty contact. 0 mails sent again. Note: x"},
	} {
		c := s.copied()
		if c.by("CQC", &x.note); len(c.c.OpenDuties()) != x.left || lastSaid(c) != x.says {
			t.Errorf("%+v: %v, %s", x.note, c.c.OpenDuties(), lastSaid(c))
		}
		if x.note.Copies && !c.duty(regime.DutySendCopies, "MONITOR").Open() {
			t.Error("another's copies are not sent by this")
		}
	}
	if said := lastSaid(s.by("CQC", &AddNote{Text: "x"}).
		by("CQC", &AddNote{Text: "x", Corrects: 1})); said != "Corrects entry 1: x" {
		t.Error(said)
	}
}

func TestR55_R61_AProvidersTypeThatIsCorrectedChangesWhatIsOwed(t *testing.T) {
	s := placed(t).by("MONITOR", &CorrectProvider{Type: regime.GPPractice, Reason: "x"})
	var owes []string
	for _, d := range s.c.OpenDuties() {
		owes = append(owes, string(d.Kind)+" "+string(d.Owner))
	}
	if got := strings.Join(owes, ", "); got !=
		"PUBLIC_INFORMATION_QUESTION NHSCB/Q56, REINSPECTION_PRIMARY_CARE CQC, PRIMARY_CARE_LIMIT CQC" {
		t.Error(got)
	}
	if c := open2022(t, norwich).by("CQC", &CorrectProvider{Type: regime.NHSTrust,
		Reason: "x"}); len(c.c.OpenDuties()) != 0 {
		t.Errorf("%+v", c.c.OpenDuties())
	}
	declined := open(t, kingsLynn, "2013-10-01 10:00").by("CQC", &RecommendMeasures{Reason: "x"}).
		by("MONITOR", &CorrectProvider{Type: regime.NHSTrust, Reason: "x"})
	if d := declined.c.OpenDuties(); len(d) != 1 || d[0].Kind != regime.DutyAnswerRecommend {
		t.Errorf("%+v", d)
	}
}

func TestR39_AMeetingInMonitoringAsksForNoFurtherOne(t *testing.T) {
	s := closable(t).by(regimetest.Nhse, &BeginMonitoring{Reason: "x"}).
		by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}, Record: "x"})
	for _, d := range s.c.OpenDuties() {
		if d.Kind == regime.DutyNextMeeting || d.Kind == regime.DutyMeetingRecord {
			t.Errorf("%+v", d)
		}
	}
	more := responding(t, kingsLynn).by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}})
	if !more.duty(regime.DutyNextMeeting, "").Open() || !more.duty(regime.DutyMeetingRecord, "1").Open() {
		t.Error("in the response both are owed")
	}
	now := more.copied().by(regimetest.Nhse, &RecordMeeting{Record: "what was said"})
	if m := now.c.Meetings[0]; m.Record != "what was said" || !m.Recorded.Equal(now.now) ||
		now.duty(regime.DutyMeetingRecord, "1").End != ledger.EndDone {
		t.Errorf("%+v", m)
	}
	again := more.copied().by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At("2013-09-20 10:00"), Place: "a"}).
		by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At("2013-09-21 10:00"), Place: "b"})
	if m := again.c.Meetings[1]; len(again.c.Meetings) != 2 || m.Place != "b" ||
		!m.At.Equal(regimetest.At("2013-09-21 10:00")) ||
		!again.duty(regime.DutyHoldMeeting, "2").Due.Equal(m.At) ||
		again.duty(regime.DutyNextMeeting, "").End != ledger.EndDone {
		t.Errorf("%+v", again.c.Meetings)
	}
	for when, says := range map[string]bool{"2013-09-14 16:10": false, "2013-09-14 16:11": true} {
		if got := lastSaid(responding(t, kingsLynn).
			by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At(when)})); strings.Contains(got, "after the 48 hours") != says {
			t.Errorf("%s: %s", when, got)
		}
	}
}

func TestR75_AConcernGoesByItsKindsProfessionUnlessAnotherIsNamed(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00")
	record := func(kind regime.MatrixKind, of regime.Profession) Act {
		return &RecordConcern{Kind: kind, What: "x",
			Profession: of}
	}
	tryAll(t,
		trial{s, "CQC", record("individual-doctor", ""), ""},
		trial{s, "CQC", record("individual-doctor", "doctor"), ""},
		trial{s, "CQC", record("individual-doctor", "nurse"), "record it as another kind"},
		trial{s, "CQC", record("individual-other", ""), "--profession is missing"},
		trial{s, "CQC", record("individual-other", "dentist"), ""},
		trial{s, "CQC", record("whistleblower", ""), ""},
		trial{s, "ROYAL_COLLEGE", record("immediate-risk", ""), "R75: "},
		trial{s, "PROVIDER", record("immediate-risk", ""), "R75: "},
		trial{s, "PROVIDER", record("serious-incident", ""), ""},
		trial{s, "SAB", record("immediate-risk", ""), ""},
	)
	doctor := s.copied().by("CQC", record("individual-doctor", "")).c
	if k := doctor.Concerns[0]; k.Profession != "doctor" ||
		doctor.Referrals[0].Profession != "doctor" || slices.Contains(k.Told, "CQC") {
		t.Errorf("%+v", k)
	}
	for source, protected := range map[regime.SourceKind]bool{"whistleblower": true, "media": false} {
		c := s.copied().by("CQC", &RecordConcern{Kind: "immediate-risk", What: "x", Source: source})
		if k := c.c.Concerns[0]; k.Protect != protected {
			t.Errorf("%+v", k)
		}
	}
}

func TestR12_AnAlertWaitsForThoseWhoAreToldAtItsMomentAndSaysByWhen(t *testing.T) {
	s := triggered(t, kingsLynn)
	a := s.c.Alerts[0]
	if len(s.c.Alerts) != 1 || len(a.Of) != len(s.c.Members) ||
		!s.c.Notices[0].By.Equal(regimetest.At("2013-09-10 11:00")) {
		t.Errorf("%+v, by %s", a, s.c.Notices[0].By)
	}
	s.c.pen.Notify(ledger.Notice{Kind: "N1", To: []ledger.Recipient{{Party: "CQC"}, {Party: "GMC"}}})
	s.c.pen.Flush(s.now)
	s.c.pen.Notify(ledger.Notice{Kind: "N1", To: []ledger.Recipient{{Party: "CQC"}}})
	s.c.pen.Notify(ledger.Notice{Kind: "N2", To: []ledger.Recipient{{Party: "CQC"}}})
	s.c.pen.Flush(s.now.AddDate(0, 0, 1))
	var of []int
	for _, a := range s.c.Alerts {
		of = append(of, len(a.Of))
	}
	if !slices.Equal(of, []int{len(s.c.Members) + 1, 1, 1}) {
		t.Errorf("%v: %+v", of, s.c.Alerts)
	}
}
