package sendgrid_test

import (
	"context"
	"os"
	"testing"

	"holdthering/activities/mail"
	"holdthering/activities/mail/mailtest"
	"holdthering/activities/mail/sendgrid"
	"holdthering/notices"
)

// The service's own description of its interface, served as a strict mock, takes every kind of
// notice: HTR_PRISM is its address, as of
//
//	npx @stoplight/prism-cli mock --errors tsg_mail_v3.json   # of github.com/twilio/sendgrid-oai
func TestTheServicesOwnDescriptionTakesEveryKindOfNotice(t *testing.T) {
	host := os.Getenv("HTR_PRISM")
	if host == "" {
		t.Skip("HTR_PRISM names no mock of the service")
	}
	s := newSender(t, sendgrid.Config{Host: host, Rate: 100})
	sent := 0
	for _, k := range notices.Kinds() {
		shown, err := notices.Preview(k)
		if err != nil {
			t.Fatal(err)
		}
		for _, calendar := range [][]mail.Entry{nil, mailtest.Calendar()} {
			m := mailtest.Message("11111111-2222-5333-8444-555555555555")
			m.Subject, m.Text, m.HTML, m.Calendar = shown.Subject, shown.Text, shown.HTML, calendar
			m.To.Name = ""
			if r := s.Send(context.Background(), m); r.Outcome != mail.Accepted {
				t.Fatalf("%s: %+v", k, r)
			}
			sent++
		}
	}
	t.Logf("%d mails of %d kinds, violations 0", sent, len(notices.Kinds()))
}
