package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"holdthering/worker/run"
	"holdthering/workflows"
)

const (
	manyCases    = 200
	mostMemory   = 100.0 // kB
	waitingQueue = "waiting"
	coroutines   = 9 // beside the main one a case has as many
)

// memory has a worker in this very process hold open cases, and then workflows that wait in as many coroutines and do
// nothing else, and counts what of heap and stacks is in use after all garbage is collected.
func memory(ctx context.Context, b *bench) ([]row, error) {
	s, err := b.newSite(ctx, "memory", namespace)
	if err != nil {
		return nil, err
	}
	defer s.close()
	s.worker.Stop() // it has prepared the namespace
	ours, err := run.Start(s.client, run.Settings{Outbox: s.path("outbox"), Records: s.path("records"),
		Directory: "data/directory.csv", Getenv: func(string) string { return "" }, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	defer ours.Stop()
	away := ahead()
	triggered := func(letters string, n int) func(context.Context) error {
		return func(ctx context.Context) error {
			for i := range n {
				if err := s.begin(ctx, refOf(letters, i), away); err != nil {
					return err
				}
				if err := take(ctx, s.cases, refOf(letters, i), 0, course(time.Now().Add(away))[:1]); err != nil {
					return err
				}
			}
			_, err := settled(ctx, s.mailed)
			return err
		}
	}
	if err := triggered("WARM", 10)(ctx); err != nil {
		return nil, err
	}
	b.profile("before")
	held, err := grown(ctx, manyCases, triggered("HELD", manyCases))
	b.profile("after")
	if err != nil {
		return nil, err
	}
	waits, err := s.ofWaiting(ctx)
	return []row{
		limit("Worker memory for an open case that has been triggered: kB", held, mostMemory, "%.0f"),
		{what: fmt.Sprintf("- for a workflow of %d coroutines that does nothing: kB", coroutines), now: fmt.Sprintf("%.0f", waits)},
	}, err
}

// ofWaiting is the same for workflows that only wait.
func (s *site) ofWaiting(ctx context.Context) (float64, error) {
	bare := worker.New(s.client, waitingQueue, worker.Options{})
	bare.RegisterWorkflowWithOptions(waiting, workflow.RegisterOptions{Name: waitingQueue})
	if err := bare.Start(); err != nil {
		return 0, err
	}
	defer bare.Stop()
	wait := func(letters string, n int) func(context.Context) error {
		return func(ctx context.Context) error {
			for i := range n {
				r, err := s.client.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: refOf(letters, i), TaskQueue: waitingQueue}, waitingQueue)
				if err != nil {
					return err
				}
				if _, err = s.client.QueryWorkflow(ctx, r.GetID(), "", workflows.QueryState); err != nil {
					return err
				}
			}
			return nil
		}
	}
	if err := wait("warm", 10)(ctx); err != nil {
		return 0, err
	}
	return grown(ctx, manyCases, wait("wait", manyCases))
}

// waiting has as many coroutines as a case.
func waiting(ctx workflow.Context) error {
	if err := workflow.SetQueryHandler(ctx, workflows.QueryState, func() (int, error) { return coroutines, nil }); err != nil {
		return err
	}
	for range coroutines - 1 {
		workflow.Go(ctx, func(ctx workflow.Context) { _ = workflow.Await(ctx, func() bool { return false }) })
	}
	return workflow.Await(ctx, func() bool { return false })
}

// grown is by how many kB the memory in use has grown for each of n.
func grown(ctx context.Context, n int, work func(context.Context) error) (float64, error) {
	before := inUse()
	if err := work(ctx); err != nil {
		return 0, err
	}
	return float64(inUse()-before) / 1000 / float64(n), nil
}

// profile writes what holds the heap, for `go tool pprof -diff_base`.
func (b *bench) profile(name string) {
	if b.heap == "" {
		return
	}
	f, err := os.Create(filepath.Join(b.heap, name+".heap"))
	if err == nil {
		err = errors.Join(pprof.Lookup("heap").WriteTo(f, 0), f.Close())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
	}
}

func inUse() int64 {
	for range 8 { // what a pool keeps goes with the second, and each halves a stack that is too large
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc + m.StackInuse)
}
