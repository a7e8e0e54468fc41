package failure

import (
	"holdthering/regime/ledger"
)

var alertVerbs = []Verb{
	{Path: "acknowledge", Update: "AcknowledgeAlert", Rules: "R12",
		New:     func() Act { return new(AcknowledgeAlert) },
		Summary: "Acknowledge an alert for your body, so that it is not chased",
		Example: `acknowledge --case CASE --by CQC`},
}

// AcknowledgeAlert says that a body has read every alert so far. Any other act of the body
// in the case says so too.
type AcknowledgeAlert struct{}

func (a *AcknowledgeAlert) allowedAfterClosing() {}

func (a *AcknowledgeAlert) check(c *Case, m ledger.Moment) error { return c.CheckAlerted(m) }

func (a *AcknowledgeAlert) do(*Case, ledger.Moment) string { return "Acknowledged the alert." }
