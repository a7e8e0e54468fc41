package pages

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// refused puts what the rules or the reader of the command line said beside the field that it names, in
// words that know no flags.
func (f *form) refused(rule, says string) {
	var about *field
	for _, list := range [][]field{f.Needed, f.Optional} {
		for i := range list {
			flag := "--" + strings.TrimPrefix(list[i].Name, prefix)
			if !named(says, flag) {
				continue
			}
			if about == nil {
				about = &list[i]
			}
			says = strings.ReplaceAll(says, flag, "“"+list[i].Label+"”")
		}
	}
	if question, doubt := strings.CutSuffix(says, addYes); doubt {
		says = question + " Then tick “" + sureWords + "” below."
	}
	says = sentence(plainly(says))
	if rule != "" {
		says = "The rules do not allow this (" + rule + "): " + says
	}
	if about == nil {
		about = &f.Record
	}
	f.OptionalIsOpen = f.OptionalIsOpen || !about.Need
	f.wrong(about, says)
}

var (
	quotedVerb = regexp.MustCompile(`'([a-z]+(?: [a-z-]+){0,2})(?: --[a-z-]+[^']*)?'`)
	anyFlag    = regexp.MustCompile(`--([a-z][a-z-]*)`)
)

// plainly says what a command is for where a sentence names one, since whoever reads it has no commands.
func plainly(says string) string {
	says = quotedVerb.ReplaceAllStringFunc(says, func(quoted string) string {
		path := quotedVerb.FindStringSubmatch(quoted)[1]
		if actAt(path) == nil {
			return quoted
		}
		return "“" + summaryAt(path) + "”"
	})
	return anyFlag.ReplaceAllStringFunc(says, func(flag string) string {
		return "“" + strings.ReplaceAll(strings.TrimPrefix(flag, "--"), "-", " ") + "”"
	})
}

// named reports whether a text names a flag and not one that begins like it.
func named(text, flag string) bool {
	_, after, found := strings.Cut(text, flag)
	next, _ := utf8.DecodeRuneInString(after)
	return found && !unicode.IsLetter(next) && next != '-'
}

func sentence(s string) string {
	s = upper(strings.TrimSpace(s))
	if s == "" || strings.ContainsRune(".!?", rune(s[len(s)-1])) {
		return s
	}
	return s + "."
}
