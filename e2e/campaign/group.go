package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/workflows"
)

// places are the areas whose groups are played; the cases are of another.
var places = []string{"Q44", "Q45", "Q46", "Q47"}

// groupStep is one act of the path that each group takes.
type groupStep struct {
	by  regime.Party
	act surveillance.Act
}

// alerted are the bodies that an alert goes to, of those that sit in a group.
var alerted = []regime.Body{regime.NHSCB, regime.CCG, regime.LAComm, regime.CQC, regime.Monitor}

// groupPath alerts the members twice, once in confidence, has each of them acknowledge, and moves the
// meeting to which all were asked.
func groupPath(o surveillance.Opening, now time.Time) []groupStep {
	support := regime.Party("NHSCB/" + o.Area)
	var trusts []string // overseen by Monitor: an alert about another goes to the NHS TDA instead
	for _, w := range o.Watched {
		if w.Type == regime.FoundationTrust {
			trusts = append(trusts, w.Code)
		}
	}
	first, second := trusts[0], trusts[len(trusts)-1]
	acknowledged := func(but regime.Party) (out []groupStep) {
		for _, p := range o.Members {
			if p != but && slices.Contains(alerted, p.Body()) {
				out = append(out, groupStep{p, &surveillance.AcknowledgeGroupAlert{}})
			}
		}
		return out
	}
	out := append([]groupStep{
		{"CQC", &surveillance.RaiseConcern{Provider: first, What: "unsafe nights", Source: "inspection", Urgent: true}},
	}, acknowledged("CQC")...)
	out = append(out,
		groupStep{support, &surveillance.ScheduleGroupMeeting{At: now.Add(3 * 24 * time.Hour), Place: "room 1"}},
		groupStep{"MONITOR", &surveillance.RaiseConcern{Provider: second, What: "as was feared", Source: "whistleblower",
			Urgent: true, Confidential: true}})
	out = append(out, acknowledged("")...) // who told in confidence has to, as everybody else
	return append(out, groupStep{support, &surveillance.ScheduleGroupMeeting{At: now.Add(4 * 24 * time.Hour), Place: "room 1"}})
}

// gather plays one group.
func (p *player) gather(ctx context.Context, of plan, place string) error {
	chance := rand.New(rand.NewPCG(of.Seed, uint64(200+slices.Index(places, place))))
	opening, err := p.ref.GroupOpening(regime.FirstProfile(), place)
	if err != nil {
		return err
	}
	if err := p.insist(ctx, func() error { return p.found(ctx, place, opening) }); err != nil {
		return fmt.Errorf("%s: %w", place, err)
	}
	p.begun.Store(place, true)
	for n, d := range groupPath(opening, time.Now().Add(p.ahead)) {
		if !pause(ctx, time.Duration(chance.Int64N(int64(of.Pace)/2))) {
			return ctx.Err()
		}
		err := p.insist(ctx, func() (err error) {
			_, err = p.cases.ActInGroup(ctx, place, asking(place, n, d.by), d.act)
			return err
		})
		if err != nil {
			return fmt.Errorf("%s, %s by %s: %w", place, surveillance.VerbOf(d.act).Path, d.by, err)
		}
	}
	p.done.Store(place, true)
	return nil
}

// found begins the group; it is there already where an earlier try had come through.
func (p *player) found(ctx context.Context, place string, o surveillance.Opening) error {
	_, err := p.cases.Client().ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: workflows.GroupID(place), TaskQueue: workflows.TaskQueue,
	}, workflows.GroupWorkflow, workflows.GroupInput{Schema: surveillance.Schema, Opening: &o, ClockOffset: p.ahead})
	var there *serviceerror.WorkflowExecutionAlreadyStarted
	if errors.As(err, &there) {
		return nil
	}
	return err
}

// book is what a case or a group owes and has sent.
type book struct {
	*ledger.Ledger
	one    subject
	ref    string // by which its mails are known
	of     any    // the case or the group
	now    time.Time
	played bool // nothing more is done in it
	closed bool // a case that is
	stage  regime.Stage
	course course // of a case
	dead   bool
	words  string // where it stands
}

// subject is one of the cases, or else one of the groups.
type subject struct {
	ref   string // a case's
	place string // a group's
}

func (s subject) String() string {
	if s.place != "" {
		return "the group of " + s.place
	}
	return s.ref
}

// name is the place of a group, or a case's reference.
func (s subject) name() string { return cmp.Or(s.place, s.ref) }

func (s subject) workflow() string {
	if s.place != "" {
		return workflows.GroupID(s.place)
	}
	return workflows.CaseID(about, s.ref)
}

// subjects are all that are played in a run.
func (p plan) subjects() (out []subject) {
	for i := range p.Cases {
		out = append(out, subject{ref: refOf(i)})
	}
	for _, place := range places[:min(p.Groups, len(places))] {
		out = append(out, subject{place: place})
	}
	return out
}

func (p *player) book(ctx context.Context, s subject) (book, error) {
	if s.place != "" {
		got, err := p.cases.Group(ctx, s.place)
		if err != nil {
			return book{}, err
		}
		_, done := p.done.Load(s.place)
		return book{one: s, Ledger: &got.Group.Ledger, ref: got.Group.Ref(), of: got.Group, now: got.Now, played: done,
			dead: got.Standing.Dead(), words: "a group"}, nil
	}
	got, err := p.cases.Snapshot(ctx, s.ref)
	if err != nil {
		return book{}, err
	}
	way, _ := p.begun.Load(s.ref)
	_, done := p.done.Load(s.ref)
	b := book{one: s, Ledger: &got.Case.Ledger, ref: got.Case.Ref, of: got.Case, now: got.Now, played: done,
		closed: got.Case.Stage == regime.Closed, stage: got.Case.Stage,
		dead: got.Standing.Dead(), words: got.Case.Stage.Words()}
	b.course, _ = way.(course)
	return b, nil
}

// revive brings a case or a group back that somebody ended.
func (p *player) revive(ctx context.Context, s subject) error {
	const why = "it was a click too many"
	if s.place != "" {
		return p.cases.ReviveGroup(ctx, s.place, why)
	}
	return p.cases.Revive(ctx, s.ref, why)
}
