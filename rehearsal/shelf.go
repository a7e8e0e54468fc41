package rehearsal

import (
	"context"
	"strconv"
	"sync"

	"holdthering/message"
)

// shelf is the register of a rehearsal, which leaves nothing behind.
type shelf struct {
	mu    sync.Mutex
	parts map[string][][]byte // by the reference of the case or group
	calls int
	// away, where there is one, says how the register is at a call, the first being 1.
	away func(call int) (message.Filed, error)
}

// KeepRecord is the activity of that name. The record itself is summed up at the end.
func (s *shelf) KeepRecord(_ context.Context, r message.Register) (message.Filed, error) {
	if filed, err := s.reached(); err != nil || filed.Behind {
		return filed, err
	}
	if r.Part == nil {
		return message.Filed{}, nil
	}
	raw, err := r.Part.Content()
	if err != nil {
		return message.Filed{}, err
	}
	ref := ""
	if r.Case != nil {
		ref = r.Case.Ref
	} else {
		ref = r.Group.Ref()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.parts == nil {
		s.parts = map[string][][]byte{}
	}
	s.parts[ref] = append(s.parts[ref][:r.Part.N-1], raw) // a part that is put there twice is there once
	return message.Filed{Digest: strconv.Itoa(r.Part.N)}, nil
}

func (s *shelf) reached() (message.Filed, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.calls++; s.away == nil {
		return message.Filed{}, nil
	}
	return s.away(s.calls)
}

func (s *shelf) of(ref string, parts int) [][]byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.parts[ref][:parts]
}
