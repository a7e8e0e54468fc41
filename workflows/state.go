package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"holdthering/regime"
)

// failureCase is a case at work: the plain state, and what of it the outside has been shown.
type failureCase struct {
	c       *regime.Case
	in      Input
	opened  int          // entries when this run began
	reports int          // progress reports when this run began
	stage   regime.Stage // when this run began
	sending bool
	shown   shown
}

func begin(ctx workflow.Context, in Input) (*failureCase, error) {
	f := &failureCase{c: in.Case, in: in}
	if f.c == nil {
		opening := regime.Opening{}
		if in.Opening != nil {
			opening = *in.Opening
		}
		c, err := regime.Open(opening, f.now(ctx))
		if err != nil {
			return nil, refusal(err)
		}
		f.c = c
	}
	f.opened, f.reports, f.stage = f.c.LastEntry, f.progressReports(), f.c.Stage
	return f, nil
}

// now is the case's own time.
func (f *failureCase) now(ctx workflow.Context) time.Time {
	return workflow.Now(ctx).Add(f.in.ClockOffset).UTC()
}

// await waits for a condition, or for a moment of the case's own time if one is given. The
// context is never cancelled, so there is no error to hand on.
func (f *failureCase) await(ctx workflow.Context, until time.Time, why string, cond func() bool) {
	if until.IsZero() {
		_ = workflow.Await(ctx, cond)
		return
	}
	d := until.Sub(f.now(ctx))
	if d <= 0 {
		return
	}
	_, _ = workflow.AwaitWithOptions(ctx, workflow.AwaitOptions{
		Timeout: d, TimerOptions: workflow.TimerOptions{Summary: summary(why)},
	}, cond)
}

// summary keeps within what the Temporal UI shows of one.
func summary(s string) string {
	const most = 200
	if len(s) <= most {
		return s
	}
	r := []rune(s)
	for len(string(r)) > most-3 {
		r = r[:len(r)-1]
	}
	return string(r) + "..."
}

func (f *failureCase) progressReports() int {
	n := 0
	for _, e := range f.c.Measures {
		n += len(e.Publications)
	}
	return n
}

// chapterEnds tells when the case should go on in a new run: after each monthly report, at
// the beginning of monitoring, when the history grows long, or when a new version of the
// program is there. Nothing may be in hand.
func (f *failureCase) chapterEnds(ctx workflow.Context) bool {
	if f.sending || !workflow.AllHandlersFinished(ctx) || !f.allSent() {
		return false
	}
	info := workflow.GetInfo(ctx)
	return f.progressReports() > f.reports ||
		f.c.Stage != f.stage && f.c.Stage == regime.Monitoring ||
		info.GetContinueAsNewSuggested() ||
		info.GetTargetWorkerDeploymentVersionChanged() && f.c.LastEntry > f.opened
}

// nextChapter puts the case on file and carries its whole state into a new run.
func (f *failureCase) nextChapter(ctx workflow.Context) error {
	f.keepRecord(ctx)
	f.await(ctx, time.Time{}, "", func() bool {
		return !f.sending && f.allSent() && workflow.AllHandlersFinished(ctx)
	})
	in := Input{Schema: regime.Schema, Case: f.c, ClockOffset: f.in.ClockOffset,
		Chapter: f.in.Chapter + 1}
	if workflow.GetInfo(ctx).GetTargetWorkerDeploymentVersionChanged() {
		return workflow.NewContinueAsNewErrorWithOptions(ctx, workflow.ContinueAsNewErrorOptions{
			InitialVersioningBehavior: workflow.ContinueAsNewVersioningBehaviorAutoUpgrade,
		}, CaseWorkflow, in)
	}
	return workflow.NewContinueAsNewError(ctx, CaseWorkflow, in)
}
