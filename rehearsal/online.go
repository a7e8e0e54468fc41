package rehearsal

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"holdthering/cases"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/signpost"
	"holdthering/timeskip"
	"holdthering/workflows"
)

// online is the backend with a server. Its clocks run while it is asked, so that an act comes a
// few moments after its line's time, never before.
type online struct {
	client client.Client
	cases  *cases.Temporal
	clock  timeskip.Clock
	ref    string
	id     string // of the case's workflow, from its opening on
	// scene sets the groups apart from those of another play, and of the demonstration's own
	// namespace; empty where none is played.
	scene  string
	opened bool     // the case
	places []string // of the groups, in the order of starting
	// outbox is where mails lie, by whose links members answer; empty: all is typed. answered counts those.
	outbox   string
	answered int
	offset   time.Duration            // from the server's time to the case's own
	offsets  map[string]time.Duration // the same of each group, by its place
}

// within is the name of a group in its scene.
func (s *online) within(place string) string { return workflows.PlaceIn(place, s.scene) }

func (s *online) groupIDs() []string {
	var out []string
	for _, place := range s.places {
		out = append(out, workflows.GroupID(s.within(place)))
	}
	return out
}

func (s *online) open(ctx context.Context, o failure.Opening, at time.Time) error {
	var err error
	if s.id, err = signpost.Put(ctx, s.client, s.ref, o.Provider.Code); err != nil {
		return err
	}
	s.offset, s.opened = time.Until(at), true
	return s.start(ctx, s.id, "Case "+s.ref+" (demonstration)", workflows.CaseWorkflow,
		workflows.Input{Schema: failure.Schema, Opening: &o, ClockOffset: s.offset, Scene: s.scene})
}

func (s *online) openGroup(ctx context.Context, o surveillance.Opening, at time.Time) error {
	place := cmp.Or(o.Area, o.Region)
	s.places, s.offsets[place] = append(s.places, place), time.Until(at)
	name := o.PlaceName
	if o.NamedByHand { // a summary is not sealed
		name = place
	}
	return s.start(ctx, workflows.GroupID(s.within(place)),
		"Surveillance group of "+name+" (demonstration)", workflows.GroupWorkflow,
		workflows.GroupInput{Schema: surveillance.Schema, Opening: &o, ClockOffset: s.offsets[place],
			Scene: s.scene})
}

func (s *online) start(ctx context.Context, id, summary, name string, in any) error {
	_, err := s.client.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: id, TaskQueue: workflows.TaskQueue, StaticSummary: summary,
		WorkflowIDReusePolicy: enumspb.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
	}, name, in)
	return err
}

// reach lets the groups go first. News of the case that comes on the way then reaches them
// late, at the end of the way, and never before its time.
func (s *online) reach(ctx context.Context, at time.Time) (v view, err error) {
	for _, place := range s.places {
		if err := s.forward(ctx, workflows.GroupID(s.within(place)), at.Add(-s.offsets[place])); err != nil {
			return v, err
		}
	}
	if s.opened {
		if err := s.forward(ctx, s.id, at.Add(-s.offset)); err != nil {
			return v, err
		}
	}
	return s.settledBy(ctx, at)
}

// forward moves the clock of one workflow to a moment of the server's time.
func (s *online) forward(ctx context.Context, id string, to time.Time) error {
	now, err := s.clock.Now(ctx, id)
	if d := to.Sub(now); err == nil && d > 0 {
		err = s.clock.Forward(ctx, id, d)
	}
	return err
}

// settledBy waits for the case first: what it does, the groups hear of.
func (s *online) settledBy(ctx context.Context, at time.Time) (v view, err error) {
	if s.opened {
		snapshot, err := settled(ctx, s.id, func(ctx context.Context) (workflows.Snapshot, bool, error) {
			snapshot, err := s.cases.Snapshot(ctx, s.ref)
			return snapshot.Snapshot, err == nil && atRest(&snapshot.Case.Ledger, at), err
		})
		if err != nil {
			return v, err
		}
		v.stands = &snapshot
	}
	for _, place := range s.places {
		id := s.within(place)
		g, err := settled(ctx, id, func(ctx context.Context) (workflows.GroupSnapshot, bool, error) {
			g, err := s.cases.Group(ctx, id)
			return g.GroupSnapshot, err == nil && atRest(&g.Group.Ledger, at), err
		})
		if err != nil {
			return v, err
		}
		v.groups = append(v.groups, g)
	}
	return v, nil
}

// atRest reports whether all that fell due by a time is done and told.
func atRest(l *ledger.Ledger, by time.Time) bool {
	alarm, owed := l.NextWake()
	mail := l.NextRetry()
	return (!owed || alarm.At.After(by)) && (mail.IsZero() || mail.After(by)) && len(l.FreshNotices()) == 0
}

// maxSettling is for how long a case or group may be busy with what fell due at one moment.
const maxSettling = time.Minute

// settled looks until what it looks at has come to rest.
func settled[S any](ctx context.Context, what string, look func(context.Context) (S, bool, error)) (S, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, maxSettling,
		fmt.Errorf("%s is still busy with what fell due after %s", what, maxSettling))
	defer cancel()
	for pause := 10 * time.Millisecond; ; pause = min(2*pause, 500*time.Millisecond) {
		snapshot, rests, err := look(ctx)
		if err != nil || rests {
			return snapshot, err
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return snapshot, context.Cause(ctx)
		}
	}
}

func (s *online) act(ctx context.Context, req ledger.Request, act failure.Act) (ledger.Receipt, error) {
	return s.cases.Act(ctx, s.ref, req, act)
}

func (s *online) actInGroup(ctx context.Context, place string, req ledger.Request,
	act surveillance.Act) (ledger.Receipt, error) {
	return s.cases.ActInGroup(ctx, s.within(place), req, act)
}

func (s *online) close(ctx context.Context) (view, error) {
	now, err := s.clock.Now(ctx, s.id)
	if err != nil {
		return view{}, err
	}
	return s.settledBy(ctx, now.Add(s.offset))
}

func (s *online) whole(ctx context.Context, v *view) error {
	if v.stands != nil {
		c, err := s.cases.Whole(ctx, cases.Snapshot{Snapshot: *v.stands})
		if err != nil || c.Lacks != "" {
			return errors.Join(err, errors.New(c.Lacks))
		}
		v.stands = &c.Snapshot
	}
	for i, place := range s.places {
		g, err := s.cases.WholeGroup(ctx, s.within(place), cases.GroupSnapshot{GroupSnapshot: v.groups[i]})
		if err != nil || g.Lacks != "" {
			return errors.Join(err, errors.New(g.Lacks))
		}
		v.groups[i] = g.GroupSnapshot
	}
	return nil
}

// withdraw takes back what was begun where no time is skipped: real cases may run there.
func (s *online) withdraw(ctx context.Context) error {
	begun := s.groupIDs()
	if s.opened {
		begun = append(begun, s.id)
		if post := workflows.SignpostID(s.ref); post != s.id {
			begun = append(begun, post)
		}
	}
	for _, id := range begun {
		const reason = "a demonstration in a namespace that does not skip time"
		if err := s.client.TerminateWorkflow(ctx, id, "", reason); err != nil {
			return fmt.Errorf("%s was begun and could not be taken back: %w", id, err)
		}
	}
	return fmt.Errorf("no time is skipped in namespace %s, and what was begun there was taken back: "+
		"TEMPORAL_NAMESPACE names one for demonstrations", s.clock.Namespace)
}
