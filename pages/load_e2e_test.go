package pages_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"holdthering/activities"
	"holdthering/activities/directory"
	"holdthering/activities/mail"
	"holdthering/cases"
	"holdthering/data"
	"holdthering/launch/server"
	"holdthering/pages"
	"holdthering/pages/link"
	"holdthering/verbs"
	"holdthering/workflows"
	"holdthering/workflows/servertest"
)

// counted counts how often a server is asked for a case.
type counted struct {
	cases.Cases
	asked atomic.Int64
}

func (c *counted) Snapshot(ctx context.Context, ref string) (cases.Snapshot, error) {
	c.asked.Add(1)
	return c.Cases.Snapshot(ctx, ref)
}

type accepting struct{}

func (accepting) Name() string { return "nowhere" }
func (accepting) Send(context.Context, mail.Message) mail.Result {
	return mail.Result{Outcome: mail.Accepted}
}

// alerted is a real server with a worker and so many cases, each of whose members has been alerted.
func alerted(t *testing.T, n int) (c client.Client, asker *cases.Temporal, refs []string) {
	t.Helper()
	if os.Getenv("HTR_LOAD") == "" {
		t.Skip("a minute of load on the embedded server: set HTR_LOAD=1")
	}
	s, c := servertest.Open(t, server.Options{Namespaces: []string{"holdthering"}}, "holdthering")
	contacts, err := directory.FromText(data.Directory)
	if err != nil {
		t.Fatal(err)
	}
	w := worker.New(c, workflows.TaskQueue, worker.Options{})
	w.RegisterWorkflowWithOptions(workflows.FailureCase, workflow.RegisterOptions{Name: workflows.CaseWorkflow})
	w.RegisterWorkflowWithOptions(workflows.Provider, workflow.RegisterOptions{Name: workflows.ProviderWorkflow})
	(&activities.Activities{Channel: accepting{}, Directory: contacts, Records: t.TempDir()}).Register(w)
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Stop)
	asker = cases.New(c, s.Address(), "holdthering", cases.Settings{Patience: time.Minute})
	for i := range n {
		p, err := verbs.Parse([]string{"trigger", "--provider", "RCX", "--by", "NHS England East Anglia", "--source", "media",
			"--concern", "unsafe staffing", "--again", "--key", "load" + strconv.Itoa(i)}, verbs.Env{Person: "A. Tester"})
		if err != nil {
			t.Fatal(err)
		}
		p.Request.Again = true
		if _, err := asker.Open(t.Context(), *p.Opening, p.Request, p.Act); err != nil {
			t.Fatal(err)
		}
		refs = append(refs, p.Case)
	}
	return c, asker, refs
}

// openings are how long so many openings took that are spread over a time.
func openings(t *testing.T, paths []string, base string, n int, over time.Duration) (took []time.Duration, failed int) {
	t.Helper()
	var mu sync.Mutex
	var crew sync.WaitGroup
	began := time.Now()
	for i := range n {
		time.Sleep(time.Until(began.Add(over * time.Duration(i) / time.Duration(n))))
		crew.Go(func() {
			at := time.Now()
			q, _ := http.NewRequest(http.MethodGet, base+paths[i%len(paths)], nil)
			q.Header.Set("X-Forwarded-For", fmt.Sprintf("192.0.2.%d", i%250))
			r, err := http.DefaultClient.Do(q)
			if err != nil {
				t.Error(err)
				return
			}
			_, _ = io.Copy(io.Discard, r.Body)
			r.Body.Close()
			mu.Lock()
			if r.StatusCode != http.StatusOK {
				failed++
			}
			took = append(took, time.Since(at))
			mu.Unlock()
		})
	}
	crew.Wait()
	slices.Sort(took)
	return took, failed
}

func percentile(took []time.Duration, share float64) time.Duration {
	return took[int(share*float64(len(took)-1))]
}

func TestAThousandMembersOpenTheirLinksInOneMinute(t *testing.T) {
	const many, over = 1000, time.Minute
	c, asker, refs := alerted(t, 12)
	keys, err := link.Parse(strings.Repeat("5a", 32))
	if err != nil {
		t.Fatal(err)
	}
	count := &counted{Cases: asker}
	p := &pages.Pages{Keys: keys, Cases: count, Contacts: book{}, Now: time.Now, Fresh: time.Second,
		URL: &url.URL{Scheme: "https", Host: "ring.example"}, Log: slog.New(slog.DiscardHandler)}
	var paths []string
	for _, ref := range refs {
		s, err := asker.Snapshot(t.Context(), ref)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range s.Case.Notices {
			for _, r := range n.To {
				text, err := keys.Sign(link.Link{Ref: ref, Party: r.Party, Level: r.Level, Notice: n.ID,
					Expires: time.Now().AddDate(0, 1, 0), Mailbox: keys.Mailbox(book{}.address(r.Party))})
				if err != nil {
					t.Fatal(err)
				}
				paths = append(paths, pages.Path+text)
			}
		}
	}
	// The bare handler reads one case's state and writes it.
	bare := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v, err := c.QueryWorkflow(r.Context(), workflows.CaseID("RCX", strings.TrimPrefix(r.URL.Path, "/")), "", workflows.QueryState)
		var s workflows.Snapshot
		if err == nil {
			err = v.Get(&s)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		_ = json.NewEncoder(w).Encode(s)
	}))
	defer bare.Close()
	site := httptest.NewServer(p.Handler())
	defer site.Close()
	var bares []string
	for _, ref := range refs {
		bares = append(bares, "/"+ref)
	}
	openings(t, bares, bare.URL, 50, 3*time.Second) // both are warm
	openings(t, paths, site.URL, 50, 3*time.Second)
	count.asked.Store(0)
	plain, refused := openings(t, bares, bare.URL, many, over)
	shown, unseen := openings(t, paths, site.URL, many, over)
	asked := count.asked.Load()
	for name, share := range map[string]float64{"median": 0.5, "95 %": 0.95, "99 %": 0.99} {
		t.Logf("%s: a page %s, the bare handler %s, ratio %.2f", name, percentile(shown, share), percentile(plain, share),
			float64(percentile(shown, share))/float64(percentile(plain, share)))
	}
	t.Logf("%d openings of %d links in %d cases: the cases were asked %d times", many, len(paths), len(refs), asked)
	if most := int64(len(refs)) * int64(over/time.Second+5); asked > most || asked >= many {
		t.Errorf("the cases were asked %d times", asked)
	}
	t.Logf("not answered: %d of the pages, %d of the bare handler", unseen, refused)
	if len(shown) != many || unseen > 0 {
		t.Errorf("%d were shown, %d of them as out of order", len(shown), unseen)
	}
}
