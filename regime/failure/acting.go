package failure

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// DutyAnswerActing is the kind of duty that is owed here.
const DutyAnswerActing regime.DutyKind = "ANSWER_WHETHER_IT_ACTS"

// NamedToAct is a body that an answer named as the one who acts (R93): no body may assume that
// another intervenes (002:L7).
type NamedToAct struct {
	Who   regime.Party `json:"who"`
	By    regime.Party `json:"by"`
	Where string       `json:"where"` // "in its answer to the breach"
	At    time.Time    `json:"at"`
}

// ActingAnswer is a body's own: it acts, by when; or it does not, and why.
type ActingAnswer struct {
	By     ledger.Actor `json:"by"`
	At     time.Time    `json:"at"`
	Acts   YesNo        `json:"acts"`
	Action string       `json:"action,omitempty"` // its action, "A3", or the power that it has used, "U1"
	Reason string       `json:"reason,omitempty"`
}

var actingVerbs = []Verb{
	{Path: "acting ask", Update: "AskWhoActs", Rules: "R93 R95",
		New:     func() Act { return new(AskWhoActs) },
		Summary: "Ask bodies whether they act on the failure, and by when",
		Example: `acting ask --case CASE --by "NHS England" --who CQC,Monitor,CCG --reason "each points at the others"`},
	{Path: "acting answer", Update: "AnswerActing", Rules: "R93 R95",
		New:     func() Act { return new(AnswerActing) },
		Summary: "Say whether your own body acts: what and by when, or why not",
		Example: `acting answer --case CASE --by Monitor --answer yes --what "Require a new board plan" --due 2013-10-15`},
}

// nameToAct tells the bodies that an answer names, and has each say whether it acts. Who has acted in this
// case already has answered by that, and is told.
func (c *Case) nameToAct(who []regime.Party, where string, m ledger.Moment) string {
	var asked []regime.Party
	for _, p := range who {
		c.Named = append(c.Named, NamedToAct{Who: p, By: m.By.For, Where: where, At: m.At})
		text := c.Name(m.By.For) + ", " + where + ", names your body as the one who acts"
		n := ledger.Notice{Kind: regime.NoticeWhoActs, Text: text, To: []ledger.Recipient{{Party: p, Level: regime.LevelDuty}}}
		if !c.acts(p) && c.Stage != regime.Closed {
			d := c.pen.OpenDuty(ledger.DutySpec{Kind: DutyAnswerActing, Owner: p, Subject: ofParty("", p), Start: m.Now,
				Urgent: c.immediateRisk()})
			n.Duty = d.ID
			asked = append(asked, p)
		}
		if p != m.By.For {
			c.pen.Notify(n)
		}
	}
	if len(asked) == 0 {
		return ""
	}
	return " Asked to say whether it acts, and by when (R93): " + c.names(asked) + "."
}

// checkNamed refuses names of those who cannot act: a group, the body itself, a body twice.
func (c *Case) checkNamed(flag string, who []regime.Party, m ledger.Moment) error {
	for i, p := range who {
		switch {
		case p.Body() == regime.QSGLocal || p.Body() == regime.QSGRegional:
			return regime.Refusef("R68", "a %s has no powers and does not act; name a member.", c.labels().Group)
		case p == m.By.For:
			return regime.Mistakef("--%s is for other bodies; what your own does it says by 'acting answer'.", flag)
		case slices.Contains(who[:i], p):
			return regime.Mistakef("--%s names %s twice.", flag, c.Name(p))
		}
	}
	return nil
}

// immediateRisk reports whether it has been said that patients may be at immediate risk: at the trigger,
// with the use of a power that has not been lifted, or as a concern.
func (c *Case) immediateRisk() bool {
	return c.Trigger != nil && c.Trigger.Immediate ||
		slices.ContainsFunc(c.OwnActs, func(u IndividualAction) bool {
			return u.Immediate && u.Lifted.IsZero() && u.Outcome != Withdraw
		}) ||
		slices.ContainsFunc(c.Concerns, func(n SharedConcern) bool {
			row, _ := c.profile().Row(n.Kind)
			return row.Notice == regime.NoticeImmediateRisk
		})
}

// AskWhoActs is any member's, and the provider's: somebody must ask before all assume.
type AskWhoActs struct {
	Who    []regime.Party `json:"who" flag:"who" usage:"the bodies asked" need:"yes"`
	Reason string         `json:"reason,omitempty" flag:"reason" usage:"why they are asked"`
}

func (a *AskWhoActs) check(c *Case, m ledger.Moment) error {
	if m.By.For != c.Provider.Party() && !c.IsMember(m.By.For) {
		return regime.Refusef("R15", "%s is not a member of this case.", c.Name(m.By.For))
	}
	return c.checkNamed("who", a.Who, m)
}

func (a *AskWhoActs) do(c *Case, m ledger.Moment) string {
	text := words.Sentence("Asked "+c.names(a.Who)+" who acts on the failure.", a.Reason, "")
	return text + c.nameToAct(a.Who, "which asks who acts", m)
}

// AnswerActing is each body's own; nobody says for another that it acts (R1). With a date it is an action
// of the body's own, with all that follows from one.
type AnswerActing struct {
	Answer YesNo     `json:"answer" flag:"answer" usage:"whether your body acts" need:"yes"`
	What   string    `json:"what,omitempty" flag:"what" usage:"what it does"`
	Due    time.Time `json:"due,omitzero" flag:"due" day:"end" when:"ahead" usage:"by when"`
	Aim    Aim       `json:"aim,omitempty" flag:"aim" usage:"which of the three aims it serves; without it, the first"`
	Use    string    `json:"use,omitempty" flag:"use" usage:"the number of a power that it has used already, such as U1, in place of what it does and by when"`
	Reason string    `json:"reason,omitempty" flag:"reason" usage:"why it does not act"`
	At     time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when your body said so, if earlier than now"`
}

func (a *AnswerActing) check(c *Case, m ledger.Moment) error {
	if c.named(m.By.For) == nil && m.By.For != c.Provider.Party() && !c.IsMember(m.By.For) {
		return regime.Refusef("R93", "%s is no member of this case, and nobody has named it as the one who acts.",
			c.Name(m.By.For))
	}
	switch {
	case a.Answer == "no" && a.Reason == "":
		return regime.Mistakef("--reason is missing: why your body does not act.")
	case a.Answer == "no" && (a.What+a.Use+string(a.Aim) != "" || !a.Due.IsZero()):
		return regime.Mistakef("--what, --due, --aim and --use belong to --answer yes.")
	case a.Answer == "no":
		return nil
	case a.Use != "" && (a.What != "" || !a.Due.IsZero()):
		return regime.Mistakef("a power that your body has used stands in place of --what and --due.")
	case a.Use != "":
		return a.checkUse(c, m)
	case a.What == "" || a.Due.IsZero():
		return regime.Mistakef("--what and --due say what your body does, and by when; or --use, which power it has used.")
	}
	return nil
}

func (a *AnswerActing) checkUse(c *Case, m ledger.Moment) error {
	if _, err := c.ownUse(m, a.Use); err != nil {
		return err
	}
	if u, row := c.used(a.Use); !intervenes(*u, row) {
		return regime.Refusef("R93", "%s (%s) changes nothing at the provider by itself, or was taken back; say what your body does.",
			u.ID, row.ID)
	}
	return nil
}

// follows: who was named answers after that.
func (a *AnswerActing) follows(c *Case, m ledger.Moment) ledger.Bound {
	return c.sinceDuty(DutyAnswerActing, ofParty("", m.By.For), "your body was named")
}

func (a *AnswerActing) do(c *Case, m ledger.Moment) string {
	n := ActingAnswer{By: m.By, At: m.At, Acts: a.Answer, Action: strings.ToUpper(a.Use), Reason: a.Reason}
	c.pen.Discharge(DutyAnswerActing, ofParty("", m.By.For), m)
	text, told := "Acts already: it has used "+n.Action+".", " says that it acts"
	switch {
	case a.Answer == "no":
		text, told = "Does not act: "+words.Full(a.Reason), " says that it does not act"
	case a.Use == "":
		n.Action = c.ownAccepted(a, m)
		text = "Acts (" + n.Action + "): " + a.What + ", by " + calendar.Instant(a.Due) + "."
	}
	c.Acting = append(c.Acting, n)
	c.keepMoving(m.Now)
	c.pen.Notify(ledger.Notice{Kind: regime.NoticeWhoActs, Text: c.Name(m.By.For) + told + c.andNobodyActs(), To: c.toHear(m.By.For)})
	return text
}

// toHear are those who are told at once of a body's answer: who named it and the chair; all members and the
// region as long as nobody acts.
func (c *Case) toHear(from regime.Party) []ledger.Recipient {
	roles := []regime.Role{regime.RoleChair}
	if c.nobodyActs() != "" {
		roles = append(roles, regime.RoleMembers, regime.RoleRegion)
	}
	to := c.Audiences(regime.Contacts(roles...), ledger.Duty{})
	for _, n := range c.Named {
		if r := (ledger.Recipient{Party: n.By, Level: regime.LevelDuty}); n.Who == from && !r.Among(to) {
			to = append(to, r)
		}
	}
	return ledger.Without(to, []ledger.Recipient{{Party: from, Level: regime.LevelDuty}})
}

// ownAccepted enters what a body does as an action that it has accepted by saying so.
func (c *Case) ownAccepted(a *AnswerActing, m ledger.Moment) string {
	act := ResponseAction{Aim: a.Aim, Urgent: c.immediateRisk(), Action: ledger.Action{
		ID: "A" + strconv.Itoa(len(c.Actions)+1), What: a.What, Owner: m.By.For, Proposer: m.By.For, Due: a.Due,
		Status: regime.ActionAccepted}}
	if act.Aim == "" {
		act.Aim = SafeguardPatients
	}
	c.Actions = append(c.Actions, act)
	c.pen.OpenDuty(ledger.DutySpec{Kind: act.dutyKind(), Owner: act.Owner, Subject: act.ID, Start: m.At, Due: act.Due})
	return act.ID
}

// named is the latest time that a body was named, or nothing.
func (c *Case) named(p regime.Party) *NamedToAct {
	for i := len(c.Named) - 1; i >= 0; i-- {
		if c.Named[i].Who == p {
			return &c.Named[i]
		}
	}
	return nil
}
