package choose

import (
	"errors"
	"fmt"
	"strings"

	"holdthering/activities/mail"
	"holdthering/textfile"
)

// environment looks a variable up; "" is not set.
type environment func(string) string

// has reports whether the variable is set, or its _FILE.
func (env environment) has(name string) bool {
	return env(name) != "" || env(name+"_FILE") != ""
}

func (env environment) or(name, fallback string) string {
	if value := env(name); value != "" {
		return value
	}
	return fallback
}

// secret returns what reads the secret: again each time, where it stands in a file. Its
// errors name the variable and the file, never the secret.
func (env environment) secret(name string) (func() (string, error), error) {
	value, path := env(name), env(name+"_FILE")
	switch {
	case value != "" && path != "":
		return nil, fmt.Errorf("%s and %[1]s_FILE are both set; one is meant", name)
	case value != "":
		return func() (string, error) { return value, nil }, nil
	case path == "":
		return nil, fmt.Errorf("%s, or %[1]s_FILE, is missing", name)
	}
	return func() (string, error) {
		raw, err := textfile.Read(path, longestSecret)
		if err != nil {
			return "", fmt.Errorf("%s_FILE: %w", name, err)
		}
		secret := strings.TrimSpace(raw) // most editors end a file with a line end
		if secret == "" {
			return "", fmt.Errorf("%s_FILE: %s is empty", name, path)
		}
		return secret, nil
	}, nil
}

// longestSecret is in bytes, of the file of a secret.
const longestSecret = 64 << 10

// nobody writes the mails of an outbox that was told no name; .invalid is kept for such
// use (RFC 2606).
var nobody = mail.Address{Name: "Hold the Ring", Email: "ring@outbox.invalid"}

func (env environment) letterhead(stays bool) (mail.Letterhead, error) {
	from, fromErr := env.address("HTR_MAIL_FROM", stays)
	replyTo, replyErr := env.address("HTR_MAIL_REPLY_TO", stays)
	return mail.Letterhead{From: from, ReplyTo: replyTo}, errors.Join(fromErr, replyErr)
}

func (env environment) address(name string, stays bool) (mail.Address, error) {
	value := env(name)
	if value == "" && stays {
		return nobody, nil
	}
	if value == "" {
		return mail.Address{}, fmt.Errorf("%s is missing: mails that are sent need it", name)
	}
	a, err := mail.ParseAddress(value)
	if err != nil {
		return mail.Address{}, fmt.Errorf("%s %w", name, err)
	}
	return a, nil
}
