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
	rounds         = 4
	mostOfSkeleton = 1.5
)

func activityNamed(name string) activity.RegisterOptions { return activity.RegisterOptions{Name: name} }

// acts has some cases take their first ten acts, with their mails, and then as many skeletons do what was seen in
// the cases' histories: the same updates, timers, activities, markers and search attributes, with payloads as long, and
// as many mails. No time is skipped. The skeletons' payloads are not sealed, and nobody composes their mails. Of several
// rounds the least of each counts.
func acts(ctx context.Context, b *bench) ([]row, error) {
	s, err := b.newSite(ctx, "acts", namespace)
	if err != nil {
		return nil, err
	}
	defer s.close()
	var least trial
	mails := 0
	for n := range rounds {
		one, err := s.try(ctx, n)
		if err != nil {
			return nil, err
		}
		mails += one.mails
		least.ours, least.bare, least.without = lesser(least.ours, one.ours), lesser(least.bare, one.bare), lesser(least.without, one.without)
	}
	deeds := float64(someCases * len(course(time.Now())))
	ms := func(s spent) string {
		return fmt.Sprintf("%.1f + %.1f", s.server.Seconds()*1000/deeds, s.worker.Seconds()*1000/deeds)
	}
	each := float64(mails) / deeds / rounds
	return []row{
		limit("CPU of server and worker for the acts of a case, against a bare skeleton of the same updates, timers and batches of mails",
			least.ours.both().Seconds()/least.bare.both().Seconds(), mostOfSkeleton, "%.2f"),
		{what: fmt.Sprintf("- an act with its %.1f mails: CPU ms, server + worker", each), now: ms(least.ours)},
		{what: fmt.Sprintf("- a step of the skeleton with %.1f mails: CPU ms, server + worker", each), now: ms(least.bare)},
		{what: "- a step of a skeleton that keeps no mails: CPU ms, server + worker", now: ms(least.without)},
		{what: "- an act against that", now: fmt.Sprintf("%.2f", least.ours.both().Seconds()/least.without.both().Seconds())},
	}, nil
}

// trial is what one round has cost in each way.
type trial struct {
	ours, bare, without spent
	mails               int
}

func lesser(a, b spent) spent {
	if a.both() == 0 || b.both() < a.both() {
		return b
	}
	return a
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
