package failure

import (
	"slices"
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// That the 24/48 hours, and the meetings after them, mean the members (003:L858).

// The kinds of duty that are owed here.
const (
	DutyAnswerMeeting    regime.DutyKind = "ANSWER_MEETING_REQUEST"
	DutyJudgeAfterBreach regime.DutyKind = "JUDGE_AFTER_BREACH"
)

// MeetingRequest is a member's for a response meeting, or for an earlier one.
type MeetingRequest struct {
	ID       string       `json:"id"` // "Y1"
	By       ledger.Actor `json:"by"`
	At       time.Time    `json:"at"`
	Reason   string       `json:"reason"`
	Meeting  int          `json:"meeting,omitempty"` // that answers it
	Why      string       `json:"why,omitempty"`     // or why none is called
	Answered time.Time    `json:"answered,omitzero"`
}

// responding are the members who are invited to the response meetings: those relevant to the provider and
// its areas, who was at the summit or was brought in, and who takes part in the response (R96).
func (c *Case) responding() []regime.Party {
	relevant := c.relevant()
	return c.parties(func(p regime.Party) bool {
		return p == c.Ring.Holder || slices.Contains(relevant, p) || c.Summit.attended(p) || c.tookPart(p)
	})
}

func (c *Case) tookPart(p regime.Party) bool {
	return c.acts(p) || c.named(p) != nil ||
		slices.ContainsFunc(c.Summit.Invited, func(i Invitee) bool { return i.Party == p }) ||
		slices.ContainsFunc(c.Actions, func(a ResponseAction) bool { return a.Owner == p || a.Proposer == p }) ||
		slices.ContainsFunc(c.MeetingRequests, func(r MeetingRequest) bool { return r.By.For == p }) ||
		slices.ContainsFunc(c.Meetings, func(n ResponseMeeting) bool {
			return slices.Contains(n.Present, p) || slices.Contains(n.Also, p)
		})
}

func (c *Case) whyResponding(p regime.Party) string {
	switch {
	case c.Collective == nil || !c.IsMember(p):
		return ""
	case slices.Contains(c.responding(), p):
		return "invited to the response meetings: relevant to the provider and its areas, or taking part"
	}
	return "not invited to the response meetings: neither relevant to the provider and its areas nor taking part; it may ask " +
		"for one ('meeting ask')"
}

// alone reports whether nobody but the ring-holder was at a meeting.
func (c *Case) alone(n ResponseMeeting) bool {
	return !slices.ContainsFunc(n.Present, func(p regime.Party) bool { return p != n.Chair && c.IsMember(p) })
}

// metAlone reports whether no meeting that was held since the judgement had any other member at it.
func (c *Case) metAlone() bool {
	held := false
	for _, n := range c.Meetings {
		if n.Held.IsZero() {
			continue
		}
		if held = true; !c.alone(n) {
			return false
		}
	}
	return held && c.Stage != regime.Closed
}

// whoWasMissing remarks on a first meeting without those it is for, and on any of the ring-holder alone, of
// which they are told. It invalidates nothing.
func (c *Case) whoWasMissing(n *ResponseMeeting) string {
	var missing []regime.Party
	for _, p := range c.responding() {
		if p != n.Chair && !slices.Contains(n.Present, p) {
			missing = append(missing, p)
		}
	}
	switch {
	case c.alone(*n):
		c.pen.Notify(ledger.Notice{Kind: regime.NoticeResponseMeeting, To: ledger.DutyContacts(missing), Asks: ledger.Asking("", "meeting ask"),
			Text: "Response meeting " + strconv.Itoa(n.N) + " was held by the ring-holder alone. Any member may ask for another"})
		return " Nobody but the ring-holder was there; the 24/48 hours mean the members (R96). Missing: " + c.names(missing) + "."
	case n.N == 1 && len(missing) > 0:
		return " Missing, which invalidates nothing (R96): " + c.names(missing) + "."
	}
	return ""
}

// farApart remarks on a next meeting that lies further off than a response may go without any movement.
func (c *Case) farApart(at time.Time, m ledger.Moment) string {
	row, _ := c.profile().Duty(DutyKeepMoving)
	if c.Stage != regime.Responding || !at.After(row.Period.After(m.Now)) {
		return ""
	}
	return " That is more than " + row.Period.Words() + " away: the members meet at regular and appropriate intervals until action has " +
		"been taken (R96)."
}

// hastened are the duties of the track whose time is shorter where patients may be at immediate risk: the
// members meet sooner if the situation demands it (003:L858).
var hastened = []regime.DutyKind{DutyRegulatory, DutyCollective, DutyJudgeAfterBreach, DutyAgreeRingHolder, DutyFirstMeeting,
	DutyAnswerActing, DutyAnswerMeeting}

// hasten shortens what runs already, when it comes to be known that patients may be at immediate risk. A time
// that would have passed stays as it was.
func (c *Case) hasten(now time.Time) {
	if !c.immediateRisk() {
		return
	}
	for i := range c.Duties {
		d := &c.Duties[i]
		row, _ := c.profile().Duty(d.Kind)
		if !d.Open() || !slices.Contains(hastened, d.Kind) || d.Period != row.Period || row.UrgentPeriod.IsZero() {
			continue
		}
		if due := row.UrgentPeriod.After(d.Start); due.After(now) && due.Before(d.Due) {
			c.pen.Reschedule(d.Kind, d.Subject, due, now)
			c.pen.EnterByClock(now, "Patients may be at immediate risk, so the time is shorter (R96): "+c.Name(c.OwnerOf(*d))+" is to "+
				c.Says(*d)+" by "+calendar.Instant(due)+".")
		}
	}
}

// shortened reports whether a duty has less than its full time.
func (c *Case) shortened(d ledger.Duty) bool {
	row, _ := c.profile().Duty(d.Kind)
	return d.Due.Before(row.Period.After(d.Start))
}

// AskForMeeting is any member's, as long as the response goes on or is watched (R97).
type AskForMeeting struct {
	Reason string `json:"reason" flag:"reason" usage:"why it is needed now" need:"yes"`
}

func (a *AskForMeeting) check(c *Case, m ledger.Moment) error {
	switch {
	case !c.IsMember(m.By.For):
		return regime.Refusef("R97", "the members of the case ask for a meeting; %s is not one.", c.Name(m.By.For))
	case c.Stage != regime.RingHolderPending && c.Stage != regime.Responding && c.Stage != regime.Monitoring:
		return regime.Refusef("R97", "there are no response meetings: %s.", c.stageWords())
	case m.By.For == c.Ring.Holder:
		return regime.Mistakef("your body holds the ring, and calls the meetings itself: 'meeting schedule'.")
	}
	return nil
}

func (a *AskForMeeting) do(c *Case, m ledger.Moment) string {
	r := MeetingRequest{ID: "Y" + strconv.Itoa(len(c.MeetingRequests)+1), By: m.By, At: m.Now, Reason: a.Reason}
	c.MeetingRequests = append(c.MeetingRequests, r)
	d := c.pen.OpenDuty(ledger.DutySpec{Kind: DutyAnswerMeeting, Role: regime.RoleChair, Subject: r.ID, Start: m.Now,
		Urgent: c.immediateRisk()})
	c.pen.Ask(regime.NoticeMeetingAsked, d)
	return "Asked for a response meeting (" + r.ID + "): " + words.Full(a.Reason)
}

// answerRequests: a meeting that is fixed, moved or held answers all who asked for one.
func (c *Case) answerRequests(n *ResponseMeeting, m ledger.Moment) string {
	var met []string
	for i := range c.MeetingRequests {
		r := &c.MeetingRequests[i]
		if !r.Answered.IsZero() {
			continue
		}
		r.Meeting, r.Answered = n.N, m.Now
		met = append(met, r.ID)
		c.pen.Discharge(DutyAnswerMeeting, r.ID, m)
		c.pen.Notify(ledger.Notice{Kind: regime.NoticeMeetingAsked, To: ledger.DutyContacts([]regime.Party{r.By.For}),
			Text: "Your request " + r.ID + " is answered by response meeting " + strconv.Itoa(n.N) + " on " + calendar.Instant(n.At)})
	}
	if len(met) == 0 {
		return ""
	}
	return " It answers " + words.List(met) + " (R97)."
}

// AnswerMeetingRequest says why no other meeting is called.
type AnswerMeetingRequest struct {
	Request string `json:"request" flag:"request" number:"yes" usage:"its number, such as Y1" need:"yes"`
	Reason  string `json:"reason" flag:"reason" usage:"why" need:"yes"`
}

func (c *Case) meetingRequest(id string) *MeetingRequest {
	return ledger.Find(c.MeetingRequests, func(r MeetingRequest) bool { return r.ID == id })
}

func (a *AnswerMeetingRequest) check(c *Case, m ledger.Moment) error {
	r := c.meetingRequest(a.Request)
	switch {
	case r == nil:
		return regime.Mistakef("there is no request for a meeting %q in case %s.", words.Clip(a.Request, 20), c.Ref)
	case m.By.For != c.chair():
		return regime.Refusef("R97", "%s calls the meetings and answers for them.", c.Name(c.chair()))
	case !r.Answered.IsZero():
		return regime.Mistakef("%s was answered on %s.", r.ID, calendar.Instant(r.Answered))
	}
	return nil
}

func (a *AnswerMeetingRequest) do(c *Case, m ledger.Moment) string {
	r := c.meetingRequest(a.Request)
	r.Why, r.Answered = a.Reason, m.Now
	c.pen.Discharge(DutyAnswerMeeting, r.ID, m)
	c.pen.Notify(ledger.Notice{Kind: regime.NoticeMeetingAsked, To: ledger.DutyContacts([]regime.Party{r.By.For}),
		Text: "Your request " + r.ID + " has been answered: no other meeting is called, and the case says why"})
	return "Calls no other meeting for " + r.ID + ": " + words.Full(a.Reason)
}

// awaitsJudgement reports whether CQC has found a significant breach and those who were called together have
// judged nothing. Where no summit is triggered there are no hours to begin.
func (c *Case) awaitsJudgement() bool {
	n := len(c.Regulatory)
	return n > 0 && c.Regulatory[n-1].Value == BreachSignificant && c.Collective == nil && c.Trigger != nil && c.Stage != regime.Closed
}

// hoursNotBegun says so, as long as a significant breach stands without a collective judgement (R98).
func (c *Case) hoursNotBegun() string {
	if !c.awaitsJudgement() {
		return ""
	}
	return "no collective judgement is recorded yet: the 24/48 hours have not begun (R98)"
}

// chaseJudgement has the chair record a collective judgement where CQC has found a significant breach: the
// hours begin with it.
func (c *Case) chaseJudgement(now time.Time) {
	d := c.Duty(DutyJudgeAfterBreach, "")
	if !c.awaitsJudgement() {
		if d != nil {
			c.pen.Lapse(now, DutyJudgeAfterBreach)
		}
		return
	}
	if d == nil {
		c.pen.Ask(regime.NoticeHoursNotBegun, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyJudgeAfterBreach, Role: regime.RoleChair,
			Start: now, Urgent: c.immediateRisk()}))
	}
}
