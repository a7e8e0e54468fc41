package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"holdthering/regime"
	"holdthering/regime/words"
)

// underWay are the cases and groups that have begun and were not yet seen settled.
func (s *environment) underWay() (out []subject) {
	for _, one := range s.subjects() {
		_, begun := s.begun.Load(one.name())
		if _, settled := s.settled.Load(one); begun && !settled {
			out = append(out, one)
		}
	}
	return out
}

// terminate ends a case or a group now and then as somebody may in the UI, and has it brought back some
// seconds later, until ctx ends.
func (s *environment) terminate(ctx context.Context) error {
	chance := rand.New(rand.NewPCG(s.Seed, 6))
	for pause(ctx, 6*time.Second+time.Duration(chance.IntN(10000))*time.Millisecond) {
		all := s.underWay()
		if len(all) == 0 {
			continue
		}
		one := all[chance.IntN(len(all))]
		if err := s.cases.Client().TerminateWorkflow(ctx, one.workflow(), "", "a click in the UI"); err != nil {
			continue // it has come to its end, has not begun, or the server is away
		}
		s.mu.Lock()
		s.terminated++
		if s.ends == nil {
			s.ends = map[subject][]time.Time{}
		}
		s.ends[one] = append(s.ends[one], time.Now())
		s.groupsEnded += words.Flag(one.place != "")
		s.mu.Unlock()
		pause(ctx, time.Second+time.Duration(chance.IntN(3000))*time.Millisecond)
		alive := context.WithoutCancel(ctx) // whoever ended it brings it back
		err := s.insist(alive, func() error { return s.revive(alive, one) })
		var mistake *regime.Mistake
		if err != nil && !errors.As(err, &mistake) { // it had come to its end after all
			return err
		}
	}
	return nil
}
