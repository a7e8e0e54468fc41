package sendgrid_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"holdthering/activities/mail"
	"holdthering/activities/mail/mailtest"
	"holdthering/activities/mail/sendgrid"
)

func TestManyGoroutinesLoseNothingAndDoubleNothing(t *testing.T) {
	service, host := start(t, nil)
	s := newSender(t, sendgrid.Config{Host: host})
	var wait sync.WaitGroup
	for worker := range workers {
		wait.Go(func() {
			for n := range each {
				m := mailtest.Message(fmt.Sprintf("n%d-%d", worker, n))
				m.To.Email = m.ID + "@trust.example"
				if r := s.Send(context.Background(), m); r.Outcome != mail.Accepted {
					t.Errorf("%s: %+v", m.ID, r)
				}
			}
		})
	}
	wait.Wait()
	times := map[string]int{}
	for _, got := range service.got {
		to := got.Personalizations[0]
		id := to.CustomArgs[sendgrid.NoticeArg]
		times[id]++
		if to.To[0].Email != id+"@trust.example" || got.Headers[mail.NoticeHeader] != id {
			t.Errorf("%s went to %s", id, to.To[0].Email)
		}
	}
	for id, n := range times {
		if n != 1 {
			t.Errorf("%s arrived %d times", id, n)
		}
	}
	if len(times) != workers*each {
		t.Errorf("%d of %d arrived", len(times), workers*each)
	}
}

func TestAllGoroutinesShareOneRate(t *testing.T) {
	service, host := start(t, nil)
	s := newSender(t, sendgrid.Config{Host: host, Rate: 3})
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	results := make(chan mail.Result, 20)
	var wait sync.WaitGroup
	for n := range 20 {
		wait.Go(func() { results <- s.Send(ctx, mailtest.Message(fmt.Sprintf("n%d", n))) })
	}
	wait.Wait()
	close(results)
	count := map[mail.Outcome]int{}
	for r := range results {
		count[r.Outcome]++
	}
	// Three at once, and a further three in the second; the last may be caught on its way.
	if service.count() > 6 || service.count() < 3 {
		t.Errorf("the service saw %d of 20 mails in a second at 3 a second", service.count())
	}
	if count[mail.RefusedForNow] < 14 || count[mail.Accepted] < 3 {
		t.Errorf("outcomes %v", count)
	}
}

// BenchmarkSend reports our time over that of a bare loop of the same HTTP calls, both
// measured in this run, call by call in turn.
func BenchmarkSend(b *testing.B) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.WriteHeader(http.StatusAccepted)
	}))
	defer server.Close()
	body := recorded(b)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 32}}
	defer client.CloseIdleConnections()
	bare := func() {
		r, err := client.Post(server.URL+"/v3/mail/send", "application/json", bytes.NewReader(body))
		if err != nil {
			b.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, r.Body)
		r.Body.Close()
	}
	s := newSender(b, sendgrid.Config{Host: server.URL, Rate: 1e9})
	m := mailtest.Message("n1")
	ours := func() {
		if r := s.Send(context.Background(), m); r.Outcome != mail.Accepted {
			b.Fatalf("%+v", r)
		}
	}
	var bareTime, ourTime time.Duration
	b.ReportAllocs()
	for b.Loop() {
		begin := time.Now()
		bare()
		middle := time.Now()
		ours()
		bareTime += middle.Sub(begin)
		ourTime += time.Since(middle)
	}
	b.ReportMetric(float64(ourTime)/float64(bareTime), "ours/bare")
	b.ReportMetric(float64(ourTime.Nanoseconds())/float64(b.N), "ours-ns/op")
	b.ReportMetric(float64(b.N)/ourTime.Seconds(), "mails/s")
}

// recorded is the body of one mail as the sender makes it.
func recorded(b *testing.B) []byte {
	service, host := start(b, nil)
	s := newSender(b, sendgrid.Config{Host: host})
	if r := s.Send(context.Background(), mailtest.Message("n1")); r.Outcome != mail.Accepted {
		b.Fatalf("%+v", r)
	}
	return []byte(service.raw[0])
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
