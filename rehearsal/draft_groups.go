package rehearsal

import (
	"errors"
	"fmt"
	"slices"

	"holdthering/regime/surveillance"
	"holdthering/verbs"
)

// inGroup understands a line that starts groups or acts in one.
func (s *script) inGroup(line Line, env verbs.Env) (*verbs.GroupParsed, error) {
	p, err := verbs.ParseGroup(line.Words[1:], env)
	switch {
	case err != nil:
		return nil, err
	case p.Starts != nil && line.Refused != "":
		return nil, errors.New("the line that starts a group cannot be refused")
	case p.Starts != nil:
		return &p, s.startDraft(p.Starts, line)
	}
	g := s.draftGroup(p.Place)
	if g == nil {
		return nil, s.notStarted(p.Place)
	}
	if line.Refused == "" { // what is wrong with it, the group that is played will say
		_, _ = g.Perform(p.Request, p.Act, line.At)
	}
	return &p, nil
}

func (s *script) startDraft(openings []surveillance.Opening, line Line) error {
	for i := range openings {
		o := &openings[i]
		o.Demonstration = true
		g, err := surveillance.Open(*o, line.At)
		if err != nil {
			return err
		}
		if s.draftGroup(g.Place()) != nil {
			return fmt.Errorf("the group of %s has already been started", g.Place())
		}
		s.draftGroups = append(s.draftGroups, g)
	}
	return nil
}

// linkDraft notes which concerns a case came from.
func (s *script) linkDraft(p verbs.Parsed, line Line) {
	if req, link := p.Link(p.Request.By); link != nil {
		_, _ = s.draftGroup(p.From.Place).Perform(req, link, line.At)
	}
}

func (s *script) draftGroup(place string) *surveillance.Group {
	i := slices.IndexFunc(s.draftGroups, func(g *surveillance.Group) bool { return g.Place() == place })
	if i < 0 {
		return nil
	}
	return s.draftGroups[i]
}

func (s *script) notStarted(place string) error {
	return fmt.Errorf("no line above starts the group of %s: 'group start --area Q56'", place)
}

// latestGroup is the one that a line means which names none.
func (s *script) latestGroup() string {
	if n := len(s.draftGroups); n > 0 {
		return s.draftGroups[n-1].Place()
	}
	return ""
}

// concerns is what a group was told by the lines above.
func (s *script) concerns(place string, ids []string) (verbs.GroupConcerns, error) {
	g := s.draftGroup(place)
	if g == nil {
		return verbs.GroupConcerns{}, s.notStarted(place)
	}
	return verbs.ConcernsOf(g, ids)
}
