package mail

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxWords bounds what is kept of a service's own words.
const maxWords = 160

// identifying is what may name a person, a body or a machine: addresses, links, names of hosts,
// numbers of machines, and long runs of letters and digits such as keys and ids of mails.
var identifying = regexp.MustCompile(`(?i)<[^<>]*>|\b[a-z][a-z0-9+.-]*://\S+|[^\s<>"'(),;:]*@[^\s<>"'(),;:]*|` +
	`\b(?:[a-z0-9_-]+\.)+[a-z]{2,}\b|\b(?:\d{1,3}\.){3}\d{1,3}\b|\b[0-9a-f]*:[0-9a-f:]*:[0-9a-f:.]*|` +
	`\b[a-z0-9_+/=-]{24,}`)

// Words makes what a service said fit to be shown to a person: one line of printable text that
// names neither the recipient nor any address or host.
func Words(said string, to Address) string {
	said = strings.Map(func(r rune) rune {
		if unprintable(r) || r == utf8.RuneError || unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Co) {
			return ' '
		}
		return r
	}, said)
	if plain, err := url.QueryUnescape(strings.ReplaceAll(said, "+", "%2B")); err == nil && utf8.ValidString(plain) &&
		!strings.ContainsFunc(plain, unprintable) {
		said = plain // "jo%40body.example"
	}
	said = identifying.ReplaceAllString(said, "...")
	for _, part := range parts(to) {
		said = part.ReplaceAllString(said, "...")
	}
	said = strings.Join(strings.Fields(said), " ")
	if r := []rune(said); len(r) > maxWords {
		said = strings.TrimSpace(string(r[:maxWords])) + "..."
	}
	return said
}

// parts are the pieces of an address by which a person or a body could be known again.
func parts(to Address) []*regexp.Regexp {
	var out []*regexp.Regexp
	pieces := strings.FieldsFunc(to.Email, func(r rune) bool { return strings.ContainsRune("@.+-_", r) })
	local, _, _ := strings.Cut(to.Email, "@")
	for _, p := range append([]string{local}, pieces...) {
		if len(p) > 2 && !common[strings.ToLower(p)] {
			out = append(out, regexp.MustCompile(`(?i)`+regexp.QuoteMeta(p)))
		}
	}
	return out
}

// common are parts of addresses that identify no one, and that servers use as words.
var common = map[string]bool{"mail": true, "nhs": true, "net": true, "gov": true, "org": true, "com": true,
	"duty": true, "example": true, "office": true, "user": true, "mailbox": true}

func unprintable(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp, unicode.Bidi_Control)
}
