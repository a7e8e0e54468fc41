package rehearsal

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"holdthering/starter/verbs"
)

// script is a scenario understood: every act and every expectation is known to be well
// formed before the first is played.
type script struct {
	Scenario
	ref   string // of the one case that it plays
	steps []step
}

// step is one line: an act, or an expectation.
type step struct {
	Line
	parsed verbs.Parsed
	expect *expectation
}

// text is the line as one could type it, without its date.
func (s step) text() string { return strings.Join(s.Words, " ") }

// person acts in every scenario: an office, since scenarios name nobody.
const person = "officer on duty"

// understand reads the lines of a scenario as commands. The keys of its requests begin with
// key, so that the same scenario under the same key is the same case.
func understand(s Scenario, key, channel string) (script, error) {
	out := script{Scenario: s}
	for _, line := range s.Lines {
		env := verbs.Env{Case: out.ref, Person: person, Channel: channel,
			NewKey: func() string { return key + ":" + strconv.Itoa(line.N) }}
		if err := out.add(line, env); err != nil {
			return script{}, &Malformed{s.File, line.N, err.Error()}
		}
	}
	return out, nil
}

func (s *script) add(line Line, env verbs.Env) error {
	st := step{Line: line}
	var err error
	if isExpectation(line.Words) {
		st.expect, err = expected(line)
	} else {
		st.parsed, err = verbs.Parse(line.Words, env)
	}
	switch {
	case err != nil:
		return err
	case len(s.steps) == 0:
		if st.parsed.Opening == nil {
			return errors.New("the first line opens the case: 'trigger --provider ...' or 'open --provider ...'")
		}
		if line.Refused != "" {
			return errors.New("the line that opens the case cannot be refused")
		}
		st.parsed.Opening.Demonstration = true
		s.ref = st.parsed.Opening.Ref
	case st.parsed.Opening != nil:
		return errors.New("a scenario plays one case, which its first line opens")
	case st.expect == nil && st.parsed.Case != s.ref:
		return fmt.Errorf("--case is left out: a scenario plays the case that its first line opens")
	}
	s.steps = append(s.steps, st)
	return nil
}

func expected(line Line) (*expectation, error) {
	if line.Refused != "" {
		return nil, errors.New("an expectation is not refused; '!!' follows a command")
	}
	e, err := parseExpectation(line.Words)
	return &e, err
}
