package ledger

import (
	"slices"
	"time"

	"holdthering/regime"
	"holdthering/regime/words"
)

// Alert is a notice that each body which is told must acknowledge (regime section 8: N1, N2, N14).
// The ladder of its duty chases those that have not.
type Alert struct {
	Notice regime.NoticeKind `json:"notice"`
	At     time.Time         `json:"at"`
	// Subject is that of the duty which sees to it.
	Subject      string         `json:"subject"`
	Of           []regime.Party `json:"of"` // who is to acknowledge
	Acknowledged []regime.Party `json:"acknowledged,omitempty"`
	// Withdrawn is when the alert turned out to be a mistake; it need not be acknowledged any more.
	Withdrawn time.Time `json:"withdrawn,omitzero"`
}

func (a Alert) missing() []regime.Party {
	if !a.Withdrawn.IsZero() {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(a.Of),
		func(p regime.Party) bool { return slices.Contains(a.Acknowledged, p) })
}

// awaitAcknowledgement opens the duty to see that a notice is acknowledged, and gives the time
// by which that is first asked. Notices of one kind and moment are one alert.
func (l *Pen) awaitAcknowledgement(n *Notice, now time.Time) {
	row, _ := l.subject.Profile().Notice(n.Kind)
	if row.Acknowledge == nil || n.Rung > 0 {
		return
	}
	who := n.To
	if by := row.Acknowledge.By; len(by) > 0 {
		who = l.Audiences(regime.Contacts(by...), Duty{})
	}
	a := l.alertAt(n.Kind, now)
	for _, p := range PartiesOf(who) {
		if !slices.Contains(a.Of, p) {
			a.Of = append(a.Of, p)
		}
	}
	duty := l.OpenDuty(DutySpec{Kind: row.Acknowledge.Duty, Owner: l.subject.Support(), Subject: a.Subject,
		Start: now})
	if first := l.nextCheckFor(duty); first.Before(never) {
		n.By = first
	}
}

func (l *Pen) alertAt(k regime.NoticeKind, now time.Time) *Alert {
	for i := range l.Alerts {
		if a := &l.Alerts[i]; a.Notice == k && a.At.Equal(now) {
			return a
		}
	}
	l.Alerts = append(l.Alerts, Alert{Notice: k, At: now,
		Subject: "|" + string(k) + " " + now.UTC().Format(time.RFC3339)})
	return &l.Alerts[len(l.Alerts)-1]
}

// Acknowledge marks every alert so far as read by the party. Any act counts: a body that acts in
// the case knows of it.
func (l *Pen) Acknowledge(m Moment) {
	for i := range l.Alerts {
		a := &l.Alerts[i]
		if slices.Contains(a.missing(), m.By.For) {
			a.Acknowledged = append(a.Acknowledged, m.By.For)
		}
		if len(a.missing()) == 0 {
			row, _ := l.subject.Profile().Notice(a.Notice)
			l.Discharge(row.Acknowledge.Duty, a.Subject, m)
		}
	}
}

// alert finds the one that a duty sees to.
func (l *Ledger) alert(d Duty) (Alert, bool) {
	for _, a := range l.Alerts {
		if a.Subject == d.Subject {
			return a, true
		}
	}
	return Alert{}, false
}

// Unacknowledged lists the parties that the alert behind a duty still waits for.
func (l *Ledger) Unacknowledged(d Duty) []regime.Party {
	a, _ := l.alert(d)
	return a.missing()
}

// GiveUp ends an alert at the top of its ladder. The bodies that have not acknowledged stand in the
// record, and a person has to call them.
func (l *Pen) GiveUp(d Duty, now time.Time) bool {
	var names []string
	for _, p := range l.Unacknowledged(d) {
		names = append(names, l.subject.Name(p))
	}
	a, _ := l.alert(d)
	row, _ := l.subject.Profile().Notice(a.Notice)
	l.EndDuty(d.Kind, d.Subject, EndNotNeeded, Moment{Now: now})
	l.EnterByClock(now, "Not acknowledged by "+words.List(names)+": "+row.Subject+". Reach them by other means.")
	return true
}

// CheckAlerted refuses an acknowledgement by a party that no alert waits for.
func (l *Ledger) CheckAlerted(m Moment) error {
	for _, a := range l.Alerts {
		if slices.Contains(a.missing(), m.By.For) {
			return nil
		}
	}
	return regime.Mistakef("no alert waits for %s to acknowledge it.", l.subject.Name(m.By.For))
}
