package rehearsal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
)

// expectMeasures takes the state of the latest stay, or how many days it has lasted.
func expectMeasures(args []string) (expectation, error) {
	if len(args) > 0 && args[0] == "days" {
		return expectNumber(args[1:], func(o *observer) int {
			e, ok := o.c.Episode()
			if !ok || e.Entered.IsZero() {
				return 0
			}
			until := e.Ended
			if until.IsZero() {
				until = o.now
			}
			// noon to noon, so that the clock changes make no difference
			return int((calendar.AtHour(until, 12).Sub(calendar.AtHour(e.Entered, 12)).Hours() + 12) / 24)
		})
	}
	return measuresWord.parse(args)
}

// timings are the words for how an inspection lay to the day that it was due.
var timings = map[string]failure.ReinspectionTiming{"early": failure.Early, "on-time": failure.OnTime, "late": failure.Late,
	"no-day-due": failure.NoDayDue, "focused": failure.Focused, "before-entry": failure.BeforeEntry}

func expectReinspection(args []string) (expectation, error) {
	wrong := fmt.Errorf("the number of an inspection and how it lay to its day are expected, as in: expect reinspection 2 late; " +
		"early, on-time, late, no-day-due, focused or before-entry")
	if len(args) != 2 {
		return expectation{}, wrong
	}
	n, err := strconv.Atoi(args[0])
	want, ok := timings[args[1]]
	if err != nil || n < 1 || !ok {
		return expectation{}, wrong
	}
	return expectation{unmet: func(o *observer) string {
		e, _ := o.c.Episode()
		switch {
		case len(e.Reinspections) < n:
			return fmt.Sprintf("there are %d", len(e.Reinspections))
		case e.Reinspections[n-1].Timing != want:
			return "it was " + string(e.Reinspections[n-1].Timing)
		}
		return ""
	}}, nil
}

// expectTold counts the mails of a kind that the mail service has taken for one body, by any of its
// names; "provider" is the one that the case is about.
func expectTold(args []string) (expectation, error) {
	if len(args) != 4 || !knownNotice(regime.NoticeKind(args[0])) {
		return expectation{}, fmt.Errorf("a kind of mail, a body and a number are expected: expect told N26 Monitor >= 1")
	}
	kind, body := regime.NoticeKind(args[0]), args[1]
	return expectNumber(args[2:], func(o *observer) int {
		told := 0
		for _, n := range o.notices {
			for _, r := range n.To {
				if n.Kind == kind && r.State == ledger.StateAccepted && o.isNamed(r.Party, body) {
					told++
				}
			}
		}
		return told
	})
}

func (o *observer) isNamed(p regime.Party, name string) bool {
	if strings.EqualFold(name, "provider") {
		return p == o.c.Provider.Party()
	}
	return slices.ContainsFunc(namesOf(o.c, p), func(n string) bool { return strings.EqualFold(n, name) })
}
