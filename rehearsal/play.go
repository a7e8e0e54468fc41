package rehearsal

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"holdthering/cases"
	"holdthering/timeskip"
)

// Play plays the scenario on a real server with real mails: a new case, marked as a
// demonstration, whose clock is set to the scenario's beginning and skips from line to line.
// It needs a worker, and a server that skips time. ok reports whether every line came as it is
// written. The case stays there to be looked at.
func Play(ctx context.Context, server *cases.Temporal, path string, o Options) (ok bool, err error) {
	c, namespace := server.Client(), server.Namespace()
	s, err := load(path, uuid.NewString(), "demonstration")
	if err != nil {
		return false, err
	}
	w := &online{client: c, clock: timeskip.Clock{Client: c, Namespace: namespace}, ref: s.ref,
		cases: server, offsets: map[string]time.Duration{},
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
	if report.Server, err = whereToLook(ctx, c, namespace, w.id); err != nil {
		return false, err
	}
	report.Server.Groups = w.groupIDs()
	report.OnPages = w.answered
	report.Runs, report.Took = len(report.Server.Runs), time.Since(began)
	return report.OK, report.print(o)
}
