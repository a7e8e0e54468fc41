package workflows

import (
	"testing"
	"time"

	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// confirming is a channel whose service tells what becomes of its mails, if anything does.
var confirming = &outside{tell: func(int, ledger.Notice, ledger.Recipient) ledger.SendResult {
	return ledger.SendResult{State: ledger.StateAccepted, RetryAfter: 10 * time.Minute, AwaitsEvents: true}
}}

// event brings the case what the service tells of a mail of its first notice.
func event(t *testing.T, env *testsuite.TestWorkflowEnvironment, p *played, to int, state ledger.DeliveryState) Noted {
	var noted Noted
	n := p.sent[0]
	env.UpdateWorkflow(UpdateNoteDeliveries, "e"+string(state), &testsuite.TestUpdateCallback{
		OnAccept: func() {},
		OnReject: func(err error) { t.Errorf("rejected: %v", err) },
		OnComplete: func(v any, err error) {
			if err != nil {
				t.Error(err)
				return
			}
			noted = v.(Noted)
		},
	}, Deliveries{Events: []ledger.MailEvent{{Mail: ledger.MailID(kingsLynn.Ref, n.ID, n.To[to]), State: state,
		At: env.Now()}}})
	return noted
}

// environment has the case's workflow and an activity that takes all mails.
func (p *played) environment() *testsuite.TestWorkflowEnvironment {
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(quiet{})
	env := suite.NewTestWorkflowEnvironment()
	env.SetWorkerOptions(patient)
	env.SetStartTime(p.now)
	env.RegisterWorkflowWithOptions(FailureCase, workflow.RegisterOptions{Name: CaseWorkflow})
	env.RegisterActivity(confirming)
	return env
}

func TestTheWordOfTheMailServiceKeepsAMailFromGoingTwiceAndABounceMovesItOn(t *testing.T) {
	p := &played{testRun: testRun{t: t, now: at("2013-09-10 10:00")}}
	confirming.seenBy(p)
	env := p.environment()
	steps := toTheJudgement[:1]
	env.RegisterDelayedCallback(func() { p.do(env, steps[0], 0) }, 0)
	env.RegisterDelayedCallback(func() {
		for i := range p.sent[0].To {
			if event(t, env, p, i, ledger.StateDelivered); i == 0 {
				event(t, env, p, i, ledger.StateBounced)
			}
		}
	}, time.Minute)
	env.RegisterDelayedCallback(func() {
		p.look(env)
		env.SetContinueAsNewSuggested(true)
		env.SignalWorkflow("wake up", nil)
	}, 9*time.Minute)
	env.ExecuteWorkflow(CaseWorkflow, Input{Opening: &kingsLynn})
	mails := map[string]int{}
	for _, n := range p.sent {
		for _, r := range n.To {
			mails[ledger.MailID(kingsLynn.Ref, n.ID, r)]++
		}
	}
	for id, n := range mails {
		if n != 1 {
			t.Errorf("mail %s went %d times", id, n)
		}
	}
	first := p.state.Notices[0]
	last := first.To[len(first.To)-1]
	if first.To[0].State != ledger.StateBounced || last.After != regime.LevelDuty || last.Level != regime.LevelLead {
		t.Fatalf("%+v", first)
	}
	if p.state.CountOverdue(p.now) != 0 || mails[ledger.MailID(kingsLynn.Ref, first.ID, last)] != 1 {
		t.Fatalf("the next contact has not been told: %+v", first)
	}
}

func TestAMailOfWhichNothingIsHeardGoesAgainWhenItsTimeIsUp(t *testing.T) {
	p := play(t, Input{Opening: &kingsLynn}, toTheJudgement[:1], "2013-09-10 09:15", confirming)
	again, seen := 0, map[string]bool{}
	for _, n := range p.sent {
		for _, r := range n.To {
			id := ledger.MailID(kingsLynn.Ref, n.ID, r)
			if seen[id] {
				again++
			}
			seen[id] = true
		}
	}
	if again != 1 {
		t.Fatalf("nothing was heard of any mail: one goes again to find out, not %d", again)
	}
}

func TestTheMailsOfAGroupCarryItsID(t *testing.T) {
	for ref, want := range map[string]bool{"K7QM-3XRD": false, GroupID("Q56"): true, GroupID(""): false} {
		if id, is := GroupOf(ref); is != want || is && id != ref {
			t.Errorf("%s: %s, %t", ref, id, is)
		}
	}
}
