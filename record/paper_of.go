package record

import (
	"slices"
	"strconv"

	"holdthering/picture"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/regime/words"
)

// paper is what the first two pages say of a case.
func (s *sheet) paper(cautions []string) paper {
	c := s.c
	time := Timeline(c, s.now)
	p := paper{Caption: "Board paper, case " + c.Ref + ", as of " + instant(s.now), Title: c.Provider.Name, Cautions: cautions,
		Main: drawn{Name: "The time of the case", SVG: time.SVG(), Key: time.Marks(), Table: time.Table()}, Facts: s.paperFacts(), SoFar: "The case so far"}
	for _, says := range c.Standing() {
		p.Standing = append(p.Standing, clipped(words.Capital(says), longestText))
	}
	p.Standing, _ = first(p.Standing, mostStanding)
	s.owed(&p, &c.Ledger, c.Name)
	for i := range c.Measures {
		if months := s.progress(i); len(months) > 0 {
			p.Progress = append(p.Progress, ProgressWords(months))
		}
	}
	for _, e := range s.happened() {
		p.Events = append(p.Events, step{day(e.At), clipped(words.Capital(e.What), longestText)})
	}
	if n := len(p.Events); n > mostEvents {
		p.Events, p.MoreEvents = p.Events[n-mostEvents:], n-mostEvents
	}
	for _, a := range undoneFirst(c.Actions) {
		p.Actions = append(p.Actions, paperAction{a.ID, clipped(a.What, longestText), c.Name(a.Owner), day(a.Due),
			words.Plain(string(a.Aim)) + ", " + plain(a.Status)})
	}
	p.Actions, p.MoreActions = first(p.Actions, mostActions)
	return p
}

// undoneFirst lists actions, what is still to be done before the rest.
func undoneFirst(all []failure.ResponseAction) []failure.ResponseAction {
	over := func(a failure.ResponseAction) int {
		return words.Flag(a.Status != regime.ActionProposed && a.Status != regime.ActionAccepted)
	}
	out := slices.Clone(all)
	slices.SortStableFunc(out, func(a, b failure.ResponseAction) int { return over(a) - over(b) })
	return out
}

func (s *sheet) paperFacts() []paperFact {
	c := s.c
	out := []paperFact{{"Stage", words.Capital(c.Labels().Stage(c.Stage)) + ", since " + day(c.StageSince)}}
	if c.Trigger != nil {
		out = append(out, paperFact{"Concern", clipped(words.Capital(words.Full(c.Trigger.Concern)), longestStory)})
	}
	row, _ := s.p.ProviderRow(c.Provider.Type)
	out = append(out, paperFact{"Provider", c.Provider.Name + " (" + c.Provider.Code + "), " + row.Label})
	if summit := c.Summit; c.Stage == regime.Convening && !summit.At.IsZero() {
		out = append(out, paperFact{words.Capital(c.Labels().Summit), instant(summit.At) + ", " + clipped(summit.Place, longestText)})
	}
	if c.Ring.Holder != "" {
		out = append(out, paperFact{"Holds the ring", c.Name(c.Ring.Holder) + ", " + c.Ring.Basis.Words() + ", since " + day(c.Ring.Since)})
	}
	out = append(out, paperFact{"Opened", day(c.Opened)})
	if !c.Closing.Closed.IsZero() {
		out = append(out, paperFact{"Closed", day(c.Closing.Closed)})
	}
	return append(out, s.profileFact()...)
}

// profileFact says of a profile that is laid over another that much of it is not confirmed.
func (s *sheet) profileFact() []paperFact {
	if s.p.BasedOn == "" {
		return nil
	}
	return []paperFact{{"Profile", s.p.Name + ": much of it is unconfirmed and not to be taken for law"}}
}

// owed puts who owes what on the paper.
func (s *sheet) owed(p *paper, l *ledger.Ledger, name func(regime.Party) string) {
	for _, d := range l.OpenDuties() {
		if d.Kind != surveillance.DutyCoverage || d.OverdueAt(s.now) {
			p.Owes = append(p.Owes, owing{short(d.Due), name(d.Owner), clipped(words.Capital(l.Says(d)), longestText), d.OverdueAt(s.now)})
		}
	}
	p.Owes, p.MoreOwes = first(p.Owes, mostOwed)
	bars := OwedBy(l, name, s.now)
	p.ByBody = drawn{Name: "Who owes what, by body", Table: bars.Table()}
	var more int
	if bars.Bars, more = first(bars.Bars, mostBodies); more > 0 {
		rest := words.Count(more, "other")
		sum := picture.Bar{Name: "And " + rest}
		for _, row := range p.ByBody.Table.Rows[mostBodies:] {
			late, _ := strconv.Atoi(row[1])
			owed, _ := strconv.Atoi(row[2])
			sum.Late, sum.Owed = sum.Late+late, sum.Owed+owed
		}
		bars.Bars = append(slices.Clip(bars.Bars), sum)
	}
	if len(bars.Bars) > 0 {
		p.ByBody.SVG = bars.SVG()
	}
}

// levelSigns says what the letters of the levels mean.
func levelSigns(p *regime.Profile) string {
	var out string
	for _, r := range p.LevelsDown() {
		switch {
		case r.Sign == "":
		case r.Live:
			out += r.Sign + ": to go to " + words.A(p.Labels.Summit) + "; "
		default:
			out += r.Sign + ": " + p.LevelName(r.Level) + "; "
		}
	}
	return out
}

// paper is what the first two pages say of a group.
func (s *groupSheet) paper(cautions []string) paper {
	g := s.g
	months := ProvidersByMonth(g, s.now)
	p := paper{Caption: "Board paper, as of " + instant(s.now), Title: words.Capital(s.p.Labels.Group) + ", " + g.PlaceName,
		Cautions: cautions, Facts: s.paperFacts(), SoFar: "Meetings so far"}
	var more int
	months.Rows, more = first(months.Rows, mostProviders)
	p.Main = drawn{Name: "Providers by month", Table: ProvidersByMonth(g, s.now).Table(), Note: "The most closely watched first. " +
		levelSigns(s.p) + "a disc: the group spoke of it in that month; a number: concerns told in it."}
	if more > 0 {
		p.Main.Note += " " + words.Capital(words.Count(more, "other")) + ": in the table below."
	}
	if len(months.Rows) > 0 {
		p.Main.SVG = months.SVG()
	}
	for _, says := range g.Standing(s.now) {
		p.Standing = append(p.Standing, clipped(words.Capital(says), longestText))
	}
	s.owed(&p, &g.Ledger, g.Name)
	for _, m := range g.Meetings {
		if !m.Held.IsZero() {
			p.Events = append(p.Events, step{day(m.Held), "Meeting " + strconv.Itoa(m.N) + ": " +
				words.Count(len(m.Considered), "provider") + " considered"})
		}
	}
	if n := len(p.Events); n > mostEvents {
		p.Events, p.MoreEvents = p.Events[n-mostEvents:], n-mostEvents
	}
	for _, a := range g.Actions {
		if a.Closed.IsZero() {
			p.Actions = append(p.Actions, paperAction{a.ID, clipped(a.What, longestText), g.Name(a.Owner), day(a.Due), plain(a.Status)})
		}
	}
	p.Actions, p.MoreActions = first(p.Actions, mostActions)
	return p
}

func (s *groupSheet) paperFacts() []paperFact {
	g := s.g
	var out []paperFact
	if m, ok := g.NextMeeting(); ok {
		says := "Meeting " + strconv.Itoa(m.N) + ", " + calendar.Instant(m.At)
		if m.Place != "" {
			says += ", " + clipped(m.Place, longestText)
		}
		out = append(out, paperFact{"Next meeting", says})
	}
	out = append(out, paperFact{"Members", strconv.Itoa(len(g.Members))})
	if gaps := g.MembershipGaps(); len(gaps) > 0 {
		out = append(out, paperFact{"Missing of the minimum", s.names(gaps)})
	}
	if !g.Ended.IsZero() {
		out = append(out, paperFact{"Ended", day(g.Ended)})
	}
	return append(out, s.profileFact()...)
}
