package rehearsal

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/surveillance"
	"holdthering/verbs"
)

// script is a scenario understood: every act and every expectation is known to be well
// formed before the first is played.
type script struct {
	Scenario
	ref   string // of the one case that it plays
	about string // its provider's code
	steps []step
	pages []regime.Party // those that answer on pages
	// draftGroups are the groups as the lines above leave them, but for what time does: enough to
	// know what a later line refers to.
	draftGroups []*surveillance.Group
}

// step is one line: an act in the case or in a group, the start of groups, or an expectation.
type step struct {
	Line
	parsed verbs.Parsed
	group  *verbs.GroupParsed
	expect *expectation
}

// text is the line as one could type it, without its date.
func (s step) text() string { return strings.Join(s.Words, " ") }

// person acts in every scenario: an office, since scenarios name no people.
const person = "officer on duty"

// understand reads the lines of a scenario as commands. The keys of its requests begin with
// key, so that the same scenario under the same key is the same case.
func understand(s Scenario, key, channel string) (script, error) {
	out := script{Scenario: s}
	var err error
	if out.pages, err = readPages(s.Pages); err != nil {
		return script{}, &Malformed{s.File, 0, err.Error()}
	}
	for _, line := range s.Lines {
		env := verbs.Env{Case: out.ref, Group: out.latestGroup(), Person: person, Channel: channel, Now: line.At,
			NewKey: func() string { return key + ":" + strconv.Itoa(line.N) }, Concerns: out.concerns}
		if err := out.add(line, env); err != nil {
			return script{}, &Malformed{s.File, line.N, err.Error()}
		}
	}
	if out.ref == "" {
		return script{}, &Malformed{s.File, s.Lines[0].N, errNoCase.Error()}
	}
	return out, nil
}

var errNoCase = errors.New("no line opens the case: 'trigger --provider ...', 'trigger --from-concern ...' " +
	"or 'open --provider ...'")

// opening is what the case starts from.
func (s script) opening() failure.Opening {
	i := slices.IndexFunc(s.steps, func(st step) bool { return st.parsed.Opening != nil })
	return *s.steps[i].parsed.Opening
}

func (s *script) add(line Line, env verbs.Env) error {
	st := step{Line: line}
	var err error
	switch {
	case isExpectation(line.Words):
		st.expect, err = s.expected(line)
	case line.Words[0] == verbs.GroupNoun:
		st.group, err = s.inGroup(line, env)
	default:
		st.parsed, err = s.inCase(line, env)
	}
	if err == nil {
		s.steps = append(s.steps, st)
	}
	return err
}

func (s *script) inCase(line Line, env verbs.Env) (verbs.Parsed, error) {
	p, err := verbs.Parse(line.Words, env)
	switch {
	case err != nil && s.ref == "" && len(line.Words) > 0 && !opens(line.Words[0]):
		return p, fmt.Errorf("%w. The case is not open yet: %w", err, errNoCase)
	case err != nil:
		return p, err
	case s.ref != "" && p.Opening != nil:
		return p, s.second(p.Opening.Provider)
	case s.ref == "" && p.Opening == nil:
		return p, errNoCase
	case p.Opening != nil && line.Refused != "":
		return p, errors.New("the line that opens the case cannot be refused")
	case p.Opening == nil && p.Case != s.ref:
		return p, errors.New("--case is left out: a scenario plays the case that one of its lines opens")
	}
	if p.Opening != nil {
		p.Opening.Demonstration = true
		s.ref, s.about = p.Opening.Ref, p.Opening.Provider.Code
	}
	s.linkDraft(p, line)
	return p, nil
}

// second says why no line opens a case once one has.
func (s *script) second(about regime.Provider) error {
	if about.Code == s.about {
		return fmt.Errorf("there is a case about %s already, the one that this scenario plays: nothing opens a second one beside it. "+
			"Add what this body knows to that one ('concern record' or 'note add')", about.Code)
	}
	return errors.New("a scenario plays one case, which one of its lines opens: this one, about " + about.Code +
		", belongs into a scenario of its own")
}

func opens(word string) bool { return word == "trigger" || word == "open" }

func (s *script) expected(line Line) (*expectation, error) {
	if line.Refused != "" {
		return nil, errors.New("an expectation is not refused; '!!' follows a command")
	}
	e, err := s.parseExpectation(line.Words)
	if err != nil {
		return nil, err
	}
	if e.place == "" && s.ref == "" {
		return nil, errNoCase
	}
	return &e, nil
}
