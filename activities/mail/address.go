package mail

import (
	"errors"
	"fmt"
	netmail "net/mail"
	"regexp"
	"strings"

	"holdthering/notices/content"
)

// Address is a mailbox and the name to show for it; the name may be empty.
type Address struct {
	Name  string `json:"name,omitempty"`
	Email string `json:"email"`
}

// String is the address as a person reads it: "Name <local@domain>".
func (a Address) String() string {
	if a.Name == "" {
		return a.Email
	}
	return a.Name + " <" + a.Email + ">"
}

// Domain is what stands after the @.
func (a Address) Domain() string {
	return a.Email[strings.LastIndexByte(a.Email, '@')+1:]
}

// ParseAddress reads "local@domain" or "Name <local@domain>". The error is what can be said
// of it after its name ("is not a mail address"), and does not quote it.
func ParseAddress(s string) (Address, error) {
	parsed, err := netmail.ParseAddress(s)
	if err != nil {
		return Address{}, errors.New("is not a mail address")
	}
	a := Address{Name: parsed.Name, Email: parsed.Address}
	if err := a.check(); err != nil {
		return Address{}, err
	}
	return a, nil
}

const (
	maxEmail = 254 // RFC 5321 4.5.3.1.3, less the angle brackets
	maxLocal = 64  // RFC 5321 4.5.3.1.1
	maxName  = 150
)

// plainEmail leaves out what RFC 5322 allows and hardly a server takes: quoted local parts,
// address literals, letters beyond ASCII.
var plainEmail = regexp.MustCompile(
	"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$")

func (a Address) check() error {
	if a.Email == "" {
		return errEmpty
	}
	parsed, err := netmail.ParseAddress(a.Email)
	if err != nil || parsed.Address != a.Email || !plainEmail.MatchString(a.Email) {
		return errors.New("is not a plain mail address")
	}
	if len(a.Email) > maxEmail || strings.IndexByte(a.Email, '@') > maxLocal {
		return fmt.Errorf("is longer than a mail address may be (%d characters, %d of them in the first part)",
			maxEmail, maxLocal)
	}
	if err := content.Line(a.Name, maxName); err != nil {
		return fmt.Errorf("has a name that %w", err)
	}
	return nil
}
