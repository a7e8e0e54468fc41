package workflows

import (
	"slices"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// post sends what is to be told, all mails of one moment by one activity, and records what
// became of each. What could not go waits on a durable timer.
func (d *runtime) post(ctx workflow.Context) {
	w := d.alarms.place()
	for {
		d.runDue(ctx) // first, so that what falls due this moment goes in the same mail
		notices := d.ledger.ToSend(d.now(ctx))
		if len(notices) > 0 {
			d.sending = true
			d.send(ctx, notices)
			d.sending = false
			continue
		}
		next := d.ledger.NextRetry()
		d.awaitIn(ctx, w.set(next, "Mails wait for working hours, for word of them or for another try"), func() bool {
			return d.ledger.AnyToSend(d.now(ctx)) || !d.ledger.NextRetry().Equal(next)
		})
	}
}

// allSent reports whether no mail is on its way; what waits for another try is carried along.
func (d *runtime) allSent() bool {
	return !d.sending && len(d.ledger.FreshNotices()) == 0
}

// lastSent reports whether no mail is left that a workflow which ends now would lose.
func (d *runtime) lastSent() bool { return !d.sending && !d.ledger.Unsent() }

func (d *runtime) send(ctx workflow.Context, notices []ledger.Notice) {
	mails := 0
	for _, n := range notices {
		mails += len(n.To)
	}
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		Priority:            mailPriority(d.goAtOnce(notices)),
		StartToCloseTimeout: 10 * time.Minute,
		HeartbeatTimeout:    30 * time.Second, // above what one mail may take
		// An attempt fails only when it is interrupted: how often workers died says nothing of how long mails should wait.
		RetryPolicy: &temporal.RetryPolicy{MaximumInterval: 10 * time.Second},
		Summary:     summary(string(notices[0].Kind) + ", " + words.Count(mails, "mail") + ": " + notices[0].Text),
	})
	var report message.Report
	err := workflow.ExecuteActivity(ctx, message.ActivitySendNotices, d.batch(ctx, notices)).Get(ctx, &report)
	if err != nil {
		report = unsent(notices)
	}
	d.catchUp(d.now(ctx))
	d.ledger.RecordSent(report.Results, d.now(ctx))
	d.refresh(ctx)
}

// mailPriority has urgent mails overtake what else waits for a worker, and the others wait behind it. Within one
// priority what came first goes first.
func mailPriority(urgent bool) temporal.Priority {
	if urgent {
		return temporal.Priority{PriorityKey: 1}
	}
	return temporal.Priority{PriorityKey: 4} // 3 is what says nothing has
}

// goAtOnce reports whether one of the notices is urgent.
func (d *runtime) goAtOnce(notices []ledger.Notice) bool {
	p, ok := regime.ProfileNamed(d.batchTemplate.Profile)
	return ok && slices.ContainsFunc(notices, func(n ledger.Notice) bool { return p.GoesAtOnce(n.Kind, n.Urgent) })
}

// unsent is the report when the activity itself was given up: it is not known which mails went, and
// each is tried again under the same id.
func unsent(notices []ledger.Notice) message.Report {
	var r message.Report
	for _, n := range notices {
		for _, to := range n.To {
			r.Results = append(r.Results, ledger.SendResult{Notice: n.ID, Party: to.Party,
				Level: to.Level, Round: to.Round, State: ledger.StateUnknown, RetryAfter: 10 * time.Minute,
				Note: "the sender was interrupted", Interrupted: true})
		}
	}
	return r
}

func (d *runtime) batch(ctx workflow.Context, notices []ledger.Notice) message.Batch {
	b := d.batchTemplate
	b.Now, b.Labels = d.now(ctx), d.ledger.Labels()
	if run := workflow.GetInfo(ctx); run.OriginalRunID == run.WorkflowExecution.RunID {
		b.Run = run.OriginalRunID[:min(8, len(run.OriginalRunID))]
	}
	if h, held := d.ledger.HeldMails(b.Now); held {
		b.Held, b.HeldWhy = h.Mails, h.Why
	}
	for _, n := range notices {
		b.Put(d.ledger, n)
	}
	return b
}
