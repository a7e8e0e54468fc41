package failure

import (
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
