package failure

import (
	"strconv"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// DutyNoteClosing is the kind of duty that is owed here.
const DutyNoteClosing regime.DutyKind = "NOTE_CLOSING"

// Closing is how the case ended.
type Closing struct {
	Proposed   time.Time   `json:"proposed,omitzero"`
	Lessons    string      `json:"lessons,omitempty"`
	Objections []Objection `json:"objections,omitempty"`
	Closed     time.Time   `json:"closed,omitzero"`
}

var closingVerbs = []Verb{
	{Path: "monitoring begin", Update: "BeginMonitoring", Rules: "R94 R95 R100 T12",
		New:     func() Act { return new(BeginMonitoring) },
		Summary: "Move from response to monitoring: action has been taken (ring-holder)",
		Example: `monitoring begin --case CASE --by "NHS England" --reason "all actions done or in the plan"`},
	{Path: "case propose-closing", Update: "ProposeClosing", Rules: "R94 R95 R100 T12 2.4",
		New:     func() Act { return new(ProposeClosing) },
		Summary: "Propose that the case is closed (ring-holder)",
		Example: `case propose-closing --case CASE --by "NHS England" --lessons "earlier sharing of trainees' reports"`},
	{Path: "case object", Update: "ObjectToClosing", Rules: "N42",
		New:     func() Act { return new(ObjectToClosing) },
		Summary: "Object to the closing; it is listed and blocks nothing",
		Example: `case object --case CASE --by Healthwatch --reason "patients still report long waits"`},
	{Path: "case close", Update: "CloseCase", Rules: "R95 T12 2.4",
		New:     func() Act { return new(CloseCase) },
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
	return "Went over to monitoring: " + words.Full(a.Reason) + c.withReasons()
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
	Lessons string `json:"lessons,omitempty" flag:"lessons" usage:"what was learned"`
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
	c.Closing.Proposed, c.Closing.Lessons = m.Now, a.Lessons
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutyNoteClosing, Owner: c.support(), Start: m.Now})
	c.pen.Notify(ledger.Notice{Kind: regime.NoticeClosing, Text: "Closing of the case has been proposed", Asks: ledger.Asking("", "case object"),
		To: c.Audiences(regime.Contacts(regime.RoleMembers, regime.RoleSupport), ledger.Duty{})})
	return words.Sentence("Proposed to close the case."+c.withReasons(), a.Lessons, "")
}

// ObjectToClosing is listed in the record (N42).
type ObjectToClosing struct {
	Reason string `json:"reason" flag:"reason" usage:"why" need:"yes"`
}

func (a *ObjectToClosing) check(c *Case, m ledger.Moment) error {
	if c.Closing.Proposed.IsZero() {
		return regime.Refusef("T12", "closing has not been proposed.")
	}
	return c.memberOnly(m)
}

func (a *ObjectToClosing) do(c *Case, m ledger.Moment) string {
	c.Closing.Objections = append(c.Closing.Objections, Objection{By: m.By.For, Why: a.Reason})
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
	return c.overFailure()
}

func (a *CloseCase) do(c *Case, m ledger.Moment) string {
	c.pen.Discharge(DutyNoteClosing, "", m)
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
	c.pen.Event(regime.NoticeClosing, "The case is closed; "+left, regime.RoleMembers, regime.RoleSupport, regime.RoleRegion,
		regime.RoleProvider)
	return "Closed the case. " + words.Capital(left) + "." + c.openDifferences()
}

// AftercareEnds is until when a closed case still takes corrections and each body's own
// acts; zero while the case is open.
func (c *Case) AftercareEnds() time.Time {
	if c.Closing.Closed.IsZero() {
		return time.Time{}
	}
	return c.profile().Aftercare.After(c.Closing.Closed)
}
