package regime

import (
	"strings"
	"unicode"
)

// Shared by cases and groups: no text holds the number of a patient.

// nhsDigits is how many an NHS number has, the last of them a check digit; a number of the
// Scottish register (CHI) is made alike.
const nhsDigits = 10

// patientNumber finds an NHS number in a text as people write one: ten digits together, in groups
// of 3, 3 and 4, or grouped otherwise by blanks, hyphens, dots or, as in names of files, low lines. Ten digits with a wrong check
// digit are something else. So are several numbers that have ten digits only together: a date with
// its hour, a location of CQC (1-101675029).
func patientNumber(s string) string {
	text := []rune(s)
	for i := 0; i < len(text); i++ {
		if digit(text[i]) < 0 || i > 0 && (digit(text[i-1]) >= 0 || joined(text, i)) {
			continue
		}
		n := runOf(text[i:])
		n.dialled = i > 0 && text[i-1] == '+'
		if found := n.patients(); found != "" {
			return found
		}
	}
	return ""
}

// digitRun is a row of digits with what stands between them.
type digitRun struct {
	text   string
	digits []int
	groups []int  // how many digits each has
	gaps   []rune // what stands between two groups
	after  rune   // the first character behind it
	// dialled: a plus sign stands before it, as before a telephone number with its country.
	dialled bool
}

// joined reports whether the digit at i goes on with a run that began before.
func joined(text []rune, i int) bool {
	_, back := gapBefore(text, i)
	return back >= 0
}

// gapBefore is the separator before the digit at i, and where the digit before it is; -1 where
// there is none.
func gapBefore(text []rune, i int) (rune, int) {
	var sign rune
	for k := i - 1; k >= 0 && i-k <= widestGap; k-- {
		if digit(text[k]) >= 0 {
			if k == i-1 {
				return 0, -1
			}
			return sign, k
		}
		kind, ok := separator(text[k])
		if !ok || kind == '-' && sign == '-' {
			return 0, -1
		}
		if sign != '-' && kind != 0 {
			sign = kind
		}
	}
	return 0, -1
}

// widestGap is how far apart two digits of one number stand, in characters: "943 - 476".
const widestGap = 4

// separator is ' ' for a blank, '-' for a hyphen or a dot, and 0 for what does not show.
func separator(r rune) (rune, bool) {
	switch {
	case unicode.IsSpace(r):
		return ' ', true
	case unicode.Is(unicode.Pd, r), r == '.', r == '_', r == '\u00b7', r == '\u2212':
		return '-', true
	case unicode.Is(unicode.Cf, r):
		return 0, true
	}
	return 0, false
}

func digit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= '\uff10' && r <= '\uff19': // of East Asian keyboards
		return int(r - '\uff10')
	}
	return -1
}

func runOf(text []rune) digitRun {
	var n digitRun
	size, end := 0, 0
	for i, r := range text {
		d := digit(r)
		if d < 0 {
			if _, ok := separator(r); !ok || i-end >= widestGap {
				break
			}
			continue
		}
		if i > end { // not the first digit, with which the text begins
			sign, back := gapBefore(text, i)
			if back < 0 {
				break
			}
			if sign != 0 {
				n.gaps, n.groups, size = append(n.gaps, sign), append(n.groups, size), 0
			}
		}
		n.digits = append(n.digits, d)
		size, end = size+1, i+1
	}
	n.groups = append(n.groups, size)
	n.text = string(text[:end])
	if end < len(text) {
		n.after = text[end]
	}
	return n
}

// patients is the number that the run is, or that stands in it among others.
func (n digitRun) patients() string {
	open := n.after == ':' || unicode.IsLetter(n.after)
	if len(n.digits) == nhsDigits && !open && n.grouped() && checks(n.digits) {
		return n.text
	}
	at := 0
	for i, size := range n.groups {
		last := i+1 == len(n.groups)
		if size == nhsDigits && !(last && open) && checks(n.digits[at:at+size]) {
			return spelt(n.digits[at : at+size])
		}
		if i+3 <= len(n.groups) && size == 3 && n.groups[i+1] == 3 && n.groups[i+2] == 4 && !n.dialled &&
			!(i+3 == len(n.groups) && open) && checks(n.digits[at:at+nhsDigits]) {
			return spelt(n.digits[at : at+nhsDigits])
		}
		at += size
	}
	return ""
}

// spelt are the digits as an NHS number is printed.
func spelt(digits []int) string {
	var b strings.Builder
	for i, d := range digits {
		if i == 3 || i == 6 {
			b.WriteByte(' ')
		}
		b.WriteByte(byte('0' + d))
	}
	return b.String()
}

// grouped: in one, as 3-3-4, all digits apart, or in groups of two or more behind like signs.
func (n digitRun) grouped() bool {
	if len(n.groups) == 3 && n.groups[0] == 3 && n.groups[1] == 3 {
		return true
	}
	apart, pairs := true, true
	for _, g := range n.groups {
		apart, pairs = apart && g == 1, pairs && g > 1
	}
	return (apart || pairs) && strings.Count(string(n.gaps), string(append(n.gaps, ' ')[:1])) == len(n.gaps)
}

// checks is the check digit of the NHS Data Dictionary, modulus 11.
func checks(digits []int) bool {
	sum := 0
	for i, d := range digits[:nhsDigits-1] {
		sum += d * (nhsDigits - i)
	}
	return sum > 0 && (11-sum%11)%11 == digits[nhsDigits-1]
}

// stroked is how a number is written that is none of a patient's.
func stroked(number string) string {
	runes := []rune(number)
	half := len(runes) / 2
	for half > 0 && (digit(runes[half-1]) < 0 || digit(runes[half]) < 0) {
		half--
	}
	if half == 0 {
		return strings.Join(strings.FieldsFunc(number, func(r rune) bool { return digit(r) < 0 }), "/")
	}
	return string(runes[:half]) + "/" + string(runes[half:])
}
