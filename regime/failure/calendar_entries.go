package failure

import (
	"holdthering/regime"
	"holdthering/regime/ledger"
)

// uninvite takes back an invitation that is made anew: who is not asked again has the entry
// withdrawn, and what has not gone yet to those meant does not go.
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
