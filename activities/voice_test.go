package activities_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"holdthering/activities/mail"
	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/ledger"
)

// toVoice is a mail to a body that told a group something in confidence, beside one to all others.
func toVoice() message.Batch {
	b := batch("UNNAMED/C1", "CQC")
	b.Notices[0].Kind, b.Notices[0].Text = "N50", "A meeting of the group gives concern C1 no further attention (M1)"
	b.Names[0].Name = "a body not named"
	b.Hows = []message.How{{Notice: "n1", Ask: ledger.Ask{Of: []regime.Party{"UNNAMED/C1"}, How: "group keep-open",
		Says: "say whether the concern of your body (C1) stays open"}}}
	b.Voices = []message.Voice{{Voice: "UNNAMED/C1", Body: "MONITOR"}}
	return b
}

func TestR88_WhoToldInConfidenceGetsItsMailAndNothingThatComesOfItNamesTheBody(t *testing.T) {
	d, channel := newFixture(t), &script{}
	d.channel = channel
	d.write(named)
	r := d.send(toVoice())
	require.Len(t, channel.sent, 2)
	require.Equal(t, "duty@monitor.example", channel.sent[0].To.String())
	require.Contains(t, channel.sent[0].Text, "say whether the concern of your body (C1) stays open")
	require.NotContains(t, channel.sent[1].Text, "stays open", "nobody else is asked")
	require.Equal(t, regime.Party("UNNAMED/C1"), r.Results[0].Party)
	require.NotContains(t, d.log.String(), "MONITOR")
}

func TestR88_WhatTheMailServiceSaysOfAVoicesMailIsNotKept(t *testing.T) {
	d := newFixture(t)
	d.channel = &script{answers: []mail.Result{{Outcome: mail.RefusedForGood, About: mail.AboutRecipient, Sign: "550 5.1.1",
		Reason: "no mailbox at monitor", Detail: "refused"}}}
	d.write(named)
	r := d.send(toVoice())
	require.Equal(t, ledger.StateRefused, r.Results[0].State)
	require.NotContains(t, d.log.String(), "monitor")
}

func TestR14_AMailToAVoiceThatOneContactRefusesGoesToTheNextAtOnce(t *testing.T) {
	d := newFixture(t)
	refused := mail.Result{Outcome: mail.RefusedForGood, About: mail.AboutRecipient, Sign: "550 5.1.1", Detail: "refused"}
	channel := &script{answers: []mail.Result{refused, {Outcome: mail.Accepted}, {Outcome: mail.Accepted}}}
	d.channel = channel
	d.write(strings.Replace(named, "duty@monitor.example,", "duty@monitor.example,lead@monitor.example", 1))
	r := d.send(toVoice())
	require.Len(t, channel.sent, 3)
	require.Equal(t, channel.sent[0].ID, channel.sent[1].ID)
	require.NotEqual(t, channel.sent[0].To, channel.sent[1].To)
	require.Contains(t, channel.sent[1].To.String(), "@monitor.example")
	require.Equal(t, ledger.StateAccepted, r.Results[0].State)
	require.Equal(t, regime.LevelDuty, r.Results[0].Level)
}
