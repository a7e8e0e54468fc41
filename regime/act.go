package regime

import (
	"time"
)

// Actor says who acts, for which party, and how it came in. Temporal's own identity field
// is no evidence of any of this.
type Actor struct {
	For     Party  `json:"for"`
	Person  string `json:"person"`
	Role    string `json:"role,omitempty"`
	Channel string `json:"channel"` // "command line", "rehearsal", ...
}

// Moment is when and by whom an act is done. Now is the case's own time.
type Moment struct {
	Now time.Time
	By  Actor
}

// Act is something that a person does in a case, for a party.
//
// check refuses with a *Refusal or a *Mistake and changes nothing; do is called only after
// check has passed, cannot fail, and returns the sentence for the chronology.
type Act interface {
	check(c *Case, m Moment) error
	do(c *Case, m Moment) string
}

// Request is an act with all that makes it answerable and harmless to repeat.
type Request struct {
	By Actor `json:"by"`
	// Key identifies this very request: the same key again is answered from the record.
	Key string `json:"key"`
	// Print is the same for two requests of the same content, so that a command typed twice
	// within the profile's repeat window is taken once. Empty: taken however often it comes.
	Print string `json:"print,omitempty"`
}

// Receipt answers an act: the entry it made, or the one it repeats.
type Receipt struct {
	Entry    Entry  `json:"entry"`
	Repeated bool   `json:"repeated,omitempty"` // nothing was done: the entry is the earlier one
	Stage    Stage  `json:"stage"`
	Next     string `json:"next,omitempty"` // what falls due next, in words
}

// Check tells whether the act may be done at this time; it changes nothing.
func (c *Case) Check(req Request, act Act, now time.Time) error {
	if _, ok := c.repeated(req, now); ok {
		return nil
	}
	if err := CheckInput(act); err != nil {
		return err
	}
	m := c.moment(req, now)
	if err := c.checkActor(m); err != nil {
		return err
	}
	if c.Stage == Closed {
		if _, ok := act.(afterClosing); !ok {
			return refuse("2.4", "case %s is closed; a new trigger opens a case linked to it.", c.Ref)
		}
	}
	c.completeParties(act)
	return act.check(c, m)
}

// Perform does the act if Check allows it, with all that follows from it at once.
func (c *Case) Perform(req Request, act Act, now time.Time) (Receipt, error) {
	if err := c.Check(req, act, now); err != nil {
		return Receipt{}, err
	}
	if e, ok := c.repeated(req, now); ok {
		return c.receipt(e, true), nil
	}
	m := c.moment(req, now)
	c.tell = nil
	text := act.do(c, m)
	e := c.enter(Entry{
		At: now, By: m.By, Verb: VerbOf(act).Path, Text: text, Key: req.Key, Print: req.Print,
	})
	c.flush(now)
	c.settle(now)
	return c.receipt(e, false), nil
}

func (c *Case) receipt(e Entry, repeated bool) Receipt {
	return Receipt{Entry: e, Repeated: repeated, Stage: c.Stage, Next: c.NextWords()}
}

func (c *Case) moment(req Request, now time.Time) Moment {
	by := req.By
	by.For = c.Complete(by.For)
	return Moment{Now: now, By: by}
}

// repeated finds the entry that the request repeats: the same key at any time, or the same
// content by the same people a short while ago.
func (c *Case) repeated(req Request, now time.Time) (Entry, bool) {
	window := c.profile().RepeatWindow
	for i := len(c.Entries) - 1; i >= 0; i-- {
		e := c.Entries[i]
		if e.Key != "" && e.Key == req.Key {
			return e, true
		}
		if e.Print != "" && e.Print == req.Print && now.Before(window.After(e.At)) {
			return e, true
		}
	}
	return Entry{}, false
}

// afterClosing marks the acts that a closed case still takes.
type afterClosing interface{ allowedAfterClosing() }

func (c *Case) checkActor(m Moment) error {
	if m.By.Person == "" {
		return mistake("it must be said which person acts for %s.", c.Name(m.By.For))
	}
	for _, s := range []string{m.By.Person, m.By.Role, m.By.Channel} {
		if err := checkText("the person acting", s); err != nil {
			return err
		}
	}
	if !c.profile().Knows(m.By.For.Body()) {
		return mistake("%q is no body of profile %s.", m.By.For, c.Profile)
	}
	if b := m.By.For.Body(); b == QSGLocal || b == QSGRegional {
		return refuse("R68", "a Quality Surveillance Group has no powers of its own; "+
			"say which of its members acts.")
	}
	return nil
}
