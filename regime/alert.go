package regime

import (
	"slices"
	"time"
)

// Alert is a notice whose receipt those who are told acknowledge, each for its own body
// (regime section 8: N1, N2, N14). Who has not is chased by the ladder of its duty.
type Alert struct {
	Notice NoticeKind `json:"notice"`
	At     time.Time  `json:"at"`
	// Subject is that of the duty which sees to it.
	Subject      string  `json:"subject"`
	Of           []Party `json:"of"` // who is to acknowledge
	Acknowledged []Party `json:"acknowledged,omitempty"`
	// Withdrawn: it was a mistake, and nobody need acknowledge it any more.
	Withdrawn time.Time `json:"withdrawn,omitzero"`
}

func (a Alert) missing() []Party {
	if !a.Withdrawn.IsZero() {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(a.Of), func(p Party) bool { return contains(a.Acknowledged, p) })
}

// AcknowledgeRow says how the receipt of a kind of notice is acknowledged.
type AcknowledgeRow struct {
	Duty DutyKind `json:"duty"`
	// By lists the roles that acknowledge; empty: everybody who is told.
	By []string `json:"by,omitempty"`
}

// awaitAcknowledgement opens the duty to see that a notice is acknowledged, and gives the time
// by which that is first asked. Notices of one kind and moment are one alert.
func (l *Ledger) awaitAcknowledgement(n *Notice, now time.Time) {
	row, _ := l.host.profile().Notice(n.Kind)
	if row.Acknowledge == nil || n.Rung > 0 {
		return
	}
	who := n.To
	if by := row.Acknowledge.By; len(by) > 0 {
		who = l.audiences(by, Duty{})
	}
	a := l.alertAt(n.Kind, now)
	for _, p := range partiesOf(who) {
		if !contains(a.Of, p) {
			a.Of = append(a.Of, p)
		}
	}
	duty := l.owe(owed{kind: row.Acknowledge.Duty, owner: l.host.support(), subject: a.Subject, start: now})
	if first := l.wakesFor(duty); first.Before(never) {
		n.By = first
	}
}

func (l *Ledger) alertAt(k NoticeKind, now time.Time) *Alert {
	for i := range l.Alerts {
		if a := &l.Alerts[i]; a.Notice == k && a.At.Equal(now) {
			return a
		}
	}
	l.Alerts = append(l.Alerts, Alert{Notice: k, At: now, Subject: "|" + string(k) + " " + now.UTC().Format(time.RFC3339)})
	return &l.Alerts[len(l.Alerts)-1]
}

// acknowledge takes the party's word, or its act, for its having read every alert so far:
// whoever of a body acts in the case knows of it.
func (l *Ledger) acknowledge(m Moment) {
	for i := range l.Alerts {
		a := &l.Alerts[i]
		if contains(a.missing(), m.By.For) {
			a.Acknowledged = append(a.Acknowledged, m.By.For)
		}
		if len(a.missing()) == 0 {
			row, _ := l.host.profile().Notice(a.Notice)
			l.discharge(row.Acknowledge.Duty, a.Subject, m)
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

// unacknowledged are those whom the alert behind a duty still waits for.
func (l *Ledger) unacknowledged(d Duty) []Party {
	a, _ := l.alert(d)
	return a.missing()
}

// giveUp ends an alert at the top of its ladder: who has not acknowledged stands in the
// record, and it is for people to call them.
func (l *Ledger) giveUp(d Duty, now time.Time) bool {
	var names []string
	for _, p := range l.unacknowledged(d) {
		names = append(names, l.host.Name(p))
	}
	a, _ := l.alert(d)
	row, _ := l.host.profile().Notice(a.Notice)
	l.endDuty(d.Kind, d.Subject, EndNotNeeded, Moment{Now: now})
	l.byClock(now, "Not acknowledged by "+list(names)+": "+row.Subject+". Reach them by other means.")
	return true
}

var alertVerbs = []Verb{
	{Path: "acknowledge", Update: "AcknowledgeAlert", Rules: "R12",
		New:     func() Act { return new(AcknowledgeAlert) },
		Summary: "Acknowledge for your body what it was alerted of; nobody is chased then",
		Example: `acknowledge --case CASE --by CQC`},
}

// AcknowledgeAlert says that a body has read every alert so far. Any other act of the body
// in the case says so too.
type AcknowledgeAlert struct{}

func (a *AcknowledgeAlert) allowedAfterClosing() {}

func (a *AcknowledgeAlert) check(c *Case, m Moment) error { return c.alerted(m) }

func (a *AcknowledgeAlert) do(*Case, Moment) string { return "Acknowledged the alert." }

// AcknowledgeGroupAlert is AcknowledgeAlert in a surveillance group.
type AcknowledgeGroupAlert struct{}

func (a *AcknowledgeGroupAlert) check(g *Group, m Moment) error { return g.alerted(m) }

func (a *AcknowledgeGroupAlert) do(*Group, Moment) string { return "Acknowledged the alert." }

var groupAlertVerbs = []GroupVerb{
	{Path: "group acknowledge", Update: "AcknowledgeGroupAlert", Rules: "R10",
		New:     func() GroupAct { return new(AcknowledgeGroupAlert) },
		Summary: "Acknowledge for your body that patients may be at immediate risk",
		Example: `group acknowledge --group GROUP --by CQC`},
}

func (l *Ledger) alerted(m Moment) error {
	for _, a := range l.Alerts {
		if contains(a.missing(), m.By.For) {
			return nil
		}
	}
	return mistake("no alert waits for %s to acknowledge it.", l.host.Name(m.By.For))
}
