package run

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"holdthering/cases"
	"holdthering/environ"
	"holdthering/regime/words"
	"holdthering/seal"
)

// Finding is what came of one workflow that has not ended.
type Finding struct {
	cases.Held
	// Fault is why this program cannot go on with it; empty where it can.
	Fault string
}

// Findings are those of all workflows, in the order of cases.Temporal.Programs.
type Findings []Finding

// Stuck are those that this program cannot go on with.
func (f Findings) Stuck() Findings {
	return slices.DeleteFunc(slices.Clone(f), func(one Finding) bool { return one.Fault == "" })
}

// looking is a connection of a worker that only looks: it makes no key and takes no work.
func looking(ctx context.Context, s Settings) (client.Client, client.Options, error) {
	o, err := temporalOptions()
	if err != nil {
		return nil, o, err
	}
	keys, err := seal.FromEnv(environ.Get)
	if err != nil {
		return nil, o, err
	}
	o.Logger = log.NewStructuredLogger(s.Log)
	o.DataConverter = seal.NewConverter(keys, endsACase)
	seal.Uncompressed(&o, keys)
	o.FailureConverter = seal.Failures(o.DataConverter)
	c, err := dial(ctx, o)
	if err != nil {
		return nil, o, fmt.Errorf("the Temporal server at %s: %w", o.HostPort, err)
	}
	_, err = keys.Check(ctx, c, o.Namespace)
	var unable *serviceerror.Unimplemented
	if err != nil && !errors.As(err, &unable) {
		c.Close()
		return nil, o, err
	}
	return c, o, nil
}

// Versions lists which workflows that have not ended go on with which version of the program.
func Versions(ctx context.Context, s Settings) ([]cases.Held, error) {
	c, o, err := looking(ctx, s)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	return cases.New(c, o.HostPort, o.Namespace, cases.Settings{}).Programs(ctx)
}

// Preflight replays the history of every workflow that has not ended on this program, and changes nothing.
func Preflight(ctx context.Context, s Settings) (Findings, error) { return preflight(ctx, s, Register) }

func preflight(ctx context.Context, s Settings, register func(worker.WorkflowRegistry)) (Findings, error) {
	c, o, err := looking(ctx, s)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	held, err := cases.New(c, o.HostPort, o.Namespace, cases.Settings{}).Programs(ctx)
	if err != nil {
		return nil, err
	}
	out := make(Findings, len(held))
	turns := make(chan int)
	var all sync.WaitGroup
	var mu sync.Mutex
	var failed error
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for i := range turns {
				fault, err := replayed(ctx, c, o, register, held[i])
				mu.Lock()
				out[i], failed = Finding{held[i], fault}, cmp.Or(failed, err)
				mu.Unlock()
			}
		})
	}
	for i := range held {
		turns <- i
	}
	close(turns)
	all.Wait()
	if failed != nil {
		return nil, failed
	}
	return slices.DeleteFunc(out, func(one Finding) bool { return one.Fault == gone }), nil
}

// gone marks what has ended or gone on in a new run since it was listed.
const gone = "\x00gone"

// replayed is why the program does not go on with what a workflow has done so far; empty where it does.
func replayed(ctx context.Context, c client.Client, o client.Options, register func(worker.WorkflowRegistry), h cases.Held) (
	fault string, err error) {
	history := &historypb.History{}
	events := c.GetWorkflowHistory(ctx, h.ID, h.Run, false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		e, err := events.Next()
		var absent *serviceerror.NotFound
		switch {
		case errors.As(err, &absent):
			return gone, nil
		case err != nil:
			return "", fmt.Errorf("the history of %s: %w", h.ID, err)
		}
		history.Events = append(history.Events, e)
	}
	r, err := worker.NewWorkflowReplayerWithOptions(worker.WorkflowReplayerOptions{DataConverter: o.DataConverter,
		FailureConverter: o.FailureConverter})
	if err != nil {
		return "", err
	}
	register(r)
	if err := replay(r, history, workflow.Execution{ID: h.ID, RunID: h.Run}); err != nil {
		return firstLine(err), nil
	}
	return "", nil
}

// replay has a state that cannot be read, which holds a case, be an error as others are.
func replay(r worker.WorkflowReplayer, h *historypb.History, e workflow.Execution) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	return r.ReplayWorkflowHistoryWithOptions(quiet{}, h, worker.ReplayWorkflowHistoryOptions{OriginalExecution: e})
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}

// quiet is no log: what a replay finds is told by its error.
type quiet struct{}

func (quiet) Debug(string, ...any) {}
func (quiet) Info(string, ...any)  {}
func (quiet) Warn(string, ...any)  {}
func (quiet) Error(string, ...any) {}

// versionOf is how a version is shown.
func versionOf(h cases.Held) string { return cmp.Or(h.Version, "none") }

// Print says it for a person.
func (f Findings) Print(w io.Writer) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "Version\tOpen\tGo on\tDo not")
	for i := 0; i < len(f); {
		version, open, stuck := versionOf(f[i].Held), 0, 0
		for ; i < len(f) && versionOf(f[i].Held) == version; i++ {
			open++
			if f[i].Fault != "" {
				stuck++
			}
		}
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\n", version, open, open-stuck, stuck)
	}
	_ = t.Flush()
	stuck := f.Stuck()
	if len(stuck) == 0 {
		fmt.Fprintf(w, "This program goes on with all %d.\n", len(f))
		return
	}
	fmt.Fprintf(w, "\nThis program cannot go on with %s of %d as they stand now:\n", words.Count(len(stuck), "workflow"), len(f))
	for _, one := range stuck {
		fmt.Fprintf(w, "  %s (version %s): %s\n", one.ID, versionOf(one.Held), one.Fault)
	}
	fmt.Fprintln(w, "\n"+advice(stuck))
}

// advice says what follows from what cannot go on.
func advice(stuck Findings) string {
	var versions []string
	for _, one := range stuck {
		if !one.Pinned {
			return "Do not start it in the place of the program that runs: what goes with no version of its own would stand " +
				"still until that program is back. Nothing would be lost."
		}
		if !slices.Contains(versions, one.Version) {
			versions = append(versions, one.Version)
		}
	}
	return "Keep " + strings.Join(versions, " and ") + " running beside it: these go on with that until their next act " +
		"or chapter, and only then with this one. Run this again before you stop it."
}

// PrintVersions lists which go on with which.
func PrintVersions(w io.Writer, held []cases.Held) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "Version\tPinned\tWorkflow")
	for _, h := range held {
		pinned := "no"
		if h.Pinned {
			pinned = "yes"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\n", versionOf(h), pinned, h.ID)
	}
	_ = t.Flush()
}
