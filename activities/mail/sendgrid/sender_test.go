package sendgrid

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"holdthering/activities/mail"
	"holdthering/activities/mail/mailtest"
)

func TestMailsThatWaitForTheirTurnAreHeldToo(t *testing.T) {
	var requests atomic.Int32
	refuse := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		requests.Add(1)
		<-refuse
		w.WriteHeader(http.StatusUnauthorized)
	}))
	defer server.Close()
	s, err := New(Config{
		Key:  func() (string, error) { return "SG.k", nil },
		Host: server.URL, Rate: 1.9, Hold: time.Hour, // one goes at once
	})
	if err != nil {
		t.Fatal(err)
	}
	const mails = 4
	var wait sync.WaitGroup
	for n := range mails {
		wait.Go(func() {
			r := s.Send(context.Background(), mailtest.Message(fmt.Sprintf("n%d", n)))
			if r.Outcome != mail.Misconfigured {
				t.Errorf("%+v", r)
			}
		})
	}
	for s.bucket.Tokens() > 2-mails { // until the others wait for their turn
		runtime.Gosched()
	}
	close(refuse)
	wait.Wait()
	if n := requests.Load(); n >= mails {
		t.Errorf("%d of %d mails went out, also those whose turn came after the refusal", n, mails)
	}
}
