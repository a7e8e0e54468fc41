package record

import (
	"fmt"
	"time"

	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// Standing is what became of a duty.
type Standing string

// The standings, in the order in which the record shows them.
const (
	OpenLate  Standing = "open, overdue"
	Open      Standing = "open"
	MetLate   Standing = "met late"
	NeverMet  Standing = "never met" // overdue when it ended without being done
	Met       Standing = "met in time"
	Withdrawn Standing = "withdrawn"
	NotNeeded Standing = "no longer needed"
)

var standings = []Standing{OpenLate, Open, MetLate, NeverMet, Met, Withdrawn, NotNeeded}

func standingOf(d ledger.Duty, now time.Time) Standing {
	switch {
	case d.OverdueAt(now):
		return OpenLate
	case d.Open():
		return Open
	case d.Late():
		return MetLate
	case d.End == ledger.EndDone:
		return Met
	case d.End == ledger.EndWithdrawn:
		return Withdrawn
	case (d.Overdue || d.Ended.After(d.Limit())) && !endsByItself(d.Kind):
		return NeverMet
	}
	return NotNeeded
}

// endsByItself names the duties whose time is meant to run out: the default then takes the
// ring, and those who let a case lie are told.
func endsByItself(k regime.DutyKind) bool {
	return k == failure.DutyAgreeRingHolder || k == failure.DutyKeepMoving
}

// outcome is a standing with its figures.
func outcome(d ledger.Duty, now time.Time) string {
	text := ""
	switch standingOf(d, now) {
	case OpenLate:
		text = "OVERDUE by " + span(now.Sub(d.Due))
	case Open:
		if ago := now.Sub(d.Due); ago >= 0 {
			return "due " + span(ago) + " ago; in time until " + short(d.Limit())
		}
		return "due in " + span(d.Due.Sub(now))
	case MetLate:
		text = "late by " + span(d.Ended.Sub(d.Due))
	case Met:
		return "in time"
	case NeverMet:
		text = string(NeverMet)
		if late := d.Ended.Sub(d.Due); late >= time.Minute {
			text += "; overdue by " + span(late) + " when it lapsed"
		}
	default:
		return string(standingOf(d, now))
	}
	if d.Missed {
		text += ", missed"
	}
	return text
}

func (s *sheet) duties() {
	if len(s.c.Duties) == 0 {
		return
	}
	s.heading(2, "Duties")
	for _, st := range standings {
		var rows [][]string
		for _, d := range s.owned() {
			if standingOf(d, s.now) != st {
				continue
			}
			row, _ := s.p.Duty(d.Kind)
			rows = append(rows, []string{owner(s.c.Name, d), s.c.Says(d), short(d.Due), short(d.Ended),
				outcome(d, s.now), row.Rule})
		}
		if len(rows) > 0 {
			s.heading(3, fmt.Sprintf("%s: %d", words.Capital(string(st)), len(rows)))
			s.table([]string{"Body", "What was owed", "Due", "Ended", "Outcome", "Rule"}, rows)
		}
	}
}

// owner is the body that owes a duty, with its person where that is known.
func owner(name func(regime.Party) string, d ledger.Duty) string {
	if d.AssignedTo == "" {
		return name(d.Owner)
	}
	return name(d.Owner) + ": " + d.AssignedTo
}

// owned are all duties in the order in which they arose, each with who owes or owed it.
func (s *sheet) owned() []ledger.Duty {
	now := map[string]regime.Party{}
	for _, d := range s.c.OpenDuties() {
		now[d.ID] = d.Owner
	}
	out := make([]ledger.Duty, len(s.c.Duties))
	for i, d := range s.c.Duties {
		if owner, open := now[d.ID]; open {
			d.Owner = owner
		}
		out[i] = d
	}
	return out
}
