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

// DutyNoteClosing is the kind of duty that is owed here.
const DutyNoteClosing regime.DutyKind = "NOTE_CLOSING"

// Closing is how the case ended.
type Closing struct {
	Proposed time.Time `json:"proposed,omitzero"`
	Lessons  string    `json:"lessons,omitempty"`
	// Agreement is who agreed to it, who objects, and until when that can be said.
	Agreement string    `json:"agreement,omitempty"`
	Closed    time.Time `json:"closed,omitzero"`
	// AskAfter is handed to the group of the provider's area, which asks from then on (R91).
	AskAfter []ledger.HandedAction `json:"askAfter,omitempty"`
}

var closingVerbs = []Verb{
	{Path: "monitoring begin", Update: "BeginMonitoring", Rules: "R94 R95 R100 T12",
		New:     func() Act { return new(BeginMonitoring) },
		Did:     "moved from response to monitoring",
		Summary: "Move from response to monitoring: action has been taken (ring-holder)",
		Example: `monitoring begin --case CASE --by "NHS England" --reason "all actions done or in the plan"`},
	{Path: "case propose-closing", Update: "ProposeClosing", Rules: "R92 R94 R95 R100 T12 2.4",
		New:     func() Act { return new(ProposeClosing) },
		Did:     "proposed that the case is closed",
		Summary: "Propose that the case is closed (ring-holder)",
		Example: `case propose-closing --case CASE --by "NHS England" --lessons "earlier sharing of trainees' reports"`},
	{Path: "case close", Update: "CloseCase", Rules: "R92 R95 T12 2.4",
		New:     func() Act { return new(CloseCase) },
		Did:     "closed the case",
		Summary: "Note the closing for the surveillance group, and close the case",
		Example: `case close --case CASE --by "NHS England"`},
}

// StandingInTheWay lists, as sentences, what must still happen before the case may close
// (regime 2.4). Open differences of judgement never do.
func (c *Case) StandingInTheWay() []string {
	var out []string
	for _, r := range regions {
		out = append(out, r.open(c)...)
	}
	return out
}

// BeginMonitoring ends the regular meetings when action has been taken (003:L858).
type BeginMonitoring struct {
	Reason string    `json:"reason" flag:"reason" usage:"what has been achieved and what is left to watch" need:"yes"`
	At     time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when that was agreed, if earlier than now"`
}

func (a *BeginMonitoring) check(c *Case, m ledger.Moment) error {
	if err := c.ringHolderOnly(m, "T12", "proposes to go over to monitoring"); err != nil {
		return err
	}
	if c.Stage != regime.Responding {
		return regime.Refusef("T12", "the case is past its response: %s.", c.stageWords())
	}
	if len(c.Meetings) == 0 || c.Meetings[0].Held.IsZero() {
		return regime.Refusef("T8", "the members have not met yet since the judgement.")
	}
	if open := coordinationRegion.open(c); len(open) > 0 {
		return regime.Refusef("T12", "action has not been taken yet: %s. Actions are done, withdrawn or "+
			"transferred first.", strings.Join(open, "; "))
	}
	return c.overFailure()
}

func (a *BeginMonitoring) do(c *Case, m ledger.Moment) string {
	c.endResponse(m.Now)
	c.enterStage(regime.Monitoring, m.At)
	return "Went over to monitoring: " + words.Full(a.Reason) + c.withReasons() + c.andContinuity()
}

func (c *Case) endResponse(now time.Time) {
	for _, n := range c.Meetings {
		if n.Held.IsZero() {
			c.pen.EndDuty(DutyHoldMeeting, strconv.Itoa(n.N), ledger.EndNotNeeded, ledger.Moment{Now: now})
		}
	}
	c.pen.Lapse(now, DutyNextMeeting, DutyKeepMoving, DutyMeetingRecord)
}

// ProposeClosing is for the ring-holder; in a case without one, for the body that supports the
// group or that decides on special measures.
type ProposeClosing struct {
	Lessons  string         `json:"lessons,omitempty" flag:"lessons" usage:"what was learned"`
	Evidence string         `json:"evidence,omitempty" flag:"evidence" usage:"what shows that it can close"`
	Dissent  []regime.Party `json:"dissent,omitempty" flag:"dissent" usage:"those at today's meeting that see it otherwise"`
}

func (a *ProposeClosing) check(c *Case, m ledger.Moment) error {
	if !c.mayProposeClosing(m.By.For) {
		return regime.Refusef("R34", "%s proposes the closing.", c.Name(c.chair()))
	}
	switch c.Stage {
	case regime.Responding, regime.Monitoring, regime.StoodDown, regime.UnderSurveillance:
	default:
		if c.Gone == nil {
			return regime.Refusef("T12", "the case has not got that far: %s.", c.stageWords())
		}
	}
	if c.Stage == regime.Responding && c.Gone == nil && (len(c.Meetings) == 0 || c.Meetings[0].Held.IsZero()) {
		return regime.Refusef("T8", "the members have not met yet since the judgement.")
	}
	if !c.Closing.Proposed.IsZero() {
		return regime.Mistakef("closing has already been proposed.")
	}
	open := c.StandingInTheWay()
	if len(open) > 0 {
		return regime.Refusef("2.4", "the case cannot close yet: %s.", strings.Join(open, "; "))
	}
	return c.overFailure()
}

func (c *Case) mayProposeClosing(p regime.Party) bool {
	if c.Ring.Holder != "" {
		return p == c.Ring.Holder
	}
	return p == c.chair() || p == c.support() || p == c.decider()
}

func (a *ProposeClosing) do(c *Case, m ledger.Moment) string {
	c.endResponse(m.Now)
	_, present := c.sitting(m.At)
	agreed := ledger.Dissenting(present, a.Dissent)
	if !slices.Contains(agreed, m.By.For) {
		agreed = append(agreed, m.By.For)
	}
	rest := c.pen.Agree(ledger.Agreement{Kind: ledger.ToClose, By: m.By.For, At: m.Now, Present: present, Agreed: agreed,
		Reason: a.Lessons, Evidence: words.Sentence(c.closesOn(), a.Evidence, ""), Objections: ledger.SawOtherwise(a.Dissent, present, m)},
		c.tellClosing)
	c.Closing.Proposed, c.Closing.Lessons, c.Closing.Agreement = m.Now, a.Lessons, rest.ID
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutyNoteClosing, Owner: c.support(), Start: m.Now})
	return words.Sentence("Proposed to close the case ("+rest.ID+"), "+c.AgreedWords(rest)+". The others can agree or object until "+
		calendar.Instant(rest.Until)+"."+c.withReasons()+c.andContinuity(), a.Lessons, "") + ledger.OnEvidence(rest.Evidence)
}

// tellClosing tells all at the table, the region and the provider: the case is theirs too.
func (c *Case) tellClosing(rest ledger.Agreement) ledger.Notice {
	to := c.Audiences(regime.Contacts(regime.RoleMembers, regime.RoleSupport), ledger.Duty{})
	return ledger.Notice{Kind: regime.NoticeClosing, Text: "Closing of the case has been proposed (" + rest.ID + ")", To: to,
		Asks: []ledger.Ask{{Of: rest.NotYetAgreed(c.parties(nil)), How: "case agree, case object"}}}
}

// closesOn is what the record itself has to show for a closing.
func (c *Case) closesOn() string {
	done := 0
	for _, a := range c.Actions {
		done += words.Flag(a.Status == regime.ActionDone)
	}
	text := words.Count(done, "action") + " of " + strconv.Itoa(len(c.Actions)) + " done"
	if e := c.episode(); e != nil {
		text += "; " + c.labels().Measures + " " + e.State.Words()
	}
	return text + "; to be watched at the " + string(c.Questions.Level) + " level."
}

// ObjectToClosing is listed in the record (N42). It is against what else is to be put to rest too, where
// that is named (R92).
type ObjectToClosing struct {
	Matter string             `json:"matter,omitempty" flag:"matter" number:"yes" usage:"what is objected to, such as M1; without it, the closing"`
	Reason string             `json:"reason" flag:"reason" usage:"why; of a record, what is right" need:"yes"`
	As     ledger.ObjectionAs `json:"as,omitempty" flag:"as" board:"plain" usage:"of a record: whether it is a correction or a dissent"`
}

func (a *ObjectToClosing) check(c *Case, m ledger.Moment) error {
	if a.Matter != "" {
		rest, err := c.CheckHeard(a.Matter)
		if err != nil {
			return err
		}
		return c.heard(rest, m)
	}
	if c.Closing.Proposed.IsZero() {
		return regime.Refusef("T12", "closing has not been proposed.")
	}
	return c.memberOnly(m)
}

func (a *ObjectToClosing) do(c *Case, m ledger.Moment) string {
	if a.Matter != "" {
		return c.pen.Object(a.Matter, ledger.ObjectingTo(*c.Agreement(a.Matter), a.As), a.Reason, m)
	}
	c.pen.Object(c.Closing.Agreement, ledger.AsObjection, a.Reason, m)
	return "Objected to the closing, which is listed and blocks nothing: " + a.Reason
}

// CloseCase notes the closing for the surveillance group; the guards are looked at again.
type CloseCase struct{}

func (a *CloseCase) check(c *Case, m ledger.Moment) error {
	if c.Closing.Proposed.IsZero() {
		return regime.Refusef("T12", "closing has not been proposed yet.")
	}
	if m.By.For != c.support() {
		return regime.Refusef("T12", "%s notes the closing for the group.", c.Name(c.support()))
	}
	if open := c.StandingInTheWay(); len(open) > 0 {
		return regime.Refusef("2.4", "the case cannot close yet: %s.", strings.Join(open, "; "))
	}
	if rest := c.Pending(ledger.ToClose, ""); rest != nil {
		return regime.Refusef("R92", "the members can agree or object until %s (%s). An objection blocks nothing, and when all "+
			"have answered nobody is waited for.", calendar.Instant(rest.Until), rest.ID)
	}
	return c.overFailure()
}

func (a *CloseCase) do(c *Case, m ledger.Moment) string {
	c.pen.Discharge(DutyNoteClosing, "", m)
	c.Closing.AskAfter = c.toAskAfter()
	open := c.stillOpen()
	for _, rest := range c.Agreements {
		if rest.Open() {
			c.pen.EndAgreement(rest.ID, ledger.Overtaken, m)
		}
	}
	for i := range c.Duties {
		if d := &c.Duties[i]; d.Open() {
			c.pen.EndDuty(d.Kind, d.Subject, ledger.EndNotNeeded, m)
		}
	}
	c.enterStage(regime.Closed, m.Now)
	c.Closing.Closed = m.Now
	left := "the provider is watched at the " + string(c.Questions.Level) + " level"
	if c.Gone != nil {
		left = "the provider has ended"
	}
	c.tellGovernors("The case about the trust is closed")
	c.pen.Event(regime.NoticeClosing, "The case is closed; "+left, regime.RoleMembers, regime.RoleSupport, regime.RoleRegion,
		regime.RoleProvider)
	return "Closed the case, " + c.AgreedWords(*c.Agreement(c.Closing.Agreement)) + ". " + words.Capital(left) + "." + open +
		c.openDifferences()
}

// stillOpen names what a closing leaves to the group: concerns that nobody has withdrawn, and actions that were
// to be asked after again.
func (c *Case) stillOpen() string {
	var concerns []string
	for _, n := range c.Concerns {
		if n.End == "" {
			concerns = append(concerns, n.ID+" of "+c.Name(n.By.For))
		}
	}
	asked := ledger.IDsOf(c.Closing.AskAfter, func(a ledger.HandedAction) string { return a.ID + " of " + c.Name(a.Owner) })
	text := ""
	if len(concerns) > 0 {
		text += " Concerns that were not withdrawn: " + words.List(concerns) + "."
	}
	if len(asked) > 0 {
		text += " To be asked after again by the group: " + words.List(asked) + " (R91)."
	}
	return text
}

// toAskAfter are the actions that were to be asked after again.
func (c *Case) toAskAfter() []ledger.HandedAction {
	var out []ledger.HandedAction
	for _, a := range c.Actions {
		if d := c.Duty(regime.DutyStillHolds, a.ID); d != nil {
			out = append(out, ledger.HandedAction{ID: a.ID, What: a.What, Owner: a.Owner, Evidence: a.Evidence, Due: d.Due})
		}
	}
	return out
}

// AftercareEnds is until when a closed case still takes corrections and each body's own
// acts; zero while the case is open.
func (c *Case) AftercareEnds() time.Time {
	if c.Closing.Closed.IsZero() {
		return time.Time{}
	}
	return c.profile().Aftercare.After(c.Closing.Closed)
}

// closedTo refuses what needs a live case, and gives the command that opens one. Special measures need
// no summit for it (R106); what a body does alone a closed case takes as it is.
func (c *Case) closedTo(act Act) error {
	command := "open " + c.sameProvider() + " --reopens " + c.Ref + " --reason TEXT"
	then := ", with no " + c.labels().Summit + " needed for '" + VerbOf(act).Path + "'"
	if _, ok := act.(*TriggerRiskSummit); ok {
		command, then = "trigger "+c.sameProvider()+" --reopens "+c.Ref, ""
	}
	return regime.Refusef("2.4", "case %s is closed; '%s' opens one that takes it up again%s.", c.Ref, command, then)
}

// sameProvider are the flags that name the provider of a new case: a trust stands in the register.
func (c *Case) sameProvider() string {
	p := c.Provider
	if p.Type.Trust() {
		return "--provider " + p.Code
	}
	return "--provider-name " + strconv.Quote(p.Name) + " --provider-code " + p.Code + " --provider-type " +
		string(p.Type) + " --area " + p.AreaTeam
}
