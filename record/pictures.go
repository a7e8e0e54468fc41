package record

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"holdthering/picture"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// Timeline is a case's time: its stages, who held the ring, its meetings, special measures with their months
// and re-inspections, and what bodies did by powers of their own.
func Timeline(c *failure.Case, now time.Time) picture.Timeline {
	s := newSheet(c, now)
	lanes := []picture.Lane{{Name: "Stage", Spans: s.stages()}, {Name: "Holds the ring", Spans: s.ringSpans()},
		{Name: "Meetings", Marks: s.meetingMarks()}}
	for i := range s.c.Measures {
		lanes = append(lanes, s.episodeLanes(i)...)
	}
	lanes = append(lanes, picture.Lane{Name: "Powers used", Marks: s.ownMarks()})
	lanes = slices.DeleteFunc(lanes, func(l picture.Lane) bool { return len(l.Spans)+len(l.Marks) == 0 })
	t := picture.Timeline{ID: "time", Title: "The time of case " + c.Ref, From: c.Opened, To: s.until(), Now: now, Lanes: lanes}
	for _, lane := range lanes {
		for _, m := range lane.Marks {
			t.To = calendar.Latest(t.To, m.At)
			if m.At.Before(t.From) {
				t.From = m.At
			}
		}
	}
	t.To = t.To.Add(max(24*time.Hour, t.To.Sub(t.From)/20))
	t.Desc = s.inSentences()
	return t
}

// until is now, or when the case was closed.
func (s *sheet) until() time.Time {
	return calendar.Latest(cmp.Or(s.c.Closing.Closed, s.now), s.c.Opened)
}

// inSentences is what the picture shows, for who does not see it.
func (s *sheet) inSentences() string {
	out := []string{words.Full(s.c.Labels().StageSentence(s.c.Stage))}
	if s.c.Ring.Holder != "" {
		out = append(out, s.c.Name(s.c.Ring.Holder)+" holds the ring since "+day(s.c.Ring.Since)+".")
	}
	for i := range s.c.Measures {
		e := &s.c.Measures[i]
		out = append(out, words.Full(words.Capital(s.c.Labels().Measures)+": "+e.Words()))
		if p := s.progress(i); len(p) > 0 {
			out = append(out, ProgressWords(p))
		}
	}
	return strings.Join(out, " ") + " The table below says the same."
}

// stages are the spans of the stages, as far as the record tells when they began.
func (s *sheet) stages() []picture.Span {
	c := s.c
	type began struct {
		at    time.Time
		stage regime.Stage
	}
	list := []began{{c.Opened, regime.UnderSurveillance}}
	add := func(at time.Time, stage regime.Stage) {
		if !at.IsZero() {
			list = append(list, began{at, stage})
		}
	}
	if c.Trigger != nil {
		add(c.Trigger.At, regime.Convening)
	}
	add(c.Summit.Opened, regime.InSession)
	add(c.Summit.Ended, regime.Judging)
	if c.Collective != nil {
		stage := regime.RingHolderPending
		if c.Collective.Value == failure.NoFailure {
			stage = regime.StoodDown
		}
		add(c.Collective.At, stage)
	}
	if len(c.Ring.Past) > 0 {
		add(c.Ring.Past[0].Since, regime.Responding)
	} else if c.Ring.Holder != "" {
		add(c.Ring.Since, regime.Responding)
	}
	list = slices.DeleteFunc(list, func(b began) bool { return !b.at.Before(c.StageSince) })
	add(c.StageSince, c.Stage)
	slices.SortStableFunc(list, func(a, b began) int { return a.at.Compare(b.at) })
	var out []picture.Span
	for i, b := range list {
		to, open := s.until(), b.stage != regime.Closed
		if i+1 < len(list) {
			to, open = list[i+1].at, false
		}
		if !to.After(b.at) && i+1 < len(list) {
			continue
		}
		class := "span-a"
		if i%2 == 1 {
			class = "span-b"
		}
		out = append(out, picture.Span{From: b.at, To: to, Class: class, Label: words.Capital(c.Labels().Stage(b.stage)), Open: open})
	}
	return out
}

func (s *sheet) ringSpans() []picture.Span {
	var out []picture.Span
	for _, past := range s.c.Ring.Past {
		out = append(out, picture.Span{From: past.Since, To: past.Until, Class: "span-a", Label: s.c.Name(past.Holder)})
	}
	if r := s.c.Ring; r.Holder != "" {
		out = append(out, picture.Span{From: r.Since, To: s.until(), Class: "span-a", Label: s.c.Name(r.Holder),
			Open: s.c.Stage != regime.Closed})
	}
	return out
}

func (s *sheet) meetingMarks() []picture.Mark {
	var out []picture.Mark
	if o := s.c.Summit.Opened; !o.IsZero() {
		out = append(out, picture.Mark{At: o, Kind: picture.Event, Label: "the " + s.c.Labels().Summit + " met"})
	}
	for _, m := range s.c.Meetings {
		if !m.Held.IsZero() {
			out = append(out, picture.Mark{At: m.Held, Kind: picture.Event, Label: fmt.Sprintf("response meeting %d", m.N)})
		}
	}
	return out
}

// episodeLanes are one stay in special measures, its months and its re-inspections.
func (s *sheet) episodeLanes(i int) []picture.Lane {
	e := &s.c.Measures[i]
	label := words.Capital(s.c.Labels().Measures)
	lanes := []picture.Lane{{Name: label}, {Name: "Monthly progress"}, {Name: "Re-inspections"}}
	if !e.Entered.IsZero() {
		to := cmp.Or(e.Ended, s.until())
		lanes[0].Spans = []picture.Span{{From: e.Entered, To: to, Class: "span-c", Label: words.Capital(e.Words()), Open: e.Ended.IsZero()}}
	}
	for _, p := range s.progress(i) {
		lanes[1].Marks = append(lanes[1].Marks, picture.Mark{At: p.Due, Kind: p.Kind, Label: "month " + p.Month + ": " + p.Says})
	}
	for _, r := range e.Reinspections {
		lanes[2].Marks = append(lanes[2].Marks, picture.Mark{At: r.From, Kind: picture.Event,
			Label: joined("re-inspected "+string(r.Timing), plain(r.Rating))})
	}
	for _, d := range s.c.OpenDuties() {
		if (d.Kind == failure.DutyReinspect || d.Kind == failure.DutyReinspectExtended) && e.InForce() {
			lanes[2].Marks = append(lanes[2].Marks, picture.Mark{At: d.Due, Kind: picture.Ahead, Label: "re-inspection due"})
		}
	}
	return lanes
}

func (s *sheet) ownMarks() []picture.Mark {
	var es events
	s.enforced(&es)
	var out []picture.Mark
	for _, e := range es.sorted() {
		out = append(out, picture.Mark{At: e.At, Kind: picture.Event, Label: e.What})
	}
	return out
}

// Month is what became of one month's report of progress.
type Month struct {
	Month string // its number
	Due   time.Time
	// Published is when, and zero where it was not; URL is where.
	Published time.Time
	URL       string
	Kind      picture.Kind
	Says      string
}

// Progress lists the months of an episode, by its place among the case's.
func Progress(c *failure.Case, now time.Time, episode int) []Month {
	return newSheet(c, now).progress(episode)
}

func (s *sheet) progress(episode int) []Month {
	var out []Month
	for _, m := range monthsOf(s.c, episode) {
		one := Month{Month: m.Subject, Due: m.Due, Published: m.published.At, URL: m.published.URL, Says: s.month(m), Kind: picture.Ahead}
		switch {
		case m.Missed || m.OverdueAt(s.now):
			one.Kind = picture.Missed
		case m.Late():
			one.Kind = picture.Late
		case m.End == ledger.EndDone:
			one.Kind = picture.Done
		}
		out = append(out, one)
	}
	return out
}

// ProgressWords counts the months.
func ProgressWords(months []Month) string {
	n := map[picture.Kind]int{}
	for _, m := range months {
		n[m.Kind]++
	}
	return fmt.Sprintf("Monthly progress: %d published in time, %d late, %d missed.", n[picture.Done], n[picture.Late], n[picture.Missed])
}

// OwedBy is who owes how much, who owes most first.
func OwedBy(l *ledger.Ledger, name func(regime.Party) string, now time.Time) picture.Bars {
	b := picture.Bars{ID: "owed", Title: "Who owes what, by body"}
	at := map[regime.Party]int{}
	for _, d := range l.OpenDuties() {
		i, known := at[d.Owner]
		if !known {
			i = len(b.Bars)
			at[d.Owner] = i
			b.Bars = append(b.Bars, picture.Bar{Name: words.Capital(name(d.Owner))})
		}
		if d.OverdueAt(now) {
			b.Bars[i].Late++
		} else {
			b.Bars[i].Owed++
		}
	}
	slices.SortStableFunc(b.Bars, func(x, y picture.Bar) int {
		return cmp.Or(y.Late-x.Late, y.Owed-x.Owed, strings.Compare(x.Name, y.Name))
	})
	late, owed := 0, 0
	for _, one := range b.Bars {
		late, owed = late+one.Late, owed+one.Owed
	}
	b.Desc = fmt.Sprintf("%s: %d overdue, %d to come. The table below says the same.", words.Count(len(b.Bars), "body"), late, owed)
	return b
}
