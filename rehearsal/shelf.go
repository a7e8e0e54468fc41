package rehearsal

import (
	"context"
	"encoding/json"
	"strconv"
	"sync"

	"holdthering/message"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
)

// shelf is the register of a rehearsal, which leaves nothing behind.
type shelf struct {
	mu    sync.Mutex
	parts map[string][]message.Part // by the reference of the case or group
	given map[string]int            // of the parts, how many were given back
	calls int
	// asFiles: what is put there is written and read back, as from a file. Else it is kept as it is: a copy already.
	asFiles bool
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
	part := *r.Part
	if s.asFiles {
		raw, err := part.Content()
		if err != nil {
			return message.Filed{}, err
		}
		part = message.Part{}
		if err := json.Unmarshal(raw, &part); err != nil {
			return message.Filed{}, err
		}
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
		s.parts = map[string][]message.Part{}
	}
	s.parts[ref] = append(s.parts[ref][:r.Part.N-1], part) // a part that is put there twice is there once
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

// whole is a case with what has left it since it was last asked for: else each look at a long case would cost more
// than the one before.
func (s *shelf) whole(c *failure.Case) *failure.Case {
	var left []ledger.Over
	for _, p := range s.since(c.Ref, c.Past.Parts) {
		left = append(left, *p.Case)
	}
	if left == nil {
		return c
	}
	return c.Whole(left)
}

// wholeGroup does the same for a group.
func (s *shelf) wholeGroup(g *surveillance.Group) *surveillance.Group {
	var left []surveillance.Over
	for _, p := range s.since(g.Ref(), g.Past.Parts) {
		left = append(left, *p.Group)
	}
	if left == nil {
		return g
	}
	return g.Whole(left)
}

func (s *shelf) since(ref string, parts int) []message.Part {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.given == nil {
		s.given = map[string]int{}
	}
	from := min(s.given[ref], parts)
	s.given[ref] = parts
	return s.parts[ref][from:parts]
}

// again gives all parts back once more.
func (s *shelf) again() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.given = nil
}
