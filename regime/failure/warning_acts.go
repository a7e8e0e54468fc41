package failure

import (
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// The kinds of duty that are owed here.
const (
	DutyMeetRequirement  regime.DutyKind = "MEET_WARNING_REQUIREMENT"
	DutyDecideWarning    regime.DutyKind = "DECIDE_ON_WARNING"
	DutyDetermineWarning regime.DutyKind = "DETERMINE_WARNING"
)

// ServeWarning is CQC's alone and waits for nothing. Which section applies follows from the
// provider's type and the day; a wrong one is refused (R48).
type ServeWarning struct {
	Section regime.WarningSection `json:"section,omitempty" flag:"section" board:"plain" usage:"the section; without it, the one that applies"`
	View    string                `json:"view,omitempty" flag:"view" usage:"CQC's view that is the ground of the notice (R49)"`
	Care    string                `json:"care,omitempty" flag:"care" usage:"the care or service concerned (R49)"`
	Reasons string                `json:"reasons,omitempty" flag:"reasons" usage:"the reasons for the view (R49)"`
	Require string                `json:"require,omitempty" flag:"require" usage:"the first requirement (R49)"`
	Due     time.Time             `json:"due,omitzero" flag:"due" day:"end" when:"either" usage:"when it must be met by (R49)"`
	Served  time.Time             `json:"served,omitzero" flag:"on" day:"start" when:"ever" usage:"when it was served, if earlier than now"`
}

func (a *ServeWarning) served(m ledger.Moment) time.Time {
	if a.Served.IsZero() {
		return m.Now
	}
	return a.Served
}

func (a *ServeWarning) check(c *Case, m ledger.Moment) error {
	if _, err := c.mayUse(m.By.For, "P-CQC-4"); err != nil {
		return err
	}
	if s := c.warningSection(a.served(m)); a.Section != "" && a.Section != s {
		return regime.Refusef("R48", "on that day a warning notice to %s is given under %s, not %s. If the "+
			"register has the wrong type, 'provider correct' puts it right.", c.providerRow().Label,
			s.Words(), a.Section.Words())
	}
	if missing := a.missing(); len(missing) > 0 {
		return regime.Refusef("R49", "a warning notice holds the view, the care concerned, the reasons and a "+
			"requirement with its time; still missing: %s.", words.List(missing))
	}
	return dueAfter(a.Due, a.served(m))
}

func (a *ServeWarning) missing() []string {
	var out []string
	for _, f := range []struct{ flag, text string }{
		{"--view", a.View}, {"--care", a.Care}, {"--reasons", a.Reasons}, {"--require", a.Require},
	} {
		if f.text == "" {
			out = append(out, f.flag)
		}
	}
	if a.Due.IsZero() {
		out = append(out, "--due")
	}
	return out
}

func dueAfter(due, from time.Time) error {
	if !due.After(from) {
		return regime.Mistakef("--due %s does not lie after %s.", calendar.Instant(due), calendar.Instant(from))
	}
	return nil
}

func (a *ServeWarning) do(c *Case, m ledger.Moment) string {
	section := c.warningSection(a.served(m))
	id := regime.PowerID("P-CQC-4")
	if section == regime.S29A {
		id = "P-CQC-3"
	}
	row, _ := c.profile().Power(id)
	c.Warnings = append(c.Warnings, WarningNotice{ID: "W" + strconv.Itoa(len(c.Warnings)+1), Section: section,
		By: m.By, Served: a.served(m), View: a.View, Care: a.Care, Reasons: a.Reasons})
	w := &c.Warnings[len(c.Warnings)-1]
	w.Until = c.pen.OpenDuty(ledger.DutySpec{Kind: DutyDecideWarning, Owner: m.By.For, Subject: w.ID,
		Start: w.Served}).Due
	c.require(w, a.Require, a.Due, m)
	c.notifyPower(powerNotice{row: row, by: m.By.For, now: m.Now, text: c.Name(m.By.For) +
		" has served a warning notice under " + section.Words()})
	c.regulated(row, m)
	return "Served warning notice " + w.ID + " under " + section.Words() + " (" + string(row.ID) + "): " +
		a.View + " Care concerned: " + a.Care + ". Reasons: " + a.Reasons + " Requirement 1: " +
		a.Require + ", by " + calendar.Instant(a.Due) + ". Representations until " +
		calendar.Instant(w.Until) + "."
}

// require adds a requirement; CQC determines at the latest time of all.
func (c *Case) require(w *WarningNotice, what string, due time.Time, m ledger.Moment) {
	n := len(w.Requirements) + 1
	w.Requirements = append(w.Requirements, WarningRequirement{N: n, What: what, Due: due})
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutyMeetRequirement, Owner: c.Provider.Party(), Subject: w.subject(n),
		Start: m.Now, Due: due})
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutyDetermineWarning, Owner: w.By.For, Subject: w.ID, Start: m.Now,
		Due: w.latest()})
	c.pen.Reschedule(DutyDetermineWarning, w.ID, w.latest(), m.Now)
}

// AddRequirement gives a notice another requirement with its own time.
type AddRequirement struct {
	Warning string    `json:"warning" flag:"warning" number:"yes" usage:"the notice's number, such as W1" need:"yes"`
	Require string    `json:"require" flag:"require" usage:"what is required" need:"yes"`
	Due     time.Time `json:"due" flag:"due" day:"end" when:"either" usage:"by when" need:"yes"`
	On      time.Time `json:"on,omitzero" flag:"on" when:"ever" usage:"when it was added, if earlier than now"`
}

func (a *AddRequirement) check(c *Case, m ledger.Moment) error {
	if err := c.openWarning(m, a.Warning); err != nil {
		return err
	}
	return dueAfter(a.Due, c.warning(a.Warning).Served)
}

func (a *AddRequirement) do(c *Case, m ledger.Moment) string {
	w := c.warning(a.Warning)
	c.require(w, a.Require, a.Due, m)
	c.pen.Notify(ledger.Notice{Kind: regime.NoticeWarning, Text: "A requirement has been added to warning notice " + w.ID, By: a.Due,
		To: c.Audiences(regime.Contacts(regime.RoleProvider, regime.RoleOverseer), ledger.Duty{}),
		Asks: []ledger.Ask{{Of: []regime.Party{c.Provider.Party()}, How: "warning report",
			Says: "meet requirement " + w.subject(len(w.Requirements)) + " of a warning notice"}}})
	return "Added requirement " + strconv.Itoa(len(w.Requirements)) + " to warning notice " + w.ID + ": " +
		a.Require + ", by " + calendar.Instant(a.Due) + "."
}

// ReportRequirement is the provider's word; it binds CQC in nothing.
type ReportRequirement struct {
	Warning     string    `json:"warning" flag:"warning" number:"yes" usage:"the notice's number, such as W1" need:"yes"`
	Requirement int       `json:"requirement" flag:"requirement" usage:"the requirement's number" need:"yes"`
	Evidence    string    `json:"evidence" flag:"evidence" usage:"what shows that it is met" need:"yes"`
	At          time.Time `json:"at,omitzero" flag:"at" when:"ever" usage:"when it was met, if earlier than now"`
}

func (a *ReportRequirement) check(c *Case, m ledger.Moment) error {
	if err := c.providerOnly(m, "reports on the requirements"); err != nil {
		return err
	}
	if err := c.standingWarning(a.Warning); err != nil {
		return err
	}
	if n := len(c.warning(a.Warning).Requirements); a.Requirement < 1 || a.Requirement > n {
		return regime.Mistakef("warning notice %s has requirements 1 to %d.", c.warning(a.Warning).ID, n)
	}
	return nil
}

func (a *ReportRequirement) do(c *Case, m ledger.Moment) string {
	w := c.warning(a.Warning)
	r := &w.Requirements[a.Requirement-1]
	r.Met, r.Evidence = m.At, a.Evidence
	c.pen.Discharge(DutyMeetRequirement, w.subject(r.N), m)
	c.pen.Event(regime.NoticeWarning, "The provider reports that requirement "+w.subject(r.N)+" of a warning notice is met",
		regime.RoleInspector)
	return "Reports requirement " + w.subject(r.N) + " as met: " + a.Evidence
}

// DecideWarning answers the provider's representations, or notes that none came.
type DecideWarning struct {
	Warning string       `json:"warning" flag:"warning" number:"yes" usage:"the notice's number, such as W1" need:"yes"`
	Outcome PowerOutcome `json:"outcome" flag:"outcome" board:"plain" usage:"the decision" need:"yes"`
	Reason  string       `json:"reason" flag:"reason" usage:"why" need:"yes"`
	At      time.Time    `json:"at,omitzero" flag:"at" when:"ever" usage:"when it was decided, if earlier than now"`
}

func (a *DecideWarning) check(c *Case, m ledger.Moment) error { return c.openWarning(m, a.Warning) }

func (a *DecideWarning) do(c *Case, m ledger.Moment) string {
	w := c.warning(a.Warning)
	c.pen.Discharge(DutyDecideWarning, w.ID, m)
	if a.Outcome == Proceed {
		return "Warning notice " + w.ID + " stands after representations: " + a.Reason
	}
	w.Withdrawn = m.At
	c.endWarning(w, ledger.EndWithdrawn, m)
	c.pen.Event(regime.NoticeWarning, "Warning notice "+w.ID+" has been withdrawn", regime.RoleProvider,
		regime.RoleOverseer, regime.RoleSupport, regime.RoleMembers)
	return "Withdrew warning notice " + w.ID + ": " + a.Reason
}

// DetermineWarning says whether the notice was complied with. If not, it says what CQC does,
// and for a foundation trust whether that is to require special administration (B1).
type DetermineWarning struct {
	Warning        string    `json:"warning" flag:"warning" number:"yes" usage:"the notice's number, such as W1" need:"yes"`
	Complied       YesNo     `json:"complied" flag:"complied" board:"plain" usage:"was it complied with" need:"yes"`
	Evidence       string    `json:"evidence,omitempty" flag:"evidence" usage:"what the inspection showed"`
	Action         string    `json:"action,omitempty" flag:"action" usage:"if not: what CQC does"`
	Administration YesNo     `json:"administration,omitempty" flag:"administration" usage:"if not, at a foundation trust: will CQC require trust special administration"`
	At             time.Time `json:"at,omitzero" flag:"at" when:"ever" usage:"when it was determined, if earlier than now"`
}

func (a *DetermineWarning) check(c *Case, m ledger.Moment) error {
	if err := c.openWarning(m, a.Warning); err != nil {
		return err
	}
	if a.Complied == "yes" {
		return nil
	}
	if a.Action == "" {
		return regime.Refusef("R49", "%s", c.says("where a notice was not complied with, {inspector} decides what it does: say --action."))
	}
	if a.Administration == "" && c.Provider.Type == regime.FoundationTrust && c.warning(a.Warning).Section == regime.S29A {
		return regime.Refusef("R49", "%s", c.says("for a foundation trust the decision says whether {inspector} requires trust ")+
			"special administration: --administration yes or no.")
	}
	return nil
}

func (a *DetermineWarning) do(c *Case, m ledger.Moment) string {
	w := c.warning(a.Warning)
	w.Determination = &WarningDetermination{Complied: a.Complied, Evidence: a.Evidence,
		Action: a.Action, Administration: a.Administration, By: m.By, At: m.At}
	c.endWarning(w, ledger.EndDone, m)
	c.pen.Event(regime.NoticeWarning, c.says("{inspector} has determined whether warning notice ")+w.ID+" was complied with: "+
		string(a.Complied), regime.RoleProvider, regime.RoleOverseer, regime.RoleSupport, regime.RoleMembers)
	text := "Determined that warning notice " + w.ID + " was complied with: " + string(a.Complied) + "."
	if a.Administration == "yes" {
		text += c.says(" {inspector} will require trust special administration: 'administration require'.")
	}
	return words.Sentence(text, words.Join(a.Evidence, a.Action), "")
}
