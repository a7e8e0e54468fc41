package failure

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// DutyCertificate is the kind of duty that is owed here.
const DutyCertificate regime.DutyKind = "ANSWER_CERTIFICATE"

// Certificate is what a provider applies for when it has done what it undertook to do, or was
// required to (Health and Social Care Act 2012, Schedule 11).
type Certificate struct {
	Applied time.Time          `json:"applied"`
	By      ledger.Actor       `json:"by"`
	Outcome CertificateOutcome `json:"outcome,omitempty"`
	Decided time.Time          `json:"decided,omitzero"`
	Reason  string             `json:"reason,omitempty"`
}

// CertificateOutcome is the answer to an application.
type CertificateOutcome string

// The answers.
const (
	CertificateGiven   CertificateOutcome = "given"
	CertificateRefused CertificateOutcome = "refused"
)

// Choices lists the answers.
func (CertificateOutcome) Choices() []string {
	return []string{string(CertificateGiven), string(CertificateRefused)}
}

var certificateVerbs = []Verb{
	{Path: "certificate apply", Update: "ApplyForCertificate", Rules: "2.8",
		New:     func() Act { return new(ApplyForCertificate) },
		Did:     "applied for a certificate of compliance",
		Summary: "Apply for a certificate of compliance (the provider)",
		Example: `certificate apply --case CASE --by provider --use U1 --evidence "the plan is done, see the audit"`},
	{Path: "certificate decide", Update: "DecideCertificate", Rules: "R1 2.8",
		New:     func() Act { return new(DecideCertificate) },
		Did:     "answered an application for a certificate of compliance",
		Summary: "Answer an application for a certificate of compliance (the body with that power)",
		Example: `certificate decide --case CASE --by Monitor --use U1 --outcome given --reason "the audit shows it"`},
}

// ApplyForCertificate asks the owner of a power, which has the time that the law gives it to
// answer. It may be repeated after a refusal.
type ApplyForCertificate struct {
	Use      string    `json:"use" flag:"use" number:"yes" usage:"number of the power's use, such as U1" need:"yes"`
	Evidence string    `json:"evidence,omitempty" flag:"evidence" usage:"what shows that all has been done"`
	At       time.Time `json:"at,omitzero" flag:"at" when:"ever" usage:"when it was applied for, if earlier than now"`
}

func (a *ApplyForCertificate) allowedAfterClosing() {}

func (a *ApplyForCertificate) check(c *Case, m ledger.Moment) error {
	u, row := c.used(a.Use)
	switch {
	case u == nil:
		return regime.Mistakef("there is no use of a power %q in case %s.", words.Clip(a.Use, 20), c.Ref)
	case row.Certificate.IsZero():
		return regime.Mistakef("%s has no certificate of compliance.", row.ID)
	case m.By.For != c.Provider.Party():
		return regime.Refusef("R1", "the provider applies for itself.")
	case !u.Lifted.IsZero():
		return regime.Mistakef("%s was lifted on %s.", u.ID, u.Lifted.Format(time.DateOnly))
	case u.applied() != nil:
		return regime.Mistakef("the application of %s has not been answered yet.",
			u.applied().Applied.Format(time.DateOnly))
	}
	return nil
}

func (a *ApplyForCertificate) do(c *Case, m ledger.Moment) string {
	u, row := c.used(a.Use)
	u.Certificates = append(u.Certificates, Certificate{Applied: m.At, By: m.By})
	c.pen.Ask(regime.NoticePowerUsed, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyCertificate, Owner: u.By.For, Subject: u.ID, Start: m.At,
		Period: row.Certificate}))
	return words.Sentence("Applied for a certificate of compliance with "+u.ID+" ("+string(row.ID)+").",
		a.Evidence, "")
}

// DecideCertificate is the power's owner's. A certificate lifts the power.
type DecideCertificate struct {
	Use     string             `json:"use" flag:"use" number:"yes" usage:"number of the power's use, such as U1" need:"yes"`
	Outcome CertificateOutcome `json:"outcome" flag:"outcome" board:"plain" usage:"the answer" need:"yes"`
	Reason  string             `json:"reason" flag:"reason" usage:"why" need:"yes"`
	At      time.Time          `json:"at,omitzero" flag:"at" when:"ever" usage:"when it was decided, if earlier than now"`
}

func (a *DecideCertificate) allowedAfterClosing() {}

func (a *DecideCertificate) check(c *Case, m ledger.Moment) error {
	u, err := c.ownUse(m, a.Use)
	if err == nil && u.applied() == nil {
		err = regime.Mistakef("no application for a certificate of compliance with %s waits for an answer.", u.ID)
	}
	return err
}

func (a *DecideCertificate) do(c *Case, m ledger.Moment) string {
	u, row := c.used(a.Use)
	k := u.applied()
	k.Outcome, k.Decided, k.Reason = a.Outcome, m.At, a.Reason
	c.pen.Discharge(DutyCertificate, u.ID, m)
	said := "refused"
	if a.Outcome == CertificateGiven {
		said, u.Lifted, u.Evidence = "given", m.At, a.Reason
	}
	text := c.Name(m.By.For) + " has " + said + " the certificate of compliance with " + string(row.ID)
	c.notifyPower(powerNotice{row: row, by: m.By.For, lifted: a.Outcome == CertificateGiven, text: text})
	return "The certificate of compliance with " + u.ID + " (" + string(row.ID) + ") is " + said + ". " + a.Reason
}

// applied is the application that waits for an answer, nil when there is none.
func (u *IndividualAction) applied() *Certificate {
	if n := len(u.Certificates); n > 0 && u.Certificates[n-1].Outcome == "" {
		return &u.Certificates[n-1]
	}
	return nil
}
