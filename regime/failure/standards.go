package failure

import (
	"strconv"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// The kinds of duty that are owed here.
const (
	DutyNotifyEmployer regime.DutyKind = "NOTIFY_EMPLOYER"
	DutyRefer          regime.DutyKind = "PROFESSIONAL_REFERRAL"
)

// Referral is about one practitioner, whose name stands nowhere in the case. The body that
// identified the concern owes two things: to notify the employer, and to refer to the
// regulator (003:L631). They are fulfilled one by one.
type Referral struct {
	ID         string            `json:"id"` // "F1"
	Profession regime.Profession `json:"profession"`
	Regulator  regime.Party      `json:"regulator" passes:"on"`
	Referrer   regime.Party      `json:"referrer" passes:"on"`
	Opened     time.Time         `json:"opened"`
	Employer   time.Time         `json:"employer,omitzero"` // when it was notified
	Made       time.Time         `json:"made,omitzero"`     // when it went to the regulator
	Ended      time.Time         `json:"ended,omitzero"`
	Why        string            `json:"why,omitempty"` // it ended
}

// Settled reports whether nothing more is to be done about it.
func (r Referral) Settled() bool { return !r.Ended.IsZero() }

var standardsVerbs = []Verb{
	{Path: "standards answer", Update: "AnswerStandards", Rules: "R18 R19",
		New:     func() Act { return new(AnswerStandards) },
		Did:     "answered whether professional standards issues have arisen",
		Summary: "Answer whether professional standards issues have arisen (chair)",
		Example: `standards answer --case CASE --by "NHS England" --answer no --reason "no individual's practice in question"`},
	{Path: "referral open", Update: "OpenReferral", Rules: "R19",
		New:     func() Act { return new(OpenReferral) },
		Did:     "took on the referral of a practitioner",
		Summary: "Take on the referral of a practitioner that your body is concerned about",
		Example: `referral open --case CASE --by CQC --profession nurse`},
	{Path: "referral employer", Update: "NotifyEmployer", Rules: "R19",
		New:     func() Act { return new(NotifyEmployer) },
		Did:     "recorded that a practitioner's employer was notified",
		Summary: "Record that the practitioner's employer was notified (the referring body)",
		Example: `referral employer --case CASE --by CQC --referral F1`},
	{Path: "referral made", Update: "Refer", Rules: "R19",
		New:     func() Act { return new(Refer) },
		Did:     "recorded that a referral was made",
		Summary: "Record that the referral was made to the right regulator (the referring body)",
		Example: `referral made --case CASE --by CQC --referral F1 --regulator NMC`},
	{Path: "referral end", Update: "EndReferral", Rules: "R9 R19",
		New:     func() Act { return new(EndReferral) },
		Did:     "recorded how a referral ended",
		Summary: "Record that the regulator has concluded, or that nothing is to be referred",
		Example: `referral end --case CASE --by CQC --referral F1 --reason "the regulator has closed its case"`},
}

// employersDuty is the reminder that goes with every open referral (R9; 003:L623).
const employersDuty = "the employer's duty to protect patients goes on while a regulator looks at an " +
	"individual (R9)"

func (c *Case) referral(id string) *Referral {
	return ledger.Find(c.Referrals, func(x Referral) bool { return x.ID == id })
}

// openReferral opens both duties of the referring body (R19).
func (c *Case) openReferral(of regime.Profession, by regime.Party, m ledger.Moment) string {
	row, _ := c.profile().Profession(of)
	f := Referral{ID: "F" + strconv.Itoa(len(c.Referrals)+1), Profession: of, Regulator: regime.Party(row.Regulator),
		Referrer: by, Opened: m.Now}
	c.Referrals = append(c.Referrals, f)
	for _, k := range []regime.DutyKind{DutyNotifyEmployer, DutyRefer} {
		d := c.pen.OpenDuty(ledger.DutySpec{Kind: k, Owner: by, Subject: f.ID, Start: m.Now})
		if by != m.By.For {
			c.pen.Ask(regime.NoticeReferral, d)
		}
	}
	return "Referral " + f.ID + ", of " + row.Label + ": " + c.Name(by) + " notifies the employer, and " +
		"refers to the " + c.profile().BodyName(row.Regulator) + ", as two things (R19). Meanwhile " +
		employersDuty + "."
}

func (c *Case) checkProfession(of regime.Profession) error {
	if _, ok := c.profile().Profession(of); !ok {
		return regime.Mistakef("profile %s does not know the profession %q.", c.Profile, words.Clip(string(of), 40))
	}
	return nil
}

// reminders are what must not be forgotten while something runs outside the case.
func (c *Case) reminders() []string {
	var open []string
	for _, f := range c.Referrals {
		if f.Ended.IsZero() {
			open = append(open, f.ID)
		}
	}
	if len(open) == 0 {
		return nil
	}
	return []string{"referral " + words.List(open) + " open: " + employersDuty}
}

// standardsRegion is region D. What is owed for a referral would end with the case, so the
// case waits for it (R19).
var standardsRegion = region{
	name:   "professional standards",
	settle: func(*Case, time.Time) {},
	open: func(c *Case) []string {
		var out []string
		for _, f := range c.Referrals {
			for _, k := range []regime.DutyKind{DutyNotifyEmployer, DutyRefer} {
				if d := c.Duty(k, f.ID); d != nil {
					row, _ := c.profile().Duty(k)
					out = append(out, c.Name(d.Owner)+" is still to "+c.Says(*d)+" ('"+row.How+
						"', or 'referral end' with the reason)")
				}
			}
		}
		return out
	},
}

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
	Referral string    `json:"referral" flag:"referral" number:"yes" usage:"its number, such as F1" need:"yes"`
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
	Referral  string       `json:"referral" flag:"referral" number:"yes" usage:"its number, such as F1" need:"yes"`
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
	Referral string    `json:"referral" flag:"referral" number:"yes" usage:"its number, such as F1" need:"yes"`
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
