package failure

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
	"holdthering/regime/words"
)

// The case is read back from JSON in the middle of everything, as a new run of its workflow does.
func TestR82_DeadlinesSurviveAndAreWorkedOutAnewWhenADateMoves(t *testing.T) {
	s := placed(t).by("CQC", &ProposeAction{Owner: "MONITOR", Aim: SafeguardPatients, What: "x",
		Due: regimetest.At("2014-01-10 09:00")}).by("MONITOR", &AcceptAction{Action: "A1"}).at("2013-12-20 12:00")
	plain, again := s.copied(), s.copied()
	for _, day := range []string{"2014-01-05", "2014-03-01", "2014-09-30", "2015-02-01"} {
		plain.at(day)
		again.at(day)
		again = again.copied()
	}
	if a, b := strings.Join(plain.told("N28"), "\n"), strings.Join(again.told("N28"), "\n"); a != b || a == "" {
		t.Fatalf("carried over:\n%s\nin one run:\n%s", b, a)
	}
	s.by("MONITOR", &RedateAction{Action: "A1", Due: regimetest.At("2014-06-10 09:00"), Reason: "x"}).at("2014-06-01")
	if d := s.duty(DutyDoAction, "A1"); d.Overdue || !d.Due.Equal(regimetest.At("2014-06-10 09:00")) {
		t.Fatalf("%+v", d)
	}
	for _, told := range s.told("N19") {
		if strings.Contains(told, "Jan 2014") {
			t.Errorf("reminded by the old date: %s", told)
		}
	}
	if s.at("2014-06-12"); !s.duty(DutyDoAction, "A1").Overdue {
		t.Fatal("the new date is no date")
	}
}

func TestR81_EachIsToldOnceAndNobodyIsChasedForWhatIsDone(t *testing.T) {
	s := unposted(t).by("CQC", &FlagSafeguarding{About: regime.Adult, What: "x"}).at("2013-09-10 14:00")
	d := s.duty(DutyAdultProtocol, "S1")
	reminders := func(ns []ledger.Notice) (n int) {
		for _, sent := range ns {
			n += words.Flag(sent.Duty == d.ID && sent.Rung > 0)
		}
		return n
	}
	if n := reminders(s.c.ToSend(s.now)); n != 1 {
		t.Fatalf("after five hours %d reminders wait to be sent", n)
	}
	late := s.copied().at("2013-09-20 09:00")
	s.by(regimetest.Nhse, &FollowProtocol{Flag: "S1", How: "x"}).at("2013-09-20 09:00")
	if waiting := reminders(s.c.ToSend(s.now)); waiting != 0 || reminders(s.c.Notices) != 1 {
		t.Fatalf("it is done, and %d reminders wait", waiting)
	}
	if n := reminders(late.c.Notices); n != 11 { // after 4 hours, a day, two days, and daily
		t.Fatalf("it is not done, and there were %d reminders", n)
	}
	first := late.c.ToSend(late.now)[0]
	for _, r := range first.To {
		late.c.pen.RecordSent([]ledger.SendResult{{Notice: first.ID, Party: r.Party, Level: r.Level,
			State: ledger.StateAccepted}}, late.now)
	}
	for _, n := range late.c.ToSend(late.now) {
		if n.ID == first.ID {
			t.Fatalf("it would be sent again: %+v", n)
		}
	}
}

func TestR80_AMailSaysThatThereIsAConcernAndNeverWhich(t *testing.T) {
	s := triggered(t, kingsLynn).by("CCG/07K", &RecordConcern{Kind: "immediate-risk", What: "MARKER"})
	told := append(s.told("N2"), s.told("N3")...)
	if n := s.c.Concerns[0]; len(n.Told) == 0 || len(told) == 0 {
		t.Fatalf("nobody is told of it: %+v", n)
	}
	for _, n := range s.c.Notices {
		if strings.Contains(n.Text, "MARKER") || strings.Contains(n.Text, "Queen") {
			t.Errorf("%s says what it is, or of whom: %s", n.Kind, n.Text)
		}
	}
}

func TestR10_ImmediateRiskShortensOnlyWhatHasAShorterTime(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00")
	for _, x := range []struct {
		o   ledger.DutySpec
		due string
	}{
		{ledger.DutySpec{Kind: DutyConvene}, "2013-09-12 09:00"},
		{ledger.DutySpec{Kind: DutyConvene, Urgent: true}, "2013-09-11 09:00"},
		{ledger.DutySpec{Kind: DutyNoteClosing, Urgent: true}, "2013-09-17 09:00"},
		{ledger.DutySpec{Kind: DutyConvene, Urgent: true, Period: regimetest.Period("6h")}, "2013-09-10 15:00"},
		{ledger.DutySpec{Kind: DutyConvene, Counted: regimetest.At("2013-09-09 09:00")}, "2013-09-11 09:00"},
		{ledger.DutySpec{Kind: DutyConvene, Due: regimetest.At("2013-12-01 09:00")}, "2013-12-01 09:00"},
	} {
		c := s.copied()
		x.o.Start = c.now
		if d := c.c.pen.OpenDuty(x.o); !d.Due.Equal(regimetest.At(x.due)) || !d.Counted.Equal(x.o.Counted) {
			t.Errorf("%+v: due %s", x.o, d.Due)
		}
	}
}

func TestWhatIsOwedIsListedTheSoonestFirstAndWithoutWhatIsDone(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00")
	for i, due := range []string{"2013-09-14", "2013-09-12", "2013-09-13", "2013-09-11"} {
		s.c.pen.OpenDuty(ledger.DutySpec{Kind: DutyHoldMeeting, Owner: "CQC", Subject: strconv.Itoa(i),
			Start: s.now, Due: regimetest.At(due)})
	}
	s.c.pen.Discharge(DutyHoldMeeting, "3", ledger.Moment{Now: s.now})
	var got []string
	for _, d := range s.c.OpenDuties() {
		got = append(got, d.Subject)
	}
	if !slices.Equal(got, []string{"1", "2", "0"}) {
		t.Errorf("%v", got)
	}
}
