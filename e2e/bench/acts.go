package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"go.temporal.io/sdk/activity"
)

const (
	someCases      = 8
	rounds         = 6
	mostOfSkeleton = 1.5
)

func activityNamed(name string) activity.RegisterOptions { return activity.RegisterOptions{Name: name} }

// acts has some cases take their first ten acts, with their mails, and then as many skeletons do what was seen in
// the cases' histories: the same updates, timers, activities, markers and search attributes, with payloads as long, and
// as many mails. No time is skipped. The skeletons' payloads are not sealed, and nobody composes their mails. All take turns
// for some rounds, which are added up.
func acts(ctx context.Context, b *bench) ([]row, error) {
	s, err := b.newSite(ctx, "acts", namespace)
	if err != nil {
		return nil, err
	}
	defer s.close()
	if err := s.calm(ctx, "outbox", "bare"); err != nil {
		return nil, err
	}
	var all trial
	for n := range rounds {
		one, err := s.try(ctx, n)
		if err != nil {
			return nil, err
		}
		all.ours.add(one.ours)
		all.bare.add(one.bare)
		all.without.add(one.without)
		all.mails += one.mails
	}
	deeds := float64(rounds * someCases * len(course(time.Now())))
	ms := func(s spent) string {
		return fmt.Sprintf("%.1f + %.1f", s.server.Seconds()*1000/deeds, s.worker.Seconds()*1000/deeds)
	}
	each := float64(all.mails) / deeds
	return []row{
		limit("CPU of server and worker for the acts of a case, against a bare skeleton of the same updates, timers and batches of mails",
			all.ours.both().Seconds()/all.bare.both().Seconds(), mostOfSkeleton, "%.2f"),
		{what: fmt.Sprintf("- an act with its %.1f mails: CPU ms, server + worker", each), now: ms(all.ours)},
		{what: fmt.Sprintf("- a step of the skeleton with %.1f mails: CPU ms, server + worker", each), now: ms(all.bare)},
		{what: "- a step of a skeleton that keeps no mails: CPU ms, server + worker", now: ms(all.without)},
		{what: "- an act against that", now: fmt.Sprintf("%.2f", all.ours.both().Seconds()/all.without.both().Seconds())},
	}, nil
}

// trial is what the acts have cost in each way.
type trial struct {
	ours, bare, without spent
	mails               int
}

// try is the n-th round.
func (s *site) try(ctx context.Context, n int) (out trial, err error) {
	var refs []string
	away := ahead()
	for i := range someCases {
		refs = append(refs, refOf("ACTS", n*someCases+i))
		if err := s.begin(ctx, refs[i], away); err != nil {
			return out, err
		}
		if _, err := s.cases.Snapshot(ctx, refs[i]); err != nil {
			return out, err
		}
	}
	before, bytes := s.mailed(), s.mailBytes()
	out.ours, err = s.cost(ctx, s.worker.ID(), func(ctx context.Context) error {
		for _, ref := range refs {
			if err := take(ctx, s.cases, ref, 0, course(time.Now().Add(away))); err != nil {
				return err
			}
		}
		all, err := settled(ctx, s.mailed)
		out.mails = all - before
		return err
	})
	if err != nil {
		return out, err
	}
	w, err := s.walkOf(ctx, refs)
	if err != nil {
		return out, err
	}
	if w.mails != out.mails || out.mails == 0 {
		return out, fmt.Errorf("%d mails were kept, and the histories tell of %d", out.mails, w.mails)
	}
	if out.bare, err = s.inSkeletons(ctx, w, (s.mailBytes()-bytes)/out.mails); err != nil {
		return out, err
	}
	out.without, err = s.inSkeletons(ctx, w, 0)
	return out, err
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
