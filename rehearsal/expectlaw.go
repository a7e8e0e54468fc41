package rehearsal

import (
	"fmt"
	"slices"
	"strings"

	"holdthering/regime"
)

// expectedOfLaw reads what is expected of the law and of the bodies under it.
func expectedOfLaw(name string) func([]string) (expectation, error) {
	return func(args []string) (expectation, error) {
		switch {
		case name == "law" && len(args) == 1 && slices.Contains(regime.NamesOfProfiles(), args[0]):
			return expectation{unmet: func(o *observer) string { return otherThan(args[0], o.c.Profile) }}, nil
		case name == "called" && len(args) == 2:
			return expectation{unmet: func(o *observer) string {
				return otherThan(args[1], o.c.Name(regime.Party(strings.ToUpper(args[0]))))
			}}, nil
		case name == "seat" && len(args) == 2 && (args[1] == "yes" || args[1] == "no"):
			return expectation{unmet: func(o *observer) string {
				has := "no"
				if o.c.IsMember(regime.Party(strings.ToUpper(args[0]))) {
					has = "yes"
				}
				return otherThan(args[1], has)
			}}, nil
		}
		return expectation{}, fmt.Errorf("expected is a profile, a body with its name, or a party with yes or no, as in:\n%s", expectHelp)
	}
}

func otherThan(want, got string) string {
	if want == got {
		return ""
	}
	return "it is " + got
}
