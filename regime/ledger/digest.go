package ledger

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
)

// NextDigest is the first digest time at which there will be something to say, as things
// stand; ok is false while there is nothing.
func (l *Ledger) NextDigest() (time.Time, bool) {
	row := l.subject.Profile().Digest
	if row == nil || l.noDigest || len(l.Entries) == 0 || len(l.subject.RoleParties(regime.RoleDigest, Duty{})) == 0 {
		return time.Time{}, false
	}
	first := row.After(l.digestedUntil())
	if len(l.subject.Stands()) > 0 || l.anyChange(first) {
		return first, true
	}
	soonest, ok := l.SoonestDue()
	if !ok {
		return time.Time{}, false
	}
	if worth := row.Ahead.Times(-1).After(soonest); worth.After(first) {
		return row.After(worth.Add(-1)), true
	}
	return first, true
}

// digestBefore is NextDigest, where that comes before a moment. It is seldom looked into: no digest comes before the
// week is over.
func (l *Ledger) digestBefore(moment time.Time) (time.Time, bool) {
	row := l.subject.Profile().Digest
	if row == nil || l.noDigest || len(l.Entries) == 0 || !row.After(l.digestedUntil()).Before(moment) {
		return time.Time{}, false
	}
	at, ok := l.NextDigest()
	return at, ok && at.Before(moment)
}

// SoonestDue is when the first of the open duties is due; ok is false where nothing is owed.
func (l *Ledger) SoonestDue() (first time.Time, ok bool) {
	for i := range l.Duties {
		if d := &l.Duties[i]; d.Open() && (!ok || d.Due.Before(first)) {
			first, ok = d.Due, true
		}
	}
	return first, ok
}

func (l *Ledger) digestedUntil() time.Time {
	return calendar.Latest(l.Entries[0].At, l.Digested)
}

// skipDigests passes over the digest times at which there was nothing to say, before something
// happens now; due reports whether one is to go now.
func (l *Pen) skipDigests(now time.Time) (due bool) {
	row := l.subject.Profile().Digest
	if row == nil || len(l.Entries) == 0 {
		return false
	}
	if at, ok := l.NextDigest(); ok && !at.After(now) {
		return true
	}
	for next := row.After(l.digestedUntil()); !next.After(now); next = row.After(next) {
		l.Digested = next.UTC()
	}
	return false
}

// digest tells each member what it owes and what has changed, where there is something to say.
func (l *Pen) digest(now time.Time) {
	at, ok := l.NextDigest()
	if !ok || at.After(now) {
		return
	}
	w := l.Week(at)
	stands := l.subject.Stands()
	for _, p := range l.digestParties(w.open) {
		if lines := append(slices.Clone(stands), l.DigestOf(p, w)...); len(lines) > 0 {
			n := Notice{Kind: regime.NoticeDigest, Text: "What is open or new for your body this week", Items: lines, Fell: late(at, now),
				To: []Recipient{{Party: p, Level: regime.LevelDuty}}}
			n.Asks, n.By = w.asksOf(p)
			l.Notify(n)
		}
	}
	l.Digested = at.UTC()
}

// Week is what the digests of one moment are made of.
type Week struct {
	at      time.Time
	open    []Duty
	entries []Entry
}

// Week gathers what the digests of a time are made of.
func (l *Ledger) Week(at time.Time) Week {
	return Week{at: at, open: l.OpenDuties(), entries: l.entriesSince(at)}
}

// asksOf is what a digest asks of a body, and by when the first of it is due.
func (w Week) asksOf(p regime.Party) (ask []Ask, by time.Time) {
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
		return Asking("do the one thing on the list below", ""), by
	}
	return Asking("do the "+strconv.Itoa(count)+" things on the list below, the first", ""), by
}

// digestParties are the members and any other party that owes something.
func (l *Ledger) digestParties(open []Duty) []regime.Party {
	out := slices.Clone(l.subject.RoleParties(regime.RoleDigest, Duty{}))
	for _, d := range open {
		if !slices.Contains(out, d.Owner) {
			out = append(out, d.Owner)
		}
	}
	return out
}

// DigestOf lists what a body owes, if any of it is near, and what it has not been told of.
func (l *Ledger) DigestOf(p regime.Party, w Week) []string {
	row := l.subject.Profile().Digest
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

// changesFor lists the acts of others since the last digest that the body had no mail about, by
// their commands alone.
func (l *Ledger) changesFor(p regime.Party, entries []Entry) []string {
	if !slices.Contains(l.subject.RoleParties(regime.RoleNews, Duty{}), p) {
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
	for _, p := range l.subject.RoleParties(regime.RoleNews, Duty{}) {
		if slices.ContainsFunc(entries, func(e Entry) bool { return l.isNews(e, p) }) {
			return true
		}
	}
	return false
}

// isNews reports whether another body did it and this one had no mail about it.
func (l *Ledger) isNews(e Entry, p regime.Party) bool { return e.By.For != p && !l.MailedAt(e.At, p) }

// quiet are the acts that change nothing for the other bodies.
var quiet = map[string]struct{}{"acknowledge": {}, "group acknowledge": {}, "note add": {}, "group note": {},
	"mail resend": {}, "group resend": {}}

// entriesSince are the acts of persons from the last digest, but a week at most, to a time.
func (l *Ledger) entriesSince(until time.Time) []Entry {
	since := calendar.Latest(l.Digested, until.AddDate(0, 0, -7))
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

// MailedAt reports whether the party was sent a notice that arose at that moment.
func (l *Ledger) MailedAt(at time.Time, p regime.Party) bool {
	for i := len(l.Notices) - 1; i >= 0 && !l.Notices[i].At.Before(at); i-- {
		n := &l.Notices[i]
		if n.At.Equal(at) && n.Kind != regime.EntryWithdrawn && slices.ContainsFunc(n.To, func(r Recipient) bool { return r.Party == p }) {
			return true
		}
	}
	return false
}
