package record

import (
	"strconv"
	"strings"

	"holdthering/regime/ledger"
)

func (s *sheet) chronology() {
	s.heading(2, "Chronology")
	mended := corrections(s.c.Entries)
	var rows [][]string
	for _, e := range s.c.Entries {
		who := "the clock"
		if e.Verb != ledger.ByClock {
			who = s.actor(e.By)
			if e.By.Channel != "" {
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

type correction struct {
	by   int
	text string
}

// corrections are, for each entry, those that correct it. An entry that corrects begins
// with the number of the other; what people write stands after that.
func corrections(es []ledger.Entry) map[int][]correction {
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
