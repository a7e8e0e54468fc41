package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"holdthering/regime"
)

// FailureCase runs one case of the single failure regime, from the first concern to its
// closing. Every act of a person is an Update, which its verb in package failure names; the query
// State shows the whole case. It never fails: what cannot go on becomes a duty for a
// person.
func FailureCase(ctx workflow.Context, in Input) error {
	f, err := begin(ctx, in)
	if err != nil {
		return err
	}
	// A case ends by its closing alone: a request to cancel it changes nothing.
	ctx, _ = workflow.NewDisconnectedContext(ctx)
	f.listen(ctx)
	workflow.GoNamed(ctx, "clock", f.keepTime)
	workflow.GoNamed(ctx, "post", f.post)
	workflow.GoNamed(ctx, "groups", f.tellGroups)
	workflow.GoNamed(ctx, "file", f.keepOnFile)
	return f.run(ctx)
}

// run is the coordination track, in the order of the guidance. What a body does by itself,
// and special measures, go on beside it and wait for none of these steps.
func (f *failureCase) run(ctx workflow.Context) error {
	track := []func(workflow.Context) error{
		f.watch,
		f.convene,
		f.meet,
		f.judge,
		f.agreeRingHolder,
		f.respond,
		f.monitor,
		f.afterwards,
	}
	for _, step := range track {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// watch lasts until any body triggers a risk summit (T1).
func (f *failureCase) watch(ctx workflow.Context) error {
	return f.until(ctx, regime.Convening)
}

// convene lasts until the members relevant to the provider have come together (T3).
func (f *failureCase) convene(ctx workflow.Context) error {
	return f.until(ctx, regime.InSession)
}

// meet is the summit itself.
func (f *failureCase) meet(ctx workflow.Context) error {
	return f.until(ctx, regime.Judging)
}

// judge lasts until the collective judgement is recorded, which starts the 24/48 hours (T4).
func (f *failureCase) judge(ctx workflow.Context) error {
	return f.until(ctx, regime.RingHolderPending)
}

// agreeRingHolder lasts until one party holds the ring, by agreement or by default (T6, T7).
func (f *failureCase) agreeRingHolder(ctx workflow.Context) error {
	return f.until(ctx, regime.Responding)
}

// respond lasts while the ring-holder gets all together until action has been taken (T8-T12).
func (f *failureCase) respond(ctx workflow.Context) error {
	return f.until(ctx, regime.Monitoring)
}

// monitor lasts until the case is closed (2.4).
func (f *failureCase) monitor(ctx workflow.Context) error {
	return f.until(ctx, regime.Closed)
}

// afterwards puts the case on file and stays open for corrections and for each body's own
// acts, which a closing ends no more than anything else does (R3).
func (f *failureCase) afterwards(ctx workflow.Context) error {
	f.await(ctx, time.Time{}, "the last notices", f.allSent)
	f.keepRecord(ctx)
	f.await(ctx, f.c.AftercareEnds(), "Closed; corrections are still taken", func() bool {
		return f.chapterEnds(ctx)
	})
	if f.now(ctx).Before(f.c.AftercareEnds()) {
		return f.nextChapter(ctx)
	}
	f.await(ctx, time.Time{}, "the last notices", f.lastSent)
	f.keepRecord(ctx)
	return nil
}

// until waits for the track to reach a stage; a chapter that ends meanwhile goes on in the
// next run.
func (f *failureCase) until(ctx workflow.Context, s regime.Stage) error {
	f.await(ctx, time.Time{}, "", func() bool {
		return f.c.Stage.Reached(s) || f.chapterEnds(ctx)
	})
	if f.c.Stage.Reached(s) {
		return nil
	}
	return f.nextChapter(ctx)
}
