package cli

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/cases"
	"holdthering/message"
	"holdthering/notices"
	"holdthering/record"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/workflows"
)

var opened = time.Date(2013, 9, 10, 9, 0, 0, 0, time.UTC)

// lateness is what each place that speaks of it says: whether anything is overdue.
type lateness struct{ List, Show, Board, Record, Mail bool }

func everywhere(late bool) lateness { return lateness{late, late, late, late, late} }

// A meeting is recorded when it has begun, so that its duty has a grace (of four hours; of a day in a
// group), within which nothing may call it overdue.
func TestWhatIsOverdueIsOverdueEverywhere(t *testing.T) {
	summit, group := opened.Add(30*time.Hour), time.Time{}
	for _, x := range []struct {
		name string
		say  func(now time.Time) lateness
		due  *time.Time
		past time.Duration
		late bool
	}{
		{"a summit within its grace", sayCase, &summit, time.Hour, false},
		{"a summit at the last moment of its grace", sayCase, &summit, 4*time.Hour - time.Second, false},
		{"a summit past its grace", sayCase, &summit, 24 * time.Hour, true},
		{"a group's meeting within its grace", sayGroup, &group, time.Hour, false},
		{"a group's meeting past its grace", sayGroup, &group, 24 * time.Hour, true},
	} {
		group = watch().Meetings[0].At
		require.Equal(t, everywhere(x.late), x.say(x.due.Add(x.past)), x.name)
	}
}

func sayCase(now time.Time) lateness {
	c, err := failure.Open(failure.Opening{Ref: "K7QM-3XRD", Profile: "ENGLAND_2013",
		Provider: regime.Provider{Code: "RCX", Name: "A trust", Type: regime.FoundationTrust, LeadCCG: "07J",
			AreaTeam: "Q56", Region: "Y55"},
		Members: []regime.Party{"NHSCB/Q56", "CCG/07J", "MONITOR", "CQC"}}, opened)
	must(err)
	by := ledger.Actor{For: "NHSCB/Q56", Person: "A person", Channel: "test"}
	for _, act := range []failure.Act{
		&failure.TriggerRiskSummit{Concern: "x", Source: "inspection"},
		&failure.ConveneSummit{At: opened.Add(30 * time.Hour)},
	} {
		_, err := c.Perform(ledger.Request{By: by}, act, opened)
		must(err)
	}
	for a, ok := c.NextDue(); ok && !a.At.After(now); a, ok = c.NextDue() {
		c.Tick(a.At)
	}
	return lateness{List: c.CountOverdue(now) > 0,
		Show:  shownLate(viewOf(cases.Snapshot{Snapshot: workflows.Snapshot{Case: c}}, now, 0).Owed),
		Board: strings.Contains(c.Board(now), "OVERDUE"), Record: strings.Contains(record.Markdown(c, now), "OVERDUE by"),
		Mail: mailedLate(message.Batch{Ref: c.Ref, Profile: c.Profile}, c.Notices, "N4", "N38")}
}

func watch() *surveillance.Group {
	g, err := surveillance.Open(surveillance.Opening{Profile: "ENGLAND_2013", Tier: regime.LocalTier, Area: "Q56",
		Region: "Y55", PlaceName: "East Anglia", Members: []regime.Party{"NHSCB/Q56", "CCG/07J", "CQC"}}, opened)
	must(err)
	return g
}

func sayGroup(now time.Time) lateness {
	g := watch()
	for a, ok := g.NextDue(); ok && !a.At.After(now); a, ok = g.NextDue() {
		g.Tick(a.At)
	}
	return lateness{List: g.CountOverdue(now) > 0, Show: shownLate(groupViewOf(g, now, 0).Owed),
		Board: strings.Contains(g.Board(now), "OVERDUE"), Record: strings.Contains(record.GroupMarkdown(g, now), "OVERDUE by"),
		Mail: mailedLate(message.Batch{Ref: "group-Q56", Profile: g.Profile}, g.Notices, "N4", "N38")}
}

func shownLate(all []openDuty) bool {
	for _, o := range all {
		if o.Overdue {
			return true
		}
	}
	return false
}

// mailedLate tells of the latest reminder of these kinds.
func mailedLate(b message.Batch, all []ledger.Notice, kinds ...regime.NoticeKind) bool {
	late := false
	for _, n := range all {
		for _, k := range kinds {
			if n.Kind == k && n.Rung > 0 {
				m, err := notices.Render(b, n, notices.Recipient{Party: n.To[0].Party,
					Levels: []regime.Level{regime.LevelDuty}})
				must(err)
				late = strings.Contains(m.Subject, "Overdue")
			}
		}
	}
	return late
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
