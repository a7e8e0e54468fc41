package screen_test

import (
	"regexp"
	"strings"
	"testing"

	"holdthering/screen"
)

func TestColoursSayNothingThatTheWordsDoNot(t *testing.T) {
	text := "Case K7QM-3XRD: judging; 2 duties overdue\nTrust\n\nOVERDUE\n  NO  SINCE       WHO\n  D1  Thu 12 Sep  CQC\n\nThe end.\n"
	painted := screen.Painted(text)
	for _, part := range []string{"\x1b[1mCase K7QM", "\x1b[1;31mOVERDUE", "\x1b[2m  NO  SINCE"} {
		if !strings.Contains(painted, part) {
			t.Errorf("%q is not in %q", part, painted)
		}
	}
	if plain := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(painted, ""); plain != text {
		t.Errorf("%q", plain)
	}
	if strings.Contains(painted, "\x1b[1mThe end") || strings.Contains(painted, "\x1b[1mTrust") {
		t.Errorf("%q", painted)
	}
}
