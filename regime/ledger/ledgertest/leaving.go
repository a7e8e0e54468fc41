package ledgertest

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"holdthering/regime/regimetest"
)

// Leaver is a twin that can let go of what is over.
type Leaver interface {
	Twin
	// Leave takes out what is over, and says how much that was.
	Leave(now time.Time) int
	// Restored is all of it, as everybody may see it, with what has left.
	Restored(now time.Time) map[string]string
}

// LeavingTryAll plays worlds twice: the second time what is over leaves again and again. Nothing that
// anybody gets may be otherwise, and with what has left put back nothing is missing.
func (k Twinned) LeavingTryAll(t *testing.T, n int) {
	t.Parallel()
	if s := os.Getenv("HTR_TWINS"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	left := 0
	for seed := range n {
		gone, differs := k.leave(uint64(seed))
		if differs != "" {
			t.Fatalf("%s, course %d: %s", k.Kind, seed, differs)
		}
		left += gone
	}
	t.Logf("%d courses of %s, in which %d things left", n, k.Kind, left)
	if left < 10*n {
		t.Errorf("%s: too little left: %d in %d courses", k.Kind, left, n)
	}
}

func (k Twinned) leave(seed uint64) (left int, differs string) {
	d := &Dice{Rand: rand.New(rand.NewPCG(seed, 2))}
	p := &twins{}
	p.a, p.now = k.World(d)
	word, likely, bodies := d.Word, d.Likely, d.bodies
	p.b, _ = k.World(&Dice{Rand: rand.New(rand.NewPCG(seed, 2))})
	d.Word, d.Likely, d.bodies = word, likely, bodies
	b := p.b.(Leaver)
	for i := range min(length(d), 40) + 5 {
		p.wait(time.Duration(d.Pick(int([]time.Duration{time.Hour, 4 * 24 * time.Hour, 25 * 24 * time.Hour,
			80 * 24 * time.Hour}[d.Pick(4)]/time.Minute))) * time.Minute)
		d.Now = p.now
		if d.Pick(2) == 0 {
			left += b.Leave(p.now)
		}
		by, act := k.Next(p.a, d)
		key := "key-" + strconv.Itoa(i)
		one, errA := p.a.Do(Request(key, by, "an officer", copyOf(act)), copyOf(act), p.now)
		two, errB := p.b.Do(Request(key, by, "an officer", copyOf(act)), copyOf(act), p.now)
		differs := alike(errA, errB)
		if differs == "" {
			differs = parting("the answer", regimetest.AsText(one), regimetest.AsText(two))
		}
		if differs == "" {
			differs = p.comparePast(b, d, i)
		}
		if differs != "" {
			return left, fmt.Sprintf("after move %d, %T %+v by %s: %s", i, act, act, by, differs)
		}
	}
	whole := p.a.(Leaver).Restored(p.now)
	for what, text := range b.Restored(p.now) {
		if s := parting(what, whole[what], text); s != "" {
			return left, "at the end: " + s
		}
	}
	return left, ""
}

// alike compares two refusals; one may say that what it is about has left.
func alike(a, b error) string {
	if a != nil && b != nil && strings.Contains(b.Error(), "the group's log has it") {
		return ""
	}
	return parting("the refusal", fmt.Sprint(a), fmt.Sprint(b))
}

func (p *twins) comparePast(b Leaver, d *Dice, move int) string {
	if s := parting("mails and the clock", outgoing(p.a, p.now), outgoing(p.b, p.now)); s != "" {
		return s
	}
	one, two := p.a.Shown(p.now), p.b.Shown(p.now)
	for _, what := range []string{"the board", "the agenda", "the report", "how it stands"} {
		if s := parting(what, one[what], two[what]); s != "" {
			return s
		}
	}
	for i := range 4 {
		by, act := p.a.Trials(d)
		req := Request("trial-"+strconv.Itoa(i), by, "somebody", act)
		if s := alike(p.a.Would(req, copyOf(act), p.now), p.b.Would(req, copyOf(act), p.now)); s != "" {
			return fmt.Sprintf("%T %+v by %s: %s", act, act, by, s)
		}
	}
	if move%16 != 15 {
		return ""
	}
	whole := p.a.(Leaver).Restored(p.now)
	for what, text := range b.Restored(p.now) {
		if s := parting(what, whole[what], text); s != "" {
			return s
		}
	}
	return ""
}
