package screen

import (
	"regexp"
	"strings"
)

// The colours: few, and none that says anything which the words do not.
const (
	bold    = "\x1b[1m"
	alarm   = "\x1b[1;31m"
	faint   = "\x1b[2m"
	regular = "\x1b[0m"
)

var (
	heads  = regexp.MustCompile(`^ *[A-Z][A-Z-]*( [A-Z-]+)*( {2,}[A-Z][A-Z-]*( [A-Z-]+)*)+ *$`)
	alarms = regexp.MustCompile(`\b(OVERDUE|MAILS DO NOT GO|DRY RUN|DEMONSTRATION|WRONG|NEVER)\b`)
)

// Painted gives a text that is clean already the colours of a terminal: the heads of tables, titles, and what is late.
func Painted(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		switch {
		case heads.MatchString(line):
			lines[i] = faint + line + regular
		case title(lines, i):
			lines[i] = bold + alarms.ReplaceAllString(line, regular+alarm+"$1"+regular+bold) + regular
		default:
			lines[i] = alarms.ReplaceAllString(line, alarm+"$1"+regular)
		}
	}
	return strings.Join(lines, "\n")
}

// title: the first line, or one behind an empty line with what stands further in below it.
func title(lines []string, i int) bool {
	if lines[i] == "" || strings.HasPrefix(lines[i], " ") {
		return false
	}
	return i == 0 || i+1 < len(lines) && strings.HasPrefix(lines[i+1], "  ")
}
