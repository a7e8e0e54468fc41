package mail_test

import (
	"strings"
	"testing"

	"holdthering/activities/mail"
)

func TestARefusalIsJudgedByWhatItIsAbout(t *testing.T) {
	const rcpt, from, data, greeting = mail.AtRecipient, mail.AtSender, mail.AtData, mail.AtGreeting
	for _, row := range []struct {
		step  mail.Step
		code  int
		text  string
		about mail.About
	}{
		// the mailbox
		{rcpt, 550, "5.1.1 no such user", mail.AboutRecipient},
		{data, 550, "5.1.1 no such user", mail.AboutRecipient},
		{rcpt, 550, "5.1.2 no such domain", mail.AboutRecipient},
		{rcpt, 501, "5.1.3 bad address", mail.AboutRecipient},
		{rcpt, 550, "5.1.6 moved", mail.AboutRecipient},
		{rcpt, 550, "5.1.10 RESOLVER.ADR.RecipientNotFound", mail.AboutRecipient},
		{rcpt, 550, "5.2.1 disabled", mail.AboutRecipient},
		{rcpt, 552, "5.2.2 mailbox full", mail.AboutRecipient},
		{data, 552, "5.2.2 mailbox full", mail.AboutRecipient},
		{data, 550, "5.7.17 the mailbox has another owner", mail.AboutRecipient},
		{rcpt, 550, "no such user", mail.AboutRecipient},
		{rcpt, 551, "user not local", mail.AboutRecipient},
		{rcpt, 553, "mailbox name not allowed", mail.AboutRecipient},
		{rcpt, 501, "bad address", mail.AboutRecipient},
		{rcpt, 556, "takes no mail", mail.AboutRecipient},
		// who writes
		{from, 550, "5.1.1 who is that", mail.AboutSender},
		{from, 550, "5.7.1 not allowed", mail.AboutSender},
		{rcpt, 550, "5.1.8 sender's domain", mail.AboutSender},
		{rcpt, 550, "5.1.7 sender's address", mail.AboutSender},
		{data, 550, "5.1.90 too many recipients today", mail.AboutSender},
		{data, 550, "5.7.60 SMTP; Client does not have permissions to send as this sender", mail.AboutSender},
		{data, 550, "5.7.26 unauthenticated mail is not accepted (DMARC)", mail.AboutSender},
		{data, 550, "5.7.23 SPF validation failed", mail.AboutSender},
		{data, 550, "5.7.25 reverse DNS", mail.AboutSender},
		{from, 553, "who are you", mail.AboutSender},
		{rcpt, 550, "sender address rejected", mail.AboutSender},
		{data, 550, "SPF check failed", mail.AboutSender},
		// with what rights
		{from, 530, "5.7.57 Client not authenticated to send mail", mail.AboutAccount},
		{rcpt, 530, "5.7.0 log in first", mail.AboutAccount},
		{greeting, 535, "5.7.8 bad credentials", mail.AboutAccount},
		{data, 554, "5.2.0 Submission quota exceeded", mail.AboutAccount},
		{data, 550, "5.2.122 RecipientRateLimitExceeded", mail.AboutAccount},
		{rcpt, 550, "authentication is required", mail.AboutAccount},
		// the way
		{rcpt, 550, "5.7.54 SMTP; Unable to relay recipient in non-accepted domain", mail.AboutRoute},
		{rcpt, 550, "5.4.1 access denied", mail.AboutRoute},
		{rcpt, 451, "4.4.1 no answer from host", mail.AboutRoute},
		{rcpt, 550, "relaying denied", mail.AboutRoute},
		{rcpt, 553, "sorry, that domain isn't in my list of allowed rcpthosts", mail.AboutRoute},
		// the service
		{rcpt, 550, "5.3.2 system not accepting messages", mail.AboutSystem},
		{rcpt, 452, "4.3.1 system full", mail.AboutSystem},
		{rcpt, 503, "5.5.1 out of order", mail.AboutSystem},
		{greeting, 554, "no service for you", mail.AboutSystem},
		{data, 421, "closing", mail.AboutSystem},
		{data, 550, "5.7.64 TenantAttribution", mail.AboutSystem},
		// the mail
		{data, 552, "5.3.4 too big", mail.AboutSize},
		{from, 552, "too big", mail.AboutSize},
		{data, 552, "5.2.3 longer than allowed", mail.AboutSize},
		{data, 554, "5.6.0 malformed", mail.AboutContent},
		{data, 554, "5.6.1 media not supported", mail.AboutContent},
		{data, 550, "not like this", mail.AboutContent},
		// a rule
		{rcpt, 554, "5.7.1 <x@y>: Relay access denied", mail.AboutPolicy},
		{data, 554, "5.7.1 looks like spam", mail.AboutPolicy},
		{data, 554, "5.7.509 does not pass", mail.AboutPolicy},
		{rcpt, 451, "4.7.1 try later", mail.AboutPolicy},
		{rcpt, 554, "transaction failed", mail.AboutPolicy},
		{rcpt, 550, "blocked using zen.spamhaus.org", mail.AboutPolicy},
		{data, 550, "5.7.28 a flood", mail.AboutRate},
		// what only looks like a code
		{rcpt, 550, "no user at 5.1.8.2", mail.AboutRecipient},
		{rcpt, 450, "no user at 5.7.1", mail.AboutRecipient},
		// another class than the reply's, in front
		{rcpt, 450, "5.7.1 Greylisted", mail.AboutPolicy},
		{rcpt, 552, "4.2.2 over quota", mail.AboutRecipient},
		{data, 451, "5.7.60 may not send as", mail.AboutSender},
		// greylisting is about one mail, and none of the others need wait
		{rcpt, 450, "4.2.0 <x@y>: Recipient address rejected: Greylisted for 300 seconds", mail.AboutRecipient},
		{rcpt, 451, "Greylisting in action", mail.AboutPolicy},
		{data, 451, "4.7.1 Greylisted", mail.AboutPolicy},
		// a mailbox, whatever code it is said with
		{rcpt, 550, "5.5.0 Requested action not taken: mailbox unavailable", mail.AboutRecipient},
		{rcpt, 550, "5.3.0 <x@y>... Mailbox unavailable", mail.AboutRecipient},
		{rcpt, 501, "5.5.4 Invalid arguments", mail.AboutRecipient},
		{rcpt, 550, "5.2.121 RecipientLimitExceeded", mail.AboutRecipient},
		{rcpt, 554, "Recipient address rejected: User unknown in relay recipient table", mail.AboutRecipient},
		{rcpt, 550, "5.7.1 <x@y>: user unknown", mail.AboutRecipient},
		{rcpt, 550, "5.4.1 Recipient address rejected: Access denied. AS(201806281)", mail.AboutRecipient},
		{rcpt, 553, "5.6.7 no such letters here", mail.AboutRecipient},
		{rcpt, 503, "5.5.1 MAIL first", mail.AboutSystem},
		{rcpt, 555, "5.5.4 unsupported option", mail.AboutSystem},
		{data, 554, "5.3.0 other", mail.AboutSystem},
		// at MAIL nobody knows yet who it is for
		{from, 550, "5.2.1 mailbox disabled", mail.AboutSender},
		{from, 552, "5.2.2 mailbox full", mail.AboutSender},
		{from, 550, "5.7.17 another owner", mail.AboutSender},
		{from, 556, "takes no mail", mail.AboutSender},
		{from, 553, "5.6.7 non-ASCII address", mail.AboutSender},
		// TLS is no login
		{from, 530, "5.7.0 Must issue a STARTTLS command first", mail.AboutSystem},
		{greeting, 454, "4.7.0 TLS not available due to temporary reason", mail.AboutSystem},
		{greeting, 454, "4.7.0 Temporary authentication failure", mail.AboutAccount},
		{rcpt, 550, "5.0.0 no such user", mail.AboutRecipient},
		{data, 550, "5.0.0 relay not permitted", mail.AboutRoute},
	} {
		r := mail.Reply{Step: row.step, Code: row.code, Text: row.text}
		if got := r.About(); got != row.about {
			t.Errorf("%s, %d %s (status %q): %q, want %q", row.step, row.code, row.text, r.Status(), got, row.about)
		}
	}
}

// Whatever a server writes, what comes out is on the list.
func FuzzAReplyIsAlwaysAboutSomething(f *testing.F) {
	f.Add(550, "5.1.1 no such user", 2)
	f.Fuzz(func(t *testing.T, code int, text string, step int) {
		steps := []mail.Step{mail.AtGreeting, mail.AtSender, mail.AtRecipient, mail.AtData}
		got := mail.Reply{Step: steps[uint(step)%4], Code: code, Text: text}.About()
		for _, a := range mail.Abouts {
			if a == got {
				return
			}
		}
		t.Fatalf("%q", got)
	})
}

func TestWhatAServiceSaidNamesNobodyAndEndsNoLine(t *testing.T) {
	to := mail.Address{Email: "jo.bloggs@colchesterhospital.nhs.uk"}
	for said, want := range map[string]string{
		"5.1.1 <jo.bloggs@colchesterhospital.nhs.uk>: user unknown": "5.1.1 ...: user unknown",
		"user Bloggs of colchesterhospital unknown":                 "user ... of ... unknown",
		"jo.bloggs%40colchesterhospital.nhs.uk unknown":             "... unknown",
		"mx1.colchesterhospital.nhs.uk [10.1.2.3] says no":          "... [...] says no",
		"see https://help.example/x?u=jo":                           "see ...",
		"a\r\nBcc: x@y.example\x1b[31m\u202eb\u0000c":               "a Bcc: ... [31m b c",
		"id 0123456789abcdef0123456789abcdef full":                  "id ... full",
		"mailbox full": "mailbox full",
		"":             "",
	} {
		if got := mail.Words(said, to); got != want {
			t.Errorf("%q: %q, want %q", said, got, want)
		}
	}
	if got := mail.Words(strings.Repeat("é ", 500), to); len([]rune(got)) > 170 {
		t.Errorf("%d characters", len([]rune(got)))
	}
}

func FuzzWordsHoldNoControlCharacterNorTheAddress(f *testing.F) {
	f.Add("<jo.bloggs@body.example> unknown\r\n")
	f.Fuzz(func(t *testing.T, said string) {
		got := mail.Words(said, mail.Address{Email: "jo.bloggs@trust.example"})
		if strings.ContainsAny(got, "\r\n\x1b\x00@") || strings.Contains(strings.ToLower(got), "bloggs") {
			t.Fatalf("%q", got)
		}
	})
}
