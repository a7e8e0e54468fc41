package sendgrid_test

import (
	"context"
	"encoding/base64"
	"maps"
	"slices"
	"strings"
	"testing"

	"holdthering/activities/mail"
	"holdthering/activities/mail/ics"
	"holdthering/activities/mail/mailtest"
	"holdthering/activities/mail/sendgrid"
)

func TestTheServiceGetsTheMailWholeAndOnlyOpaqueReferencesToKeep(t *testing.T) {
	service, host := start(t, nil)
	m := mailtest.Message("n1")
	m.Calendar = mailtest.Calendar()
	s := newSender(t, sendgrid.Config{Host: host})
	if r := s.Send(context.Background(), m); r.Outcome != mail.Accepted {
		t.Fatalf("%+v", r)
	}
	got := service.got[0]
	if len(got.Personalizations) != 1 || len(got.Personalizations[0].To) != 1 {
		t.Fatalf("recipients: %+v", got.Personalizations)
	}
	to := got.Personalizations[0]
	if to.To[0] != (party{m.To.Name, m.To.Email}) || *got.From != (party{m.From.Name, m.From.Email}) {
		t.Errorf("to %+v from %+v", to.To[0], got.From)
	}
	if !strings.Contains(service.raw[0], `"reply_to":{"name":"QSG office","email":"office@qsg.example"}`) {
		t.Errorf("no reply address in %s", service.raw[0])
	}
	if got.Subject != m.Subject || len(got.Content) != 2 ||
		got.Content[0].Type != "text/plain" || got.Content[0].Value != m.Text ||
		got.Content[1].Type != "text/html" || got.Content[1].Value != m.HTML {
		t.Errorf("subject %q, content %+v", got.Subject, got.Content)
	}
	args := map[string]string{sendgrid.NoticeArg: m.ID, sendgrid.CaseArg: m.CaseRef}
	if !maps.Equal(to.CustomArgs, args) || got.CustomArgs != nil {
		t.Errorf("custom args %v, at the root %v", to.CustomArgs, got.CustomArgs)
	}
	if !slices.Equal(got.Categories, []string{m.CaseRef}) {
		t.Errorf("categories %v", got.Categories)
	}
	if got.Headers[mail.NoticeHeader] != m.ID || got.Headers["Importance"] != "high" {
		t.Errorf("headers %v", got.Headers)
	}
	if got.Headers["Message-ID"] != "<"+m.MessageID()+">" {
		t.Errorf("headers %v", got.Headers)
	}
	checkCalendar(t, got, ics.Files(m)[0])
}

func checkCalendar(t *testing.T, got request, want ics.File) {
	t.Helper()
	if len(got.Attachments) != 1 {
		t.Fatalf("attachments %+v", got.Attachments)
	}
	a := got.Attachments[0]
	text, err := base64.StdEncoding.DecodeString(a.Content)
	if err != nil || string(text) != want.Text || a.Filename != want.Name {
		t.Errorf("calendar %+v, %v", a, err)
	}
	if a.Type != "text/calendar" || a.Disposition != "attachment" {
		t.Errorf("calendar is %q, %q", a.Type, a.Disposition)
	}
}

func TestAllTrackingIsSwitchedOff(t *testing.T) {
	service, host := start(t, nil)
	if r := send(t, host); r.Outcome != mail.Accepted {
		t.Fatalf("%+v", r)
	}
	got := service.got[0]
	for setting, keys := range map[string][]string{
		"click_tracking": {"enable", "enable_text"}, "open_tracking": {"enable"},
		"subscription_tracking": {"enable"}, "ganalytics": {"enable"},
	} {
		for _, key := range keys {
			if on, said := got.Tracking[setting][key]; on || !said {
				t.Errorf("%s %s: %v, said %v", setting, key, on, said)
			}
		}
	}
	if got.Asm != nil {
		t.Errorf("unsubscribe group %v", got.Asm)
	}
}

func TestTheKeyGoesIntoOneHeaderAndThereIsNoIdempotencyKey(t *testing.T) {
	service, host := start(t, nil)
	send(t, host)
	h := service.headers[0]
	if h.Get("Authorization") != "Bearer "+key {
		t.Errorf("authorization %q", h.Get("Authorization"))
	}
	if strings.Contains(service.raw[0], key) {
		t.Error("the key is in the body")
	}
	for _, name := range []string{"Idempotency-Key", "X-Idempotency-Key"} {
		if _, set := h[name]; set {
			t.Errorf("%s is set: Go's client would repeat the POST by itself", name)
		}
	}
}

func TestAnInvalidMailNeverReachesTheService(t *testing.T) {
	service, host := start(t, nil)
	m := mailtest.Message("n1")
	m.Subject = "a\r\nBcc: x@y.example"
	r := newSender(t, sendgrid.Config{Host: host}).Send(context.Background(), m)
	if r.About != mail.AboutContent || service.count() != 0 {
		t.Errorf("%+v, %d requests", r, service.count())
	}
}
