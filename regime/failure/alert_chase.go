package failure

import (
	"slices"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// DutyAcknowledgeTrigger is the kind of duty that is owed here.
const DutyAcknowledgeTrigger regime.DutyKind = "ACKNOWLEDGE_TRIGGER"

// chased lists the parties that the alert behind a duty still waits for. Once the summit has been
// opened, a party is not chased about it if it is not invited, or has come.
func (c *Case) chased(d ledger.Duty) []regime.Party {
	out := c.Unacknowledged(d)
	if d.Kind != DutyAcknowledgeTrigger || !c.Stage.Reached(regime.InSession) {
		return out
	}
	invited := c.Summit.invited()
	return slices.DeleteFunc(out, func(p regime.Party) bool {
		return !slices.Contains(invited, p) || c.Summit.attended(p)
	})
}
