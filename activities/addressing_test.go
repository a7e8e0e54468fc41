package activities_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/activities"
	"holdthering/activities/directory"
	"holdthering/activities/mail"
	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/ledger"
)

func TestANoticeThatCannotBeWrittenKeepsNoOtherFromGoing(t *testing.T) {
	for broken := range 2 {
		d, channel := newFixture(t), &script{}
		d.channel = channel
		b := chaired()
		b.Hows = []message.How{{Notice: b.Notices[broken].ID, Ask: ledger.Ask{
			Of: []regime.Party{"CQC"}, Says: "x", How: "no such command"}}}
		r := d.send(b)
		require.Len(t, channel.sent, 1)
		require.Contains(t, channel.sent[0].Text, b.Notices[1-broken].Text)
		told := map[string]ledger.DeliveryState{}
		for _, one := range r.Results {
			told[one.Notice] = one.State
		}
		require.Equal(t, map[string]ledger.DeliveryState{b.Notices[broken].ID: ledger.StateWaiting,
			b.Notices[1-broken].ID: ledger.StateAccepted}, told)
	}
}

// changing is a directory in which a contact moves after each look.
type changing struct{ looks int }

func (c *changing) Lookup(p regime.Party, _ time.Time, l directory.Level) (directory.Contact, error) {
	c.looks++
	return directory.Contact{Party: p, Level: l, Asked: l, Address: strings.Repeat("x", c.looks) + "@cqc.example"}, nil
}

func TestADirectoryThatChangesWhileAMailIsWrittenLosesNobody(t *testing.T) {
	d, channel := newFixture(t), &script{}
	d.channel = channel
	a := d.attempt(nil)
	hands := &activities.Activities{Channel: channel, Directory: &changing{}}
	a.env.RegisterActivity(hands.SendNotices)
	r, err := a.send(batch("CQC"))
	require.NoError(t, err)
	require.Len(t, channel.sent, 1)
	require.Equal(t, "x@cqc.example", channel.sent[0].To.Email)
	require.Len(t, r.Results, 1)
}

func TestAMailboxWrittenInCapitalsIsTheSameMailbox(t *testing.T) {
	d := newFixture(t)
	d.write(strings.Replace(contacts, "executive@cqc.example", "Duty@CQC.example", 1))
	b := batch("CQC")
	b.Notices[0].To = append(b.Notices[0].To, ledger.Recipient{Party: "CQC", Level: regime.LevelExecutive})
	d.send(b)
	require.Len(t, d.entries(), 1)
}

func TestAnAddressWithAControlCharacterIsPassedOverAndNoHeaderIsBroken(t *testing.T) {
	d, channel := newFixture(t), &script{}
	d.channel = channel
	d.write(strings.Replace(contacts, "duty@cqc.example", "\"duty@cqc.example\r\nBcc: x@y.example\"", 1))
	r := d.send(batch("CQC", "TDA"))
	require.Len(t, channel.sent, 2)
	require.Equal(t, "lead@cqc.example", channel.sent[0].To.Email)
	require.Equal(t, ledger.StateAccepted, r.Results[0].State)
	m := channel.sent[0]
	m.From, m.ReplyTo = mail.Address{Email: "a@b.example"}, mail.Address{Email: "a@b.example"}
	require.NoError(t, m.Validate())
}
