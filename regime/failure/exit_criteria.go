package failure

import (
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// ExitCriterion is agreed with the provider when it enters a support regime that is left by
// criteria and not by a re-inspection [W80].
type ExitCriterion struct {
	ID       string    `json:"id"` // "X1"
	What     string    `json:"what"`
	Agreed   time.Time `json:"agreed"`
	Met      time.Time `json:"met,omitzero"` // when the decider found it met
	Evidence string    `json:"evidence,omitempty"`
}

var exitVerbs = []Verb{
	{Path: "measures criterion", Update: "AgreeCriterion", Rules: "R60 B6",
		New:     func() Act { return new(AgreeCriterion) },
		Did:     "recorded a criterion for leaving the programme",
		Summary: "Record a criterion agreed for leaving the Recovery Support Programme (the decider)",
		Example: `measures criterion --case CASE --by "NHS England" ` +
			`--what "No ward below its safe staffing for three months"`},
	{Path: "measures criterion-met", Update: "MeetCriterion", Rules: "R60 B6",
		New:     func() Act { return new(MeetCriterion) },
		Did:     "recorded that a criterion for leaving is met",
		Summary: "Record that a criterion for leaving is met (the decider)",
		Example: `measures criterion-met --case CASE --by "NHS England" --criterion X1 ` +
			`--evidence "rosters of April to June"`},
}

// AgreeCriterion may be done again: criteria are added while the programme goes on.
type AgreeCriterion struct {
	What string    `json:"what" flag:"what" usage:"what must be so before the provider leaves" need:"yes"`
	At   time.Time `json:"at,omitzero" flag:"at" when:"ever" usage:"when it was agreed, if earlier than now"`
}

// leavesByCriteria refuses criteria where a re-inspection decides.
func (c *Case) leavesByCriteria(m ledger.Moment) error {
	if e := c.episode(); !c.providerRow().ExitCriteria || e != nil && e.InForce() && !c.byCriteria(e) {
		return regime.Refusef("R60", c.says("%s leaves %s after {inspector}'s re-inspection, not by criteria, under profile %s."),
			c.providerRow().Label, c.labels().Measures, c.Profile)
	}
	if err := c.deciderOnly(m); err != nil {
		return err
	}
	return c.inForce()
}

func (a *AgreeCriterion) check(c *Case, m ledger.Moment) error { return c.leavesByCriteria(m) }

func (a *AgreeCriterion) do(c *Case, m ledger.Moment) string {
	e := c.episode()
	n := 1 // a later stay goes on counting
	for _, earlier := range c.Measures {
		n += len(earlier.Criteria)
	}
	x := ExitCriterion{ID: "X" + strconv.Itoa(n), What: a.What, Agreed: m.At}
	e.Criteria = append(e.Criteria, x)
	c.pen.Discharge(DutyExitCriteria, "", m)
	return "Agreed as criterion " + x.ID + " for leaving " + c.labels().Measures + ": " + words.Full(a.What)
}

// MeetCriterion is the decider's finding, which it can make once for each criterion.
type MeetCriterion struct {
	Criterion string    `json:"criterion" flag:"criterion" number:"yes" usage:"its number, such as X1" need:"yes"`
	Evidence  string    `json:"evidence" flag:"evidence" usage:"what shows it" need:"yes"`
	At        time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was met, if earlier than now"`
}

func (a *MeetCriterion) check(c *Case, m ledger.Moment) error {
	if err := c.leavesByCriteria(m); err != nil {
		return err
	}
	if x := c.episode().criterion(a.Criterion); x == nil || !x.Met.IsZero() {
		return regime.Mistakef("no criterion %q is waiting to be met.", words.Clip(a.Criterion, 20))
	}
	return nil
}

func (a *MeetCriterion) do(c *Case, m ledger.Moment) string {
	x := c.episode().criterion(a.Criterion)
	x.Met, x.Evidence = m.At, a.Evidence
	return "Criterion " + x.ID + " for leaving " + c.labels().Measures + " is met. " + words.Full(a.Evidence)
}

func (e *Episode) criterion(id string) *ExitCriterion {
	for i := range e.Criteria {
		if e.Criteria[i].ID == words.Code(id) {
			return &e.Criteria[i]
		}
	}
	return nil
}

// unmet are the criteria that stand in the way of leaving.
func (e *Episode) unmet() []string {
	var out []string
	for _, x := range e.Criteria {
		if x.Met.IsZero() {
			out = append(out, x.ID)
		}
	}
	return out
}

// byCriteria reports whether a stay ends by criteria and not by a re-inspection: that is settled by
// the law of its first day, and a stay that lives on under a later law keeps its way out.
func (c *Case) byCriteria(e *Episode) bool {
	row, _ := c.LawOn(e.Entered).ProviderRow(c.Provider.Type)
	return row.ExitCriteria
}

// mayLeaveByCriteria: out when all that was agreed is met; there is no term that could be
// extended, and going further waits for nothing.
func (c *Case) mayLeaveByCriteria(e *Episode, o MeasuresOutcome) error {
	switch {
	case o == Extend:
		return regime.Refusef("B7", "%s has no term to extend: the provider leaves when its exit criteria are met.",
			c.labels().Measures)
	case o != Exit && o != ExitWithSupport:
		return nil
	case len(e.Criteria) == 0:
		return regime.Refusef("R60", "no exit criteria have been agreed ('measures criterion').")
	case len(e.unmet()) > 0:
		return regime.Refusef("R60", "not all exit criteria are met: %s.", words.List(e.unmet()))
	}
	return nil
}
