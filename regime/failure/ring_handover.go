package failure

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// HandOverRing names a successor; the ring passes when it accepts, so that there is always
// exactly one ring-holder (R28), and no member objects (T11: the members agree).
type HandOverRing struct {
	To     regime.Party `json:"to" flag:"to" board:"to" usage:"the successor" need:"yes"`
	Reason string       `json:"reason" flag:"reason" usage:"why" need:"yes"`
}

func (a *HandOverRing) check(c *Case, m ledger.Moment) error {
	if c.Ring.Holder == "" {
		return regime.Refusef("R28", "nobody holds the ring yet.")
	}
	if m.By.For != c.Ring.Holder {
		return regime.Refusef("T11", "only the ring-holder, %s, hands the ring over.", c.Name(c.Ring.Holder))
	}
	if !c.IsMember(a.To) || a.To == c.Ring.Holder {
		return regime.Refusef("R28", "%s cannot take over the ring: it is not another member of this case.",
			c.Name(a.To))
	}
	return nil
}

func (a *HandOverRing) do(c *Case, m ledger.Moment) string {
	for _, k := range c.Ring.Candidates {
		if k.Party != a.To {
			c.pen.Notify(ledger.Notice{Kind: regime.NoticeRingHandedOver, Text: "You are no longer asked to take over the ring",
				To: []ledger.Recipient{{Party: k.Party, Level: regime.LevelDuty}}})
		}
	}
	c.Ring.Candidates = []Candidate{{Party: a.To, By: m.By.For, Fitness: a.Reason}}
	c.Ring.Objections = nil
	successor := []ledger.Recipient{{Party: a.To, Level: regime.LevelDuty}}
	c.pen.Notify(ledger.Notice{Kind: regime.NoticeRingHandedOver, Text: c.Name(m.By.For) + " wants to hand the ring over to " + c.Name(a.To) +
		". It passes when " + c.Name(a.To) + " accepts, unless a member objects", To: successor,
		Asks: ledger.Asking("say whether your body takes over the ring", "ring accept, ring decline")})
	c.pen.Notify(ledger.Notice{Kind: regime.NoticeRingHandedOver, Text: c.Name(m.By.For) + " wants to hand the ring over to " + c.Name(a.To) +
		". It passes when " + c.Name(a.To) + " accepts, unless a member objects", Asks: ledger.Asking("", "ring object"),
		To: ledger.Without(c.Audiences(regime.Contacts(regime.RoleMembers), ledger.Duty{}), append(successor,
			ledger.Recipient{Party: m.By.For, Level: regime.LevelDuty}))})
	return "Asked " + c.Name(a.To) + " to take over the ring: " + a.Reason
}

// handingOver reports whether a successor has been asked and has not answered yet.
func (c *Case) handingOver() bool {
	r := c.Ring
	return r.Holder != "" && r.Leaving.IsZero() && len(r.Candidates) > 0
}

// WithdrawFromRing is the ring-holder's own word that it gives up the ring and knows of no
// successor. The agreement begins again, with its full time. Until it has ended the
// ring-holder stays, so that there is always exactly one (R28, T11).
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
