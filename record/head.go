package record

import (
	"holdthering/regime"
	"holdthering/regime/failure"
)

func (s *sheet) head() {
	c := s.c
	s.heading(1, "Record of case "+c.Ref)
	s.warn()
	if c.Demonstration {
		s.paragraph("Demonstration: this is not a real case, and its clock is not the world's.")
	}
	row, _ := s.p.ProviderRow(c.Provider.Type)
	provider := c.Provider.Name + " (" + c.Provider.Code + ")"
	if c.Provider.Town != "" {
		provider += ", " + c.Provider.Town
	}
	closed := "not closed"
	if !c.Closing.Closed.IsZero() {
		closed = instant(c.Closing.Closed)
	}
	s.facts(
		fact{"Reference", c.Ref},
		fact{"Provider", provider},
		fact{"Type of provider", row.Label},
		fact{"Laid down in profile", c.Profile},
		fact{"A profile of other years", c.Misfit(c.Opened)},
		fact{"Opened", instant(c.Opened)},
		fact{"Closed", closed},
		fact{"Follows on case", c.Reopens},
		fact{"This record is as of", instant(s.now)},
	)
}

func (s *sheet) standing() {
	s.heading(2, "Where it stands")
	s.list(s.c.Standing())
	if s.c.Stage == regime.Closed {
		return
	}
	if next := s.c.NextWords(); next != "" {
		s.paragraph("Next: " + next + ".")
	}
	if open := s.c.StandingInTheWay(); len(open) > 0 {
		s.paragraph("What stands in the way of closing:")
		s.list(open)
	}
}

func (s *sheet) members() {
	s.heading(2, "Members")
	var rows [][]string
	for _, m := range s.c.Members {
		rows = append(rows, []string{s.c.Name(m.Party), string(m.Party), yes(m.Extra)})
	}
	s.table([]string{"Body", "Code", "Brought in by the circumstances"}, rows)
}

func (s *sheet) trigger() {
	t := s.c.Trigger
	if t == nil {
		return
	}
	s.heading(2, "Trigger")
	protected := ""
	if t.Protect {
		protected = "the source's identity is protected (R14)"
	}
	s.facts(
		fact{"Triggered by", s.actor(t.By)},
		fact{"When", instant(t.At)},
		fact{"Learned", instant(t.Learned)},
		fact{"Source", joined(plain(t.Source), protected)},
		fact{"Concern", t.Concern},
		fact{"Why routine systems cannot deal with it", t.Routine},
		fact{"Sites or services", t.Sites},
		fact{"Patients may be at immediate risk", yes(t.Immediate)},
	)
}

func (s *sheet) questions() {
	q := s.c.Questions
	if q == (failure.Questions{}) {
		return
	}
	s.heading(2, "Questions that every case answers")
	level := joined(string(q.Level), q.LevelReason)
	s.facts(
		fact{"Professional standards: is a referral needed", s.considered(q.Standards)},
		fact{"Information and support for the public: needed", s.considered(q.Public)},
		fact{"Written feedback to the provider", instant(q.Letter)},
		fact{"Surveillance level", level},
		fact{"The group looks again", day(q.Review)},
	)
}

func (s *sheet) considered(q *failure.Considered) string {
	if q == nil {
		return "not answered"
	}
	return joined(string(q.Answer), q.Reason, s.actor(q.By), instant(q.At))
}

func (s *sheet) closing() {
	k := s.c.Closing
	if k.Proposed.IsZero() {
		return
	}
	s.heading(2, "Closing")
	s.facts(
		fact{"Proposed", instant(k.Proposed)},
		fact{"What was learned", k.Lessons},
		fact{"Closed", instant(k.Closed)},
	)
	var rows [][]string
	rest := s.c.Agreement(k.Agreement)
	if rest == nil {
		return
	}
	for _, o := range rest.Objections {
		rows = append(rows, []string{s.c.Name(o.By), o.Why})
	}
	if len(rows) > 0 {
		s.paragraph("Objections, which block nothing:")
		s.table([]string{"Body", "Why"}, rows)
	}
}
