package regime

import (
	"slices"
	"time"
)

// EntryWithdrawn is the kind of notice that takes an entry out of the calendars that have it;
// only contacts that were sent one get it.
const EntryWithdrawn NoticeKind = "N47"

// withdrawEntries has what lies ahead no more taken out of calendars: the entry of a duty that
// ends before its time, at every contact that was sent it.
func (l *Ledger) withdrawEntries(now time.Time) {
	if _, ok := l.host.profile().Notice(EntryWithdrawn); !ok {
		return
	}
	for _, d := range l.Duties {
		if d.Open() || !d.Ended.Equal(now) || !d.Due.After(now) {
			continue
		}
		if to := l.entered(d); len(to) > 0 {
			l.tell = append(l.tell, Notice{Kind: EntryWithdrawn, Duty: d.ID, To: to, By: d.Due,
				Text: "What was in your calendar for this time is done, or no longer needed"})
		}
	}
}

// entered are the contacts in whose calendars the duty stands.
func (l *Ledger) entered(d Duty) []Recipient {
	var out []Recipient
	for _, n := range l.Notices {
		if n.Duty != d.ID {
			continue
		}
		if n.Kind == EntryWithdrawn {
			return nil
		}
		for _, r := range n.To {
			fresh := Recipient{Party: r.Party, Level: r.Level}
			if r.Entry && !slices.Contains(out, fresh) {
				out = append(out, fresh)
			}
		}
	}
	return out
}
