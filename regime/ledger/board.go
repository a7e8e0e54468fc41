package ledger

import (
	"strconv"
	"time"

	"holdthering/regime/calendar"
)

// lastOnBoard is how many of the latest entries a board shows.
const lastOnBoard = 6

// alikeOnBoard is from how many on duties of one kind, of one body and by one time stand in one line.
const alikeOnBoard = 3

// BoardLines are the part of a board that a case and a group share, in Markdown: mails that are
// held, who owes what by when, and what happened last, with what was decided of closed lists. At most so many lines of
// duties are listed; 0: all. They hold no word that a person wrote.
func (l *Ledger) BoardLines(now time.Time, most int) []string {
	out := append(l.HeldLines(now), l.owedLines(now, most)...)
	out = append(out, "", "**What happened last**", "")
	for i := len(l.Entries) - 1; i >= 0 && i >= len(l.Entries)-lastOnBoard; i-- {
		out = append(out, "- "+calendar.Short(l.Entries[i].At)+" — "+l.subject.What(l.Entries[i]))
	}
	if len(l.Entries) == 0 {
		out = append(out, "Nothing yet: nobody has done anything, and no time has run out.")
	}
	return out
}

// owedLines are a table of who owes what by when.
func (l *Ledger) owedLines(now time.Time, most int) []string {
	open := l.OpenDuties()
	if len(open) == 0 {
		return []string{"Nobody owes anything now."}
	}
	out := []string{"| Who | owes what | by |", "|---|---|---|"}
	for lines := 0; len(open) > 0; lines++ {
		if most > 0 && lines == most {
			return append(out, "| | and "+strconv.Itoa(len(open))+" more | |")
		}
		d, n := open[0], alike(open)
		by, what := calendar.Short(d.Due), l.Says(d)
		if d.OverdueAt(now) {
			by = "**OVERDUE** since " + by
		}
		if n > 1 {
			what += ", and " + strconv.Itoa(n-1) + " more of this kind"
		}
		out = append(out, "| "+l.subject.Name(d.Owner)+" | "+what+" | "+by+" |")
		open = open[n:]
	}
	return out
}

// alike is how many of the duties stand in the line of the first.
func alike(open []Duty) int {
	n := 1
	for n < len(open) && open[n].Kind == open[0].Kind && open[n].Owner == open[0].Owner && open[n].Limit().Equal(open[0].Limit()) &&
		open[n].Due.Equal(open[0].Due) {
		n++
	}
	if n < alikeOnBoard {
		return 1
	}
	return n
}
