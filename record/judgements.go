package record

import (
	"slices"

	"holdthering/regime"
	"holdthering/regime/failure"
)

func (s *sheet) summit() {
	t := s.c.Summit
	if t.Convened.IsZero() && t.Opened.IsZero() {
		return
	}
	s.heading(2, "The "+s.c.Labels().Summit)
	provider := "did not take part"
	if t.ProviderIn {
		provider = "took part"
	}
	if t.Opened.IsZero() {
		provider = ""
	}
	chair := ""
	if t.Chair != "" {
		chair = s.c.Name(t.Chair)
	}
	s.facts(
		fact{"Convened", instant(t.Convened)},
		fact{"Called for", joined(instant(t.At), t.Place)},
		fact{"Opened", instant(t.Opened)},
		fact{"Chair", chair},
		fact{"Present", s.names(t.Attended)},
		fact{"The provider", provider},
		fact{"Ended", instant(t.Ended)},
		fact{"Record", t.Record},
		fact{"Signed off", instant(t.Signed)},
	)
	var rows [][]string
	for _, i := range t.Invited {
		rows = append(rows, []string{s.c.Name(i.Party), i.Why, answered(i), s.presence(i.Party)})
	}
	s.table([]string{"Invited", "Why brought in", "Answered", "Came"}, rows)
	rows = nil
	for _, l := range t.LeftOut {
		rows = append(rows, []string{s.c.Name(l.Party), l.Why})
	}
	s.table([]string{"Considered and not invited", "Why"}, rows)
	rows = nil
	for _, g := range t.Suggested {
		rows = append(rows, []string{g.ID, s.c.Name(g.Party), s.actor(g.By), g.Why, string(g.Answer), g.Reason})
	}
	s.table([]string{"Suggested", "Party", "By", "Why", "Brought in", "Reason"}, rows)
}

func answered(i failure.Invitee) string {
	if i.Answer == "" {
		return "no answer"
	}
	return plain(i.Answer)
}

func (s *sheet) presence(p regime.Party) string {
	if s.c.Summit.Opened.IsZero() {
		return ""
	}
	for _, q := range s.c.Summit.Attended {
		if p == q {
			return "yes"
		}
	}
	return "no, which makes nothing invalid (R17)"
}

// judgements stand side by side: none is derived from another.
func (s *sheet) judgements() {
	c := s.c
	if len(c.Regulatory) == 0 && c.Collective == nil && len(c.OwnViews) == 0 {
		return
	}
	s.heading(2, "Judgements")
	s.paragraph("They stand side by side. None replaces, outweighs or is added up with another.")
	s.heading(3, c.InspectorName()+"'s own regulatory judgement")
	if len(c.Regulatory) == 0 {
		s.paragraph("Not given yet.")
	}
	var rows [][]string
	for _, j := range c.Regulatory {
		rows = append(rows, []string{short(j.At), plain(j.Value), j.Standards, j.Evidence, j.Intends,
			s.actor(j.By)})
	}
	s.table([]string{"When", "Judgement", "Standards", "Rests on", "Intends", "Given by"}, rows)
	s.heading(3, "Collective judgement of those at the "+s.c.Labels().Summit)
	s.collective()
	s.ownViews()
}

// collective are all versions of the collective judgement, and what took the case up again.
func (s *sheet) collective() {
	c := s.c
	if c.Collective == nil {
		s.paragraph("Not recorded yet.")
		return
	}
	var rows [][]string
	for _, j := range append(slices.Clone(c.EarlierCollective), *c.Collective) {
		value := plain(j.Value)
		if j.Corrects {
			value += " (corrects the one before)"
		}
		rows = append(rows, []string{short(j.At), value, j.Reason, s.actor(j.By)})
	}
	s.table([]string{"When", "Judgement", "Why", "Recorded by"}, rows)
	for _, t := range c.TakenUp {
		s.paragraph("It had been stood down and was taken up again on " + instant(t.At) + ": " + t.Why +
			" (" + s.actor(t.By) + "). The 24/48 hours began then.")
	}
}

func (s *sheet) ownViews() {
	if len(s.c.OwnViews) == 0 {
		return
	}
	s.heading(3, "Members' own views")
	var rows [][]string
	for _, v := range s.c.OwnViews {
		rows = append(rows, []string{short(v.At), s.actor(v.By), v.View, v.Intends, yes(v.Wants), yes(v.Dissent)})
	}
	s.table([]string{"When", "Body", "View", "Intends", "Requires focussed action",
		"Sees it otherwise than the others"}, rows)
}
