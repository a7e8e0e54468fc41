package surveillance

import (
	"encoding/json"

	"holdthering/regime"
)

// copied is the same group at the same moment.
func (s *groupScript) copied() *groupScript {
	s.Helper()
	raw, err := json.Marshal(s.g)
	if err != nil {
		s.Fatal(err)
	}
	g := new(Group)
	if err := json.Unmarshal(raw, g); err != nil {
		s.Fatal(err)
	}
	return &groupScript{T: s.T, g: g, now: s.now}
}

// answer is what a copy of the group says to the act, as in a case.
func (s *groupScript) answer(by regime.Party, act Act) string {
	s.Helper()
	c := s.copied()
	before, _ := json.Marshal(c.g)
	err := c.perform(by, act)
	if err == nil {
		return ""
	}
	if after, _ := json.Marshal(c.g); string(after) != string(before) {
		s.Errorf("%s by %s was refused and changed something", VerbOf(act).Path, by)
	}
	return err.Error()
}
