package record

import (
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// Summary is a case in figures.
type Summary struct {
	Ref      string        `json:"ref"`
	Stage    string        `json:"stage"`  // in words
	Stands   string        `json:"stands"` // the same as a sentence, without its full stop
	Opened   time.Time     `json:"opened"`
	Closed   time.Time     `json:"closed,omitzero"`
	Entries  int           `json:"entries"`
	Happened []Event       `json:"happened"`
	Mails    []MailCount   `json:"mails"`
	Duties   []DutyCount   `json:"duties"`
	Length   time.Duration `json:"length"` // nanoseconds, from opening to closing or now
}

// Event is a step of the case worth a line.
type Event struct {
	At   time.Time `json:"at"`
	What string    `json:"what"`
}

// MailCount counts the mails of one kind of notice: one for each contact to be told.
type MailCount struct {
	Kind     regime.NoticeKind `json:"kind"`
	Subject  string            `json:"subject"`
	Accepted int               `json:"accepted"`
	// Open are on their way or waiting for another try; Failed could not go for good;
	// Overtaken were not sent because what they remind of was done.
	Open      int `json:"open,omitempty"`
	Failed    int `json:"failed,omitempty"`
	Overtaken int `json:"overtaken,omitempty"`
}

// DutyCount counts the duties of one standing.
type DutyCount struct {
	Standing Standing `json:"standing"`
	Count    int      `json:"count"`
}

// Summarise counts a case as of now. Kinds of mail come in the order of the profile, duties
// in that of their standings; what did not occur is left out.
func Summarise(c *failure.Case, now time.Time) Summary {
	s := newSheet(c, now)
	until := now
	if !c.Closing.Closed.IsZero() {
		until = c.Closing.Closed
	}
	return Summary{Ref: c.Ref, Stage: c.Labels().Stage(c.Stage), Stands: c.Labels().StageSentence(c.Stage), Opened: c.Opened, Closed: c.Closing.Closed,
		Entries: len(c.Entries), Happened: s.happened(), Mails: s.mails(), Duties: s.dutyCounts(),
		Length: until.Sub(c.Opened)}
}

func (s *sheet) mails() []MailCount {
	var out []MailCount
	for _, row := range s.p.Notices {
		m := MailCount{Kind: row.Kind, Subject: row.Subject}
		for _, n := range s.c.Notices {
			if n.Kind == row.Kind {
				m.add(n)
			}
		}
		if m.Accepted+m.Open+m.Failed+m.Overtaken > 0 {
			out = append(out, m)
		}
	}
	return out
}

func (m *MailCount) add(n ledger.Notice) {
	for _, r := range n.To {
		switch r.State {
		case ledger.StateAccepted, ledger.StateDeferred, ledger.StateDelivered:
			m.Accepted++
		case ledger.StateRefused, ledger.StateNoContact, ledger.StateBounced, ledger.StateDropped, ledger.StateComplained:
			m.Failed++
		default:
			if n.Settled {
				m.Overtaken++
			} else {
				m.Open++
			}
		}
	}
}

func (s *sheet) dutyCounts() []DutyCount {
	var out []DutyCount
	for _, st := range standings {
		n := 0
		for _, d := range s.c.Duties {
			if standingOf(d, s.now) == st {
				n++
			}
		}
		if n > 0 {
			out = append(out, DutyCount{Standing: st, Count: n})
		}
	}
	return out
}

// happened are the steps of the case in the order of time; what waits for its time is not
// among them, but for months that are marked as missed.
func (s *sheet) happened() []Event {
	var es events
	c := s.c
	for _, withdrawn := range c.Withdrawn {
		es.add(withdrawn.Trigger.At, s.c.Name(withdrawn.Trigger.By.For)+" triggered "+words.A(s.c.Labels().Summit))
		es.add(withdrawn.At, s.c.Name(withdrawn.By.For)+" withdrew that trigger: it was a mistake")
	}
	if c.Trigger != nil {
		es.add(c.Trigger.At, s.c.Name(c.Trigger.By.For)+" triggered "+words.A(s.c.Labels().Summit))
	}
	es.add(c.Summit.Opened, "the "+s.c.Labels().Summit+" met")
	for _, judgement := range c.Regulatory {
		es.add(judgement.At, c.InspectorName()+"'s regulatory judgement: "+plain(judgement.Value))
	}
	if c.Collective != nil {
		es.add(c.Collective.At, "collective judgement: "+plain(c.Collective.Value))
	}
	for _, past := range c.Ring.Past {
		es.add(past.Since, s.c.Name(past.Holder)+" held the ring, "+past.Basis.Words())
	}
	if c.Ring.Holder != "" {
		es.add(c.Ring.Since, s.c.Name(c.Ring.Holder)+" held the ring, "+c.Ring.Basis.Words())
	}
	for _, meeting := range c.Meetings {
		es.add(meeting.Held, "response meeting "+strconv.Itoa(meeting.N))
	}
	s.enforced(&es)
	for i := range c.Measures {
		s.episode(i, &es)
	}
	es.add(c.Closing.Closed, "the case was closed")
	return es.sorted()
}

func (s *sheet) enforced(es *events) {
	for _, u := range s.c.OwnActs {
		row, _ := s.p.Power(u.Power)
		es.add(u.At, s.c.Name(u.By.For)+" used a power of its own: "+row.Says)
	}
	for _, w := range s.c.Warnings {
		es.add(w.Served, s.c.Name(w.By.For)+" served a warning notice, "+w.Section.Words())
	}
	if a := s.c.Administration; a != nil && a.Order != nil {
		es.add(a.Order.On, s.c.Name(a.Order.By.For)+" ordered trust special administration")
	}
}

func (s *sheet) episode(i int, es *events) {
	e := &s.c.Measures[i]
	label := s.c.Labels().Measures
	for _, r := range e.Recommendations {
		es.add(r.At, s.c.Name(r.By.For)+" recommended "+label)
	}
	for _, d := range e.Decisions {
		es.add(d.At, s.c.Name(d.By.For)+" decided on "+label+": "+plain(d.Outcome))
	}
	for _, m := range monthsOf(s.c, i) {
		switch {
		case !m.published.At.IsZero():
			es.add(m.published.At, "progress for month "+m.Subject+": "+s.month(m))
		case m.Missed:
			es.add(m.Due, "progress for month "+m.Subject+": "+s.month(m))
		}
	}
	for _, r := range e.Reinspections {
		es.add(r.From, s.c.InspectorName()+" re-inspected, "+string(r.Timing))
	}
}
