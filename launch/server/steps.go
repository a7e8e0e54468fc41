package server

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
)

// tailLines is how much of a failed build an error repeats.
const tailLines = 15

// steps counts what the Go command reports while it builds: one line a module that it fetches or a
// package that it compiles.
type steps struct {
	mu                sync.Mutex
	partial           []byte
	fetched, compiled int
	total             int // to be compiled; zero while that is not known
	last              []string
}

// Write takes the Go command's output as it comes, lines broken anywhere.
func (s *steps) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.partial = append(s.partial, p...)
	for {
		line, rest, whole := bytes.Cut(s.partial, []byte("\n"))
		if !whole {
			return len(p), nil
		}
		s.count(string(line))
		s.partial = rest
	}
}

func (s *steps) count(line string) {
	if strings.HasPrefix(line, "go: downloading ") {
		s.fetched++
	} else {
		s.compiled++
	}
	s.last = append(s.last, line)
	if len(s.last) > tailLines {
		s.last = s.last[1:]
	}
}

// String says how far the build is, in words.
func (s *steps) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.total == 0:
		return fmt.Sprintf("%d modules fetched, %d packages compiled", s.fetched, s.compiled)
	case s.compiled >= s.total:
		return "all packages compiled, the program is being linked"
	}
	return fmt.Sprintf("%d of %d packages compiled", s.compiled, s.total)
}

// expect says how many packages are to be compiled, once that is known.
func (s *steps) expect(packages int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.total = packages
}

func (s *steps) tail() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(append(s.last, string(s.partial)), "\n")
}
