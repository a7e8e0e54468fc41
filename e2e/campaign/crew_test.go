package main

import (
	"testing"
	"time"
)

func TestAWorkerThatIsKilledSoonAfterAMailWasTakenCouldNotNoteIt(t *testing.T) {
	at := time.Now()
	for _, row := range []struct {
		busy, later time.Duration
		worker      int
		could       bool
	}{
		{0, time.Second, 0, false}, {0, 3 * time.Second, 0, true}, {0, time.Second, 1, true},
		{4 * time.Second, 3 * time.Second, 0, false}, {4 * time.Second, 5 * time.Second, 0, true},
		{time.Minute, 5 * time.Second, 0, false}, {time.Minute, 7 * time.Second, 0, true},
	} {
		c := &crew{deaths: []death{{row.worker, at.Add(row.later), row.busy}}}
		if got := !c.couldNotNote(taken{from: at, at: at}, subject{}); got != row.could {
			t.Errorf("%+v: %v", row, got)
		}
	}
	c := &crew{serverDeaths: []absence{{at, at.Add(5 * time.Second), "server"}}, deaths: []death{{0, at.Add(16 * time.Second), 0}}}
	if !c.couldNotNote(taken{from: at, at: at.Add(time.Second)}, subject{}) {
		t.Error("the server was away until shortly before the worker died")
	}
}
