package ics_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/activities/mail"
	"holdthering/activities/mail/ics"
	"holdthering/activities/mail/mailtest"
)

// whole is a message with a meeting, a deadline and an entry that is withdrawn.
func whole() mail.Message {
	m := mailtest.Message("n1")
	m.From.Name = `Hold the Ring, Zoë's office: "QSG"`
	meeting := mailtest.Calendar()[0]
	deadline, gone := meeting, meeting
	deadline.UID, deadline.Busy, deadline.Alarm, deadline.Length = "d", false, 24*time.Hour, 15*time.Minute
	deadline.Title = strings.Repeat("Fällig, Größe; n ", 8) + "ends"
	gone.UID, gone.Withdrawn, gone.Sequence = "g", true, 9
	m.Calendar = []mail.Entry{meeting, gone, deadline}
	for i, title := range []string{strings.Repeat("€", 180), strings.Repeat("ab ", 60) + "x", "a,b;c:d=\"e\" <f> ^n 'g'",
		"🏥 e\u0301te\u0301, 日本語; العربية", strings.Repeat("x", 75), "BEGIN:VEVENT", "https://www.example.org/?a=b;c,d"} {
		odd := deadline
		odd.UID, odd.Title, odd.Note, odd.Alarm = "odd-"+string(rune('a'+i)), title, title, 0
		m.Calendar = append(m.Calendar, odd)
	}
	return m
}

func TestEachMethodHasAFileOfItsOwn(t *testing.T) {
	m := whole()
	require.NoError(t, m.Validate())
	files := ics.Files(m)
	require.Len(t, files, 2)
	for i, want := range []struct{ method, status string }{{"PUBLISH", "CONFIRMED"}, {"CANCEL", "CANCELLED"}} {
		require.Equal(t, want.method, files[i].Method)
		require.Equal(t, 1, strings.Count(files[i].Text, "METHOD:"))
		require.Contains(t, files[i].Text, "\r\nMETHOD:"+want.method+"\r\n")
		require.Contains(t, files[i].Text, "\r\nSTATUS:"+want.status+"\r\n")
	}
	require.Empty(t, ics.Files(mailtest.Message("n1")))
}

func TestNoLineIsLongerThan75OctetsAndEachEndsInCRLF(t *testing.T) {
	for _, f := range ics.Files(whole()) {
		require.NotContains(t, strings.ReplaceAll(f.Text, "\r\n", ""), "\n")
		for line := range strings.SplitSeq(f.Text, "\r\n") {
			require.LessOrEqual(t, len(line), 75, "%q", line)
		}
	}
}

func TestTheFilesStayAsTheyAre(t *testing.T) {
	var all strings.Builder
	for _, f := range ics.Files(whole()) {
		all.WriteString(f.Text)
	}
	const golden = "testdata/entries.ics"
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(golden, []byte(all.String()), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), all.String(), "'UPDATE=yes go test ./activities/mail/ics' writes it again")
}
