package failure

import (
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// Ledger: what a clock that stood still does late says when it was to be done.
func TestANoticeThatTheClockRaisedLateSaysWhenItWasToBeRaised(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00")
	s.c.Entries = []ledger.Entry{{N: 1, At: s.now, Verb: ledger.ByClock}}
	s.c.pen.OpenDuty(ledger.DutySpec{Kind: DutyConvene, Owner: "NHSCB/Q56", Start: s.now,
		Due: s.now.Add(48 * time.Hour)})
	first, ok := s.c.NextDue()
	if !ok {
		t.Fatal("nothing falls due")
	}
	inTime := s.copied()
	inTime.c.pen.Tick(first.At.Add(time.Second / 2))
	if len(inTime.c.Notices) == 0 {
		t.Fatal("nobody is reminded")
	}
	for _, n := range inTime.c.Notices {
		if !n.Fell.IsZero() {
			t.Errorf("%s %s, in time: fell %s", n.ID, n.Kind, n.Fell)
		}
	}
	now := s.now.Add(15 * 24 * time.Hour)
	s.c.pen.Tick(now)
	kinds := map[regime.NoticeKind]bool{}
	for _, n := range s.c.Notices {
		kinds[n.Kind] = true
		if n.Fell.IsZero() || !n.Fell.Before(now) || n.Fell.Before(first.At) || !n.At.Equal(now) {
			t.Errorf("%s %s: at %s, fell %s", n.ID, n.Kind, n.At, n.Fell)
		}
	}
	if len(s.c.Notices) < 2 || !kinds["N44"] {
		t.Errorf("%v", kinds)
	}
}
