package failure

import (
	"slices"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// DutyAcknowledgeTrigger is the kind of duty that is owed here.
const DutyAcknowledgeTrigger regime.DutyKind = "ACKNOWLEDGE_TRIGGER"

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

// ResendMail sends again what a contact was not told, once there is hope: a mail that was refused
// for good under a new id, and at once one that waits. What has gone, or may have, is not sent twice.
type ResendMail struct {
	Notice string `json:"notice" flag:"notice" usage:"the notice's number, such as n12, or 'all' that is still of use" need:"yes"`
	To     string `json:"to,omitempty" flag:"to" usage:"only to this contact (BODY:CONTACT)"`
}

func (a *ResendMail) allowedAfterClosing() {}

func (a *ResendMail) check(c *Case, _ ledger.Moment) error {
	_, err := c.Resendable(a.Notice, a.To)
	return err
}

func (a *ResendMail) do(c *Case, m ledger.Moment) string {
	return "Had " + words.Count(c.pen.Resend(a.Notice, a.To, m.Now), "mail") + " sent again."
}
