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
	f, err := begin(ctx, &in)
	if err != nil {
		return err
	}
	return f.run(f.start(ctx))
}

// start has all that goes on beside the track begin.
func (f *failureCase) start(ctx workflow.Context) workflow.Context {
	// A case ends by its closing alone: a request to cancel it changes nothing.
	ctx, _ = workflow.NewDisconnectedContext(ctx)
	f.listen(ctx)
	f.onTrack = f.alarms.place()
	workflow.GoNamed(ctx, "clock", f.keepTime)
	workflow.GoNamed(ctx, "post", f.post)
	workflow.GoNamed(ctx, "groups", f.tellGroups)
	workflow.GoNamed(ctx, "file", f.keepOnFile)
	return ctx
}

// track is the coordination track, in the order of the guidance: each step lasts until the case has come to the stage.
// What a body does by itself, and special measures, go on beside it and wait for none of these steps.
var track = []regime.Stage{
	regime.Convening,         // watch, until any body triggers a risk summit (T1)
	regime.InSession,         // convene, until the members relevant to the provider have come together (T3)
	regime.Judging,           // meet, until the summit itself is over
	regime.RingHolderPending, // judge, until the collective judgement is recorded, which starts the 24/48 hours (T4)
	regime.Responding,        // agree who holds the ring, until one party does, by agreement or by default (T6, T7)
	regime.Monitoring,        // respond, until the ring-holder has got all together and action was taken (T8-T12)
	regime.Closed,            // monitor, until the case is closed (2.4)
}

// run goes along the track. A chapter that ends on the way goes on in the next run. What it keeps lies in f and not on
// the stack, as that of every open case waits here: below the SDK's own frames it just fits into 8 kB.
func (f *failureCase) run(ctx workflow.Context) error {
	for f.step = 0; f.step < len(track); f.step++ {
		if f.awaitIn(ctx, f.onTrack, f.further(ctx)); !f.reached {
			return f.nextChapter(ctx)
		}
	}
	return f.afterwards(ctx)
}

// further reports whether there is something to do for run: the next step, or the next chapter.
func (f *failureCase) further(ctx workflow.Context) func() bool {
	return func() bool {
		f.reached = f.c.Stage.Reached(track[f.step])
		return f.reached || f.chapterEnds(ctx)
	}
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
