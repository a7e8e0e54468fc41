package record

import (
	"strconv"
	"strings"

	"holdthering/regime/failure"
)

// providerEnd stands before all that ended with it.
func (s *sheet) providerEnd() {
	e := s.c.Gone
	if e == nil {
		return
	}
	s.heading(2, "The provider has ended")
	s.facts(
		fact{"On", day(e.On)},
		fact{"How", plain(e.How)},
		fact{"Its services go to", s.names(e.Successors)},
		fact{"Recorded by", s.actor(e.By)},
		fact{"Why", e.Reason},
		fact{"To the successor", strings.Join(e.Passed, "; ")},
		fact{"Ended with it", strings.Join(e.Over, "; ")},
	)
}

func (s *sheet) furtherSummits() {
	var rows [][]string
	for _, f := range s.c.Further {
		rows = append(rows, []string{strconv.Itoa(f.N), short(f.At), s.c.Name(f.By), f.Reason, short(f.Held), s.names(f.Present), f.Record, joined(f.Draft, short(f.Final))})
	}
	if len(rows) > 0 {
		s.heading(2, "Further summits")
		s.table([]string{"No", "For", "Called by", "Why", "Held", "Present", "Record", "Draft, final"}, rows)
	}
}

func (s *sheet) reviews() {
	if len(s.c.Reviews) == 0 {
		return
	}
	s.heading(2, "Independent reviews")
	var rows, advice [][]string
	for _, v := range s.c.Reviews {
		became := short(v.Received)
		switch {
		case !v.Ended.IsZero():
			became = "ended without a report on " + day(v.Ended) + ": " + v.Why
		case !v.Received.IsZero() && v.Received.After(v.Due):
			became += ", LATE"
		}
		var with []string
		for _, x := range v.Shared {
			with = append(with, s.c.Name(x.Party)+" ("+day(x.At)+")")
		}
		rows = append(rows, []string{v.ID, s.actor(v.By), v.Of, v.What, day(v.Due), became, strings.Join(with, ", "), v.Where})
		for _, r := range v.Recommendations {
			advice = append(advice, []string{r.ID, r.What, strings.Join(r.Actions, ", "), r.Reason, holds(r)})
		}
	}
	s.table([]string{"No", "Asked for by", "Asked of", "What", "Due", "Received", "Shared with", "Where"}, rows)
	s.table([]string{"Recommendation", "What", "Met by", "Why by none", "Does it hold?"}, advice)
}

func holds(r failure.Recommendation) string {
	var out []string
	for _, x := range r.Checks {
		out = append(out, day(x.At)+": "+string(x.Holds)+" ("+x.Evidence+")")
	}
	return strings.Join(out, "; ")
}
