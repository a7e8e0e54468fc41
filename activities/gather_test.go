package activities_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/activities/mail"
	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/workflows"
)

// routines is a batch of two routine notices and an urgent one to CQC.
func routines() message.Batch {
	b := batch("CQC")
	urgent := b.Notices[0]
	first, second := urgent, urgent
	first.ID, first.Kind, first.Text, first.Duty = "n2", "N28", "Something has been published", ""
	second.ID, second.Kind, second.Text, second.Duty = "n3", "N42", "Closing has been proposed", ""
	b.Notices = []ledger.Notice{first, urgent, second}
	return b
}

func TestRoutineNoticesOfOneMomentAreOneMailAndAnUrgentOneIsItsOwn(t *testing.T) {
	d := newFixture(t)
	channel := &script{}
	d.channel = channel
	r := d.send(routines())
	require.Len(t, channel.sent, 2)
	require.Equal(t, "[K7QM-3XRD] 2 notices: Monthly progress; Closing", channel.sent[0].Subject)
	require.Contains(t, channel.sent[0].Text, "Something has been published.")
	require.Contains(t, channel.sent[0].Text, "Closing has been proposed.")
	require.False(t, channel.sent[0].Urgent)
	require.True(t, channel.sent[1].Urgent)
	told := map[string]ledger.DeliveryState{}
	for _, one := range r.Results {
		told[one.Notice] = one.State
	}
	require.Len(t, r.Results, 3)
	require.Equal(t, map[string]ledger.DeliveryState{"n1": ledger.StateAccepted, "n2": ledger.StateAccepted,
		"n3": ledger.StateAccepted}, told, "each notice keeps its own telling")
}

// chaired is CQC told twice of a difference of judgement: of what it owes itself, and as the
// chair of what the other body owes.
func chaired() message.Batch {
	b := batch("CQC")
	own := b.Notices[0]
	own.Kind, own.Rung, own.Text = "N22", 1, "CQC is to discuss the difference of judgement J1 with the other body"
	other := own
	other.ID, other.Duty, other.Text = "n2", "D2", "TDA is to discuss the difference of judgement J1 with the other body"
	b.Notices, b.Hows = []ledger.Notice{own, other}, []message.How{{Notice: "n1",
		Ask: ledger.Ask{Of: []regime.Party{"CQC"}, Says: "discuss it", How: "difference discuss"}}}
	return b
}

func TestR81_WhoIsRemindedAsOwnerAndAsChairHasOneMail(t *testing.T) {
	d, channel := newFixture(t), &script{}
	d.channel = channel
	r := d.send(chaired())
	require.Len(t, channel.sent, 1)
	m := channel.sent[0]
	require.Equal(t, "[K7QM-3XRD] 2 notices: Difference of judgement", m.Subject)
	require.True(t, m.Urgent, "it goes at any hour as each of the two does")
	require.True(t, strings.HasPrefix(m.Text, "Reminder: please discuss it by "), m.Text)
	require.Contains(t, m.Text, "TDA is to discuss the difference of judgement J1 with the other body.")
	require.NotContains(t, m.Text, "What is not urgent")
	require.Len(t, r.Results, 2)
	require.Equal(t, m.ID, r.Results[1].Mail, "one mail has one id")
}

func TestUrgentNoticesOfTwoMomentsOrTwoKindsAreNotGathered(t *testing.T) {
	for _, change := range []func(*ledger.Notice){
		func(n *ledger.Notice) { n.Kind = "N12" }, func(n *ledger.Notice) { n.At = n.At.Add(time.Minute) }} {
		d, channel := newFixture(t), &script{}
		d.channel = channel
		b := chaired()
		change(&b.Notices[1])
		d.send(b)
		require.Len(t, channel.sent, 2)
	}
}

func TestAGatheredMailIsTheSameInEveryTryAndTakesInNothingNew(t *testing.T) {
	d := newFixture(t)
	channel := &script{answers: []mail.Result{{Outcome: mail.Unknown}}}
	d.channel = channel
	b := routines()
	d.send(b)
	again := b
	again.Notices = nil
	for _, n := range b.Notices {
		if n.ID != "n1" {
			n.To = []ledger.Recipient{{Party: "CQC", Level: regime.LevelDuty, State: ledger.StateUnknown, Tries: 1,
				RetryAt: arose.Add(10 * time.Minute)}}
			again.Notices = append(again.Notices, n)
		}
	}
	fresh := b.Notices[0]
	fresh.ID = "n4"
	again.Notices = append(again.Notices, fresh)
	d.send(again)
	require.Len(t, channel.sent, 4)
	require.Equal(t, channel.sent[0].ID, channel.sent[2].ID)
	require.NotContains(t, channel.sent[2].Subject, "3 notices")
}

func TestTheMailsOfTwoScenesAreNotTakenForEachOther(t *testing.T) {
	ids := map[string]bool{}
	for _, scene := range []string{"", "K7QM-3XRD", "9CWP-KVVP"} {
		d := newFixture(t)
		channel := &script{}
		d.channel = channel
		b := batch("CQC")
		b.Ref, b.Group, b.Scene = "QSG-Q56", workflows.PlaceIn("Q56", scene), scene
		d.send(b)
		require.Len(t, channel.sent, 1)
		ids[channel.sent[0].ID] = true
	}
	require.Len(t, ids, 3)
}
