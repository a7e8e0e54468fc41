package failure

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// WithdrawFromRing is the ring-holder's own word that it gives up the ring and knows of no
// successor. The agreement begins again, with its full time. Until it has ended the ring-holder
// stays, so that there is always exactly one (R28, T11).
type WithdrawFromRing struct {
	Reason string    `json:"reason" flag:"reason" usage:"why" need:"yes"`
	At     time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was given up, if earlier than now"`
}

func (a *WithdrawFromRing) check(c *Case, m ledger.Moment) error {
	r := c.Ring
	switch {
	case r.Holder == "":
		return regime.Refusef("T11", "nobody holds the ring: %s.", c.stageWords())
	case m.By.For != r.Holder:
		return regime.Refusef("T11", "only the ring-holder, %s, withdraws.", c.Name(r.Holder))
	case r.Basis != Agreed:
		return regime.Refusef("A11", "the default cannot be refused; it can be handed over by agreement.")
	case !r.Leaving.IsZero():
		return regime.Mistakef("the withdrawal has already been recorded.")
	}
	return nil
}

func (a *WithdrawFromRing) do(c *Case, m ledger.Moment) string {
	c.Ring.Leaving, c.Ring.Candidates, c.Ring.Objections = m.At, nil, nil
	c.askForRingHolder(c.Name(m.By.For)+" gives up the ring and holds it until there is a successor. ", m.At)
	return "Gives up the ring, and holds it until there is a successor: " + a.Reason
}
