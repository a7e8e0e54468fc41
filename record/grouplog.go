package record

import (
	"strconv"

	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/regime/words"
)

// log puts one of the group's logs on the sheet.
func (s *groupSheet) log(t words.Table) {
	s.heading(2, t.Title)
	if len(t.Rows) == 0 {
		s.paragraph("Nothing yet.")
	}
	s.table(t.Columns, t.Rows)
	for _, n := range t.Notes {
		s.paragraph(n)
	}
}

// duties leave out that every provider is to be considered in time: the providers' table
// says of each when it was.
func (s *groupSheet) duties() {
	var rows [][]string
	for _, d := range s.g.OpenDuties() {
		if d.Kind == surveillance.DutyCoverage {
			continue
		}
		row, _ := s.p.Duty(d.Kind)
		rows = append(rows, []string{owner(s.g.Name, d), s.g.Says(d), short(d.Due), outcome(d, s.now), row.Rule})
	}
	s.heading(2, "What is owed")
	s.table([]string{"Body", "What", "Due", "How it stands", "Rule"}, rows)
}

func (s *groupSheet) told() {
	if len(s.g.Notices) == 0 {
		return
	}
	s.heading(2, "Who was told")
	s.paragraph("Accepted means taken over by the mail service; whether they were read is not known here.")
	var rows [][]string
	for _, n := range s.g.Notices {
		row, _ := s.p.Notice(n.Kind)
		for _, r := range n.To {
			rows = append(rows, []string{short(n.At), string(n.Kind) + " " + row.Subject, n.Text,
				s.g.Name(r.Party) + ", " + string(r.Level) + " contact", state(n, r)})
		}
	}
	s.table([]string{"When", "Notice", "What", "Recipient", "How it went"}, rows)
}

func (s *groupSheet) chronology() {
	s.heading(2, "Chronology")
	mended := corrections(s.g.Entries)
	var rows [][]string
	for _, e := range s.g.Entries {
		who := "the clock"
		if e.Verb != ledger.ByClock {
			who = s.g.Name(e.By.For)
			if e.By.Person != "" {
				who += " (" + e.By.Person + ")"
			}
			if e.By.Contact != "" {
				who += ", by " + e.By.Way()
			}
		}
		text := e.Text
		for _, m := range mended[e.N] {
			text += " [CORRECTED by entry " + strconv.Itoa(m.by) + ": " + m.text + "]"
		}
		rows = append(rows, []string{strconv.Itoa(e.N), short(e.At), who, text})
	}
	s.table([]string{"Entry", "When", "Who", "What"}, rows)
}
