package mail_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"holdthering/activities/mail"
	"holdthering/activities/mail/mailtest"
)

func TestAWholeMailIsValid(t *testing.T) {
	m := mailtest.Message("n1")
	m.Calendar = mailtest.Calendar()
	if err := m.Validate(); err != nil {
		t.Fatal(err)
	}
}

func TestWhatNoChannelMayTakeIsRefusedInOneSentence(t *testing.T) {
	for _, row := range []struct {
		fact   string
		change func(*mail.Message)
		says   string
	}{
		{"no id", func(m *mail.Message) { m.ID = "" }, "notice id is empty"},
		{"space in id", func(m *mail.Message) { m.ID = "a b" }, "notice id is not"},
		{"line end in id", func(m *mail.Message) { m.ID = "a\r\nBcc: x" }, "notice id is not"},
		{"no case", func(m *mail.Message) { m.CaseRef = "" }, "case reference is empty"},
		{"letters in case", func(m *mail.Message) { m.CaseRef = "café" }, "case reference is not"},
		{"no recipient", func(m *mail.Message) { m.To.Email = "" }, "recipient address is empty"},
		{"no sender", func(m *mail.Message) { m.From = mail.Address{} }, "sender address is empty"},
		{"no reply", func(m *mail.Message) { m.ReplyTo = mail.Address{} }, "reply address is empty"},
		{"two at", func(m *mail.Message) { m.To.Email = "a@b@c.example" }, "plain mail address"},
		{"name in it", func(m *mail.Message) { m.To.Email = "A <a@b.example>" }, "plain mail address"},
		{"quoted", func(m *mail.Message) { m.To.Email = `"a b"@c.example` }, "plain mail address"},
		{"beyond ASCII", func(m *mail.Message) { m.To.Email = "zoë@c.example" }, "plain mail address"},
		{"two dots", func(m *mail.Message) { m.To.Email = "a..b@c.example" }, "plain mail address"},
		{"line end", func(m *mail.Message) { m.To.Email = "a@c.example\r\nBcc: x@y.z" }, "plain mail"},
		{"long local part", func(m *mail.Message) {
			m.To.Email = strings.Repeat("a", 65) + "@c.example"
		}, "longer than a mail address"},
		{"line end in name", func(m *mail.Message) { m.To.Name = "A\nBcc: x" }, "has a name that holds"},
		{"turned name", func(m *mail.Message) { m.From.Name = "A\u202eB" }, "has a name that holds"},
		{"no subject", func(m *mail.Message) { m.Subject = " " }, "subject is empty"},
		{"line end in subject", func(m *mail.Message) { m.Subject = "a\r\nBcc: x" }, "subject holds"},
		{"bare CR in subject", func(m *mail.Message) { m.Subject = "a\rb" }, "subject holds"},
		{"line separator", func(m *mail.Message) { m.Subject = "a\u2028b" }, "subject holds"},
		{"151 characters", func(m *mail.Message) { m.Subject = strings.Repeat("é", 151) }, "longer than 150"},
		{"not UTF-8", func(m *mail.Message) { m.Subject = "\xff" }, "subject is not UTF-8"},
		{"no text", func(m *mail.Message) { m.Text = "" }, "text is empty"},
		{"no HTML", func(m *mail.Message) { m.HTML = "\n" }, "HTML is empty"},
		{"big text", func(m *mail.Message) { m.Text += strings.Repeat("a", 256<<10) }, "longer than 256 KiB"},
		{"big HTML", func(m *mail.Message) { m.HTML += strings.Repeat("a", 256<<10) }, "longer than 256 KiB"},
		{"NUL in text", func(m *mail.Message) { m.Text += "\x00" }, "text holds a control"},
		{"text not UTF-8", func(m *mail.Message) { m.Text += "\xff" }, "text is not UTF-8"},
		{"no time", func(m *mail.Message) { m.At = time.Time{} }, "no time"},
		{"year 10000", func(m *mail.Message) { m.At = m.At.AddDate(8000, 0, 0) }, "years 1 to 9999"},
	} {
		t.Run(row.fact, func(t *testing.T) {
			m := mailtest.Message("n1")
			row.change(&m)
			wantRefusal(t, m, row.says)
		})
	}
}

func TestACalendarEntryThatNoCalendarCouldReadIsRefused(t *testing.T) {
	for _, row := range []struct {
		fact   string
		change func(*mail.Entry)
		says   string
	}{
		{"line end in the title", func(e *mail.Entry) { e.Title += "\r\nATTENDEE:mailto:a" }, "control character"},
		{"line end in the note", func(e *mail.Entry) { e.Note += "\nx" }, "control character"},
		{"line end in the id", func(e *mail.Entry) { e.UID += "\r\nx" }, "no usable id"},
		{"Windows-1252", func(e *mail.Entry) { e.Title = "Z\xf6e" }, "not UTF-8"},
		{"no title", func(e *mail.Entry) { e.Title = "" }, "no title"},
		{"no length", func(e *mail.Entry) { e.Length = 0 }, "no usable length"},
		{"no start", func(e *mail.Entry) { e.Start = time.Time{} }, "no usable time"},
		{"alarm after it", func(e *mail.Entry) { e.Alarm = -time.Hour }, "no usable alarm"},
	} {
		t.Run(row.fact, func(t *testing.T) {
			m := mailtest.Message("n1")
			m.Calendar = mailtest.Calendar()
			row.change(&m.Calendar[0])
			wantRefusal(t, m, row.says)
		})
	}
}

func wantRefusal(t *testing.T, m mail.Message, says string) {
	t.Helper()
	err := m.Validate()
	if err == nil {
		t.Fatal("valid, want a refusal")
	}
	sentence := err.Error()
	if !strings.Contains(sentence, says) || strings.Contains(sentence, "\n") {
		t.Errorf("says %q, want one line with %q", sentence, says)
	}
	if strings.Contains(sentence, mailtest.Secret) || strings.Contains(sentence, "@") {
		t.Errorf("quotes the mail: %q", sentence)
	}
}

func TestASubjectOf150CharactersIsTaken(t *testing.T) {
	m := mailtest.Message("n1")
	m.Subject = strings.Repeat("é", 150)
	if err := m.Validate(); err != nil {
		t.Fatal(err)
	}
}

func TestAnOutcomeThatIsNotOnTheListIsNotDecoded(t *testing.T) {
	for _, text := range []string{`{"outcome":""}`, `{"outcome":"delivered"}`} {
		var r mail.Result
		if err := json.Unmarshal([]byte(text), &r); err == nil {
			t.Errorf("%s decoded to %v", text, r)
		}
	}
	for _, o := range mail.Outcomes {
		want := mail.Result{Outcome: o, Detail: "d", RetryAfter: time.Second}
		raw, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got mail.Result
		if err := json.Unmarshal(raw, &got); err != nil || got != want {
			t.Errorf("%s came back as %v, %v", raw, got, err)
		}
	}
}

func TestWhatIsWrongWithAMailIsAboutItsRecipientItsSenderOrItself(t *testing.T) {
	for _, row := range []struct {
		want   mail.About
		change func(*mail.Message)
	}{
		{mail.AboutRecipient, func(m *mail.Message) { m.To.Email = "somebody" }},
		{mail.AboutSender, func(m *mail.Message) { m.From.Email = "" }},
		{mail.AboutSender, func(m *mail.Message) { m.ReplyTo.Email = "desk" }},
		{mail.AboutContent, func(m *mail.Message) { m.Subject = strings.Repeat("x", 158) }},
		{mail.AboutContent, func(m *mail.Message) { m.Subject = "Don\x92t" }},
		{mail.AboutContent, func(m *mail.Message) { m.Text = "bell \a" }},
		{mail.AboutContent, func(m *mail.Message) { m.HTML = "" }},
		{mail.AboutContent, func(m *mail.Message) { m.Text = strings.Repeat("x", 257<<10) }},
		{mail.AboutContent, func(m *mail.Message) { m.Calendar = []mail.Entry{{}} }},
		{mail.AboutContent, func(m *mail.Message) { m.ID = "" }},
	} {
		m := mailtest.Message("n1")
		row.change(&m)
		err := m.Validate()
		if err == nil {
			t.Errorf("taken: want a fault about the %s", row.want)
		} else if r := m.Unfit(err); r.About != row.want || (r.Outcome == mail.Misconfigured) != (row.want == mail.AboutSender) {
			t.Errorf("%+v, want %s", r, row.want)
		}
	}
	if err := mailtest.Message("n1").Validate(); err != nil {
		t.Errorf("a valid mail: %v", err)
	}
}

func TestANilDryRunChecksAndAccepts(t *testing.T) {
	var channel mail.Channel = (*mail.DryRun)(nil)
	if r := channel.Send(context.Background(), mailtest.Message("n1")); r.Outcome != mail.Accepted {
		t.Errorf("valid mail: %+v", r)
	}
	if r := channel.Send(context.Background(), mail.Message{}); r.Outcome != mail.RefusedForGood {
		t.Errorf("empty mail: %+v", r)
	}
	if channel.Name() != "dry run" {
		t.Errorf("name %q", channel.Name())
	}
}

func TestTheLetterheadFillsOnlyWhatIsEmpty(t *testing.T) {
	var seen []mail.Message
	note := &mail.DryRun{Note: func(m mail.Message) { seen = append(seen, m) }}
	head := mail.Letterhead{
		Channel: note,
		From:    mail.Address{Name: "Head", Email: "head@qsg.example"},
		ReplyTo: mail.Address{Email: "desk@qsg.example"},
	}
	own := mailtest.Message("own")
	bare := mailtest.Message("bare")
	bare.From, bare.ReplyTo = mail.Address{}, mail.Address{}
	for _, m := range []mail.Message{own, bare} {
		if r := head.Send(context.Background(), m); r.Outcome != mail.Accepted {
			t.Fatalf("%+v", r)
		}
	}
	if seen[0].From != own.From || seen[0].ReplyTo != own.ReplyTo {
		t.Errorf("own sender changed: %+v", seen[0])
	}
	if seen[1].From != head.From || seen[1].ReplyTo != head.ReplyTo {
		t.Errorf("empty sender not filled: %+v", seen[1])
	}
}

func TestAnAddressIsReadWithAndWithoutAName(t *testing.T) {
	for text, want := range map[string]mail.Address{
		"a@b.example":                   {Email: "a@b.example"},
		"Quality Desk <a@b.example>":    {Name: "Quality Desk", Email: "a@b.example"},
		`"Desk, Quality" <a@b.example>`: {Name: "Desk, Quality", Email: "a@b.example"},
	} {
		if got, err := mail.ParseAddress(text); err != nil || got != want {
			t.Errorf("%s read as %+v, %v", text, got, err)
		}
	}
	if _, err := mail.ParseAddress("somebody"); err == nil || strings.Contains(err.Error(), "somebody") {
		t.Errorf("got %v", err)
	}
}
