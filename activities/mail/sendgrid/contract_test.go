package sendgrid_test

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"testing"

	"holdthering/activities/mail"
	"holdthering/activities/mail/mailtest"
	"holdthering/activities/mail/sendgrid"
	"holdthering/notices"
)

// The service's own description of its interface, served as a strict mock, takes every kind of
// notice, in each way in which its reader may answer, and as a reminder in a thread. It refuses what
// is no mail.
func TestTheServicesOwnDescriptionTakesEveryKindOfNotice(t *testing.T) {
	host := os.Getenv("HTR_PRISM")
	if host == "" {
		t.Skip("HTR_PRISM names no mock of the service: make contract serves one, with npm")
	}
	for what, violation := range map[string]string{
		"no sender":      `{"personalizations":[{"to":[{"email":"a@b.example"}]}],"subject":"x","content":[{"type":"text/plain","value":"x"}]}`,
		"no content":     `{"personalizations":[{"to":[{"email":"a@b.example"}]}],"subject":"x","from":{"email":"a@b.example"},"content":[{"type":"text/plain","value":""}]}`,
		"no address":     `{"personalizations":[{"to":[{"email":"a b"}]}],"subject":"x","from":{"email":"a@b.example"},"content":[{"type":"text/plain","value":"x"}]}`,
		"eleven classes": `{"categories":["a","b","c","d","e","f","g","h","i","j","k"],"personalizations":[{"to":[{"email":"a@b.example"}]}],"subject":"x","from":{"email":"a@b.example"},"content":[{"type":"text/plain","value":"x"}]}`,
	} {
		if got := post(t, host, violation); got < 400 {
			t.Errorf("%s: status %d; the mock is not strict", what, got)
		}
	}
	s := newSender(t, sendgrid.Config{Host: host, Rate: 1000})
	sent := 0
	for _, k := range notices.Kinds() {
		for _, way := range notices.Way("").Choices() {
			shown, err := notices.Shipped().Preview(k, notices.Way(way))
			if err != nil {
				t.Fatal(err)
			}
			m := mailtest.Message("11111111-2222-5333-8444-555555555555")
			m.Subject, m.Text, m.HTML = shown.Subject, shown.Text, shown.HTML
			first := m
			first.To.Name, first.Urgent = "", false
			m.Thread, m.After, m.Calendar = "D1", "22222222-2222-5333-8444-555555555555", mailtest.Calendar()
			for _, one := range []mail.Message{first, m} {
				if r := s.Send(context.Background(), one); r.Outcome != mail.Accepted {
					t.Fatalf("%s, %s: %+v", k, way, r)
				}
				sent++
			}
		}
	}
	t.Logf("%d mails of %d kinds, violations 0", sent, len(notices.Kinds()))
}

func post(t *testing.T, host, body string) (status int) {
	t.Helper()
	q, err := http.NewRequest(http.MethodPost, host+"/v3/mail/send", bytes.NewBufferString(body))
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("Content-Type", "application/json")
	q.Header.Set("Authorization", "Bearer "+key)
	answer, err := http.DefaultClient.Do(q)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	return answer.StatusCode
}
