package eml_test

import (
	"bytes"
	"mime"
	netmail "net/mail"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/jhillyerd/enmime/v2"

	"holdthering/activities/mail"
	"holdthering/activities/mail/eml"
	"holdthering/activities/mail/ics"
	"holdthering/activities/mail/mailtest"
)

func build(t *testing.T, m mail.Message) (raw []byte, env *enmime.Envelope) {
	t.Helper()
	raw, err := eml.Bytes(m)
	if err != nil {
		t.Fatal(err)
	}
	parser := enmime.NewParser(enmime.DisableCharacterDetection(true))
	env, err = parser.ReadEnvelope(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range env.Errors {
		t.Errorf("the parser finds fault: %v", e)
	}
	return raw, env
}

func TestAnotherParserReadsBackWhatWasWritten(t *testing.T) {
	m := mailtest.Message("n/1=?x")
	_, env := build(t, m)
	if got := strings.ReplaceAll(env.Text, "\r\n", "\n"); got != m.Text {
		t.Errorf("text %q", got)
	}
	if env.HTML != m.HTML {
		t.Errorf("HTML %q", env.HTML)
	}
	for name, want := range map[string]string{
		"Subject":              m.Subject,
		"X-Holdthering-Notice": m.ID,
		"X-Holdthering-Case":   m.CaseRef,
		"Content-Language":     "en",
		"Auto-Submitted":       "auto-generated",
		"Importance":           "high",
		"Date":                 "Sun, 31 Mar 2013 09:05:00 +0100",
	} {
		if got := env.GetHeader(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]mail.Address{"To": m.To, "From": m.From, "Reply-To": m.ReplyTo} {
		got, err := env.AddressList(name)
		if err != nil || len(got) != 1 || got[0].Name != want.Name || got[0].Address != want.Email {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	if !strings.HasPrefix(env.GetHeader("Content-Type"), "multipart/alternative") {
		t.Errorf("content type %q", env.GetHeader("Content-Type"))
	}
}

func TestTheMessageIDIsTheSameInEveryTryAndAnotherForAnotherNotice(t *testing.T) {
	id := func(notice string) string {
		_, env := build(t, mailtest.Message(notice))
		return env.GetHeader("Message-ID")
	}
	first, again := id("n1"), id("n1")
	if first != again || first == id("n2") {
		t.Errorf("n1 %q %q, n2 %q", first, again, id("n2"))
	}
	if !regexp.MustCompile(`^<[0-9a-f]{32}@qsg\.example>$`).MatchString(id("<>@")) {
		t.Errorf("not a Message-ID: %q", id("<>@"))
	}
}

func TestAMailSaysWhenItWasSentAndWhichOneItFollows(t *testing.T) {
	first, reminder := mailtest.Message("n1"), mailtest.Message("n2")
	first.Thread, reminder.Thread, reminder.After = "D1", "D1", "n1"
	reminder.Sent = time.Date(2013, 4, 2, 9, 0, 0, 0, time.UTC)
	_, one := build(t, first)
	_, two := build(t, reminder)
	if got := two.GetHeader("Date"); got != "Tue, 02 Apr 2013 09:00:00 +0000" {
		t.Errorf("Date: %s", got)
	}
	if got, want := two.GetHeader("In-Reply-To"), one.GetHeader("Message-ID"); got != want {
		t.Errorf("In-Reply-To: %s, want %s", got, want)
	}
	root := one.GetHeader("References")
	if got, want := two.GetHeader("References"), root+" "+one.GetHeader("Message-ID"); root == "" || got != want {
		t.Errorf("References: %s, want %s", got, want)
	}
	other := mailtest.Message("n3")
	other.Thread = "D2"
	if _, three := build(t, other); three.GetHeader("References") == root {
		t.Error("two threads have one id")
	}
	if _, alone := build(t, mailtest.Message("n4")); alone.GetHeader("References") != "" {
		t.Error("a mail of no thread has one")
	}
}

func TestTheCalendarEntryIsAnAttachmentToPublish(t *testing.T) {
	m := mailtest.Message("n1")
	m.Calendar = mailtest.Calendar()
	_, env := build(t, m)
	if len(env.Attachments) != 1 {
		t.Fatalf("%d attachments", len(env.Attachments))
	}
	part := env.Attachments[0]
	kind, params, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
	if err != nil || kind != "text/calendar" || params["method"] != "PUBLISH" {
		t.Errorf("content type %q %v, %v", kind, params, err)
	}
	if part.FileName != "entry.ics" || string(part.Content) != ics.Files(m)[0].Text {
		t.Errorf("%s holds %q", part.FileName, part.Content)
	}
	if env.HTML != m.HTML || env.Text == "" {
		t.Error("the bodies are lost beside the attachment")
	}
}

func TestEveryLineIsShortAsciiAndEndsInCRLF(t *testing.T) {
	m := mailtest.Message("n1")
	m.Subject = strings.Repeat("ü", 150)
	m.Text = strings.Repeat("long ", 5000)
	m.Calendar = mailtest.Calendar()
	raw, _ := build(t, m)
	for line := range bytes.Lines(raw) {
		if !bytes.HasSuffix(line, []byte("\r\n")) || len(line) > 998 {
			t.Errorf("line of %d bytes, ends in %q", len(line), line[len(line)-2:])
		}
		if i := bytes.IndexFunc(line, func(r rune) bool { return r > 126 }); i >= 0 {
			t.Errorf("beyond ASCII: %q", line)
		}
	}
	if parsed, err := netmail.ReadMessage(bytes.NewReader(raw)); err != nil {
		t.Error(err)
	} else if parsed.Header.Get("Mime-Version") != "1.0" {
		t.Errorf("MIME-Version %q", parsed.Header.Get("Mime-Version"))
	}
}
