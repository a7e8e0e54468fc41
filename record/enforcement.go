package record

import (
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/failure"
)

// ownActs are what bodies did by themselves. They need no one's leave and wait for nothing.
func (s *sheet) ownActs() {
	c := s.c
	if len(c.OwnActs)+len(c.Intentions)+len(c.BreachAnswers)+len(c.BestPlaced) == 0 {
		return
	}
	s.heading(2, "What bodies did by themselves")
	var rows [][]string
	for _, u := range c.OwnActs {
		rows = append(rows, []string{u.ID, short(u.At), s.actor(u.By), s.power(u.Power),
			joined(u.Reason, u.Details, immediate(u.Immediate)), s.names(u.Discussed), s.names(u.Told),
			afterwards(u)})
	}
	s.table([]string{"No", "When", "Body", "Power", "Why and what", "Discussed with", "Told", "Since then"},
		rows)
	rows = nil
	for _, i := range c.Intentions {
		rows = append(rows, []string{short(i.At), s.actor(i.By), s.power(i.Power), i.Details})
	}
	s.table([]string{"Intended", "Body", "Power", "What"}, rows)
	rows = nil
	for _, b := range c.BreachAnswers {
		rows = append(rows, []string{short(b.At), s.actor(b.By), b.Reason})
	}
	s.table([]string{"Breach answered", "Body", "Decision and reasons"}, rows)
	rows = nil
	for _, b := range c.BestPlaced {
		rows = append(rows, []string{short(b.At), s.actor(b.By), plain(b.Answer), s.names(b.With), b.Reason})
	}
	s.table([]string{"Best placed", "Body", "Answer", "With", "Why"}, rows)
}

func (s *sheet) power(id regime.PowerID) string {
	row, _ := s.p.Power(id)
	return joined(string(id), row.Says)
}

func immediate(b bool) string {
	if b {
		return "patients may be at immediate risk"
	}
	return ""
}

func afterwards(u failure.IndividualAction) string {
	return joined(dated("representations until", u.Until), dated(plain(u.Outcome), u.Decided),
		dated("lifted", u.Lifted), u.Evidence)
}

func dated(what string, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return what + " " + short(at)
}

func (s *sheet) warnings() {
	if len(s.c.Warnings) == 0 {
		return
	}
	s.heading(2, "Warning notices")
	for _, w := range s.c.Warnings {
		s.heading(3, "Warning notice "+w.ID+", "+w.Section.Words())
		s.facts(
			fact{"Served", joined(s.actor(w.By), instant(w.Served))},
			fact{"What " + s.c.InspectorName() + " thinks", w.View},
			fact{"The care concerned", w.Care},
			fact{"Reasons", w.Reasons},
			fact{"Representations until", instant(w.Until)},
			fact{"Withdrawn", instant(w.Withdrawn)},
		)
		var rows [][]string
		for _, r := range w.Requirements {
			rows = append(rows, []string{strconv.Itoa(r.N), r.What, short(r.Due), short(r.Met), r.Evidence})
		}
		s.table([]string{"Requirement", "What", "By", "Met, says the provider", "Evidence"}, rows)
		if d := w.Determination; d != nil {
			s.facts(
				fact{"Complied with, says " + s.c.InspectorName(), string(d.Complied)},
				fact{"Determined", joined(s.actor(d.By), instant(d.At))},
				fact{"On what evidence", d.Evidence},
				fact{"What " + s.c.InspectorName() + " does", d.Action},
				fact{s.c.InspectorName() + " will require special administration", string(d.Administration)},
			)
		}
	}
}

func (s *sheet) administration() {
	a := s.c.Administration
	if a == nil {
		return
	}
	s.heading(2, "Trust special administration")
	var rows [][]string
	add := func(what string, st *failure.AdministrationStep) {
		if st != nil {
			rows = append(rows, []string{short(st.On), what, s.actor(st.By), st.Note})
		}
	}
	add("required", a.Required)
	add("ordered", a.Order)
	for i := range a.Steps {
		add(plain(a.Steps[i].Step), &a.Steps[i])
	}
	for _, x := range a.Extensions {
		rows = append(rows, []string{short(x.On), "more time for " + plain(x.Step) + ": " + x.Longer.Words(), s.actor(x.By), x.Reason})
	}
	s.table([]string{"When", "Step", "By", "Note"}, rows)
	s.facts(
		fact{"Consulted", a.Consulted},
		fact{"The appointment takes effect", instant(a.Effective)},
		fact{"Ended", instant(a.Ended)},
	)
}

func (s *sheet) links() {
	var rows [][]string
	for _, l := range s.c.Links {
		rows = append(rows, []string{l.Ref, l.Why, s.actor(l.By), short(l.At)})
	}
	if len(rows) > 0 {
		s.heading(2, "Linked cases")
		s.table([]string{"Case", "Why", "Linked by", "When"}, rows)
	}
}
