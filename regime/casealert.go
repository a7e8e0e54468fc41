package regime

// Whom a case chases to acknowledge that a summit was triggered: of cases alone.

import "slices"

// chased are those whom the alert behind a duty still waits for. Once the summit has been
// opened, nobody is chased about it who is not invited to it, or who has come.
func (c *Case) chased(d Duty) []Party {
	out := c.unacknowledged(d)
	if d.Kind != DutyAcknowledgeTrigger || !c.Stage.Reached(InSession) {
		return out
	}
	invited := c.Summit.invited()
	return slices.DeleteFunc(out, func(p Party) bool {
		return !contains(invited, p) || c.Summit.attended(p)
	})
}
