package surveillance

import (
	"cmp"
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// DutyGroupMeeting is the kind of duty that is owed here.
const DutyGroupMeeting regime.DutyKind = "HOLD_GROUP_MEETING"

// Meeting is a meeting of a surveillance group. The last of a group's meetings is the one
// to come: it is due by itself one interval after the meeting before, and needs no act but
// to be held.
type Meeting struct {
	N  int       `json:"n"`
	At time.Time `json:"at"` // when it is to begin, on a working day
	// Nominal is the day without regard to week-ends, so that a meeting put off for one does
	// not put off all that follow.
	Nominal    time.Time      `json:"nominal"`
	Fixed      time.Time      `json:"fixed,omitzero"` // when somebody fixed the date
	Place      string         `json:"place,omitempty"`
	Theme      string         `json:"theme,omitempty"`
	Packs      []Pack         `json:"packs,omitempty"` // sent ahead, the latest of each member
	Held       time.Time      `json:"held,omitzero"`
	Chair      regime.Party   `json:"chair,omitempty"`
	Present    []regime.Party `json:"present,omitempty"`
	Considered []string       `json:"considered,omitempty"` // providers
	Record     string         `json:"record,omitempty"`
	Recorded   time.Time      `json:"recorded,omitzero"`
	// Draft is under what number those who were there can correct the record, until it is Final.
	Draft string    `json:"draft,omitempty"`
	Final time.Time `json:"final,omitzero"`
}

var groupMeetingVerbs = []Verb{
	{Path: "group schedule", Update: "ScheduleGroupMeeting", Rules: "R72 R73 R84", New: func() Act { return new(ScheduleGroupMeeting) },
		Did:     "fixed or moved the next meeting",
		Summary: "Fix or move the group's next meeting; its members are invited",
		Example: `group schedule --group GROUP --by "NHS England" --at "2013-10-08 14:00" --place "Victoria House"`},
	{Path: "group hold", Update: "HoldGroupMeeting", Rules: "R16 R72 R73 R74 R90",
		New:     func() Act { return new(HoldGroupMeeting) },
		Did:     "recorded that the group has met",
		Summary: "Record that the group has met, who was there and which providers it considered",
		Example: `group hold --group GROUP --by "NHS England" --present CCG/07J,CQC ` +
			`--considered "RCX, RGP" --record "Staffing looked at across both trusts"`},
	{Path: "group record", Update: "RecordGroupMeeting", Rules: "R73 R90",
		New:     func() Act { return new(RecordGroupMeeting) },
		Did:     "gave the draft record of a meeting",
		Summary: "Give the draft record of a meeting already held; those who were there can correct it",
		Example: `group record --group GROUP --by "NHS England" --record "Staffing looked at across both trusts"`},
	{Path: "group interval", Update: "SetGroupInterval", Rules: "R72 R74",
		New:     func() Act { return new(SetGroupInterval) },
		Did:     "changed how often the group meets",
		Summary: "Change how often the group meets, and in what time it considers every provider",
		Example: `group interval --group GROUP --by "NHS England" --interval 2mo --reason "agreed in June"`},
}

// NextMeeting is the one to come; ok is false when the group has ended.
func (g *Group) NextMeeting() (m Meeting, ok bool) {
	if n := g.next(); n != nil {
		return *n, true
	}
	return Meeting{}, false
}

func (g *Group) next() *Meeting {
	if n := len(g.Meetings); n > 0 && g.Meetings[n-1].Held.IsZero() {
		return &g.Meetings[n-1]
	}
	return nil
}

func (g *Group) meeting(n int) *Meeting {
	return ledger.Find(g.Meetings, func(m Meeting) bool { return m.N == n })
}

// LastMeeting is the latest that was held.
func (g *Group) LastMeeting() (m Meeting, ok bool) {
	for i := len(g.Meetings) - 1; i >= 0; i-- {
		if !g.Meetings[i].Held.IsZero() {
			return g.Meetings[i], true
		}
	}
	return Meeting{}, false
}

// fallsDue opens the duty to hold the meeting that follows.
func (g *Group) fallsDue(nominal, now time.Time) {
	n := Meeting{N: len(g.Meetings) + g.Gone.Meetings + 1, Nominal: nominal, At: calendar.OnWorkingDay(nominal)}
	g.Meetings = append(g.Meetings, n)
	g.pen.OpenDuty(ledger.DutySpec{Kind: DutyGroupMeeting, Role: regime.RoleSupport,
		Subject: strconv.Itoa(n.N), Start: now, Due: n.At})
}

// inviteLate invites at once to a first meeting that is nearer than the ladder's first rung, which
// would reach no one.
func (g *Group) inviteLate() {
	n := g.next()
	d := g.Duty(DutyGroupMeeting, strconv.Itoa(n.N))
	if len(d.RungsSent) > 0 && d.RungsSent[0] > 0 {
		g.invite(*n, "", false)
	}
}

// invite asks the members to a meeting that has a date; before is what the mail says first.
func (g *Group) invite(n Meeting, before string, urgent bool) {
	d := g.Duty(DutyGroupMeeting, strconv.Itoa(n.N))
	g.pen.Notify(ledger.Notice{Kind: regime.NoticeGroupMeeting, Duty: d.ID, Urgent: urgent, To: g.Audiences(regime.Contacts(regime.RoleMembers), *d),
		Asks: ledger.Asking("send what your body knows about the providers on the agenda of meeting "+strconv.Itoa(n.N), "group pack"),
		Text: before + "You are invited to " + g.meetingWords(n) + ". You can also bring what you know to the meeting"})
}

// following is when the meeting after n is due: one interval after it was held, at the same
// time of day. A meeting held on its day counts from its nominal one.
func (g *Group) following(n Meeting) time.Time {
	if calendar.SameDay(n.Held, n.At) {
		return g.Interval.After(n.Nominal)
	}
	return g.Interval.After(calendar.AtTimeOf(n.Held, n.At))
}

// ScheduleGroupMeeting fixes when and where, and invites; again, to move the meeting.
type ScheduleGroupMeeting struct {
	At    time.Time    `json:"at" flag:"at" board:"for" when:"ahead" within:"meeting" usage:"when the meeting begins" need:"yes"`
	Place string       `json:"place,omitempty" flag:"place" usage:"where, or how to join"`
	Theme string       `json:"theme,omitempty" flag:"theme" usage:"a theme, or the one provider that the meeting is about"`
	Chair regime.Party `json:"chair,omitempty" flag:"chair" usage:"who chairs from now on; without it, as before"`
}

func (a *ScheduleGroupMeeting) check(g *Group, m ledger.Moment) error {
	if err := g.supportOnly(m, "fixes its meetings"); err != nil {
		return err
	}
	return g.checkChair(a.Chair)
}

func (g *Group) checkChair(p regime.Party) error {
	if p != "" && !g.IsMember(p) {
		return regime.Refusef("R69", "a member chairs the group; %s is not one.", g.Name(p))
	}
	return nil
}

func (a *ScheduleGroupMeeting) do(g *Group, m ledger.Moment) string {
	n := g.next()
	was, known := *n, !n.Fixed.IsZero() || g.invitedTo(*n)
	g.fix(a.At, a.Place, m.Now)
	n.Theme = cmp.Or(a.Theme, n.Theme)
	g.Chair = cmp.Or(a.Chair, g.Chair)
	return g.fixed(was, known, m)
}

// invitedTo reports whether the members have been asked to the meeting.
func (g *Group) invitedTo(n Meeting) bool {
	d := g.Duty(DutyGroupMeeting, strconv.Itoa(n.N))
	return d != nil && d.TimesSent(0) > 0
}

// fixed invites to the next meeting, or says that one whose date was known is moved (R84).
func (g *Group) fixed(was Meeting, known bool, m ledger.Moment) string {
	n := g.next()
	place := ledger.PlaceChanged(was.Place, n.Place)
	switch {
	case !known:
		g.invite(*n, "", false)
		return "Fixed " + g.meetingWords(*n) + "." + place
	case !was.At.Equal(n.At):
		moved := ledger.MovedTime("Meeting "+strconv.Itoa(n.N)+" of the group", was.At, n.At) + "."
		g.invite(*n, moved+" ", g.BeforeMorning(was.At, m.Now))
		return moved + place
	case was.Place != n.Place:
		g.pen.Notify(ledger.MovedPlace("meeting "+strconv.Itoa(n.N)+" of the group", n.At,
			g.Audiences(regime.Contacts(regime.RoleMembers), ledger.Duty{})))
	}
	return "It stays with " + g.meetingWords(*n) + "." + place
}

func (g *Group) meetingWords(n Meeting) string {
	return "meeting " + strconv.Itoa(n.N) + " of the group, on " + calendar.Instant(n.At)
}

func (g *Group) fix(at time.Time, place string, now time.Time) {
	n := g.next()
	n.At, n.Nominal, n.Fixed, n.Place = at, at, now, cmp.Or(place, n.Place)
	g.pen.Reschedule(DutyGroupMeeting, strconv.Itoa(n.N), at, now)
}

// SetGroupInterval: monthly and quarterly is how groups begin, not how they must go on (R72).
type SetGroupInterval struct {
	Interval calendar.Period `json:"interval,omitzero" flag:"interval" usage:"time between meetings, such as 1mo"`
	Coverage calendar.Period `json:"coverage,omitzero" flag:"coverage" usage:"time in which every provider is considered, such as 6mo"`
	Rotation regime.Rotation `json:"rotation,omitempty" flag:"rotate-by" usage:"how providers take turns"`
	Reason   string          `json:"reason,omitempty" flag:"reason" usage:"why"`
}

func (a *SetGroupInterval) check(g *Group, m ledger.Moment) error {
	if err := g.supportOnly(m, "records how often it meets"); err != nil {
		return err
	}
	if *a == (SetGroupInterval{Reason: a.Reason}) {
		return regime.Mistakef("say what is to change: --interval, --coverage or --rotate-by.")
	}
	return checkIntervals(cmp.Or(a.Interval, g.Interval), cmp.Or(a.Coverage, g.Coverage), m.Now)
}

// checkIntervals keeps the clock from running wild: a meeting every minute, or a coverage
// that ends before the group has met.
func checkIntervals(interval, coverage calendar.Period, now time.Time) error {
	next := interval.After(now)
	if next.Before(calendar.OneDay.After(now)) {
		return regime.Mistakef("meetings lie at least a day apart.")
	}
	if coverage.After(now).Before(next) {
		return regime.Mistakef("not every provider can be considered in %s by a group that meets every %s.",
			coverage.Words(), interval.Words())
	}
	return nil
}

func (a *SetGroupInterval) do(g *Group, m ledger.Moment) string {
	g.Interval, g.Coverage = cmp.Or(a.Interval, g.Interval), cmp.Or(a.Coverage, g.Coverage)
	g.Rotation = cmp.Or(a.Rotation, g.Rotation)
	if n := g.next(); n != nil && n.Fixed.IsZero() && !a.Interval.IsZero() {
		g.moveNext(n, m.Now)
	}
	if !a.Coverage.IsZero() {
		for _, w := range g.Watched {
			g.pen.Reschedule(DutyCoverage, w.Code, g.Coverage.After(w.last()), m.Now)
		}
	}
	return words.Sentence("The group meets every "+g.Interval.Words()+" and considers every provider "+
		"within "+g.Coverage.Words()+", by "+string(g.Rotation)+".", a.Reason, "")
}

// moveNext has a meeting that was not fixed by an act follow a new interval, but not into the past.
func (g *Group) moveNext(n *Meeting, now time.Time) {
	nominal := calendar.AtTimeOf(g.Interval.After(g.Opened), n.At)
	if last, ok := g.LastMeeting(); ok {
		nominal = g.following(last)
	}
	if !nominal.After(now) {
		nominal = calendar.AtTimeOf(calendar.OneDay.After(now), n.At)
	}
	was, known := *n, g.invitedTo(*n)
	n.Nominal, n.At = nominal, calendar.OnWorkingDay(nominal)
	g.pen.Reschedule(DutyGroupMeeting, strconv.Itoa(n.N), n.At, now)
	if known && !was.At.Equal(n.At) {
		g.fixed(was, known, ledger.Moment{Now: now})
	}
}
