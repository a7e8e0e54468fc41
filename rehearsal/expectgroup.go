package rehearsal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"holdthering/regime"
	"holdthering/regime/surveillance"
	"holdthering/verbs"
)

// parseOfGroup reads what is expected of a group: of the one named first, or of the one that
// was started last.
func (s *script) parseOfGroup(args []string) (expectation, error) {
	place := s.latestGroup()
	if len(args) > 0 {
		if named, err := verbs.GroupPlace(args[0]); err == nil {
			place, args = named, args[1:]
		}
	}
	if s.draftGroup(place) == nil {
		return expectation{}, s.notStarted(cmp.Or(place, "that area"))
	}
	if len(args) == 0 {
		return expectation{}, fmt.Errorf("expect what of the group? One of:\n%s", expectHelp)
	}
	parse, ok := ofGroup(args[0])
	if !ok {
		return expectation{}, fmt.Errorf("%q cannot be expected of a group. One of:\n%s", args[0], expectHelp)
	}
	e, err := parse(args[1:])
	e.place = place
	return e, err
}

func ofGroup(name string) (func([]string) (expectation, error), bool) {
	switch name {
	case "level":
		return levelOf().parse, true
	case "service":
		return expectService, true
	case "case":
		return caseOf.parse, true
	case "bodies":
		return expectBodies, true
	case "meetings":
		return counting(func(o *observer) int {
			last, _ := o.g.LastMeeting()
			return last.N
		}), true
	case "forgotten":
		return counting(func(o *observer) int { return len(o.g.CoverageNow(o.now).Overdue) }), true
	case "duty":
		return expectDuty, true
	case "mails":
		return expectMails, true
	}
	return nil, false
}

func counting(count func(*observer) int) func([]string) (expectation, error) {
	return func(args []string) (expectation, error) { return expectNumber(args, count) }
}

// wordOf is a value of a closed list that a group has for each provider.
type wordOf struct {
	list  []string
	found func(surveillance.Watched) string
}

// levelOf reads the profiles, and is not made before it is asked for.
func levelOf() wordOf {
	return wordOf{regime.LevelsEver(), func(w surveillance.Watched) string { return string(w.Level) }}
}

var caseOf = wordOf{append(regime.Stage("").Choices(), none), func(w surveillance.Watched) string {
	return cmp.Or(string(w.CaseStage), none)
}}

func (w wordOf) parse(args []string) (expectation, error) {
	if len(args) != 2 || !slices.Contains(w.list, args[1]) {
		return expectation{}, fmt.Errorf("a provider and one of %s are expected", strings.Join(w.list, ", "))
	}
	return expectation{unmet: func(o *observer) string {
		for _, p := range o.g.Watched {
			if p.Code != args[0] {
				continue
			}
			if got := w.found(p); got != args[1] {
				return "it is " + got
			}
			return ""
		}
		return "the group does not have it on its list"
	}}, nil
}

// expectService is the level of one service of a provider.
func expectService(args []string) (expectation, error) {
	if len(args) != 3 || !slices.Contains(regime.LevelsEver(), args[2]) {
		return expectation{}, fmt.Errorf("a provider, a service and one of %s are expected", strings.Join(regime.LevelsEver(), ", "))
	}
	return expectation{unmet: func(o *observer) string {
		for _, w := range o.g.Watched {
			for _, s := range w.Services {
				if w.Code == args[0] && strings.EqualFold(s.Service, args[1]) {
					if string(s.Level) != args[2] {
						return "it is " + string(s.Level)
					}
					return ""
				}
			}
		}
		return "the group has no level of that service"
	}}, nil
}

func expectBodies(args []string) (expectation, error) {
	if len(args) == 0 {
		return expectation{}, fmt.Errorf("a provider and a number are expected: expect group bodies RCX = 3")
	}
	return expectNumber(args[1:], func(o *observer) int { return len(o.g.Together(args[0]).Bodies) })
}
