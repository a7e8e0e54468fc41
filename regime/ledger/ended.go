package ledger

import (
	"slices"

	"holdthering/regime"
	"holdthering/regime/words"
)

// tellWhatWasEnded tells whom the act in progress has freed of what it was asked, or has done that for, and whose agreement
// it has overtaken, unless it is told of the act anyway (R131).
func (l *Pen) tellWhatWasEnded(m Moment) {
	for i := range l.Duties {
		d := &l.Duties[i]
		if !d.fresh || l.AgreementBehind(*d) != nil || !l.asked(*d) || l.toldAnyway(d.Owner, m) || l.hasEntry(*d, m) {
			continue
		}
		by := words.Capital(l.subject.Name(m.By.For))
		text := by + " has recorded something by which your body need not " + l.Says(*d) + " any more"
		if d.End == EndDone {
			text = by + " has done what your body was asked for, to " + l.Says(*d) + "; it is owed no more"
		}
		l.Notify(Notice{Kind: regime.NoticeNotNeeded, To: DutyContacts([]regime.Party{d.Owner}), Text: text})
	}
	for _, id := range l.overtaken {
		a := l.Agreement(id)
		to := slices.DeleteFunc(slices.Concat(a.Told, a.Agreed), func(p regime.Party) bool { return l.toldAnyway(p, m) })
		l.Notify(Notice{Kind: regime.NoticeNotNeeded, To: DutyContacts(to), Text: words.Capital(l.subject.Name(m.By.For)) +
			" has recorded something by which " + a.ID + " (" + a.Kind.Words() + ") is overtaken; nothing follows from it"})
	}
}

// asked reports whether the owner was told of the duty: what nobody knows of is missed by nobody.
func (l *Ledger) asked(d Duty) bool {
	return slices.ContainsFunc(l.Notices, func(n Notice) bool { return n.Duty == d.ID && slices.Contains(PartiesOf(n.To), d.Owner) })
}

// toldAnyway reports whether a party acts itself, or is told something by the act in progress.
func (l *Pen) toldAnyway(p regime.Party, m Moment) bool {
	return p == m.By.For || slices.ContainsFunc(l.gathered, func(n Notice) bool { return slices.Contains(PartiesOf(n.To), p) })
}

// hasEntry reports whether the duty stands in the owner's calendar, out of which a mail takes it.
func (l *Ledger) hasEntry(d Duty, m Moment) bool {
	return d.Due.After(m.Now) && slices.Contains(PartiesOf(l.Entered(d)), d.Owner)
}
