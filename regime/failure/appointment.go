package failure

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// The kinds of duty that are owed here.
const (
	DutyAppointDirector  regime.DutyKind = "APPOINT_IMPROVEMENT_DIRECTOR"
	DutyAppointPartner   regime.DutyKind = "APPOINT_PARTNER_TRUST"
	DutyLeadershipReview regime.DutyKind = "LEADERSHIP_REVIEW"
)

// AppointmentRole is what belongs to the package of special measures (regime 6.2).
type AppointmentRole string

// Choices lists the roles.
func (AppointmentRole) Choices() []string {
	return []string{"improvement-director", "partner-trust", "leadership-review", "other"}
}

// Appointment is one element of the package.
type Appointment struct {
	Role AppointmentRole `json:"role"`
	Who  string          `json:"who"`
	At   time.Time       `json:"at"`
}

var appointmentDuties = []struct {
	role AppointmentRole
	duty regime.DutyKind
}{
	{"improvement-director", DutyAppointDirector},
	{"partner-trust", DutyAppointPartner},
	{"leadership-review", DutyLeadershipReview},
}

// underDirector is the provider while an improvement director is there, who reads at its lead
// contact (N28). The appointment names an office, so that no person stands in a ladder.
func (c *Case) underDirector() []regime.Party {
	e := c.episode()
	if e == nil || !e.InForce() {
		return nil
	}
	for _, a := range e.Appointments {
		if a.Role == "improvement-director" {
			return []regime.Party{c.Provider.Party()}
		}
	}
	return nil
}

func episodeDuties() []regime.DutyKind {
	out := []regime.DutyKind{DutyProgress, DutyActionPlan, DutyPrimaryLimit, DutyDecideOutcome,
		DutyExitCriteria}
	for _, k := range appointmentDuties {
		out = append(out, k.duty)
	}
	return out
}

// Appoint records an element of the package; the decider's to record. What was appointed before
// special measures is taken into the package when they come.
type Appoint struct {
	Role AppointmentRole `json:"role" flag:"as" board:"plain" usage:"what is appointed" need:"yes"`
	Who  string          `json:"who" flag:"who" usage:"an organisation, or an office rather than a name" need:"yes"`
	At   time.Time       `json:"at,omitzero" flag:"at" when:"ever" usage:"when it was appointed, if earlier than now"`
}

func (a *Appoint) check(c *Case, m ledger.Moment) error {
	return c.deciderOnly(m)
}

func (c *Case) inForce() error {
	if e := c.episode(); e == nil || !e.InForce() {
		return regime.Refusef("R60", "the provider is not in %s.", c.labels().Measures)
	}
	return nil
}

func (a *Appoint) do(c *Case, m ledger.Moment) string {
	e := c.episode()
	if e == nil || !e.InForce() {
		c.Appointed = append(c.Appointed, Appointment{Role: a.Role, Who: a.Who, At: m.At})
		return "Recorded, with no " + c.labels().Measures + " in force: " + words.Plain(string(a.Role)) + ", " + a.Who + "."
	}
	e.Appointments = append(e.Appointments, Appointment{Role: a.Role, Who: a.Who, At: m.At})
	for _, k := range appointmentDuties {
		if k.role == a.Role {
			c.pen.Discharge(k.duty, "", m)
		}
	}
	return "Recorded for the package: " + words.Plain(string(a.Role)) + ", " + a.Who + "."
}
