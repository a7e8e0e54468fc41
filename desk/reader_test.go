package desk_test

import (
	"context"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"holdthering/cases"
)

// counted counts how often cases and groups are asked for their state.
type counted struct {
	cases.Cases
	asked atomic.Int64
	slow  time.Duration
}

func (c *counted) Snapshot(ctx context.Context, ref string) (cases.Snapshot, error) {
	c.asked.Add(1)
	time.Sleep(c.slow)
	return c.Cases.Snapshot(ctx, ref)
}

func (c *counted) Group(ctx context.Context, place string) (cases.GroupSnapshot, error) {
	c.asked.Add(1)
	return c.Cases.Group(ctx, place)
}

func TestNoCaseIsAskedTwiceForTheSameState(t *testing.T) {
	b := summit(t)
	b.inGroup("Q56", "start --area Q56")
	c := &counted{Cases: b.memory, slow: 20 * time.Millisecond}
	b.over(c)
	b.signIn() // which opens the front page
	if n := c.asked.Load(); n != 2 {
		t.Errorf("one case and one group were asked %d times", n)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for _, path := range []string{"/", "/country", "/find?q=lynn"} {
				if r, err := b.browser.Get(b.site.URL + path); err == nil {
					_ = r.Body.Close()
				}
			}
		})
	}
	all.Wait()
	if n := c.asked.Load(); n != 2 {
		t.Errorf("what is known was asked again: %d", n)
	}
	b.memory.Pass(60 * time.Hour)
	has(t, b.page("/"), "Overdue")
	if n := c.asked.Load(); n < 3 || n > 4 { // the group may have been told
		t.Errorf("when the list shows another state: %d", n)
	}
	was := c.asked.Load()
	b.page("/?look=again")
	if n := c.asked.Load() - was; n != 2 {
		t.Errorf("looking again asked %d times", n)
	}
}

func TestAnActAtTheDeskIsSeenOnTheFrontPageAtOnce(t *testing.T) {
	b := summit(t)
	b.memory.Pass(46*time.Hour + 30*time.Minute)
	has(t, b.page("/"), "Hold the risk summit")
	done := b.fill(b.get("/case/"+b.ref+"/act/summit-open.n?by=NHSCB/Q56"), url.Values{"f-present": {"CQC", "MONITOR"}})
	has(t, done.body, "It is recorded")
	lacks(t, b.page("/"), "Hold the risk summit")
}

func TestWhatStandsStillAndWhatGivesNoAnswerIsSaid(t *testing.T) {
	b := summit(t)
	b.memory.Standings = map[string]cases.Standing{b.ref: {State: cases.Stuck, Says: "The case stands still: the worker meets a fault."}}
	has(t, b.page("/?look=again"), "The case stands still: the worker meets a fault.")
	has(t, b.page("/case/"+b.ref), "Stands still.")
	b.memory.Standings = map[string]cases.Standing{b.ref: {State: cases.Terminated, Says: "It was terminated. It is dead."}}
	has(t, b.page("/"), "It was terminated. It is dead.", "0 open cases")
	b.memory.Err = &cases.Unreachable{Reason: "No Temporal server answers."}
	for _, path := range []string{"/", "/country", "/find?q=x", "/case/" + b.ref, "/group/Q56", "/case/" + b.ref + "/acts"} {
		r := b.get(path)
		if r.status != http.StatusServiceUnavailable {
			t.Errorf("%s: %d", path, r.status)
		}
		has(t, r.body, "No Temporal server answers.")
	}
}

func TestACaseInWhichNothingMovesStandsOnTheFrontPage(t *testing.T) {
	b := newBench(t)
	b.responding()
	b.memory.Pass(100 * 24 * time.Hour)
	has(t, b.page("/?look=again"), "Nothing has moved in the response for two meeting intervals")
	b.do("note add --by Monitor --what", "rang the trust")
	lacks(t, b.page("/?look=again"), "Nothing has moved in the response for two meeting intervals")
}
