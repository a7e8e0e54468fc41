package regime

import (
	"cmp"
	"time"
)

// EntryWithdrawn is the kind of notice that takes an entry out of the calendars that have it;
// only contacts that were sent one get it.
const EntryWithdrawn NoticeKind = "N47"

// Enters is the duty whose time the notice puts into calendars; empty where it has none.
func (n Notice) Enters() string { return cmp.Or(n.Entry, n.Duty) }

// withdrawEntries has what lies ahead no more taken out of calendars: the entry of a duty that
// ends before its time, at every contact that was sent it.
func (l *Ledger) withdrawEntries(now time.Time) {
	for i := range l.Duties {
		if d := &l.Duties[i]; d.fresh {
			d.fresh = false
			l.withdraw(*d, l.entered(*d), now)
		}
	}
}

// withdrawLate does the same where it is known only now that an entry has gone: the mail was on
// its way when the duty ended, or when an invitation was made anew without its recipient.
func (l *Ledger) withdrawLate(ts []Telling, now time.Time) {
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
			l.withdraw(d, without(l.entered(d), l.invitedLast(d)), now)
		case !d.Ended.Equal(now):
			l.withdraw(d, l.entered(d), now)
		}
	}
}

func (l *Ledger) withdraw(d Duty, to []Recipient, now time.Time) {
	_, known := l.host.profile().Notice(EntryWithdrawn)
	if !known || len(to) == 0 || !d.Due.After(now) || l.heldOnItsDay(d) {
		return
	}
	l.tell = append(l.tell, Notice{Kind: EntryWithdrawn, Duty: d.ID, To: to, By: d.Due,
		Text: "What was in your calendar for this time is done, or no longer needed"})
}

// heldOnItsDay tells of a meeting that began a little early: whoever is on the way to it needs
// the entry. Only meetings have a grace.
func (l *Ledger) heldOnItsDay(d Duty) bool {
	row := l.host.profile().dutyRow(d.Kind)
	return d.End == EndDone && !row.Grace.IsZero() && sameDay(d.Ended, d.Due)
}

// entered are the contacts in whose calendars the duty stands: those that were sent it and not
// told since that it is withdrawn. Who was not reached has none, and gets no more of it.
func (l *Ledger) entered(d Duty) []Recipient {
	var out []Recipient
	for _, n := range l.Notices {
		if n.Enters() != d.ID {
			continue
		}
		for _, r := range n.To {
			fresh := Recipient{Party: r.Party, Level: r.Level}
			switch {
			case n.Kind == EntryWithdrawn:
				out = without(out, []Recipient{r})
			case r.Entry && !r.State.failed() && !fresh.among(out):
				out = append(out, fresh)
			}
		}
	}
	return out
}

// invitedLast are those who are invited to the duty's meeting as it stands; all who were entered,
// where nobody is invited.
func (l *Ledger) invitedLast(d Duty) []Recipient {
	if d.Kind == DutyHoldSummit {
		return l.audiences([]string{"invited"}, d)
	}
	return l.entered(d)
}

// uninvite takes back an invitation that is made anew: who is not asked again has the entry
// withdrawn, and what has not gone yet to those meant does not go.
func (c *Case) uninvite(d Duty, meant func(Recipient) bool) {
	invited := c.audiences([]string{"invited"}, Duty{})
	c.withdraw(d, without(c.entered(d), invited), c.Summit.Convened)
	for i := range c.Notices {
		n := &c.Notices[i]
		for j := range n.To {
			if n.Entry == d.ID && meant(n.To[j]) {
				n.To[j].spare()
			}
		}
	}
}
