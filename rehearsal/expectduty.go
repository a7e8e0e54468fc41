package rehearsal

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
)

// dutyStates are the words for how a duty stands; more than one may fit.
var dutyStates = []string{"open", "overdue", "done", "in-time", "late", "missed", "lapsed", "due"}

// dutySought is the duty of an expectation: any of the kind, about the subject if one is
// given, that stands as said.
type dutySought struct {
	kind    regime.DutyKind
	subject string
	state   string
	due     time.Time // for the state "due"
	day     bool      // the day is meant, not the minute
}

func expectDuty(args []string) (expectation, error) {
	if len(args) < 2 || !slices.Contains(dutyStates, args[1]) {
		return expectation{}, fmt.Errorf("a duty and how it stands are expected, as in: "+
			"expect duty MONTHLY_PROGRESS missed 3; it stands as one of %s", strings.Join(dutyStates, ", "))
	}
	s := dutySought{kind: regime.DutyKind(args[0]), state: args[1]}
	if !knownDuty(s.kind) {
		return expectation{}, fmt.Errorf("there is no duty %q", args[0])
	}
	args = args[2:]
	if s.state == "due" {
		if len(args) == 0 {
			return expectation{}, fmt.Errorf("the day is missing, as in: expect duty %s due 2014-10-25", s.kind)
		}
		due, err := calendar.ParseInstant(args[0])
		if err != nil {
			return expectation{}, err
		}
		s.due, s.day, args = due, !strings.ContainsAny(args[0], " T"), args[1:]
	}
	switch len(args) {
	case 0:
	case 1:
		s.subject = args[0]
	default:
		return expectation{}, fmt.Errorf("too many words after 'expect duty'")
	}
	return expectation{unmet: s.unmet}, nil
}

func knownDuty(k regime.DutyKind) bool {
	for p := range regime.EachProfile() {
		if _, ok := p.Duty(k); ok {
			return true
		}
	}
	return false
}

func (s dutySought) unmet(o *observer) string {
	var seen []string
	for _, d := range o.dutiesOf(s.kind) {
		if s.subject != "" && d.Subject != s.subject {
			continue
		}
		if s.fits(d, o.now) {
			return ""
		}
		seen = append(seen, describe(d, o.now))
	}
	if len(seen) == 0 {
		return "there is no such duty"
	}
	return "found " + strings.Join(seen, "; ")
}

func (s dutySought) fits(d ledger.Duty, now time.Time) bool {
	switch {
	case s.state != "due":
		return stands(d, s.state, now)
	case s.day:
		return d.Open() && calendar.Day(d.Due) == calendar.Day(s.due)
	}
	return d.Open() && calendar.Short(d.Due) == calendar.Short(s.due)
}

func stands(d ledger.Duty, state string, now time.Time) bool {
	switch state {
	case "open":
		return d.Open()
	case "overdue":
		return d.OverdueAt(now)
	case "done":
		return d.End == ledger.EndDone
	case "in-time":
		return d.End == ledger.EndDone && !d.Late()
	case "late":
		return d.Late()
	case "missed":
		return d.Missed
	case "lapsed":
		return d.End == ledger.EndNotNeeded || d.End == ledger.EndWithdrawn
	}
	return false
}

// describe says in the words of dutyStates how a duty stands.
func describe(d ledger.Duty, now time.Time) string {
	said := "due " + calendar.Short(d.Due)
	if d.Subject != "" {
		said = d.Subject + ", " + said
	}
	for _, s := range []string{"missed", "overdue", "open", "late", "in-time", "lapsed"} {
		if stands(d, s, now) {
			said += ", " + s
		}
	}
	return said
}
