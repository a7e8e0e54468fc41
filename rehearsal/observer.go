package rehearsal

import (
	"sort"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/workflows"
)

// observer gathers what a case or a group has ever owed and told, from one look at it after
// another, so that nothing is lost which a later chapter no longer carries.
type observer struct {
	c       *failure.Case       // of a case
	g       *surveillance.Group // of a group
	place   string              // of a group
	who     named               // one of both; nil before the first look
	now     time.Time
	duties  map[string]ledger.Duty
	notices map[string]ledger.Notice
	entries int // number of the last entry seen
	runs    int // of the group's workflow
}

// named knows its parties and its duties in words.
type named interface {
	Name(regime.Party) string
	ResolveUnit(regime.Party) regime.Party
	Says(ledger.Duty) string
	OpenDuties() []ledger.Duty
}

// newObserver observes the group of a place, or with no place the case.
func newObserver(place string) *observer {
	return &observer{place: place, duties: map[string]ledger.Duty{}, notices: map[string]ledger.Notice{}}
}

// look takes a new look at the case and gives what happened since the last, in the order of
// the case's own time. at is what that time is: a sleeping case does not look at its clock.
func (o *observer) look(s workflows.Snapshot, at time.Time) []Event {
	o.c, o.who, o.now = s.Case, s.Case, calendar.Latest(s.Now, at)
	return o.since(&s.Case.Ledger)
}

// lookAtGroup does the same for a group.
func (o *observer) lookAtGroup(s workflows.GroupSnapshot, at time.Time) []Event {
	o.g, o.who, o.now, o.runs = s.Group, s.Group, calendar.Latest(s.Now, at), s.Chapter+1
	return o.since(&s.Group.Ledger)
}

func (o *observer) profile() *regime.Profile {
	switch {
	case o.g != nil:
		return o.g.LawNow()
	case o.c != nil:
		return o.c.LawNow()
	}
	return nil
}

func (o *observer) since(l *ledger.Ledger) []Event {
	var out []Event
	for _, e := range l.Entries {
		if e.N > o.entries {
			o.entries = e.N
			if e.Verb == ledger.ByClock || isNews(e) {
				out = append(out, Event{At: e.At, Kind: ByClock, Text: e.Text})
			}
		}
	}
	for _, d := range l.Duties {
		if was, known := o.duties[d.ID]; d.End == ledger.EndDone && (!known || was.Open()) &&
			d.Kind != surveillance.DutyCoverage {
			out = append(out, o.met(d))
		}
		o.duties[d.ID] = d
	}
	for _, n := range l.Notices {
		was := o.notices[n.ID]
		if countAnswered(n) > countAnswered(was) || countAccepted(n) > countAccepted(was) {
			out = append(out, o.mail(n, was))
		}
		o.notices[n.ID] = n
	}
	for i := range out {
		out[i].Group = o.place
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].At.Before(out[j].At) })
	return out
}

// isNews tells what a case has let its groups know, or a local group its region.
func isNews(e ledger.Entry) bool { return e.By.Channel == "case" || e.By.Channel == "group" }

func (o *observer) met(d ledger.Duty) Event {
	e := Event{At: d.Ended, Kind: Met, Who: o.who.Name(d.Owner), Duty: d.Kind, Text: o.who.Says(d)}
	if d.Late() {
		e.Kind = MetLate
	}
	by := d.Due
	e.By = &by
	return e
}

// countAnswered counts the recipients that a mail service has answered for.
func countAnswered(n ledger.Notice) int {
	k := 0
	for _, r := range n.To {
		if r.State != "" {
			k++
		}
	}
	return k
}

func countAccepted(n ledger.Notice) int {
	k := 0
	for _, r := range n.To {
		if r.State == ledger.StateAccepted {
			k++
		}
	}
	return k
}

// mail is what went of a notice since the last look; who waits for working hours is told of
// when its mail goes.
func (o *observer) mail(n, was ledger.Notice) Event {
	row, _ := o.profile().Notice(n.Kind)
	e := Event{At: n.At, Kind: Mailed, Notice: n.Kind, Rung: n.Rung, Subject: row.Subject, Text: n.Text}
	for i, r := range n.To {
		if r.State == "" || i < len(was.To) && r.State == was.To[i].State {
			continue
		}
		to := Recipient{Name: o.who.Name(r.Party), Level: r.Level, State: r.State}
		if r.State != ledger.StateAccepted {
			to.Note = r.Note
		}
		e.To = append(e.To, to)
	}
	return e
}

// mails counts, by kind, what the mail service has taken.
func (o *observer) mails() map[regime.NoticeKind]int {
	out := map[regime.NoticeKind]int{}
	for _, n := range o.notices {
		out[n.Kind] += countAccepted(n)
	}
	return out
}

// dutiesOf lists the duties of a kind in the order in which they were opened.
func (o *observer) dutiesOf(kind regime.DutyKind) []ledger.Duty {
	var out []ledger.Duty
	for _, d := range o.duties {
		if d.Kind == kind {
			out = append(out, d)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Start.Before(out[j].Start) })
	return out
}
