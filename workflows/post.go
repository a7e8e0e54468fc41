package workflows

import (
	"strconv"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"holdthering/regime"
)

// post sends what is to be told, all mails of one moment by one activity, and records what
// became of each. What could not go waits on a durable timer.
func (f *failureCase) post(ctx workflow.Context) {
	for {
		notices := f.c.ToSend(f.now(ctx))
		if len(notices) > 0 {
			f.sending = true
			f.send(ctx, notices)
			f.sending = false
			continue
		}
		f.await(ctx, f.c.NextRetry(), "Mails that could not go are tried again", func() bool {
			return len(f.c.ToSend(f.now(ctx))) > 0
		})
	}
}

// allSent tells that no mail is on its way; what waits for another try is carried along.
func (f *failureCase) allSent() bool {
	return !f.sending && len(f.c.FreshNotices()) == 0
}

func (f *failureCase) send(ctx workflow.Context, notices []regime.Notice) {
	mails := 0
	for _, n := range notices {
		mails += len(n.To)
	}
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: 10 * time.Minute,
		HeartbeatTimeout:    time.Minute,
		RetryPolicy:         &temporal.RetryPolicy{MaximumInterval: 5 * time.Minute},
		Summary: summary(string(notices[0].Kind) + " to " + strconv.Itoa(mails) +
			" recipients: " + notices[0].Text),
	})
	var report Report
	err := workflow.ExecuteActivity(ctx, ActivitySendNotices, f.batch(ctx, notices)).Get(ctx, &report)
	if err != nil {
		report = unsent(notices)
	}
	f.c.Tell(report.Tellings, f.now(ctx))
	f.show(ctx)
}

// unsent is the report when the activity itself was given up: nobody knows which mails went,
// and each is tried again under the same id.
func unsent(notices []regime.Notice) Report {
	var r Report
	for _, n := range notices {
		for _, to := range n.To {
			r.Tellings = append(r.Tellings, regime.Telling{Notice: n.ID, Party: to.Party,
				Level: to.Level, State: regime.ToldUnknown, Retry: 10 * time.Minute,
				Note: "the sender was interrupted"})
		}
	}
	return r
}

func (f *failureCase) batch(ctx workflow.Context, notices []regime.Notice) Batch {
	b := Batch{Ref: f.c.Ref, Profile: f.c.Profile, Demonstration: f.c.Demonstration,
		Now: f.now(ctx), Notices: notices}
	for _, n := range notices {
		if verb := f.c.AnsweredBy(n); verb != "" {
			b.Hows = append(b.Hows, How{Notice: n.ID, Verb: verb})
		}
		for _, to := range n.To {
			b.name(to.Party, f.c.Name(to.Party))
		}
	}
	return b
}

func (b *Batch) name(p regime.Party, name string) {
	for _, n := range b.Names {
		if n.Party == p {
			return
		}
	}
	b.Names = append(b.Names, regime.UnitName{Party: p, Name: name})
}

// keepRecord puts the case on file outside Temporal: its history is evidence, not the
// register. A failure holds nothing up; the next chapter puts it on file again.
func (f *failureCase) keepRecord(ctx workflow.Context) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute,
		RetryPolicy:         &temporal.RetryPolicy{MaximumAttempts: 5},
		Summary:             "Case record put on file",
	})
	err := workflow.ExecuteActivity(ctx, ActivityKeepRecord,
		Register{Case: f.c, Now: f.now(ctx)}).Get(ctx, nil)
	if err != nil {
		workflow.GetLogger(ctx).Warn("The case record could not be put on file", "case", f.c.Ref)
	}
}
