package regime

// Shared by cases and groups.

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"reflect"
	"strconv"
	"testing"
	"time"
)

// twins are one world played twice: all that was said in confidence was said by others the second
// time, or came from others, or was other. Nobody else may be able to tell which of them it is.
type twins struct {
	a, b    twin
	now     time.Time
	secrets int  // acts in confidence that were taken
	parted  bool // what was sealed has been opened
}

// twin is one of them.
type twin interface {
	world
	do(Request, any, time.Time) (Receipt, error)
	would(Request, any, time.Time) error
	// shown is all that anybody else gets but mails and refusals, by what it is.
	shown(now time.Time) map[string]string
	// explained is what takes longer to work out, and is looked at now and then.
	explained(now time.Time) map[string]string
	// trials are acts that somebody may try, to learn from the answer.
	trials(d *dice) (Party, any)
	// raw is all that there is.
	raw() string
}

// twinned makes worlds of a kind, and says how an act in confidence is another the second time. It
// is confidential where secret is true; opens tells that what was sealed is said from now on.
type twinned struct {
	kind string
	// person acts in confidence the second time; the first time it is an officer.
	person string
	world  func(d *dice) (twin, time.Time)
	next   func(t twin, d *dice) (Party, any)
	other  func(t twin, by Party, act any) (_ Party, _ any, secret bool)
	opens  func(t twin, act any) bool
}

// digestOf is the print of an act as the command line has it.
func digestOf(by Party, act any) string {
	content, _ := json.Marshal(act)
	sum := sha256.Sum256([]byte(reflect.TypeOf(act).Elem().Name() + "\n" + string(by) + "\n" + string(content)))
	return hex.EncodeToString(sum[:])
}

func request(key string, by Party, person string, act any) Request {
	return Request{By: Actor{For: by, Person: person, Channel: "test"}, Key: key, Print: digestOf(by, act)}
}

// play is one course of random acts; what differs ends it.
func (k twinned) play(seed uint64) (p *twins, differs string) {
	d := &dice{Rand: rand.New(rand.NewPCG(seed, 1))}
	p = &twins{}
	p.a, p.now = k.world(d)
	word, likely, bodies := d.word, d.likely, d.bodies
	p.b, _ = k.world(&dice{Rand: rand.New(rand.NewPCG(seed, 1))})
	d.word, d.likely, d.bodies = word, likely, bodies
	for i := range min(length(d), 40) + 5 {
		p.wait(time.Duration(d.pick(int([]time.Duration{time.Hour, 12 * time.Hour, 4 * 24 * time.Hour,
			25 * 24 * time.Hour}[d.pick(4)]/time.Minute))) * time.Minute)
		d.now = p.now
		by, act := k.next(p.a, d)
		if differs := k.move(p, by, act, i); differs != "" || p.parted {
			return p, differs
		}
		if i > 20 && i%4 > 0 {
			continue // what is once known stays known
		}
		if differs := p.compare(d, uint64(i)); differs != "" {
			return p, fmt.Sprintf("after move %d, %T by %s: %s", i, act, by, differs)
		}
	}
	return p, ""
}

func (k twinned) move(p *twins, by Party, act any, i int) string {
	byB, actB, secret := k.other(p.a, by, copyOf(act))
	who := "an officer"
	if secret {
		who = k.person
	}
	p.parted = k.opens(p.a, act)
	key := "key-" + strconv.Itoa(i)
	one, errA := p.a.do(request(key, by, "an officer", act), act, p.now)
	two, errB := p.b.do(request(key, byB, who, actB), actB, p.now)
	if (errA == nil) != (errB == nil) {
		return fmt.Sprintf("%+v by %s is taken once: %v, %v", act, by, errA, errB)
	}
	if errA != nil {
		p.parted = false
		return ""
	}
	p.secrets += flag(secret)
	if p.parted {
		return ""
	}
	return parting("the answer, which is kept in the open", asText(one), asText(two))
}

func copyOf(act any) any {
	v := reflect.New(reflect.TypeOf(act).Elem())
	v.Elem().Set(reflect.ValueOf(act).Elem())
	return v.Interface()
}

func asText(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(raw)
}

// parting shows where two texts part.
func parting(what, a, b string) string {
	if a == b {
		return ""
	}
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	from := max(0, i-120)
	return fmt.Sprintf("%s differs:\n  %s\n  %s", what, a[from:min(len(a), i+120)], b[from:min(len(b), i+120)])
}

// wait lets both clocks run, and mails go.
func (p *twins) wait(d time.Duration) {
	until := p.now.Add(d)
	for _, t := range []twin{p.a, p.b} {
		g := &game{world: t, now: p.now}
		g.letTimePass(until)
		l := t.ledger()
		var ts []Telling
		for _, n := range l.ToSend(until) {
			for _, r := range n.To {
				ts = append(ts, Telling{Notice: n.ID, Party: r.Party, Level: r.Level, State: fate(n.ID + string(r.Party)),
					Retry: 10 * time.Minute})
			}
		}
		l.Tell(ts, until)
	}
	p.now = until
}

// fate is what becomes of a mail.
func fate(id string) Told {
	h := fnv.New32()
	h.Write([]byte(id))
	return []Told{ToldAccepted, ToldAccepted, ToldAccepted, ToldUnknown, ToldNobody, ToldWaiting}[h.Sum32()%6]
}

// compare looks at all that others get.
func (p *twins) compare(d *dice, move uint64) string {
	looks := []func(twin) map[string]string{func(t twin) map[string]string { return t.shown(p.now) }}
	if move%8 == 7 {
		looks = append(looks, func(t twin) map[string]string { return t.explained(p.now) })
	}
	for _, look := range looks {
		a, b := look(p.a), look(p.b)
		for what := range a {
			if s := parting(what, a[what], b[what]); s != "" {
				return s
			}
		}
	}
	if s := parting("mails and the clock", outgoing(p.a.ledger(), p.now), outgoing(p.b.ledger(), p.now)); s != "" {
		return s
	}
	for i := range 8 {
		by, act := p.a.trials(d)
		req := request("trial-"+strconv.Itoa(i), by, "somebody", act)
		if s := parting(fmt.Sprintf("the answer to %T by %s", act, by), fmt.Sprint(p.a.would(req, copyOf(act), p.now)),
			fmt.Sprint(p.b.would(req, copyOf(act), p.now))); s != "" {
			return s
		}
	}
	return ""
}

// explain adds what 'why' says of the latest things and of every party.
func explain(out map[string]string, all []Point, why func(string) (Explanation, error)) {
	out["what can be asked"] = asText(all)
	for _, p := range all[max(0, len(all)-5):] {
		e, err := why(p.On)
		out["why "+p.On] = asText(e) + fmt.Sprint(err)
	}
	for _, p := range everybody {
		e, err := why(string(p))
		out["why "+string(p)] = asText(e) + fmt.Sprint(err)
	}
}

// outgoing is what the workflow and its UI are told: which mails go to whom, when it wakes and why.
func outgoing(l *Ledger, now time.Time) string {
	alarm, ok := l.NextAlarm()
	out := []any{alarm, ok, l.NextRetry(), l.CountOverdue(now), l.OpenDuties(), l.Unsent(), l.NextWords()}
	for _, n := range l.ToSend(now) {
		out = append(out, n, l.AnsweredBy(n), l.Unconfirmed(n))
		for _, r := range n.To {
			out = append(out, l.host.Name(r.Party))
		}
	}
	return asText(out)
}

// tryAll plays many. HTR_TWINS says how many.
func (k twinned) tryAll(t *testing.T, n int) {
	t.Parallel()
	if s := os.Getenv("HTR_TWINS"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	secrets, different, long := 0, 0, 0
	for seed := range n {
		p, differs := k.play(uint64(seed))
		if differs != "" {
			t.Fatalf("%s, course %d: %s", k.kind, seed, differs)
		}
		secrets += p.secrets
		long += flag(!p.parted)
		different += flag(p.a.raw() != p.b.raw())
	}
	t.Logf("%d courses of %s, %d acts in confidence; in %d courses the two differ in what nobody is shown", n, k.kind,
		secrets, different)
	if n >= 50 && (secrets < n || different < n/2 || long < n/3) {
		t.Errorf("%s: too few secrets: %d acts in %d courses, %d different, %d never opened", k.kind, secrets, n,
			different, long)
	}
}
