package markdown

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	special = strings.NewReplacer(
		`\`, `\\`, "`", "\\`", `*`, `\*`, `[`, `\[`, `]`, `\]`, `<`, `\<`,
		`|`, `\|`, `~`, `\~`, `#`, `\#`)
	entity = regexp.MustCompile(`&(#?[0-9A-Za-z]+;)`)
	// opening is what makes a list, a quotation, a heading or a table of a line that begins
	// with it.
	opening = regexp.MustCompile(`^([-+=>:]|[0-9]+[.)])`)
)

// Escape makes one line of plain words out of s that Markdown leaves as they are, wherever
// they are put. Line ends and tabs become blanks; what does not show is taken out.
func Escape(s string) string {
	s = underscores(special.Replace(Plain(s)))
	s = entity.ReplaceAllString(s, `\&$1`)
	if at := opening.FindStringIndex(s); at != nil {
		last := at[1] - 1
		s = s[:last] + `\` + s[last:]
	}
	return s
}

// underscores escapes those that could begin or end an emphasis; one within a word, as in
// ENGLAND_2013, cannot.
func underscores(s string) string {
	if strings.IndexByte(s, '_') < 0 {
		return s
	}
	var b strings.Builder
	before := ' '
	for i, r := range s {
		if after, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):]); r == '_' &&
			!(alphanumeric(before) && alphanumeric(after)) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

func alphanumeric(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// Plain makes one line of s: blanks joined, what does not show or turns the direction of
// reading taken out.
func Plain(s string) string {
	if plain(s) {
		return s
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.In(r, unicode.Zl, unicode.Zp):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// plain reports whether s is ASCII that is one line as it stands, as most of it is.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' || s[i] == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ') {
			return false
		}
	}
	return true
}
