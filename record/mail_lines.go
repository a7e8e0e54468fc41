package record

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
)

// Line is one mail: who was told what, when it came how far, and when the party did what was asked.
// What is not known to have happened is zero.
type Line struct {
	Notice  string            `json:"notice"`
	Kind    regime.NoticeKind `json:"kind"`
	Subject string            `json:"subject"`
	Text    string            `json:"text"`
	Party   regime.Party      `json:"party"`
	Name    string            `json:"name"`
	Level   regime.Level      `json:"level"`
	// Instead is the contact that was to be told and was not reached.
	Instead regime.Level `json:"instead,omitempty"`

	Asked     time.Time `json:"asked"` // when the notice arose
	Sent      time.Time `json:"sent,omitzero"`
	Accepted  time.Time `json:"accepted,omitzero"` // by the mail service
	Deferred  time.Time `json:"deferred,omitzero"`
	Delivered time.Time `json:"delivered,omitzero"` // to the mailbox's server
	Failed    time.Time `json:"failed,omitzero"`    // bounced, dropped or complained of
	Answered  time.Time `json:"answered,omitzero"`  // the party did what was asked
	Stands    string    `json:"stands"`             // in words
}

// MailLines lists the ways of all mails of a case in the order in which the notices arose.
func MailLines(c *failure.Case) []Line {
	p := c.LawNow()
	var out []Line
	for _, n := range c.Notices {
		row, _ := p.Notice(n.Kind)
		for _, r := range n.To {
			out = append(out, Line{Notice: n.ID, Kind: n.Kind, Subject: row.Subject, Text: n.Text,
				Party: r.Party, Name: c.Name(r.Party), Level: r.Level, Instead: r.After,
				Asked: n.At, Sent: r.Times.Sent, Accepted: r.Times.Accepted, Deferred: r.Times.Deferred,
				Delivered: r.Times.Delivered, Failed: r.Times.Failed, Answered: c.Answered(n, r),
				Stands: state(n, r)})
		}
	}
	return out
}

func (s *sheet) told() {
	lines := MailLines(s.c)
	if len(lines) == 0 {
		return
	}
	s.heading(2, "Who was told")
	s.paragraph("Accepted means taken over by the mail service, delivered taken by the mailbox's server, where " +
		"the mail service says so; whether it was read is not known here. Answered means that the body did " +
		"what it was asked to do.")
	var rows [][]string
	for _, l := range lines {
		whom := l.Name + ", " + string(l.Level) + " contact"
		if l.Instead != "" {
			whom += " in place of the " + string(l.Instead) + " contact"
		}
		rows = append(rows, []string{short(l.Asked), string(l.Kind) + " " + l.Subject, l.Text, whom,
			short(l.Sent), short(l.Accepted), short(l.Delivered), short(l.Failed), short(l.Answered), l.Stands})
	}
	s.table([]string{"Asked", "Notice", "What", "Recipient", "Sent", "Accepted", "Delivered", "Failed", "Answered",
		"How it stands"}, rows)
}

func state(n ledger.Notice, r ledger.Recipient) string {
	switch {
	case r.State == "" && n.Settled:
		return "not sent: overtaken"
	case r.State == "":
		return "not sent yet"
	}
	said := ""
	if r.Reason != "" {
		said = "the service said: " + r.Reason
	}
	return joined(string(r.State), r.Note, said)
}
