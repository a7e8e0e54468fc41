package failure

import (
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func TestR81_ALaterNoticeSparesTheSameContactTheEarlierOfTheSameDuty(t *testing.T) {
	now, waits := regimetest.At("2013-09-14 12:00"), regimetest.At("2013-09-16 08:00")
	me := ledger.Recipient{Party: "CQC", Level: regime.LevelDuty, NotBefore: waits}
	for _, x := range []struct {
		what   string
		n      ledger.Notice
		r      ledger.Recipient
		spared bool
	}{
		{"a reminder of the day before", ledger.Notice{Duty: "D1", At: regimetest.At("2013-09-13 20:00")}, me, true},
		{"of two weeks ago", ledger.Notice{Duty: "D1", At: now.Add(-14 * 24 * time.Hour)}, me, true},
		{"of longer ago", ledger.Notice{Duty: "D1", At: now.Add(-14*24*time.Hour - 1)}, me, false},
		{"of the same moment", ledger.Notice{Duty: "D1", At: now}, me, false},
		{"of another duty", ledger.Notice{Duty: "D2", At: regimetest.At("2013-09-13 20:00")}, me, false},
		{"an event's", ledger.Notice{At: regimetest.At("2013-09-13 20:00")}, me, false},
		{"another body's", ledger.Notice{Duty: "D1", At: regimetest.At("2013-09-13 20:00")},
			ledger.Recipient{Party: "MONITOR", Level: regime.LevelDuty, NotBefore: waits}, false},
		{"another contact's", ledger.Notice{Duty: "D1", At: regimetest.At("2013-09-13 20:00")},
			ledger.Recipient{Party: "CQC", Level: regime.LevelLead, NotBefore: waits}, false},
		{"one that has gone", ledger.Notice{Duty: "D1", At: regimetest.At("2013-09-13 20:00")},
			ledger.Recipient{Party: "CQC", Level: regime.LevelDuty, NotBefore: waits, State: ledger.StateAccepted}, false},
		{"one that never waited", ledger.Notice{Duty: "D1", At: regimetest.At("2013-09-13 20:00")},
			ledger.Recipient{Party: "CQC", Level: regime.LevelDuty}, false},
	} {
		s := open(t, kingsLynn, "2013-09-10 09:00")
		x.n.Kind, x.n.To = "N19", []ledger.Recipient{x.r}
		s.c.Notices = []ledger.Notice{x.n}
		s.c.pen.DeferToHours(&ledger.Notice{Kind: "N19", Duty: "D1", At: now,
			To: []ledger.Recipient{{Party: "CQC", Level: regime.LevelDuty}}}, now)
		if got := s.c.Notices[0].To[0].State == ledger.StateSuperseded; got != x.spared {
			t.Errorf("%s: spared %v", x.what, got)
		}
		s.c.pen.DeferToHours(&ledger.Notice{Kind: "N19", At: now, To: []ledger.Recipient{{Party: "CQC",
			Level: regime.LevelDuty}}}, now)
	}
}

func TestR82_ADutyThatMovesTakesItsUnsentNoticesAlongAndForgetsWhatWasMarked(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00")
	old, due := regimetest.At("2013-09-12 09:00"), regimetest.At("2013-09-20 09:00")
	owe := func(subject string) *ledger.Duty {
		return s.c.pen.OpenDuty(ledger.DutySpec{Kind: DutyHoldMeeting, Owner: "CQC", Subject: subject,
			Start: s.now, Due: old})
	}
	d := *owe("1")
	other := *owe("2")
	moved := &s.c.Duties[0]
	moved.Overdue, moved.Missed, moved.Counted, moved.Period = true, true, old, regimetest.Period("48h")
	held := []ledger.Recipient{{Party: "CQC", NotBefore: old}}
	s.c.Notices = []ledger.Notice{{ID: "n1", Duty: d.ID, By: old, To: held},
		{ID: "n2", Duty: d.ID, By: old, To: []ledger.Recipient{{Party: "CQC"}}},
		{ID: "n3", Duty: other.ID, By: old, To: held}}
	s.c.pen.Reschedule(DutyHoldMeeting, "1", old, s.now)
	if !moved.Overdue || moved.Period.IsZero() {
		t.Errorf("the same date again changes nothing: %+v", moved)
	}
	s.c.pen.Reschedule(DutyHoldMeeting, "1", due, s.now)
	if !moved.Due.Equal(due) || moved.Overdue || moved.Missed || !moved.Counted.IsZero() ||
		!moved.Period.IsZero() {
		t.Errorf("%+v", moved)
	}
	for i, want := range []time.Time{due, old, old} {
		if got := s.c.Notices[i].By; !got.Equal(want) {
			t.Errorf("notice %d is by %s", i+1, got)
		}
	}
}
