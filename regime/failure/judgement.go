package failure

import (
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// The kinds of duty that are owed here.
const (
	DutyRegulatoryFollowUp regime.DutyKind = "REGULATORY_JUDGEMENT_FOLLOW_UP"
	DutySurveillanceLevel  regime.DutyKind = "SURVEILLANCE_LEVEL"
)

// RegulatoryValue is what CQC finds (regime 2.5).
type RegulatoryValue string

// The regulatory judgements.
const (
	BreachSignificant RegulatoryValue = "significant-breach"
	PotentialBreach   RegulatoryValue = "potential-breach"
	NoMaterialBreach  RegulatoryValue = "no-material-breach"
	NotYetDetermined  RegulatoryValue = "not-yet-determined"
)

// Choices lists the regulatory judgements.
func (RegulatoryValue) Choices() []string {
	return []string{string(BreachSignificant), string(PotentialBreach), string(NoMaterialBreach),
		string(NotYetDetermined)}
}

// RegulatoryJudgement is CQC's own; a later one never replaces an earlier (R23).
type RegulatoryJudgement struct {
	Value     RegulatoryValue `json:"value"`
	Standards string          `json:"standards,omitempty"`
	Evidence  string          `json:"evidence,omitempty"`
	Intends   string          `json:"intends,omitempty"`
	By        ledger.Actor    `json:"by"`
	At        time.Time       `json:"at"`
}

// MemberJudgement is one body's own view; views are never averaged and never voted on.
type MemberJudgement struct {
	By      ledger.Actor `json:"by"`
	View    string       `json:"view"`
	Intends string       `json:"intends,omitempty"`
	Dissent bool         `json:"dissent,omitempty"`
	// Wants: the body determines that focussed action is required (R25, T5).
	Wants  bool      `json:"wants,omitempty"`
	Sealed bool      `json:"sealed,omitempty"` // until all are opened together
	At     time.Time `json:"at"`
}

// CollectiveValue is what those at the summit find together.
type CollectiveValue string

// The collective judgements. Actual and potential failure both start the response (R26).
const (
	ActualFailure    CollectiveValue = "actual-failure"
	PotentialFailure CollectiveValue = "potential-failure"
	FocussedAction   CollectiveValue = "no-failure-but-focussed-action"
	NoFailure        CollectiveValue = "no-failure"
)

// Choices lists the collective judgements.
func (CollectiveValue) Choices() []string {
	return []string{string(ActualFailure), string(PotentialFailure), string(FocussedAction),
		string(NoFailure)}
}

// CollectiveJudgement starts the 24/48 hours at the moment it is recorded (R27).
type CollectiveJudgement struct {
	Value  CollectiveValue `json:"value"`
	Reason string          `json:"reason,omitempty"`
	By     ledger.Actor    `json:"by"`
	At     time.Time       `json:"at"`
	// Corrects: the one before was a slip, and not another judgement.
	Corrects bool `json:"corrects,omitempty"`
}

var judgementVerbs = []Verb{
	{Path: "judgement regulatory", Update: "JudgeBreach", Rules: "R23 R24 R25 R86 R98", New: func() Act { return new(JudgeBreach) },
		Did:     "gave the regulatory judgement",
		Summary: "Give CQC's independent regulatory judgement (CQC alone)",
		Example: `judgement regulatory --case CASE --by CQC --value not-yet-determined ` +
			`--intends "inspect within the week"`},
	{Path: "judgement own", Update: "JudgeForOneself", Rules: "R23 R52 R53 R86 T4", New: func() Act { return new(JudgeForOneself) },
		Did:     "gave a view of one's own",
		Summary: "Give your own body's view and what it intends",
		Example: `judgement own --case CASE --by Monitor --view "Governance has failed"`},
	{Path: "judgement collective", Update: "JudgeCollectively", Rules: "R25 R26 R27 R86 R98 T5", New: func() Act { return new(JudgeCollectively) },
		Did:     "recorded the collective judgement",
		Summary: "Record the collective judgement; the 24/48 hours begin (chair)",
		Example: `judgement collective --case CASE --by "NHS England" --value potential-failure`},
}

// JudgeBreach is CQC's own judgement; "no material breach" ends nothing (R25), and the
// collective judgement need not wait for it (A36).
type JudgeBreach struct {
	Value     RegulatoryValue `json:"value" flag:"value" board:"plain" usage:"CQC's judgement" need:"yes"`
	Standards string          `json:"standards,omitempty" flag:"standards" usage:"which standards are concerned"`
	Evidence  string          `json:"evidence,omitempty" flag:"evidence" usage:"what it rests on"`
	Intends   string          `json:"intends,omitempty" flag:"intends" usage:"what CQC will do"`
	At        time.Time       `json:"at,omitzero" flag:"at" when:"ever" usage:"when CQC gave it, if earlier than now"`
}

func (a *JudgeBreach) check(c *Case, m ledger.Moment) error {
	if m.By.For.Body() != c.Inspector().Body() {
		return regime.Refusef("R23", c.says("only {inspector} makes or changes the regulatory judgement; %s can give its ")+
			"own view.", c.Name(m.By.For))
	}
	return nil
}

func (a *JudgeBreach) do(c *Case, m ledger.Moment) string {
	again := len(c.Regulatory) > 0
	c.Regulatory = append(c.Regulatory, RegulatoryJudgement{Value: a.Value, By: m.By, At: m.At,
		Standards: a.Standards, Evidence: a.Evidence, Intends: a.Intends})
	c.pen.Discharge(DutyRegulatory, "", m)
	if a.Value == NotYetDetermined {
		c.pen.OpenDuty(ledger.DutySpec{Kind: DutyRegulatoryFollowUp, Owner: c.Inspector(), Start: m.At})
	} else {
		c.pen.Discharge(DutyRegulatoryFollowUp, "", m)
	}
	c.breachFound(a.Value, m)
	said := c.says("{inspector} has recorded its regulatory judgement")
	if text := c.hoursNotBegun(); text != "" {
		said += ". " + words.Capital(text)
	}
	c.pen.Event(regime.NoticeJudgement, said, regime.RoleMembers)
	followed := ""
	if a.Value == BreachSignificant || a.Value == PotentialBreach {
		followed = c.wanted(c.says("{inspector} has found a breach"), m)
	}
	text := "Regulatory judgement: " + words.Plain(string(a.Value)) + "."
	if again {
		text = "Changed the regulatory judgement (the earlier one stays on the record): " +
			words.Plain(string(a.Value)) + "."
	}
	return words.Sentence(text+followed, a.Evidence, a.Intends)
}

// JudgeForOneself records a member's own view, at any time. CQC is told of a commissioner's
// concerns and of the steps that a trust's overseer intends (R52, R53).
type JudgeForOneself struct {
	View    string    `json:"view" flag:"view" confided:"yes" usage:"your body's own view" need:"yes"`
	Intends string    `json:"intends,omitempty" flag:"intends" confided:"yes" usage:"what your body will do"`
	Dissent bool      `json:"dissent,omitempty" flag:"dissent" usage:"your body disagrees with the others"`
	Wants   bool      `json:"wants,omitempty" flag:"wants-action" usage:"your body determines that focussed action is required (R25); a later view without it takes it back"`
	Sealed  bool      `json:"sealed,omitempty" flag:"sealed" usage:"shown to nobody until all sealed views are opened together"`
	At      time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when your body came to it, if earlier than now"`
}

// InConfidence reports whether the view is still sealed.
func (a *JudgeForOneself) InConfidence() bool { return a.Sealed }

func (a *JudgeForOneself) check(c *Case, m ledger.Moment) error {
	if m.By.For == c.Provider.Party() {
		return regime.Refusef("R8", "the provider has no part in the judgement; it can always act on itself.")
	}
	if !c.IsMember(m.By.For) {
		return regime.Refusef("R15", "%s is not a member of this case.", c.Name(m.By.For))
	}
	if b := m.By.For.Body(); a.Wants && !c.mayWantAction(b) {
		return regime.Refusef("R25", "commissioners and those who enforce determine that; what %s wants it says in "+
			"its --view.", c.Name(m.By.For))
	}
	if a.Sealed {
		return c.maySeal()
	}
	return nil
}

func (a *JudgeForOneself) do(c *Case, m ledger.Moment) string {
	v := MemberJudgement{By: m.By, View: a.View, Intends: a.Intends, Dissent: a.Dissent, Wants: a.Wants,
		Sealed: a.Sealed, At: m.At}
	c.OwnViews = append(c.OwnViews, v)
	if v.Sealed {
		return sealedEntry
	}
	if c.profile().Fills(m.By.For.Body(), regime.TellsInspector) {
		c.pen.Event(regime.NoticeJudgement, c.Name(m.By.For)+" has recorded its own view and what it intends",
			regime.RoleInspector)
	}
	if v.Wants {
		return v.words() + c.wanted(c.Name(m.By.For)+" determines that focussed action is required", m)
	}
	return v.words()
}

// JudgeCollectively is recorded by the chair. It may come before CQC's own (A36) and stands beside
// it (A21). It ends the track only if no one wants further action (T5a), and not for good (R86).
type JudgeCollectively struct {
	Value    CollectiveValue `json:"value" flag:"value" board:"plain" usage:"what was found together" need:"yes"`
	Reason   string          `json:"reason,omitempty" flag:"reason" usage:"why; needed where one was recorded before"`
	Corrects bool            `json:"corrects,omitempty" flag:"corrects" usage:"the one recorded before was a mistake"`
	At       time.Time       `json:"at,omitzero" flag:"at" when:"past" usage:"when it was made, if earlier than now: the 24/48 hours run from then"`
}

func (a *JudgeCollectively) check(c *Case, m ledger.Moment) error {
	if c.Collective != nil {
		return a.checkAgain(c, m)
	}
	if a.Corrects {
		return regime.Mistakef("there is no collective judgement yet that --corrects could put right.")
	}
	if c.Stage != regime.InSession && c.Stage != regime.Judging {
		return regime.Refusef("T4", "the summit has not opened yet: %s.", c.stageWords())
	}
	if m.By.For != c.Summit.Chair {
		return regime.Refusef("T4", "the chair, %s, records the collective judgement.",
			c.Name(c.Summit.Chair))
	}
	if a.Value == NoFailure {
		return c.nobodyWantsAction()
	}
	return nil
}

func (a *JudgeCollectively) do(c *Case, m ledger.Moment) string {
	if c.Collective != nil {
		return a.again(c, m)
	}
	c.openSealed(m)
	c.Collective = &CollectiveJudgement{Value: a.Value, Reason: a.Reason, By: m.By, At: m.At}
	if c.Summit.Ended.IsZero() {
		c.pen.Lapse(m.Now, regime.DutyHoldSummit)
		c.endSummit("", m)
	}
	c.pen.Discharge(DutyCollective, "", m)
	c.pen.Discharge(DutyJudgeAfterBreach, "", m)
	if a.Value == NoFailure {
		c.standDown(m.At)
		return words.Sentence("Collective judgement: no failure, and nobody asks for focussed action."+
			c.besideNoFailure(), a.Reason, "")
	}
	c.beginRingHolderAgreement("The collective judgement has been recorded; the 24/48 hours have begun", m.At)
	return words.Sentence("Collective judgement: "+words.Plain(string(a.Value))+". The 24/48 hours begin.",
		a.Reason, "")
}

func (c *Case) standDown(now time.Time) {
	c.enterStage(regime.StoodDown, now)
	c.pen.Event(regime.NoticeCollectiveJudgement, "The collective judgement has been recorded: no failure, no further focussed "+
		"action. The "+c.labels().Summit+" is stood down", regime.RoleMembers, regime.RoleRegion)
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutySurveillanceLevel, Owner: c.support(), Start: now})
}

// DutyKeepMoving is the kind of duty that is owed here.
const DutyKeepMoving regime.DutyKind = "KEEP_CASE_MOVING"

// TakenUp is that a case which was stood down was taken up again (R86). The clocks of the response
// run from then; those of an earlier judgement stay as they were.
type TakenUp struct {
	At  time.Time    `json:"at"`
	By  ledger.Actor `json:"by"`
	Why string       `json:"why"` // without anyone's name or view
}

// checkAgain: the chair corrects a slip, or records that those together came to another
// judgement; either way with the reason.
func (a *JudgeCollectively) checkAgain(c *Case, m ledger.Moment) error {
	j := c.Collective
	switch {
	case m.By.For != c.Summit.Chair && m.By.For != c.chair():
		return regime.Refusef("T4", "the chair, %s, records the collective judgement.", c.Name(c.chair()))
	case a.Value == j.Value:
		return regime.Refusef("R27", "that has been the collective judgement since %s; its 24/48 hours are not "+
			"started again.", calendar.Instant(j.At))
	case a.Reason == "":
		return regime.Refusef("R27", "the collective judgement of %s was %s; its 24/48 hours are not started again. It is "+
			"corrected, or followed by a later one, with the reason (R86): --reason.", calendar.Instant(j.At),
			words.Plain(string(j.Value)))
	case c.Stage.Reached(regime.Monitoring) && c.Stage != regime.StoodDown:
		return regime.Refusef("T12", "the response has come to its end (%s); what is left is watched, or the case closed.",
			c.stageWords())
	case a.Value != NoFailure:
		return nil
	}
	if open := coordinationRegion.open(c); len(open) > 0 {
		return regime.Refusef("T12", "the response is under way: %s. Actions are done, withdrawn or transferred first.",
			strings.Join(open, "; "))
	}
	return c.nobodyWantsAction()
}

// again enters another version of the judgement. Only one that takes a case up again which was
// stood down begins any hours.
func (a *JudgeCollectively) again(c *Case, m ledger.Moment) string {
	was := *c.Collective
	c.EarlierCollective = append(c.EarlierCollective, was)
	c.Collective = &CollectiveJudgement{Value: a.Value, Reason: a.Reason, By: m.By, At: m.At, Corrects: a.Corrects}
	how := "Changed the collective judgement"
	if a.Corrects {
		how = "Corrected the collective judgement"
	}
	text := how + " (the earlier one of " + calendar.Instant(was.At) + ", " + words.Plain(string(was.Value)) +
		", stays on the record): " + words.Plain(string(a.Value)) + "."
	switch {
	case a.Value == NoFailure:
		c.endResponse(m.Now)
		c.pen.Lapse(m.Now, DutyAgreeRingHolder, DutyFirstMeeting, DutyPublicQuestion)
		c.standDown(m.At)
		text += c.besideNoFailure()
	case was.Value == NoFailure && c.Stage == regime.StoodDown:
		text += c.takeUp("The collective judgement is another", m)
	default:
		c.pen.Event(regime.NoticeCollectiveJudgement, "The collective judgement has been changed. The 24/48 hours run on as they were", regime.RoleMembers,
			regime.RoleRegion)
	}
	return words.Sentence(text, a.Reason, "")
}

// takeUp takes a case up again that was stood down: the members agree who holds the ring, unless
// somebody holds it still.
func (c *Case) takeUp(why string, m ledger.Moment) string {
	at := calendar.Latest(m.At, c.StageSince)
	c.TakenUp = append(c.TakenUp, TakenUp{At: at, By: m.By, Why: why})
	c.Closing = Closing{}
	c.pen.Lapse(m.Now, DutyNoteClosing, DutySurveillanceLevel)
	label := "The " + c.labels().Summit + " had been stood down. " + why + ": the response begins, and the 24/48 hours with it"
	if c.Ring.Holder == "" {
		c.beginRingHolderAgreement(label, at)
		return " The members agree who holds the ring; the 24/48 hours begin."
	}
	c.enterStage(regime.Responding, at)
	c.pen.Event(regime.NoticeCollectiveJudgement, label, regime.RoleMembers, regime.RoleRegion)
	c.beginHours(at)
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutyKeepMoving, Role: regime.RoleRingHolder, Start: at})
	return " " + c.Name(c.Ring.Holder) + " holds the ring still; the 24/48 hours begin."
}

// wanted takes up a case again that was stood down, where a body determines that focussed action
// is required, or CQC finds a breach (003:L836).
func (c *Case) wanted(why string, m ledger.Moment) string {
	if c.Stage != regime.StoodDown {
		return ""
	}
	return c.takeUp(why, m)
}
