package run

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"go.yaml.in/yaml/v3"

	"holdthering/cases"
	embedded "holdthering/launch/server"
	"holdthering/message"
	"holdthering/seal"
	"holdthering/verbs"
	"holdthering/workflows"
)

// atWork is a worker of version 1.0 on a real server, with one open case whose first mails have gone.
type atWork struct {
	settings Settings
	ref      string
	metrics  string // as a collector gets them
}

func atRealWork(t *testing.T, environment ...string) atWork { // pairs of a name and a value
	t.Helper()
	if os.Getenv("HTR_E2E") == "" {
		t.Skip("needs the embedded server: set HTR_E2E=1")
	}
	s, err := embedded.Start(t.Context(), embedded.Options{Namespaces: []string{"holdthering"}})
	require.NoError(t, err)
	t.Cleanup(s.Stop)
	key := filepath.Join(t.TempDir(), "key")
	require.NoError(t, seal.Make(key))
	for name, value := range map[string]string{"TEMPORAL_ADDRESS": s.Address(), "TEMPORAL_NAMESPACE": "",
		"TEMPORAL_CONFIG_FILE": os.DevNull, seal.Variable: key} {
		t.Setenv(name, value)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	at := l.Addr().String()
	require.NoError(t, l.Close())
	set := map[string]string{metricsAddress: at}
	for i := 0; i < len(environment); i += 2 {
		set[environment[i]] = environment[i+1]
	}
	w := atWork{settings: Settings{Outbox: t.TempDir(), Records: t.TempDir(), Log: slog.New(slog.DiscardHandler),
		Deployment: "holdthering", BuildID: "1.0", MakeCurrent: true, countEvery: 200 * time.Millisecond,
		Getenv: func(name string) string { return set[name] }}}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- Run(ctx, w.settings) }()
	t.Cleanup(func() {
		stop()
		require.NoError(t, <-ended)
	})
	var c *cases.Temporal
	require.Eventually(t, func() bool {
		answer, err := http.Get("http://" + at + "/readyz")
		if err != nil {
			return false
		}
		_ = answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	}, time.Minute, 100*time.Millisecond)
	c, err = cases.Connect(t.Context(), cases.Settings{Patience: time.Minute})
	require.NoError(t, err)
	t.Cleanup(c.Close)
	p, err := verbs.Parse([]string{"trigger", "--provider", "RCX", "--by", "NHS England", "--source", "media", "--concern", "staffing"},
		verbs.Env{Person: "A. Tester"})
	require.NoError(t, err)
	_, err = c.Open(t.Context(), *p.Opening, p.Request, p.Act)
	require.NoError(t, err)
	w.ref = p.Case
	for began := time.Now(); ; time.Sleep(200 * time.Millisecond) {
		answer, err := http.Get("http://" + at + "/metrics")
		require.NoError(t, err)
		body, err := io.ReadAll(answer.Body)
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
		w.metrics = string(body)
		if counted.MatchString(w.metrics) && mailed.MatchString(w.metrics) &&
			strings.Contains(w.metrics, `version="holdthering:1.0"`) {
			return w
		}
		if time.Since(began) > time.Minute {
			t.Fatal(w.metrics)
		}
	}
}

var (
	counted = regexp.MustCompile(`holdthering_census_open{[^}]*workflow_type="FailureCase"} 1`)
	mailed  = regexp.MustCompile(`holdthering_mails_total{[^}]*outcome="[^}]*} [1-9]`)
)

var metricName = regexp.MustCompile(`\b(?:holdthering|temporal|process|go)_[a-z0-9_]+`)

func TestEveryMetricOfTheRulesAndTheDashboardIsInAWorkersOwnOutput(t *testing.T) {
	w := atRealWork(t)
	raw, err := os.ReadFile("../../deploy/prometheus/rules.yml")
	require.NoError(t, err)
	var rules struct {
		Groups []struct {
			Rules []struct {
				Expr string `yaml:"expr"`
			} `yaml:"rules"`
		} `yaml:"groups"`
	}
	require.NoError(t, yaml.Unmarshal(raw, &rules))
	raw, err = os.ReadFile("../../deploy/grafana/dashboards/holdthering.json")
	require.NoError(t, err)
	var dashboard struct {
		Panels []struct{ Targets []struct{ Expr string } }
	}
	require.NoError(t, json.Unmarshal(raw, &dashboard))
	asked := map[string]bool{}
	take := func(expr string) {
		found := metricName.FindAllString(expr, -1)
		require.NotEmpty(t, found, expr)
		for _, name := range found {
			asked[name] = true
		}
	}
	for _, g := range rules.Groups {
		for _, r := range g.Rules {
			take(r.Expr)
		}
	}
	for _, p := range dashboard.Panels {
		for _, target := range p.Targets {
			take(target.Expr)
		}
	}
	require.Greater(t, len(asked), 12)
	for name := range asked {
		if !regexp.MustCompile(`(?m)^` + name + `[ {]`).MatchString(w.metrics) {
			t.Errorf("nothing is shown of %s", name)
		}
	}
	require.NotContains(t, w.metrics, w.ref)
}

func TestAPreflightFindsWhatAWrongChangeCannotGoOnWithAndPassesTheRightProgram(t *testing.T) {
	w := atRealWork(t)
	found, err := Preflight(t.Context(), w.settings)
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(found), 2, "the case, and what opens the provider's cases")
	require.Empty(t, found.Stuck())
	var said strings.Builder
	found.Print(&said)
	require.Contains(t, said.String(), "This program goes on with all ")

	held, err := Versions(t.Context(), w.settings)
	require.NoError(t, err)
	var list strings.Builder
	PrintVersions(&list, held)
	require.Regexp(t, `holdthering:1\.0 +yes +case-RCX-`+w.ref, list.String())
	require.Regexp(t, `holdthering:1\.0 +no +provider-RCX`, list.String())

	// The same name, and things in another order.
	wrong := func(r worker.WorkflowRegistry) {
		Register(oneWrong{r})
	}
	found, err = preflight(t.Context(), w.settings, wrong)
	require.NoError(t, err)
	stuck := found.Stuck()
	require.Len(t, stuck, 1)
	require.Equal(t, workflows.CaseID("RCX", w.ref), stuck[0].ID)
	require.Contains(t, stuck[0].Fault, "TMPRL1100")
	said.Reset()
	found.Print(&said)
	for _, want := range []string{"cannot go on with 1 workflow of ", "case-RCX-" + w.ref + " (version holdthering:1.0)",
		"Keep holdthering:1.0 running beside it"} {
		require.Contains(t, said.String(), want)
	}
	stuck[0].Pinned = false
	require.Contains(t, advice(stuck), "Do not start it in the place")
}

// oneWrong registers all but the case as it is.
type oneWrong struct{ worker.WorkflowRegistry }

func (o oneWrong) RegisterWorkflowWithOptions(w any, opts workflow.RegisterOptions) {
	if opts.Name == workflows.CaseWorkflow {
		w = func(ctx workflow.Context, in workflows.Input) error {
			if err := workflow.Sleep(ctx, time.Second); err != nil {
				return err
			}
			return workflows.FailureCase(ctx, in)
		}
	}
	o.WorkflowRegistry.RegisterWorkflowWithOptions(w, opts)
}

func TestAPreflightWithAnotherKeyFindsNothingOut(t *testing.T) {
	w := atRealWork(t)
	other := filepath.Join(t.TempDir(), "key")
	require.NoError(t, seal.Make(other))
	t.Setenv(seal.Variable, other)
	_, err := Preflight(t.Context(), w.settings)
	var misfit *seal.Misfit
	require.ErrorAs(t, err, &misfit)
}

// A trigger is urgent: its mails overtake what else waits for a worker.
func TestTheMailsOfATriggerAreScheduledBeforeOthers(t *testing.T) {
	w := atRealWork(t)
	c, o, err := looking(t.Context(), w.settings)
	require.NoError(t, err)
	defer c.Close()
	found := 0
	events := c.GetWorkflowHistory(t.Context(), workflows.CaseID("RCX", w.ref), "", false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		e, err := events.Next()
		require.NoError(t, err)
		a := e.GetActivityTaskScheduledEventAttributes()
		if a.GetActivityType().GetName() != message.ActivitySendNotices {
			continue
		}
		found++
		require.EqualValues(t, 1, a.GetPriority().GetPriorityKey(), o.Namespace)
	}
	require.NotZero(t, found)
}
