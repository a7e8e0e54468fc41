package run

import (
	"sync"
	"time"

	"holdthering/activities/directory"
	"holdthering/reference"
	"holdthering/regime"
)

// watchEvery is how often the directory is looked at even when nothing is looked up in it, so that
// a fault is known before a mail needs the row.
const watchEvery = 30 * time.Second

// watch keeps, beside the records, how the directory stands; what it gives back ends that.
func (s Settings) watch(book *directory.Directory) (stop func()) {
	ref, err := reference.Load()
	if err != nil {
		s.Log.Error("The directory is not watched", "reason", err)
		return func() {}
	}
	expected := directory.Expected{Reference: ref, Profile: regime.FirstProfile(), Others: regime.BodiesEver()}
	look := func() {
		if err := directory.KeepStanding(s.Records, book.Standing(expected, time.Now())); err != nil {
			s.Log.Error("How the directory stands cannot be kept", "reason", err)
		}
	}
	ended := make(chan struct{})
	var running sync.WaitGroup
	running.Go(func() {
		tick := time.NewTicker(watchEvery)
		defer tick.Stop()
		for look(); ; look() {
			select {
			case <-tick.C:
			case <-ended:
				return
			}
		}
	})
	return func() {
		close(ended)
		running.Wait()
	}
}
