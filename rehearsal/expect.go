package rehearsal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"holdthering/regime"
)

// expectation is a line that says how the case is to stand. It changes nothing.
type expectation struct {
	// unmet says what is found instead; "" when the case stands as expected.
	unmet func(l *observer) string
}

// expectHelp lists the expectations that a scenario may hold.
const expectHelp = `expect stage RESPONDING                    where the coordination track stands
expect ring-holder Monitor                 who holds the ring, or "nobody"
expect ring-basis DEFAULT_TIMEOUT          why
expect measures IN_FORCE                   the latest special measures, or NONE
expect duty MONTHLY_PROGRESS missed 3      a duty, by its subject if one is given, is or was
                                           open, overdue, done, in-time, late, missed or lapsed
expect duty REINSPECTION due 2014-10-25    an open duty is due on that day, or at that minute
expect mails N28 >= 2                      mails of a kind so far: =, >= or <=
expect no-open-duties`

// isExpectation tells expectations from commands.
func isExpectation(words []string) bool { return len(words) > 0 && words[0] == "expect" }

func parseExpectation(words []string) (expectation, error) {
	args := words[1:]
	if len(args) == 0 {
		return expectation{}, fmt.Errorf("expect what? One of:\n%s", expectHelp)
	}
	parse, ok := expectations(args[0])
	if !ok {
		return expectation{}, fmt.Errorf("%q cannot be expected. One of:\n%s", args[0], expectHelp)
	}
	return parse(args[1:])
}

func expectations(name string) (func([]string) (expectation, error), bool) {
	switch name {
	case "stage":
		return one(func(c *regime.Case) string { return string(c.Stage) }), true
	case "ring-holder":
		return expectRingHolder, true
	case "ring-basis":
		return one(func(c *regime.Case) string { return string(c.Ring.Basis) }), true
	case "measures":
		return one(measures), true
	case "duty":
		return expectDuty, true
	case "mails":
		return expectMails, true
	case "no-open-duties":
		return expectNoDuties, true
	}
	return nil, false
}

func measures(c *regime.Case) string {
	if e, ok := c.Episode(); ok {
		return string(e.State)
	}
	return "NONE"
}

// one compares one word with one value of the case.
func one(found func(*regime.Case) string) func([]string) (expectation, error) {
	return func(args []string) (expectation, error) {
		if len(args) != 1 {
			return expectation{}, fmt.Errorf("one word is expected, as in: %s", firstLine(expectHelp))
		}
		return expectation{func(l *observer) string {
			if got := found(l.c); got != args[0] {
				return "it is " + got
			}
			return ""
		}}, nil
	}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return strings.Join(strings.Fields(line)[:3], " ")
}

// expectRingHolder takes a party, as NHSCB/Q56, or any name of its body.
func expectRingHolder(args []string) (expectation, error) {
	if len(args) != 1 {
		return expectation{}, fmt.Errorf("one name is expected, as in: expect ring-holder Monitor")
	}
	return expectation{func(l *observer) string {
		c, h := l.c, l.c.Ring.Holder
		if h == "" {
			if args[0] == "nobody" {
				return ""
			}
			return "nobody holds the ring"
		}
		for _, name := range namesOf(c, h) {
			if strings.EqualFold(name, args[0]) {
				return ""
			}
		}
		return c.Name(h) + " holds the ring"
	}}, nil
}

func namesOf(c *regime.Case, p regime.Party) []string {
	out := []string{string(p), string(p.Body()), c.Name(p)}
	profile, _ := regime.ProfileNamed(c.Profile)
	for _, b := range profile.Bodies {
		if b.Code == p.Body() {
			out = append(out, b.Names...)
		}
	}
	return out
}

func expectMails(args []string) (expectation, error) {
	wrong := fmt.Errorf("a kind and a number are expected: expect mails N28 >= 2")
	if len(args) != 3 || !slices.Contains([]string{"=", ">=", "<="}, args[1]) {
		return expectation{}, wrong
	}
	n, err := strconv.Atoi(args[2])
	if err != nil {
		return expectation{}, wrong
	}
	kind, op := regime.NoticeKind(args[0]), args[1]
	return expectation{func(l *observer) string {
		got := l.mails()[kind]
		if got == n || op == ">=" && got > n || op == "<=" && got < n {
			return ""
		}
		return fmt.Sprintf("there are %d", got)
	}}, nil
}

func expectNoDuties(args []string) (expectation, error) {
	if len(args) != 0 {
		return expectation{}, fmt.Errorf("nothing follows 'expect no-open-duties'")
	}
	return expectation{func(l *observer) string {
		var open []string
		for _, d := range l.c.OpenDuties() {
			open = append(open, string(d.Kind)+" ("+describe(d, l.now)+")")
		}
		if len(open) == 0 {
			return ""
		}
		return "open: " + strings.Join(open, "; ")
	}}, nil
}
