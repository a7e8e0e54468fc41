package surveillance

import (
	"holdthering/regime/ledger"
)

// AcknowledgeGroupAlert is AcknowledgeAlert in a surveillance group.
type AcknowledgeGroupAlert struct{}

func (a *AcknowledgeGroupAlert) check(g *Group, m ledger.Moment) error { return g.CheckAlerted(m) }

func (a *AcknowledgeGroupAlert) do(*Group, ledger.Moment) string { return "Acknowledged the alert." }

var groupAlertVerbs = []Verb{
	{Path: "group acknowledge", Update: "AcknowledgeGroupAlert", Rules: "R10",
		New:     func() Act { return new(AcknowledgeGroupAlert) },
		Did:     "acknowledged the alert",
		Summary: "Acknowledge for your body that patients may be at immediate risk",
		Example: `group acknowledge --group GROUP --by CQC`},
}
