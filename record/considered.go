package record

import (
	"strconv"

	"holdthering/regime"
	"holdthering/regime/failure"
)

// concerns are shown without their sources where those are protected (R14).
func (s *sheet) concerns() {
	if len(s.c.Concerns)+len(s.c.Requests) == 0 {
		return
	}
	s.heading(2, "Concerns and information shared")
	var rows [][]string
	for _, k := range s.c.Concerns {
		row, _ := s.p.Row(k.Kind)
		source := plain(k.Source)
		if k.Protect {
			source = "protected (R14)"
		}
		from := ""
		if k.From != "" {
			from = "for " + s.c.Name(k.From)
		}
		rows = append(rows, []string{k.ID, short(k.At), joined(s.actor(k.By), from),
			joined(row.Label, k.What), joined(source, k.SourceNote), s.names(k.Told), s.names(k.Forum)})
	}
	s.table([]string{"No", "When", "Recorded by", "Concern", "Source", "Told at once", "Told in the group"},
		rows)
	s.consideredParties()
	rows = nil
	for _, r := range s.c.Requests {
		answer := joined(short(r.Answered), r.Answer)
		if r.Declined {
			answer = joined("declined", answer)
		}
		rows = append(rows, []string{r.ID, short(r.At), s.actor(r.By), s.c.Name(r.To), r.What, answer})
	}
	s.table([]string{"Information", "When", "Asked by", "Asked of", "What", "Answer"}, rows)
}

func (s *sheet) consideredParties() {
	var rows [][]string
	for _, k := range s.c.Concerns {
		for _, p := range k.Consider {
			who := p.To
			if p.Party != "" {
				who = s.c.Name(p.Party)
			}
			answer := "not answered"
			if p.Answer != "" {
				answer = joined(string(p.Answer), p.Reason, short(p.At))
			}
			rows = append(rows, []string{k.ID, who, p.If, answer})
		}
	}
	s.table([]string{"Concern", "Considered to be told", "If", "Answer"}, rows)
}

func (s *sheet) safeguarding() {
	if len(s.c.Safeguarding) == 0 {
		return
	}
	s.heading(2, "Safeguarding")
	var rows [][]string
	for _, f := range s.c.Safeguarding {
		crime := ""
		if f.Crime != nil {
			crime = s.considered(f.Crime)
		}
		rows = append(rows, []string{f.ID, short(f.At), s.actor(f.By), joined(plain(f.About), f.What),
			s.c.Name(f.Chair), s.fact(f.Protocol), s.fact(f.Notified), s.fact(f.Engaged), crime})
	}
	s.table([]string{"No", "When", "Flagged by", "About", "Chair told", "Protocol followed",
		"Board notified", "Board engaged", s.c.LawNow().PartName(regime.InvestigatesCrime)}, rows)
}

func (s *sheet) fact(f *failure.Fact) string {
	if f == nil {
		return ""
	}
	return joined(short(f.At), s.actor(f.By), f.How)
}

func (s *sheet) referrals() {
	var rows [][]string
	for _, r := range s.c.Referrals {
		row, _ := s.p.Profession(r.Profession)
		rows = append(rows, []string{r.ID, short(r.Opened), row.Label, s.c.Name(r.Referrer),
			s.c.Name(r.Regulator), short(r.Employer), short(r.Made), joined(short(r.Ended), r.Why)})
	}
	if len(rows) > 0 {
		s.heading(2, "Referrals of practitioners")
		s.table([]string{"No", "Opened", "About", "Refers", "To", "Employer notified", "Referral made",
			"Ended"}, rows)
	}
}

func (s *sheet) impacts() {
	var rows [][]string
	for _, i := range s.c.Impacts {
		for _, p := range i.Asked {
			answer := "not returned"
			for _, r := range i.Returns {
				if r.By.For == p {
					answer = joined(short(r.At), r.Assessment)
				}
			}
			rows = append(rows, []string{i.ID, short(i.At), i.Considers, s.c.Name(p), answer})
		}
	}
	if len(rows) > 0 {
		s.heading(2, "Rapid impact assessments")
		s.table([]string{"No", "Asked", "What " + s.c.InspectorName() + " considers", "Asked of", "Returned"}, rows)
	}
}

// differences are listed and settle nothing: no outcome is drawn from them here.
func (s *sheet) differences() {
	if len(s.c.Differences) == 0 {
		return
	}
	s.heading(2, "Differences of judgement")
	s.paragraph("They block nothing. Each body answers for its own view.")
	var rows [][]string
	for _, d := range s.c.Differences {
		var talks []string
		for _, t := range d.Discussed {
			talks = append(talks, joined(short(t.At), s.names(t.Participants), plain(t.Outcome), t.Will))
		}
		if len(talks) == 0 {
			talks = []string{"not discussed yet"}
		}
		rows = append(rows, []string{d.ID, short(d.At), s.names(d.Between), d.Subject, string(d.Safety),
			joined(s.actor(d.By), d.View), joined(talks...)})
	}
	s.table([]string{"No", "When", "Between", "About", "Immediate safety", "Registered by", "Discussed"},
		rows)
}

func (s *sheet) public() {
	if len(s.c.Plans)+len(s.c.Warned) == 0 {
		return
	}
	s.heading(2, "Information for the public")
	for _, p := range s.c.Plans {
		s.heading(3, "Plan, version "+strconv.Itoa(p.Version))
		var assents []string
		for _, a := range p.Assents {
			assents = append(assents, s.c.Name(a.By.For)+" on "+short(a.At))
		}
		s.facts(
			fact{"Proposed", joined(s.actor(p.By), instant(p.At))},
			fact{"Support for those affected", p.Support},
			fact{"Who leads", p.Lead},
			fact{"Experts", p.Experts},
			fact{"Communications", p.Communications},
			fact{"Responsibility", p.Responsibility},
			fact{"Assents", joined(assents...)},
		)
	}
	var rows [][]string
	for _, w := range s.c.Warned {
		rows = append(rows, []string{short(w.At), s.actor(w.By), w.What, dated("planned for", w.Planned), w.URL})
	}
	s.table([]string{"When", "Body", "What the public is told", "Planned", "Where"}, rows)
}
