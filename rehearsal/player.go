package rehearsal

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/verbs"
)

// player takes a script through a backend, line by line.
type player struct {
	script   script
	backend  backend
	observer *observer   // of the case
	groups   []*observer // of each group, in the order of starting
	tell     func(Event)
	wrong    int
	left     int // parts of registers, when it last looked
}

// play plays the whole script. Its error is the backend's; how often the case or a group did
// otherwise than the script says is counted in wrong.
func (p *player) play(ctx context.Context) error {
	for _, s := range p.script.steps {
		if err := p.reach(ctx, s.At); err != nil {
			return err
		}
		if err := p.begin(ctx, s); err != nil {
			return err
		}
		if err := p.take(ctx, s); err != nil {
			return err
		}
	}
	v, err := p.backend.close(ctx)
	if err == nil {
		err = p.backend.whole(ctx, &v)
	}
	if err != nil {
		return err
	}
	p.look(v, v.stands.Now)
	return nil
}

func (p *player) reach(ctx context.Context, at time.Time) error {
	if p.observer.who == nil && len(p.groups) == 0 {
		return nil // nothing has begun
	}
	v, err := p.reached(ctx, at)
	if err == nil {
		p.look(v, at)
	}
	return err
}

// reached looks at all of it where something has left since the last look: it may have come since as well.
func (p *player) reached(ctx context.Context, at time.Time) (view, error) {
	v, err := p.backend.reach(ctx, at)
	if n := v.left(); err == nil && n != p.left {
		p.left = n
		err = p.backend.whole(ctx, &v)
	}
	return v, err
}

// begin starts what a line starts, and looks at it.
func (p *player) begin(ctx context.Context, s step) error {
	switch {
	case s.parsed.Opening != nil:
		if err := p.backend.open(ctx, *s.parsed.Opening, s.At); err != nil {
			return err
		}
	case s.group != nil && s.group.Starts != nil:
		for _, o := range s.group.Starts {
			if err := p.backend.openGroup(ctx, o, s.At); err != nil {
				return err
			}
			p.groups = append(p.groups, newObserver(cmp.Or(o.Area, o.Region)))
		}
	default:
		return nil
	}
	v, err := p.reached(ctx, s.At)
	if err == nil {
		p.look(v, s.At)
	}
	return err
}

// look tells what happened since the last look, everywhere, in the order of time.
func (p *player) look(v view, at time.Time) {
	var events []Event
	if v.stands != nil {
		events = p.observer.look(*v.stands, at)
	}
	for i, g := range v.groups {
		events = append(events, p.groups[i].lookAtGroup(g, at)...)
	}
	slices.SortStableFunc(events, func(a, b Event) int { return a.At.Compare(b.At) })
	for _, e := range events {
		p.tell(e)
	}
}

// take takes one line and tells what came of it.
func (p *player) take(ctx context.Context, s step) error {
	events, err := p.perform(ctx, s)
	if err != nil {
		return err
	}
	for _, e := range events {
		if e.Wrong != "" {
			p.wrong++
		}
		p.tell(e)
	}
	return nil
}

func (p *player) perform(ctx context.Context, s step) ([]Event, error) {
	switch {
	case s.expect != nil:
		return []Event{s.check(p.of(s.expect.place))}, nil
	case s.group != nil && s.group.Starts != nil:
		return p.started(s), nil
	case s.group != nil:
		g := s.group
		receipt, err := p.backend.actInGroup(ctx, g.Place, g.Request, g.Act)
		e, err := p.of(g.Place).done(s, did{g.Request, g.Verb.Path, receipt}, err)
		return []Event{e}, err
	}
	p.takeAlong(s)
	receipt, err := p.act(ctx, s)
	e, err := p.observer.done(s, did{s.parsed.Request, s.parsed.Verb.Path, receipt}, err)
	if err != nil || e.Kind == Refused {
		return []Event{e}, err
	}
	linked, err := p.link(ctx, s, receipt.Entry.By)
	return append([]Event{e}, linked...), err
}

// takeAlong gives a trigger what the groups have open about the provider, as the starter does.
func (p *player) takeAlong(s step) {
	act, ok := s.parsed.Act.(*failure.TriggerRiskSummit)
	if !ok {
		return
	}
	about := p.script.opening().Provider
	places := append(append([]string{about.AreaTeam}, about.OtherAreas...), about.Region)
	act.Known = nil
	for _, o := range p.groups {
		if slices.Contains(places, o.place) {
			act.Known = append(act.Known, verbs.OpenConcerns(o.g, about.Code, places)...)
		}
	}
}

// of is the observer of a group, or with no place of the case.
func (p *player) of(place string) *observer {
	for _, o := range p.groups {
		if o.place == place && place != "" {
			return o
		}
	}
	return p.observer
}

// started tells of the groups that a line has started.
func (p *player) started(s step) []Event {
	var out []Event
	for _, o := range p.groups[len(p.groups)-len(s.group.Starts):] {
		n, _ := o.g.NextMeeting()
		out = append(out, Event{At: s.At, Kind: Done, Line: s.N, Group: o.place, Verb: "group start",
			Who: o.g.Name(o.g.Support()), Text: "The group of " + o.g.PlaceName +
				" is started. First meeting due " + calendar.Short(n.At) + "."})
	}
	return out
}

// link has the group record which case came from its concerns.
func (p *player) link(ctx context.Context, s step, by ledger.Actor) ([]Event, error) {
	req, act := s.parsed.Link(by)
	if act == nil {
		return nil, nil
	}
	place := s.parsed.From.Place
	receipt, err := p.backend.actInGroup(ctx, place, req, act)
	e, err := p.of(place).done(s, did{req, surveillance.VerbOf(act).Path, receipt}, err)
	return []Event{e}, err
}

func (s step) check(o *observer) Event {
	return Event{At: calendar.Latest(s.At, o.now), Kind: Checked, Line: s.N, Group: o.place, Text: s.text(),
		Wrong: s.expect.unmet(o)}
}

// did is what was asked, and the answer.
type did struct {
	request ledger.Request
	verb    string
	receipt ledger.Receipt
}

// done is the event of an act that was answered; an error that is no answer is handed on.
func (o *observer) done(s step, d did, err error) (Event, error) {
	e := Event{At: calendar.Latest(s.At, d.receipt.Entry.At), Kind: Done, Line: s.N, Group: o.place, Verb: d.verb,
		Text: d.receipt.Entry.Text}
	e.Who = o.who.Name(o.who.ResolveUnit(d.request.By.For))
	if err == nil {
		e.Who = o.who.Name(d.receipt.Entry.By.For) // as all know it: it may be told in confidence
	}
	if err != nil {
		e.Kind, e.Text, e.Rule = Refused, reason(err), ruleOf(err)
		if e.Rule == "" {
			return e, err
		}
	}
	switch {
	case d.receipt.Repeated:
		e.Wrong = "it was taken for a repetition of an earlier line"
	case err == nil && s.Refused != "":
		e.Wrong = "it was to be refused by " + s.Refused + " and was done"
	case err != nil && s.Refused == "":
		e.Wrong = "it was to be done"
	case e.Rule != s.Refused:
		e.Wrong = "it was to be refused by " + s.Refused
	}
	return e, nil
}

// mistake stands for the rule where an act was not understood.
const mistake = "MISTAKE"

func ruleOf(err error) string {
	var m *regime.Mistake
	if errors.As(err, &m) {
		return mistake
	}
	return regime.RefusedBy(err)
}

func reason(err error) string {
	var r *regime.Refusal
	if errors.As(err, &r) {
		return r.Reason
	}
	return err.Error()
}
