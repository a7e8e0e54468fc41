// Of case and group: mails that are sent again by name.

package regime

// ResendMail sends again what a contact was not told, once there is hope: a mail that was refused
// for good under a new id, and at once one that waits. What has gone, or may have, is not sent twice.
type ResendMail struct {
	Notice string `json:"notice" flag:"notice" usage:"the notice's number, such as n12, or 'all' that is still of use" need:"yes"`
	To     string `json:"to,omitempty" flag:"to" usage:"only to this contact (BODY:CONTACT)"`
}

func (a *ResendMail) allowedAfterClosing() {}

func (a *ResendMail) check(c *Case, _ Moment) error {
	_, err := c.resendable(a.Notice, a.To)
	return err
}

func (a *ResendMail) do(c *Case, m Moment) string {
	return "Had " + many(c.resend(a.Notice, a.To, m.Now), "mail") + " sent again."
}

// ResendGroupMail is ResendMail in a surveillance group.
type ResendGroupMail struct {
	Notice string `json:"notice" flag:"notice" usage:"the notice's number, such as n12, or 'all' that is still of use" need:"yes"`
	To     string `json:"to,omitempty" flag:"to" usage:"only to this contact (BODY:CONTACT)"`
}

func (a *ResendGroupMail) check(g *Group, _ Moment) error {
	_, err := g.resendable(a.Notice, a.To)
	return err
}

func (a *ResendGroupMail) do(g *Group, m Moment) string {
	return "Had " + many(g.resend(a.Notice, a.To, m.Now), "mail") + " sent again."
}
