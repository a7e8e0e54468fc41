package surveillance

import (
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
