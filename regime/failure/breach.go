package failure

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// The kinds of duty that are owed here.
const (
	DutyAnswerBreach regime.DutyKind = "ANSWER_BREACH"
	DutyPassConcern  regime.DutyKind = "PASS_CONCERN_ON"
)

// BreachAnswer is CQC's reasoned decision on a breach that it found (R24).
type BreachAnswer struct {
	By     ledger.Actor `json:"by"`
	At     time.Time    `json:"at"`
	Reason string       `json:"reason"`
	// Acts are the bodies that act in its place, as CQC sees it (R93).
	Acts []regime.Party `json:"acts,omitempty"`
}

var breachVerbs = []Verb{
	{Path: "breach answer", Update: "AnswerBreach", Rules: "R24 R93",
		New:     func() Act { return new(AnswerBreach) },
		Did:     "gave the reasoned decision on a breach",
		Summary: "Give CQC's reasoned decision on a breach that it found, where it uses no power",
		Example: `breach answer --case CASE --by CQC --reason "Monitor's undertakings cover all of it; looked at again in March"`},
}

var passVerbs = []Verb{
	{Path: "concern pass", Update: "PassConcern", Rules: "R78",
		New:     func() Act { return new(PassConcern) },
		Did:     "recorded that the practice's commissioner was told of CQC's concern",
		Summary: "Record that CQC has told a practice's commissioner of its concern about it",
		Example: `concern pass --case CASE --by CQC --to NHSCB/Q56`},
}

// breachFound opens what CQC owes when it finds a breach, actual or potential: to act, or to
// say why not. The finding may be withdrawn by a later judgement.
func (c *Case) breachFound(v RegulatoryValue, m ledger.Moment) {
	switch v {
	case BreachSignificant, PotentialBreach:
		c.pen.Ask(regime.NoticeJudgement, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyAnswerBreach,
			Owner: m.By.For, Start: m.At}))
		c.concernAboutPractice(m.At)
	case NoMaterialBreach:
		c.pen.Lapse(m.Now, DutyAnswerBreach)
	}
}

// breachActedOn: CQC has used a power that answers the breach.
func (c *Case) breachActedOn(m ledger.Moment) { c.pen.Discharge(DutyAnswerBreach, "", m) }

// AnswerBreach is CQC's to give, in the place of a use of its powers.
type AnswerBreach struct {
	Reason string         `json:"reason" flag:"reason" usage:"the decision and its reasons" need:"yes"`
	Acts   []regime.Party `json:"acts,omitempty" flag:"acts" usage:"the bodies that act in CQC's place; each is told, and owes its answer"`
	At     time.Time      `json:"at,omitzero" flag:"at" when:"past" usage:"when CQC decided it, if earlier than now"`
}

func (a *AnswerBreach) check(c *Case, m ledger.Moment) error {
	if m.By.For.Body() != c.Inspector().Body() {
		return regime.Refusef("R24", "%s", c.says("{inspector} found the breach, and {inspector} alone answers for it."))
	}
	if c.Duty(DutyAnswerBreach, "") == nil {
		return regime.Mistakef("%s", c.says("no breach that {inspector} has found waits for its answer."))
	}
	return c.checkNamed("acts", a.Acts, m)
}

func (a *AnswerBreach) do(c *Case, m ledger.Moment) string {
	c.BreachAnswers = append(c.BreachAnswers, BreachAnswer{By: m.By, At: m.At, Reason: a.Reason, Acts: a.Acts})
	c.pen.Discharge(DutyAnswerBreach, "", m)
	c.pen.Event(regime.NoticeJudgement, c.says("{inspector} has decided what follows from the breach that it found"),
		regime.RoleMembers)
	return "Reasoned decision on the breach found: " + words.Full(a.Reason) +
		c.nameToAct(a.Acts, "in its answer to the breach that it found", m)
}

// concernAboutPractice: the commissioner of a GP practice is told of CQC's concern about it within
// a working day [W32]. In a closed case no one is chased.
func (c *Case) concernAboutPractice(now time.Time) {
	if c.Provider.Type != regime.GPPractice || c.Stage == regime.Closed || c.concernPassed() {
		return
	}
	c.pen.Ask(regime.NoticePassConcernOn, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyPassConcern,
		Owner: c.Inspector(), Start: now}))
}

func (c *Case) concernPassed() bool {
	for _, d := range c.Duties {
		if d.Kind == DutyPassConcern {
			return true
		}
	}
	return false
}

// PassConcern is recorded by CQC when it has told the commissioner what it is concerned about.
type PassConcern struct {
	To regime.Party `json:"to,omitempty" flag:"to" usage:"which one; without it, the practice's own"`
	At time.Time    `json:"at,omitzero" flag:"at" when:"past" usage:"when it was passed on, if earlier than now"`
}

func (a *PassConcern) check(c *Case, m ledger.Moment) error {
	if m.By.For.Body() != c.Inspector().Body() {
		return regime.Refusef("R1", c.says("{inspector} passes its concern on itself; %s cannot on its behalf."), c.Name(m.By.For))
	}
	if a.To != "" && a.To.Body() != c.holderOf(regime.DirectCommissioner) {
		return regime.Mistakef("--to is %s.", c.profile().PartName(regime.DirectCommissioner))
	}
	return nil
}

func (a *PassConcern) do(c *Case, m ledger.Moment) string {
	to := a.To
	if to == "" {
		to = regime.PartyOf(c.holderOf(regime.DirectCommissioner), c.Provider.AreaTeam)
	}
	c.pen.Discharge(DutyPassConcern, "", m)
	return "Told " + c.Name(to) + c.says(" what {inspector} is concerned about.")
}

// enforcementRegion is regulatory escalation beside special measures (region B): a breach to
// be answered, warning notices, trust special administration. Each body's own use of a power
// (region E) stands in the way of nothing.
var enforcementRegion = region{
	name: "regulatory escalation",
	settle: func(c *Case, now time.Time) {
		c.askWhoIsBestPlaced(now)
		c.chaseJudgement(now)
		c.answerByActing(now)
	},
	open: func(c *Case) []string {
		var out []string
		if !c.gone(c.Provider.Party()) {
			out = c.undeterminedWarnings()
		}
		if c.Duty(DutyAnswerBreach, "") != nil {
			out = append(out, c.says("{inspector} has not answered the breach that it found ('breach answer')"))
		}
		if c.Administration.underWay() {
			out = append(out, "trust special administration has not ended ('administration step')")
		}
		return out
	},
}
