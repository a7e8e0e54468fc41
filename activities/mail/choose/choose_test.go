package choose_test

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"holdthering/activities/mail"
	"holdthering/activities/mail/choose"
	"holdthering/activities/mail/mailtest"
	"holdthering/activities/mail/outbox"
)

type vars map[string]string

func (v vars) get(name string) string { return v[name] }

// with is v and the addresses that sending needs.
func (v vars) with(more vars) vars {
	all := vars{
		"HTR_MAIL_FROM":     "Hold the Ring <ring@qsg.example>",
		"HTR_MAIL_REPLY_TO": "office@qsg.example",
	}
	maps.Copy(all, v)
	maps.Copy(all, more)
	return all
}

func file(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTheEnvironmentPicksTheChannel(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "box")
	for _, row := range []struct {
		fact string
		env  vars
		name string
		says string
	}{
		{"nothing", vars{}, "outbox", "nothing is sent"},
		{"outbox though there is a key", vars{"HTR_MAIL": "outbox", "SENDGRID_API_KEY": "SG.k"},
			"outbox", dir},
		{"a key", vars{"SENDGRID_API_KEY": "SG.k"}, "sendgrid", "https://api.sendgrid.com, at most 5"},
		{"a key in a file", vars{"SENDGRID_API_KEY_FILE": file(t, "SG.k\n")}, "sendgrid", "SendGrid"},
		{"eu", vars{"SENDGRID_API_KEY": "SG.k", "HTR_SENDGRID_HOST": "eu", "HTR_SENDGRID_RATE": "0.5"},
			"sendgrid", "https://api.eu.sendgrid.com, at most 0.5"},
		{"another host", vars{"SENDGRID_API_KEY": "SG.k", "HTR_SENDGRID_HOST": "http://127.0.0.1:9"},
			"sendgrid", "http://127.0.0.1:9"},
		{"smtp though there is a key", vars{
			"HTR_MAIL": "smtp", "HTR_SMTP_ADDRESS": "mail.example:587", "SENDGRID_API_KEY": "SG.k",
		}, "smtp", "mail.example:587, TLS mandatory"},
		{"smtp with login", vars{
			"HTR_MAIL": "smtp", "HTR_SMTP_ADDRESS": "mail.example:465", "HTR_SMTP_TLS": "implicit",
			"HTR_SMTP_USERNAME": "ring", "HTR_SMTP_PASSWORD_FILE": file(t, "SG.k\n"),
		}, "smtp", "mail.example:465, TLS implicit"},
	} {
		t.Run(row.fact, func(t *testing.T) {
			env := row.env.with(vars{"HTR_OUTBOX": dir})
			channel, says, err := choose.FromEnv(env.get)
			if err != nil {
				t.Fatal(err)
			}
			if channel.Name() != row.name || !strings.Contains(says, row.says) {
				t.Errorf("%s, %q", channel.Name(), says)
			}
			if strings.Contains(says, "SG.k") {
				t.Errorf("the secret is told: %q", says)
			}
		})
	}
}

func TestWhatIsWrongIsSaidWithTheNameOfTheVariable(t *testing.T) {
	key := vars{"SENDGRID_API_KEY": "SG.k"}
	box := vars{"HTR_OUTBOX": filepath.Join(t.TempDir(), "box")}
	mailServer := vars{"HTR_MAIL": "smtp", "HTR_SMTP_ADDRESS": "mail.example:587"}
	for _, row := range []struct {
		fact string
		env  vars
		says []string
	}{
		{"unknown channel", vars{"HTR_MAIL": "pigeon"},
			[]string{"HTR_MAIL is outbox, smtp or sendgrid"}},
		{"sendgrid without key", vars{"HTR_MAIL": "sendgrid"},
			[]string{"SENDGRID_API_KEY", "missing"}},
		{"two keys", key.with(vars{"SENDGRID_API_KEY_FILE": file(t, "SG.k")}),
			[]string{"both set"}},
		{"no such file", vars{"SENDGRID_API_KEY_FILE": "/nowhere/key"},
			[]string{"SENDGRID_API_KEY_FILE", "/nowhere/key"}},
		{"empty file", vars{"SENDGRID_API_KEY_FILE": file(t, " \n")},
			[]string{"SENDGRID_API_KEY_FILE", "empty"}},
		{"a key of two words", vars{"SENDGRID_API_KEY": "SG.k and more"}, []string{"SENDGRID_API_KEY: an API key is one word"}},
		{"a key in quotation marks", vars{"SENDGRID_API_KEY_FILE": file(t, `"SG.k"`)}, []string{"SENDGRID_API_KEY: ", "quotation marks"}},
		{"a file of two keys", vars{"SENDGRID_API_KEY_FILE": file(t, "SG.k\nSG.k2\n")}, []string{"SENDGRID_API_KEY: an API key is one word"}},
		{"rate", key.with(vars{"HTR_SENDGRID_RATE": "fast"}),
			[]string{"HTR_SENDGRID_RATE", "fast"}},
		{"rate 0", key.with(vars{"HTR_SENDGRID_RATE": "0"}), []string{"HTR_SENDGRID_RATE"}},
		{"hold", key.with(vars{"HTR_SENDGRID_HOLD": "long"}), []string{"HTR_SENDGRID_HOLD"}},
		{"host in clear", key.with(vars{"HTR_SENDGRID_HOST": "http://api.sendgrid.com"}),
			[]string{"HTR_SENDGRID_", "https"}},
		{"no sender", key, []string{"HTR_MAIL_FROM", "HTR_MAIL_REPLY_TO"}},
		{"bad sender", key.with(vars{"HTR_MAIL_FROM": "the ring"}),
			[]string{"HTR_MAIL_FROM is not a mail address"}},
		{"bad outbox sender", box.with(vars{"HTR_MAIL_FROM": "the ring"}),
			[]string{"HTR_MAIL_FROM"}},
		{"smtp without server", vars{"HTR_MAIL": "smtp"}, []string{"HTR_SMTP_ADDRESS"}},
		{"smtp without password", mailServer.with(vars{"HTR_SMTP_USERNAME": "ring"}),
			[]string{"HTR_SMTP_", "password"}},
		{"smtp TLS", mailServer.with(vars{"HTR_SMTP_TLS": "perhaps"}),
			[]string{"HTR_SMTP_", "perhaps"}},
		{"outbox is a file", vars{"HTR_OUTBOX": file(t, "x")}, []string{"HTR_OUTBOX"}},
	} {
		t.Run(row.fact, func(t *testing.T) {
			channel, _, err := choose.FromEnv(row.env.get)
			if err == nil {
				t.Fatalf("got %s", channel.Name())
			}
			for _, says := range row.says {
				if !strings.Contains(err.Error(), says) {
					t.Errorf("%q does not say %q", err, says)
				}
			}
			if strings.Contains(err.Error(), "SG.k") {
				t.Errorf("the secret is told: %q", err)
			}
		})
	}
}

func TestTheChosenOutboxWritesUnderTheConfiguredName(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "box")
	m := mailtest.Message("n1")
	m.From, m.ReplyTo = mail.Address{}, mail.Address{}
	for id, env := range map[string]vars{
		"named":   vars{"HTR_OUTBOX": dir}.with(nil),
		"unnamed": {"HTR_OUTBOX": dir},
	} {
		channel, _, err := choose.FromEnv(env.get)
		if err != nil {
			t.Fatal(err)
		}
		m.ID = id
		if r := channel.Send(context.Background(), m); r.Outcome != mail.Accepted {
			t.Fatalf("%s: %+v", id, r)
		}
		got, err := outbox.Read(choose.OutboxDir(env.get), outbox.FileName(m))
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]string{"named": "ring@qsg.example", "unnamed": "ring@outbox.invalid"}[id]
		if got.From.Email != want {
			t.Errorf("%s: from %s", id, got.From)
		}
	}
}
