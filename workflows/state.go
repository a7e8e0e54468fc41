package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/failure"
)

// failureCase is a case at work: the plain state, and what of it the outside has been shown.
type failureCase struct {
	runtime
	c       *failure.Case
	in      Input
	opened  int          // entries when this run began
	reports int          // progress reports that are on file
	stage   regime.Stage // that is on file
	shown   shown

	step    int  // of the track, at which the case is
	reached bool // what ends that step
	onTrack *wait
}

func begin(ctx workflow.Context, in *Input) (*failureCase, error) {
	f := &failureCase{c: in.Case, in: *in}
	f.offset = in.ClockOffset
	if in.Filing != nil {
		f.filing = *in.Filing
	}
	f.shown.trouble = f.filing.Trouble() // the list goes on with the last run's
	if f.c == nil {
		opening := failure.Opening{}
		if in.Opening != nil {
			opening = *in.Opening
		}
		c, err := failure.Open(opening, f.now(ctx))
		if err != nil {
			return nil, refusal(err)
		}
		f.c = c
	}
	f.ledger, f.refresh = f.c, f.show
	f.batchTemplate = message.Batch{Ref: f.c.Ref, Profile: f.c.Profile, Demonstration: f.c.Demonstration}
	f.opened = f.c.LastEntry
	f.files = files{what: "Case", turn: workflow.NewMutex(ctx), turned: f.turned, mark: f.mark,
		carried: func() message.Register { return message.Register{Case: f.c.Public()} },
		over:    f.over, letGo: func(p *message.Part, digest string, now time.Time) { f.c.LetGo(*p.Case, digest, now) },
		written: f.c.Written, opened: f.c.Opened, lastEntry: func() int { return f.c.LastEntry }}
	f.mark()()
	f.files.entry = f.in.FiledEntry
	return f, nil
}

func (f *failureCase) mark() func() {
	reports, stage := f.progressReports(), f.c.Stage
	return func() { f.reports, f.stage = reports, stage }
}

// turned: a monthly report was published, or monitoring has begun.
func (f *failureCase) turned() bool {
	return f.progressReports() > f.reports || f.c.Stage != f.stage && f.c.Stage == regime.Monitoring
}

// over is what leaves the case for the register.
func (f *failureCase) over(now time.Time) *message.Part {
	o := f.c.Over(now)
	if o.Empty() {
		return nil
	}
	return &message.Part{N: f.c.Past.Parts + 1, Before: f.c.Past.Digest, Case: &o}
}

func (f *failureCase) progressReports() int {
	n := 0
	for _, e := range f.c.Measures {
		n += len(e.Publications)
	}
	return n
}

// chapterEnds tells when the case should go on in a new run: when the history grows long, or when a new
// version of the program is there. Nothing may be in hand.
func (f *failureCase) chapterEnds(ctx workflow.Context) bool {
	if f.sending || !workflow.AllHandlersFinished(ctx) || !f.allSent() {
		return false
	}
	info := workflow.GetInfo(ctx)
	return info.GetContinueAsNewSuggested() ||
		info.GetTargetWorkerDeploymentVersionChanged() && f.c.LastEntry > f.opened
}

// nextChapter puts the case on file and carries its whole state into a new run.
func (f *failureCase) nextChapter(ctx workflow.Context) error {
	f.keepRecord(ctx)
	f.await(ctx, time.Time{}, "", func() bool {
		return !f.sending && f.allSent() && workflow.AllHandlersFinished(ctx)
	})
	in := Input{Schema: failure.Schema, Case: f.c, ClockOffset: f.in.ClockOffset,
		Chapter: f.in.Chapter + 1, Scene: f.in.Scene, GroupsTold: f.in.GroupsTold,
		Filing: &f.filing, FiledEntry: f.files.entry}
	return goOn(ctx, CaseWorkflow, in)
}

// goOn continues as new; where a newer version of the program is there, in that.
func goOn(ctx workflow.Context, name string, in any) error {
	if workflow.GetInfo(ctx).GetTargetWorkerDeploymentVersionChanged() {
		return workflow.NewContinueAsNewErrorWithOptions(ctx, workflow.ContinueAsNewErrorOptions{
			InitialVersioningBehavior: workflow.ContinueAsNewVersioningBehaviorAutoUpgrade,
		}, name, in)
	}
	return workflow.NewContinueAsNewError(ctx, name, in)
}
