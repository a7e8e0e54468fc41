package main

import (
	"context"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"

	"holdthering/launch/server"
	"holdthering/timeskip"
)

// found are the ids of the workflows that one of the lists of the UI shows.
func (h hosted) found(c client.Client, name string) (ids []string) {
	h.Helper()
	i := slices.IndexFunc(views, func(v server.View) bool { return v.Name == name })
	answer, err := c.ListWorkflow(h.Context(), &workflowservice.ListWorkflowExecutionsRequest{
		Namespace: demonstration, Query: views[i].Query})
	if err != nil {
		h.Fatal(err)
	}
	for _, e := range answer.GetExecutions() {
		ids = append(ids, e.GetExecution().GetWorkflowId())
	}
	slices.Sort(ids)
	return ids
}

// played plays what a scenario has until a moment, and gives the id of the case that it began.
func (h hosted) played(c client.Client, scenario, until string) string {
	h.Helper()
	text, err := os.ReadFile(filepath.Join("..", "scenarios", scenario))
	if err != nil {
		h.Fatal(err)
	}
	if until != "" {
		before, _, cut := strings.Cut(string(text), "\n"+until)
		if !cut {
			h.Fatalf("%s has no line of %s", scenario, until)
		}
		text = []byte(before + "\n")
	}
	file := filepath.Join(h.TempDir(), scenario)
	if err := os.WriteFile(file, text, 0o600); err != nil {
		h.Fatal(err)
	}
	before := h.begun(c)
	cmd := exec.Command(filepath.Join(h.root, "bin", "starter"), "play", file)
	cmd.Env = append(h.env(h.at, demonstration), "HTR_WAIT=2m")
	if out, err := cmd.CombinedOutput(); err != nil {
		h.Fatalf("%v\n%s", err, out)
	}
	var id string
	h.eventually("the case that was played is listed", func() bool {
		fresh := slices.DeleteFunc(h.begun(c), func(id string) bool { return slices.Contains(before, id) })
		if len(fresh) == 1 {
			id = fresh[0]
		}
		return id != ""
	})
	return id
}

func (h hosted) begun(c client.Client) (ids []string) {
	h.Helper()
	answer, err := c.ListWorkflow(h.Context(), &workflowservice.ListWorkflowExecutionsRequest{
		Namespace: demonstration, Query: `WorkflowType = "FailureCase" AND ExecutionStatus != "ContinuedAsNew"`})
	if err != nil {
		h.Fatal(err)
	}
	for _, e := range answer.GetExecutions() {
		ids = append(ids, e.GetExecution().GetWorkflowId())
	}
	return ids
}

// Each list finds on a real server what it is for, and nothing else; a record that cannot be put on file is among what is
// in trouble at once, and no longer when it can.
func TestEachListOfTheUIFindsWhatItIsFor(t *testing.T) {
	h := host(t)
	h.build(t, "listed")
	starter := exec.Command("go", "build", "-o", filepath.Join(h.root, "bin", "starter"), "holdthering/starter")
	if out, err := starter.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	spec, err := h.worker(h.at, demonstration)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	crew := muster(ctx, []hand{{demonstration, spec}})
	defer crew.Wait()
	defer stop()
	c, err := client.Dial(client.Options{HostPort: h.at.address, Namespace: demonstration, Logger: log.NewStructuredLogger(slog.New(slog.DiscardHandler))})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	finds := func(name string, want ...string) {
		t.Helper()
		slices.Sort(want)
		h.eventually("the list "+name+" shows "+strings.Join(want, ", "), func() bool { return slices.Equal(h.found(c, name), want) })
	}

	closed := h.played(c, "no-failure-found.txt", "")
	finds("closed") // corrections are still taken
	if err := (timeskip.Clock{Client: c, Namespace: demonstration}).Forward(t.Context(), closed, 400*24*time.Hour); err != nil {
		t.Log(err) // it has ended on the way
	}
	finds("closed", closed)

	late := h.played(c, "no-failure-found.txt", "2014-03-10 08:01")
	finds("overdue", late)
	finds("trouble")

	kept := h.records(demonstration)
	if err := os.Rename(kept, kept+".away"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(kept, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	unkept := h.played(c, "no-failure-found.txt", "")
	finds("trouble", unkept)
	if err := os.Remove(kept); err != nil {
		t.Fatal(err)
	}
	finds("trouble")
	finds("cases", late, unkept)
}
