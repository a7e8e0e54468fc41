package failure

import (
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// AnswerStandards may be answered again; "no" has a reason too (R18). Each "yes" opens a
// referral, so that there may be several.
type AnswerStandards struct {
	Answer     YesNo             `json:"answer" flag:"answer" usage:"is a referral needed" need:"yes"`
	Reason     string            `json:"reason" flag:"reason" usage:"why, without anyone's name" need:"yes"`
	Profession regime.Profession `json:"profession,omitempty" flag:"profession" usage:"with yes: the practitioner's profession, which says who regulates it"`
	Referrer   regime.Party      `json:"referrer,omitempty" flag:"referrer" usage:"with yes: the body that identified the concern and refers; without it, the chair"`
	At         time.Time         `json:"at,omitzero" flag:"at" when:"past" usage:"when it was answered, if earlier than now"`
}

func (a *AnswerStandards) check(c *Case, m ledger.Moment) error {
	if err := c.chairAnswers(m, "R18"); err != nil {
		return err
	}
	switch {
	case a.Answer == "no" && (a.Profession != "" || a.Referrer != ""):
		return regime.Mistakef("--profession and --referrer belong to --answer yes.")
	case a.Answer == "no":
		return nil
	case a.Profession == "":
		return regime.Mistakef("--profession is missing: a referral goes to the profession's own regulator. "+
			"It is one of %s.", strings.Join(regime.Profession("").Choices(), ", "))
	case a.Referrer != "" && !c.profile().MayRefer(a.Referrer.Body()):
		return regime.Mistakef("%q cannot refer anyone.", a.Referrer)
	}
	return c.checkProfession(a.Profession)
}

func (a *AnswerStandards) do(c *Case, m ledger.Moment) string {
	c.Questions.Standards = &Considered{Answer: a.Answer, Reason: a.Reason, By: m.By, At: m.At}
	c.pen.Discharge(DutyStandards, "", m)
	text := "Professional standards: referral needed, " + string(a.Answer) + ". " + a.Reason
	if a.Answer == "no" {
		return text
	}
	by := a.Referrer
	if by == "" {
		by = m.By.For
	}
	return text + " " + c.openReferral(a.Profession, by, m)
}

// OpenReferral is any body's own at any time: the concern need not come from a summit
// (003:L631 "the CQC or any other organisation").
type OpenReferral struct {
	Profession regime.Profession `json:"profession" flag:"profession" usage:"the practitioner's profession" need:"yes"`
}

func (a *OpenReferral) check(c *Case, _ ledger.Moment) error { return c.checkProfession(a.Profession) }

func (a *OpenReferral) do(c *Case, m ledger.Moment) string {
	return c.openReferral(a.Profession, m.By.For, m)
}

// ownReferral refuses all but the referring body, and what has ended.
func (c *Case) ownReferral(m ledger.Moment, id string) (*Referral, error) {
	f := c.referral(id)
	if f == nil {
		return nil, regime.Mistakef("there is no referral %q in case %s.", words.Clip(id, 20), c.Ref)
	}
	if m.By.For != f.Referrer {
		return nil, regime.Refusef("R1", "%s refers and notifies itself; nobody records it on its behalf.",
			c.Name(f.Referrer))
	}
	if !f.Ended.IsZero() {
		return nil, regime.Mistakef("referral %s has ended.", id)
	}
	return f, nil
}

// NotifyEmployer is the first of the two duties (R19). Who the employer is, and which person it was
// told of, stays outside the case.
type NotifyEmployer struct {
	Referral string    `json:"referral" flag:"referral" usage:"its number, such as F1" need:"yes"`
	At       time.Time `json:"at,omitzero" flag:"at" when:"ever" usage:"when the employer was notified, if earlier than now"`
}

func (a *NotifyEmployer) check(c *Case, m ledger.Moment) error {
	f, err := c.ownReferral(m, a.Referral)
	if err == nil && !f.Employer.IsZero() {
		return regime.Mistakef("the employer has already been notified.")
	}
	return err
}

func (a *NotifyEmployer) do(c *Case, m ledger.Moment) string {
	f := c.referral(a.Referral)
	f.Employer = m.At
	c.pen.Discharge(DutyNotifyEmployer, f.ID, m)
	return "Notified the employer about referral " + f.ID + "; " + employersDuty + "."
}

// Refer is the second duty; only the profession's own regulator is the right one (R19).
type Refer struct {
	Referral  string       `json:"referral" flag:"referral" usage:"its number, such as F1" need:"yes"`
	Regulator regime.Party `json:"regulator" flag:"regulator" usage:"the regulator that it was made to" need:"yes"`
	At        time.Time    `json:"at,omitzero" flag:"at" when:"ever" usage:"when it was made, if earlier than now"`
}

func (a *Refer) check(c *Case, m ledger.Moment) error {
	f, err := c.ownReferral(m, a.Referral)
	if err != nil {
		return err
	}
	if a.Regulator != f.Regulator {
		row, _ := c.profile().Profession(f.Profession)
		return regime.Refusef("R19", "%s is referred to the %s, not to %s.", row.Label, c.Name(f.Regulator),
			c.Name(a.Regulator))
	}
	if !f.Made.IsZero() {
		return regime.Mistakef("the referral has already been made.")
	}
	return nil
}

func (a *Refer) do(c *Case, m ledger.Moment) string {
	f := c.referral(a.Referral)
	f.Made = m.At
	c.pen.Discharge(DutyRefer, f.ID, m)
	return "Made referral " + f.ID + " to the " + c.Name(f.Regulator) + "; " + employersDuty + "."
}

// EndReferral ends the reminder with it; what was still owed is withdrawn, with the reason.
type EndReferral struct {
	Referral string    `json:"referral" flag:"referral" usage:"its number, such as F1" need:"yes"`
	Reason   string    `json:"reason" flag:"reason" usage:"why, without anyone's name" need:"yes"`
	At       time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it ended, if earlier than now"`
}

func (a *EndReferral) check(c *Case, m ledger.Moment) error {
	_, err := c.ownReferral(m, a.Referral)
	return err
}

func (a *EndReferral) do(c *Case, m ledger.Moment) string {
	f := c.referral(a.Referral)
	f.Ended, f.Why = m.At, a.Reason
	c.pen.EndDuty(DutyNotifyEmployer, f.ID, ledger.EndWithdrawn, m)
	c.pen.EndDuty(DutyRefer, f.ID, ledger.EndWithdrawn, m)
	return "Ended referral " + f.ID + ": " + a.Reason
}
