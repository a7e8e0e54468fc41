package failure

import (
	"slices"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// DutyConvene is the kind of duty that is owed here.
const DutyConvene regime.DutyKind = "CONVENE_SUMMIT"

var triggerVerbs = []Verb{
	{Path: "trigger", Update: "TriggerRiskSummit", Rules: "R11 R12 R13 R14 R104 R109 R111 T1 T2",
		New:     func() Act { return new(TriggerRiskSummit) },
		Did:     "triggered a risk summit",
		Summary: "Trigger a risk summit: opens the case and alerts every member",
		Example: `trigger --provider RCX --by "NHS England" --source qsg-sharing ` +
			`--concern "Two inspections found unsafe staffing on the wards"`},
}

// TriggerRecord is what was said when the risk summit was triggered (regime 2.5).
type TriggerRecord struct {
	By        ledger.Actor      `json:"by"`
	At        time.Time         `json:"at"`
	Learned   time.Time         `json:"learned,omitzero"`
	Concern   string            `json:"concern"`
	Source    regime.SourceKind `json:"source"`
	Routine   string            `json:"routine,omitempty"` // why routine systems cannot deal with it
	Sites     string            `json:"sites,omitempty"`
	Immediate bool              `json:"immediate,omitempty"`
	Protect   bool              `json:"protect,omitempty"`
	// Known is what surveillance groups had open about the provider (R104).
	Known []GroupConcern `json:"known,omitempty"`
}

// GroupConcern is an open concern of a surveillance group, taken along by a trigger. Of what the
// group was told in confidence there is no body and no text (R14).
type GroupConcern struct {
	Group  string       `json:"group"` // "Q56"
	ID     string       `json:"id"`    // "C3"
	By     regime.Party `json:"by,omitempty"`
	What   string       `json:"what,omitempty"`
	Urgent bool         `json:"urgent,omitempty"`
}

// TriggerRiskSummit alerts the members of every group concerned and has a risk summit convened. Any
// statutory organisation may, and needs no approval (R11). It is refused only while a summit of
// this case is under way.
type TriggerRiskSummit struct {
	Concern   string            `json:"concern" flag:"concern" usage:"what is feared, in a few sentences without patients' or staff names" need:"yes" confided:"yes"`
	Source    regime.SourceKind `json:"source" flag:"source" usage:"where the concern came from" need:"yes"`
	Routine   string            `json:"routine,omitempty" flag:"routine" confided:"yes" usage:"why routine systems cannot deal with it (R13)"`
	Sites     string            `json:"sites,omitempty" flag:"sites" confided:"yes" usage:"sites or services concerned"`
	Learned   time.Time         `json:"learned,omitzero" flag:"learned" when:"ever" usage:"when it was learned, if earlier than now"`
	Immediate bool              `json:"immediate,omitempty" flag:"immediate" usage:"patients may be at immediate risk"`
	Protect   bool              `json:"protect,omitempty" flag:"protect-identity" usage:"the source's identity is to be protected (R14)"`
	// Known is asked of the groups by the program that brings the act; see TriggerRecord.
	Known []GroupConcern `json:"known,omitempty"`
	Death bool           `json:"death,omitempty" flag:"death" usage:"somebody has died: whether the coroner has been told is asked at once (R111)"`
}

// InConfidence reports whether the source's identity is to be protected (R14).
func (a *TriggerRiskSummit) InConfidence() bool { return a.Protect }

func (a *TriggerRiskSummit) check(c *Case, m ledger.Moment) error {
	if c.Stage != regime.UnderSurveillance {
		return regime.Refusef("T1", "a %s of case %s has already been triggered (%s). A further one has a case of "+
			"its own: 'trigger --again', without --case; one more in this case is 'summit further'.", c.labels().Summit, c.Ref, c.stageWords())
	}
	if !c.statutory(m) {
		return regime.Refusef("R11", "%s is not a statutory organisation; tell a member of the %s, who can "+
			"trigger a %s.", c.Name(m.By.For), c.labels().Group, c.labels().Summit)
	}
	return nil
}

func (a *TriggerRiskSummit) do(c *Case, m ledger.Moment) string {
	c.Trigger = &TriggerRecord{
		By: m.By, At: m.Now, Learned: a.Learned, Concern: a.Concern, Source: a.Source,
		Routine: a.Routine, Sites: a.Sites, Immediate: a.Immediate, Protect: a.Protect, Known: a.Known,
	}
	c.addMember(m.By.For)
	c.enterStage(regime.Convening, m.Now)
	c.pen.Lapse(m.Now, DutySurveillanceLevel) // of a trigger that was withdrawn
	label := c.labels().Summit
	alert := "A " + label + " has been triggered by " + c.Name(m.By.For) + ". You are alerted as a " +
		"member of a " + c.labels().Group + " concerned"
	if n := len(a.Known); n > 0 {
		alert += ". Groups have " + words.Count(n, "open concern") + " about the provider, named in the case"
	}
	c.pen.Event(regime.NoticeTriggered, alert, regime.RoleMembers, regime.RoleSupport)
	if m.By.For.Body() == c.Inspector().Body() {
		c.concernAboutPractice(m.Now)
	}
	if a.Immediate {
		c.pen.Event(regime.NoticeImmediateRisk, "Patients may be at immediate risk; each body can act within its own "+
			"powers at once", regime.RoleInspector, regime.RoleOverseer, regime.RoleCommissioners, regime.RoleSupport, regime.RoleProvider)
	}
	c.pen.Ask(regime.NoticeSummitToBeHeld, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyConvene, Owner: c.support(), Start: m.Now,
		Urgent: a.Immediate}))
	text := "Triggered a " + label + ": " + words.Full(a.Concern)
	if a.Death {
		text += " " + c.death("", m)
	}
	if a.Routine == "" {
		text += " (Not said: why routine systems cannot deal with it, R13.)"
	}
	return text + c.knownWords(a.Known)
}

// knownWords name what groups have open about the provider.
func (c *Case) knownWords(known []GroupConcern) string {
	if len(known) == 0 {
		return ""
	}
	var said []string
	for _, k := range known {
		who, what := "a body not named", ""
		if k.By != "" {
			who = c.Name(k.By)
		}
		if k.What != "" {
			what = ": " + k.What
		}
		if k.Urgent {
			who = "URGENT, " + who
		}
		said = append(said, k.Group+" "+k.ID+" ("+who+")"+what)
	}
	return " Open with " + c.labels().Group + "s about the provider: " + words.Full(strings.Join(said, "; "))
}

// WithdrawnTrigger is a trigger that was a mistake, with the summit that had been convened.
type WithdrawnTrigger struct {
	Trigger TriggerRecord `json:"trigger"`
	Summit  Summit        `json:"summit"`
	By      ledger.Actor  `json:"by"`
	At      time.Time     `json:"at"`
	Reason  string        `json:"reason"`
}

var withdrawalVerbs = []Verb{
	{Path: "trigger withdraw", Update: "WithdrawTrigger", Rules: "R83", New: func() Act { return new(WithdrawTrigger) },
		Did:     "withdrew the trigger as a mistake",
		Summary: "Withdraw a trigger that was a mistake: all who were alerted are told, no summit is held",
		Example: `trigger withdraw --case CASE --by "NHS England" --reason "the wrong hospital of that name"`},
}

// WithdrawTrigger is for the triggering body alone, until the summit has opened: from then on the
// judgement says what there was to it. It holds nothing up: the provider is under surveillance as
// before, and any body can trigger again (R83).
type WithdrawTrigger struct {
	Reason string    `json:"reason" flag:"reason" usage:"why it was a mistake" need:"yes"`
	At     time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was withdrawn, if earlier than now"`
}

func (a *WithdrawTrigger) check(c *Case, m ledger.Moment) error {
	switch {
	case c.Trigger == nil:
		return regime.Refusef("R83", "no %s has been triggered: %s.", c.labels().Summit, c.stageWords())
	case c.Stage != regime.Convening:
		return regime.Refusef("R83", "the %s has met; what there was to the trigger is for the judgement to say (%s).",
			c.labels().Summit, c.stageWords())
	case m.By.For != c.Today(c.Trigger.By.For):
		return regime.Refusef("R83", "%s triggered, and it alone can say that it was a mistake.",
			c.Name(c.Today(c.Trigger.By.For)))
	}
	return nil
}

func (a *WithdrawTrigger) follows(c *Case, _ ledger.Moment) ledger.Bound { return c.sinceTrigger() }

func (a *WithdrawTrigger) do(c *Case, m ledger.Moment) string {
	label := c.labels().Summit
	to := c.alertedOfTrigger()
	c.Withdrawn = append(c.Withdrawn, WithdrawnTrigger{Trigger: *c.Trigger, Summit: c.Summit, By: m.By, At: m.At,
		Reason: a.Reason})
	c.pen.Lapse(m.Now, DutyConvene, regime.DutyHoldSummit, DutyGatherPack, DutyConsiderOther, DutyAcknowledgeTrigger,
		regime.DutyAcknowledgeRisk)
	c.pen.Notify(ledger.Notice{Kind: regime.NoticeTriggerWithdrawn, To: to, Text: c.Name(m.By.For) + " has withdrawn its trigger of a " + label +
		": it was a mistake. No " + label + " is held, and nothing is owed for it any more"})
	for i := range c.Alerts { // nobody is asked any more to acknowledge it
		if a := &c.Alerts[i]; !a.At.Before(c.Trigger.At) {
			a.Withdrawn = m.At
		}
	}
	c.Trigger, c.Summit, c.Ring = nil, Summit{}, Ring{}
	c.enterStage(regime.UnderSurveillance, m.At)
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutySurveillanceLevel, Owner: c.support(), Start: m.Now})
	return "Withdrew the trigger of the " + label + ", which was a mistake: " + words.Full(a.Reason) +
		" The provider is under surveillance as before."
}

// alertedOfTrigger lists all that were told of the trigger, or asked for anything because of it.
func (c *Case) alertedOfTrigger() []ledger.Recipient {
	kinds := []regime.NoticeKind{regime.NoticeTriggered, regime.NoticeImmediateRisk,
		regime.NoticeAnswerInvitation, regime.NoticeSummitToBeHeld, regime.NoticePartyToConsider, regime.NoticePlaceChanged}
	var out []ledger.Recipient
	for _, n := range c.Notices {
		if n.At.Before(c.Trigger.At) || !slices.Contains(kinds, n.Kind) {
			continue
		}
		for _, r := range n.To {
			if fresh := (ledger.Recipient{Party: r.Party, Level: r.Level}); !fresh.Among(out) {
				out = append(out, fresh)
			}
		}
	}
	return out
}
