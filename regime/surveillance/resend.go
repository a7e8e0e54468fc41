package surveillance

import (
	"strings"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// ResendGroupMail is ResendMail in a surveillance group.
type ResendGroupMail struct {
	Notice string `json:"notice" flag:"notice" usage:"the notice's number, such as n12, or 'all' that is still of use" need:"yes"`
	To     string `json:"to,omitempty" flag:"to" usage:"only to this contact (BODY:CONTACT)"`
}

func (a *ResendGroupMail) check(g *Group, m ledger.Moment) error {
	_, err := g.Resendable(a.Notice, a.To, m.Now)
	return err
}

func (a *ResendGroupMail) do(g *Group, m ledger.Moment) string {
	return "Had " + words.Count(g.pen.Resend(a.Notice, a.To, m.Now), "mail") + " sent again."
}

// SendGroupLink is SendLink in a surveillance group.
type SendGroupLink struct {
	To     string `json:"to" flag:"to" usage:"the contact (BODY:CONTACT)" need:"yes"`
	Notice string `json:"notice,omitempty" flag:"notice" usage:"what it is to answer, such as n12; without it, the latest that asks something"`
}

func (a *SendGroupLink) check(g *Group, m ledger.Moment) error {
	return g.CheckSendLink(a.To, a.Notice, m)
}

func (a *SendGroupLink) do(g *Group, m ledger.Moment) string {
	return g.pen.SendLink(a.To, a.Notice, m)
}

// WithdrawGroupLinks is WithdrawLinks in a surveillance group.
type WithdrawGroupLinks struct {
	To     string `json:"to" flag:"to" usage:"the contact (BODY:CONTACT)" need:"yes"`
	Notice string `json:"notice,omitempty" flag:"notice" usage:"only the link of this notice, such as n12"`
	Reason string `json:"reason" flag:"reason" usage:"why" need:"yes"`
}

func (a *WithdrawGroupLinks) check(g *Group, m ledger.Moment) error {
	return g.CheckLinks(a.To, a.Notice, m)
}

func (a *WithdrawGroupLinks) do(g *Group, _ ledger.Moment) string {
	return g.pen.WithdrawLinks(a.To, a.Notice, a.Reason)
}

// PassGroupQuestion is PassOn in a surveillance group.
type PassGroupQuestion struct {
	To     regime.Level `json:"to" flag:"to" usage:"which contact of your body is to answer" need:"yes"`
	Notice string       `json:"notice" flag:"notice" usage:"the notice, such as n12" need:"yes"`
}

func (a *PassGroupQuestion) check(g *Group, m ledger.Moment) error {
	return g.CheckPassOn(a.Notice, a.To, m)
}

func (a *PassGroupQuestion) do(g *Group, m ledger.Moment) string {
	return g.pen.PassOn(a.Notice, a.To, m)
}

var groupLinkVerbs = []Verb{
	{Path: "group link-send", Update: "SendGroupLink", Rules: "R128", New: func() Act { return new(SendGroupLink) },
		Did:     "had a new link sent to a contact",
		Summary: "Send a contact a new link to its page",
		Example: `group link-send --group GROUP --by "NHS England" --to CQC:duty`},
	{Path: "group link-withdraw", Update: "WithdrawGroupLinks", Rules: "R128",
		New:     func() Act { return new(WithdrawGroupLinks) },
		Did:     "ended the links of a contact",
		Summary: "End the links that a contact has been sent",
		Example: `group link-withdraw --group GROUP --by "NHS England" --to CQC:duty --reason "the mailbox was shared"`},
	{Path: "group link-pass", Update: "PassGroupQuestion", Rules: "R129",
		New:     func() Act { return new(PassGroupQuestion) },
		Did:     "passed a question on to another contact",
		Summary: "Pass a question on to another contact of your body",
		Example: `group link-pass --group GROUP --by CQC --notice n12 --to deputy`},
}

func unproven(act Act) bool {
	_, ok := act.(*SendGroupLink)
	return ok
}

// does is what a verb does, without what is said of it in brackets.
func does(summary string) string {
	out, _, _ := strings.Cut(summary, " (")
	return out
}
