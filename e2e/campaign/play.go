package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"holdthering/cases"
	"holdthering/reference"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/signpost"
	"holdthering/workflows"
)

// pathStep is one act of the path that each case takes.
type pathStep struct {
	by  regime.Party
	act failure.Act
}

const support = regime.Party("NHSCB/Q56")

// path takes a case from its trigger to its closing.
func path(now time.Time) []pathStep {
	return []pathStep{
		{"CQC", &failure.TriggerRiskSummit{Concern: "unsafe staffing", Source: "inspection", Routine: "it went on"}},
		{support, &failure.ConveneSummit{At: now.Add(2 * time.Hour)}},
		{"MONITOR", &failure.ReplyToInvitation{Answer: "attending"}},
		{support, &failure.OpenSummit{Attending: []regime.Party{"CQC", "MONITOR"}}},
		{"CQC", &failure.JudgeForOneself{View: "the wards are staffed again"}},
		{support, &failure.JudgeCollectively{Value: failure.NoFailure, Reason: "none was found"}},
		{support, &failure.AnswerStandards{Answer: "no", Reason: "nobody is at fault"}},
		{support, &failure.SendLetter{}},
		{support, &failure.SetLevel{Level: "enhanced", Reason: "nothing is left"}},
		{support, &failure.ProposeClosing{Lessons: "ask earlier"}},
	}
}

// closing ends the case once all who were told have answered, so that nobody is waited for.
func closing(told []regime.Party) []pathStep {
	var out []pathStep
	for _, p := range told {
		if p != support {
			out = append(out, pathStep{p, &failure.AgreeInCase{Matter: "M1"}})
		}
	}
	return append(out, pathStep{support, &failure.CloseCase{}})
}

// player acts in the cases as people do, and again under the same key where no answer comes.
type player struct {
	cases *cases.Temporal
	ref   *reference.Reference
	// ahead puts the cases' time within working hours, so that every run has the same mails.
	ahead time.Duration

	begun   sync.Map // the courses of the cases that have begun, and true for each group that has
	done    sync.Map // the cases and groups in which all has been done
	settled sync.Map // the subjects that were seen settled
}

func newPlayer(c *cases.Temporal, ref *reference.Reference) *player {
	return &player{cases: c, ref: ref, ahead: ahead()}
}

func ahead() time.Duration { return time.Until(calendar.NextWorkingTime(time.Now(), 9, 12)) }

// about is the provider of every case.
const about = "RCX"

// refOf is fixed, so that the same seed has the same mails meet the same faults.
func refOf(i int) string { return fmt.Sprintf("CAMP-%04d", i) }

func (p *player) play(ctx context.Context, of plan, i int) error {
	chance := rand.New(rand.NewPCG(of.Seed, uint64(100+i)))
	provider, err := p.ref.Provider(about)
	if err != nil {
		return err
	}
	opening := failure.Opening{Ref: refOf(i), Profile: "ENGLAND_2013", Provider: provider,
		Members: of.members(p.ref.LocalGroup("Q56"))}
	start := func() error { return p.open(ctx, opening) }
	if err := p.insist(ctx, start); err != nil {
		return fmt.Errorf("%s: %w", refOf(i), err)
	}
	way := of.courseOf(i, opening.Members, time.Now().Add(p.ahead))
	p.begun.Store(refOf(i), way)
	for n, d := range way.steps {
		if !pause(ctx, time.Duration(chance.Int64N(int64(of.Pace)))) {
			return ctx.Err()
		}
		err := p.insist(ctx, func() (err error) {
			_, err = p.cases.Act(ctx, refOf(i), asking(refOf(i), n, d.by), d.act)
			return err
		})
		if err != nil {
			return fmt.Errorf("%s, %s: %w", refOf(i), failure.VerbOf(d.act).Path, err)
		}
	}
	p.done.Store(refOf(i), true)
	return nil
}

const channel = "campaign"

// asking has the same key each time that an act is tried.
func asking(of string, n int, by regime.Party) ledger.Request {
	return ledger.Request{Key: fmt.Sprintf("%s/%d", of, n),
		By: ledger.Actor{For: by, Person: "an officer", Channel: channel}}
}

// open begins the case; it is there already where an earlier try had come through.
func (p *player) open(ctx context.Context, o failure.Opening) error {
	id, err := signpost.Put(ctx, p.cases.Client(), o.Ref, o.Provider.Code)
	if err != nil {
		return err
	}
	_, err = p.cases.Client().ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: id, TaskQueue: workflows.TaskQueue,
	}, workflows.CaseWorkflow, workflows.Input{Schema: failure.Schema, Opening: &o, ClockOffset: p.ahead})
	var there *serviceerror.WorkflowExecutionAlreadyStarted
	if errors.As(err, &there) {
		return nil
	}
	return err
}

// insist tries again what was not answered.
func (p *player) insist(ctx context.Context, do func() error) error {
	for {
		err := do()
		var unanswered *cases.Unreachable
		if !errors.As(err, &unanswered) || ctx.Err() != nil {
			return err
		}
		pause(ctx, 300*time.Millisecond) // a case that is dead is answered at once
	}
}

// settled reports whether all is done in the case or the group, and that nothing is left to be sent now or
// to be heard of. What waits for working hours is no part of the campaign.
func (b book) settled() bool {
	if !b.played || b.dead {
		return false
	}
	for _, n := range b.Notices {
		if !n.Settled && !waits(n, b.now) {
			return false
		}
	}
	return true
}

// waits reports whether whoever is not told yet waits for working hours.
func waits(n ledger.Notice, now time.Time) bool {
	for _, r := range n.To {
		settled := r.State != "" && r.RetryAt.IsZero()
		if !settled && !r.WaitsForHours(now) {
			return false
		}
	}
	return true
}
