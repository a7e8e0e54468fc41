package screen

import (
	"regexp"
	"strings"

	"github.com/clipperhouse/displaywidth"
)

// margin is what stands before the text of a line: blanks, or a word and the gap after it, as in
// "  RCX  The Queen Elizabeth Hospital".
var margin = regexp.MustCompile(`^ *(\S+ {2,})?`)

// Hanging breaks lines that are too long between words, below where their text begins.
func Hanging(text string, width int) string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		first := margin.FindString(line)
		wide := displaywidth.String(first)
		if displaywidth.String(line) <= width || wide > width/2 {
			out = append(out, line)
			continue
		}
		for i, part := range Wrapped(line[len(first):], width-wide) {
			if i > 0 {
				first = strings.Repeat(" ", wide)
			}
			out = append(out, first+part)
		}
	}
	return strings.Join(out, "\n")
}
