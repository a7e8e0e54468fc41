package failure

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// uninvite takes back an invitation that is being replaced. Those not invited again have the entry
// withdrawn, and what has not gone to them yet does not go.
func (c *Case) uninvite(d ledger.Duty, meant func(ledger.Recipient) bool) {
	invited := c.Audiences(regime.Contacts(regime.RoleInvited), ledger.Duty{})
	c.pen.WithdrawEntry(d, ledger.Without(c.Entered(d), invited), c.Summit.Convened)
	for i := range c.Notices {
		n := &c.Notices[i]
		for j := range n.To {
			if n.Entry == d.ID && meant(n.To[j]) {
				n.To[j].Supersede()
			}
		}
	}
}

// Timetable lists all that will fall due from now until a time if nothing is done, and who will be
// reminded. The case is not changed.
func (c *Case) Timetable(now, until time.Time) []ledger.Forecast {
	return c.clone().pen.Forecast(now, until)
}

// clone copies the case with all that belongs to it.
func (c *Case) clone() *Case {
	k := *c
	k.takeUpPen()
	ledger.OwnCopy(&k)
	return &k
}
