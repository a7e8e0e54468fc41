package smtp_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	server "github.com/emersion/go-smtp"
	"github.com/jhillyerd/enmime/v2"

	"holdthering/activities/mail"
	"holdthering/activities/mail/mailtest"
	"holdthering/activities/mail/smtp"
)

func answer(code int, enhanced server.EnhancedCode) error {
	return &server.SMTPError{
		Code: code, EnhancedCode: enhanced,
		Message: "<" + mailtest.Recipient + "> is not wanted: " + mailtest.Secret,
	}
}

func TestAnAcceptedMailArrivesWhole(t *testing.T) {
	address, got := serve(t, behaviour{}, false)
	if r := send(smtp.Config{Address: address}, t); r.Outcome != mail.Accepted {
		t.Fatalf("%+v", r)
	}
	if len(got.all()) != 1 {
		t.Fatalf("%d mails", len(got.all()))
	}
	env, err := enmime.ReadEnvelope(strings.NewReader(got.all()[0]))
	if err != nil {
		t.Fatal(err)
	}
	want := mailtest.Message("n1")
	text := strings.ReplaceAll(env.Text, "\r\n", "\n")
	if env.GetHeader("Subject") != want.Subject || text != want.Text {
		t.Errorf("subject %q, text %q", env.GetHeader("Subject"), text)
	}
}

func TestWhatTheServerSaysDecidesTheOutcome(t *testing.T) {
	cutAfter := func(_ string, cut func()) error { cut(); return errors.New("cut off") }
	refuse := func(err error) func(string, func()) error {
		return func(string, func()) error { return err }
	}
	busy := answer(451, server.EnhancedCode{4, 3, 0})
	never := answer(550, server.EnhancedCode{5, 1, 1})
	for _, row := range []struct {
		fact string
		does behaviour
		want mail.Outcome
	}{
		{"4xx to the sender", behaviour{mail: busy}, mail.RefusedForNow},
		{"4xx to the recipient", behaviour{rcpt: busy}, mail.RefusedForNow},
		{"4xx to the mail", behaviour{data: refuse(busy)}, mail.RefusedForNow},
		{"5xx to the sender", behaviour{mail: never}, mail.Misconfigured},
		{"too big", behaviour{mail: answer(552, server.EnhancedCode{5, 3, 4})}, mail.RefusedForGood},
		{"5xx to the recipient", behaviour{rcpt: never}, mail.RefusedForGood},
		{"5xx to the mail", behaviour{data: refuse(never)}, mail.RefusedForGood},
		{"login wanted", behaviour{rcpt: answer(530, server.EnhancedCode{5, 7, 0})}, mail.Misconfigured},
		{"cut off after the mail", behaviour{data: cutAfter}, mail.Unknown},
		{"cut off before the mail", behaviour{
			beforeAll: func(cut func()) error { cut(); return errors.New("cut off") },
		}, mail.RefusedForNow},
	} {
		t.Run(row.fact, func(t *testing.T) {
			address, got := serve(t, row.does, false)
			r := send(smtp.Config{Address: address}, t)
			if r.Outcome != row.want || r.Detail == "" {
				t.Errorf("%+v, want %s", r, row.want)
			}
			if strings.Contains(r.Detail, "@") || strings.Contains(r.Detail, mailtest.Secret) {
				t.Errorf("the detail tells too much: %q", r.Detail)
			}
			if n := len(got.all()); n != 0 {
				t.Errorf("the server took %d mails", n)
			}
		})
	}
}

func TestAnAnswerThatIsNotWaitedForLeavesTheMailUnknown(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	release := make(chan struct{})
	address, _ := serve(t, behaviour{data: func(string, func()) error {
		cancel()
		<-release
		return nil
	}}, false)
	s := newSender(t, smtp.Config{Address: address, Timeout: time.Hour})
	r := s.Send(ctx, mailtest.Message("n1"))
	close(release)
	if r.Outcome != mail.Unknown {
		t.Errorf("%+v", r)
	}
}

func TestAServerThatIsNotThereRefusesForNow(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close()
	for _, address := range []string{address, "nowhere.invalid:25"} {
		r := send(smtp.Config{Address: address, TLS: smtp.None}, t)
		if r.Outcome != mail.RefusedForNow {
			t.Errorf("%s: %+v", address, r)
		}
	}
}

func TestAServerThatFallsSilentIsLeftWhenTheContextEnds(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	ctx, cancel := context.WithCancel(context.Background())
	left := make(chan error, 1)
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			left <- err
			return
		}
		defer conn.Close()
		fmt.Fprint(conn, "220 silent\r\n")
		lines := bufio.NewReader(conn)
		if _, err = lines.ReadString('\n'); err != nil { // EHLO
			left <- err
			return
		}
		cancel()
		_, err = lines.ReadByte() // until the client lets go
		left <- err
	}()
	s := newSender(t, smtp.Config{Address: listener.Addr().String(), Timeout: time.Hour})
	if r := s.Send(ctx, mailtest.Message("n1")); r.Outcome != mail.RefusedForNow {
		t.Errorf("%+v", r)
	}
	if err := <-left; !errors.Is(err, io.EOF) {
		t.Errorf("the server saw %v instead of the end", err)
	}
}

func TestAGreetingOfNoServiceHoldsAllMail(t *testing.T) {
	for greeting, want := range map[string]mail.Outcome{
		"554 no service for you": mail.Misconfigured,
		"421 too many of you":    mail.RefusedForNow,
	} {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			if conn, err := listener.Accept(); err == nil {
				fmt.Fprintf(conn, "%s\r\n", greeting)
				conn.Close()
			}
		}()
		r := send(smtp.Config{Address: listener.Addr().String()}, t)
		if r.Outcome != want {
			t.Errorf("%s: %+v", greeting, r)
		}
		listener.Close()
	}
}

func TestManyMailsAtOnceAllArriveOnce(t *testing.T) {
	address, got := serve(t, behaviour{}, false)
	s := newSender(t, smtp.Config{Address: address})
	var wait sync.WaitGroup
	for worker := range 8 {
		wait.Go(func() {
			for n := range 10 {
				id := fmt.Sprintf("n%d-%d", worker, n)
				if r := s.Send(context.Background(), mailtest.Message(id)); r.Outcome != mail.Accepted {
					t.Errorf("%s: %+v", id, r)
				}
			}
		})
	}
	wait.Wait()
	times := map[string]int{}
	for _, raw := range got.all() {
		env, err := enmime.ReadEnvelope(strings.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		times[env.GetHeader(mail.NoticeHeader)]++
	}
	for id, n := range times {
		if n != 1 {
			t.Errorf("%s arrived %d times", id, n)
		}
	}
	if len(times) != 80 {
		t.Errorf("%d notices arrived", len(times))
	}
}

func TestAnInvalidMailNeverReachesTheServer(t *testing.T) {
	address, got := serve(t, behaviour{}, false)
	m := mailtest.Message("n1")
	m.To.Email += "\r\nRCPT TO:<x@y.example>"
	r := newSender(t, smtp.Config{Address: address}).Send(context.Background(), m)
	if r.Outcome != mail.RefusedForGood || len(got.all()) != 0 {
		t.Errorf("%+v, %d mails", r, len(got.all()))
	}
}
