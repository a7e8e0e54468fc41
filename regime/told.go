package regime

import (
	"time"
)

// Telling is what became of one mail.
type Telling struct {
	Notice string `json:"notice"`
	Party  Party  `json:"party"`
	Level  Level  `json:"level"`
	State  Told   `json:"state"`
	// Retry is how long to wait before the mail is tried again; zero when it is settled.
	Retry time.Duration `json:"retry,omitempty"`
	Note  string        `json:"note,omitempty"` // why not; never an address
	// Entry: the mail held a calendar entry, for a contact that wants them.
	Entry bool `json:"entry,omitempty"`
}

// settled tells whether nothing more is to be sent to the recipient.
func (r Recipient) settled() bool { return r.State != "" && r.Retry.IsZero() }

// ToSend gives the notices with those of their recipients who are to be told now. A reminder
// whose duty has ended in the meantime is withdrawn: nobody is chased for what is done (R81).
func (l *Ledger) ToSend(now time.Time) []Notice {
	var out []Notice
	for _, n := range l.Notices {
		if n.Gone {
			continue
		}
		var to []Recipient
		for _, r := range n.To {
			if !r.settled() && !r.due().After(now) && !l.overtakenFor(n, r) {
				to = append(to, r)
			}
		}
		if len(to) > 0 {
			n.To = to
			out = append(out, n)
		}
	}
	return out
}

// overtaken: a reminder is not sent once its duty has ended. One that went out with the end
// itself, as the last of an alert's ladder, tells of it and is sent.
func (l *Ledger) overtaken(n Notice) bool { return n.Rung > 0 && l.ended(n) }

// overtakenFor is overtaken for one recipient: what waited for working hours is not sent any
// more either, once its duty has ended.
func (l *Ledger) overtakenFor(n Notice, r Recipient) bool {
	return (n.Rung > 0 || r.held()) && l.ended(n)
}

func (l *Ledger) ended(n Notice) bool {
	for _, d := range l.Duties {
		if d.ID == n.Duty {
			return !d.Open() && d.Ended.After(n.At)
		}
	}
	return false
}

// NextRetry is when a mail that could not go, or that waits for working hours, is to be tried;
// zero when none waits.
func (l *Ledger) NextRetry() time.Time {
	var first time.Time
	for _, n := range l.Notices {
		if n.Gone {
			continue
		}
		for _, r := range n.To {
			at := r.due()
			if !r.settled() && !at.IsZero() && !l.overtakenFor(n, r) && (first.IsZero() || at.Before(first)) {
				first = at
			}
		}
	}
	return first
}

// Tell records how telling went. What cannot go becomes a duty for a person: the contact is
// to be found and the directory mended (N43).
func (l *Ledger) Tell(ts []Telling, now time.Time) {
	l.tell = nil
	for _, t := range ts {
		for i := range l.Notices {
			if n := &l.Notices[i]; n.ID == t.Notice {
				l.told(n, t, now)
			}
		}
	}
	for i := range l.Notices {
		l.Notices[i].Gone = l.allTold(l.Notices[i])
	}
	l.copiesWent(now)
	l.flush(now)
}

func (l *Ledger) allTold(n Notice) bool {
	for _, r := range n.To {
		if !r.settled() && !l.overtakenFor(n, r) {
			return false
		}
	}
	return true
}

func (l *Ledger) told(n *Notice, t Telling, now time.Time) {
	for i := range n.To {
		r := &n.To[i]
		if r.Party != t.Party || r.Level != t.Level {
			continue
		}
		r.State, r.Note, r.Tries, r.Entry = t.State, t.Note, r.Tries+1, t.Entry
		r.Retry = time.Time{}
		if t.Retry > 0 {
			r.Retry = now.Add(t.Retry)
		}
		if t.State == ToldRefused || t.State == ToldNobody {
			l.cannotTell(*r, t, now)
		}
	}
}

// FreshNotices are those of which some recipient has not been tried even once and does not
// wait for working hours.
func (l *Ledger) FreshNotices() []Notice {
	var out []Notice
	for _, n := range l.Notices {
		if n.Gone || l.overtaken(n) {
			continue
		}
		for _, r := range n.To {
			if r.State == "" && !r.held() {
				out = append(out, n)
				break
			}
		}
	}
	return out
}

// AnsweredBy names the verbs that answer a notice; empty when nothing is asked.
func (l *Ledger) AnsweredBy(n Notice) string {
	for _, d := range l.Duties {
		if d.ID == n.Duty {
			row, _ := l.host.profile().Duty(d.Kind)
			return row.How
		}
	}
	return ""
}
