package failure

import (
	"slices"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

var alertVerbs = []Verb{
	{Path: "acknowledge", Update: "AcknowledgeAlert", Rules: "R12",
		New:     func() Act { return new(AcknowledgeAlert) },
		Summary: "Acknowledge for your body what it was alerted of; nobody is chased then",
		Example: `acknowledge --case CASE --by CQC`},
}

// AcknowledgeAlert says that a body has read every alert so far. Any other act of the body
// in the case says so too.
type AcknowledgeAlert struct{}

func (a *AcknowledgeAlert) allowedAfterClosing() {}

func (a *AcknowledgeAlert) check(c *Case, m ledger.Moment) error { return c.CheckAlerted(m) }

func (a *AcknowledgeAlert) do(*Case, ledger.Moment) string { return "Acknowledged the alert." }

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
