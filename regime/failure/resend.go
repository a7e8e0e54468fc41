package failure

import (
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// ResendMail sends again what a contact was not told, once there is hope: a mail that was refused
// for good under a new id, and at once one that waits. What has gone, or may have, is not sent twice.
type ResendMail struct {
	Notice string `json:"notice" flag:"notice" usage:"the notice's number, such as n12, or 'all' that is still of use" need:"yes"`
	To     string `json:"to,omitempty" flag:"to" usage:"only to this contact (BODY:CONTACT)"`
}

func (a *ResendMail) allowedAfterClosing() {}

func (a *ResendMail) check(c *Case, m ledger.Moment) error {
	_, err := c.Resendable(a.Notice, a.To, m.Now)
	return err
}

func (a *ResendMail) do(c *Case, m ledger.Moment) string {
	return "Had " + words.Count(c.pen.Resend(a.Notice, a.To, m.Now), "mail") + " sent again."
}
