package failure

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// DutyWherePatientsGo is the kind of duty that is owed here.
const DutyWherePatientsGo regime.DutyKind = "WHERE_PATIENTS_GO"

// OtherProvision is what a commissioner answers where a service may stop: where patients go, from when, and
// who has told them and the neighbours (003:L853, 003:L579). Later words take the place of earlier ones.
type OtherProvision struct {
	Use        string       `json:"use"` // of the power that stops it
	By         ledger.Actor `json:"by"`
	At         time.Time    `json:"at"`
	Where      string       `json:"where,omitempty"`
	From       time.Time    `json:"from,omitzero"`
	Patients   string       `json:"patients,omitempty"`
	Neighbours string       `json:"neighbours,omitempty"`
	None       string       `json:"none,omitempty"` // why nobody has to go elsewhere
}

// missing is what has not been said yet.
func (o OtherProvision) missing() []string {
	if o.None != "" {
		return nil
	}
	var out []string
	for _, part := range []struct {
		said bool
		name string
	}{{o.Where != "", "where patients go"}, {!o.From.IsZero(), "from when"}, {o.Patients != "", "who has told the patients"},
		{o.Neighbours != "", "who has told the neighbours"}} {
		if !part.said {
			out = append(out, part.name)
		}
	}
	return out
}

var provisionVerbs = []Verb{
	{Path: "patients go", Update: "SayWherePatientsGo", Rules: "R100",
		New:     func() Act { return new(SayWherePatientsGo) },
		Did:     "said where patients go",
		Summary: "Say where patients go when a power stops a service, from when, and which commissioners have been told",
		Example: `patients go --case CASE --by CCG --use U1 --to "the neighbour at Dereham" --since 2014-03-01 ` +
			`--patients "letters of Monday" --neighbours "both chief executives, by telephone"`},
}

// askWherePatientsGo: the commissioner owes an answer where a power may stop a service. The power waits
// for nothing. In a closed case no one is chased.
func (c *Case) askWherePatientsGo(u IndividualAction, row regime.PowerRow, m ledger.Moment) {
	if !row.Continuity || c.Stage == regime.Closed {
		return
	}
	owner := c.commissioner()
	if c.profile().Fills(u.By.For.Body(), regime.Commissioners) {
		owner = u.By.For
	}
	c.pen.Ask(regime.NoticePatientsGo, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyWherePatientsGo, Owner: owner, Subject: u.ID, Start: m.Now,
		Urgent: u.Immediate || row.Urgency.AtOnce()}))
}

// patientsStay ends what is owed where the power was withdrawn or lifted.
func (c *Case) patientsStay(u *IndividualAction, m ledger.Moment) {
	c.pen.EndDuty(DutyWherePatientsGo, u.ID, ledger.EndNotNeeded, m)
}

func (c *Case) provision(use string) OtherProvision {
	for i := len(c.Provision) - 1; i >= 0; i-- {
		if c.Provision[i].Use == use {
			return c.Provision[i]
		}
	}
	return OtherProvision{Use: use}
}

// SayWherePatientsGo may come in parts, and again; it names no patient.
type SayWherePatientsGo struct {
	Use        string    `json:"use" flag:"use" number:"yes" usage:"the number of the use of the power that stops the service, such as U1" need:"yes"`
	Where      string    `json:"where,omitempty" flag:"to" was:"where" usage:"where patients go"`
	From       time.Time `json:"from,omitzero" flag:"since" was:"from" day:"start" when:"either" within:"meeting" usage:"from when"`
	Patients   string    `json:"patients,omitempty" flag:"patients" usage:"who has told the patients, and how"`
	Neighbours string    `json:"neighbours,omitempty" flag:"neighbours" usage:"who has told the neighbouring providers, and how"`
	None       string    `json:"none,omitempty" flag:"why-not" was:"none" usage:"in place of all that: why nobody has to go elsewhere"`
	At         time.Time `json:"at,omitzero" flag:"at" when:"ever" usage:"when your body settled that, if earlier than now"`
}

func (a *SayWherePatientsGo) allowedAfterClosing() {}

func (a *SayWherePatientsGo) check(c *Case, m ledger.Moment) error {
	u, row := c.used(a.Use)
	if u == nil {
		return regime.Mistakef("there is no use of a power %q in case %s.", words.Clip(a.Use, 20), c.Ref)
	}
	d := c.Duty(DutyWherePatientsGo, u.ID)
	if (d == nil || c.OwnerOf(*d) != m.By.For) && !c.commissions(m.By.For) {
		return regime.Refusef("R100", "who commissions the service says where its patients go: %s.", c.Name(c.commissioner()))
	}
	said := a.Where+a.Patients+a.Neighbours != "" || !a.From.IsZero()
	switch {
	case !row.Continuity:
		return regime.Mistakef("%s (%s) stops no service.", u.ID, row.ID)
	case a.None == "" && !said:
		return regime.Mistakef("say --to, --since, --patients and --neighbours, what is known of them; or --why-not, why nobody has to go elsewhere.")
	case a.None != "" && said:
		return regime.Mistakef("--why-not stands in place of --to, --since, --patients and --neighbours.")
	}
	return nil
}

// follows: what is answered is the use of a power.
func (a *SayWherePatientsGo) follows(c *Case, _ ledger.Moment) ledger.Bound { return c.sinceUse(a.Use) }

func (a *SayWherePatientsGo) do(c *Case, m ledger.Moment) string {
	u, _ := c.used(a.Use)
	o := OtherProvision{Use: u.ID, By: m.By, At: m.At, None: a.None}
	if a.None == "" {
		was := c.provision(u.ID)
		o.Where, o.From = cmp.Or(a.Where, was.Where), a.From
		if o.From.IsZero() {
			o.From = was.From
		}
		o.Patients, o.Neighbours = cmp.Or(a.Patients, was.Patients), cmp.Or(a.Neighbours, was.Neighbours)
	}
	c.Provision = append(c.Provision, o)
	missing := o.missing()
	if len(missing) > 0 {
		return a.words(u.ID) + " (Not said yet: " + words.List(missing) + ", R100.)"
	}
	c.pen.Discharge(DutyWherePatientsGo, u.ID, m)
	c.keepMoving(m.Now)
	c.pen.Notify(ledger.Notice{Kind: regime.NoticePatientsGo, Text: c.Name(m.By.For) + " has said where patients go (" + u.ID + "); the case shows it",
		To: ledger.Without(c.Audiences(regime.Contacts(regime.RoleMembers, regime.RoleProvider), ledger.Duty{}),
			ledger.DutyContacts([]regime.Party{m.By.For}))})
	return a.words(u.ID)
}

func (a *SayWherePatientsGo) words(id string) string {
	if a.None != "" {
		return "Nobody has to go elsewhere for " + id + ": " + words.Full(a.None)
	}
	var said []string
	for _, p := range [][2]string{{"where patients go", a.Where}, {"from when", instantOrNothing(a.From)},
		{"who has told the patients", a.Patients}, {"who has told the neighbours", a.Neighbours}} {
		if p[1] != "" {
			said = append(said, p[0]+": "+strings.TrimSuffix(p[1], "."))
		}
	}
	return "For " + id + ", " + strings.Join(said, "; ") + "."
}

func instantOrNothing(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return calendar.Instant(t)
}

// patientsUnplaced lists the uses of powers for which the commissioner still owes that answer.
func (c *Case) patientsUnplaced() []string {
	var out []string
	for _, d := range c.OpenOf(DutyWherePatientsGo) {
		out = append(out, "it is not said (R100) where patients go for "+d.Subject)
	}
	return out
}

// noContinuity remarks on a case of failure in which no action serves the continued provision of services,
// one of the three aims (003:L853). It refuses nothing.
func (c *Case) noContinuity() string {
	if !c.failureStands() || !slices.Contains(c.aimsWithoutAction(), words.Plain(string(ContinueServices))) {
		return ""
	}
	return "no action (R100) serves the continued provision of services"
}

// andContinuity remarks, where a case goes on or ends, on what is not said or done for the continuity of
// services.
func (c *Case) andContinuity() string {
	text := ""
	for _, open := range append(c.patientsUnplaced(), c.noContinuity()) {
		if open != "" {
			text += " " + words.Full(words.Capital(open))
		}
	}
	return text
}
