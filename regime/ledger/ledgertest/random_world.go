package ledgertest

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// World is a case or a surveillance group in which random but possible things are done.
type World interface {
	// Subject is the *failure.Case or *surveillance.Group itself.
	Subject() any
	// Book is its ledger.
	Book() *ledger.Ledger
	// Law is its profile.
	Law() *regime.Profile
	// Tick does what time does.
	Tick(now time.Time)
	// ResolveUnit finds which unit is meant where only the body is named.
	ResolveUnit(regime.Party) regime.Party
	// Next is what somebody tries to do: any verb, by any body, with values that could be meant.
	Next(d *Dice) (regime.Party, any)
	// Try does the act, or says why not.
	Try(by regime.Party, act any, now time.Time) error
	// Before is what a move is judged by: its state before the act.
	Before() any
	// Moved judges an act that was taken.
	Moved(by regime.Party, m *Move, before any)
	// Whole checks what must hold at every moment.
	Whole(now time.Time)
	// Fresh is an empty one of its kind, for reading it back from JSON.
	Fresh() any
}

// Move is a time that goes by and an act that somebody tries.
type Move struct {
	wait time.Duration
	by   regime.Party
	Act  any
}

// broken is what a world panics with when something does not hold.
type broken struct{ what, how string }

func breaks(what, format string, args ...any) {
	panic(broken{what, fmt.Sprintf(format, args...)})
}

// Must gives the reason only when it is asked for: it is called at every move.
func Must(holds bool, what string, about any) {
	if !holds {
		breaks(what, "%+v", about)
	}
}

// Game is one world with all that its ledger must keep to.
type Game struct {
	World
	Now   time.Time
	deep  bool // look at everything at every move, not now and then
	Moves int
	Taken int
	seen  int            // notices that have been looked at
	ended []time.Time    // of each duty by its number, when that came to be known
	past  []ledger.Entry // the chronology as it was looked at last
}

// play does one move.
func (g *Game) play(m *Move) {
	g.Moves++
	g.letTimePass(g.Now.Add(m.wait))
	var raw string
	var actors []ledger.Actor
	whole, who := g.every(256), g.every(8)
	if whole {
		raw = g.json()
	}
	if who {
		actors = g.actors()
	}
	l := g.Book()
	by := g.ResolveUnit(m.by)
	serial, last, before, owed := l.Serial, l.LastEntry, g.Before(), g.owed()
	err := g.Try(m.by, m.Act, g.Now)
	if err != nil {
		Must(l.Serial == serial && l.LastEntry == last, "a refused act leaves no trace", m)
		Must(!whole || g.json() == raw, "a refused act changes nothing", m)
		return
	}
	g.Taken++
	g.nothingEndedQuietly(owed, by, m.by)
	g.letTimePass(g.Now) // the clock sees at once what is overdue already
	if voice := l.Entries[last].By.For; strings.HasPrefix(string(voice), "UNNAMED/") {
		by = voice // as all may know who spoke, or speaks again about what it told (R14)
	}
	said := false
	for i := range l.Entries[last:] {
		e := &l.Entries[last+i]
		opened := strings.HasPrefix(e.Text, "Opened, sealed since") // what its author had said before
		Must(e.By.For == by || e.Verb == ledger.ByClock || opened, "R1: no act by one body for another", e)
		said = said || e.By.For == by
	}
	Must(said, "R77: the record says who acted", m)
	if who {
		g.nobodyElseActed(actors, by, g.ResolveUnit(m.by))
	}
	g.Moved(by, m, before)
}

// every reports whether it is the turn of something that takes long.
func (g *Game) every(n int) bool { return g.deep || g.Moves%n == n/2-1 }

// letTimePass lets the clock run, alarm by alarm as the workflow does.
func (g *Game) letTimePass(t time.Time) {
	for range 20000 {
		at, ok := g.Book().NextCheck()
		if !ok || at.After(t) {
			g.Now = t
			return
		}
		if at.After(g.Now) {
			g.Now = at
		}
		g.Tick(g.Now)
	}
	breaks("the clock comes to rest", "at %s", calendar.Short(t))
}

// check looks at what must hold of every ledger, and of its world.
func (g *Game) check() {
	l := g.Book()
	for i := range l.Duties {
		g.duty(i)
	}
	for ; g.seen < len(l.Notices); g.seen++ {
		g.notice(&l.Notices[g.seen])
	}
	if g.every(16) {
		g.chronology()
	}
	g.Whole(g.Now)
}

// duty: it is owed by somebody, ends or is escalated, and the clock knows when to wake for it.
func (g *Game) duty(i int) {
	l := g.Book()
	d := &l.Duties[i]
	n := words.Number(d.ID[1:]) // groups forget what is long past: its place in the list may change
	if more := n + 1 - len(g.ended); more > 0 {
		g.ended = append(g.ended, make([]time.Time, more)...)
	}
	if !d.Open() {
		if g.ended[n].IsZero() {
			g.ended[n] = g.Now
		}
		return
	}
	Must(g.ended[n].IsZero(), "what has ended is not owed again", d)
	if err := l.Audit(d, g.Now); err != nil {
		breaks(err.Error(), "%+v", d)
	}
}

// notice: it says something to somebody, once, after its cause and before its end (R81).
func (g *Game) notice(n *ledger.Notice) {
	l := g.Book()
	_, known := g.Law().Notice(n.Kind)
	Must(known && len(n.To) > 0 && n.Text != "", "every notice says something to somebody", n)
	for i, r := range n.To {
		Must(r.Party != "" && !among(r, n.To[:i]), "R81: a notice goes once to each", n)
	}
	if n.Kind == regime.NoticeDigest {
		digest := g.Law().Digest
		Must(digest.After(n.At.Add(-1)).Equal(n.At), "a digest goes at its hour alone", n)
		return
	}
	if n.Duty == "" {
		Must(enteredAt(l, n.At), "no notice before its cause", n)
		return
	}
	i := len(l.Duties) - 1
	for ; i >= 0 && l.Duties[i].ID != n.Duty; i-- {
	}
	Must(i >= 0, "a notice is about a duty that is there", n)
	d := &l.Duties[i]
	Must(n.Rung == 0 || !n.At.Before(d.Start), "no notice before its cause", n)
	end := g.ended[words.Number(d.ID[1:])]
	Must(n.Rung == 0 || end.IsZero() || !n.At.After(end), "R81: no notice after its end", n)
	byClock := !d.Open() && d.EndedBy == ""
	Must(n.Rung == 0 || !byClock || !n.At.After(d.Ended), "R81: no notice after its end", n)
}

// chronology is only ever added to (R77).
func (g *Game) chronology() {
	l := g.Book()
	Must(len(l.Entries) >= len(g.past) && slices.Equal(l.Entries[:len(g.past)], g.past),
		"R77: the record is only added to", len(g.past))
	for i := len(g.past); i < len(l.Entries); i++ {
		e := &l.Entries[i]
		Must(e.N == i+1 && (i == 0 || !e.At.Before(l.Entries[i-1].At)), "R77: the record is in order", e)
		Must(e.Happened.IsZero() || e.Happened.Before(e.At), "R85: what is recorded has happened", e)
	}
	g.past = slices.Clone(l.Entries)
}

// nobodyElseActed: all that is new and says who did it must name the party that acted (R1).
func (g *Game) nobodyElseActed(before []ledger.Actor, by ...regime.Party) {
	for _, a := range g.actors() {
		if a.For == "" || slices.Contains(by, a.For) {
			continue
		}
		i := slices.Index(before, a)
		Must(i >= 0, "R1: no act by one body for another", fmt.Sprintf("%s by %v", a.For, by))
		before[i] = ledger.Actor{}
	}
}

// actors lists all that the world says did something.
func (g *Game) actors() (out []ledger.Actor) {
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
			case ledger.Actor:
				out = append(out, x)
				return
			case ledger.Ledger, time.Time: // entries are looked at one by one
				return
			}
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					walk(v.Field(i))
				}
			}
		}
	}
	walk(reflect.ValueOf(g.Subject()))
	return out
}

func (g *Game) json() string {
	raw, err := json.Marshal(g.Subject())
	Must(err == nil, "it can be kept as JSON", err)
	return string(raw)
}

// survivesJSON: what is carried from run to run is all there is, the clock included.
func (g *Game) survivesJSON() {
	raw, again := g.json(), g.Fresh()
	Must(json.Unmarshal([]byte(raw), again) == nil, "it is read back from JSON", "")
	twice, _ := json.Marshal(again)
	Must(raw == string(twice), "it survives its journey through JSON", "")
	a, _ := g.Book().NextDue()
	b, _ := again.(interface{ NextDue() (ledger.NextDue, bool) }).NextDue()
	Must(a.At.Equal(b.At) && a.Says == b.Says, "its clock survives its journey through JSON", a)
}

func among(r ledger.Recipient, rs []ledger.Recipient) bool {
	return slices.ContainsFunc(rs, func(o ledger.Recipient) bool { return o.Party == r.Party && o.Level == r.Level })
}

func enteredAt(l *ledger.Ledger, t time.Time) bool {
	for i := len(l.Entries) - 1; i >= 0 && !l.Entries[i].At.Before(t); i-- {
		if l.Entries[i].At.Equal(t) {
			return true
		}
	}
	return false
}
