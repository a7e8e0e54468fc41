package e2e

import (
	"context"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	server "github.com/emersion/go-smtp"
)

// relay is a mail server that refuses us as the sender for as long as it is told to.
type relay struct {
	mu      sync.Mutex
	refuses bool
	slow    time.Duration // how long it takes over a mail
	asked   int
	taken   map[string]int // by notice
}

func (r *relay) NewSession(*server.Conn) (server.Session, error) { return &relaySession{r}, nil }

type relaySession struct{ *relay }

func (s *relaySession) Mail(string, *server.MailOptions) error { return nil }
func (s *relaySession) Rcpt(string, *server.RcptOptions) error { return nil }
func (s *relaySession) Reset()                                 {}
func (s *relaySession) Logout() error                          { return nil }

var noticeLine = regexp.MustCompile(`(?mi)^X-Holdthering-Notice: *(\S+)`)

func (s *relaySession) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.mu.Lock()
	slow := s.slow
	s.mu.Unlock()
	time.Sleep(slow)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	if s.refuses {
		return &server.SMTPError{Code: 550, EnhancedCode: server.EnhancedCode{5, 7, 60},
			Message: "SMTP; Client does not have permissions to send as this sender"}
	}
	if found := noticeLine.FindSubmatch(raw); found != nil {
		s.taken[string(found[1])]++
	}
	return nil
}

func (r *relay) counts() (asked, mails, doubled int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, n := range r.taken {
		mails++
		if n > 1 {
			doubled++
		}
	}
	return r.asked, mails, doubled
}

func serveRelay(t *testing.T) (*relay, string) {
	t.Helper()
	r := &relay{refuses: true, taken: map[string]int{}}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := server.NewServer(r)
	srv.Domain = "relay.example"
	go func() { _ = srv.Serve(l) }() // its end is ours
	t.Cleanup(func() { _ = srv.Close() })
	return r, l.Addr().String()
}

// A relay that refuses the sender for twenty hours: nothing is lost, doubled or blamed on anybody,
// the secretariat is told, and it costs little.
func TestARelayThatRefusesUsForADayLosesAndDoublesNothing(t *testing.T) {
	t.Parallel() // most of it is waiting
	relay, address := serveRelay(t)
	s := newSite(t, demonstration, func(s *site) {
		s.extra = []string{"HTR_MAIL=smtp", "HTR_SMTP_ADDRESS=" + address, "HTR_MAIL_FROM=ring@qsg.example",
			"HTR_MAIL_REPLY_TO=office@qsg.example"}
	})
	ref := s.trigger()
	s.eventually("mails are held", func() bool { return strings.Contains(s.taken("list").out, "MAILS DO NOT GO") })
	before := s.historySize(ref)
	for hour := range 20 {
		s.forward(ref, time.Hour)
		if hour == 0 || hour == 19 {
			size := s.historySize(ref)
			asked, _, _ := relay.counts()
			t.Logf("after %2d hours of outage: history %d bytes, %d an hour; %d requests in all", hour+1, size,
				(size-before)/int64(hour+1), asked)
		}
	}
	shown := s.taken("show", ref).out
	for _, want := range []string{"MAILS DO NOT GO", "refuses us as the sender", "550 5.7.60", "Client does not have permissions"} {
		if !strings.Contains(strings.Join(strings.Fields(shown), " "), want) {
			t.Errorf("'show' does not say %q:\n%s", want, shown)
		}
	}
	if !regexp.MustCompile(`(?m)^holdthering_mails_held(\{[^}]*\})? [1-9]`).MatchString(s.scrape()) {
		t.Error("no metric shows mails that are held")
	}
	if record := s.taken("record", ref, "--format", "json").out; strings.Contains(record, "MEND_DIRECTORY") {
		t.Error("a contact is to be found, and none is at fault")
	}
	relay.mu.Lock()
	relay.refuses = false
	relay.mu.Unlock()
	s.eventually("all mails have gone", func() bool {
		s.forward(ref, 16*time.Minute)
		return !strings.Contains(s.taken("show", ref).out, "MAILS DO NOT GO")
	})
	if _, mails, doubled := relay.counts(); mails < 14 || doubled != 0 {
		t.Errorf("%d mails went, %d of them twice", mails, doubled)
	}
}

func (s *site) historySize(ref string) int64 {
	s.Helper()
	d, err := s.client().DescribeWorkflow(context.Background(), s.caseID(ref), "")
	if err != nil {
		s.Fatal(err)
	}
	return d.RawResponse.GetWorkflowExecutionInfo().GetHistorySizeBytes()
}

func (s *site) scrape() string {
	s.Helper()
	answer, err := http.Get("http://" + s.metrics + "/metrics")
	if err != nil {
		s.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		s.Fatal(err)
	}
	return string(body)
}
