package smtp_test

import (
	"fmt"
	"strings"
	"testing"

	server "github.com/emersion/go-smtp"

	"holdthering/activities/mail"
	"holdthering/activities/mail/smtp"
)

func TestTLSIsUsedAsConfiguredOrNoMailGoes(t *testing.T) {
	secured, pool := certificate(t)
	for _, row := range []struct {
		fact    string
		way     smtp.TLS
		offered bool
		trusted bool
		want    mail.Outcome
	}{
		{"mandatory and offered", smtp.Mandatory, true, true, mail.Accepted},
		{"mandatory, not offered", smtp.Mandatory, false, true, mail.Misconfigured},
		{"mandatory, not trusted", smtp.Mandatory, true, false, mail.Misconfigured},
		{"opportunistic, not offered", smtp.Opportunistic, false, true, mail.Accepted},
		{"opportunistic, not trusted", smtp.Opportunistic, true, false, mail.Misconfigured},
		{"implicit", smtp.Implicit, true, true, mail.Accepted},
		{"implicit, not trusted", smtp.Implicit, true, false, mail.Misconfigured},
		{"none", smtp.None, true, false, mail.Accepted},
	} {
		t.Run(row.fact, func(t *testing.T) {
			var does behaviour
			if row.offered {
				does.tls = secured
			}
			address, got := serve(t, does, row.way == smtp.Implicit)
			cfg := smtp.Config{Address: address, TLS: row.way}
			if row.trusted {
				cfg.RootCAs = pool
			}
			r := send(cfg, t)
			if r.Outcome != row.want {
				t.Errorf("%+v, want %s", r, row.want)
			}
			if arrived := len(got.all()) == 1; arrived != (row.want == mail.Accepted) {
				t.Errorf("%d mails arrived", len(got.all()))
			}
		})
	}
}

func TestAServerOnAnotherMachineGetsNoMailWithoutTLSUnlessToldSo(t *testing.T) {
	for address, want := range map[string]string{
		"mail.example:587": "TLS mandatory", "10.0.0.1:25": "TLS mandatory",
		"127.0.0.1:1025": "TLS opportunistic", "[::1]:1025": "TLS opportunistic",
		"localhost:1025": "TLS opportunistic",
	} {
		if got := newSender(t, smtp.Config{Address: address}).String(); !strings.Contains(got, want) {
			t.Errorf("%s: %s", address, got)
		}
	}
}

func TestALoginIsMadeAndAWrongOneHoldsAllMail(t *testing.T) {
	secured, pool := certificate(t)
	for _, row := range []struct {
		fact     string
		password string
		does     behaviour
		want     mail.Outcome
	}{
		{"right", password, behaviour{tls: secured, auth: true}, mail.Accepted},
		{"wrong", "guess", behaviour{tls: secured, auth: true}, mail.Misconfigured},
		{"no login offered", password, behaviour{tls: secured}, mail.Misconfigured},
		{"refused", password, behaviour{
			tls: secured, auth: true, login: &server.SMTPError{Code: 534, Message: "no " + password},
		}, mail.Misconfigured},
		{"not now", password, behaviour{
			tls: secured, auth: true, login: &server.SMTPError{Code: 454, Message: "busy"},
		}, mail.RefusedForNow},
	} {
		t.Run(row.fact, func(t *testing.T) {
			address, _ := serve(t, row.does, false)
			cfg := smtp.Config{
				Address: address, TLS: smtp.Mandatory, RootCAs: pool,
				Username: "ring", Password: row.password,
			}
			r := send(cfg, t)
			if r.Outcome != row.want {
				t.Errorf("%+v, want %s", r, row.want)
			}
			said := r.Detail + fmt.Sprintf("%v", newSender(t, cfg))
			if strings.Contains(said, row.password) {
				t.Errorf("the password is told: %s", said)
			}
		})
	}
}

func TestUnusableSettingsAreRefusedInASentence(t *testing.T) {
	for says, cfg := range map[string]smtp.Config{
		"host:port":             {Address: "mail.example"},
		"no port from 1":        {Address: "mail.example:0"},
		"TLS for the mail":      {Address: "mail.example:25", TLS: "maybe"},
		"both a user name":      {Address: "mail.example:25", Username: "ring"},
		"mandatory or implicit": {Address: "mail.example:25", TLS: smtp.None, Username: "u", Password: "p"},
	} {
		if _, err := smtp.New(cfg); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%+v: %v", cfg, err)
		}
	}
}
