package workflows

import (
	"errors"
	"testing"
	"time"

	"go.temporal.io/sdk/testsuite"

	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
)

// What is sent under a verb's name and is no act of that verb is refused as a mistake, and the same functions take the
// verb's own act after it.
func TestWhatIsNoActOfItsVerbIsRefusedAsAMistake(t *testing.T) {
	p := &played{testRun: testRun{t: t, now: at("2013-09-10 10:00")}}
	confirming.seenBy(p)
	env := p.environment()
	var refused error
	env.RegisterDelayedCallback(func() {
		name := failure.VerbOf(&failure.TriggerRiskSummit{}).Name()
		env.UpdateWorkflow(name, "unreadable", &testsuite.TestUpdateCallback{OnAccept: func() {}, OnComplete: func(any, error) {},
			OnReject: func(err error) { refused = err }}, ledger.Request{Key: "unreadable"}, []string{"no act"})
		p.do(env, toTheJudgement[0], 0)
	}, 0)
	env.RegisterDelayedCallback(func() {
		p.look(env)
		env.SetContinueAsNewSuggested(true)
		env.SignalWorkflow("wake up", nil)
	}, time.Minute)
	env.ExecuteWorkflow(CaseWorkflow, Input{Opening: &kingsLynn})
	var m *regime.Mistake
	if !errors.As(Understand(refused), &m) {
		t.Errorf("it was answered by %v", refused)
	}
	if p.state.Trigger == nil {
		t.Error("the act after it was not taken")
	}
}
