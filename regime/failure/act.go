package failure

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// Act is something that a person does in a case, for a party.
//
// check refuses with a *Refusal or a *Mistake and changes nothing; do is called only after
// check has passed, cannot fail, and returns the sentence for the chronology.
type Act interface {
	check(c *Case, m ledger.Moment) error
	do(c *Case, m ledger.Moment) string
}

// Check reports whether the act may be done at this time; it changes nothing.
func (c *Case) Check(req ledger.Request, act Act, now time.Time) error {
	return c.CheckCommand(req, c.command(req, act), now)
}

// Perform does the act if Check allows it, with all that follows from it at once.
func (c *Case) Perform(req ledger.Request, act Act, now time.Time) (ledger.Receipt, error) {
	e, repeated, err := c.pen.PerformCommand(req, c.command(req, act), now)
	if err != nil {
		return ledger.Receipt{}, err
	}
	return ledger.Receipt{Entry: e, Repeated: repeated, Stage: c.Stage, StageWords: c.stageWords(),
		Next: c.NextWords()}, nil
}

func (c *Case) command(req ledger.Request, act Act) ledger.Command {
	return ledger.Command{Act: act, Path: VerbOf(act).Path, Does: c.says(does(VerbOf(act).Summary)), Unproven: unproven(act),
		Check: func(m ledger.Moment) error {
			if _, ok := act.(afterClosing); !ok && c.Stage == regime.Closed {
				return c.closedTo(act)
			}
			if err := c.actsNoMore(m); err != nil {
				return err
			}
			if err := c.knownGuest(append(regime.NamedParties(act), m.By.For)...); err != nil {
				return err
			}
			_, err := c.judged(act, m)
			return err
		},
		Do: func(m ledger.Moment) string {
			remark, _ := c.judged(act, m)
			c.learnNames(req.Names)
			return words.Join(act.do(c, m), remark)
		},
		Repeats: func(m ledger.Moment) int {
			if r, ok := act.(interface {
				repeats(*Case, ledger.Moment) int
			}); ok {
				return r.repeats(c, m)
			}
			return 0
		},
		Opened: ledger.Since(c.Opened, "the case was opened"),
		Follows: func(m ledger.Moment) ledger.Bound {
			if f, ok := act.(interface {
				follows(*Case, ledger.Moment) ledger.Bound
			}); ok {
				return f.follows(c, m)
			}
			return ledger.Bound{}
		},
	}
}

// judged is the act's own check. What is refused for no more than that another supports the case, decides or approves is
// taken with a remark where no text confirms who does (R125).
func (c *Case) judged(act Act, m ledger.Moment) (remark string, err error) {
	err = act.check(c, m)
	if err == nil || !c.atTable(m.By.For) {
		return "", err
	}
	if k := *c; c.profile().MayTake(m.By.For.Body(), regime.SupportsGroup) {
		if k.standIn = m.By.For; act.check(&k, m) == nil {
			return regime.NotAlone(c.Name(c.support())), nil
		}
	}
	if k := *c; c.profile().MayDecide(m.By.For.Body(), c.providerRow()) {
		if k.unproven = true; act.check(&k, m) == nil {
			return "(Not confirmed: who decides for " + c.providerRow().Label + ", and with whose approval, under the law of this day.)", nil
		}
	}
	return "", err
}

// afterClosing marks the acts that a closed case still takes.
type afterClosing interface{ allowedAfterClosing() }
