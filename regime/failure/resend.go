package failure

import (
	"strings"

	"holdthering/regime"
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

// SendLink sends a contact a new link, as where the old one has ended or was withdrawn. Whoever holds a dead
// one can ask for that on its page, so that nothing is taken for read by it.
type SendLink struct {
	To     string `json:"to" flag:"to" usage:"the contact (BODY:CONTACT)" need:"yes"`
	Notice string `json:"notice,omitempty" flag:"notice" usage:"what it is to answer, such as n12; without it, the latest that asks something"`
}

func (a *SendLink) allowedAfterClosing() {}

func (a *SendLink) check(c *Case, m ledger.Moment) error { return c.CheckSendLink(a.To, a.Notice, m) }

func (a *SendLink) do(c *Case, m ledger.Moment) string { return c.pen.SendLink(a.To, a.Notice, m) }

// WithdrawLinks ends links at once, as after a mail went to a wrong hand.
type WithdrawLinks struct {
	To     string `json:"to" flag:"to" usage:"the contact (BODY:CONTACT)" need:"yes"`
	Notice string `json:"notice,omitempty" flag:"notice" usage:"only the link of this notice, such as n12"`
	Reason string `json:"reason" flag:"reason" usage:"why" need:"yes"`
}

func (a *WithdrawLinks) allowedAfterClosing() {}

func (a *WithdrawLinks) check(c *Case, m ledger.Moment) error { return c.CheckLinks(a.To, a.Notice, m) }

func (a *WithdrawLinks) do(c *Case, _ ledger.Moment) string {
	return c.pen.WithdrawLinks(a.To, a.Notice, a.Reason)
}

// PassOn has another contact of the same body asked what the body was asked.
type PassOn struct {
	To     regime.Level `json:"to" flag:"to" usage:"which contact of your body is to answer" need:"yes"`
	Notice string       `json:"notice" flag:"notice" usage:"the notice, such as n12" need:"yes"`
}

func (a *PassOn) check(c *Case, m ledger.Moment) error { return c.CheckPassOn(a.Notice, a.To, m) }

func (a *PassOn) do(c *Case, m ledger.Moment) string { return c.pen.PassOn(a.Notice, a.To, m) }

func unproven(act Act) bool {
	_, ok := act.(*SendLink)
	return ok
}

// does is what a verb does, without what is said of it in brackets.
func does(summary string) string {
	out, _, _ := strings.Cut(summary, " (")
	return out
}

var contactLinkVerbs = []Verb{
	{Path: "link send", Update: "SendLink", Rules: "R128", New: func() Act { return new(SendLink) },
		Did:     "had a new link sent to a contact",
		Summary: "Send a contact a new link to its page",
		Example: `link send --case CASE --by "NHS England" --to CQC:duty`},
	{Path: "link withdraw", Update: "WithdrawLinks", Rules: "R128", New: func() Act { return new(WithdrawLinks) },
		Did:     "ended the links of a contact",
		Summary: "End the links that a contact has been sent",
		Example: `link withdraw --case CASE --by "NHS England" --to CQC:duty --reason "the mailbox was shared"`},
	{Path: "link pass", Update: "PassOn", Rules: "R129", New: func() Act { return new(PassOn) },
		Did:     "passed a question on to another contact",
		Summary: "Pass a question on to another contact of your body",
		Example: `link pass --case CASE --by CQC --notice n12 --to deputy`},
}
