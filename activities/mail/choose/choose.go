package choose

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"holdthering/activities/mail"
	"holdthering/activities/mail/outbox"
	"holdthering/activities/mail/sendgrid"
	"holdthering/activities/mail/smtp"
	"holdthering/environ"
)

// FromEnv returns the channel, and a description for a person that holds no secret. The
// channel fills in the sender and the reply address of messages that have none. An error is
// a sentence that names the variable to mend.
func FromEnv(getenv func(string) string) (mail.Channel, string, error) {
	env := environment(environ.Cleaned(getenv))
	name, err := env.channel()
	if err != nil {
		return nil, "", err
	}
	channel, description, err := pick(env, name)
	letterhead, wrong := env.letterhead(name == outboxName)
	if err := errors.Join(err, wrong); err != nil {
		return nil, "", err
	}
	letterhead.Channel = channel
	return letterhead, description, nil
}

// Check finds all that is wrong with the settings, and makes nothing.
func Check(getenv func(string) string) error {
	env := environment(environ.Cleaned(getenv))
	name, err := env.channel()
	if err != nil {
		return err
	}
	_, wrong := env.letterhead(name == outboxName)
	if name != outboxName {
		_, _, err = pick(env, name)
		return errors.Join(err, wrong)
	}
	dir := OutboxDir(getenv)
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		wrong = errors.Join(fmt.Errorf("HTR_OUTBOX: %s is not a folder", dir), wrong)
	}
	return wrong
}

// OutboxDir is the directory of the outbox, for who reads it; it says nothing about
// whether mails go there.
func OutboxDir(getenv func(string) string) string {
	return environment(environ.Cleaned(getenv)).or("HTR_OUTBOX", "outbox")
}

const (
	outboxName   = "outbox"
	smtpName     = "smtp"
	sendgridName = "sendgrid"
)

// channel is the name of the one that is asked for.
func (env environment) channel() (string, error) {
	switch name := strings.ToLower(env("HTR_MAIL")); name {
	case outboxName, smtpName, sendgridName:
		return name, nil
	case "":
		if env.has("SENDGRID_API_KEY") {
			return sendgridName, nil
		}
		return outboxName, nil
	}
	return "", fmt.Errorf("HTR_MAIL is outbox, smtp or sendgrid, not %q", env("HTR_MAIL"))
}

func pick(env environment, name string) (mail.Channel, string, error) {
	switch name {
	case smtpName:
		return newSMTP(env)
	case sendgridName:
		return newSendGrid(env)
	}
	return newOutbox(env)
}

func newOutbox(env environment) (mail.Channel, string, error) {
	dir := OutboxDir(env)
	o, err := outbox.New(dir)
	if err != nil {
		return nil, "", fmt.Errorf("HTR_OUTBOX: %w", err)
	}
	return o, fmt.Sprintf("files in the outbox %s; nothing is sent", dir), nil
}

func newSMTP(env environment) (mail.Channel, string, error) {
	if !env.has("HTR_SMTP_ADDRESS") {
		return nil, "", fmt.Errorf("HTR_MAIL=smtp needs HTR_SMTP_ADDRESS, as host:port")
	}
	var password string
	if env.has("HTR_SMTP_PASSWORD") {
		read, err := env.secret("HTR_SMTP_PASSWORD")
		if err != nil {
			return nil, "", err
		}
		if password, err = read(); err != nil {
			return nil, "", err
		}
	}
	s, err := smtp.New(smtp.Config{
		Address:  strings.TrimRight(env("HTR_SMTP_ADDRESS"), "/"),
		TLS:      smtp.TLS(strings.ToLower(env("HTR_SMTP_TLS"))),
		Username: env("HTR_SMTP_USERNAME"),
		Password: password,
		Hello:    env("HTR_SMTP_HELLO"),
	})
	if err != nil {
		return nil, "", fmt.Errorf("HTR_SMTP_...: %w", err)
	}
	return s, s.String(), nil
}

func newSendGrid(env environment) (mail.Channel, string, error) {
	key, missing := env.secret("SENDGRID_API_KEY")
	if missing == nil {
		var now string
		if now, missing = key(); missing == nil && sendgrid.CheckKey(now) != nil {
			missing = fmt.Errorf("SENDGRID_API_KEY: %w", sendgrid.CheckKey(now))
		}
	}
	rate, noRate := env.rate("HTR_SENDGRID_RATE")
	hold, noHold := env.duration("HTR_SENDGRID_HOLD")
	if err := errors.Join(missing, noRate, noHold); err != nil {
		return nil, "", err
	}
	s, err := sendgrid.New(sendgrid.Config{
		Key: key, Host: sendgridHost(env("HTR_SENDGRID_HOST")), Rate: rate, Hold: hold,
	})
	if err != nil {
		return nil, "", fmt.Errorf("HTR_SENDGRID_...: %w", err)
	}
	return s, s.String(), nil
}

func sendgridHost(value string) string {
	switch value = strings.TrimRight(value, "/"); strings.ToLower(value) {
	case "", "global":
		return sendgrid.Global
	case "eu":
		return sendgrid.EU
	}
	return value
}

func (env environment) rate(name string) (float64, error) {
	value := env(name)
	if value == "" {
		return 0, nil
	}
	rate, err := strconv.ParseFloat(value, 64)
	if err != nil || !(rate > 0) {
		return 0, fmt.Errorf("%s is a number of mails a second above 0, not %q", name, value)
	}
	return rate, nil
}

func (env environment) duration(name string) (time.Duration, error) {
	value := env(name)
	if value == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(value)
	if err != nil || d <= 0 {
		return 0, fmt.Errorf("%s is a time such as 90s or 5m, not %q", name, value)
	}
	return d, nil
}
