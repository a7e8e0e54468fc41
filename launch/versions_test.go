package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"

	secretary "holdthering/cases"
	"holdthering/launch/server"
	"holdthering/reference"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/seal"
	"holdthering/workflows"
)

// build puts a worker program in its place that differs from one built under another name.
func (s site) build(t *testing.T, as string) {
	t.Helper()
	cmd := exec.Command("go", "build", "-ldflags=-buildid="+as, "-o", filepath.Join(s.root, "bin", "worker"),
		"holdthering/worker")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// hosted is a site with a server of its own, to which a secretary is connected.
type hosted struct {
	*testing.T
	site
	at    target
	cases *secretary.Temporal
	stop  func()
}

func host(t *testing.T) hosted {
	t.Helper()
	if os.Getenv("HTR_E2E") == "" {
		t.Skip("needs the embedded server: set HTR_E2E=1")
	}
	root := t.TempDir()
	if err := os.CopyFS(filepath.Join(root, "data"), os.DirFS(filepath.Join("..", "data"))); err != nil {
		t.Fatal(err)
	}
	key := filepath.Join(root, "key")
	t.Setenv(seal.Variable, key)
	if err := seal.Make(key); err != nil {
		t.Fatal(err)
	}
	return hostIn(t, root)
}

// hostIn is a site in a folder, with the key of the environment.
func hostIn(t *testing.T, root string) hosted {
	t.Helper()
	h := hosted{T: t, site: site{root: root}}
	keys, err := seal.FromEnv(os.Getenv)
	if err != nil {
		t.Fatal(err)
	}
	opts := h.options()
	opts.Port, opts.UIPort, opts.Progress = 0, 0, nil
	running, err := server.Start(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	h.stop = sync.OnceFunc(running.Stop)
	t.Cleanup(h.stop)
	h.at = local(running.Address())
	sealed := seal.NewConverter(keys, nil)
	c, err := client.Dial(client.Options{HostPort: running.Address(), Namespace: deployment,
		DataConverter: sealed, FailureConverter: seal.Failures(sealed), Logger: log.NewStructuredLogger(slog.New(slog.DiscardHandler))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	h.cases = secretary.New(c, running.Address(), deployment, secretary.Settings{Patience: time.Minute})
	return h
}

// work runs the workers that the site has for its cases now, until the function is called.
func (h hosted) work() (hands int, stop func()) {
	h.Helper()
	staff, err := h.versions(h.Context(), h.at)
	if err != nil {
		h.Fatal(err)
	}
	ctx, cancel := context.WithCancel(h.Context())
	crew := muster(ctx, staff)
	return len(staff), func() { cancel(); crew.Wait() }
}

func (h hosted) open(ref string) {
	h.Helper()
	book, err := reference.Load()
	if err != nil {
		h.Fatal(err)
	}
	provider, err := book.Provider("RCX")
	if err != nil {
		h.Fatal(err)
	}
	req := request(ref + "/1")
	req.Again = true // beside the others about the same provider
	_, err = h.cases.Open(h.Context(), failure.Opening{Ref: ref, Profile: "ENGLAND_2013", Provider: provider,
		Members: book.LocalGroup("Q56")}, req, &failure.AddNote{Text: "it began"})
	if err != nil {
		h.Fatal(err)
	}
}

func request(key string) ledger.Request {
	return ledger.Request{Key: key, By: ledger.Actor{For: "CQC", Person: "an officer", Channel: "test"}}
}

// movesFrom acts in the case until it is with another version: the server needs some seconds to
// let cases know of one.
func (h hosted) movesFrom(ref, version string) {
	h.Helper()
	for n := range 60 {
		if _, err := h.cases.Act(h.Context(), ref, request(fmt.Sprint(ref, "/again/", n)),
			&failure.AddNote{Text: "it went on"}); err != nil {
			h.Fatal(err)
		}
		time.Sleep(time.Second)
		d, err := h.cases.Client().DescribeWorkflow(h.Context(), workflows.CaseID("RCX", ref), "")
		if err != nil {
			h.Fatal(err)
		}
		with := d.RawResponse.GetWorkflowExecutionInfo().GetVersioningInfo().GetDeploymentVersion().GetBuildId()
		if with != "" && with != version {
			return
		}
	}
	h.Fatalf("%s stays with version %s", ref, version)
}

func TestR82_ANewProgramLeavesCasesWithTheOldOneUntilTheirNextAct(t *testing.T) {
	h := host(t)
	h.build(t, "one")
	hands, stop := h.work()
	h.open("QUIET-CASE")
	h.open("MOVES-CASE")
	stop()
	first := h.kept()
	if hands != 1 || len(first) != 1 {
		t.Fatalf("%d workers, programs %v", hands, first)
	}

	h.build(t, "two")
	hands, stop = h.work()
	if hands != 2 || len(h.kept()) != 2 {
		t.Fatalf("two cases are open with the first program: %d workers, programs %v", hands, h.kept())
	}
	h.movesFrom("MOVES-CASE", first[0])
	s, err := h.cases.Snapshot(t.Context(), "QUIET-CASE")
	if err != nil || s.Case.LastEntry != 1 {
		t.Fatalf("the quiet case, with the first program: %v", err)
	}
	h.movesFrom("QUIET-CASE", first[0])
	stop()

	hands, stop = h.work()
	stop()
	if hands != 1 || len(h.kept()) != 1 || h.kept()[0] == first[0] {
		t.Fatalf("no case is with the first program: %d workers, programs %v", hands, h.kept())
	}
}

func (h hosted) kept() []string {
	h.Helper()
	folders, err := os.ReadDir(h.data("programs"))
	if err != nil {
		h.Fatal(err)
	}
	var out []string
	for _, f := range folders {
		out = append(out, f.Name())
	}
	return out
}
