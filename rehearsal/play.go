package rehearsal

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/sdk/client"

	"holdthering/cases"
	"holdthering/timeskip"
)

// Play plays the scenario on a real server with real mails: a new case, marked as a
// demonstration, whose clock is set to the scenario's beginning and skips from line to line.
// It needs a worker, and a server that skips time. ok tells whether every line came as it is
// written. The case stays there to be looked at.
func Play(ctx context.Context, c client.Client, path string, o Options) (ok bool, err error) {
	s, err := load(path, uuid.NewString(), "demonstration")
	if err != nil {
		return false, err
	}
	w := &online{client: c, clock: timeskip.Clock{Client: c, Namespace: o.Namespace}, ref: s.ref,
		cases: cases.New(c, "the address given", o.Namespace, cases.Settings{}), offsets: map[string]time.Duration{},
		outbox: o.Outbox}
	if len(s.draftGroups) > 0 {
		w.scene = s.ref
	}
	began := time.Now()
	report, err := perform(ctx, s, w, o)
	if errors.Is(err, timeskip.ErrNotAllowed) {
		return false, w.withdraw(ctx)
	}
	if err != nil {
		return false, err
	}
	if report.Server, err = whereToLook(ctx, c, o.Namespace, w.id()); err != nil {
		return false, err
	}
	report.Server.Groups = w.groupIDs()
	report.OnPages = w.answered
	report.Runs, report.Took = len(report.Server.Runs), time.Since(began)
	return report.OK, report.print(o)
}
