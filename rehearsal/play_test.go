package rehearsal

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"holdthering/activities"
	"holdthering/activities/directory"
	"holdthering/cases"
	"holdthering/data"
	"holdthering/launch/server"
	"holdthering/regime"
	"holdthering/seal"
	"holdthering/workflows"
	"holdthering/workflows/servertest"
)

const (
	demonstrations = "demonstration"
	real           = "real"
)

// serve starts a server that skips time in one namespace alone, and a worker of a namespace.
func serve(t *testing.T, namespace string) (client.Client, *postbox) {
	t.Helper()
	if os.Getenv("HTR_E2E") == "" {
		t.Skip("needs the embedded server: set HTR_E2E=1")
	}
	_, c := servertest.Open(t, server.Options{
		Namespaces: []string{demonstrations, real}, TimeSkipping: []string{demonstrations},
	}, namespace)
	contacts, err := directory.FromText(data.Directory)
	if err != nil {
		t.Fatal(err)
	}
	post := &postbox{}
	w := worker.New(c, workflows.TaskQueue, worker.Options{WorkflowPanicPolicy: worker.FailWorkflow,
		DeadlockDetectionTimeout: time.Minute}) // a busy machine is no deadlock
	w.RegisterWorkflowWithOptions(workflows.FailureCase,
		workflow.RegisterOptions{Name: workflows.CaseWorkflow})
	w.RegisterWorkflowWithOptions(workflows.SurveillanceGroup,
		workflow.RegisterOptions{Name: workflows.GroupWorkflow})
	w.RegisterWorkflowWithOptions(workflows.Reader, workflow.RegisterOptions{Name: workflows.ReaderWorkflow})
	(&activities.Activities{Channel: post, Directory: contacts, Records: t.TempDir(),
		Seal: seal.Bytes{Converter: seal.NewConverter(nil, nil)}}).Register(w)
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Stop)
	return c, post
}

func TestNothingOfAPlayStaysWhereNoTimeIsSkipped(t *testing.T) {
	c, _ := serve(t, real)
	for _, name := range []string{"system-quality-group.txt", "no-failure-found.txt"} { // with groups, and without
		var out strings.Builder
		_, err := Play(t.Context(), cases.New(c, "the address given", real, cases.Settings{}), filepath.Join(folder, name), Options{Out: &out})
		if err == nil || !strings.Contains(err.Error(), "no time is skipped in namespace real") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for started := time.Now(); ; time.Sleep(100 * time.Millisecond) { // the list comes after the fact
		open, err := c.CountWorkflow(t.Context(), &workflowservice.CountWorkflowExecutionsRequest{
			Namespace: real, Query: "ExecutionStatus = 'Running'"})
		if err == nil && open.GetCount() == 0 {
			return
		}
		if time.Since(started) > 20*time.Second {
			t.Fatalf("%d are open, %v", open.GetCount(), err)
		}
	}
}

func TestAScenarioComesOnAServerAsItDoesWithout(t *testing.T) {
	// With no cache each task is replayed from the start: a case that is not deterministic fails.
	worker.SetStickyWorkflowCacheSize(0)
	c, post := serve(t, demonstrations)
	sent := 0
	// Two have groups of their own, of either profile. Each task is replayed from the beginning of its run,
	// so that what lasts two years would take many minutes; the end-to-end tests play King's Lynn.
	for _, name := range []string{"three-weak-concerns.txt", "system-quality-group.txt", "no-failure-found.txt"} {
		sent += comesAsWithout(t, c, filepath.Join(folder, name))
		if len(post.mails) > sent { // one mail may hold several notices
			t.Errorf("%s: %d mails were sent and %d notices are told of", name, len(post.mails), sent)
		}
		if n := post.doubled(); n > 0 {
			t.Errorf("%s: %d mails were sent twice", name, n)
		}
	}
}

// comesAsWithout plays a scenario and gives how many notices it tells of.
func comesAsWithout(t *testing.T, c client.Client, path string) int {
	t.Helper()
	var out strings.Builder
	ok, err := Play(t.Context(), cases.New(c, "the address given", demonstrations, cases.Settings{}), path, Options{Out: &out, JSON: true})
	if err != nil {
		t.Fatal(err)
	}
	var r Report
	if err := json.Unmarshal([]byte(out.String()), &r); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d runs, %d events, %d bytes, %s", r.Runs, r.Server.Events, r.Server.Bytes, r.Took)
	without := rehearsed(t, path)
	if !ok || !without.OK || r.Runs != without.Runs {
		t.Errorf("%d lines came otherwise, in %d runs", r.Wrong, r.Runs)
	}
	if !reflect.DeepEqual(r.Summary.Mails, without.Summary.Mails) {
		t.Errorf("mails:\n%s\nwithout a server:\n%s", mailsOf(r), mailsOf(without))
	}
	if !reflect.DeepEqual(r.Summary.Duties, without.Summary.Duties) {
		t.Errorf("duties:\n%v\nwithout a server:\n%v", r.Summary.Duties, without.Summary.Duties)
	}
	sent := 0
	for _, m := range r.Summary.Mails {
		sent += m.Accepted
	}
	for _, g := range r.Groups {
		sent += g.Mails
	}
	// What groups tell each other is each time the whole of it: on a server several tellings may be one, or one of two
	// come later, and a digest says what is new by then.
	for i := range min(len(r.Groups), len(without.Groups)) {
		if g, w := &r.Groups[i], &without.Groups[i]; g.Entries > w.Entries {
			t.Errorf("%s: %d entries, without a server %d", g.Place, g.Entries, w.Entries)
		} else {
			g.Entries = w.Entries
		}
		r.Groups[i].Mails -= digestsIn(r)[r.Groups[i].Place]
		without.Groups[i].Mails -= digestsIn(without)[r.Groups[i].Place]
	}
	if !reflect.DeepEqual(r.Groups, without.Groups) || len(r.Server.Groups) != len(r.Groups) {
		t.Errorf("groups: %+v, without a server %+v\n%s\nwithout a server:\n%s", r.Groups, without.Groups,
			mailsOf(r), mailsOf(without))
	}
	for _, e := range r.Events {
		if e.Kind == Done && e.At.Second() > 30 {
			t.Errorf("line %d was done at %s", e.Line, e.At)
		}
	}
	return sent
}

// doubled counts the mails that came more than once.
func (p *postbox) doubled() int {
	n, seen := 0, map[string]bool{}
	for _, m := range p.mails {
		if seen[m.ID] {
			n++
		}
		seen[m.ID] = true
	}
	return n
}

// digestsIn are how many weekly digests went to members of groups, by the group's place.
func digestsIn(r Report) map[string]int {
	out := map[string]int{}
	for _, e := range r.Events {
		if e.Kind == Mailed && e.Notice == regime.NoticeDigest {
			out[e.Group] += len(e.To)
		}
	}
	return out
}

// mailsOf is every mail of a play, a line each: its kind, its moment to the minute, whom it is for.
func mailsOf(r Report) string {
	var b strings.Builder
	for _, e := range r.Events {
		if e.Kind == Mailed {
			fmt.Fprintf(&b, "%s%s %s to", e.Group, e.Notice, e.At.Format("2006-01-02 15:04"))
			for _, to := range e.To {
				fmt.Fprintf(&b, " %s %s,", to.Name, to.State)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}
