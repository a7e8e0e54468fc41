package words

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Number reads a number; 0 for what is none.
func Number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// Flag is 1 for true and 0 for false.
func Flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Codes reads what a person typed as a list: "RCX, rgp A1".
func Codes(s string) []string {
	var out []string
	for _, f := range strings.FieldsFunc(s, func(r rune) bool {
		return r == ',' || r == ';' || r == ' ' || r == '\n' || r == '\t'
	}) {
		if f = strings.ToUpper(f); !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}

// Code is what was typed, as codes are written: in capitals, without blanks around it.
func Code(s string) string { return strings.ToUpper(strings.TrimSpace(s)) }

// Capital begins a text with a capital letter.
func Capital(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:n]) + s[n:]
}

// A puts the article before a noun: "a risk summit", "an extraordinary summit".
func A(noun string) string {
	if noun != "" && strings.ContainsRune("aeioAEIO", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}

// Count counts a noun: "1 provider", "3 providers".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// Ordinal is a number as a place in a row: "second", "fourth", "13th".
func Ordinal(n int) string {
	named := []string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}
	if n >= 1 && n <= len(named) {
		return named[n-1]
	}
	ending := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			ending = "st"
		case 2:
			ending = "nd"
		case 3:
			ending = "rd"
		}
	}
	return strconv.Itoa(n) + ending
}

// Clip cuts the text after n characters and marks the cut.
func Clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "..."
	}
	return s
}

// Plain makes a value of a closed list readable.
func Plain(value string) string {
	out := []byte(value)
	for i, b := range out {
		if b == '-' {
			out[i] = ' '
		}
	}
	return string(out)
}

// Sentence joins what was done with the reason and the intention, where there are any.
func Sentence(text, reason, intends string) string {
	if reason != "" {
		text = Full(text) + " " + Full(reason)
	}
	if intends != "" {
		text = Full(text) + " Intends: " + Full(intends)
	}
	return text
}

// Full ends what somebody wrote with a full stop, unless it ends with one already.
func Full(s string) string {
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?:)") {
		return s
	}
	return s + "."
}

// List joins words as a sentence does: "a, b and c".
func List(words []string) string {
	switch n := len(words); n {
	case 0:
		return "nobody"
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
}

// Join puts sentences together, leaving out the empty ones.
func Join(texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(s string) bool { return s == "" }), " ")
}

// HasWord reports whether the word is in the text, between blanks.
func HasWord(text, word string) bool { return strings.Contains(" "+text+" ", " "+word+" ") }
