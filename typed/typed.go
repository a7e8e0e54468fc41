// Package typed looks over the words of a command line before they are understood: a flag whose
// value is missing otherwise takes the next flag for it, an unset variable leaves an empty value,
// and a word processor turns the two dashes of a flag into one long one.
package typed

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/pflag"

	"holdthering/regime/words"
)

// Check refuses the words in which a value is surely not what was meant. Words that the flags
// themselves refuse are left to them. A value is taken as it stands where it is written with its
// flag as one word: --what=--immediate.
func Check(set *pflag.FlagSet, words []string) error {
	for i := 0; i < len(words); i++ {
		w := words[i]
		if w == "--" {
			return nil // what follows is said to be no flag
		}
		if !strings.HasPrefix(w, "-") || w == "-" {
			if err := bare(w); err != nil {
				return err
			}
			continue
		}
		f, text, joined := flagOf(set, w)
		switch {
		case f == nil:
			return nil // there is no such flag
		case joined && strings.TrimSpace(text) == "":
			return empty(f)
		case joined || f.NoOptDefVal != "":
			continue
		case i+1 == len(words):
			return nil // nothing is there to be taken
		}
		i++
		if err := Value(set, f, words[i]); err != nil {
			return err
		}
	}
	return nil
}

// flagOf is the flag that a word names, and its value where the word holds that too. Of several
// one-letter flags in a word it is the last, or the first that takes a value.
func flagOf(set *pflag.FlagSet, word string) (f *pflag.Flag, text string, joined bool) {
	if name, long := strings.CutPrefix(word, "--"); long {
		name, text, joined = strings.Cut(name, "=")
		return set.Lookup(name), text, joined
	}
	letters := word[1:]
	for i := range len(letters) {
		if letters[i] >= utf8.RuneSelf {
			return nil, "", false
		}
		f = set.ShorthandLookup(letters[i : i+1])
		if f == nil || f.NoOptDefVal == "" {
			rest := letters[i+1:]
			return f, strings.TrimPrefix(rest, "="), rest != ""
		}
	}
	return f, "", false
}

// flagLike is a word that no text is: one or two dashes with a letter right behind them.
var flagLike = regexp.MustCompile(`(?s)^--?[A-Za-z][A-Za-z0-9_-]*(=.*)?$`)

// Editor stands for a text that is to be written in the person's editor.
const Editor = "-e"

// Value refuses a value that stands behind its flag as a word of its own.
func Value(set *pflag.FlagSet, f *pflag.Flag, text string) error {
	word := strings.TrimSpace(text)
	if word == "" {
		return empty(f)
	}
	if word == Editor && kind(f) == "text" {
		return nil
	}
	switch first := strings.Fields(word)[0]; {
	case Names(set, first) || flagLike.MatchString(word):
		what := "looks like a flag"
		if Names(set, first) {
			what = "is a flag of this command"
		}
		return fmt.Errorf("--%s has no %s behind it: what follows, %s, %s. If that very text is meant, write --%s=%s",
			f.Name, kind(f), clip(word), what, f.Name, quoted(word))
	case longDash(word):
		return fmt.Errorf("--%s: %s begins with a typographic dash, as word processors put it for two hyphens. "+
			"Write --%s if a flag is meant, or --%s=%s if the text is", f.Name, clip(word), clip(undashed(first)),
			f.Name, quoted(word))
	}
	return nil
}

// Names reports whether a word is one of the flags, with or without a value.
func Names(set *pflag.FlagSet, word string) bool {
	if len(word) < 2 || word[0] != '-' {
		return false
	}
	f, _, _ := flagOf(set, word)
	return f != nil
}

// bare looks at a word that belongs to no flag.
func bare(word string) error {
	switch {
	case strings.TrimSpace(word) == "":
		return fmt.Errorf("one word of the command is empty (%q): is a variable not set?", word)
	case longDash(word):
		return fmt.Errorf("%s begins with a typographic dash, as word processors put it for two hyphens: write --%s",
			clip(word), clip(undashed(word)))
	}
	return nil
}

func kind(f *pflag.Flag) string {
	switch k := f.Value.Type(); k {
	case "string":
		return "text"
	case "int":
		return "number"
	default:
		return k
	}
}

func empty(f *pflag.Flag) error {
	return fmt.Errorf("--%s is empty: give it a %s, or leave it out", f.Name, kind(f))
}

// longDash reports whether a word begins with a dash that no keyboard has, and a letter.
func longDash(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	if !dash(first) || first == '-' {
		return false
	}
	next, _ := utf8.DecodeRuneInString(undashed(word))
	return unicode.IsLetter(next)
}

func dash(r rune) bool { return unicode.Is(unicode.Pd, r) || r == '\u2212' }

func undashed(word string) string { return strings.TrimLeftFunc(word, dash) }

// quoted is a value as a shell takes it for one word.
func quoted(word string) string {
	if strings.ContainsFunc(word, func(r rune) bool {
		return r != '-' && r != '_' && r != '=' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !dash(r)
	}) {
		return "'" + strings.ReplaceAll(clip(word), "'", `'\''`) + "'"
	}
	return clip(word)
}

// clip keeps an error to a few lines whatever was written.
func clip(s string) string { return words.Clip(s, 60) }
