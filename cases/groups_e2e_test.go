package cases_test

import (
	"cmp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"holdthering/cases"
	"holdthering/reference"
	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/workflows"
)

// watch starts a worker that knows groups as well.
func (h *hall) watch() (stop func()) {
	return h.work(func(w worker.Worker) {
		w.RegisterWorkflowWithOptions(workflows.SurveillanceGroup,
			workflow.RegisterOptions{Name: workflows.GroupWorkflow})
	})
}

func country(t *testing.T) []surveillance.Opening {
	t.Helper()
	ref, err := reference.Load()
	if err != nil {
		t.Fatal(err)
	}
	var out []surveillance.Opening
	for _, place := range ref.GroupPlaces() {
		o, err := ref.GroupOpening(regime.FirstProfile(), place)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, o)
	}
	return out
}

func placeOf(o surveillance.Opening) string { return cmp.Or(o.Area, o.Region) }

// megabytes that this process has in use: the worker, its cache of workflows and the test.
func megabytes() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse >> 20
}

func byNHSEngland(key string) ledger.Request {
	return ledger.Request{Key: key, By: ledger.Actor{For: regime.Party(regime.NHSCB), Person: "A. Tester"}}
}

// events are those of all runs of a group.
func (h *hall) events(place string) (runs int, events int64) {
	h.t.Helper()
	query := `WorkflowId = "` + workflows.GroupID(place) + `"`
	answer, err := h.client.ListWorkflow(h.t.Context(), &workflowservice.ListWorkflowExecutionsRequest{
		Namespace: h.namespace, Query: query})
	if err != nil {
		h.t.Fatal(err)
	}
	for _, e := range answer.GetExecutions() {
		d, err := h.client.DescribeWorkflow(h.t.Context(), workflows.GroupID(place),
			e.GetExecution().GetRunId())
		if err != nil {
			h.t.Fatal(err)
		}
		runs++
		events += d.RawResponse.GetWorkflowExecutionInfo().GetHistoryLength()
	}
	return runs, events
}

func TestTheWholeCountryIsOpenedAndOneGroupGoesRoundAllItsProviders(t *testing.T) {
	h := open(t)
	defer h.watch()()
	c := h.asker(time.Minute)
	before, began := megabytes(), time.Now()
	openings := country(t)
	for _, o := range openings {
		if started, err := c.StartGroup(t.Context(), o); err != nil || !started {
			t.Fatalf("%s %s: %v, %v", o.Area, o.Region, started, err)
		}
	}
	opened := time.Since(began)
	for _, o := range openings { // each has come to work
		place := placeOf(o)
		s, err := c.Group(t.Context(), place)
		if err != nil || len(s.Group.Members) != len(o.Members) || len(s.Group.Watched) != len(o.Watched) {
			t.Fatalf("%s: %v", place, err)
		}
		if again, err := c.StartGroup(t.Context(), o); err != nil || again {
			t.Fatalf("%s was started twice: %v", place, err)
		}
	}
	t.Logf("%d groups started in %s, all at work after %s; heap of worker and test %d MB, %d MB before, %d MB "+
		"resident at most", len(openings), opened.Round(time.Millisecond),
		time.Since(began).Round(time.Millisecond), megabytes(), before, mostResident())
	h.goRound(c, "Q56")
	h.listed(c, len(openings))
}

// goRound holds meetings until every provider of the group was considered.
func (h *hall) goRound(c cases.Cases, place string) {
	h.t.Helper()
	began, meetings := time.Now(), 0
	for {
		s, err := c.Group(h.t.Context(), place)
		if err != nil {
			h.t.Fatal(err)
		}
		if s.Group.CoverageNow(time.Now()).Never == 0 {
			break
		}
		if meetings++; meetings > 12 {
			h.t.Fatalf("after %d meetings there are providers left: %+v", meetings,
				s.Group.CoverageNow(time.Now()))
		}
		considered := strings.Join(s.Group.ToConsider(s.Now), ", ")
		_, err = c.ActInGroup(h.t.Context(), place, byNHSEngland("meeting/"+time.Now().Format(time.RFC3339Nano)),
			&surveillance.HoldGroupMeeting{Present: []regime.Party{"CQC"}, Considered: considered, Record: "All seen.",
				Early: "to see all at once"})
		if err != nil {
			h.t.Fatal(err)
		}
	}
	h.t.Logf("%s went round all its providers in %d meetings, %s", place, meetings,
		time.Since(began).Round(time.Millisecond))
}

// listed waits until the list, which lags behind, shows every group.
func (h *hall) listed(c cases.Cases, want int) {
	h.t.Helper()
	var rows []cases.GroupRow
	for range 100 {
		var err error
		if rows, err = c.ListGroups(h.t.Context(), cases.GroupFilter{}); err != nil {
			h.t.Fatal(err)
		}
		if len(rows) == want {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	at := slices.IndexFunc(rows, func(r cases.GroupRow) bool { return r.Place == "Q56" })
	if len(rows) != want || at < 0 || rows[at].NextDue.IsZero() || rows[at].Ended {
		h.t.Fatalf("%d listed: %+v", len(rows), rows)
	}
	runs, events := h.events("Q56")
	h.t.Logf("Q56 has %d events of history in %d runs", events, runs)
}

func TestAnActInAGroupIsAnsweredAsOneInACaseIs(t *testing.T) {
	h := open(t)
	defer h.watch()()
	c := h.asker(20 * time.Second)
	if _, err := c.Group(t.Context(), "Q56"); err == nil || !strings.Contains(err.Error(), "no group of Q56") {
		t.Errorf("%v", err)
	}
	for _, o := range country(t) {
		if o.Area == "Q56" {
			if _, err := c.StartGroup(t.Context(), o); err != nil {
				t.Fatal(err)
			}
		}
	}
	note := &surveillance.AddGroupNote{Text: "x"}
	for range 2 {
		if r, err := c.ActInGroup(t.Context(), "Q56", byNHSEngland("k"), note); err != nil || r.Entry.N != 1 {
			t.Errorf("%+v, %v", r, err)
		}
	}
	_, err := c.ActInGroup(t.Context(), "Q56", ledger.Request{Key: "j",
		By: ledger.Actor{For: "GMC", Person: "B"}}, &surveillance.JoinGroup{})
	if regime.RefusedBy(err) != "R71" {
		t.Errorf("%v", err)
	}
	end := &surveillance.EndGroup{Reason: "merged"}
	if _, err = c.ActInGroup(t.Context(), "Q56", byNHSEngland("e"), end); err != nil {
		t.Fatal(err)
	}
	// Until its last mails have gone, which may be in the morning, it refuses by itself.
	_, err = c.ActInGroup(t.Context(), "Q56", byNHSEngland("l"), note)
	if err == nil || !strings.Contains(err.Error(), "has ended") {
		t.Errorf("%v", err)
	}
	if s, err := c.Group(t.Context(), "Q56"); err != nil || s.Group.Ended.IsZero() {
		t.Errorf("its record is gone: %v", err)
	}
}
