package outbox

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdthering/activities/mail"
	"holdthering/activities/mail/ics"
	"holdthering/activities/mail/mailtest"
)

func TestTheListShowsEveryMailInTheOrderOfTime(t *testing.T) {
	o, dir := newOutbox(t)
	later := mailtest.Message("a-later")
	later.At = time.Date(2013, 10, 27, 1, 30, 0, 0, time.UTC) // 01:30 for the second time
	earlier := mailtest.Message("b-earlier")
	earlier.At = time.Date(2013, 10, 27, 1, 30, 0, 0, time.FixedZone("BST", 3600))
	earlier.Urgent = false
	send(t, o, later, mail.Accepted)
	send(t, o, earlier, mail.Accepted)

	got, err := List(dir)
	if err != nil || len(got) != 2 {
		t.Fatalf("%v, %v", got, err)
	}
	for i, m := range []mail.Message{earlier, later} {
		want := Entry{
			Name: FileName(m), At: got[i].At, To: m.To, Subject: m.Subject,
			CaseRef: m.CaseRef, Notice: m.ID, Urgent: m.Urgent,
		}
		if got[i] != want || !got[i].At.Equal(m.At) {
			t.Errorf("entry %d\n got %+v\nwant %+v at %v", i, got[i], want, m.At)
		}
	}
}

func TestBrokenFilesAreSkippedAndNamed(t *testing.T) {
	o, dir := newOutbox(t)
	good := send(t, o, mailtest.Message("good"), mail.Accepted).Detail
	raw, err := os.ReadFile(filepath.Join(dir, good))
	if err != nil {
		t.Fatal(err)
	}
	without := func(header string) string {
		return strings.Replace(string(raw), "\r\n"+header+":", "\r\nX-Was:", 1)
	}
	for name, text := range map[string]string{
		"empty.eml": "", "garbage.eml": "\x00\x01 no mail\n", "foreign.eml": without(mail.NoticeHeader),
		"dateless.eml": without("Date"), "lost.eml": without("To"),
		"notes.txt": "not looked at", ".hidden.eml": "not looked at",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "folder.eml"), 0o700); err != nil {
		t.Fatal(err)
	}
	entries, err := List(dir)
	var skipped *SkippedError
	if !errors.As(err, &skipped) || len(entries) != 1 || entries[0].Name != good {
		t.Fatalf("entries %v, error %v", entries, err)
	}
	report := strings.Join(skipped.Files, "\n")
	for _, name := range []string{"empty", "garbage", "foreign", "dateless", "lost", "folder"} {
		if !strings.Contains(report, name+".eml (") {
			t.Errorf("%s.eml is not in the report:\n%s", name, report)
		}
	}
	if len(skipped.Files) != 6 {
		t.Errorf("report:\n%s", report)
	}
}

func TestAMailIsReadBackWhole(t *testing.T) {
	o, dir := newOutbox(t)
	m := mailtest.Message("n1")
	m.Calendar = mailtest.Calendar()
	name := send(t, o, m, mail.Accepted).Detail
	got, err := Read(dir, name)
	if err != nil {
		t.Fatal(err)
	}
	if got.Text != m.Text || got.HTML != m.HTML || len(got.Calendar) != 1 || got.Calendar[0] != ics.Files(m)[0].Text {
		t.Errorf("bodies: %+v", got)
	}
	if got.From != m.From || got.ReplyTo != m.ReplyTo || got.To != m.To {
		t.Errorf("addresses: %+v", got)
	}
	if got.Subject != m.Subject || got.Notice != m.ID || !got.At.Equal(m.At) {
		t.Errorf("headers: %+v", got.Entry)
	}
}

func TestTheLargestValidMailIsReadBackWhole(t *testing.T) {
	o, dir := newOutbox(t)
	m := mailtest.Message("n1")
	m.Text = strings.Repeat("€", 256<<10/3)
	m.HTML = "<p>" + strings.Repeat("€", (256<<10-3)/3)
	name := send(t, o, m, mail.Accepted).Detail
	if got, err := Read(dir, name); err != nil || got.Text != m.Text || got.HTML != m.HTML {
		t.Errorf("text %d, HTML %d, %v", len(got.Text), len(got.HTML), err)
	}
}

func TestReadNeverLeavesTheOutbox(t *testing.T) {
	o, dir := newOutbox(t)
	name := send(t, o, mailtest.Message("n1"), mail.Accepted).Detail
	outside := filepath.Join(filepath.Dir(dir), "outside.eml")
	if err := os.Rename(filepath.Join(dir, name), outside); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../outside.eml", filepath.Join(dir, "link.eml")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"../outside.eml", outside, "link.eml", `..\outside.eml`, "", ".eml", "none.eml", "none",
	} {
		if got, err := Read(dir, name); err == nil {
			t.Errorf("%q read as %+v", name, got)
		}
	}
}
