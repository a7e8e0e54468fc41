package failure

import (
	"slices"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// DutyAcknowledgeTrigger is the kind of duty that is owed here.
const DutyAcknowledgeTrigger regime.DutyKind = "ACKNOWLEDGE_TRIGGER"

var alertVerbs = []Verb{
	{Path: "acknowledge", Update: "AcknowledgeAlert", Rules: "R12",
		New:     func() Act { return new(AcknowledgeAlert) },
		Did:     "acknowledged the alert",
		Summary: "Acknowledge an alert for your body, so that it is not chased",
		Example: `acknowledge --case CASE --by CQC`},
}

// AcknowledgeAlert says that a body has read every alert so far. Any other act of the body
// in the case says so too.
type AcknowledgeAlert struct{}

func (a *AcknowledgeAlert) allowedAfterClosing() {}

func (a *AcknowledgeAlert) check(c *Case, m ledger.Moment) error { return c.CheckAlerted(m) }

func (a *AcknowledgeAlert) do(*Case, ledger.Moment) string { return "Acknowledged the alert." }

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
