package record

import (
	"strings"

	"holdthering/regime/failure"
)

// ratings stand before the special measures into which they may have led.
func (s *sheet) ratings() {
	if len(s.c.Ratings) == 0 {
		return
	}
	s.heading(2, "Ratings")
	var rows [][]string
	for _, r := range s.c.Ratings {
		rows = append(rows, []string{day(r.Published), s.actor(r.By), plain(r.Overall) + about(r.Scope, r.Of),
			strings.Join(r.Inadequate, ", "), plain(r.Leads)})
	}
	s.table([]string{"Published", "By", "Overall", "Inadequate", "Led to"}, rows)
}

func (s *sheet) criteria(e *failure.Episode) {
	var rows [][]string
	for _, x := range e.Criteria {
		rows = append(rows, []string{x.ID, x.What, short(x.Agreed), short(x.Met), x.Evidence})
	}
	s.table([]string{"Criterion for leaving", "What", "Agreed", "Met", "Evidence"}, rows)
}
