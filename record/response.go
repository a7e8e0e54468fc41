package record

import (
	"strconv"

	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
)

func (s *sheet) ring() {
	r := s.c.Ring
	if r.Holder == "" && len(r.Candidates) == 0 {
		return
	}
	s.heading(2, "Who holds the ring")
	var rows [][]string
	for _, p := range r.Past {
		rows = append(rows, []string{s.c.Name(p.Holder), p.Basis.Words(), short(p.Since), short(p.Until)})
	}
	if r.Holder != "" {
		until := "holds it"
		if s.c.Stage == regime.Closed {
			until = short(s.c.Closing.Closed)
		}
		rows = append(rows, []string{s.c.Name(r.Holder), r.Basis.Words(), short(r.Since), until})
	}
	s.table([]string{"Ring-holder", "How", "Since", "Until"}, rows)
	rows = nil
	for _, k := range r.Candidates {
		rows = append(rows, []string{s.c.Name(k.Party), s.c.Name(k.By), k.Fitness, yes(k.Accepted),
			s.names(k.Assents), s.objections(k.Party)})
	}
	s.table([]string{"Candidate", "Proposed by", "Fitness", "Accepted", "Assents", "Objections"}, rows)
}

func (s *sheet) objections(to regime.Party) string {
	var out []string
	for _, o := range s.c.Ring.Objections {
		if o.To != to {
			continue
		}
		text := s.c.Name(o.By) + ": " + o.Why
		if o.Withdrawn {
			text += " (withdrawn)"
		}
		out = append(out, text)
	}
	return joined(out...)
}

func (s *sheet) meetings() {
	if len(s.c.Meetings) == 0 {
		return
	}
	s.heading(2, "Response meetings")
	if d, ok := s.dutyOf(failure.DutyFirstMeeting, ""); ok && d.End == ledger.EndDone {
		s.paragraph("The members first met " + span(d.Ended.Sub(d.Start)) + " after the judgement, of " +
			"48 hours at the latest: " + outcome(d, s.now) + ".")
	}
	var rows [][]string
	for _, m := range s.c.Meetings {
		held, chair := "not held", ""
		if !m.Held.IsZero() {
			held, chair = short(m.Held), s.c.Name(m.Chair)
		}
		record := m.Record
		if record == "" && !m.Held.IsZero() {
			record = "no record given"
		}
		record = joined(record, m.Nobody)
		rows = append(rows, []string{strconv.Itoa(m.N), joined(short(m.At), m.Place), held, chair,
			s.names(m.Present), record})
	}
	s.table([]string{"No", "Called for", "Held", "Chair", "Present", "Record"}, rows)
}

func (s *sheet) actions() {
	if len(s.c.Actions) == 0 {
		return
	}
	s.heading(2, "Actions")
	var rows [][]string
	for _, a := range s.c.Actions {
		due := short(a.Due)
		if a.Urgent {
			due += ", urgent"
		}
		for _, d := range a.Dates {
			due = joined(due, "moved from "+short(d.From)+": "+d.Why)
		}
		rows = append(rows, []string{a.ID, plain(a.Aim), a.What, s.c.Name(a.Owner), due,
			string(a.Status), s.lateAction(a), joined(a.Evidence, a.Why), s.c.Name(a.Proposer)})
	}
	s.table([]string{"No", "Aim", "What", "Owner", "Due", "Status", "Late", "Evidence or reason",
		"Proposed by"}, rows)
}

// lateAction says whether an action that was accepted was or is late.
func (s *sheet) lateAction(a failure.ResponseAction) string {
	for _, k := range []regime.DutyKind{failure.DutyDoAction, failure.DutyDoUrgentAction} {
		d, ok := s.dutyOf(k, a.ID)
		switch {
		case !ok:
			continue
		case d.Late():
			return "by " + span(d.Ended.Sub(d.Due))
		case d.OverdueAt(s.now):
			return "LATE by " + span(s.now.Sub(d.Due))
		case d.End == ledger.EndDone:
			return "no"
		}
	}
	return ""
}

// dutyOf is the latest duty of a kind about a subject.
func (s *sheet) dutyOf(k regime.DutyKind, subject string) (ledger.Duty, bool) {
	for i := len(s.c.Duties) - 1; i >= 0; i-- {
		if d := s.c.Duties[i]; d.Kind == k && d.Subject == subject {
			return d, true
		}
	}
	return ledger.Duty{}, false
}
