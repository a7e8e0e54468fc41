package ledger

import (
	"time"

	"holdthering/regime"
)

// Command is an act as the ledger sees it, done in a case or in a surveillance group.
type Command struct {
	Act  any // a pointer to the act's struct, with the tags of its fields
	Path string
	// Check refuses and changes nothing; do is called only after it has passed.
	Check func(Moment) error
	Do    func(Moment) string
}

func (l *Ledger) CheckCommand(req Request, d Command, now time.Time) error {
	if _, ok := l.repeated(req, now); ok {
		return nil
	}
	if err := regime.CheckInput(d.Act); err != nil {
		return err
	}
	m := l.moment(req, now)
	if err := l.checkActor(m); err != nil {
		return err
	}
	regime.ResolveParties(d.Act, l.subject.ResolveUnit)
	if err := l.subject.Profile().UnknownBodyAmong(regime.NamedParties(d.Act)); err != nil {
		return err
	}
	return d.Check(m)
}

// PerformCommand answers a repeated request with its earlier entry, and repeated true.
func (l *Pen) PerformCommand(req Request, d Command, now time.Time) (e Entry, repeated bool, err error) {
	if err := l.CheckCommand(req, d, now); err != nil {
		return Entry{}, false, err
	}
	if e, ok := l.repeated(req, now); ok {
		return e, true, nil
	}
	m := l.moment(req, now)
	l.gathered = nil
	l.skipDigests(now)
	text := d.Do(m)
	e = l.Enter(Entry{At: now, By: m.By, Verb: d.Path, Text: text, Key: req.Key, Fingerprint: req.Fingerprint})
	l.Flush(now)
	l.Acknowledge(m)
	l.subject.Settle(now)
	return e, false, nil
}

func (l *Ledger) moment(req Request, now time.Time) Moment {
	by := req.By
	by.For = l.subject.ResolveUnit(by.For)
	return Moment{Now: now, By: by}
}

// repeated finds the entry that the request repeats: the same key at any time, or the same
// content by the same people a short while ago.
func (l *Ledger) repeated(req Request, now time.Time) (Entry, bool) {
	window := l.subject.Profile().RepeatWindow
	for i := len(l.Entries) - 1; i >= 0; i-- {
		e := &l.Entries[i]
		if e.Key != "" && e.Key == req.Key {
			return *e, true
		}
		if e.Fingerprint != "" && e.Fingerprint == req.Fingerprint && now.Before(window.After(e.At)) {
			return *e, true
		}
	}
	return Entry{}, false
}

func (l *Ledger) checkActor(m Moment) error {
	if m.By.Person == "" {
		return regime.Mistakef("it must be said which person acts for %s.", l.subject.Name(m.By.For))
	}
	for _, s := range []string{m.By.Person, m.By.Role, m.By.Channel} {
		if err := regime.CheckText("the person acting", s); err != nil {
			return err
		}
	}
	if p := l.subject.Profile(); !p.Knows(m.By.For.Body()) {
		return p.UnknownBody(m.By.For)
	}
	if b := m.By.For.Body(); b == regime.QSGLocal || b == regime.QSGRegional {
		return regime.Refusef("R68", "a %s has no powers of its own; say which of its members acts.",
			l.subject.Labels().Group)
	}
	return nil
}
