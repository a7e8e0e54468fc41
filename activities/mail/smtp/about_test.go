package smtp_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"testing"
	"time"

	server "github.com/emersion/go-smtp"

	"holdthering/activities/mail"
	"holdthering/activities/mail/mailtest"
	"holdthering/activities/mail/smtp"
)

// What real relays say, at the step at which they say it. The words hold the recipient's address
// wherever a server may put it.
func TestARelaysRefusalIsAboutWhatItSaysAndOnlyARecipientsOwnBlamesIt(t *testing.T) {
	says := func(code int, a, b, c int, text string) error {
		return &server.SMTPError{Code: code, EnhancedCode: server.EnhancedCode{a, b, c}, Message: text}
	}
	atData := func(err error) behaviour { return behaviour{data: func(string, func()) error { return err }} }
	const to = "<" + mailtest.Recipient + ">"
	for _, row := range []struct {
		does  behaviour
		about mail.About
		out   mail.Outcome
	}{
		{behaviour{rcpt: says(550, 5, 1, 1, to+" no such user")}, mail.AboutRecipient, mail.RefusedForGood},
		{behaviour{rcpt: says(552, 5, 2, 2, "mailbox full")}, mail.AboutRecipient, mail.RefusedForGood},
		{behaviour{rcpt: says(554, 5, 7, 1, to+": Relay access denied")}, mail.AboutPolicy, mail.RefusedForGood},
		{behaviour{rcpt: says(550, 5, 7, 54, "SMTP; Unable to relay recipient in non-accepted domain")}, mail.AboutRoute, mail.RefusedForGood},
		{atData(says(550, 5, 7, 60, "SMTP; Client does not have permissions to send as this sender")), mail.AboutSender, mail.Misconfigured},
		{atData(says(554, 5, 2, 0, "Submission quota exceeded")), mail.AboutAccount, mail.Misconfigured},
		{atData(says(550, 5, 7, 26, "This mail is unauthenticated")), mail.AboutSender, mail.Misconfigured},
		{atData(says(550, 5, 1, 1, "no such user")), mail.AboutRecipient, mail.RefusedForGood},
		{atData(says(554, 5, 6, 0, "malformed")), mail.AboutContent, mail.RefusedForGood},
		{atData(says(451, 4, 7, 1, "try later")), mail.AboutPolicy, mail.RefusedForNow},
		{behaviour{mail: says(530, 5, 7, 57, "Client not authenticated to send mail")}, mail.AboutAccount, mail.Misconfigured},
		{behaviour{mail: says(452, 4, 3, 1, "out of space")}, mail.AboutSystem, mail.RefusedForNow},
	} {
		address, _ := serve(t, row.does, false)
		r := send(smtp.Config{Address: address}, t)
		if r.About != row.about || r.Outcome != row.out || r.Sign == "" || r.Reason == "" {
			t.Errorf("%+v, want %s, %s", r, row.about, row.out)
		}
	}
}

func TestARelayThatRefusesUsIsAskedByOneMailAtATime(t *testing.T) {
	asked := 0
	refuses := true
	address, got := serve(t, behaviour{data: func(string, func()) error {
		asked++
		if refuses {
			return answer(550, server.EnhancedCode{5, 7, 60})
		}
		return nil
	}}, false)
	s := newSender(t, smtp.Config{Address: address, Hold: 200 * time.Millisecond})
	for n := range 50 {
		if r := s.Send(context.Background(), mailtest.Message(fmt.Sprint("n", n))); r.Outcome != mail.Misconfigured {
			t.Fatalf("%+v", r)
		}
	}
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
	refuses = false
	time.Sleep(200 * time.Millisecond)
	for n := range 50 {
		s.Send(context.Background(), mailtest.Message(fmt.Sprint("n", n)))
	}
	if len(got.all()) != 50 {
		t.Errorf("%d mails", len(got.all()))
	}
}

func TestSeveralDomainsRefusedAlikeByARelayAreAboutUs(t *testing.T) {
	address, _ := serve(t, behaviour{rcpt: answer(550, server.EnhancedCode{5, 1, 1})}, false)
	s := newSender(t, smtp.Config{Address: address})
	var got []mail.About
	for _, domain := range []string{"a.example", "b.example", "c.example"} {
		m := mailtest.Message("n1")
		m.To.Email = "duty@" + domain
		got = append(got, s.Send(context.Background(), m).About)
	}
	if fmt.Sprint(got) != "[recipient system system]" {
		t.Error(got)
	}
}

// Any 2xx is a yes by its first digit (RFC 5321 4.2.1): a mail to which 251 was said has gone, and must
// not go twice.
func TestAYesThatIsWrittenOddlyIsAYesAndALongNoIsReadWhole(t *testing.T) {
	for end, want := range map[string]mail.Result{
		"251 2.0.0 taken":            {Outcome: mail.Accepted},
		"200 ok":                     {Outcome: mail.Accepted},
		"354 go on":                  {Outcome: mail.Unknown},
		"25":                         {Outcome: mail.Unknown},
		"nothing of the kind":        {Outcome: mail.Unknown},
		"550-5.1.1 a\r\n550 5.1.1 b": {Outcome: mail.RefusedForGood, Reason: "5.1.1 a 5.1.1 b"},
	} {
		r := send(smtp.Config{Address: ends(t, end)}, t)
		if r.Outcome != want.Outcome || r.Reason != want.Reason {
			t.Errorf("%q: %+v", end, r)
		}
	}
}

// ends is a mail server that says one thing at the end of a mail.
func ends(t *testing.T, says string) (address string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		fmt.Fprint(conn, "220 here\r\n")
		inMail := false
		for lines := bufio.NewScanner(conn); lines.Scan(); {
			switch {
			case inMail && lines.Text() == ".":
				inMail = false
				fmt.Fprint(conn, says+"\r\n")
			case inMail:
			case lines.Text() == "DATA":
				inMail = true
				fmt.Fprint(conn, "354 go on\r\n")
			default:
				fmt.Fprint(conn, "250 ok\r\n")
			}
		}
	}()
	return listener.Addr().String()
}
