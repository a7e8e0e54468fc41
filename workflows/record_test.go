package workflows

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"holdthering/message"
	"holdthering/regime/ledger"
)

// A records folder that takes nothing is nobody's to find in a log.
func TestARecordThatCannotBeKeptIsShownAndTriedAgain(t *testing.T) {
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(quiet{})
	env := suite.NewTestWorkflowEnvironment()
	full, apart := true, false
	var before []time.Time
	env.RegisterActivityWithOptions(func(_ context.Context, r message.Register) (message.Filed, error) {
		if full {
			return message.Filed{}, errors.New("no space left on device")
		}
		before = append(before, r.Filed)
		return message.Filed{Apart: apart}, nil
	}, activity.RegisterOptions{Name: message.ActivityKeepRecord})
	var shown []string
	var began, first time.Time // a day of tries is too late to be told
	play := func(ctx workflow.Context) error {
		d := &runtime{ledger: nothing{}}
		began = workflow.Now(ctx)
		d.refresh = func(ctx workflow.Context) {
			if shown = append(shown, d.filing.Trouble()); first.IsZero() {
				first = workflow.Now(ctx)
			}
		}
		d.files = files{what: "Case", turn: workflow.NewMutex(ctx), mark: func() func() { return func() {} },
			carried: func() message.Register { return message.Register{} },
			over:    func(time.Time) *message.Part { return nil },
			written: func() int { return 0 }, lastEntry: func() int { return 0 }}
		keep := d.keepRecord
		keep(ctx)
		workflow.Go(ctx, d.keepOnFile)
		for _, step := range []func(){func() { full = false }, func() { apart = true }, func() { apart = false }} {
			if err := workflow.Sleep(ctx, 90*time.Minute); err != nil {
				return err
			}
			step()
			if len(shown) > 1 {
				keep(ctx)
			}
		}
		return workflow.Sleep(ctx, 90*time.Minute)
	}
	env.RegisterWorkflow(play)
	env.ExecuteWorkflow(play)
	if err := env.GetWorkflowError(); err != nil {
		t.Fatal(err)
	}
	if want := []string{message.TroubleRecord, "", message.TroubleFolders, ""}; !slices.Equal(shown, want) {
		t.Errorf("shown %q, want %q", shown, want)
	}
	if took := first.Sub(began); took > time.Minute {
		t.Errorf("shown after %s", took)
	}
	if len(before) < 3 || !before[0].IsZero() || before[1].IsZero() {
		t.Errorf("%v", before)
	}
}

// nothing is a ledger of which nothing is to be told.
type nothing struct{ subject }

func (nothing) FreshNotices() []ledger.Notice { return nil }
