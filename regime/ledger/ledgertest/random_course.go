package ledgertest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Course makes worlds: the same seed, the same world and the same moves.
type Course struct {
	Test  string
	World func(d *Dice) (World, time.Time)
	Step  time.Duration // the longest time between two acts
}

// length of a sequence: most cases are looked at over some weeks, some over months, a few over
// years, so that every stage is reached by many.
func length(d *Dice) int {
	switch d.Pick(8) {
	case 0:
		return 20 + d.Pick(100)
	case 1, 2, 3:
		return 1 + d.Pick(30)
	}
	return 1 + d.Pick(8)
}

// run plays a seed's sequence to its end or to what breaks.
func (c Course) run(seed uint64) (g *Game, moves []Move, wrong *broken) {
	d := &Dice{Rand: rand.New(rand.NewPCG(seed, 0))}
	w, start := c.World(d)
	g = &Game{World: w, Now: start}
	defer func() { wrong = caught(recover()) }()
	for range length(d) {
		m := c.next(g, d)
		moves = append(moves, m)
		g.play(&m)
		g.check()
	}
	if d.Pick(64) == 0 {
		g.survivesJSON()
		g.letTimePass(g.Now.AddDate(2, 0, 0)) // nobody does anything any more
		g.check()
	}
	return g, moves, nil
}

// next is a move that somebody may try now.
func (c Course) next(g *Game, d *Dice) (m Move) {
	if d.Pick(5) > 0 { // minutes, hours, days or weeks
		longest := []time.Duration{time.Hour, 12 * time.Hour, 4 * 24 * time.Hour, c.Step}[d.Pick(4)]
		m.wait = time.Duration(d.Pick(int(longest/time.Minute))) * time.Minute
	}
	d.Now = g.Now.Add(m.wait)
	m.by, m.Act = g.Next(d)
	return m
}

func caught(r any) *broken {
	switch r := r.(type) {
	case nil:
		return nil
	case broken:
		return &r
	default:
		stack := make([]byte, 4000)
		return &broken{fmt.Sprint("it panics: ", r), string(stack[:runtime.Stack(stack, false)])}
	}
}

// again plays given moves in the seed's world, looking at everything.
func (c Course) again(seed uint64, moves []Move) (wrong *broken) {
	w, start := c.World(&Dice{Rand: rand.New(rand.NewPCG(seed, 0))})
	g := &Game{World: w, Now: start, deep: true}
	defer func() { wrong = caught(recover()) }()
	for _, m := range moves {
		g.play(&m)
		g.check()
	}
	g.survivesJSON()
	g.letTimePass(g.Now.AddDate(2, 0, 0))
	g.check()
	return nil
}

// shorten drops acts, their time remaining, as long as the same thing breaks.
func (c Course) shorten(seed uint64, moves []Move, wrong *broken) []Move {
	for size := max(1, len(moves)/2); size > 0; size /= 2 {
		for i := 0; i+size <= len(moves); {
			fewer := leaveOut(moves, i, size)
			if b := c.again(seed, fewer); b != nil && b.what == wrong.what {
				moves = fewer
			} else {
				i += size
			}
		}
	}
	return moves
}

func leaveOut(moves []Move, i, n int) []Move {
	out := slices.Concat(moves[:i], moves[i+n:])
	if i < len(out) {
		for _, m := range moves[i : i+n] {
			out[i].wait += m.wait
		}
	}
	return out
}

// try plays a seed; what breaks is shown by the fewest acts, with the command to see it again.
func (c Course) try(t *testing.T, seed uint64) *Game {
	t.Helper()
	g, moves, wrong := c.run(seed)
	if wrong == nil {
		return g
	}
	if b := c.again(seed, moves); b != nil && b.what == wrong.what {
		moves = c.shorten(seed, moves, wrong)
	}
	var story []string
	for _, m := range moves {
		raw, _ := json.Marshal(m.Act)
		story = append(story, fmt.Sprintf("  after %s %s by %s %s", m.wait,
			reflect.TypeOf(m.Act).Elem().Name(), m.by, raw))
	}
	t.Fatalf("%s\n%s\nseed %d; again: HTR_SEED=%d go test ./regime/... -run %s\n%s", wrong.what, wrong.how,
		seed, seed, c.Test, strings.Join(story, "\n"))
	return nil
}

// TryAll plays so many seeds, or the one that the environment names, on all processors.
func (c Course) TryAll(t *testing.T, variable string, n int, done func(*Game)) {
	if s := os.Getenv("HTR_SEED"); s != "" {
		seed, _ := strconv.ParseUint(s, 10, 64)
		c.try(t, seed)
		return
	}
	if s := os.Getenv(variable); s != "" {
		n, _ = strconv.Atoi(s)
	}
	var one sync.Mutex
	t.Run("seeds", func(t *testing.T) {
		for first := range runtime.GOMAXPROCS(0) {
			t.Run(strconv.Itoa(first), func(t *testing.T) {
				t.Parallel()
				for seed := first; seed < n; seed += runtime.GOMAXPROCS(0) {
					g := c.try(t, uint64(seed))
					one.Lock()
					done(g)
					one.Unlock()
				}
			})
		}
	})
}

// Measure reports how many sequences, and how many acts, are tried in a second.
func (c Course) Measure(b *testing.B) {
	var seeds, acts atomic.Uint64
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			seed := seeds.Add(1)
			_, moves, wrong := c.run(seed)
			if wrong != nil {
				b.Errorf("seed %d: %+v", seed, wrong)
			}
			acts.Add(uint64(len(moves)))
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "sequences/s")
	b.ReportMetric(float64(acts.Load())/b.Elapsed().Seconds(), "acts/s")
}
