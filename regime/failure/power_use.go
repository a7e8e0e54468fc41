package failure

import (
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// DutyDecidePower is the kind of duty that is owed here.
const DutyDecidePower regime.DutyKind = "DECIDE_AFTER_REPRESENTATIONS"

// IndividualAction is a body's use of a power of its own (region E): at any time, at any
// stage, before a trigger and after closing. It blocks nothing and nothing blocks it.
type IndividualAction struct {
	ID       string         `json:"id"` // "U1"
	Power    regime.PowerID `json:"power"`
	By       ledger.Actor   `json:"by"`
	At       time.Time      `json:"at"` // when the power was used
	Recorded time.Time      `json:"recorded"`
	Basis    string         `json:"basis"`
	Reason   string         `json:"reason,omitempty"`
	Details  string         `json:"details,omitempty"`
	// Discussed says with which bodies it was discussed beforehand, if it was; no one has to be
	// asked.
	Discussed []regime.Party `json:"discussed,omitempty"`
	Immediate bool           `json:"immediate,omitempty"`
	Told      []regime.Party `json:"told,omitempty"` // in the order of telling, after the act (R5)

	// Representations is how long the provider has for them, Until when; zero: none.
	Representations calendar.Period `json:"representations,omitzero"`
	Until           time.Time       `json:"until,omitzero"`
	Outcome         PowerOutcome    `json:"outcome,omitempty"`
	Decided         time.Time       `json:"decided,omitzero"`

	Certificates []Certificate `json:"certificates,omitempty"`

	Lifted   time.Time `json:"lifted,omitzero"`
	Evidence string    `json:"evidence,omitempty"` // for lifting it
}

// PowerOutcome is what a body decides after representations.
type PowerOutcome string

// The outcomes.
const (
	Proceed  PowerOutcome = "proceed"
	Withdraw PowerOutcome = "withdraw"
)

// Choices lists the outcomes.
func (PowerOutcome) Choices() []string { return []string{string(Proceed), string(Withdraw)} }

// Stands reports whether a continuing power is in force: not awaiting a decision, not
// withdrawn, not lifted.
func (u IndividualAction) Stands(row regime.PowerRow) bool {
	return row.Continuing && u.Lifted.IsZero() && u.Outcome != Withdraw &&
		(u.Until.IsZero() || u.Outcome == Proceed)
}

var powerVerbs = []Verb{
	{Path: "power use", Update: "UsePower", Rules: "R2 R3 R4 R5 R10 R43 R44 R45 R46 R50 R52 R53 R63 R100 R112",
		New:     func() Act { return new(UsePower) },
		Did:     "recorded the use of a power",
		Summary: "Record that your body has used a power of its own; others are told afterwards",
		Example: `power use --case CASE --by CQC --power P-CQC-1 --immediate`},
	{Path: "power contract", Update: "RecordContract", Rules: "R112",
		New:     func() Act { return new(RecordContract) },
		Did:     "recorded a contract with the provider",
		Summary: "Record that your body commissions from the provider, so that the powers of that contract are its own",
		Example: `power contract --case CASE --by LA_COMM --what "ten rehabilitation beds"`},
	{Path: "power complete", Update: "CompletePower", Rules: "R10 R77",
		New:     func() Act { return new(CompletePower) },
		Did:     "completed the details of a power used",
		Summary: "Complete the details of a power that your body has used",
		Example: `power complete --case CASE --by CQC --use U1 --reason "two wards without a doctor at night"`},
	{Path: "power decide", Update: "DecidePower", Rules: "2.8 R44",
		New:     func() Act { return new(DecidePower) },
		Did:     "decided on a power after representations",
		Summary: "Decide after the provider's representations, or say whether what the power needs has come",
		Example: `power decide --case CASE --by CQC --use U1 --outcome proceed --reason "nothing new was said"`},
	{Path: "power lift", Update: "LiftPower", Rules: "R1 R51",
		New:     func() Act { return new(LiftPower) },
		Did:     "lifted a power",
		Summary: "Lift a power that is in force, with the evidence",
		Example: `power lift --case CASE --by HEE --use U1 --evidence "supervision audited in May" ` +
			`--safe "consultants on site day and night"`},
	{Path: "power intend", Update: "IntendPower", Rules: "R5 R53",
		New:     func() Act { return new(IntendPower) },
		Did:     "told the others which power is intended",
		Summary: "Tell the others which power your body intends to use; it never has to",
		Example: `power intend --case CASE --by Monitor --power P-MON-3 --details "after the board meeting"`},
}

// UsePower asks for nothing but which power: the rest may come later by 'power complete'
// (R10). It is refused for want of ownership or for the provider's type alone (R4).
type UsePower struct {
	Power           regime.PowerID  `json:"power" flag:"power" board:"plain" usage:"the power's number, such as P-CQC-1" need:"yes"`
	Reason          string          `json:"reason,omitempty" flag:"reason" usage:"why; may follow later"`
	Basis           string          `json:"basis,omitempty" flag:"basis" usage:"legal basis, if not the one in the table"`
	Taken           time.Time       `json:"taken,omitzero" flag:"at" when:"ever" usage:"when it was used, if earlier than now"`
	Discussed       []regime.Party  `json:"discussed,omitempty" flag:"discussed" usage:"parties that it was discussed with beforehand"`
	Details         string          `json:"details,omitempty" flag:"details" usage:"which services, sites or conditions"`
	Immediate       bool            `json:"immediate,omitempty" flag:"immediate" usage:"patients may be at immediate risk"`
	Representations calendar.Period `json:"representations,omitzero" flag:"representations" usage:"time for representations, such as 28d, where the power has one"`
	Contract        string          `json:"contract,omitempty" flag:"contract" usage:"for a power of a contract: which services your body commissions from the provider, where that is not known yet (R112)"`
}

func (a *UsePower) allowedAfterClosing() {}

func (a *UsePower) check(c *Case, m ledger.Moment) error {
	row, err := c.mayUse(m.By.For, a.Power)
	if a.Contract != "" {
		if err := c.mayContract(m.By.For); err != nil {
			return err
		}
		if regime.RefusedBy(err) == "R112" {
			err = nil
		}
	}
	if err != nil {
		return err
	}
	if row.Verb != "" && !row.Urgency.AtOnce() && c.takes(row.Verb) {
		return regime.Mistakef("%s has a verb of its own, which records it whole: '%s'.", row.ID, row.Verb)
	}
	return a.checkRepresentations(row, m)
}

// takes reports whether the case takes a verb at all at this stage.
func (c *Case) takes(path string) bool {
	for _, v := range verbs {
		if v.Path == path {
			_, ok := v.New().(afterClosing)
			return ok || c.Stage != regime.Closed
		}
	}
	return false
}

func (a *UsePower) checkRepresentations(row regime.PowerRow, m ledger.Moment) error {
	switch {
	case a.Representations.IsZero():
		return nil
	case row.Representations.IsZero():
		return regime.Mistakef("%s has no time for representations.", row.ID)
	case a.Representations.After(m.Now).Before(row.Shortest.After(m.Now)):
		return regime.Refusef("2.8", "%s are the least that may be given for representations on %s.",
			row.Shortest.Words(), row.ID)
	}
	return nil
}

func (a *UsePower) do(c *Case, m ledger.Moment) string {
	row, _ := c.profile().Power(a.Power)
	contract := ""
	if a.Contract != "" {
		contract = c.contracted(a.Contract, m)
	}
	u := IndividualAction{ID: "U" + strconv.Itoa(len(c.OwnActs)+1), Power: row.ID, By: m.By, At: m.Now,
		Recorded: m.Now, Basis: row.Basis, Reason: a.Reason, Details: a.Details,
		Discussed: a.Discussed, Immediate: a.Immediate}
	if a.Basis != "" {
		u.Basis = a.Basis
	}
	if !a.Taken.IsZero() {
		u.At = a.Taken
	}
	c.awaitRepresentations(&u, row, a.Representations, m.Now)
	u.Told = c.notifyPower(powerNotice{row: row, by: m.By.For, now: m.Now, immediate: a.Immediate,
		text: c.Name(m.By.For) + " has used a power of its own, " + string(row.ID) + ": " + row.Says})
	c.OwnActs = append(c.OwnActs, u)
	c.askWherePatientsGo(u, row, m)
	c.regulated(row, m)
	return words.Sentence("Used "+string(row.ID)+" ("+u.ID+"), to "+row.Says+".",
		words.Join(a.Reason, a.Details, contract, c.promptsOn(u, row)), "")
}

// awaitRepresentations dates the decision that follows them. In a closed case no one is chased.
func (c *Case) awaitRepresentations(u *IndividualAction, row regime.PowerRow, given calendar.Period,
	now time.Time) {
	if row.Representations.IsZero() {
		return
	}
	u.Representations = row.Representations
	if !given.IsZero() {
		u.Representations = given
	}
	u.Until = u.Representations.After(u.At)
	if c.Stage != regime.Closed {
		c.pen.OpenDuty(ledger.DutySpec{Kind: DutyDecidePower, Owner: u.By.For, Subject: u.ID, Start: now, Counted: u.At,
			Period: u.Representations})
	}
}

// regulated draws what follows when CQC has used a power: a breach is answered (R24), and NHS
// England's area team is told of a concern about a practice.
func (c *Case) regulated(row regime.PowerRow, m ledger.Moment) {
	if m.By.For.Body() != c.Inspector().Body() {
		return
	}
	if row.Enforces {
		c.breachActedOn(m)
	}
	c.foundByAction(row, m)
	c.concernAboutPractice(m.Now)
}
