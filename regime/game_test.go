package regime

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"holdthering/regime/calendar"
)

// world is a case or a surveillance group in which random but possible things are done.
type world interface {
	ledger() *Ledger
	// next is what somebody tries to do: any verb, by any body, with values that could be meant.
	next(d *dice) (Party, any)
	perform(by Party, act any, now time.Time) error
	// watched is what a move is judged by: its state before the act.
	watched() any
	// moved judges an act that was taken; whole what must hold at every moment.
	moved(by Party, m *move, before any)
	whole(now time.Time)
	// fresh is an empty one of its kind, for reading it back from JSON.
	fresh() any
}

// move is a time that goes by and an act that somebody tries.
type move struct {
	wait time.Duration
	by   Party
	act  any
}

// broken is what a world panics with when something does not hold.
type broken struct{ what, how string }

func breaks(what, format string, args ...any) {
	panic(broken{what, fmt.Sprintf(format, args...)})
}

// must gives the reason only when it is asked for: it is called at every move.
func must(holds bool, what string, about any) {
	if !holds {
		breaks(what, "%+v", about)
	}
}

// game is one world with all that its ledger must keep to.
type game struct {
	world
	now   time.Time
	deep  bool // look at everything at every move, not now and then
	moves int
	taken int
	seen  int         // notices that have been looked at
	ended []time.Time // of each duty by its number, when that came to be known
	past  []Entry     // the chronology as it was looked at last
}

// play does one move.
func (g *game) play(m *move) {
	g.moves++
	g.letTimePass(g.now.Add(m.wait))
	var raw string
	var actors []Actor
	whole, who := g.every(256), g.every(8)
	if whole {
		raw = g.json()
	}
	if who {
		actors = g.actors()
	}
	l := g.ledger()
	by := l.host.Complete(m.by)
	serial, last, before := l.Serial, l.LastEntry, g.watched()
	err := g.perform(m.by, m.act, g.now)
	if err != nil {
		must(l.Serial == serial && l.LastEntry == last, "a refused act leaves no trace", m)
		must(!whole || g.json() == raw, "a refused act changes nothing", m)
		return
	}
	g.taken++
	g.letTimePass(g.now) // the clock sees at once what is overdue already
	said := false
	for i := range l.Entries[last:] {
		e := &l.Entries[last+i]
		opened := strings.HasPrefix(e.Text, "Opened, sealed since") // what its author had said before
		must(e.By.For == by || e.Verb == ByClock || opened, "R1: no act by one body for another", e)
		said = said || e.By.For == by
	}
	must(said, "R77: the record says who acted", m)
	if who {
		g.nobodyElseActed(actors, by)
	}
	g.moved(by, m, before)
}

// every tells whether it is the turn of something that takes long.
func (g *game) every(n int) bool { return g.deep || g.moves%n == n/2-1 }

// letTimePass lets the clock run, alarm by alarm as the workflow does.
func (g *game) letTimePass(t time.Time) {
	l := g.ledger()
	for range 20000 {
		at, _ := l.nextWaking()
		if at.After(t) {
			g.now = t
			return
		}
		if at.After(g.now) {
			g.now = at
		}
		l.Tick(g.now)
	}
	breaks("the clock comes to rest", "at %s", calendar.Short(t))
}

// check looks at what must hold of every ledger, and of its world.
func (g *game) check() {
	l := g.ledger()
	for i := range l.Duties {
		g.duty(i)
	}
	for ; g.seen < len(l.Notices); g.seen++ {
		g.notice(&l.Notices[g.seen])
	}
	if g.every(16) {
		g.chronology()
	}
	g.whole(g.now)
}

// duty: it is owed by somebody, ends or is escalated, and the clock knows when to wake for it.
func (g *game) duty(i int) {
	l := g.ledger()
	d := &l.Duties[i]
	n := atoi(d.ID[1:]) // groups forget what is long past: its place in the list may change
	if more := n + 1 - len(g.ended); more > 0 {
		g.ended = append(g.ended, make([]time.Time, more)...)
	}
	if !d.Open() {
		if g.ended[n].IsZero() {
			g.ended[n] = g.now
		}
		return
	}
	must(g.ended[n].IsZero(), "what has ended is not owed again", d)
	must(l.ownerOf(*d) != "", "every duty is somebody's", d)
	must(d.Overdue || !g.now.After(d.Limit()), "the clock sees what is overdue", d)
	must(!d.Overdue || l.escalated(d, g.now), "every duty ends or is escalated", d)
	if g.every(16) {
		must(l.wakesFor(d).Equal(wakes(l.host.profile().dutyRow(d.Kind), d)),
			"the clock wakes when it must", d)
	}
}

// escalated: each step of the ladder whose time has come has been taken.
func (l *Ledger) escalated(d *Duty, now time.Time) bool {
	for i := range l.host.profile().dutyRow(d.Kind).Ladder {
		at, ok := rungTime(&l.host.profile().dutyRow(d.Kind).Ladder[i], d, d.firedAt(i))
		if ok && at.Before(now) {
			return false
		}
	}
	return true
}

// notice: it says something to somebody, once, after its cause and before its end (R81).
func (g *game) notice(n *Notice) {
	l := g.ledger()
	_, known := l.host.profile().Notice(n.Kind)
	must(known && len(n.To) > 0 && n.Text != "", "every notice says something to somebody", n)
	for i, r := range n.To {
		must(r.Party != "" && !r.among(n.To[:i]), "R81: a notice goes once to each", n)
	}
	if n.Kind == "N44" {
		digest := l.host.profile().Digest
		must(digest.after(n.At.Add(-1)).Equal(n.At), "a digest goes at its hour alone", n)
		return
	}
	if n.Duty == "" {
		must(l.enteredAt(n.At), "no notice before its cause", n)
		return
	}
	i := len(l.Duties) - 1
	for ; i >= 0 && l.Duties[i].ID != n.Duty; i-- {
	}
	must(i >= 0, "a notice is about a duty that is there", n)
	d := &l.Duties[i]
	must(n.Rung == 0 || !n.At.Before(d.Start), "no notice before its cause", n)
	end := g.ended[atoi(d.ID[1:])]
	must(n.Rung == 0 || end.IsZero() || !n.At.After(end), "R81: no notice after its end", n)
	byClock := !d.Open() && d.EndedBy == ""
	must(n.Rung == 0 || !byClock || !n.At.After(d.Ended), "R81: no notice after its end", n)
}

func (l *Ledger) enteredAt(t time.Time) bool {
	for i := len(l.Entries) - 1; i >= 0 && !l.Entries[i].At.Before(t); i-- {
		if l.Entries[i].At.Equal(t) {
			return true
		}
	}
	return false
}

// chronology is only ever added to (R77).
func (g *game) chronology() {
	l := g.ledger()
	must(len(l.Entries) >= len(g.past) && slices.Equal(l.Entries[:len(g.past)], g.past),
		"R77: the record is only added to", len(g.past))
	for i := len(g.past); i < len(l.Entries); i++ {
		e := &l.Entries[i]
		must(e.N == i+1 && (i == 0 || !e.At.Before(l.Entries[i-1].At)), "R77: the record is in order", e)
		must(e.Happened.IsZero() || e.Happened.Before(e.At), "R85: what is recorded has happened", e)
	}
	g.past = slices.Clone(l.Entries)
}

// nobodyElseActed: whatever new says by whom it was done says that it was who acted (R1).
func (g *game) nobodyElseActed(before []Actor, by Party) {
	for _, a := range g.actors() {
		if a.For == "" || a.For == by {
			continue
		}
		i := slices.Index(before, a)
		must(i >= 0, "R1: no act by one body for another", fmt.Sprintf("%s by %s", a.For, by))
		before[i] = Actor{}
	}
}

// actors lists everybody of whom the world says that they did something.
func (g *game) actors() (out []Actor) {
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() {
				walk(v.Elem())
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Struct:
			switch x := v.Interface().(type) {
			case Actor:
				out = append(out, x)
				return
			case Ledger, time.Time: // entries are looked at one by one
				return
			}
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					walk(v.Field(i))
				}
			}
		}
	}
	walk(reflect.ValueOf(g.ledger().host))
	return out
}

func (g *game) json() string {
	raw, err := json.Marshal(g.ledger().host)
	must(err == nil, "it can be kept as JSON", err)
	return string(raw)
}

// survivesJSON: what is carried from run to run is all there is, the clock included.
func (g *game) survivesJSON() {
	raw, again := g.json(), g.fresh()
	must(json.Unmarshal([]byte(raw), again) == nil, "it is read back from JSON", "")
	twice, _ := json.Marshal(again)
	must(raw == string(twice), "it survives its journey through JSON", "")
	a, _ := g.ledger().NextAlarm()
	b, _ := again.(interface{ NextAlarm() (Alarm, bool) }).NextAlarm()
	must(a.At.Equal(b.At) && a.Says == b.Says, "its clock survives its journey through JSON", a)
}
