package sendgrid_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
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

func TestManyGoroutinesStopAtARefusedKey(t *testing.T) {
	service, host := start(t, status(http.StatusForbidden))
	s := newSender(t, sendgrid.Config{Host: host, Hold: time.Hour})
	var wait sync.WaitGroup
	for worker := range workers {
		wait.Go(func() {
			for n := range each {
				m := mailtest.Message(fmt.Sprintf("n%d-%d", worker, n))
				if r := s.Send(context.Background(), m); r.Outcome != mail.Misconfigured {
					t.Errorf("%+v", r)
				}
			}
		})
	}
	wait.Wait()
	if n := service.count(); n < 1 || n > workers {
		t.Errorf("%d requests, want no more than were under way at once", n)
	}
}

func TestAMissingOrSpoiltKeyIsMisconfiguredAndIsNeverTold(t *testing.T) {
	service, host := start(t, nil)
	for fact, key := range map[string]func() (string, error){
		"empty":    fixed(""),
		"line end": fixed("SG.the-key\nX: y"),
		"no file":  func() (string, error) { return "", errors.New("SG.the-key") },
	} {
		s := newSender(t, sendgrid.Config{Host: host, Key: key})
		r := s.Send(context.Background(), mailtest.Message("n1"))
		if r.Outcome != mail.Misconfigured {
			t.Errorf("%s: %+v", fact, r)
		}
		if told := r.Detail + fmt.Sprint(s); strings.Contains(told, "SG.") {
			t.Errorf("%s: the key is told: %s", fact, told)
		}
	}
	if service.count() != 0 {
		t.Errorf("%d requests", service.count())
	}
}

func TestUnusableSettingsAreRefused(t *testing.T) {
	for fact, cfg := range map[string]sendgrid.Config{
		"no key":       {},
		"clear text":   {Key: fixed(key), Host: "http://api.sendgrid.com"},
		"no scheme":    {Key: fixed(key), Host: "api.sendgrid.com"},
		"path":         {Key: fixed(key), Host: "https://api.sendgrid.com/v3"},
		"user":         {Key: fixed(key), Host: "https://u:p@api.sendgrid.com"},
		"below 0":      {Key: fixed(key), Rate: -1},
		"other scheme": {Key: fixed(key), Host: "ftp://127.0.0.1"},
	} {
		if s, err := sendgrid.New(cfg); err == nil {
			t.Errorf("%s: %v", fact, s)
		}
	}
	for _, host := range []string{"", sendgrid.EU, "https://proxy.example:8443", "http://[::1]:99"} {
		if _, err := sendgrid.New(sendgrid.Config{Key: fixed(key), Host: host}); err != nil {
			t.Errorf("%q: %v", host, err)
		}
	}
}

func TestAMailWhoseTurnIsFarGivesItUpAndIsToldWhenToComeAgain(t *testing.T) {
	service, host := start(t, status(http.StatusAccepted))
	s := newSender(t, sendgrid.Config{Host: host, Rate: 0.1})
	if r := s.Send(context.Background(), mailtest.Message("n1")); r.Outcome != mail.Accepted {
		t.Fatalf("%+v", r)
	}
	for range 3 { // who gave a turn up is in nobody's way
		r := s.Send(context.Background(), mailtest.Message("n2"))
		if r.Outcome != mail.RefusedForNow || r.RetryAfter < 5*time.Second || r.RetryAfter > 10*time.Second {
			t.Fatalf("%+v", r)
		}
	}
	if service.count() != 1 {
		t.Errorf("%d requests", service.count())
	}
}
