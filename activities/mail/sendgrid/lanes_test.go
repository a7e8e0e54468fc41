package sendgrid

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"golang.org/x/time/rate"

	"holdthering/activities/mail"
	"holdthering/activities/mail/mailtest"
)

// TestAnUrgentMailDoesNotWaitBehindThousandsThatAreNotUrgent has forty cases with many mails each keep the rate busy,
// and measures how long urgent ones of another case wait: with the room that is kept for them, and without.
func TestAnUrgentMailDoesNotWaitBehindThousandsThatAreNotUrgent(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusAccepted)
	}))
	defer server.Close()
	waits := func(change func(*Sender)) (longest time.Duration, tooLate int) {
		t.Helper()
		s, err := New(Config{Key: func() (string, error) { return "SG.k", nil }, Host: server.URL, Rate: 10})
		if err != nil {
			t.Fatal(err)
		}
		change(s)
		ctx, stop := context.WithCancel(context.Background())
		var others sync.WaitGroup
		for c := range 40 {
			others.Go(func() {
				for n := 0; ctx.Err() == nil; n++ {
					m := mailtest.Message(fmt.Sprintf("c%dn%d", c, n))
					m.Urgent = false
					if r := s.Send(ctx, m); r.Outcome != mail.Accepted {
						time.Sleep(10 * time.Millisecond)
					}
				}
			})
		}
		time.Sleep(1500 * time.Millisecond) // the burst is over, and all wait
		for n := range 3 {
			began := time.Now()
			if r := s.Send(context.Background(), mailtest.Message(fmt.Sprintf("urgent%d", n))); r.Outcome != mail.Accepted {
				tooLate++
			}
			longest = max(longest, time.Since(began))
		}
		stop()
		others.Wait()
		return longest, tooLate
	}
	with, late := waits(func(*Sender) {})
	without, lateWithout := waits(func(s *Sender) { s.routine = rate.NewLimiter(rate.Inf, 0) })
	t.Logf("of three urgent mails the longest waited %v and %d did not go, with room kept; %v and %d without",
		with.Round(time.Millisecond), late, without.Round(time.Millisecond), lateWithout)
	if late > 0 || with > time.Second || with > without/2 && lateWithout == 0 {
		t.Error("an urgent mail waits behind the others")
	}
}
