package failure

import (
	"cmp"
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// The kinds of duty that are owed here.
const (
	DutyHoldMeeting   regime.DutyKind = "HOLD_RESPONSE_MEETING"
	DutyNextMeeting   regime.DutyKind = "NEXT_MEETING_DATE"
	DutyMeetingRecord regime.DutyKind = "MEETING_RECORD"
)

// ResponseMeeting is a meeting that the ring-holder gets together and chairs (003:L858-859).
type ResponseMeeting struct {
	N        int            `json:"n"`
	At       time.Time      `json:"at"` // when it is, or was, to begin
	Place    string         `json:"place,omitempty"`
	Also     []regime.Party `json:"also,omitempty"` // invited besides those who are relevant
	With     string         `json:"with,omitempty"` // the linked case with which it is held together
	Held     time.Time      `json:"held,omitzero"`
	Chair    regime.Party   `json:"chair,omitempty" passes:"on"`
	Present  []regime.Party `json:"present,omitempty"`
	Record   string         `json:"record,omitempty"`
	Recorded time.Time      `json:"recorded,omitzero"`
	// Nobody is what was said at it, as long as nobody acts (R94).
	Nobody string `json:"nobody,omitempty"`
	// Draft is under what number those who were there can correct the record, until it is Final.
	Draft string    `json:"draft,omitempty"`
	Final time.Time `json:"final,omitzero"`
}

// Settled reports whether it has been held.
func (m ResponseMeeting) Settled() bool { return !m.Held.IsZero() }

var responseVerbs = []Verb{
	{Path: "meeting schedule", Update: "ScheduleMeeting", Rules: "R33 R34 R84 R94 R96 R97 T8 T9", New: func() Act { return new(ScheduleMeeting) },
		Did:     "fixed the next response meeting",
		Summary: "Fix the next response meeting (ring-holder)",
		Example: `meeting schedule --case CASE --by "NHS England" --at "2013-09-13 15:00"`},
	{Path: "meeting hold", Update: "HoldMeeting", Rules: "R33 R36 R38 R90 R94 R96 R97 T8 T9",
		New:     func() Act { return new(HoldMeeting) },
		Did:     "recorded that a response meeting was held",
		Summary: "Record that a response meeting was held, with its record and the next date",
		Example: `meeting hold --case CASE --by "NHS England" --present CQC,Monitor,CCG ` +
			`--record "Staffing plan agreed" --next "2013-09-20 10:00"`},
	{Path: "meeting ask", Update: "AskForMeeting", Rules: "R97",
		New:     func() Act { return new(AskForMeeting) },
		Did:     "asked for a response meeting",
		Summary: "Ask the ring-holder for a response meeting, or for an earlier one",
		Example: `meeting ask --case CASE --by Healthwatch --reason "two more families have come"`},
	{Path: "meeting answer", Update: "AnswerMeetingRequest", Rules: "R97",
		New:     func() Act { return new(AnswerMeetingRequest) },
		Did:     "said why no other meeting is called",
		Summary: "Say why no other meeting is called than the one that is fixed, if any (ring-holder)",
		Example: `meeting answer --case CASE --by "NHS England" --request Y1 --reason "all of it is on the agenda of Friday"`},
	{Path: "meeting record", Update: "RecordMeeting", Rules: "R33 R77 R90",
		New:     func() Act { return new(RecordMeeting) },
		Did:     "gave the draft record of a meeting",
		Summary: "Add the draft record of a meeting already held; those who were there can correct it (ring-holder)",
		Example: `meeting record --case CASE --by "NHS England" --record "Staffing plan agreed"`},
}

func (c *Case) ringHolderOnly(m ledger.Moment, rule, does string) error {
	if c.Ring.Holder == "" {
		return regime.Refusef(rule, "nobody holds the ring yet: %s.", c.stageWords())
	}
	if m.By.For != c.Ring.Holder {
		return regime.Refusef(rule, "the ring-holder, %s, %s.", c.Name(c.Ring.Holder), does)
	}
	return nil
}

func (c *Case) nextMeeting() *ResponseMeeting {
	return ledger.Find(c.Meetings, func(x ResponseMeeting) bool { return x.Held.IsZero() })
}

// ScheduleMeeting fixes the next meeting, or moves it.
type ScheduleMeeting struct {
	At    time.Time      `json:"at" flag:"at" board:"for" when:"ahead" within:"meeting" usage:"when" need:"yes"`
	Place string         `json:"place,omitempty" flag:"place" usage:"where, or how to join"`
	With  string         `json:"with,omitempty" flag:"with-case" usage:"the linked case with which it is held together (A34)"`
	Also  []regime.Party `json:"also,omitempty" flag:"also" usage:"further members to invite, besides those relevant to the provider and those who take part"`
}

func (a *ScheduleMeeting) check(c *Case, m ledger.Moment) error {
	if err := c.ringHolderOnly(m, "R34", "schedules the response meetings"); err != nil {
		return err
	}
	for _, p := range a.Also {
		if !c.IsMember(p) {
			return regime.Refusef("R96", "%s is not a member of this case; 'summit consider' brings a party in.", c.Name(p))
		}
	}
	return c.mayMeetWith(a.With)
}

func (a *ScheduleMeeting) do(c *Case, m ledger.Moment) string {
	return c.scheduleMeeting(ResponseMeeting{At: a.At, Place: a.Place, With: a.With, Also: a.Also}, m)
}

// scheduleMeeting sets the next response meeting, by its own act or when one has been held. Of to
// only the time, the place and the linked case count.
func (c *Case) scheduleMeeting(to ResponseMeeting, m ledger.Moment) string {
	if c.nextMeeting() != nil {
		return c.moveMeeting(to, m)
	}
	c.Meetings = append(c.Meetings,
		ResponseMeeting{N: len(c.Meetings) + 1, At: to.At, Place: to.Place, With: words.Code(to.With), Also: to.Also})
	n := c.nextMeeting()
	d := c.pen.OpenDuty(ledger.DutySpec{Kind: DutyHoldMeeting, Role: regime.RoleRingHolder, Subject: strconv.Itoa(n.N), Start: m.Now,
		Due: to.At})
	c.pen.Discharge(DutyNextMeeting, "", m)
	c.pen.Notify(ledger.Notice{Kind: regime.NoticeResponseMeeting, Duty: d.ID, To: c.Audiences(regime.Contacts(regime.RoleRelevant), *d), Asks: askToMeeting(n),
		Text: "Response meeting " + strconv.Itoa(n.N) + " is on " + calendar.Instant(to.At) + n.together() + c.andNobodyActs()})
	return "Response meeting " + strconv.Itoa(n.N) + " is on " + calendar.Instant(to.At) + n.together() + "." +
		c.afterTheHours(to.At) + c.farApart(to.At, m) + c.answerRequests(n, m)
}

func askToMeeting(n *ResponseMeeting) []ledger.Ask {
	return ledger.Asking("come to response meeting "+strconv.Itoa(n.N)+" {on}", "")
}

// moveMeeting gives the next meeting another time or place; what is not given stays as it was (R84).
func (c *Case) moveMeeting(to ResponseMeeting, m ledger.Moment) string {
	n := c.nextMeeting()
	was, name := *n, "Response meeting "+strconv.Itoa(n.N)
	n.Also = append(n.Also, to.Also...)
	n.At, n.Place, n.With = to.At, cmp.Or(to.Place, was.Place), cmp.Or(words.Code(to.With), was.With)
	c.pen.Reschedule(DutyHoldMeeting, strconv.Itoa(n.N), to.At, m.Now)
	d := c.pen.OpenDuty(ledger.DutySpec{Kind: DutyHoldMeeting, Role: regime.RoleRingHolder, Subject: strconv.Itoa(n.N), Start: m.Now,
		Due: to.At})
	members := c.Audiences(regime.Contacts(regime.RoleRelevant), *d)
	text, answered := name+" of "+calendar.Instant(n.At)+" stays"+n.together()+".", ""
	switch {
	case !was.At.Equal(n.At):
		text = ledger.MovedTime(name, was.At, n.At) + n.together() + "."
		answered = c.answerRequests(n, m)
		c.pen.Notify(ledger.Notice{Kind: regime.NoticeResponseMeeting, Duty: d.ID, To: members, Urgent: c.BeforeMorning(was.At, m.Now),
			Asks: askToMeeting(n), Text: ledger.MovedTime(name, was.At, n.At) + n.together()})
	case was.Place != n.Place:
		c.pen.Notify(ledger.MovedPlace("response meeting "+strconv.Itoa(n.N), n.At, members))
	}
	return text + ledger.PlaceChanged(was.Place, n.Place) + c.afterTheHours(to.At) + c.farApart(to.At, m) + answered
}

// afterTheHours remarks on a first meeting that comes after the 48 hours.
func (c *Case) afterTheHours(at time.Time) string {
	if f := c.Duty(DutyFirstMeeting, ""); f != nil && at.After(f.Due) {
		hours := "48"
		if c.shortened(*f) {
			hours = "24"
		}
		return " That is after the " + hours + " hours, which end on " + calendar.Instant(f.Due) + " (T8)."
	}
	return ""
}

// HoldMeeting records a meeting that was held, scheduled or not; the first one meets the
// 24/48 hours. After it there is a next date or a closing proposal (R38).
type HoldMeeting struct {
	Present []regime.Party `json:"present" flag:"present" usage:"the parties present" need:"yes"`
	Record  string         `json:"record,omitempty" flag:"record" usage:"what was discussed and agreed"`
	Next    time.Time      `json:"next,omitzero" flag:"next" when:"ahead" within:"meeting" usage:"when the next meeting is"`
	Held    time.Time      `json:"held,omitzero" flag:"at" when:"past" usage:"when it was held, if you record it later"`
	Early   string         `json:"early,omitempty" flag:"early" usage:"why it was held before the day that it was fixed for"`
	With    string         `json:"with,omitempty" flag:"with-case" usage:"the linked case with which it was held together (A34)"`
}

func (a *HoldMeeting) check(c *Case, m ledger.Moment) error {
	if err := c.ringHolderOnly(m, "R33", "chairs the response meetings and records them"); err != nil {
		return err
	}
	if err := c.mayMeetWith(a.With); err != nil {
		return err
	}
	if n := c.nextMeeting(); n != nil {
		return c.CheckEarly("R33", "response meeting "+strconv.Itoa(n.N), "'meeting schedule'", m.At, n.At, a.Early)
	}
	return nil
}

// follows: there is nothing to respond to before the judgement, and one meeting follows another.
func (a *HoldMeeting) follows(c *Case, _ ledger.Moment) ledger.Bound {
	for i := len(c.Meetings) - 1; i >= 0; i-- {
		if held := c.Meetings[i].Held; !held.IsZero() {
			return ledger.Since(held, "the last response meeting")
		}
	}
	return c.sinceJudgement()
}

func (c *Case) sinceJudgement() ledger.Bound {
	if c.Collective == nil {
		return ledger.Bound{}
	}
	return ledger.Since(c.Collective.At, "the collective judgement")
}

func (a *HoldMeeting) do(c *Case, m ledger.Moment) string {
	n := c.nextMeeting()
	if n == nil {
		c.Meetings = append(c.Meetings, ResponseMeeting{N: len(c.Meetings) + 1, At: m.At})
		n = &c.Meetings[len(c.Meetings)-1]
	}
	n.Held, n.Chair, n.Present, n.With = m.At, m.By.For, a.Present, cmp.Or(words.Code(a.With), n.With)
	number := strconv.Itoa(n.N)
	c.pen.Discharge(DutyHoldMeeting, number, m)
	c.pen.Discharge(DutyFirstMeeting, "", m)
	text := "Held response meeting " + number + n.together() + ". Present: " + c.names(a.Present) + "." +
		ledger.Early(a.Early)
	if a.Record == "" {
		c.pen.OpenDuty(ledger.DutySpec{Kind: DutyMeetingRecord, Role: regime.RoleRingHolder, Subject: number,
			Start: m.At})
	} else {
		text += " " + words.Full(a.Record) + c.draftOfMeeting(n, a.Record, m)
	}
	if missing := c.aimsWithoutAction(); len(missing) > 0 {
		text += " No action yet for: " + words.List(missing) + " (R36)."
	}
	text += c.whoWasMissing(n) + c.answerRequests(n, m)
	n.Nobody = c.nobodyActs()
	text += c.withReasons() + c.openDifferences()
	if !c.staffSupported() {
		text += " No action supports staff yet (R39)."
	}
	c.keepMoving(m.Now)
	if a.Next.IsZero() {
		if c.Stage == regime.Responding {
			c.pen.OpenDuty(ledger.DutySpec{Kind: DutyNextMeeting, Role: regime.RoleRingHolder, Start: m.At})
		}
		return text
	}
	return text + " " + c.scheduleMeeting(ResponseMeeting{At: a.Next, With: a.With}, m)
}

// RecordMeeting supplies the record of the latest meeting held without one.
type RecordMeeting struct {
	Record string `json:"record" flag:"record" usage:"what was discussed and agreed" need:"yes"`
}

func (a *RecordMeeting) check(c *Case, m ledger.Moment) error {
	if err := c.ringHolderOnly(m, "R33", "keeps the record of the response meetings"); err != nil {
		return err
	}
	if c.unrecorded() == nil {
		return regime.Mistakef("no meeting is waiting for its record; a correction is a 'note add'.")
	}
	return nil
}

func (c *Case) unrecorded() *ResponseMeeting {
	for i := range c.Meetings {
		if n := &c.Meetings[i]; !n.Held.IsZero() && n.Recorded.IsZero() {
			return n
		}
	}
	return nil
}

func (a *RecordMeeting) do(c *Case, m ledger.Moment) string {
	n := c.unrecorded()
	c.pen.Discharge(DutyMeetingRecord, strconv.Itoa(n.N), m)
	c.pen.Notify(ledger.Notice{Kind: regime.NoticeResponseMeeting,
		Text: "The draft record of response meeting " + strconv.Itoa(n.N) + " is in the case" + c.andNobodyActs(),
		To:   ledger.Without(c.Audiences(regime.Contacts(regime.RoleMembers), ledger.Duty{}), ledger.DutyContacts(n.there()))})
	return "Record of response meeting " + strconv.Itoa(n.N) + ": " + words.Full(a.Record) + c.draftOfMeeting(n, a.Record, m)
}

// keepMoving puts the alert off that a case stands still (T12).
func (c *Case) keepMoving(now time.Time) {
	row, _ := c.profile().Duty(DutyKeepMoving)
	c.pen.Reschedule(DutyKeepMoving, "", row.Period.After(now), now)
}

// alertStale alerts the members that the case stands still, and starts the wait again.
func (c *Case) alertStale(_ ledger.Duty, now time.Time) {
	c.pen.EndDuty(DutyKeepMoving, "", ledger.EndNotNeeded, ledger.Moment{Now: now})
	c.pen.EnterByClock(now, "Nothing has moved in the response since two meeting intervals (T12).")
	next := c.pen.OpenDuty(ledger.DutySpec{Kind: DutyKeepMoving, Role: regime.RoleRingHolder, Start: now})
	c.pen.Notify(ledger.Notice{Kind: regime.NoticeStandstill, Text: "Nothing has moved in this case for two meeting intervals", By: next.Due,
		To: c.Audiences(regime.Contacts(regime.RoleRingHolder, regime.RoleMembers, regime.RoleRegion), ledger.Duty{}),
		Asks: []ledger.Ask{{Of: []regime.Party{c.Ring.Holder}, How: "meeting schedule, case propose-closing",
			Says: "call a response meeting, or propose to monitor or close the case"}}})
}

// coordinationRegion is the coordination track: region A.
var coordinationRegion = region{
	name: "coordination",
	settle: func(c *Case, now time.Time) {
		c.hasten(now)
		if !c.ringPending() {
			return
		}
		if p, ok := c.agreedEarly(); ok {
			c.pen.EndDuty(DutyAgreeRingHolder, "", ledger.EndDone, ledger.Moment{Now: now})
			c.pen.EnterByClock(now, "All at the "+c.labels().Summit+" have assented: "+c.Name(p)+" holds the ring.")
			c.takeRing(p, Agreed, c.agreedSince(p, now))
		}
	},
	open: func(c *Case) []string {
		var out []string
		for _, a := range c.Actions {
			if !a.Settled() {
				out = append(out, "action "+a.ID+" is "+words.Plain(string(a.Status)))
			}
		}
		return append(out, c.openReviews()...)
	},
}
