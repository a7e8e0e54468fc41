package regime

import "time"

// deed is an act as the ledger sees it, done in a case or in a surveillance group.
type deed struct {
	act  any // a pointer to the act's struct, with the tags of its fields
	path string
	// check refuses and changes nothing; do is called only after it has passed.
	check func(Moment) error
	do    func(Moment) string
	// veil says who acts, as everybody may know it; nil: who does. What follows from a deed is
	// worked out from that alone, so that nothing can depend on who spoke in confidence (R14).
	veil func(Moment) Moment
	// opened is when the case or group began; follows what this act can only follow there.
	opened  bound
	follows func(Moment) bound
	// repeats is the number of the entry that says the same, 0 where none does.
	repeats func(Moment) int
}

func (l *Ledger) check(req Request, d deed, now time.Time) error {
	if _, ok, err := l.repeated(req, d, now); ok || err != nil {
		return err
	}
	if err := CheckInput(d.act); err != nil {
		return err
	}
	m := l.moment(req, now)
	if err := l.checkActor(m); err != nil {
		return err
	}
	completeParties(d.act, l.host.Complete)
	if err := l.host.profile().strangerAmong(named(d.act)); err != nil {
		return err
	}
	m.At = happenedAt(d.act, now)
	if err := d.check(m); err != nil {
		return err
	}
	if err := l.checkTimes(d, m); err != nil || req.Sure {
		return err
	}
	return doubtful(d.act, now)
}

// perform answers a repeated request with its earlier entry, and repeated true. The answer is
// kept in the open store of the server for who repeats the key, so it holds what all may know.
func (l *Ledger) perform(req Request, d deed, now time.Time) (e Entry, repeated bool, err error) {
	if err := l.check(req, d, now); err != nil {
		return Entry{}, false, err
	}
	if e, ok, _ := l.repeated(req, d, now); ok {
		return e.shown(), true, nil
	}
	m := l.moment(req, now)
	m.At = happenedAt(d.act, now)
	if d.veil != nil {
		m = d.veil(m)
	}
	l.tell = nil
	l.recorded = now
	defer func() { l.recorded = time.Time{} }()
	l.skipDigests(now)
	text := d.do(m)
	entry := Entry{At: now, By: m.By, Verb: d.path, Text: text, Key: req.Key, Print: req.Print}
	entry.dated(m)
	e = l.enter(entry)
	l.flush(now)
	l.acknowledge(m)
	l.host.settle(now)
	return e.shown(), false, nil
}

func (l *Ledger) moment(req Request, now time.Time) Moment {
	by := req.By
	by.For = l.host.Complete(by.For)
	return Moment{Now: now, At: now, By: by}
}

// repeated finds the entry that the request repeats: the same key at any time, or the same
// content by the same people a short while ago, or content that can be there once only. A key that
// comes with another content is a mistake: answered as a repetition, the act would be lost and nobody
// told.
func (l *Ledger) repeated(req Request, d deed, now time.Time) (Entry, bool, error) {
	same := 0
	if d.repeats != nil {
		m := l.moment(req, now)
		m.At = happenedAt(d.act, now)
		same = d.repeats(m)
	}
	window := l.host.profile().RepeatWindow
	for i := len(l.Entries) - 1; i >= 0 && req.Key != ""; i-- {
		e := &l.Entries[i]
		if e.Key != req.Key {
			continue
		}
		if !l.sameContent(e, req, d) {
			return Entry{}, false, mistake("the key %q was used already, for something else: this was not "+
				"recorded. Leave out --key, or name another one.", req.Key)
		}
		return *e, true, nil
	}
	for i := len(l.Entries) - 1; i >= 0 && same > 0; i-- {
		if e := &l.Entries[i]; e.N == same {
			return *e, true, nil
		}
	}
	for i := len(l.Entries) - 1; i >= 0 && !req.Again && req.Print != ""; i-- {
		if e := &l.Entries[i]; e.Print == req.Print && now.Before(window.After(e.At)) {
			return *e, true, nil
		}
	}
	return Entry{}, false, nil
}

// sameContent reports whether the entry came of the same act by the same body. Who sends no
// print is known by the verb and the body alone.
func (l *Ledger) sameContent(e *Entry, req Request, d deed) bool {
	if e.Verb != d.path {
		return false
	}
	if e.Print != "" || req.Print != "" {
		return e.Print == req.Print
	}
	return e.By.For == l.host.Complete(req.By.For)
}

func (l *Ledger) checkActor(m Moment) error {
	if m.By.Person == "" {
		return mistake("it must be said which person acts for %s.", l.host.Name(m.By.For))
	}
	for _, s := range []string{m.By.Person, m.By.Role, m.By.Channel} {
		if err := checkText("the person acting", s); err != nil {
			return err
		}
	}
	if p := l.host.profile(); !p.Knows(m.By.For.Body()) {
		return p.Stranger(m.By.For)
	}
	if b := m.By.For.Body(); b == QSGLocal || b == QSGRegional {
		return refuse("R68", "a %s has no powers of its own; say which of its members acts.",
			l.host.labels().Group)
	}
	return nil
}
