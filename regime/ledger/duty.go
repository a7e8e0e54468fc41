package ledger

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
)

// CountOverdue is how many open duties are past their time.
func (l *Ledger) CountOverdue(now time.Time) int {
	n := 0
	for _, d := range l.Duties {
		if d.OverdueAt(now) {
			n++
		}
	}
	return n
}

// DutyEnd is how a duty ended.
type DutyEnd string

// The ends of a duty.
const (
	EndDone      DutyEnd = "DONE"
	EndWithdrawn DutyEnd = "WITHDRAWN"
	EndNotNeeded DutyEnd = "NO_LONGER_NEEDED"
)

// Duty is something that somebody owes by a time.
type Duty struct {
	ID   string          `json:"id"` // "D7"
	Kind regime.DutyKind `json:"kind"`
	// Owner owes it; where Role is set, the party that has that role at the time.
	Owner regime.Party `json:"owner,omitempty" passes:"on"`
	Role  regime.Role  `json:"role,omitempty"`
	// Subject tells duties of one kind apart: a month's number, an action's id. What stands
	// behind a bar tells those apart who owe the same thing, and is not shown.
	Subject string    `json:"subject,omitempty" passes:"subject"`
	Start   time.Time `json:"start"`
	Due     time.Time `json:"due"`
	// Period is the length as it was applied; zero when the date was given.
	Period calendar.Period `json:"period,omitzero"`
	// Counted is what Period is counted from, where that is not Start: each monthly report is
	// owed from the last one on, and its date is counted from entry.
	Counted   time.Time       `json:"counted,omitzero"`
	Grace     calendar.Period `json:"grace,omitzero"`
	RungsSent []int           `json:"fired,omitempty"` // how often each rung has gone
	// Overdue and Missed are set by the clock.
	Overdue bool `json:"overdue,omitempty"`
	Missed  bool `json:"missed,omitempty"`
	// Unreached is the contact that could not be reached; it is set on duties to mend the directory
	// alone. AssignedTo is the contact of the owner who was asked to find another: "Jo Bloggs (duty
	// contact)". No mail's subject, log, list or metric shows it.
	Unreached Mailbox `json:"unreached,omitzero"`
	// Said is what the mail service said of the mail that could not go, under the same condition.
	Said string `json:"said,omitempty"`
	// Silent: the duty is there since nothing was heard of a mail; word of it ends the duty.
	Silent     bool         `json:"silent,omitempty"`
	AssignedTo string       `json:"with,omitempty"`
	End        DutyEnd      `json:"end,omitempty"`
	Ended      time.Time    `json:"ended,omitzero"`
	EndedBy    regime.Party `json:"endedBy,omitempty"`

	// nextCheck caches when the clock next has something to do for the duty. A change of the duty's
	// dates or marks must clear it.
	nextCheck time.Time
	// fresh: it ended in the act or tick in progress.
	fresh bool
}

// Open reports whether the duty is still owed.
func (d Duty) Open() bool { return d.End == "" }

// Late reports whether the duty was done after its time.
func (d Duty) Late() bool { return d.End == EndDone && d.Ended.After(d.Limit()) }

// Limit is the last moment at which the duty is done in time: its due time and its grace.
func (d Duty) Limit() time.Time { return d.Grace.After(d.Due) }

// OverdueAt reports whether the duty is still owed and its time is up: from its limit on, as the
// clock marks it. Whatever calls a duty overdue asks this, so that all say the same.
func (d Duty) OverdueAt(now time.Time) bool { return d.Open() && !now.Before(d.Limit()) }

// DutySpec is what is needed to open a duty.
type DutySpec struct {
	Kind    regime.DutyKind
	Owner   regime.Party
	Role    regime.Role
	Subject string
	Start   time.Time
	Due     time.Time // zero: start and the row's period
	Urgent  bool
	Period  calendar.Period // not zero: instead of the row's
	Counted time.Time       // from when; zero: start
}

// OpenDuty opens a duty, unless the same one is open already.
func (l *Pen) OpenDuty(o DutySpec) *Duty {
	if d := l.Duty(o.Kind, o.Subject); d != nil {
		return d
	}
	o.Owner = l.Today(o.Owner)
	row, _ := l.subject.Profile().Duty(o.Kind)
	d := Duty{
		ID: "D" + strconv.Itoa(l.NextSerial()), Kind: o.Kind, Owner: o.Owner, Role: o.Role,
		Subject: o.Subject, Start: o.Start, Due: o.Due, Grace: row.Grace,
	}
	if d.Due.IsZero() {
		d.Period = row.Period
		if o.Urgent && !row.UrgentPeriod.IsZero() {
			d.Period = row.UrgentPeriod
		}
		if !o.Period.IsZero() {
			d.Period = o.Period
		}
		d.Counted = o.Counted
		d.Due = row.DueFrom(d.Period, cmp.Or(o.Counted, o.Start))
	}
	d.RungsSent = skipPastRungs(row, d, o.Start)
	// What was recorded later than it happened: the act that opens the duty says what reminders
	// before its time would have said.
	if t := earliest(l.recordedAt, d.Due.Add(-1)); t.After(o.Start) {
		d.RungsSent = skipPastRungs(row, d, t)
	}
	if o.Role == "" && l.subject.Gone(o.Owner) {
		d.End, d.Ended = EndNotNeeded, o.Start
	}
	l.Duties = append(l.Duties, d)
	return &l.Duties[len(l.Duties)-1]
}

// Pass makes an open duty another party's, with its time unchanged.
func (l *Pen) Pass(id string, to regime.Party) {
	if d := l.dutyNamed(id); d != nil && d.Open() {
		d.Owner, d.Role = to, ""
	}
}

// Duty finds the open duty of a kind about a subject.
func (l *Ledger) Duty(k regime.DutyKind, subject string) *Duty {
	for i := range l.Duties {
		if d := &l.Duties[i]; d.Kind == k && d.Subject == subject && d.Open() {
			return d
		}
	}
	return nil
}

// dutyNamed finds a duty by its id, open or ended; nil when there is none.
func (l *Ledger) dutyNamed(id string) *Duty {
	for i := range l.Duties {
		if d := &l.Duties[i]; d.ID == id {
			return d
		}
	}
	return nil
}

// Discharge ends the duty as done; it is no mistake if nothing was owed.
func (l *Pen) Discharge(k regime.DutyKind, subject string, m Moment) {
	l.EndDuty(k, subject, EndDone, m)
}

// EndDuty ends the open duty of a kind about a subject, if there is one.
func (l *Pen) EndDuty(k regime.DutyKind, subject string, how DutyEnd, m Moment) {
	if d := l.Duty(k, subject); d != nil {
		d.Owner = l.OwnerOf(*d)
		d.End, d.Ended, d.EndedBy = how, d.notBefore(m), m.By.For
		d.fresh = true
	}
}

// notBefore is when the act that ends the duty happened, but not before the duty began.
func (d *Duty) notBefore(m Moment) time.Time {
	at := cmp.Or(m.At, m.Now)
	if d.Start.After(at) && !d.Start.After(m.Now) {
		return d.Start
	}
	return at
}

// Lapse ends every open duty of the kinds as no longer needed.
func (l *Pen) Lapse(now time.Time, kinds ...regime.DutyKind) {
	for i := range l.Duties {
		d := &l.Duties[i]
		for _, k := range kinds {
			if d.Kind == k && d.Open() {
				d.Owner = l.OwnerOf(*d)
				d.End, d.Ended, d.fresh = EndNotNeeded, now, true
			}
		}
	}
}

// Reschedule moves a duty; its ladder starts again from the new date.
func (l *Pen) Reschedule(k regime.DutyKind, subject string, due time.Time, now time.Time) {
	d := l.Duty(k, subject)
	if d == nil || d.Due.Equal(due) {
		return
	}
	row, _ := l.subject.Profile().Duty(k)
	d.Due, d.Period, d.Overdue, d.Missed = due, calendar.Period{}, false, false
	d.Counted = time.Time{}
	d.RungsSent, d.nextCheck = skipPastRungs(row, *d, now), time.Time{}
	for i := range l.Notices { // what has not gone yet says the new date
		if n := &l.Notices[i]; n.Duty == d.ID && slices.ContainsFunc(n.To, Recipient.Deferred) {
			n.By = due
		}
	}
}

// Extend makes the period of an open duty longer, counted from where it was counted before.
func (l *Pen) Extend(k regime.DutyKind, subject string, longer calendar.Period, now time.Time) *Duty {
	d := l.Duty(k, subject)
	if d == nil {
		return nil
	}
	if sum, ok := d.Period.Plus(longer); ok {
		row, _ := l.subject.Profile().Duty(k)
		counted := d.Counted
		l.Reschedule(k, subject, row.DueFrom(sum, cmp.Or(counted, d.Start)), now)
		d.Period, d.Counted = sum, counted
	}
	return d
}

// OwnerOf is who owes the duty at present.
func (l *Ledger) OwnerOf(d Duty) regime.Party {
	if d.Role == "" || !d.Open() {
		return d.Owner
	}
	for _, p := range l.subject.RoleParties(d.Role.Must(), d) {
		if p != "" {
			return p
		}
	}
	return l.subject.Support()
}

// Says is what is owed, in words, with its subject.
func (l *Ledger) Says(d Duty) string {
	return about(l.subject.Profile().DutyRow(d.Kind).Says, d)
}

// OpenDuties lists what is owed now, the soonest first.
func (l *Ledger) OpenDuties() []Duty { return l.openDuties(func(*Duty) bool { return true }) }

// OpenOf are those of one kind.
func (l *Ledger) OpenOf(k regime.DutyKind) []Duty {
	return l.openDuties(func(d *Duty) bool { return d.Kind == k })
}

func (l *Ledger) openDuties(wanted func(*Duty) bool) []Duty {
	n := 0
	for i := range l.Duties {
		if d := &l.Duties[i]; d.Open() && wanted(d) {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	out := make([]Duty, 0, n)
	for i := range l.Duties {
		if d := &l.Duties[i]; d.Open() && wanted(d) {
			out = append(out, *d)
			out[len(out)-1].Owner = l.OwnerOf(*d)
		}
	}
	sortByDue(out)
	return out
}
