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

// Moment is when and by whom an act is done. Now is the case's own time, at which the act is
// recorded; At is when it happened, which may be earlier. Clocks run from At.
type Moment struct {
	Now time.Time
	At  time.Time
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
	// Key identifies this very request: the same key again is answered from the record, and
	// refused where it comes with something else.
	Key string `json:"key"`
	// Print is the same for two requests of the same content, so that a command typed twice
	// within the profile's repeat window is taken once. Empty: taken however often it comes.
	Print string `json:"print,omitempty"`
	// Names are what other providers are called that the request names: no profile knows them.
	Names []UnitName `json:"names,omitempty"`
	Again bool       `json:"again,omitempty"`
	Sure  bool       `json:"sure,omitempty"`
}

// Receipt answers an act: the entry it made, or the one it repeats.
type Receipt struct {
	Entry    Entry `json:"entry"`
	Repeated bool  `json:"repeated,omitempty"` // nothing was done: the entry is the earlier one
	Stage    Stage `json:"stage,omitempty"`    // of a case
	// StageWords are the stage in the words of the case's profile.
	StageWords string `json:"stageWords,omitempty"`
	Next       string `json:"next,omitempty"` // what falls due next, in words
}

// Check tells whether the act may be done at this time; it changes nothing.
func (c *Case) Check(req Request, act Act, now time.Time) error {
	return c.check(req, c.deed(req, act), now)
}

// Perform does the act if Check allows it, with all that follows from it at once.
func (c *Case) Perform(req Request, act Act, now time.Time) (Receipt, error) {
	e, repeated, err := c.perform(req, c.deed(req, act), now)
	if err != nil {
		return Receipt{}, err
	}
	return Receipt{Entry: e, Repeated: repeated, Stage: c.Stage, StageWords: c.stageWords(),
		Next: c.NextWords()}, nil
}

func (c *Case) deed(req Request, act Act) deed {
	return deed{act: act, path: VerbOf(act).Path,
		check: func(m Moment) error {
			if _, ok := act.(afterClosing); !ok && c.Stage == Closed {
				return refuse("2.4", "case %s is closed; a new trigger opens a case linked to it.",
					c.Ref)
			}
			return act.check(c, m)
		},
		do: func(m Moment) string {
			c.learnNames(req.Names)
			return act.do(c, m)
		},
		repeats: func(m Moment) int {
			if r, ok := act.(interface{ repeats(*Case, Moment) int }); ok {
				return r.repeats(c, m)
			}
			return 0
		},
		opened: bound{c.Opened, "the case was opened"},
		follows: func(m Moment) bound {
			if f, ok := act.(interface{ follows(*Case, Moment) bound }); ok {
				return f.follows(c, m)
			}
			return bound{}
		},
	}
}

// afterClosing marks the acts that a closed case still takes.
type afterClosing interface{ allowedAfterClosing() }
