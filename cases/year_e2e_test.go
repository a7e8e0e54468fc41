package cases_test

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
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
	// intervals are the whole coverage intervals of the year, for each provider; within, those
	// in which it was considered.
	intervals, within int
	err               error
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
	least, most := int64(1<<62), int64(0)
	for y := range done {
		if y.err != nil || y.missed > 0 || y.within != y.intervals {
			t.Errorf("%s: %d of %d providers were not considered in time, %d of %d intervals; %v", y.place,
				y.missed, y.watched, y.intervals-y.within, y.intervals, y.err)
		}
		all.meetings, all.runs, all.events = all.meetings+y.meetings, all.runs+y.runs, all.events+y.events
		all.watched, all.intervals, all.within = all.watched+y.watched, all.intervals+y.intervals, all.within+y.within
		least, most = min(least, y.events), max(most, y.events)
	}
	n := int64(len(openings))
	t.Logf("%d groups, a year: %d meetings, %d mails, %d places on a list, of %d stretches of one interval "+
		"each all but %d with the provider considered; %d events of history a group (%d to %d) in %d runs; %s",
		n, all.meetings, h.told.Load(), all.watched, all.intervals, all.intervals-all.within, all.events/n, least,
		most, int64(all.runs)/n, time.Since(began).Round(time.Second))
	t.Logf("memory of worker and test: %d MB of heap in use, %d MB resident at most", megabytes(), mostResident())
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
	y.intervals, y.within = considered(s.Group, end)
	y.runs, y.events = h.events(place)
	return y
}

// considered counts, over all providers, the coverage intervals from the opening that ended
// by a time, and those in which a meeting considered the provider.
func considered(g *surveillance.Group, end time.Time) (intervals, within int) {
	for _, w := range g.Watched {
		for from, k := g.Opened, int64(1); ; k++ {
			to := g.Coverage.Times(k).After(g.Opened)
			if to.After(end) {
				break
			}
			intervals++
			if slices.ContainsFunc(g.Meetings, func(m surveillance.Meeting) bool {
				return m.Held.After(from) && !m.Held.After(to) && slices.Contains(m.Considered, w.Code)
			}) {
				within++
			}
			from = to
		}
	}
	return intervals, within
}

// mostResident is the most memory that this process ever had, in megabytes; 0 where the
// system does not tell.
func mostResident() int {
	raw, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(raw)) {
		if kb, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			n, _ := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(kb), " kB"))
			return n >> 10
		}
	}
	return 0
}

// meet holds the meeting over what its agenda has at its very moment.
func (h *hall) meet(c cases.Cases, place string, n int) error {
	s, err := c.Group(h.t.Context(), place)
	if err != nil {
		return err
	}
	next, _ := s.Group.NextMeeting()
	_, err = c.ActInGroup(h.t.Context(), place, byNHSEngland(fmt.Sprint("meeting/", n)),
		&surveillance.HoldGroupMeeting{Present: []regime.Party{"CQC"}, Record: "All seen.",
			Considered: strings.Join(s.Group.ToConsider(next.At), ", ")})
	return err
}

// forgotten counts the providers that were not considered within the coverage interval: by
// the group's own chronology, and at the end.
func forgotten(g *surveillance.Group, end time.Time) int {
	n := len(g.CoverageNow(end).Overdue)
	for _, e := range g.Entries {
		if e.Verb == ledger.ByClock && strings.HasPrefix(e.Text, "Not considered within") {
			n++
		}
	}
	return n
}
