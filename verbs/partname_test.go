package verbs_test

import (
	"strings"
	"testing"

	"holdthering/verbs"
)

func TestR83_WordsOfANameOpenNoCaseUnlessTheOneFoundIsConfirmed(t *testing.T) {
	const rest = ` --by CQC --source media --concern x`
	for _, open := range []string{`trigger --provider "Queen Elizabeth Lynn"` + rest,
		`trigger --provider "kings lynn"` + rest, `open --provider "kings lynn" --by Monitor --reason x`} {
		_, err := verbs.Parse(line(open), desk)
		if err == nil || !strings.Contains(err.Error(), "--provider RCX, or add --yes") ||
			!strings.Contains(err.Error(), "The Queen Elizabeth Hospital, King's Lynn") {
			t.Errorf("%s: %v", open, err)
		}
		if p, err := verbs.Parse(line(open+" --yes"), desk); err != nil || p.Opening.Provider.Code != "RCX" {
			t.Errorf("%s --yes: %v", open, err)
		}
	}
	for _, name := range []string{"rcx", `"The Queen Elizabeth Hospital, King's Lynn. NHS Foundation Trust"`,
		`"the queen elizabeth hospital kings lynn"`} {
		if p, err := verbs.Parse(line(`trigger --provider `+name+rest), desk); err != nil || p.Opening.Provider.Code != "RCX" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
