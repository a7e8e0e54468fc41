package ledger

import (
	"slices"
	"time"

	"holdthering/regime"
)

// CopiesWent ends the duty to send the copies of a statutory notice once the mail service has
// taken one to every body that is given one (N23).
func (l *Pen) CopiesWent(now time.Time) {
	for _, d := range l.OpenOf(regime.DutySendCopies) {
		if l.allTaken(regime.NoticeStatutoryCopy, d.Start) {
			l.EndDuty(d.Kind, d.Subject, EndDone, Moment{Now: now, By: Actor{For: d.Owner}})
		}
	}
}

func (l *Ledger) allTaken(k regime.NoticeKind, at time.Time) bool {
	for _, n := range l.Notices {
		if n.Kind != k || n.Rung > 0 || !n.At.Equal(at) {
			continue
		}
		for _, p := range PartiesOf(n.To) {
			taken := slices.ContainsFunc(n.To, func(r Recipient) bool { return r.Party == p && r.State.taken() })
			if !taken {
				return false
			}
		}
	}
	return true
}

// taken reports whether the mail service has the mail and nothing worse is known of it.
func (t DeliveryState) taken() bool {
	return t == StateAccepted || t == StateDeferred || t == StateDelivered
}
