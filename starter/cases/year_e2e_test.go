package cases_test

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/starter/cases"
	"holdthering/timeskip"
	"holdthering/workflows"
)

const demonstration = "demonstration"

// year is what twelve months came to in one group.
type year struct {
	place           string
	meetings, runs  int
	events          int64
	watched, missed int // providers; of them not considered in time at some moment
	err             error
}

func TestInAYearOfMeetingsNoGroupInTheCountryForgetsAProvider(t *testing.T) {
	h := openIn(t, demonstration, demonstration)
	defer h.watch()()
	c := h.asker(time.Minute)
	began := time.Now()
	openings := country(t)
	todo := make(chan string, len(openings))
	for _, o := range openings {
		o.Demonstration = true
		if _, err := c.StartGroup(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		todo <- placeOf(o)
	}
	close(todo)
	done := make(chan year, len(openings))
	var crew sync.WaitGroup
	for range 4 {
		crew.Go(func() {
			for place := range todo {
				done <- h.year(c, place)
			}
		})
	}
	crew.Wait()
	close(done)
	var all year
	for y := range done {
		if y.err != nil || y.missed > 0 {
			t.Errorf("%s: %d of %d providers were not considered in time; %v", y.place, y.missed, y.watched,
				y.err)
		}
		all.meetings, all.runs, all.events = all.meetings+y.meetings, all.runs+y.runs, all.events+y.events
		all.watched += y.watched
	}
	n := int64(len(openings))
	t.Logf("%d groups, a year: %d meetings, %d tellings, %d places on a list, all considered in time; "+
		"%d events of history a group in %d runs; %s", n, all.meetings, h.told.Load(), all.watched,
		all.events/n, int64(all.runs)/n, time.Since(began).Round(time.Second))
	h.kinds.Range(func(kind, n any) bool {
		t.Logf("%s: %d", kind, n.(*atomic.Int64).Load())
		return true
	})
}

// year lets a group meet on its day and consider what its agenda has, and nothing else.
func (h *hall) year(c cases.Cases, place string) (y year) {
	ctx := h.t.Context()
	y.place = place
	clock := timeskip.Clock{Client: h.client, Namespace: h.namespace}
	id := workflows.GroupID(place)
	now, err := clock.Now(ctx, id)
	end := now.AddDate(1, 0, 0)
	for err == nil {
		s, fault := c.Group(ctx, place)
		if fault != nil {
			return year{place: place, err: fault}
		}
		next, _ := s.Group.NextMeeting()
		last := next.At.After(end)
		if last {
			next.At = end
		}
		if now, err = clock.Now(ctx, id); err == nil && next.At.After(now) {
			err = clock.Forward(ctx, id, next.At.Sub(now))
		}
		if err != nil || last {
			break
		}
		y.meetings++
		err = h.meet(c, place, y.meetings)
	}
	if err != nil {
		return year{place: place, err: err}
	}
	s, err := c.Group(ctx, place)
	if err != nil {
		return year{place: place, err: err}
	}
	y.watched, y.missed = len(s.Group.Watched), forgotten(s.Group, end)
	y.runs, y.events = h.events(place)
	return y
}

// meet holds the meeting over what its agenda has at its very moment.
func (h *hall) meet(c cases.Cases, place string, n int) error {
	s, err := c.Group(h.t.Context(), place)
	if err != nil {
		return err
	}
	next, _ := s.Group.NextMeeting()
	_, err = c.ActInGroup(h.t.Context(), place, byNHSEngland(fmt.Sprint("meeting/", n)),
		&regime.HoldGroupMeeting{Present: []regime.Party{"CQC"}, Record: "All seen.",
			Considered: strings.Join(s.Group.ToConsider(next.At), ", ")})
	return err
}

// forgotten counts the providers that were not considered within the coverage interval: by
// the group's own chronology, and at the end.
func forgotten(g *regime.Group, end time.Time) int {
	n := len(g.CoverageNow(end).Overdue)
	for _, e := range g.Entries {
		if e.Verb == regime.ByClock && strings.HasPrefix(e.Text, "Not considered within") {
			n++
		}
	}
	return n
}
