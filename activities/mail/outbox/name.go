package outbox

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"holdthering/activities/mail"
)

const (
	suffix = ".eml"
	// maxPart keeps the whole name below the 255 bytes that file systems allow.
	maxPart = 90
)

// FileName is the name of the mail's file: "20130331T0805_<case>_<notice>.eml", the time
// in UTC so that names sort by time also when clocks go back. What a file system might
// not take is replaced, and a digest added where that was done, so that two notices never
// share a name.
func FileName(m mail.Message) string {
	at := m.At.UTC().Format("20060102T1504")
	return at + "_" + part(m.CaseRef) + "_" + part(m.ID) + suffix
}

func part(s string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '-', r == '.':
			return r
		}
		return '-'
	}, s)
	clean = clean[:min(len(clean), maxPart)]
	if clean == s {
		return s
	}
	sum := sha256.Sum256([]byte(s))
	return fmt.Sprintf("%s~%x", clean, sum[:6])
}
