package regime

import "time"

// cannotTell opens the duty to find out whom to tell instead, and tells who keeps the group's
// contacts and, where the body has another contact, that one (N43). A case never fails for a
// gap in the directory.
func (l *Ledger) cannotTell(r Recipient, t Telling, now time.Time) {
	who := l.host.Name(r.Party) + ", " + string(r.Level) + " contact"
	if l.duty(DutyMendDirectory, who) != nil {
		return
	}
	l.byClock(now, "Could not tell "+who+": "+t.Note)
	d := l.owe(owed{kind: DutyMendDirectory, owner: l.host.support(), subject: who, start: now})
	l.ask("N43", d, "owner")
	if other, ok := alternative(r); ok && t.State == ToldRefused {
		l.notify(Notice{Kind: "N43", Duty: d.ID, To: []Recipient{other}, Text: "A mail to the " +
			string(r.Level) + " contact of your body came to nothing. Please see that somebody reads what " +
			"has come, and have the directory mended"})
	}
}

// alternative is the contact of the same body who is asked when one cannot be reached. Where
// the directory has nobody at all there is none: it has looked at every level already.
func alternative(r Recipient) (Recipient, bool) {
	switch r.Level {
	case LevelDuty:
		return Recipient{Party: r.Party, Level: LevelLead}, true
	case LevelLead, LevelDeputy:
		return Recipient{Party: r.Party, Level: LevelExecutive}, true
	}
	return Recipient{}, false
}

// copiesWent ends the duty to send the copies of a statutory notice once the mail service has
// taken every one of them (N23).
func (l *Ledger) copiesWent(now time.Time) {
	for _, d := range l.OpenDuties() {
		if d.Kind == DutySendCopies && l.allAccepted("N23", d.Start) {
			l.endDuty(d.Kind, d.Subject, EndDone, Moment{Now: now, By: Actor{For: d.Owner}})
		}
	}
}

func (l *Ledger) allAccepted(k NoticeKind, at time.Time) bool {
	for _, n := range l.Notices {
		if n.Kind != k || n.Rung > 0 || !n.At.Equal(at) {
			continue
		}
		for _, r := range n.To {
			if r.State != ToldAccepted {
				return false
			}
		}
	}
	return true
}

// reminded tells whether a rung has reminded of the duty as it is due now.
func (l *Ledger) reminded(d Duty, rung int) bool {
	for _, n := range l.Notices {
		if n.Duty == d.ID && n.Rung == rung && n.By.Equal(d.Due) {
			return true
		}
	}
	return false
}
