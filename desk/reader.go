package desk

import (
	"context"
	"fmt"
	"sync"
	"time"

	"holdthering/cases"
	"holdthering/regime/failure"
	"holdthering/regime/surveillance"
)

// reader reads cases and groups for all who look: what there is comes from the list, how each stands from
// itself. What was asked is known as long as the list shows the same of it, and for a minute at most, since not
// every act shows in the list.
type reader struct {
	cases cases.Cases
	fresh time.Duration

	mu   sync.Mutex // held while all are asked, so that who comes meanwhile waits for the same answer
	seen map[string]*known
}

// known is what is known of one case or group.
type known struct {
	seen
	row string    // what the list showed of it
	at  time.Time // when it was asked
}

// overview is all that there is, as it was when it was asked.
type overview struct {
	all     []seen
	rows    map[string]cases.Row // of cases, those that died included
	groups  map[string]cases.GroupRow
	unasked []string
	at      time.Time
}

// overview asks for all cases and groups that live: for what may have changed, or again for everything.
func (r *reader) overview(ctx context.Context, now time.Time, again bool) (overview, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	rows, err := r.cases.List(ctx, cases.Filter{})
	if err != nil {
		return overview{}, err
	}
	groups, err := r.cases.ListGroups(ctx, cases.GroupFilter{})
	if err != nil {
		return overview{}, err
	}
	o := overview{rows: map[string]cases.Row{}, groups: map[string]cases.GroupRow{}, at: now}
	shown := map[string]string{}
	var order, ask []string
	note := func(ref, row string) {
		order = append(order, ref)
		shown[ref] = row
		if k := r.seen[ref]; again || k == nil || k.row != row || time.Since(k.at) >= r.fresh {
			ask = append(ask, ref)
		}
	}
	for _, one := range rows {
		o.rows[one.Ref] = one
		if !one.Dead() {
			note(one.Ref, fmt.Sprint(one.Stage, one.RingHolder, one.Measures, one.NextDue, one.Overdue, one.Held, one.Trouble, one.Standing))
		}
	}
	for _, one := range groups {
		ref := cases.GroupRef(one.Place)
		o.groups[ref] = one
		if one.Standing != nil && one.Standing.Dead() {
			continue
		}
		note(ref, fmt.Sprint(one.NextDue, one.Overdue, one.Held, one.Trouble, one.Standing))
	}
	if o.unasked, err = r.ask(ctx, ask, shown, now); err != nil {
		return overview{}, err
	}
	for ref := range r.seen {
		if _, there := shown[ref]; !there {
			delete(r.seen, ref)
		}
	}
	for _, ref := range order {
		if k := r.seen[ref]; k != nil {
			one := k.seen
			one.now = cases.Clock(now, k.last, k.offset, k.standing)
			o.all = append(o.all, one)
		}
	}
	return o, nil
}

// ask puts what cases and groups answer to what is known.
func (r *reader) ask(ctx context.Context, refs []string, shown map[string]string, now time.Time) (unasked []string, err error) {
	if r.seen == nil {
		r.seen = map[string]*known{}
	}
	var mu sync.Mutex
	return cases.Each(ctx, refs, func(ctx context.Context, ref string) error {
		one, err := r.see(ctx, ref, now)
		mu.Lock()
		defer mu.Unlock()
		if err != nil {
			delete(r.seen, ref)
			return err
		}
		r.seen[ref] = &known{seen: one, row: shown[ref], at: time.Now()}
		return nil
	})
}

// see asks one case or group, and keeps what is shown of many.
func (r *reader) see(ctx context.Context, ref string, now time.Time) (seen, error) {
	if place, group := cases.PlaceOf(ref); group {
		s, err := r.cases.Group(ctx, place)
		if err != nil {
			return seen{}, err
		}
		return seenGroup(place, s, now), nil
	}
	s, err := r.cases.Snapshot(ctx, ref)
	if err != nil {
		return seen{}, err
	}
	return seenCase(s, now), nil
}

// forget has a case or group asked anew after an act in it.
func (r *reader) forget(ref string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.seen, ref)
}

// file is one case or group, whole, as everybody at its table may know it.
type file struct {
	ref      string
	failure  *failure.Case // one of the two is nil
	group    *surveillance.Group
	now      time.Time
	standing cases.Standing
	lacks    string // why what is over is not in it
}

// whole reads one case or group with all that has left it for the register.
func (r *reader) whole(ctx context.Context, ref string, now time.Time) (file, error) {
	return r.file(ctx, ref, now, true)
}

// now reads one case or group as it stands, without what is over.
func (r *reader) now(ctx context.Context, ref string, now time.Time) (file, error) {
	return r.file(ctx, ref, now, false)
}

func (r *reader) file(ctx context.Context, ref string, now time.Time, all bool) (file, error) {
	f := file{ref: ref}
	if place, group := cases.PlaceOf(ref); group {
		s, err := r.cases.Group(ctx, place)
		if err == nil && all && s.Group.Past.Parts > 0 {
			s, err = r.cases.WholeGroup(ctx, place, s)
		}
		if err != nil {
			return f, err
		}
		f.group, f.standing, f.lacks = s.Group.Public(), s.Standing, s.Lacks
		f.now = cases.Clock(now, s.Now, s.ClockOffset, s.Standing)
		return f, nil
	}
	s, err := r.cases.Snapshot(ctx, ref)
	if err == nil && all && s.Case.Past.Parts > 0 {
		s, err = r.cases.Whole(ctx, s)
	}
	if err != nil {
		return f, err
	}
	f.failure, f.standing, f.lacks = s.Case.Public(), s.Standing, s.Lacks
	f.now = cases.Clock(now, s.Now, s.ClockOffset, s.Standing)
	return f, nil
}
