package sendgrid_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"holdthering/activities/mail"
	"holdthering/activities/mail/mailtest"
	"holdthering/activities/mail/sendgrid"
)

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
