package regime

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"holdthering/regime/calendar"
)

// DigestRow says when the weekly digest goes (N44). With none set there is none.
type DigestRow struct {
	Weekday string `json:"weekday"` // "Monday"
	Hour    int    `json:"hour"`    // of UK time
	// Ahead is how far off a duty may be to be worth a mail by itself.
	Ahead  calendar.Period `json:"ahead"`
	Source string          `json:"source"`
	Basis  Basis           `json:"basis"`

	weekday time.Weekday
}

// parse reads Weekday once, when the profile is loaded.
func (d *DigestRow) parse() error {
	for d.weekday = time.Sunday; d.weekday <= time.Saturday; d.weekday++ {
		if d.weekday.String() == d.Weekday && d.Hour >= 0 && d.Hour < 24 {
			return nil
		}
	}
	return fmt.Errorf("digest: %q at %d:00 is no time of the week", d.Weekday, d.Hour)
}

// after is the first digest time after t.
func (d *DigestRow) after(t time.Time) time.Time {
	today := t.In(calendar.London)
	day := today.AddDate(0, 0, int(d.weekday-today.Weekday()+7)%7)
	if at := atHour(day, d.Hour); at.After(t) {
		return at
	}
	return atHour(day.AddDate(0, 0, 7), d.Hour)
}

// nextDigest is the first digest time at which there will be something to say, as things
// stand; ok is false while there is nothing.
func (l *Ledger) nextDigest() (time.Time, bool) {
	row := l.host.profile().Digest
	if row == nil || l.noDigest || len(l.Entries) == 0 || len(l.host.roleParties("digest", Duty{})) == 0 {
		return time.Time{}, false
	}
	first := row.after(l.digestedUntil())
	if l.anyChange(first) {
		return first, true
	}
	soonest, ok := l.soonestDue()
	if !ok {
		return time.Time{}, false
	}
	if worth := row.Ahead.Times(-1).After(soonest); worth.After(first) {
		return row.after(worth.Add(-1)), true
	}
	return first, true
}

// soonestDue is when the first of the open duties is due; ok is false where nothing is owed.
func (l *Ledger) soonestDue() (first time.Time, ok bool) {
	for i := range l.Duties {
		if d := &l.Duties[i]; d.Open() && (!ok || d.Due.Before(first)) {
			first, ok = d.Due, true
		}
	}
	return first, ok
}

func (l *Ledger) digestedUntil() time.Time {
	return latest(l.Entries[0].At, l.Digested)
}

// skipDigests passes over the digest times at which there was nothing to say, before something
// happens now; due tells that one is to go now.
func (l *Ledger) skipDigests(now time.Time) (due bool) {
	row := l.host.profile().Digest
	if row == nil || len(l.Entries) == 0 {
		return false
	}
	if at, ok := l.nextDigest(); ok && !at.After(now) {
		return true
	}
	for next := row.after(l.digestedUntil()); !next.After(now); next = row.after(next) {
		l.Digested = next.UTC()
	}
	return false
}

// digest tells each member what it owes and what has changed, where there is something to say.
func (l *Ledger) digest(now time.Time) {
	at, ok := l.nextDigest()
	if !ok || at.After(now) {
		return
	}
	w := l.week(at)
	for _, p := range l.digestParties(w.open) {
		if lines := l.digestOf(p, w); len(lines) > 0 {
			n := Notice{Kind: "N44", Text: "What is open or new for your body this week", Items: lines, Fell: late(at, now),
				To: []Recipient{{Party: p, Level: LevelDuty}}}
			n.Asks, n.By = w.owedBy(p)
			l.notify(n)
		}
	}
	l.Digested = at.UTC()
}

// week is what the digests of one moment are made of.
type week struct {
	at      time.Time
	open    []Duty
	entries []Entry
}

func (l *Ledger) week(at time.Time) week {
	return week{at: at, open: l.OpenDuties(), entries: l.entriesSince(at)}
}

// owedBy is what a digest asks of a body, and by when the first of it is due.
func (w week) owedBy(p Party) (ask []Ask, by time.Time) {
	count := 0
	for _, d := range w.open {
		if d.Owner == p {
			count++
			if by.IsZero() || d.Due.Before(by) {
				by = d.Due
			}
		}
	}
	switch count {
	case 0:
		return nil, by
	case 1:
		return asking("do the one thing on the list below", ""), by
	}
	return asking("do the "+itoa(count)+" things on the list below, the first", ""), by
}

// digestParties are the members and whoever else owes something.
func (l *Ledger) digestParties(open []Duty) []Party {
	out := slices.Clone(l.host.roleParties("digest", Duty{}))
	for _, d := range open {
		if !contains(out, d.Owner) {
			out = append(out, d.Owner)
		}
	}
	return out
}

// digestOf lists what a body owes, if any of it is near, and what it has not been told of.
func (l *Ledger) digestOf(p Party, w week) []string {
	row := l.host.profile().Digest
	near := row.Ahead.After(w.at)
	var open []string
	worth := false
	for _, d := range w.open {
		if d.Owner == p {
			worth = worth || !d.Due.After(near)
			late := ""
			if d.OverdueAt(w.at) {
				late = "overdue: "
			}
			open = append(open, late+l.Says(d)+", by "+calendar.Instant(d.Due))
		}
	}
	changes := l.changesFor(p, w.entries)
	if !worth && len(changes) == 0 {
		return nil
	}
	if len(changes) > 0 {
		open = append(open, "new in the last week, and not mailed before: "+strings.Join(changes, ", "))
	}
	return open
}

// changesFor names, by their commands alone, the acts of others since the last digest of which
// the body had no mail.
func (l *Ledger) changesFor(p Party, entries []Entry) []string {
	if !contains(l.host.roleParties("news", Duty{}), p) {
		return nil
	}
	var out []string
	for _, e := range entries {
		if said := "'" + e.Verb + "'"; l.isNews(e, p) && !slices.Contains(out, said) {
			out = append(out, said)
		}
	}
	return out
}

func (l *Ledger) anyChange(until time.Time) bool {
	entries := l.entriesSince(until)
	if len(entries) == 0 {
		return false
	}
	for _, p := range l.host.roleParties("news", Duty{}) {
		if slices.ContainsFunc(entries, func(e Entry) bool { return l.isNews(e, p) }) {
			return true
		}
	}
	return false
}

// isNews tells that another did it and that the body had no mail of it.
func (l *Ledger) isNews(e Entry, p Party) bool { return e.By.For != p && !l.mailedAt(e.At, p) }

// quiet are the acts that change nothing for the other bodies.
var quiet = map[string]struct{}{"acknowledge": {}, "group acknowledge": {}, "note add": {}, "group note": {},
	"mail resend": {}, "group resend": {}}

// entriesSince are the acts of persons from the last digest, but a week at most, to a time.
func (l *Ledger) entriesSince(until time.Time) []Entry {
	since := latest(l.Digested, until.AddDate(0, 0, -7))
	first := len(l.Entries)
	for first > 0 && l.Entries[first-1].At.After(since) {
		first--
	}
	var out []Entry
	for _, e := range l.Entries[first:] {
		if _, own := quiet[e.Verb]; !own && e.Verb != ByClock && !e.At.After(until) {
			out = append(out, e)
		}
	}
	return out
}

func (l *Ledger) mailedAt(at time.Time, p Party) bool {
	for i := len(l.Notices) - 1; i >= 0 && !l.Notices[i].At.Before(at); i-- {
		n := &l.Notices[i]
		if n.At.Equal(at) && n.Kind != EntryWithdrawn && slices.ContainsFunc(n.To, func(r Recipient) bool { return r.Party == p }) {
			return true
		}
	}
	return false
}
