package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// still is for how long nothing has gone and nothing has finished when it is said what is waited for.
const still = 45 * time.Second

// mostAsked is how many cases are looked into at a time: a look costs the site as much as an act.
const mostAsked = 40

// watch returns when every case and group is settled, and says meanwhile how many are, and why nothing moves
// where nothing does.
func (s *environment) watch(ctx context.Context) {
	began, finished := time.Now(), 0
	all := s.subjects()
	moved := began
	for before, round := [2]int{}, 0; finished < len(all) && pause(ctx, 5*time.Second); round++ {
		open := s.look(ctx, s.asked(all, round, time.Since(moved) > still))
		for one, b := range open {
			if b.settled() {
				s.settled.Store(one, true)
				finished++
			}
		}
		s.standIn.mu.Lock()
		mails := len(s.standIn.sent)
		s.standIn.mu.Unlock()
		if now := [2]int{mails, finished}; now != before {
			before, moved = now, time.Now()
		} else if time.Since(moved) > still {
			moved = time.Now()
			for one, b := range open {
				s.explain(ctx, one, b)
			}
		}
		s.mu.Lock()
		fmt.Fprintf(s.Out, "  %3.0fs  %3d of %d cases and groups finished, %4d mails sent, workers killed %2d times, the server %d times, cases and groups %d\n",
			time.Since(began).Seconds(), finished, len(all), mails, len(s.deaths), len(s.serverDeaths), s.terminated)
		s.mu.Unlock()
	}
}

// look reads the books of some cases and groups, a few at a time; one that is long in coming is left out.
func (s *environment) look(ctx context.Context, at []subject) map[subject]book {
	var mu sync.Mutex
	open, next := map[subject]book{}, make(chan subject)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for one := range next {
				if b, err := s.glance(ctx, one); err == nil {
					mu.Lock()
					open[one] = b
					mu.Unlock()
				}
			}
		})
	}
	for _, one := range at {
		next <- one
	}
	close(next)
	all.Wait()
	return open
}

// glance reads a book if that is done at once.
func (s *environment) glance(ctx context.Context, one subject) (book, error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return s.book(ctx, one)
}

// asked are those of which it is not known yet that they are settled; where there are many, some of those in which
// all has been done, others in each round.
func (s *environment) asked(all []subject, round int, stuck bool) []subject {
	var left, ready []subject
	for _, one := range all {
		if _, is := s.settled.Load(one); is {
			continue
		}
		left = append(left, one)
		if _, done := s.done.Load(one.name()); done {
			ready = append(ready, one)
		}
	}
	if len(left) <= mostAsked {
		return left
	}
	if stuck && len(ready) == 0 { // so that it is told what they wait for
		return left[:mostNamed]
	}
	if len(ready) <= mostAsked {
		return ready
	}
	from := round * mostAsked % len(ready)
	return slices.Concat(ready[from:], ready[:from])[:mostAsked]
}
