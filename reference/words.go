package reference

import (
	"fmt"
	"strings"
	"unicode"
)

// longestQuery is in bytes. The longest name in the data has 87; more is not a name.
const longestQuery = 200

// Words that tell one name from another no better than a blank would.
var (
	commonNoise = noise("nhs", "foundation", "trust", "ft", "the", "and", "of")
	ccgNoise    = noise("nhs", "ccg", "clinical", "commissioning", "group", "the", "and", "of")
)

func noise(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}

// clean refuses what cannot be a name or code, and takes the blanks off its ends.
func clean(kind, query string) (string, error) {
	query = strings.TrimSpace(query)
	switch {
	case query == "":
		return "", fmt.Errorf("a %s is needed: give its code or a part of its name", kind)
	case len(query) > longestQuery:
		return "", fmt.Errorf("a %s is named in at most %d characters, not %d", kind, longestQuery, len(query))
	}
	for _, r := range query {
		blank := r == '\t' || unicode.IsSpace(r) && !unicode.IsControl(r)
		if !unicode.IsPrint(r) && !blank || r == unicode.ReplacementChar {
			return "", fmt.Errorf("%q holds a character that cannot be in the name of a %s", query, kind)
		}
	}
	return query, nil
}

// wordsOf splits a name for comparing: lower case, no punctuation, "&" as "and",
// apostrophes closed up (King's is Kings), noise left out.
func wordsOf(name string, noise map[string]bool) []string {
	var b strings.Builder
	b.Grow(len(name) + 8)
	for _, r := range strings.ToLower(name) {
		switch {
		case 'a' <= r && r <= 'z':
			b.WriteByte(byte(r))
		case strings.ContainsRune("'’‘`ʼ", r):
		case r == '&':
			b.WriteString(" and ")
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	kept := make([]string, 0, 4)
	for w := range strings.FieldsSeq(b.String()) {
		if !noise[w] {
			kept = append(kept, w)
		}
	}
	return kept
}

// likeness of two words is 1 when they are equal, and falls by each letter that has to
// be put in, left out or changed, down to 0.
func likeness(a, b string) float64 {
	x, y := []rune(a), []rune(b)
	longer := max(len(x), len(y))
	if longer == 0 {
		return 1
	}
	return 1 - float64(editDistance(x, y))/float64(longer)
}

// editDistance is Levenshtein's, in one row of the usual table.
func editDistance(x, y []rune) int {
	row := make([]int, len(y)+1)
	for k := range row {
		row[k] = k
	}
	for i, a := range x {
		diagonal := row[0]
		row[0] = i + 1
		for k, b := range y {
			changed := diagonal
			if a != b {
				changed++
			}
			diagonal = row[k+1]
			row[k+1] = min(changed, diagonal+1, row[k]+1)
		}
	}
	return row[len(y)]
}
