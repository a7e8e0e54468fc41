package ledgertest

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"reflect"
	"strconv"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
	"holdthering/regime/words"
)

// twins are one world played twice: all that was said in confidence was said by others the second
// time, or came from others, or was other. Nobody else may be able to tell which of them it is.
type twins struct {
	a, b    Twin
	now     time.Time
	secrets int  // acts in confidence that were taken
	parted  bool // what was sealed has been opened
}

// Twin is one of them.
type Twin interface {
	World
	// RecordSent records what became of mails.
	RecordSent([]ledger.SendResult, time.Time)
	RecordDeliveryEvents([]ledger.MailEvent, time.Time) int
	// Name is what a party is called.
	Name(regime.Party) string
	// Do does an act.
	Do(ledger.Request, any, time.Time) (ledger.Receipt, error)
	// Would says how an act would be answered; it changes nothing.
	Would(ledger.Request, any, time.Time) error
	// Shown is all that anybody else gets but mails and refusals, by what it is.
	Shown(now time.Time) map[string]string
	// Explained is what takes longer to work out, and is looked at now and then.
	Explained(now time.Time) map[string]string
	// Trials are acts that somebody may try, to learn from the answer.
	Trials(d *Dice) (regime.Party, any)
	// Raw is all that there is.
	Raw() string
}

// Teller is a twin in which a body may do something alone because it told it in confidence, this time or the other.
type Teller interface {
	Tells(by regime.Party, act any) bool
}

// Twinned makes worlds of a kind, and says how an act in confidence is another the second time. It
// is confidential where secret is true; opens reports whether what was sealed is said from now on.
type Twinned struct {
	Kind string
	// Person acts in confidence the second time; the first time it is an officer.
	Person string
	World  func(d *Dice) (Twin, time.Time)
	Next   func(t Twin, d *Dice) (regime.Party, any)
	Other  func(t Twin, by regime.Party, act any) (_ regime.Party, _ any, secret bool)
	Opens  func(t Twin, act any) bool
}

// play is one course of random acts; what differs ends it.
func (k Twinned) play(seed uint64) (p *twins, differs string) {
	d := &Dice{Rand: rand.New(rand.NewPCG(seed, 1))}
	p = &twins{}
	p.a, p.now = k.World(d)
	word, likely, bodies := d.Word, d.Likely, d.bodies
	p.b, _ = k.World(&Dice{Rand: rand.New(rand.NewPCG(seed, 1))})
	d.Word, d.Likely, d.bodies = word, likely, bodies
	for i := range min(length(d), 40) + 5 {
		p.wait(time.Duration(d.Pick(int([]time.Duration{time.Hour, 12 * time.Hour, 4 * 24 * time.Hour,
			25 * 24 * time.Hour}[d.Pick(4)]/time.Minute))) * time.Minute)
		d.Now = p.now
		by, act := k.Next(p.a, d)
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

func (k Twinned) move(p *twins, by regime.Party, act any, i int) string {
	byB, actB, secret := k.Other(p.a, by, copyOf(act))
	who := "an officer"
	if secret {
		who = k.Person
	}
	p.parted = k.Opens(p.a, act)
	key := "key-" + strconv.Itoa(i)
	one, errA := p.a.Do(Request(key, by, "an officer", act), act, p.now)
	two, errB := p.b.Do(Request(key, byB, who, actB), actB, p.now)
	if (errA == nil) != (errB == nil) {
		return fmt.Sprintf("%+v by %s is taken once: %v, %v", act, by, errA, errB)
	}
	if errA != nil {
		p.parted = false
		return ""
	}
	p.secrets += words.Flag(secret)
	if p.parted {
		return ""
	}
	return parting("the answer, which is kept in the open", regimetest.AsText(one), regimetest.AsText(two))
}

func copyOf(act any) any {
	v := reflect.New(reflect.TypeOf(act).Elem())
	v.Elem().Set(reflect.ValueOf(act).Elem())
	return v.Interface()
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
	for _, t := range []Twin{p.a, p.b} {
		g := &Game{World: t, Now: p.now}
		g.letTimePass(until)
		l := t.Book()
		var ts []ledger.SendResult
		var es []ledger.MailEvent
		for _, n := range l.ToSend(until) {
			for _, r := range n.To {
				one := fate(n.ID + string(r.Party) + until.String())
				if dead(behind(t, r.Party)) {
					one = ledger.SendResult{State: ledger.StateRefused, About: ledger.MatterRecipient, Sign: "550 5.1.1", Reason: "no such user"}
				}
				one.Notice, one.Party, one.Level, one.Round, one.RetryAfter = n.ID, r.Party, r.Level, r.Round, 10*time.Minute
				one.Mail = ledger.MailID("twins", n.ID, r)
				ts = append(ts, one)
				e := word(n.ID + string(r.Party))
				if bounces(behind(t, r.Party)) {
					e = ledger.MailEvent{State: ledger.StateBounced, About: ledger.MatterRecipient, Sign: "bounce 5.1.1"}
				}
				if one.State == ledger.StateAccepted && e.State != "" {
					e.Mail, e.At = one.Mail, until
					es = append(es, e)
				}
			}
		}
		t.RecordSent(ts, until)
		if len(es) > 0 {
			t.RecordDeliveryEvents(es, until)
		}
	}
	p.now = until
}

// compare looks at all that others get.
func (p *twins) compare(d *Dice, move uint64) string {
	looks := []func(Twin) map[string]string{func(t Twin) map[string]string { return t.Shown(p.now) }}
	if move%8 == 7 {
		looks = append(looks, func(t Twin) map[string]string { return t.Explained(p.now) })
	}
	for _, look := range looks {
		a, b := look(p.a), look(p.b)
		for what := range a {
			if s := parting(what, a[what], b[what]); s != "" {
				return s
			}
		}
	}
	if s := parting("mails and the clock", outgoing(p.a, p.now), outgoing(p.b, p.now)); s != "" {
		return s
	}
	for i := range 8 {
		by, act := p.a.Trials(d)
		req := Request("trial-"+strconv.Itoa(i), by, "somebody", act)
		one, two := p.a.Would(req, copyOf(act), p.now), p.b.Would(req, copyOf(act), p.now)
		if teller, ok := p.a.(Teller); ok && teller.Tells(by, act) && (one == nil || two == nil) {
			continue // it may do it, and shows by doing it what all then see; to try tells nothing
		}
		if s := parting(fmt.Sprintf("the answer to %T by %s", act, by), fmt.Sprint(one), fmt.Sprint(two)); s != "" {
			return s
		}
	}
	return ""
}

// Explain adds what 'why' says of the latest things and of every party.
func Explain(out map[string]string, all []ledger.Point, why func(string) (ledger.Explanation, error)) {
	out["what can be asked"] = regimetest.AsText(all)
	for _, p := range all[max(0, len(all)-5):] {
		e, err := why(p.On)
		out["why "+p.On] = regimetest.AsText(e) + fmt.Sprint(err)
	}
	for _, p := range Everybody {
		e, err := why(string(p))
		out["why "+string(p)] = regimetest.AsText(e) + fmt.Sprint(err)
	}
}

// TryAll plays many. HTR_TWINS says how many.
func (k Twinned) TryAll(t *testing.T, n int) {
	t.Parallel()
	if s := os.Getenv("HTR_TWINS"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	secrets, different, long := 0, 0, 0
	for seed := range n {
		p, differs := k.play(uint64(seed))
		if differs != "" {
			t.Fatalf("%s, course %d: %s", k.Kind, seed, differs)
		}
		secrets += p.secrets
		long += words.Flag(!p.parted)
		different += words.Flag(p.a.Raw() != p.b.Raw())
	}
	t.Logf("%d courses of %s, %d acts in confidence; in %d courses the two differ in what nobody is shown", n, k.Kind,
		secrets, different)
	if n >= 50 && (secrets < n || different < n/2 || long < n/3) {
		t.Errorf("%s: too few secrets: %d acts in %d courses, %d different, %d never opened", k.Kind, secrets, n,
			different, long)
	}
}

// fates are what may become of a mail, and words what the service may say of it later.
var (
	fates = []ledger.SendResult{{State: ledger.StateAccepted}, {State: ledger.StateAccepted}, {State: ledger.StateAccepted},
		{State: ledger.StateUnknown}, {State: ledger.StateNoContact, Note: "no mailbox"}, {State: ledger.StateWaiting},
		{State: ledger.StateRefused, About: ledger.MatterRecipient, Sign: "550 5.1.1", Reason: "no such user"},
		{State: ledger.StateWaiting, About: ledger.MatterPolicy, Sign: "554 5.7.1"},
		{State: ledger.StateWaiting, About: ledger.MatterAccount, Sign: "401", Note: "no key"}}
	laterWords = []ledger.MailEvent{{}, {State: ledger.StateDelivered}, {State: ledger.StateDelivered},
		{State: ledger.StateBounced, About: ledger.MatterRecipient, Sign: "bounce 5.1.1"},
		{State: ledger.StateBlocked, About: ledger.MatterPolicy, Sign: "blocked"}, {State: ledger.StateComplained}}
)

// fate and word are mostly good: what fails asks for a person, of which there would be no end.
func fate(id string) ledger.SendResult { return fates[max(0, int(hashed(id)%40)-40+len(fates))] }

func word(id string) ledger.MailEvent {
	return laterWords[max(0, int(hashed("later "+id)%20)-20+len(laterWords))]
}

// behind is whose mailbox it is.
func behind(t Twin, p regime.Party) regime.Party {
	if g, ok := t.(interface {
		Behind(regime.Party) regime.Party
	}); ok {
		return g.Behind(p)
	}
	return p
}

// dead is a mailbox that takes no mail, and bounces one from which each comes back.
func dead(p regime.Party) bool    { return hashed(string(p))%4 == 0 }
func bounces(p regime.Party) bool { return hashed(string(p))%4 == 1 }

func hashed(s string) uint32 {
	h := fnv.New32()
	h.Write([]byte(s))
	return h.Sum32()
}

// outgoing is what the workflow and its UI are told: which mails go to whom, when it wakes and why.
func outgoing(t Twin, now time.Time) string {
	l := t.Book()
	alarm, ok := l.NextDue()
	held, some := l.HeldMails(now)
	out := []any{alarm, ok, held, some, l.Hold, l.NextRetry(), l.CountOverdue(now), l.OpenDuties(), l.Unsent(), l.NextWords()}
	for _, n := range l.ToSend(now) {
		out = append(out, n, l.AnsweredBy(n), l.Unconfirmed(n))
		for _, r := range n.To {
			out = append(out, t.Name(r.Party))
		}
	}
	return regimetest.AsText(out)
}

// Request is a person's, with the fingerprint that the command line gives it.
func Request(key string, by regime.Party, person string, act any) ledger.Request {
	return ledger.Request{By: ByEither(by, person, len(key)+int(key[len(key)-1])), Key: key,
		Fingerprint: regimetest.DigestOf(by, act)}
}

// ByEither is who acts: every third time by the link of a mail.
func ByEither(by regime.Party, person string, n int) ledger.Actor {
	a := ledger.Actor{For: by, Person: person, Channel: "test"}
	if n%3 == 0 {
		a.Channel, a.Contact, a.Notice, a.Link = ledger.ChannelPage, regime.LevelDuty, "n1", "mfrggzdfmztwq2lk"
	}
	return a
}
