package ledger

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"holdthering/regime"
	"holdthering/regime/calendar"
)

func (l *Ledger) whyDuty(d Duty) Explanation {
	row, _ := l.subject.Profile().Duty(d.Kind)
	e := Explanation{About: d.ID, Title: l.dutySentence(d) + "."}
	if !d.Open() {
		e.Title = l.subject.Name(d.Owner) + " owed it to " + l.Says(d) + "."
	}
	e.AddRules(row.Rule)
	e.AddPoint("owed by", l.whyOwner(d))
	e.AddPoint("began", l.whyBegan(d))
	e.AddPoint("due", whyDue(d, row))
	e.AddPoint("grace", whyGrace(d))
	if !row.MissedAfter.IsZero() {
		e.AddPoint("missed", "shown as missed "+row.MissedAfter.Words()+" after its time; it can still be done")
	}
	e.AddPoint("basis", row.Basis.Words()+": "+row.Source)
	e.AddPoint("answered by", "'"+l.subject.How(row)+"'")
	e.AddPoint("now", l.whyEnded(d))
	e.Rungs = l.steps(d, row)
	return e
}

func (l *Ledger) whyOwner(d Duty) string {
	if d.Role == "" {
		return l.subject.Name(d.Owner)
	}
	return l.subject.Name(l.OwnerOf(d)) + ", being " + regime.Audience{Role: d.Role}.Words()
}

// beganBy is the entry of the chronology at whose moment the duty began: what a person did
// rather than what followed from it.
func (l *Ledger) beganBy(d Duty) (Entry, bool) {
	var found Entry
	for _, n := range l.Entries {
		if n.HappenedAt().Equal(d.Start) && (found.N == 0 || found.Verb == ByClock) {
			found = n
		}
	}
	return found, found.N > 0
}

func (l *Ledger) whyBegan(d Duty) string {
	text := calendar.Instant(d.Start)
	if n, ok := l.beganBy(d); ok {
		text += ", by entry " + strconv.Itoa(n.N) + ": " + l.subject.What(n)
	}
	return text
}

func whyDue(d Duty, row regime.DutyRow) string {
	if d.Period.IsZero() {
		return calendar.Instant(d.Due) + ": a date that was given, not worked out"
	}
	from := cmp.Or(d.Counted, d.Start)
	switch row.FirstDay {
	case regime.FirstDayCounts:
		return d.Period.Words() + " beginning with " + calendar.Day(from) + " = " + calendar.Instant(d.Due) + ", the end of that day"
	case regime.FirstDayNext:
		return d.Period.Words() + " from the end of " + calendar.Day(from) + " = " + calendar.Instant(d.Due) + ", the end of that day"
	}
	text := calendar.Explain(from, d.Period) + " = " + calendar.Instant(d.Due)
	if row.After != "" {
		text = strings.Replace(text, " after ", " after "+row.After+" of ", 1)
	}
	if d.Period == row.UrgentPeriod && d.Period != row.Period {
		text += "; the shorter time, since patients were at immediate risk"
	}
	return text
}

func whyGrace(d Duty) string {
	if d.Grace.IsZero() {
		return ""
	}
	return "done in time until " + calendar.Instant(d.Limit()) + ", " + d.Grace.Words() + " longer"
}

// Words is the end in words.
func (e DutyEnd) Words() string {
	switch e {
	case EndDone:
		return "done"
	case EndWithdrawn:
		return "withdrawn"
	case EndNotNeeded:
		return "no longer needed"
	}
	return string(e)
}

func (l *Ledger) whyEnded(d Duty) string {
	switch {
	case d.Open() && d.Missed:
		return "open, and missed"
	case d.Open() && d.Overdue:
		return "open, and overdue"
	case d.Open():
		return "open"
	}
	text := d.End.Words() + " on " + calendar.Instant(d.Ended)
	if d.Late() {
		text = "done late, on " + calendar.Instant(d.Ended)
	}
	if d.EndedBy != "" {
		text += ", by " + l.subject.Name(d.EndedBy)
	}
	for _, n := range l.Entries {
		if n.HappenedAt().Equal(d.Ended) {
			return text + " (entry " + strconv.Itoa(n.N) + ")"
		}
	}
	return text
}

// steps are the rungs with the mails that they sent; before them the mail that opened the
// duty, if one did.
func (l *Ledger) steps(d Duty, row regime.DutyRow) []Step {
	var out []Step
	for i := 0; i <= len(row.Ladder); i++ {
		s := Step{Rung: i, At: d.Start, When: "when it began"}
		if i > 0 {
			r := row.Ladder[i-1]
			s.At, s.When = r.First(d.Start, d.Due), r.When()
			for _, role := range r.To {
				s.Tells = append(s.Tells, role.Words())
			}
		}
		for _, n := range l.Notices {
			if n.Duty == d.ID && n.Rung == i {
				s.Mails = append(s.Mails, StepMails{n.ID, n.At, l.recipientsExplained(n)})
			}
		}
		if i > 0 || len(s.Mails) > 0 {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b Step) int { return a.At.Compare(b.At) })
	return out
}
