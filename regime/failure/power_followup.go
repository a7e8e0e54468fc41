package failure

import (
	"slices"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// PowerIntention is a step that a body told the others of beforehand. Nothing waits for it.
type PowerIntention struct {
	Power   regime.PowerID `json:"power"`
	By      ledger.Actor   `json:"by"`
	At      time.Time      `json:"at"`
	Details string         `json:"details,omitempty"`
}

// used finds a use of a power by its number, in any case of letters.
func (c *Case) used(id string) (*IndividualAction, regime.PowerRow) {
	for i := range c.OwnActs {
		if u := &c.OwnActs[i]; strings.EqualFold(u.ID, id) {
			row, _ := c.profile().Power(u.Power)
			return u, row
		}
	}
	return nil, regime.PowerRow{}
}

// ownUse finds a use, and refuses unless the party that used the power goes on with it.
func (c *Case) ownUse(m ledger.Moment, id string) (*IndividualAction, error) {
	u, _ := c.used(id)
	if u == nil {
		return nil, regime.Mistakef("there is no use of a power %q in case %s.", words.Clip(id, 20), c.Ref)
	}
	if c.Today(u.By.For) != m.By.For {
		return nil, regime.Refusef("R1", "%s is %s's own act; nobody completes, decides or lifts it on its behalf.",
			u.ID, c.Name(u.By.For))
	}
	return u, nil
}

// CompletePower adds what an emergency left no time for. The earlier words stay on the
// record.
type CompletePower struct {
	Use       string         `json:"use" flag:"use" number:"yes" usage:"the use's number, such as U1" need:"yes"`
	Reason    string         `json:"reason,omitempty" flag:"reason" usage:"why"`
	Basis     string         `json:"basis,omitempty" flag:"basis" usage:"legal basis, if not the one in the table"`
	Taken     time.Time      `json:"taken,omitzero" flag:"at" when:"ever" usage:"when it was used"`
	Discussed []regime.Party `json:"discussed,omitempty" flag:"discussed" usage:"parties that it was discussed with beforehand"`
	Details   string         `json:"details,omitempty" flag:"details" usage:"which services, sites or conditions"`
}

func (a *CompletePower) allowedAfterClosing() {}

func (a *CompletePower) check(c *Case, m ledger.Moment) error {
	if _, err := c.ownUse(m, a.Use); err != nil {
		return err
	}
	if a.Reason+a.Basis+a.Details == "" && a.Taken.IsZero() && len(a.Discussed) == 0 {
		return regime.Mistakef("say what is to be added: --reason, --details, --at, --basis or --discussed.")
	}
	return nil
}

func (a *CompletePower) do(c *Case, m ledger.Moment) string {
	u, _ := c.used(a.Use)
	text := "Completed " + u.ID + " (" + string(u.Power) + ")."
	if a.Reason != "" {
		u.Reason = a.Reason
	}
	if a.Details != "" {
		u.Details = a.Details
	}
	if a.Basis != "" {
		u.Basis = a.Basis
		text += " Basis: " + a.Basis + "."
	}
	if len(a.Discussed) > 0 {
		u.Discussed = a.Discussed
		text += " Discussed beforehand with " + c.names(a.Discussed) + "."
	}
	if !a.Taken.IsZero() {
		u.At = a.Taken
		text += " Used on " + calendar.Instant(a.Taken) + "."
		if !u.Until.IsZero() && u.Decided.IsZero() {
			u.Until = u.Representations.After(u.At)
			c.pen.Reschedule(DutyDecidePower, u.ID, u.Until, m.Now)
		}
	}
	return words.Sentence(text, words.Join(a.Reason, a.Details), "")
}

// DecidePower follows the time for representations: the notice of decision, or none. Earlier
// it is taken too: whether all has been heard is the body's to know. Of a power that needs
// another's word it says whether that has come.
type DecidePower struct {
	Use     string       `json:"use" flag:"use" number:"yes" usage:"the use's number, such as U1" need:"yes"`
	Outcome PowerOutcome `json:"outcome" flag:"outcome" board:"plain" usage:"the decision" need:"yes"`
	Reason  string       `json:"reason" flag:"reason" usage:"why, and what the representations were" need:"yes"`
	At      time.Time    `json:"at,omitzero" flag:"at" when:"ever" usage:"when it was decided, if earlier than now"`
}

func (a *DecidePower) allowedAfterClosing() {}

func (a *DecidePower) check(c *Case, m ledger.Moment) error {
	u, err := c.ownUse(m, a.Use)
	if err != nil {
		return err
	}
	_, row := c.used(a.Use)
	switch {
	case u.Until.IsZero() && row.Needs == "":
		return regime.Mistakef("%s waits for no decision: %s has no time for representations.", u.ID, u.Power)
	case !u.Decided.IsZero():
		return regime.Mistakef("%s was decided on %s.", u.ID, calendar.Instant(u.Decided))
	}
	return nil
}

func (a *DecidePower) do(c *Case, m ledger.Moment) string {
	u, row := c.used(a.Use)
	u.Outcome, u.Decided = a.Outcome, m.At
	c.pen.Discharge(DutyDecidePower, u.ID, m)
	if a.Outcome == Withdraw {
		c.patientsStay(u, m)
	}
	if u.Until.IsZero() {
		return c.neededCame(u, row, a, m)
	}
	said := "to proceed with"
	if a.Outcome == Withdraw {
		said = "to withdraw"
	}
	c.notifyPower(powerNotice{row: row, by: m.By.For, now: m.Now, lifted: a.Outcome == Withdraw,
		text: c.Name(m.By.For) + " has decided " + said + " its notice under " + string(row.ID)})
	text := "Decided " + said + " " + u.ID + " (" + string(row.ID) + ")."
	if m.At.Before(u.Until) {
		text += " (The time for representations runs until " + calendar.Instant(u.Until) + ".)"
	}
	return text + " " + a.Reason
}

// neededCame records whether what a power needs of another was given: the order of a justice
// of the peace, the provider's agreement. The owner says so; the other has decided it.
func (c *Case) neededCame(u *IndividualAction, row regime.PowerRow, a *DecidePower, m ledger.Moment) string {
	came := "has come"
	if a.Outcome == Withdraw {
		came = "has not come"
	}
	c.notifyPower(powerNotice{row: row, by: m.By.For, now: m.Now, lifted: a.Outcome == Withdraw,
		text: "What " + c.Name(m.By.For) + " needed for " + string(row.ID) + " " + came})
	return "For " + u.ID + " (" + string(row.ID) + "), " + row.Needs + " " + came + ". " + words.Full(a.Reason)
}

// LiftPower ends a continuing power. The owner alone lifts it, with evidence; placements come
// back only when improvement and a safe environment have been shown (R51).
type LiftPower struct {
	Use      string    `json:"use" flag:"use" number:"yes" usage:"the use's number, such as U1" need:"yes"`
	Evidence string    `json:"evidence" flag:"evidence" usage:"what shows that it is no longer needed" need:"yes"`
	Safe     string    `json:"safe,omitempty" flag:"safe" usage:"for placements: what shows a safe environment for patients and trainees (R51)"`
	At       time.Time `json:"at,omitzero" flag:"at" when:"ever" usage:"when it was lifted, if earlier than now"`
}

func (a *LiftPower) allowedAfterClosing() {}

func (a *LiftPower) check(c *Case, m ledger.Moment) error {
	u, row := c.used(a.Use)
	if u == nil || !slices.Contains(row.LiftedBy, m.By.For.Body()) {
		if _, err := c.ownUse(m, a.Use); err != nil {
			return err
		}
	}
	switch {
	case !u.Lifted.IsZero():
		return regime.Mistakef("%s was lifted on %s.", u.ID, calendar.Instant(u.Lifted))
	case !u.Stands(row):
		return regime.Mistakef("%s (%s) is not in force: there is nothing to lift.", u.ID, row.ID)
	case row.SafeFirst && a.Safe == "":
		return regime.Refusef("R51", "the withdrawal stays in force until improvement is demonstrated and "+
			"the environment is safe for patients and trainees: say --safe as well.")
	}
	return nil
}

func (a *LiftPower) do(c *Case, m ledger.Moment) string {
	u, row := c.used(a.Use)
	u.Lifted, u.Evidence = m.At, words.Join(a.Evidence, a.Safe)
	c.patientsStay(u, m)
	c.notifyPower(powerNotice{row: row, by: m.By.For, now: m.Now, lifted: true,
		text: c.Name(m.By.For) + " has lifted what was put in force under " + string(row.ID)})
	return "Lifted " + u.ID + " (" + string(row.ID) + "): " + u.Evidence
}

// IntendPower is good practice among regulators (003:L596); no power waits for it.
type IntendPower struct {
	Power   regime.PowerID `json:"power" flag:"power" board:"plain" usage:"the power's number, such as P-MON-3" need:"yes"`
	Details string         `json:"details,omitempty" flag:"details" usage:"when, and what is planned"`
}

func (a *IntendPower) allowedAfterClosing() {}

func (a *IntendPower) check(c *Case, m ledger.Moment) error {
	_, err := c.mayUse(m.By.For, a.Power)
	return err
}

func (a *IntendPower) do(c *Case, m ledger.Moment) string {
	row, _ := c.profile().Power(a.Power)
	c.Intentions = append(c.Intentions,
		PowerIntention{Power: row.ID, By: m.By, At: m.Now, Details: a.Details})
	row.Tell = slices.DeleteFunc(slices.Clone(row.Tell), func(r regime.Role) bool { return r == regime.RoleProvider })
	c.notifyPower(powerNotice{row: row, by: m.By.For, now: m.Now, lifted: true, text: c.Name(m.By.For) +
		" intends to use a power of its own, " + string(row.ID) + "; nothing waits for it"})
	return words.Sentence("Intends to use "+string(row.ID)+".", a.Details, "")
}
