package ledger

import (
	"strconv"
	"time"

	"holdthering/regime/calendar"
)

// lastOnBoard is how many of the latest entries a board shows.
const lastOnBoard = 6

// BoardLines are the part of a board that a case and a group share, in Markdown: mails that are
// held, who owes what by when, and what happened last, with what was decided of closed lists. At most so many duties are listed; 0: all.
// They hold no word that a person wrote.
func (l *Ledger) BoardLines(now time.Time, duties int) []string {
	out := append(l.HeldLines(now), "| Who | owes what | by |", "|---|---|---|")
	open := l.OpenDuties()
	for i, d := range open {
		if duties > 0 && i == duties {
			out = append(out, "| | and "+strconv.Itoa(len(open)-duties)+" more | |")
			break
		}
		by := calendar.Short(d.Due)
		if d.OverdueAt(now) {
			by = "**OVERDUE** since " + by
		}
		out = append(out, "| "+l.subject.Name(d.Owner)+" | "+l.Says(d)+" | "+by+" |")
	}
	out = append(out, "", "**What happened last**", "")
	for i := len(l.Entries) - 1; i >= 0 && i >= len(l.Entries)-lastOnBoard; i-- {
		out = append(out, "- "+calendar.Short(l.Entries[i].At)+" — "+l.subject.What(l.Entries[i]))
	}
	return out
}
