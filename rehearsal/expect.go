package rehearsal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/verbs"
)

// expectation is a line that says how the case, or a group, is to stand. It changes nothing.
type expectation struct {
	place string // of the group; empty: the case
	// unmet says what is found instead; "" when the case stands as expected.
	unmet func(o *observer) string
}

// expectHelp lists the expectations that a scenario may hold.
const expectHelp = `expect stage RESPONDING                    where the coordination track stands
expect ring-holder Monitor                 who holds the ring, or "nobody"
expect ring-basis DEFAULT_TIMEOUT          why
expect measures IN_FORCE                   the latest special measures, or NONE
expect measures days = 1428                days in the latest stay, so far or until it ended
expect reinspection 2 late                 an inspection in the latest stay, by its number: early,
                                           on-time, late, no-day-due, focused or before-entry
expect told N26 Monitor >= 1               mails of a kind so far to one body
expect duty MONTHLY_PROGRESS missed 3      a duty, by its subject if one is given, is or was
                                           open, overdue, done, in-time, late, missed or lapsed
expect duty REINSPECTION due 2014-10-25    an open duty is due on that day, or at that minute
expect mails N28 >= 2                      mails of a kind so far: =, >= or <=
expect no-open-duties
expect law ENGLAND_2022                    the profile that is the law of the case by now
expect called MONITOR "NHS Improvement"    what a body is called by now
expect seat ICB/QMM no                     whether a party is a member: yes or no
expect group level RCX enhanced            in the group started last: a provider's level
expect group service RCX cancer enhanced   the level of one service of it
expect group bodies RCX = 3                how many have open concerns about it
expect group case RCX RESPONDING           the stage of its live case, or NONE
expect group meetings >= 2                 meetings held so far
expect group forgotten = 0                 providers not considered in time
expect group Q56 mails N45 = 2             a group may be named; duty and mails as for a case`

// isExpectation tells expectations from commands.
func isExpectation(words []string) bool { return len(words) > 0 && words[0] == "expect" }

func (s *script) parseExpectation(words []string) (expectation, error) {
	args := words[1:]
	if len(args) == 0 {
		return expectation{}, fmt.Errorf("expect what? One of:\n%s", expectHelp)
	}
	if args[0] == verbs.GroupNoun {
		return s.parseOfGroup(args[1:])
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
		return stageWord.parse, true
	case "ring-holder":
		return expectRingHolder, true
	case "ring-basis":
		return basisWord.parse, true
	case "measures":
		return expectMeasures, true
	case "reinspection":
		return expectReinspection, true
	case "told":
		return expectTold, true
	case "duty":
		return expectDuty, true
	case "mails":
		return expectMails, true
	case "no-open-duties":
		return expectNoDuties, true
	case "law", "called", "seat":
		return expectedOfLaw(name), true
	}
	return nil, false
}

// word is a value of the case that one word of a closed list names.
type word struct {
	list  []string
	found func(*failure.Case) string
}

var (
	stageWord = word{strs(regime.UnderSurveillance, regime.Convening, regime.InSession, regime.Judging,
		regime.RingHolderPending, regime.Responding, regime.Monitoring, regime.StoodDown, regime.Closed),
		func(c *failure.Case) string { return string(c.Stage) }}
	basisWord = word{strs(failure.Agreed, failure.DefaultNoAgreement, failure.DefaultTimeout),
		func(c *failure.Case) string { return string(c.Ring.Basis) }}
	measuresWord = word{append(strs(regime.MeasuresRecommended, regime.MeasuresDeclined,
		regime.MeasuresInForce, regime.MeasuresExited, regime.MeasuresFurther,
		regime.MeasuresDeregistered, regime.MeasuresCeased), none),
		func(c *failure.Case) string {
			if e, ok := c.Episode(); ok {
				return string(e.State)
			}
			return none
		}}
)

// none is the word for special measures when there were never any.
const none = "NONE"

func strs[T ~string](list ...T) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = string(s)
	}
	return out
}

func (w word) parse(args []string) (expectation, error) {
	if len(args) != 1 || !slices.Contains(w.list, args[0]) {
		return expectation{}, fmt.Errorf("expected can be one of %s", strings.Join(w.list, ", "))
	}
	return expectation{unmet: func(o *observer) string {
		if got := w.found(o.c); got != args[0] {
			return "it is " + got
		}
		return ""
	}}, nil
}

// expectRingHolder takes a party, as NHSCB/Q56, or any name of its body.
func expectRingHolder(args []string) (expectation, error) {
	if len(args) != 1 {
		return expectation{}, fmt.Errorf("one name is expected, as in: expect ring-holder Monitor")
	}
	return expectation{unmet: func(o *observer) string {
		c, h := o.c, o.c.Ring.Holder
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

func namesOf(c *failure.Case, p regime.Party) []string {
	out := []string{string(p), string(p.Body()), c.Name(p)}
	for _, b := range c.LawNow().Bodies {
		if b.Code == p.Body() {
			out = append(out, b.Names...)
		}
	}
	return out
}

func expectMails(args []string) (expectation, error) {
	if len(args) == 0 {
		return expectation{}, fmt.Errorf("a kind and a number are expected: expect mails N28 >= 2")
	}
	kind := regime.NoticeKind(args[0])
	if !knownNotice(kind) {
		return expectation{}, fmt.Errorf("there is no kind of mail %q", args[0])
	}
	return expectNumber(args[1:], func(o *observer) int { return o.mails()[kind] })
}

// expectNumber compares what is counted: "= 3".
func expectNumber(args []string, count func(*observer) int) (expectation, error) {
	wrong := fmt.Errorf("a sign and a number are expected: = 2, >= 2 or <= 2")
	if len(args) != 2 || !slices.Contains([]string{"=", ">=", "<="}, args[0]) {
		return expectation{}, wrong
	}
	n, err := strconv.Atoi(args[1])
	if err != nil {
		return expectation{}, wrong
	}
	return expectation{unmet: func(o *observer) string {
		got := count(o)
		if got == n || args[0] == ">=" && got > n || args[0] == "<=" && got < n {
			return ""
		}
		return fmt.Sprintf("there are %d", got)
	}}, nil
}

func knownNotice(k regime.NoticeKind) bool {
	for p := range regime.EachProfile() {
		if _, ok := p.Notice(k); ok {
			return true
		}
	}
	return false
}

func expectNoDuties(args []string) (expectation, error) {
	if len(args) != 0 {
		return expectation{}, fmt.Errorf("nothing follows 'expect no-open-duties'")
	}
	return expectation{unmet: func(o *observer) string {
		var open []string
		for _, d := range o.who.OpenDuties() {
			open = append(open, string(d.Kind)+" ("+describe(d, o.now)+")")
		}
		if len(open) == 0 {
			return ""
		}
		return "open: " + strings.Join(open, "; ")
	}}, nil
}
