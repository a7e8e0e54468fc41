package failure

import (
	"strconv"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// WarningNotice is CQC's, with what the provider must do and by when (regime 2.6, B1).
type WarningNotice struct {
	ID           string                `json:"id"` // "W1"
	Section      regime.WarningSection `json:"section"`
	By           ledger.Actor          `json:"by"`
	Served       time.Time             `json:"served"`
	View         string                `json:"view"`
	Care         string                `json:"care"`
	Reasons      string                `json:"reasons"`
	Requirements []WarningRequirement  `json:"requirements"`
	// Until when the provider may make representations.
	Until         time.Time             `json:"until"`
	Withdrawn     time.Time             `json:"withdrawn,omitzero"`
	Determination *WarningDetermination `json:"determination,omitempty"`
}

// WarningRequirement has its own time (R49).
type WarningRequirement struct {
	N    int       `json:"n"`
	What string    `json:"what"`
	Due  time.Time `json:"due"`
	// Met is what the provider says; CQC determines for itself.
	Met      time.Time `json:"met,omitzero"`
	Evidence string    `json:"evidence,omitempty"`
}

// WarningDetermination is whether the notice was complied with, and if not what CQC does.
type WarningDetermination struct {
	Complied YesNo        `json:"complied"`
	Evidence string       `json:"evidence,omitempty"`
	Action   string       `json:"action,omitempty"`
	By       ledger.Actor `json:"by"`
	At       time.Time    `json:"at"`
	// Administration: whether CQC will require trust special administration; asked for a
	// foundation trust only.
	Administration YesNo `json:"administration,omitempty"`
}

func (w *WarningNotice) open() bool { return w.Determination == nil && w.Withdrawn.IsZero() }

// latest is when CQC must determine compliance: the latest time of all requirements.
func (w *WarningNotice) latest() time.Time {
	var t time.Time
	for _, r := range w.Requirements {
		if r.Due.After(t) {
			t = r.Due
		}
	}
	return t
}

func (w *WarningNotice) subject(n int) string { return w.ID + "/" + strconv.Itoa(n) }

var warningVerbs = []Verb{
	{Path: "warning serve", Update: "ServeWarning", Rules: "R44 R48 R49 A17",
		New:     func() Act { return new(ServeWarning) },
		Did:     "served a warning notice",
		Summary: "Serve a warning notice with its first requirement (CQC)",
		Example: `warning serve --case CASE --by CQC --view "quality needs significant improvement" ` +
			`--care "acute medicine" --reasons "staffing below plan on 40 nights of 60" ` +
			`--require "staff the wards to plan" --due 2015-01-31`},
	{Path: "warning require", Update: "AddRequirement", Rules: "R49",
		New:     func() Act { return new(AddRequirement) },
		Did:     "added a requirement to a warning notice",
		Summary: "Add a requirement with its own time to a warning notice (CQC)",
		Example: `warning require --case CASE --by CQC --warning W1 --require "appoint a lead nurse" --due 2014-12-15`},
	{Path: "warning report", Update: "ReportRequirement", Rules: "R1 R49",
		New:     func() Act { return new(ReportRequirement) },
		Did:     "reported that a requirement is met",
		Summary: "Report that a requirement is met; CQC determines for itself (the provider)",
		Example: `warning report --case CASE --by provider --warning W1 --requirement 1 --evidence "rota of January"`},
	{Path: "warning decide", Update: "DecideWarning", Rules: "2.8 A26",
		New:     func() Act { return new(DecideWarning) },
		Did:     "decided on a warning notice after representations",
		Summary: "Decide after representations: the notice stands, or is withdrawn (CQC)",
		Example: `warning decide --case CASE --by CQC --warning W1 --outcome proceed --reason "none were made"`},
	{Path: "warning determine", Update: "DetermineWarning", Rules: "R49 B1",
		New:     func() Act { return new(DetermineWarning) },
		Did:     "determined whether a warning notice was complied with",
		Summary: "Determine whether a warning notice was complied with, and if not what follows (CQC)",
		Example: `warning determine --case CASE --by CQC --warning W1 --complied no ` +
			`--action "conditions on the registration" --administration no`},
}

// warningSection is the section that applies to this provider at a time (R48).
func (c *Case) warningSection(at time.Time) regime.WarningSection {
	if row := c.providerRow(); row.Warning != "" && c.profile().Changed(regime.TrustWarnings, at) {
		return row.Warning
	}
	return regime.S29
}

func (c *Case) warned(s regime.WarningSection) bool {
	for _, w := range c.Warnings {
		if w.Section == s && w.Withdrawn.IsZero() {
			return true
		}
	}
	return false
}

func (c *Case) warning(id string) *WarningNotice {
	return ledger.Find(c.Warnings, func(x WarningNotice) bool { return strings.EqualFold(x.ID, id) })
}

// openWarning refuses unless CQC acts on a notice that has not come to its end.
func (c *Case) openWarning(m ledger.Moment, id string) error {
	if m.By.For.Body() != c.Inspector().Body() {
		return regime.Refusef("B1", "%s", c.says("a warning notice is {inspector}'s: it alone adds to it, withdraws it or determines ")+
			"whether it was complied with.")
	}
	return c.standingWarning(id)
}

func (c *Case) standingWarning(id string) error {
	w := c.warning(id)
	switch {
	case w == nil:
		return regime.Mistakef("there is no warning notice %q in case %s.", words.Clip(id, 20), c.Ref)
	case !w.open():
		return regime.Mistakef("warning notice %s has been determined or withdrawn.", w.ID)
	}
	return nil
}

// endWarning ends all that is owed under a notice.
func (c *Case) endWarning(w *WarningNotice, how ledger.DutyEnd, m ledger.Moment) {
	for _, r := range w.Requirements {
		c.pen.EndDuty(DutyMeetRequirement, w.subject(r.N), ledger.EndNotNeeded, m)
	}
	c.pen.EndDuty(DutyDecideWarning, w.ID, ledger.EndNotNeeded, m)
	c.pen.EndDuty(DutyDetermineWarning, w.ID, how, m)
}

func (c *Case) undeterminedWarnings() []string {
	var out []string
	for i := range c.Warnings {
		if w := &c.Warnings[i]; w.open() {
			out = append(out, "warning notice "+w.ID+" is not determined ('warning determine')")
		}
	}
	return out
}
