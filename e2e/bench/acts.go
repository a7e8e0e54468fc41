package main

import (
	"context"
	"fmt"
	"time"

	"go.temporal.io/sdk/activity"
)

const (
	someCases      = 12
	mostOfSkeleton = 1.5
)

func activityNamed(name string) activity.RegisterOptions { return activity.RegisterOptions{Name: name} }

// acts has a dozen cases take their first ten acts, with their mails, and then as many skeletons do what was seen in
// the cases' histories: the same updates, timers, activities, markers and search attributes, with payloads as long.
// No time is skipped. The skeletons' payloads are not sealed, and their worker writes no mails.
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
	bare, err := s.inSkeletons(ctx, refs)
	if err != nil {
		return nil, err
	}
	deeds := float64(someCases * len(course(time.Now())))
	ms := func(d time.Duration) string { return fmt.Sprintf("%.1f", d.Seconds()*1000/deeds) }
	return []row{
		limit("CPU of server and worker for the acts of a case, against a bare skeleton of the same visible steps",
			ours.both().Seconds()/bare.both().Seconds(), mostOfSkeleton, "%.2f"),
		{what: fmt.Sprintf("- an act with its %.1f mails: CPU ms, server + worker", float64(mails)/deeds),
			now: ms(ours.server) + " + " + ms(ours.worker)},
		{what: "- a step of the skeleton: CPU ms, server + worker", now: ms(bare.server) + " + " + ms(bare.worker)},
	}, nil
}
