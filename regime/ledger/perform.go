package ledger

import (
	"time"

	"holdthering/regime"
)

// Command is an act as the ledger sees it, done in a case or in a surveillance group.
type Command struct {
	Act  any // a pointer to the act's struct, with the tags of its fields
	Path string
	Does string // the verb's summary
	// Unproven: it says nothing of whether the body has read anything.
	Unproven bool
	// Check refuses and changes nothing. Do is called only after it has passed.
	Check func(Moment) error
	// Last refuses after everything else, where a refusal would tell something to whoever only tries.
	Last func(Moment) error
	Do   func(Moment) string
	// Veil says who acts, as everybody may know it; nil: who does. What follows from an act is
	// worked out from that alone, so that nothing can depend on who spoke in confidence (R14).
	Veil func(Moment) Moment
	// Opened is when the case or group began. Follows is what this act can only come after there.
	Opened  Bound
	Follows func(Moment) Bound
	// Repeats is the number of the entry that says the same, 0 where none does.
	Repeats func(Moment) int
}

// CheckCommand reports whether the command may be done; it changes nothing. A repeated request may.
func (l *Ledger) CheckCommand(req Request, d Command, now time.Time) error {
	if _, ok, err := l.repeated(req, d, now); ok || err != nil {
		return err
	}
	if err := regime.CheckInput(d.Act); err != nil {
		return err
	}
	m := l.moment(req, now)
	m.At = regime.HappenedAt(d.Act, now)
	if err := l.checkActor(m); err != nil {
		return err
	}
	regime.ResolveParties(d.Act, l.subject.ResolveUnit)
	regime.ResolveNumbers(d.Act)
	if err := l.subject.Profile().UnknownBodyAmong(regime.NamedParties(d.Act)); err != nil {
		return err
	}
	if err := d.Check(m); err != nil {
		return err
	}
	if err := l.checkTimes(d, m); err != nil {
		return err
	}
	if err := regime.Doubtful(d.Act, now); err != nil && !req.Sure {
		return err
	}
	if d.Last != nil {
		return d.Last(m)
	}
	return nil
}

// PerformCommand answers a repeated request with its earlier entry, and repeated true. The answer is
// kept in the open store of the server for who repeats the key, so it holds what all may know.
func (l *Pen) PerformCommand(req Request, d Command, now time.Time) (e Entry, repeated bool, err error) {
	l.followLaw(now)
	if err := l.CheckCommand(req, d, now); err != nil {
		return Entry{}, false, err
	}
	if e, ok, _ := l.repeated(req, d, now); ok {
		return e.Shown(), true, nil
	}
	m := l.moment(req, now)
	m.At = regime.HappenedAt(d.Act, now)
	if d.Veil != nil {
		m = d.Veil(m)
	}
	l.gathered = nil
	l.recordedAt = now
	defer func() { l.recordedAt = time.Time{} }()
	l.skipDigests(now)
	text := d.Do(m)
	entry := Entry{At: now, By: m.By, Verb: d.Path, Text: text, Key: req.Key, Fingerprint: req.Fingerprint}
	if a, ok := d.Act.(interface{ InConfidence() bool }); !ok || !a.InConfidence() {
		entry.Decided = regime.Decided(d.Act, l.subject.Name)
	}
	entry.dated(m)
	e = l.Enter(entry)
	l.confirmAnswer(d, m)
	l.tellWhatWasEnded(m)
	l.Flush(now)
	if !d.Unproven {
		l.Acknowledge(m)
	}
	l.subject.Settle(now)
	return e.Shown(), false, nil
}

func (l *Ledger) moment(req Request, now time.Time) Moment {
	by := req.By
	by.For = l.subject.ResolveUnit(by.For)
	return Moment{Now: now, At: now, By: by, Names: req.Names}
}

// repeated finds the entry that the request repeats: the same key at any time, or the same content
// by the same people a short while ago, or content that can be there only once. A key that comes
// with other content is a mistake: answered as a repetition, the act would be lost silently.
func (l *Ledger) repeated(req Request, d Command, now time.Time) (Entry, bool, error) {
	same := 0
	if d.Repeats != nil {
		m := l.moment(req, now)
		m.At = regime.HappenedAt(d.Act, now)
		same = d.Repeats(m)
	}
	window := l.subject.Profile().RepeatWindow
	for i := len(l.Entries) - 1; i >= 0 && req.Key != ""; i-- {
		e := &l.Entries[i]
		if e.Key != req.Key {
			continue
		}
		if !l.sameContent(e, req, d) {
			return Entry{}, false, usedBefore()
		}
		return *e, true, nil
	}
	if n, other := l.Past.doneBefore(req, d.Path, l.subject.ResolveUnit(req.By.For)); n > 0 && req.Key != "" {
		if other {
			return Entry{}, false, usedBefore()
		}
		return left(n, d.Path, now), true, nil
	}
	for i := len(l.Entries) - 1; i >= 0 && same > 0; i-- {
		if e := &l.Entries[i]; e.N == same {
			return *e, true, nil
		}
	}
	if same > 0 && same <= l.LastEntry {
		return left(same, d.Path, now), true, nil
	}
	for i := len(l.Entries) - 1; i >= 0 && !req.Again && req.Fingerprint != ""; i-- {
		if e := &l.Entries[i]; e.Fingerprint == req.Fingerprint && now.Before(window.After(e.At)) {
			return *e, true, nil
		}
	}
	if req.Fingerprint != "" && !req.Again {
		if n := l.saidLately(req.Fingerprint, now); n > 0 {
			return left(n, d.Path, now), true, nil
		}
	}
	return Entry{}, false, nil
}

func usedBefore() error {
	return regime.Mistakef("that --key has already been used for something else: this was not recorded. Leave out " +
		"--key, or name another one.")
}

// sameContent reports whether the entry came from the same act by the same body. A request without
// a fingerprint is recognised by the verb and the body alone.
func (l *Ledger) sameContent(e *Entry, req Request, d Command) bool {
	if e.Verb != d.Path {
		return false
	}
	if e.Fingerprint != "" || req.Fingerprint != "" {
		return e.Fingerprint == req.Fingerprint
	}
	return e.By.For == l.subject.ResolveUnit(req.By.For)
}

func (l *Ledger) checkActor(m Moment) error {
	if m.By.Person == "" {
		return regime.Mistakef("say which person acts for %s.", l.subject.Name(m.By.For))
	}
	for _, s := range []string{string(m.By.For), m.By.Person, m.By.Role, m.By.Channel, string(m.By.Contact), m.By.Notice, m.By.Link} {
		if err := regime.CheckText("the person acting", s); err != nil {
			return err
		}
	}
	if err := l.checkEnded(m); err != nil {
		return err
	}
	if b := m.By.For.Body(); b == regime.QSGLocal || b == regime.QSGRegional {
		return regime.Refusef("R68", "a %s has no powers of its own; say which of its members acts.",
			l.subject.Labels().Group)
	}
	return nil
}
