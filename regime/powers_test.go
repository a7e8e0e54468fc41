package regime

import (
	"testing"

	"holdthering/regime/calendar"
)

func TestTheChangesOfTheLawHaveADayAndASource(t *testing.T) {
	for _, p := range Profiles() {
		for _, ch := range []Change{TrustWarnings, LongerReports} {
			if !p.Changed(ch, calendar.MustInstant("2190-01-01")) || p.Changed(ch, calendar.MustInstant("2013-04-01")) {
				t.Errorf("%s: %s never happens, or always", p.Name, ch)
			}
		}
		for _, r := range p.Changes {
			if _, err := calendar.ParseInstant(r.From); err != nil || r.Source == "" || r.Basis == "" {
				t.Errorf("%s: %+v %v", p.Name, r, err)
			}
		}
	}
}
