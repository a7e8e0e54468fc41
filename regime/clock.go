package regime

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"holdthering/regime/calendar"
)

// rungTime is when rung i of the duty falls, having gone fired times already; ok is false
// when it has gone as often as it may.
func rungTime(r *Rung, d *Duty, fired int) (time.Time, bool) {
	if r.Every.IsZero() && fired > 0 {
		return time.Time{}, false
	}
	at := rungStart(r, d)
	if r.Every.IsZero() {
		return at, true
	}
	if r.Max > 0 && fired >= r.Max {
		return at, false
	}
	return r.Every.Times(int64(fired)).After(at), true
}

func rungStart(r *Rung, d *Duty) time.Time {
	switch {
	case r.share > 0:
		return d.Start.Add(d.Due.Sub(d.Start) * time.Duration(r.share) / 100)
	case r.fromStart:
		return r.distance.After(d.Start)
	}
	return r.distance.After(d.Due)
}

// parse reads At once, when the profile is loaded.
func (r *Rung) parse() error {
	if share, ok := strings.CutSuffix(r.At, "%"); ok {
		n, err := strconv.Atoi(share)
		if err != nil || n < 1 || n > 100 {
			return fmt.Errorf("%q is no share of a duty's time", r.At)
		}
		r.share = n
		return nil
	}
	text, fromStart := strings.CutPrefix(r.At, "start+")
	distance, err := calendar.ParsePeriod(strings.TrimPrefix(text, "+"))
	r.fromStart, r.distance = fromStart, distance
	return err
}

// passOver counts the rungs that lie in the past when a duty is opened or moved: nobody is
// reminded of a time that had gone before the duty was there.
func passOver(row DutyRow, d Duty, now time.Time) []int {
	fired := make([]int, len(row.Ladder))
	for i := range row.Ladder {
		for {
			at, ok := rungTime(&row.Ladder[i], &d, fired[i])
			if !ok || at.After(now) {
				break
			}
			fired[i]++
		}
	}
	return fired
}

func (d *Duty) firedAt(i int) int {
	if i < len(d.Fired) {
		return d.Fired[i]
	}
	return 0
}

// never is when the clock wakes for a duty that it has nothing more to do for.
var never = time.Unix(1<<40, 0)

// wakesFor is the first moment at which the clock has something to do for the duty.
func (l *Ledger) wakesFor(d *Duty) time.Time {
	if d.wakes.IsZero() {
		d.wakes = wakes(l.host.profile().dutyRow(d.Kind), d)
	}
	return d.wakes
}

func wakes(row *DutyRow, d *Duty) time.Time {
	first := never
	consider := func(t time.Time) {
		if t.Before(first) {
			first = t
		}
	}
	for i := range row.Ladder {
		if at, ok := rungTime(&row.Ladder[i], d, d.firedAt(i)); ok {
			consider(at)
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

// Alarm is the next moment at which something falls due, and what.
type Alarm struct {
	At   time.Time `json:"at"`
	Duty Duty      `json:"duty"`
	Says string    `json:"says"` // "CQC: regulatory judgement due Wed 11 Sep 2013 16:10"
}

// NextAlarm is what the one clock of the case waits for; ok is false when nothing is owed.
func (l *Ledger) NextAlarm() (Alarm, bool) {
	at, d := l.nextWaking()
	if at == never {
		return Alarm{}, false
	}
	if d == nil {
		return Alarm{At: at, Says: "the digest of the week"}, true
	}
	says := l.host.Name(l.ownerOf(*d)) + ": " + l.Says(*d) + ", due " + calendar.Short(d.Due)
	return Alarm{At: at, Duty: *d, Says: says}, true
}

// nextWaking finds when the clock wakes first, and for which duty: nil where it is for the digest,
// or never.
func (l *Ledger) nextWaking() (time.Time, *Duty) {
	first, found := never, (*Duty)(nil)
	for i := range l.Duties {
		if d := &l.Duties[i]; d.Open() && l.wakesFor(d).Before(first) {
			first, found = d.wakes, d
		}
	}
	if at, ok := l.nextDigest(); ok && at.Before(first) {
		return at, nil
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
		return "nothing but what is overdue, " + itoa(overdue)
	}
	if next == nil {
		return ""
	}
	words := l.owes(*next) + " by " + calendar.Instant(next.Due)
	if overdue > 0 {
		words += "; " + itoa(overdue) + " overdue"
	}
	return words
}

// Tick does all that has fallen due by now: reminders, marks, and the few things that
// happen by themselves. Calling it again at the same time does nothing.
func (l *Ledger) Tick(now time.Time) {
	l.tell = nil
	due := l.skipDigests(now)
	for i := 0; i < len(l.Duties); i++ {
		if d := &l.Duties[i]; d.Open() && !l.wakesFor(d).After(now) {
			l.fell = late(d.wakes, now)
			l.remind(i, now)
			l.mark(i, now)
			l.Duties[i].wakes = time.Time{}
		}
	}
	l.fell = time.Time{}
	if due {
		l.digest(now)
	}
	l.flush(now)
	l.host.settle(now)
}

// onTime is what a clock may be late by that was not stopped.
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
func (l *Ledger) remind(i int, now time.Time) {
	d := &l.Duties[i]
	row := l.host.profile().dutyRow(d.Kind)
	d.Fired = append(d.Fired, make([]int, max(0, len(row.Ladder)-len(d.Fired)))...)
	type due struct {
		at   time.Time
		rung int
	}
	var passed []due
	for j := range row.Ladder {
		for r := &row.Ladder[j]; ; {
			at, ok := rungTime(r, d, d.Fired[j])
			if !ok || at.After(now) {
				break
			}
			d.Fired[j]++
			if !l.host.holds(r.Unless, *d) {
				passed = append(passed, due{at, j})
			}
		}
	}
	slices.SortStableFunc(passed, func(a, b due) int { return b.at.Compare(a.at) })
	var told []Recipient
	for _, p := range passed {
		r := &row.Ladder[p.rung]
		to := without(l.audiences(r.To, *d), told)
		told = append(told, to...)
		n := Notice{Kind: r.Notice, Duty: d.ID, Rung: p.rung + 1, To: to, Urgent: r.Urgent,
			Overdue: d.OverdueAt(now), Fell: late(p.at, now)}
		if r.Adds != "" {
			n.Text = l.owes(*d) + ". " + r.Adds
		}
		l.notify(n)
	}
}

// mark records that time is up, and does what follows by itself.
func (l *Ledger) mark(i int, now time.Time) {
	d := &l.Duties[i]
	row := l.host.profile().dutyRow(d.Kind)
	if !d.Overdue && d.OverdueAt(now) {
		d.Overdue = true
		if l.host.timeIsUp(*d, now) {
			return
		}
		l.byClock(now, l.host.Name(l.ownerOf(*d))+" has not yet done what it owed by "+
			calendar.Instant(d.Due)+": "+l.Says(*d)+".")
	}
	d = &l.Duties[i]
	if d.Open() && !d.Missed && !row.MissedAfter.IsZero() &&
		!now.Before(row.MissedAfter.After(d.Due)) {
		d.Missed = true
		l.byClock(now, "Missed: "+l.Says(*d)+".")
	}
}

func sortByDue(ds []Duty) {
	slices.SortStableFunc(ds, func(a, b Duty) int { return a.Due.Compare(b.Due) })
}

func itoa(n int) string { return strconv.Itoa(n) }

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
