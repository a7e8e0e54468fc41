package workflows

import (
	"context"
	"slices"
	"syscall"
	"testing"

	"holdthering/message"
)

// full is the world while a disk is full: it takes no record for so many tries.
type full struct {
	outside
	tries int
}

func (f *full) KeepRecord(_ context.Context, r message.Register) error {
	if f.tries--; f.tries >= 0 {
		return syscall.ENOSPC
	}
	return f.outside.KeepRecord(context.Background(), r)
}

func TestARecordThatADiskHadNoRoomForIsPutOnFileWhenThereIsRoom(t *testing.T) {
	o := &full{tries: 30} // some five hours
	p := playWith(t, Input{Opening: &kingsLynn}, placedInMeasures, "2014-01-02 11:00", o)
	if p.files.Load() < 3 || o.tries >= 0 {
		t.Fatalf("%d files", p.files.Load())
	}
}

func TestADiskThatStaysFullHoldsNoCaseUp(t *testing.T) {
	o := &full{tries: 1 << 30}
	p := playWith(t, Input{Opening: &kingsLynn}, slices.Clone(placedInMeasures), "2014-01-02 11:00", o)
	e, _ := p.state.Episode()
	if p.files.Load() != 0 || len(e.Publications) != 2 {
		t.Fatalf("%d runs and %d files, %d reports", p.runs, p.files.Load(), len(e.Publications))
	}
}
