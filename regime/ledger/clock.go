package ledger

import (
	"slices"
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
)

// skipPastRungs counts the rungs that lie in the past when a duty is opened or moved: no reminder
// goes for a time before the duty was there.
func skipPastRungs(row regime.DutyRow, d Duty, now time.Time) []int {
	fired := make([]int, len(row.Ladder))
	for i := range row.Ladder {
		for {
			at, ok := row.Ladder[i].Falls(d.Start, d.Due, fired[i])
			if !ok || at.After(now) {
				break
			}
			fired[i]++
		}
	}
	return fired
}

// TimesSent is how often the rung with index i has gone.
func (d *Duty) TimesSent(i int) int {
	if i < len(d.RungsSent) {
		return d.RungsSent[i]
	}
	return 0
}

// never is when the clock wakes for a duty that it has nothing more to do for.
var never = time.Unix(1<<40, 0)

// nextCheckFor is the first moment at which the clock has something to do for the duty.
func (l *Ledger) nextCheckFor(d *Duty) time.Time {
	if d.nextCheck.IsZero() {
		d.nextCheck = nextCheckOf(l.subject.Profile().DutyRow(d.Kind), d)
	}
	return d.nextCheck
}

func nextCheckOf(row *regime.DutyRow, d *Duty) time.Time {
	return nextMoment(row, d, func(_ *regime.Rung, at time.Time) time.Time { return at })
}

// nextMoment is the first moment of the duty's, those of its ladder as moved has them.
func nextMoment(row *regime.DutyRow, d *Duty, moved func(*regime.Rung, time.Time) time.Time) time.Time {
	first := never
	consider := func(t time.Time) {
		if t.Before(first) {
			first = t
		}
	}
	for i := range row.Ladder {
		if at, ok := row.Ladder[i].Falls(d.Start, d.Due, d.TimesSent(i)); ok {
			consider(moved(&row.Ladder[i], at))
		}
	}
	if !d.Overdue {
		consider(d.Limit())
	}
	if !d.Missed && !row.MissedAfter.IsZero() {
		consider(row.MissedAfter.After(d.Due))
	}
	return first
}

// NextDue is the next moment at which something falls due, and what.
type NextDue struct {
	At   time.Time `json:"at"`
	Duty Duty      `json:"duty"`
	Says string    `json:"says"` // "CQC: regulatory judgement due Wed 11 Sep 2013 16:10"
}

// NextDue is what the one clock of the case waits for; ok is false when nothing is owed.
func (l *Ledger) NextDue() (NextDue, bool) {
	return l.dueAt(l.nextCheck())
}

// dueAt says what falls at a moment: d's, or what is nobody's duty.
func (l *Ledger) dueAt(at time.Time, d *Duty) (NextDue, bool) {
	if at == never {
		return NextDue{}, false
	}
	if d == nil {
		says := "the digest of the week"
		if at.Equal(l.subject.NextLaw()) {
			says = "the law changes"
		}
		return NextDue{At: at, Says: says}, true
	}
	says := l.subject.Name(l.OwnerOf(*d)) + ": " + l.Says(*d) + ", due " + calendar.Short(d.Due)
	return NextDue{At: at, Duty: *d, Says: says}, true
}

// nextCheck finds when the clock wakes first, and for which duty: nil where it is for the digest,
// or never.
func (l *Ledger) nextCheck() (time.Time, *Duty) { return l.firstOf(l.nextCheckFor) }

// firstOf does so for moments of duties that are no earlier than what nextCheckFor has.
func (l *Ledger) firstOf(moment func(*Duty) time.Time) (time.Time, *Duty) {
	first, found := never, (*Duty)(nil)
	for i := range l.Duties {
		d := &l.Duties[i]
		if !d.Open() || !l.nextCheckFor(d).Before(first) {
			continue
		}
		if at := moment(d); at.Before(first) {
			first, found = at, d
		}
	}
	if at, ok := l.digestBefore(first); ok {
		first, found = at, nil
	}
	if at := l.subject.NextLaw(); !at.IsZero() && at.Before(first) {
		first, found = at, nil
	}
	return first, found
}

// NextWords says in a sentence what falls due next, and how much is overdue.
func (l *Ledger) NextWords() string {
	var next *Duty
	overdue := 0
	for i := range l.Duties {
		switch d := &l.Duties[i]; {
		case !d.Open():
		case d.Overdue:
			overdue++
		case next == nil || d.Due.Before(next.Due):
			next = d
		}
	}
	if next == nil && overdue > 0 {
		return "nothing new; " + OverdueWords(overdue)
	}
	if next == nil {
		return ""
	}
	words := l.dutySentence(*next) + " by " + calendar.Instant(next.Due)
	if overdue > 0 {
		words += "; " + OverdueWords(overdue)
	}
	return words
}

// OverdueWords counts overdue duties: "1 duty overdue", "3 duties overdue".
func OverdueWords(n int) string {
	if n == 1 {
		return "1 duty overdue"
	}
	return strconv.Itoa(n) + " duties overdue"
}

// Tick does all that has fallen due by now: reminders, marks, and the few things that
// happen by themselves. Calling it again at the same time does nothing.
func (l *Pen) Tick(now time.Time) {
	l.followLaw(now)
	l.gathered = nil
	due := l.skipDigests(now)
	for i := 0; i < len(l.Duties); i++ {
		if d := &l.Duties[i]; d.Open() && !l.nextCheckFor(d).After(now) {
			l.fellAt = late(d.nextCheck, now)
			l.remind(i, now)
			l.mark(i, now)
			l.Duties[i].nextCheck = time.Time{}
		}
	}
	l.fellAt = time.Time{}
	if due {
		l.digest(now)
	}
	l.Flush(now)
	l.subject.Settle(now)
}

// onTime is how late a running clock may be.
const onTime = time.Second

// late is when something was to be done that is done now; zero where that is in time.
func late(due, now time.Time) time.Time {
	if now.Sub(due) < onTime {
		return time.Time{}
	}
	return due.UTC()
}

// remind sends what the ladder says. Rungs that passed together (the clock stood still for
// a while) make one notice a recipient, the latest.
func (l *Pen) remind(i int, now time.Time) {
	d := &l.Duties[i]
	row := l.subject.Profile().DutyRow(d.Kind)
	d.RungsSent = append(d.RungsSent, make([]int, max(0, len(row.Ladder)-len(d.RungsSent)))...)
	type due struct {
		at   time.Time
		rung int
	}
	var passed []due
	for j := range row.Ladder {
		for r := &row.Ladder[j]; ; {
			at, ok := r.Falls(d.Start, d.Due, d.RungsSent[j])
			if !ok || at.After(now) {
				break
			}
			d.RungsSent[j]++
			if !l.subject.Holds(r.Unless, *d) {
				passed = append(passed, due{at, j})
			}
		}
	}
	slices.SortStableFunc(passed, func(a, b due) int { return b.at.Compare(a.at) })
	var told []Recipient
	for _, p := range passed {
		r := &row.Ladder[p.rung]
		to := Without(l.Audiences(r.To, *d), told)
		told = append(told, to...)
		notice := Notice{Kind: r.Notice, Duty: d.ID, Rung: p.rung + 1, To: to, Urgent: r.Urgent,
			Overdue: d.OverdueAt(now), Fell: late(p.at, now)}
		if r.ExtraSentence != "" {
			notice.Text = l.dutySentence(*d) + ". " + r.ExtraSentence
		}
		l.Notify(notice)
	}
}

// mark records that time is up, and does what follows by itself.
func (l *Pen) mark(i int, now time.Time) {
	d := &l.Duties[i]
	row := l.subject.Profile().DutyRow(d.Kind)
	if !d.Overdue && d.OverdueAt(now) {
		d.Overdue = true
		if l.subject.TimeIsUp(*d, now) {
			return
		}
		l.EnterByClock(now, l.subject.Name(l.OwnerOf(*d))+" has not yet done what it owed by "+
			calendar.Instant(d.Due)+": "+l.Says(*d)+".")
	}
	d = &l.Duties[i]
	if d.Open() && !d.Missed && !row.MissedAfter.IsZero() &&
		!now.Before(row.MissedAfter.After(d.Due)) {
		d.Missed = true
		l.EnterByClock(now, "Missed: "+l.Says(*d)+".")
	}
}

func sortByDue(ds []Duty) {
	slices.SortStableFunc(ds, func(a, b Duty) int { return a.Due.Compare(b.Due) })
}
