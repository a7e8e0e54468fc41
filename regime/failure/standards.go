package failure

import (
	"strconv"
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
		Summary: "Answer whether professional standards issues have arisen (chair)",
		Example: `standards answer --case CASE --by "NHS England" --answer no --reason "no individual's practice in question"`},
	{Path: "referral open", Update: "OpenReferral", Rules: "R19",
		New:     func() Act { return new(OpenReferral) },
		Summary: "Take on the referral of a practitioner that your body is concerned about",
		Example: `referral open --case CASE --by CQC --profession nurse`},
	{Path: "referral employer", Update: "NotifyEmployer", Rules: "R19",
		New:     func() Act { return new(NotifyEmployer) },
		Summary: "Record that the practitioner's employer was notified (the referring body)",
		Example: `referral employer --case CASE --by CQC --referral F1`},
	{Path: "referral made", Update: "Refer", Rules: "R19",
		New:     func() Act { return new(Refer) },
		Summary: "Record that the referral was made to the right regulator (the referring body)",
		Example: `referral made --case CASE --by CQC --referral F1 --regulator NMC`},
	{Path: "referral end", Update: "EndReferral", Rules: "R9 R19",
		New:     func() Act { return new(EndReferral) },
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
