package record

import (
	"strconv"
	"strings"

	"holdthering/regime"
)

func (s *sheet) told() {
	if len(s.c.Notices) == 0 {
		return
	}
	s.heading(2, "Who was told")
	s.paragraph("Accepted means taken over by the mail service; nobody here knows what was read.")
	var rows [][]string
	for _, n := range s.c.Notices {
		row, _ := s.p.Notice(n.Kind)
		for _, r := range n.To {
			rows = append(rows, []string{short(n.At), string(n.Kind) + " " + row.Subject, n.Text,
				s.c.Name(r.Party) + ", " + string(r.Level) + " contact", state(n, r)})
		}
	}
	s.table([]string{"When", "Notice", "What", "Whom", "How it went"}, rows)
}

func state(n regime.Notice, r regime.Recipient) string {
	switch {
	case r.State == regime.ToldAccepted:
		return "accepted"
	case r.State == "" && n.Gone:
		return "not sent: overtaken"
	case r.State == "":
		return "not sent yet"
	}
	return joined(string(r.State), r.Note)
}

func (s *sheet) chronology() {
	s.heading(2, "Chronology")
	mended := corrections(s.c.Entries)
	var rows [][]string
	for _, e := range s.c.Entries {
		who := "the clock"
		if e.Verb != regime.ByClock {
			who = s.actor(e.By)
			if e.By.Channel != "" {
				who += ", by " + e.By.Channel
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

type correction struct {
	by   int
	text string
}

// corrections are, for each entry, those that correct it. An entry that corrects begins
// with the number of the other; what people write stands after that.
func corrections(es []regime.Entry) map[int][]correction {
	out := map[int][]correction{}
	for _, e := range es {
		rest, ok := strings.CutPrefix(e.Text, "Corrects entry ")
		if !ok || e.Verb != "note add" && e.Verb != "group note" {
			continue
		}
		number, text, _ := strings.Cut(rest, ": ")
		if n, err := strconv.Atoi(number); err == nil {
			out[n] = append(out[n], correction{by: e.N, text: text})
		}
	}
	return out
}

func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
