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
		Did:     "asked bodies whether they act",
		Summary: "Ask bodies whether they act on the failure, and by when",
		Example: `acting ask --case CASE --by "NHS England" --asked CQC,Monitor,CCG --reason "each points at the others"`},
	{Path: "acting answer", Update: "AnswerActing", Rules: "R93 R95",
		New:     func() Act { return new(AnswerActing) },
		Did:     "said whether it acts",
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
	Who    []regime.Party `json:"who" flag:"asked" was:"who" board:"plain" usage:"the bodies asked" need:"yes"`
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
	Answer YesNo     `json:"answer" flag:"answer" board:"plain" usage:"whether your body acts" need:"yes"`
	What   string    `json:"what,omitempty" flag:"what" usage:"what it does"`
	Due    time.Time `json:"due,omitzero" flag:"due" board:"by" day:"end" when:"ahead" usage:"by when"`
	Aim    Aim       `json:"aim,omitempty" flag:"aim" board:"plain" usage:"which of the three aims it serves; without it, the first"`
	Use    string    `json:"use,omitempty" flag:"use" number:"yes" usage:"the number of a power that it has used already, such as U1, in place of what it does and by when"`
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

// answerByActing ends what a body owes when it has acted since, or CQC has decided on the breach: to act is an
// answer too.
func (c *Case) answerByActing(now time.Time) {
	for _, d := range c.OpenOf(DutyAnswerActing) {
		if c.acts(d.Owner) || c.decidedSince(d.Owner, d.Start) {
			c.pen.Discharge(d.Kind, d.Subject, ledger.Moment{Now: now, By: ledger.Actor{For: d.Owner}})
		}
	}
}

// decidedSince reports whether a body has given its reasoned decision on a breach since a time.
func (c *Case) decidedSince(p regime.Party, since time.Time) bool {
	n := len(c.BreachAnswers)
	return n > 0 && c.BreachAnswers[n-1].By.For == p && len(c.BreachAnswers[n-1].Acts) == 0 && c.BreachAnswers[n-1].At.After(since)
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

// Whether somebody acts on what was found, and what follows where nobody does (R94, R95).

// failureStands is what calls for action: the latest collective judgement of failure or of focussed
// action; else empty.
func (c *Case) failureStands() bool {
	return c.Collective != nil && c.Collective.Value != NoFailure && c.Stage != regime.Closed
}

// breachStands reports whether CQC's latest judgement is a breach, actual or potential.
func (c *Case) breachStands() bool {
	if n := len(c.Regulatory); n > 0 && c.Stage != regime.Closed {
		v := c.Regulatory[n-1].Value
		return v == BreachSignificant || v == PotentialBreach
	}
	return false
}

// intervenes reports whether a use of a power changes anything at the provider: to find something out
// does not, nor what was taken back.
func intervenes(u IndividualAction, row regime.PowerRow) bool {
	return !row.FindsOut && u.Outcome != Withdraw
}

// acts reports whether a body has acted in this case: a power, a warning notice, special measures, an
// action that it accepted.
func (c *Case) acts(p regime.Party) bool {
	return c.anyActs(func(q regime.Party) bool { return p == q })
}

// somebodyActs reports whether any body has.
func (c *Case) somebodyActs() bool { return c.anyActs(func(regime.Party) bool { return true }) }

func (c *Case) anyActs(meant func(regime.Party) bool) bool {
	return slices.ContainsFunc(c.OwnActs, func(u IndividualAction) bool {
		_, row := c.used(u.ID)
		return meant(u.By.For) && intervenes(u, row)
	}) || slices.ContainsFunc(c.Warnings, func(w WarningNotice) bool {
		return meant(w.By.For) && w.Withdrawn.IsZero()
	}) || slices.ContainsFunc(c.Actions, func(a ResponseAction) bool {
		return meant(a.Owner) && a.taken()
	}) || slices.ContainsFunc(c.Measures, func(e Episode) bool {
		return meant(c.decider()) && !e.Entered.IsZero()
	}) || c.Administration != nil && c.Administration.Order != nil && meant(c.Administration.Order.By.For)
}

// taken reports whether its owner has taken it on: accepted it, done it, or carried it over.
func (a ResponseAction) taken() bool {
	return a.Status == regime.ActionAccepted || a.Status == regime.ActionDone || a.Status == regime.ActionTransferred
}

// nobodyActs says so as long as a failure or a breach stands and nobody acts; else it is empty. It is said on
// the board, in the digest and at each meeting, and blames nobody (R94).
func (c *Case) nobodyActs() string {
	if !c.failureStands() && !c.breachStands() || c.somebodyActs() {
		return ""
	}
	text := "nobody acts yet on what was judged (R94): no power used, no action accepted, no " + c.labels().Measures + " decided"
	var waiting, not []regime.Party
	for _, d := range c.OpenOf(DutyAnswerActing) {
		waiting = append(waiting, d.Owner)
	}
	for _, a := range c.Acting {
		if p := a.By.For; c.declines(p) && !slices.Contains(not, p) {
			not = append(not, p)
		}
	}
	if len(waiting) > 0 {
		text += "; asked and not answered: " + c.names(waiting)
	}
	if len(not) > 0 {
		text += "; with its reasons does not act: " + c.names(not)
	}
	return text
}

// declines reports whether the latest word of a body is that it does not act, with its reasons. CQC says so
// also by its decision on a breach, unless that named another.
func (c *Case) declines(p regime.Party) bool {
	for i := len(c.Acting) - 1; i >= 0; i-- {
		if a := c.Acting[i]; c.Today(a.By.For) == p {
			return a.Acts == "no"
		}
	}
	n := len(c.BreachAnswers)
	return n > 0 && c.BreachAnswers[n-1].By.For == p && len(c.BreachAnswers[n-1].Acts) == 0
}

// mustSay are the bodies without whose word nobody knows whether anybody acts: CQC, and over a failure who
// decides on special measures and who commissions; and all that were named.
func (c *Case) mustSay() []regime.Party {
	out := []regime.Party{c.Inspector()}
	add := func(p regime.Party) {
		if p != "" && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	if c.failureStands() {
		add(c.decider())
		add(c.commissioner())
	}
	for _, n := range c.Named {
		add(n.Who)
	}
	return out
}

// commissioner is who commissions the service: the lead of the commissioning groups, NHS England of what it
// commissions itself, the council of social care.
func (c *Case) commissioner() regime.Party {
	row := c.providerRow()
	if c.profile().Fills(row.PerformanceManager, regime.Commissioners) {
		return c.ResolveUnit(regime.Party(row.PerformanceManager))
	}
	if row.DirectlyCommissioned {
		return c.ResolveUnit(regime.Party(c.holderOf(regime.DirectCommissioner)))
	}
	return c.ResolveUnit(regime.Party(c.holderOf(regime.LeadCommissioner)))
}

// overFailure refuses to go over to monitoring or to close over a failure on which nobody acts, unless each
// that could has said why not (R95).
func (c *Case) overFailure() error {
	if c.nobodyActs() == "" {
		return nil
	}
	var silent []regime.Party
	for _, p := range c.mustSay() {
		if !c.declines(p) {
			silent = append(silent, p)
		}
	}
	if len(silent) == 0 {
		return nil
	}
	return regime.Refusef("R95", "nobody acts on what was judged. Somebody accepts an action or uses a power; or each says why it "+
		"does not ('acting ask', 'acting answer'), which is still to be said by %s.", c.names(silent))
}

// withReasons is what is added where a case goes on or ends though nobody acts.
func (c *Case) withReasons() string {
	if text := c.nobodyActs(); text != "" {
		return " " + words.Full(words.Capital(text))
	}
	return ""
}

// andNobodyActs is what is added to a notice as long as nobody acts.
func (c *Case) andNobodyActs() string {
	if text := c.nobodyActs(); text != "" {
		return ". " + words.Capital(text)
	}
	return ""
}
