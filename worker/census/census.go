package census

import (
	"cmp"
	"context"
	"log/slog"
	"time"

	"go.temporal.io/sdk/client"

	"holdthering/cases"
	"holdthering/workflows"
)

// The metrics, all of them gauges. Those that count cases and groups have the label workflow_type.
const (
	MetricOpen    = "holdthering_census_open"            // that have not ended
	MetricOverdue = "holdthering_census_duties_overdue"  // duties
	MetricLatest  = "holdthering_census_overdue_seconds" // for how long what is due next has been overdue, the longest
	MetricHeld    = "holdthering_census_mails_held"      // mails
	MetricStuck   = "holdthering_census_stuck"           // that stand still, or were ended before their end
	MetricBehind  = "holdthering_census_register_behind" // whose record and register are not on file
	MetricVersion = "holdthering_census_version"         // workflows that go on with a version, under LabelVersion
	MetricAt      = "holdthering_census_time_seconds"    // when it was last counted, as Unix time
	LabelVersion  = "version"
	// Unversioned is the value of LabelVersion where versions are not told apart.
	Unversioned = "none"
)

// Helps says what each is.
var Helps = map[string]string{
	MetricOpen:    "Cases or groups that have not ended.",
	MetricOverdue: "Duties that are overdue, of all open cases or groups.",
	MetricLatest:  "How long the duty has been overdue that was due first, in seconds.",
	MetricHeld:    "Mails that are held because the mail service does not take them, of all open cases or groups.",
	MetricStuck:   "Cases or groups that stand still, or were ended before their end.",
	MetricBehind:  "Open cases or groups whose record and register are not on file.",
	MetricVersion: "Workflows that have not ended, by the version of the program that they go on with.",
	MetricAt:      "When cases and groups were last counted, as Unix time.",
}

// Every is how often cases and groups are counted.
const Every = time.Minute

// Source is what is counted; *cases.Temporal is one.
type Source interface {
	List(context.Context, cases.Filter) ([]cases.Row, error)
	ListGroups(context.Context, cases.GroupFilter) ([]cases.GroupRow, error)
	Programs(context.Context) ([]cases.Held, error)
}

// Census counts. All fields but the last must be set.
type Census struct {
	Source  Source
	Metrics client.MetricsHandler
	Now     func() time.Time
	Log     *slog.Logger
	Every   time.Duration // zero is the usual time

	versions map[string]bool // that were ever seen
}

// Run counts at once and then every so often, until ctx ends.
func (c *Census) Run(ctx context.Context) {
	tick := time.NewTicker(cmp.Or(c.Every, Every))
	defer tick.Stop()
	for {
		if err := c.Count(ctx); err != nil && ctx.Err() == nil {
			c.Log.Warn("Cases and groups could not be counted", "reason", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// sums are those of all cases, or of all groups.
type sums struct {
	open, overdue, held, stuck, behind int
	latest                             time.Duration
}

func (s *sums) add(now, due time.Time, overdue, held int, standing *cases.Standing, trouble string) {
	if standing != nil {
		s.stuck++
		if standing.Dead() {
			return
		}
	}
	s.open++
	s.overdue += overdue
	s.held += held
	if trouble != "" {
		s.behind++
	}
	if overdue > 0 && !due.IsZero() {
		s.latest = max(s.latest, now.Sub(due))
	}
}

// Count counts once. Where something cannot be asked nothing changes.
func (c *Census) Count(ctx context.Context) error {
	listed, err := c.Source.List(ctx, cases.Filter{})
	if err != nil {
		return err
	}
	groups, err := c.Source.ListGroups(ctx, cases.GroupFilter{})
	if err != nil {
		return err
	}
	held, err := c.Source.Programs(ctx)
	if err != nil {
		return err
	}
	now := c.Now()
	var ofCases, ofGroups sums
	for _, r := range listed {
		ofCases.add(now, r.NextDue, r.Overdue, r.Held, r.Standing, r.Trouble)
	}
	for _, r := range groups {
		ofGroups.add(now, r.NextDue, r.Overdue, r.Held, r.Standing, r.Trouble)
	}
	c.show(workflows.CaseWorkflow, ofCases)
	c.show(workflows.GroupWorkflow, ofGroups)
	c.showVersions(held)
	c.Metrics.Gauge(MetricAt).Update(float64(now.Unix()))
	return nil
}

func (c *Census) show(kind string, s sums) {
	m := c.Metrics.WithTags(map[string]string{"workflow_type": kind})
	for name, n := range map[string]int{MetricOpen: s.open, MetricOverdue: s.overdue, MetricHeld: s.held,
		MetricStuck: s.stuck, MetricBehind: s.behind} {
		m.Gauge(name).Update(float64(n))
	}
	m.Gauge(MetricLatest).Update(s.latest.Seconds())
}

// showVersions also shows a version that no case is with any more, with none: its worker may go.
func (c *Census) showVersions(held []cases.Held) {
	if c.versions == nil {
		c.versions = map[string]bool{}
	}
	count := map[string]int{}
	for _, h := range held {
		version := h.Version
		if version == "" {
			version = Unversioned
		}
		count[version]++
		c.versions[version] = true
	}
	for version := range c.versions {
		c.Metrics.WithTags(map[string]string{LabelVersion: version}).Gauge(MetricVersion).Update(float64(count[version]))
	}
}
