package failure

import (
	"encoding/json"
	"strings"
	"testing"

	"holdthering/regime"
)

// trial is an act tried in a case, and what the refusal says among other things; nothing where
// the act is taken.
type trial struct {
	in   *script
	by   regime.Party
	act  Act
	says string
}

// tryAll tries each act in a copy of its case, so that the trials do not disturb one another.
func tryAll(t *testing.T, trials ...trial) {
	t.Helper()
	for i, x := range trials {
		if got := x.in.answer(x.by, x.act); (got == "") != (x.says == "") ||
			!strings.Contains(got, x.says) {
			t.Errorf("trial %d, %s by %s in %s: %q, want %q", i+1, VerbOf(x.act).Path, x.by,
				x.in.c.Stage, got, x.says)
		}
	}
}

// answer is what a copy of the case says to the act: nothing, or its refusal, which is to have
// changed nothing.
func (s *script) answer(by regime.Party, act Act) string {
	s.Helper()
	c := s.copied()
	before, _ := json.Marshal(c.c)
	err := c.perform(by, act)
	if err == nil {
		return ""
	}
	if after, _ := json.Marshal(c.c); string(after) != string(before) {
		s.Errorf("%s by %s was refused and changed something", VerbOf(act).Path, by)
	}
	return err.Error()
}
