package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"go.temporal.io/sdk/activity"
)

const (
	someCases      = 12
	mostOfSkeleton = 1.5
)

func activityNamed(name string) activity.RegisterOptions { return activity.RegisterOptions{Name: name} }

// acts has a dozen cases take their first ten acts, with their mails, and then as many skeletons do what was seen in
// the cases' histories: the same updates, timers, activities, markers and search attributes, with payloads as long, and
// as many mails. No time is skipped. The skeletons' payloads are not sealed, and nobody composes their mails.
func acts(ctx context.Context, b *bench) ([]row, error) {
	s, err := b.newSite(ctx, "acts", namespace)
	if err != nil {
		return nil, err
	}
	defer s.close()
	var refs []string
	away := ahead()
	for i := range someCases {
		refs = append(refs, refOf("ACTS", i))
		if err := s.begin(ctx, refs[i], away); err != nil {
			return nil, err
		}
	}
	if _, err := s.cases.Snapshot(ctx, refs[0]); err != nil {
		return nil, err
	}
	mails := 0
	ours, err := s.cost(ctx, s.worker.ID(), func(ctx context.Context) error {
		for _, ref := range refs {
			if err := take(ctx, s.cases, ref, 0, course(time.Now().Add(away))); err != nil {
				return err
			}
		}
		mails, err = settled(ctx, s.mailed)
		return err
	})
	if err != nil {
		return nil, err
	}
	s.worker.Stop()
	w, err := s.walkOf(ctx, refs)
	if err != nil {
		return nil, err
	}
	if w.mails != mails || mails == 0 {
		return nil, fmt.Errorf("%d mails were kept, and the histories tell of %d", mails, w.mails)
	}
	bare, err := s.inSkeletons(ctx, w, s.mailBytes()/mails)
	if err != nil {
		return nil, err
	}
	without, err := s.inSkeletons(ctx, w, 0)
	if err != nil {
		return nil, err
	}
	deeds := float64(someCases * len(course(time.Now())))
	ms := func(s spent) string {
		return fmt.Sprintf("%.1f + %.1f", s.server.Seconds()*1000/deeds, s.worker.Seconds()*1000/deeds)
	}
	each := float64(mails) / deeds
	return []row{
		limit("CPU of server and worker for the acts of a case, against a bare skeleton of the same updates, timers and batches of mails",
			ours.both().Seconds()/bare.both().Seconds(), mostOfSkeleton, "%.2f"),
		{what: fmt.Sprintf("- an act with its %.1f mails: CPU ms, server + worker", each), now: ms(ours)},
		{what: fmt.Sprintf("- a step of the skeleton with %.1f mails: CPU ms, server + worker", each), now: ms(bare)},
		{what: "- a step of a skeleton that keeps no mails: CPU ms, server + worker", now: ms(without)},
		{what: "- an act against that", now: fmt.Sprintf("%.2f", ours.both().Seconds()/without.both().Seconds())},
	}, nil
}

// mailBytes is how much is in the outbox.
func (s *site) mailBytes() int {
	files, _ := os.ReadDir(s.path("outbox")) // it is there where mails are
	n := 0
	for _, f := range files {
		if info, err := f.Info(); err == nil {
			n += int(info.Size())
		}
	}
	return n
}
