package sendgrid_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"holdthering/activities/mail"
	"holdthering/activities/mail/mailtest"
	"holdthering/activities/mail/sendgrid"
)

func TestARefusedKeyHoldsEveryMailUntilANewKeyWorks(t *testing.T) {
	current := "SG.old"
	service, host := start(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer SG.new" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		w.WriteHeader(http.StatusAccepted)
	})
	const hold = 200 * time.Millisecond
	s := newSender(t, sendgrid.Config{
		Host: host, Hold: hold, Key: func() (string, error) { return current, nil },
	})
	r := s.Send(context.Background(), mailtest.Message("n1"))
	if r.Outcome != mail.Misconfigured || r.RetryAfter != hold {
		t.Fatalf("%+v", r)
	}
	current = "SG.new"
	r = s.Send(context.Background(), mailtest.Message("n2"))
	for r.Outcome == mail.Misconfigured {
		if service.count() != 1 || r.RetryAfter <= 0 {
			t.Fatalf("%d requests, %+v", service.count(), r)
		}
		time.Sleep(r.RetryAfter)
		r = s.Send(context.Background(), mailtest.Message("n2"))
	}
	if r.Outcome != mail.Accepted || service.count() != 2 {
		t.Errorf("%+v, %d requests", r, service.count())
	}
	if r := s.Send(context.Background(), mailtest.Message("n3")); r.Outcome != mail.Accepted {
		t.Errorf("after the hold: %+v", r)
	}
}
