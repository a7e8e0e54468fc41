package failure

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

var approvalVerbs = []Verb{
	{Path: "administration approve", Update: "ApproveAdministration", Rules: "R124 B8",
		New:     func() Act { return new(ApproveAdministration) },
		Summary: "Approve that trust special administration is ordered (the Secretary of State, since July 2022)",
		Example: `administration approve --case CASE --by "Secretary of State" --reason "in the interests of the health service"`},
}

// ApproveAdministration is what an order needs that CQC has not required.
type ApproveAdministration struct {
	Reason string    `json:"reason,omitempty" flag:"reason" usage:"why"`
	On     time.Time `json:"on,omitzero" flag:"on" day:"start" when:"ever" usage:"the day of the approval, if earlier than now"`
}

func (a *ApproveAdministration) check(c *Case, m ledger.Moment) error {
	by := c.providerRow().AdministrationApprovedBy
	switch s := c.Administration; {
	case by == "":
		return regime.Refusef("R124", "nobody has to approve an order for %s under the law of %s.", c.providerRow().Label,
			calendar.Day(m.Now))
	case m.By.For.Body() != by:
		return regime.Refusef("R124", "%s approves it; %s cannot.", c.profile().BodyName(by), c.Name(m.By.For))
	case s != nil && s.Order != nil:
		return regime.Refusef("B8", "trust special administration was ordered on %s.", calendar.Instant(s.Order.On))
	case s != nil && s.Approved != nil:
		return regime.Mistakef("it was approved on %s.", calendar.Instant(s.Approved.On))
	}
	return nil
}

func (a *ApproveAdministration) do(c *Case, m ledger.Moment) string {
	if c.Administration == nil {
		c.Administration = new(Administration)
	}
	c.Administration.Approved = &AdministrationStep{On: m.At, By: m.By, Note: a.Reason}
	text := "The order of trust special administration is approved"
	c.pen.Event(regime.NoticeAdministration, text+" by "+c.Name(m.By.For), regime.RoleMembers, regime.RoleProvider)
	return words.Sentence(text+".", a.Reason, "")
}

// approved refuses an order that neither CQC has required nor the Secretary of State approved, where
// the law of the day asks for one of them.
func (c *Case) approved() error {
	by, s := c.providerRow().AdministrationApprovedBy, c.Administration
	if by == "" || s != nil && (s.Required != nil || s.Approved != nil) {
		return nil
	}
	return regime.Refusef("R124", "the order needs the approval of the %s ('administration approve'), since CQC has not "+
		"required it.", c.profile().BodyName(by))
}
