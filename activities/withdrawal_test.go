package activities_test

import (
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/activities/mail"
	"holdthering/activities/mail/ics"
	"holdthering/regime"
	"holdthering/regime/ledger"
)

func TestAMovedDateMovesTheCalendarEntryAndAnEndTakesItOut(t *testing.T) {
	first := batch("CQC")
	moved := batch("CQC")
	moved.Notices[0].ID, moved.Notices[0].By, moved.Hows = "n7", arose.Add(72*time.Hour), nil
	ended := batch("CQC")
	ended.Notices[0].ID, ended.Notices[0].Kind, ended.Hows = "n9", regime.EntryWithdrawn, nil
	var all string
	for _, c := range []struct{ name, id, method, status string }{
		{"entry", "1", "PUBLISH", "CONFIRMED"}, {"moved", "7", "PUBLISH", "CONFIRMED"},
		{"withdrawn", "9", "CANCEL", "CANCELLED"},
	} {
		b := first
		switch c.name {
		case "moved":
			b = moved
		case "withdrawn":
			b = ended
		}
		b.Dates[0].Notice = b.Notices[0].ID
		m := sentTo(t, b)
		m.From, m.ReplyTo = mail.Address{Email: "a@b.example"}, mail.Address{Email: "a@b.example"}
		require.NoError(t, m.Validate())
		files := ics.Files(m)
		require.Len(t, files, 1, c.name)
		require.Contains(t, files[0].Text, "\r\nSEQUENCE:"+c.id+"\r\n")
		require.Contains(t, files[0].Text, "\r\nMETHOD:"+c.method+"\r\n")
		require.Contains(t, files[0].Text, "\r\nSTATUS:"+c.status+"\r\n")
		require.Equal(t, sentTo(t, first).Calendar[0].UID, m.Calendar[0].UID)
		all += files[0].Text
	}
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.WriteFile("testdata/calendar.ics", []byte(all), 0o644))
	}
	want, err := os.ReadFile("testdata/calendar.ics")
	require.NoError(t, err)
	require.Equal(t, string(want), all, "'UPDATE=yes go test ./activities' writes it again")
}

func TestEachContactChoosesCalendarEntriesForItself(t *testing.T) {
	d := newFixture(t)
	channel := &script{}
	d.channel = channel
	d.write(`party,name,duty,lead,deputy,executive,absent_from,absent_to,calendar,note
CQC,CQC,duty@cqc.example,lead@cqc.example,,executive@cqc.example,,,lead executive,
`)
	b := batch("CQC")
	b.Notices[0].To = append(b.Notices[0].To, ledger.Recipient{Party: "CQC", Level: regime.LevelLead})
	r := d.send(b)
	require.Len(t, channel.sent, 2)
	require.Nil(t, channel.sent[0].Calendar)
	require.NotNil(t, channel.sent[1].Calendar)
	require.Equal(t, []bool{false, true}, []bool{r.Results[0].Entry, r.Results[1].Entry})
}
