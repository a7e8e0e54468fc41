package ledger

import (
	"cmp"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
)

// Enters is the duty whose time the notice puts into calendars; empty where it has none.
func (n Notice) Enters() string { return cmp.Or(n.Entry, n.Duty) }

// withdrawEntries has what lies ahead no more taken out of calendars: the entry of a duty that
// ends before its time, at every contact that was sent it.
func (l *Pen) withdrawEntries(now time.Time) {
	for i := range l.Duties {
		if d := &l.Duties[i]; d.fresh {
			d.fresh = false
			l.WithdrawEntry(*d, l.Entered(*d), now)
		}
	}
}

// withdrawLate does the same where it is known only now that an entry has gone: the mail was on its
// way when the duty ended, or when a new invitation left out its recipient.
func (l *Pen) withdrawLate(ts []SendResult, now time.Time) {
	sent := map[string]bool{}
	for _, t := range ts {
		sent[t.Notice] = sent[t.Notice] || t.Entry
	}
	entered := map[string]bool{}
	for _, n := range l.Notices {
		entered[n.Enters()] = entered[n.Enters()] || sent[n.ID]
	}
	for _, d := range l.Duties {
		switch {
		case !entered[d.ID]:
		case d.Open():
			l.WithdrawEntry(d, Without(l.Entered(d), l.invitedLast(d)), now)
		case !d.Ended.Equal(now):
			l.WithdrawEntry(d, l.Entered(d), now)
		}
	}
}

// WithdrawEntry tells the recipients to take the duty's time out of their calendars.
func (l *Pen) WithdrawEntry(d Duty, to []Recipient, now time.Time) {
	if len(to) == 0 || !d.Due.After(now) || l.heldOnItsDay(d) {
		return
	}
	l.gathered = append(l.gathered, Notice{Kind: regime.EntryWithdrawn, Duty: d.ID, To: to, By: d.Due,
		Text: "What was in your calendar for this time is done, or no longer needed"})
}

// heldOnItsDay reports whether a meeting began a little early: those on the way to it need the
// entry. Only meetings have a grace.
func (l *Ledger) heldOnItsDay(d Duty) bool {
	row := l.subject.Profile().DutyRow(d.Kind)
	return d.End == EndDone && !row.Grace.IsZero() && calendar.SameDay(d.Ended, d.Due)
}

// Entered lists the contacts in whose calendars the duty stands: they were sent it and not told
// since that it is withdrawn. A contact that was not reached has none, and gets no more of it.
func (l *Ledger) Entered(d Duty) []Recipient {
	var out []Recipient
	for _, n := range l.Notices {
		if n.Enters() != d.ID {
			continue
		}
		for _, r := range n.To {
			fresh := Recipient{Party: r.Party, Level: r.Level}
			switch {
			case n.Kind == regime.EntryWithdrawn:
				out = Without(out, []Recipient{r})
			case r.Entry && !r.State.failed() && !fresh.Among(out):
				out = append(out, fresh)
			}
		}
	}
	return out
}

// invitedLast lists those who are invited to the duty's meeting as it stands; where there are none,
// all who have its entry.
func (l *Ledger) invitedLast(d Duty) []Recipient {
	if d.Kind == regime.DutyHoldSummit {
		return l.Audiences(regime.Contacts(regime.RoleInvited), d)
	}
	return l.Entered(d)
}
