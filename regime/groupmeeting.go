package regime

import (
	"time"

	"holdthering/regime/calendar"
)

// QSGMeeting is a meeting of a surveillance group. The last of a group's meetings is the one
// to come: it is due by itself one interval after the meeting before, and needs no act but
// to be held.
type QSGMeeting struct {
	N  int       `json:"n"`
	At time.Time `json:"at"` // when it is to begin, on a working day
	// Nominal is the day without regard to week-ends, so that a meeting put off for one does
	// not put off all that follow.
	Nominal    time.Time `json:"nominal"`
	Fixed      time.Time `json:"fixed,omitzero"` // when somebody fixed the date
	Place      string    `json:"place,omitempty"`
	Theme      string    `json:"theme,omitempty"`
	Packs      []Pack    `json:"packs,omitempty"` // sent ahead, the latest of each member
	Held       time.Time `json:"held,omitzero"`
	Chair      Party     `json:"chair,omitempty"`
	Present    []Party   `json:"present,omitempty"`
	Considered []string  `json:"considered,omitempty"` // providers
	Record     string    `json:"record,omitempty"`
	Recorded   time.Time `json:"recorded,omitzero"`
}

var groupMeetingVerbs = []GroupVerb{
	{Path: "group schedule", Update: "ScheduleGroupMeeting", Rules: "R72 R73 R84", New: func() GroupAct { return new(ScheduleGroupMeeting) },
		Summary: "Fix or move the group's next meeting; its members are invited",
		Example: `group schedule --group GROUP --by "NHS England" --at "2013-10-08 14:00" --place "Victoria House"`},
	{Path: "group hold", Update: "HoldGroupMeeting", Rules: "R16 R72 R73 R74",
		New:     func() GroupAct { return new(HoldGroupMeeting) },
		Summary: "Record that the group has met, who was there and which providers it considered",
		Example: `group hold --group GROUP --by "NHS England" --present CCG/07J,CQC ` +
			`--considered "RCX, RGP" --record "Staffing looked at across both trusts"`},
	{Path: "group record", Update: "RecordGroupMeeting", Rules: "R73",
		New:     func() GroupAct { return new(RecordGroupMeeting) },
		Summary: "Give the record of a meeting already held",
		Example: `group record --group GROUP --by "NHS England" --record "Staffing looked at across both trusts"`},
	{Path: "group interval", Update: "SetGroupInterval", Rules: "R72 R74",
		New:     func() GroupAct { return new(SetGroupInterval) },
		Summary: "Change how often the group meets, and in what time it considers every provider",
		Example: `group interval --group GROUP --by "NHS England" --interval 2mo --reason "agreed in June"`},
}

var (
	aDay         = calendar.MustPeriod("1d")
	toWorkingDay = calendar.MustPeriod("0wd")
)

// onWorkingDay is t, or the same local time on the next working day.
func onWorkingDay(t time.Time) time.Time { return toWorkingDay.After(t) }

// atHour is the day of t at a full hour of UK time.
func atHour(t time.Time, hour int) time.Time {
	y, m, d := t.In(calendar.London).Date()
	return time.Date(y, m, d, hour, 0, 0, 0, calendar.London)
}

// atTimeOf is the day of t at the time of day that o has in UK time.
func atTimeOf(t, o time.Time) time.Time {
	y, m, d := t.In(calendar.London).Date()
	o = o.In(calendar.London)
	return time.Date(y, m, d, o.Hour(), o.Minute(), 0, 0, calendar.London)
}

func sameDay(a, b time.Time) bool {
	ay, am, ad := a.In(calendar.London).Date()
	by, bm, bd := b.In(calendar.London).Date()
	return ad == bd && am == bm && ay == by
}

// NextMeeting is the one to come; ok is false when the group has ended.
func (g *Group) NextMeeting() (m QSGMeeting, ok bool) {
	if n := g.next(); n != nil {
		return *n, true
	}
	return QSGMeeting{}, false
}

func (g *Group) next() *QSGMeeting {
	if n := len(g.Meetings); n > 0 && g.Meetings[n-1].Held.IsZero() {
		return &g.Meetings[n-1]
	}
	return nil
}

// LastMeeting is the latest that was held.
func (g *Group) LastMeeting() (m QSGMeeting, ok bool) {
	for i := len(g.Meetings) - 1; i >= 0; i-- {
		if !g.Meetings[i].Held.IsZero() {
			return g.Meetings[i], true
		}
	}
	return QSGMeeting{}, false
}

// fallsDue opens the duty to hold the meeting that follows.
func (g *Group) fallsDue(nominal, now time.Time) {
	n := QSGMeeting{N: len(g.Meetings) + 1, Nominal: nominal, At: onWorkingDay(nominal)}
	g.Meetings = append(g.Meetings, n)
	g.owe(owed{kind: DutyGroupMeeting, role: "support", subject: itoa(n.N), start: now, due: n.At})
}

// inviteLate invites at once to a first meeting that is nearer than the ladder's first rung,
// which would go to nobody.
func (g *Group) inviteLate() {
	n := g.next()
	d := g.duty(DutyGroupMeeting, itoa(n.N))
	if len(d.Fired) > 0 && d.Fired[0] > 0 {
		g.invite(*n, "", false)
	}
}

// invite asks the members to a meeting that has a date; before is what the mail says first.
func (g *Group) invite(n QSGMeeting, before string, urgent bool) {
	d := g.duty(DutyGroupMeeting, itoa(n.N))
	g.notify(Notice{Kind: "N38", Duty: d.ID, Urgent: urgent, To: g.audiences([]string{"members"}, *d),
		Asks: asking("send what your body knows about the providers on the agenda of meeting "+itoa(n.N), "group pack"),
		Text: before + "You are invited to " + g.meetingWords(n) + ". You can also bring what you know to the meeting"})
}

// following is when the meeting after n is due: one interval after it was held, at the same
// time of day. A meeting held on its day counts from its nominal one.
func (g *Group) following(n QSGMeeting) time.Time {
	if sameDay(n.Held, n.At) {
		return g.Interval.After(n.Nominal)
	}
	return g.Interval.After(atTimeOf(n.Held, n.At))
}

// ScheduleGroupMeeting fixes when and where, and invites; again, to move the meeting.
type ScheduleGroupMeeting struct {
	At    time.Time `json:"at" flag:"at" when:"ahead" within:"meeting" usage:"when the meeting begins" need:"yes"`
	Place string    `json:"place,omitempty" flag:"place" usage:"where, or how to join"`
	Theme string    `json:"theme,omitempty" flag:"theme" usage:"a theme, or the one provider that the meeting is about"`
	Chair Party     `json:"chair,omitempty" flag:"chair" usage:"who chairs from now on; without it, as before"`
}

func (a *ScheduleGroupMeeting) check(g *Group, m Moment) error {
	if err := g.supportOnly(m, "fixes its meetings"); err != nil {
		return err
	}
	return g.checkChair(a.Chair)
}

func (g *Group) checkChair(p Party) error {
	if p != "" && !g.IsMember(p) {
		return refuse("R69", "a member chairs the group; %s is none.", g.Name(p))
	}
	return nil
}

func (a *ScheduleGroupMeeting) do(g *Group, m Moment) string {
	n := g.next()
	was, known := *n, !n.Fixed.IsZero() || g.invitedTo(*n)
	g.fix(a.At, a.Place, m.Now)
	n.Theme = firstSet(a.Theme, n.Theme)
	g.Chair = firstSet(a.Chair, g.Chair)
	return g.fixed(was, known, m)
}

// invitedTo tells whether the members have been asked to the meeting.
func (g *Group) invitedTo(n QSGMeeting) bool {
	d := g.duty(DutyGroupMeeting, itoa(n.N))
	return d != nil && d.firedAt(0) > 0
}

// fixed invites to the next meeting, or says that one whose date was known is moved (R84).
func (g *Group) fixed(was QSGMeeting, known bool, m Moment) string {
	n := g.next()
	place := placeChanged(was.Place, n.Place)
	switch {
	case !known:
		g.invite(*n, "", false)
		return "Fixed " + g.meetingWords(*n) + "." + place
	case !was.At.Equal(n.At):
		moved := movedTime("Meeting "+itoa(n.N)+" of the group", was.At, n.At) + "."
		g.invite(*n, moved+" ", g.beforeMorning(was.At, m.Now))
		return moved + place
	case was.Place != n.Place:
		g.notify(movedPlace("meeting "+itoa(n.N)+" of the group", n.At, g.audiences([]string{"members"}, Duty{})))
	}
	return "It stays with " + g.meetingWords(*n) + "." + place
}

func (g *Group) meetingWords(n QSGMeeting) string {
	return "meeting " + itoa(n.N) + " of the group, on " + calendar.Instant(n.At)
}

func (g *Group) fix(at time.Time, place string, now time.Time) {
	n := g.next()
	n.At, n.Nominal, n.Fixed, n.Place = at, at, now, firstSet(place, n.Place)
	g.redate(DutyGroupMeeting, itoa(n.N), at, now)
}

// SetGroupInterval: monthly and quarterly is how groups begin, not how they must go on (R72).
type SetGroupInterval struct {
	Interval calendar.Period `json:"interval,omitzero" flag:"interval" usage:"time between meetings, such as 1mo"`
	Coverage calendar.Period `json:"coverage,omitzero" flag:"coverage" usage:"time in which every provider is considered, such as 6mo"`
	Rotation Rotation        `json:"rotation,omitempty" flag:"rotate-by" usage:"how providers take turns"`
	Reason   string          `json:"reason,omitempty" flag:"reason" usage:"why"`
}

func (a *SetGroupInterval) check(g *Group, m Moment) error {
	if err := g.supportOnly(m, "records how often it meets"); err != nil {
		return err
	}
	if *a == (SetGroupInterval{Reason: a.Reason}) {
		return mistake("say what is to change: --interval, --coverage or --rotate-by.")
	}
	return checkIntervals(firstSet(a.Interval, g.Interval), firstSet(a.Coverage, g.Coverage), m.Now)
}

// checkIntervals keeps the clock from running wild: a meeting every minute, or a coverage
// that ends before the group has met.
func checkIntervals(interval, coverage calendar.Period, now time.Time) error {
	next := interval.After(now)
	if next.Before(aDay.After(now)) {
		return mistake("meetings lie at least a day apart.")
	}
	if coverage.After(now).Before(next) {
		return mistake("not every provider can be considered in %s by a group that meets every %s.",
			coverage.Words(), interval.Words())
	}
	return nil
}

func (a *SetGroupInterval) do(g *Group, m Moment) string {
	g.Interval, g.Coverage = firstSet(a.Interval, g.Interval), firstSet(a.Coverage, g.Coverage)
	g.Rotation = firstSet(a.Rotation, g.Rotation)
	if n := g.next(); n != nil && n.Fixed.IsZero() && !a.Interval.IsZero() {
		g.moveNext(n, m.Now)
	}
	if !a.Coverage.IsZero() {
		for _, w := range g.Watched {
			g.redate(DutyCoverage, w.Code, g.Coverage.After(w.last()), m.Now)
		}
	}
	return sentence("The group meets every "+g.Interval.Words()+" and considers every provider "+
		"within "+g.Coverage.Words()+", by "+string(g.Rotation)+".", a.Reason, "")
}

// moveNext has a meeting that nobody has fixed follow a new interval, but not into the past.
func (g *Group) moveNext(n *QSGMeeting, now time.Time) {
	nominal := atTimeOf(g.Interval.After(g.Opened), n.At)
	if last, ok := g.LastMeeting(); ok {
		nominal = g.following(last)
	}
	if !nominal.After(now) {
		nominal = atTimeOf(aDay.After(now), n.At)
	}
	was, known := *n, g.invitedTo(*n)
	n.Nominal, n.At = nominal, onWorkingDay(nominal)
	g.redate(DutyGroupMeeting, itoa(n.N), n.At, now)
	if known && !was.At.Equal(n.At) {
		g.fixed(was, known, Moment{Now: now})
	}
}
