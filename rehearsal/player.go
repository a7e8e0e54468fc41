package rehearsal

import (
	"context"
	"errors"
	"time"

	"holdthering/regime"
)

// player takes a script through a world, line by line.
type player struct {
	script   script
	world    world
	observer *observer
	tell     func(Event)
	wrong    int
}

// play plays the whole script. Its error is the world's; how often the case did otherwise
// than the script says is counted in wrong.
func (p *player) play(ctx context.Context) error {
	first := p.script.steps[0]
	if err := p.world.open(ctx, *first.parsed.Opening, first.At); err != nil {
		return err
	}
	for _, s := range p.script.steps {
		snapshot, err := p.world.reach(ctx, s.At)
		if err != nil {
			return err
		}
		p.report(p.observer.look(snapshot, s.At))
		if err := p.take(ctx, s); err != nil {
			return err
		}
	}
	snapshot, err := p.world.close(ctx)
	if err != nil {
		return err
	}
	p.report(p.observer.look(snapshot, snapshot.Now))
	return nil
}

func (p *player) report(events []Event) {
	for _, e := range events {
		p.tell(e)
	}
}

// take takes one line and tells what came of it.
func (p *player) take(ctx context.Context, s step) error {
	var e Event
	if s.expect != nil {
		e = s.check(p.observer)
	} else {
		var err error
		if e, err = p.perform(ctx, s); err != nil {
			return err
		}
	}
	if e.Wrong != "" {
		p.wrong++
	}
	p.tell(e)
	return nil
}

func (s step) check(o *observer) Event {
	return Event{At: latest(s.At, o.now), Kind: Checked, Line: s.N, Text: s.text(), Wrong: s.expect.unmet(o)}
}

func (p *player) perform(ctx context.Context, s step) (Event, error) {
	receipt, err := p.world.act(ctx, s.parsed.Request, s.parsed.Act)
	e := Event{At: latest(s.At, receipt.Entry.At), Kind: Done, Line: s.N, Verb: s.parsed.Verb.Path,
		Text: receipt.Entry.Text}
	e.Who = p.observer.c.Name(p.observer.c.Complete(s.parsed.Request.By.For))
	if err != nil {
		e.Kind, e.Text, e.Rule = Refused, reason(err), ruleOf(err)
		if e.Rule == "" {
			return e, err
		}
	}
	switch {
	case receipt.Repeated:
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

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
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
