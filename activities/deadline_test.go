package activities_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/activities/mail"
	"holdthering/workflows"
)

// sentTo gives the first mail of the batch.
func sentTo(t *testing.T, b workflows.Batch) mail.Message {
	t.Helper()
	d := newDesk(t)
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
	require.Contains(t, m.Calendar.Text, "\r\nDTSTART:20130911T151000Z\r\n")
	require.Contains(t, m.Calendar.Text, "\r\nSUMMARY:[K7QM-3XRD] Judgement\r\n")
	require.Nil(t, sentTo(t, batch("TDA")).Calendar, "TDA wants none")
}

func TestRemindersOfOneDutyAreOneCalendarEntry(t *testing.T) {
	uid := regexp.MustCompile(`UID:(\S+)`)
	first := sentTo(t, batch("CQC"))
	b := batch("CQC")
	b.Notices[0].ID, b.Notices[0].Rung, b.Hows = "n9", 1, nil
	second := sentTo(t, b)
	require.NotEqual(t, first.ID, second.ID)
	require.Equal(t, uid.FindString(first.Calendar.Text), uid.FindString(second.Calendar.Text))
}

func TestWhatIsOverdueIsNoCalendarEntry(t *testing.T) {
	b := batch("CQC")
	b.Notices[0].At = b.Notices[0].By.Add(time.Hour)
	require.Nil(t, sentTo(t, b).Calendar)
}

func TestACalendarEntryIsFoldedAndASCII(t *testing.T) {
	b := batch("CQC")
	b.Ref = strings.Repeat("Ä,;", 30)
	m := sentTo(t, b)
	for _, line := range strings.Split(m.Calendar.Text, "\r\n") {
		require.LessOrEqual(t, len(line), 75)
	}
	unfolded := strings.ReplaceAll(m.Calendar.Text, "\r\n ", "")
	require.Contains(t, unfolded, `SUMMARY:[`+strings.Repeat(`?\,\;`, 30)+`] Judgement`)
}
