package notices

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"holdthering/activities/mail"
	"holdthering/notices/content"
)

// SecretariatVariable names how the secretariat is reached, in one line: "Regional team secretariat;
// 01223 555 0100; secretariat@england.example".
const SecretariatVariable = "HTR_SECRETARIAT"

// Secretariat is how members reach those who run the cases. Its zero value is that nobody has said so.
type Secretariat struct {
	Name, Telephone, Mailbox string
}

// longestPart is in characters, of one part of how the secretariat is reached.
const longestPart = 100

// ParseSecretariat reads the variable; empty text is the zero value.
func ParseSecretariat(text string) (Secretariat, error) {
	if strings.TrimSpace(text) == "" {
		return Secretariat{}, nil
	}
	parts := strings.Split(text, ";")
	if len(parts) != 3 {
		return Secretariat{}, errors.New("it is three parts with ';' between: name; telephone; mailbox")
	}
	for i, p := range parts {
		parts[i] = strings.TrimSpace(p)
		if utf8.RuneCountInString(parts[i]) > longestPart {
			return Secretariat{}, fmt.Errorf("%q is longer than %d characters", parts[i], longestPart)
		}
		if err := content.Line(parts[i], longestPart); err != nil {
			return Secretariat{}, fmt.Errorf("%q %w", parts[i], err)
		}
	}
	s := Secretariat{Name: parts[0], Telephone: parts[1], Mailbox: parts[2]}
	if s.Name == "" || s.Telephone == "" && s.Mailbox == "" {
		return Secretariat{}, errors.New("it has a name, and a telephone number or a mailbox")
	}
	if strings.Trim(s.Telephone, "+0123456789 ()extn.") != "" {
		return Secretariat{}, fmt.Errorf("%q is no telephone number", s.Telephone)
	}
	if s.Mailbox == "" {
		return s, nil
	}
	if a, err := mail.ParseAddress(s.Mailbox); err != nil || a.Email != s.Mailbox {
		return Secretariat{}, fmt.Errorf("%q is no mailbox", s.Mailbox)
	}
	return s, nil
}

// Known reports whether anybody has said how the secretariat is reached.
func (s Secretariat) Known() bool { return s != Secretariat{} }

// Words say how it is reached, to stand at the end of a sentence.
func (s Secretariat) Words() string {
	out := s.Name
	if s.Telephone != "" {
		out += ", telephone " + s.Telephone
	}
	if s.Mailbox != "" {
		out += ", " + s.Mailbox
	}
	return out
}
