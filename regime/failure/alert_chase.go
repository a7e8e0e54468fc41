package failure

import (
	"slices"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// chased are those whom the alert behind a duty still waits for. Once the summit has been
// opened, nobody is chased about it who is not invited to it, or who has come.
func (c *Case) chased(d ledger.Duty) []regime.Party {
	out := c.Unacknowledged(d)
	if d.Kind != regime.DutyAcknowledgeTrigger || !c.Stage.Reached(regime.InSession) {
		return out
	}
	invited := c.Summit.invited()
	return slices.DeleteFunc(out, func(p regime.Party) bool {
		return !slices.Contains(invited, p) || c.Summit.attended(p)
	})
}
