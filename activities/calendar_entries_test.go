package activities_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/activities/mail"
	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
)

// sentTo gives the first mail of the batch.
func sentTo(t *testing.T, b message.Batch) mail.Message {
	t.Helper()
	d := newFixture(t)
	channel := &script{}
	d.channel = channel
	d.send(b)
	require.NotEmpty(t, channel.sent)
	return channel.sent[0]
}

func TestADeadlineAheadComesAsACalendarEntryToWhoWantsThem(t *testing.T) {
	m := sentTo(t, batch("CQC"))
	require.NotNil(t, m.Calendar)
	m.From, m.ReplyTo = mail.Address{Email: "a@b.example"}, mail.Address{Email: "a@b.example"}
	require.NoError(t, m.Validate())
	require.Len(t, m.Calendar, 1)
	require.Equal(t, mail.Entry{UID: m.Calendar[0].UID, Sequence: 1, Stamp: arose, Start: arose.Add(24 * time.Hour),
		Length: 15 * time.Minute, Title: "Due: give its regulatory judgement (K7QM-3XRD)",
		Note: "The mail with this entry says how to answer.", Alarm: time.Hour}, m.Calendar[0])
	require.Nil(t, sentTo(t, batch("TDA")).Calendar, "TDA wants none")
}

func TestAMeetingTakesUpItsTimeAndADeadlineDoesNot(t *testing.T) {
	b := batch("CQC")
	b.Dates[0].CalendarEntry = ledger.CalendarEntry{Title: "Risk summit", Lasts: calendar.MustPeriod("2h")}
	e := sentTo(t, b).Calendar[0]
	require.True(t, e.Busy)
	require.Equal(t, 2*time.Hour, e.Length)
	require.Equal(t, "Risk summit (K7QM-3XRD)", e.Title)
	require.False(t, sentTo(t, batch("CQC")).Calendar[0].Busy)
}

func TestAnEntryForAnotherBodySaysWhoOwesItAndNeverTheProvidersName(t *testing.T) {
	b := batch("CQC")
	b.Dates[0].CalendarEntry = ledger.CalendarEntry{Owner: "PROVIDER/RXX", Says: "publish its plan"}
	b.Names = append(b.Names, regime.UnitName{Party: "PROVIDER/RXX", Name: providerName})
	require.Equal(t, "Due: The provider is to publish its plan (K7QM-3XRD)", sentTo(t, b).Calendar[0].Title)
}

func TestRemindersOfOneDutyAreOneCalendarEntryAndOneThread(t *testing.T) {
	first := sentTo(t, batch("CQC"))
	b := batch("CQC")
	b.Notices[0].ID, b.Notices[0].Rung, b.Hows = "n9", 1, nil
	b.Dates[0].Notice = "n9"
	b.Threads = []message.Thread{{Notice: "n9", Party: "CQC", Mail: first.ID}}
	second := sentTo(t, b)
	require.NotEqual(t, first.ID, second.ID)
	require.Equal(t, first.Calendar[0].UID, second.Calendar[0].UID)
	require.NotEmpty(t, first.Thread)
	require.Equal(t, first.Thread, second.Thread)
	require.Equal(t, first.ID, second.After)
	require.Empty(t, first.After)
	other := batch("CQC")
	other.Notices[0].Duty = "D2"
	require.NotEqual(t, first.Thread, sentTo(t, other).Thread)
}

func TestAMailIsDatedWhenItIsSentAndADemonstrationKeepsItsOwnClock(t *testing.T) {
	require.WithinDuration(t, time.Now(), sentTo(t, batch("CQC")).Date(), time.Minute)
	b := batch("CQC")
	b.Demonstration, b.Now = true, arose.Add(time.Hour)
	require.Equal(t, b.Now, sentTo(t, b).Date())
}

func TestWhatHasNoTimeAheadIsNoCalendarEntry(t *testing.T) {
	b := batch("CQC")
	b.Dates = nil
	require.Nil(t, sentTo(t, b).Calendar)
}

func TestATitleKeepsItsLettersAndALengthThatCalendarsShow(t *testing.T) {
	b := batch("CQC")
	b.Dates[0].Says = strings.Repeat("Größe ", 60)
	m := sentTo(t, b)
	m.From, m.ReplyTo = mail.Address{Email: "a@b.example"}, mail.Address{Email: "a@b.example"}
	require.NoError(t, m.Validate())
	require.Contains(t, m.Calendar[0].Title, "Größe Größe")
	require.True(t, strings.HasSuffix(m.Calendar[0].Title, "... (K7QM-3XRD)"))
}
