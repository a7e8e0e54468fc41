package activities_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/ledger"
)

const named = `party,name,duty,lead,deputy,executive,absent_from,absent_to,calendar,note
CQC,CQC,duty@cqc.example,Ann Lead <lead@cqc.example>,,executive@cqc.example,,,no,
PROVIDER/RXX,` + providerName + `,Bo Duty <duty@trust.example>,Cy Lead <lead@trust.example>,,,,,no,
NHSCB/Q56,NHS England,Jo Bloggs <duty@nhscb.example>,,,,,,no,
MONITOR,Monitor,duty@monitor.example,,,,,,no,
`

// toFind asks a party to find out whom to tell.
func toFind(of, to regime.Party) message.Batch {
	b := batch(to)
	n := &b.Notices[0]
	n.Kind, n.Text = "N43", string(to)+" is to find out whom to tell"
	b.Hows = []message.How{{Notice: n.ID, Ask: ledger.Ask{Of: []regime.Party{to},
		How: "note add --directory-mended", Says: "find out whom to tell"},
		Unreached: ledger.Mailbox{Party: of, Level: regime.LevelDuty}}}
	return b
}

func TestWhoIsToFindAContactHasTheOthersByRoleAndNameAndNoAddress(t *testing.T) {
	d, channel := newFixture(t), &script{}
	d.channel = channel
	d.write(named)
	b := toFind("CQC", "NHSCB/Q56")
	r := d.send(b)
	text := channel.sent[0].Text
	require.Contains(t, text, "The directory also lists:\n\n- Ann Lead (lead contact)\n"+
		"- no name is listed (executive contact)\n")
	require.NotContains(t, text+channel.sent[0].HTML, "@cqc.example")
	require.NotContains(t, channel.sent[0].Subject, "Ann")
	require.Equal(t, "Jo Bloggs (duty contact)", r.Results[0].AssignedTo)
	require.Empty(t, b.Hows[0].Contacts, "the case is not told them")
	require.NotContains(t, d.log.String(), "Bloggs")
}

func TestNobodyOfTheProvidersIsNamedInAMail(t *testing.T) {
	d, channel := newFixture(t), &script{}
	d.channel = channel
	d.write(named)
	r := d.send(toFind("PROVIDER/RXX", "MONITOR"))
	require.Contains(t, channel.sent[0].Text, "- no name is listed (lead contact)\n")
	require.NotContains(t, channel.sent[0].Text, "Cy")
	require.Equal(t, "duty contact", r.Results[0].AssignedTo, "a role, where the directory has no name")
}

func TestOnlyWhoIsToFindAContactIsKeptByName(t *testing.T) {
	d := newFixture(t)
	d.write(named)
	for _, told := range d.send(batch("NHSCB/Q56", "CQC")).Results {
		require.Empty(t, told.AssignedTo)
	}
}
