package rehearsal

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"go.temporal.io/sdk/testsuite"

	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/workflows"
)

type (
	caseRun  = testRun[workflows.Input, workflows.Snapshot]
	groupRun = testRun[workflows.GroupInput, workflows.GroupSnapshot]
)

// offline is the backend without a server: a testRun for the case and one for each group. What one
// of them lets the others know reaches them at its own moment: they are brought there first.
type offline struct {
	register func(*testsuite.TestWorkflowEnvironment)
	shelf    *shelf
	played   *caseRun
	groups   []*groupRun // the local ones before the regional ones, to which they report
	places   []string    // of each
	started  []string    // places in the order of starting
	// between is what groups let each other know, upwards and downwards: it waits until none of them
	// is on its way.
	between []onItsWay
	mu      sync.Mutex // activities bring it
	closed  bool
}

// onItsWay is news and when it was sent.
type onItsWay struct {
	news message.News
	at   time.Time
}

func (s *offline) open(_ context.Context, o failure.Opening, at time.Time) error {
	b := newTestRun[workflows.Input, workflows.Snapshot](s.equip)
	b.program, b.name, b.id = workflows.FailureCase, workflows.CaseWorkflow, workflows.CaseID(o.Provider.Code, o.Ref)
	b.start(workflows.Input{Schema: failure.Schema, Opening: &o}, at)
	s.played = b
	return nil
}

func (s *offline) openGroup(_ context.Context, o surveillance.Opening, at time.Time) error {
	place, i := o.Region, len(s.groups)
	if o.Tier == regime.LocalTier {
		place, i = o.Area, 0
	}
	b := newTestRun[workflows.GroupInput, workflows.GroupSnapshot](s.equip)
	b.program, b.name, b.id = workflows.SurveillanceGroup, workflows.GroupWorkflow, workflows.GroupID(place)
	b.start(workflows.GroupInput{Schema: surveillance.Schema, Opening: &o}, at)
	s.groups, s.places = slices.Insert(s.groups, i, b), slices.Insert(s.places, i, place)
	s.started = append(s.started, place)
	return nil
}

// equip gives an environment its hands, and news their way.
func (s *offline) equip(env *testsuite.TestWorkflowEnvironment) {
	s.register(env)
	env.RegisterActivityWithOptions(func(ctx context.Context, n message.News) error {
		if n.Shared != nil {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.between = append(s.between, onItsWay{n, env.Now()})
			return nil
		}
		return s.bring(ctx, n, env.Now())
	}, tellGroups)
}

// bring takes news to the groups that it concerns. One that is not played, or does not take
// it, is passed over, as on a server.
func (s *offline) bring(ctx context.Context, n message.News, at time.Time) error {
	act := n.Act()
	for i, place := range s.places {
		if !slices.Contains(n.Groups, place) {
			continue
		}
		if _, err := s.groups[i].reach(ctx, at); err != nil {
			return err
		}
		_, err := s.groups[i].act(ctx, surveillance.VerbOf(act).Name(), n.Request, act)
		if err != nil && !answered(err) {
			return err
		}
	}
	return nil
}

// answered tells a workflow's answer from a failure of the backend.
func answered(err error) bool {
	var refusal *regime.Refusal
	var slip *regime.Mistake
	return errors.As(err, &refusal) || errors.As(err, &slip) || errors.Is(err, errOver)
}

// whole gives what has left back, so that nothing is missed that came and left between two looks.
func (s *offline) whole(_ context.Context, v *view) error {
	if s.closed {
		s.shelf.again()
	}
	if v.stands != nil {
		v.stands.Case = s.shelf.whole(v.stands.Case)
	}
	for i := range v.groups {
		v.groups[i].Group = s.shelf.wholeGroup(v.groups[i].Group)
	}
	return nil
}

// reach lets what the groups have to tell each other arrive first, then the case go: its news take the
// groups along.
func (s *offline) reach(ctx context.Context, at time.Time) (v view, err error) {
	if err := s.exchange(ctx, at); err != nil {
		return v, err
	}
	if s.played != nil {
		snapshot, err := s.played.reach(ctx, at)
		if err != nil {
			return v, err
		}
		v.stands = &snapshot
	}
	if v.groups, err = s.reachGroups(ctx, at); err != nil || !s.someOnTheirWay() {
		return v, err
	}
	if err = s.exchange(ctx, at); err == nil {
		v.groups, err = s.reachGroups(ctx, at)
	}
	return v, err
}

// moment is what news between groups takes at most: time in which an activity ends.
const moment = time.Second

// exchange brings what groups have to tell each other, and what they answer to it, up to a time. No
// time passes in a group before its own news is sent, so that a second after its act it is.
func (s *offline) exchange(ctx context.Context, at time.Time) error {
	if len(s.groups) < 2 {
		s.onTheirWay()
		return nil
	}
	for range maxRounds {
		for _, b := range s.groups {
			next := b.env.Now().Add(moment)
			if next.After(at) {
				next = at
			}
			if _, err := b.reach(ctx, next); err != nil {
				return err
			}
		}
		way := s.onTheirWay()
		if len(way) == 0 {
			return nil
		}
		for _, one := range way {
			if err := s.bring(ctx, one.news, one.at); err != nil {
				return err
			}
		}
	}
	return errors.New("the groups never stop telling each other")
}

// onTheirWay takes the news that the groups' activities left, which run beside the play.
func (s *offline) onTheirWay() []onItsWay {
	s.mu.Lock()
	defer s.mu.Unlock()
	way := s.between
	s.between = nil
	return way
}

func (s *offline) someOnTheirWay() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.between) > 0
}

// maxRounds bounds how often groups answer each other.
const maxRounds = 50

func (s *offline) reachGroups(ctx context.Context, at time.Time) ([]workflows.GroupSnapshot, error) {
	out := make([]workflows.GroupSnapshot, len(s.groups))
	for i, b := range s.groups {
		snapshot, err := b.reach(ctx, at)
		if err != nil {
			return nil, err
		}
		out[slices.Index(s.started, s.places[i])] = snapshot
	}
	return out, nil
}

func (s *offline) act(ctx context.Context, req ledger.Request, act failure.Act) (ledger.Receipt, error) {
	return s.played.act(ctx, failure.VerbOf(act).Name(), req, act)
}

func (s *offline) actInGroup(ctx context.Context, place string, req ledger.Request,
	act surveillance.Act) (ledger.Receipt, error) {
	b := s.groups[slices.Index(s.places, place)]
	return b.act(ctx, surveillance.VerbOf(act).Name(), req, act)
}

// close gives mails a minute to go. A closed case runs on to its very end, in a time in which
// its groups are no longer played.
func (s *offline) close(ctx context.Context) (view, error) {
	v, err := s.reach(ctx, s.now().Add(time.Minute))
	if err != nil {
		return v, err
	}
	for _, b := range s.groups {
		if err := b.leave(ctx); err != nil {
			return v, err
		}
	}
	s.groups, s.places, s.closed = nil, nil, true
	if s.played.over {
		return v, nil
	}
	if end := v.stands.Case.AftercareEnds(); !end.IsZero() {
		last, err := s.played.reach(ctx, end.AddDate(0, 1, 0))
		v.stands = &last
		return v, err
	}
	return v, s.played.leave(ctx)
}

func (s *offline) now() time.Time { return s.played.env.Now() }
