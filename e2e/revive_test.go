package e2e

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"
)

// A case that is terminated in the UI while its mails go, and brought back on another worker: what had
// gone is not known to the run that goes on, and may not be sent again as if it had never been tried.
func TestACaseThatWasTerminatedWhileItsMailsWentDoublesNoneWhenItIsBroughtBack(t *testing.T) {
	relay, address := serveRelay(t)
	relay.refuses, relay.slow = false, 200*time.Millisecond
	s := newSite(t, realNamespace, func(s *site) {
		s.extra = []string{"HTR_MAIL=smtp", "HTR_SMTP_ADDRESS=" + address, "HTR_MAIL_FROM=ring@qsg.example",
			"HTR_MAIL_REPLY_TO=office@qsg.example", "HTR_EVENTS_WAIT=1h"}
	})
	ref := s.trigger()
	s.await("some mails have gone", func() bool { _, mails, _ := relay.counts(); return mails >= 4 })
	if err := s.client().TerminateWorkflow(context.Background(), s.caseID(ref), "", "a click"); err != nil {
		t.Fatal(err)
	}
	s.killWorker()
	s.startWorker()
	s.taken("revive", ref, "--reason", "a click too many")
	s.await("every mail is known as sent or in doubt", func() bool {
		return strings.Contains(s.taken("record", ref, "--format", "json").out, doubt)
	})
	// What was noted as taken is known, the one that was under way is in doubt, and the rest goes now.
	s.await("what had not gone goes", func() bool { _, mails, _ := relay.counts(); return mails >= alerted-1 })
	if _, _, doubled := relay.counts(); doubled != 0 {
		t.Errorf("%d mails went twice", doubled)
	}
	if n := strings.Count(s.taken("record", ref, "--format", "json").out, doubt); n > 2 {
		t.Errorf("%d mails are in doubt", n)
	}
	// What arises afterwards goes as ever.
	_, before, _ := relay.counts()
	s.taken("summit", "convene", "--case", ref, "--by", "NHSCB/Q56", "--at", time.Now().Add(30*time.Hour).Format("2006-01-02 15:04"), "--yes")
	s.await("the invitations go", func() bool { _, mails, _ := relay.counts(); return mails > before })
	if _, _, doubled := relay.counts(); doubled != 0 {
		t.Errorf("%d mails went twice", doubled)
	}
}

// doubt is said of a mail that may have gone, and alerted is how many are alerted at least.
const (
	doubt   = "the case was ended while the mail was on its way"
	alerted = 15
)

// await is eventually for a site whose mails are in no outbox.
func (s *site) await(what string, holds func() bool) {
	s.Helper()
	for range 40 {
		if holds() {
			return
		}
		time.Sleep(500 * time.Millisecond)
	}
	logs, _ := os.ReadFile(s.path("worker.log"))
	s.Fatalf("never came true: %s\nthe worker's log:\n%s", what, logs)
}
