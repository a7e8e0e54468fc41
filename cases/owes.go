package cases

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
)

// Owed is one open duty in one of all cases and groups.
type Owed struct {
	// Ref is the case's reference, or the group's: "group-Q56".
	Ref   string       `json:"ref"`
	Owner regime.Party `json:"owner"`
	// Region is where the provider stands, or the group's own.
	Region  string    `json:"region,omitempty"`
	Name    string    `json:"name"` // of the owner, as the case or group calls it
	Duty    string    `json:"duty"` // "D7"
	What    string    `json:"what"`
	Due     time.Time `json:"due"`
	Overdue bool      `json:"overdue,omitempty"`
	// Answer names the verbs that answer it, parted by commas.
	Answer string `json:"answer,omitempty"`
	// Demonstration: the case plays a scenario.
	Demonstration bool `json:"demonstration,omitempty"`
}

// groupRef begins the reference of a group.
const groupRef = "group-"

// atOnce is how many cases are asked at a time.
const atOnce = 8

// Owes lists what the parties that are meant owe in all cases and groups that live, what is due soonest
// first. Unasked are those that gave no answer. What was told in confidence is owed by no party.
func Owes(ctx context.Context, c Cases, meant func(regime.Party) bool, now time.Time) (out []Owed, unasked []string, err error) {
	rows, err := c.List(ctx, Filter{})
	if err != nil {
		return nil, nil, err
	}
	groups, err := c.ListGroups(ctx, GroupFilter{})
	if err != nil {
		return nil, nil, err
	}
	var refs []string
	for _, r := range rows {
		if !r.Dead() {
			refs = append(refs, r.Ref)
		}
	}
	for _, g := range groups {
		if !g.Ended {
			refs = append(refs, GroupRef(g.Place))
		}
	}
	var mu sync.Mutex
	unasked, err = Each(ctx, refs, func(ctx context.Context, ref string) error {
		found, err := owedIn(ctx, c, ref, meant, now)
		mu.Lock()
		defer mu.Unlock()
		out = append(out, found...)
		return err
	})
	slices.SortFunc(out, func(a, b Owed) int {
		return cmp.Or(a.Due.Compare(b.Due), strings.Compare(a.Ref, b.Ref), strings.Compare(a.Duty, b.Duty))
	})
	return out, unasked, err
}

// GroupRef is the reference of the group of a place, beside those of cases.
func GroupRef(place string) string { return groupRef + place }

// PlaceOf is the place of the group that a reference names; ok is false for a case.
func PlaceOf(ref string) (place string, ok bool) { return strings.CutPrefix(ref, groupRef) }

// Each asks cases and groups, some at a time. Unasked are those that gave no answer; what has come to its end
// since it was listed is no fault.
func Each(ctx context.Context, refs []string, ask func(ctx context.Context, ref string) error) (unasked []string, err error) {
	var mu sync.Mutex
	var crew sync.WaitGroup
	turns := make(chan struct{}, atOnce)
	for _, ref := range refs {
		turns <- struct{}{}
		crew.Go(func() {
			defer func() { <-turns }()
			if err := ask(ctx, ref); err != nil && !ended(err) {
				mu.Lock()
				defer mu.Unlock()
				unasked = append(unasked, ref)
			}
		})
	}
	crew.Wait()
	slices.Sort(unasked)
	return unasked, ctx.Err()
}

// ended: it came to its end after it was listed.
func ended(err error) bool {
	var none *regime.Mistake
	var over *regime.Refusal
	return errors.As(err, &none) || errors.As(err, &over)
}

func owedIn(ctx context.Context, c Cases, ref string, meant func(regime.Party) bool, now time.Time) ([]Owed, error) {
	if place, group := PlaceOf(ref); group {
		s, err := c.Group(ctx, place)
		if err != nil {
			return nil, err
		}
		g := s.Group.Public()
		return owed(Owed{Ref: ref, Region: g.Region, Demonstration: g.Demonstration}, &g.Ledger, g.Name, meant,
			Clock(now, s.Now, s.ClockOffset, s.Standing)), nil
	}
	s, err := c.Snapshot(ctx, ref)
	if err != nil {
		return nil, err
	}
	k := s.Case.Public()
	return owed(Owed{Ref: ref, Region: k.Provider.Region, Demonstration: k.Demonstration}, &k.Ledger, k.Name, meant,
		Clock(now, s.Now, s.ClockOffset, s.Standing)), nil
}

func owed(in Owed, l *ledger.Ledger, name func(regime.Party) string, meant func(regime.Party) bool, now time.Time) []Owed {
	var out []Owed
	for _, d := range l.OpenDuties() {
		if owner := l.OwnerOf(d); meant(owner) {
			in.Owner, in.Name, in.Duty, in.What, in.Due = owner, name(owner), d.ID, l.Says(d), d.Due
			in.Overdue, in.Answer = d.OverdueAt(now), l.How(d)
			out = append(out, in)
		}
	}
	return out
}

// Clock is a case's own time, at least that at which it last did something; a dead one stands still.
func Clock(now, last time.Time, offset time.Duration, s Standing) time.Time {
	if s.Dead() {
		return last
	}
	return calendar.Latest(last, now.Add(offset))
}
