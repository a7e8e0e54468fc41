package server_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"

	"holdthering/launch/server"
)

func options(t *testing.T) server.Options {
	t.Helper()
	if os.Getenv("HTR_E2E") == "" {
		t.Skip("needs the embedded server: set HTR_E2E=1")
	}
	return server.Options{
		DBFile:     filepath.Join(t.TempDir(), "cases.db"),
		Namespaces: []string{"one", "two"},
	}
}

func serve(t *testing.T, opts server.Options) *server.Server {
	t.Helper()
	s, err := server.Start(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s
}

func dial(t *testing.T, s *server.Server) client.Client {
	t.Helper()
	c, err := client.Dial(client.Options{HostPort: s.Address(), Namespace: "one"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func TestAKilledServerHasLostNothing(t *testing.T) {
	opts := options(t)
	first := serve(t, opts)
	run, err := dial(t, first).ExecuteWorkflow(t.Context(),
		client.StartWorkflowOptions{ID: "case", TaskQueue: "q"}, "Case")
	if err != nil {
		t.Fatal(err)
	}
	first.Kill()

	described, err := dial(t, serve(t, opts)).DescribeWorkflow(t.Context(), "case", "")
	if err != nil {
		t.Fatal(err)
	}
	if got := described.RawResponse.GetWorkflowExecutionInfo().GetExecution().GetRunId(); got != run.GetRunID() {
		t.Errorf("the run is %s, not %s", got, run.GetRunID())
	}
}

func TestClosedRunsAreKeptForThreeYears(t *testing.T) {
	c := dial(t, serve(t, options(t)))
	answer, err := c.WorkflowService().DescribeNamespace(t.Context(),
		&workflowservice.DescribeNamespaceRequest{Namespace: "two"})
	if err != nil {
		t.Fatal(err)
	}
	if kept := answer.GetConfig().GetWorkflowExecutionRetentionTtl().AsDuration(); kept.Hours() != 1095*24 {
		t.Errorf("kept for %v", kept)
	}
}

func TestTheUIIsServed(t *testing.T) {
	s := serve(t, options(t))
	for _, path := range []string{"/", "/api/v1/namespaces"} {
		answer, err := http.Get(s.UIAddress() + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if err != nil || answer.StatusCode != http.StatusOK || len(body) == 0 {
			t.Errorf("%s: %s, %d bytes, %v", path, answer.Status, len(body), err)
		}
	}
}

func TestTheUIOnlyShowsAndOnlyUnderItsOwnNames(t *testing.T) {
	s := serve(t, options(t))
	c := dial(t, s)
	if _, err := c.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{ID: "case", TaskQueue: "q"}, "Case"); err != nil {
		t.Fatal(err)
	}
	ask := func(method, path, host string) int {
		q, err := http.NewRequest(method, s.UIAddress()+path, strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		q.Host = host
		q.Header.Set("X-CSRF-TOKEN", "a")
		q.AddCookie(&http.Cookie{Name: "_csrf", Value: "a"})
		answer, err := http.DefaultClient.Do(q)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		return answer.StatusCode
	}
	for host, want := range map[string]int{"localhost:8233": http.StatusOK, "rebound.example:8233": http.StatusForbidden} {
		if got := ask(http.MethodGet, "/api/v1/namespaces/one/workflows/case", host); got != want {
			t.Errorf("%s: %d, want %d", host, got, want)
		}
	}
	if got := ask(http.MethodPost, "/api/v1/namespaces/one/workflows/case/terminate", "localhost"); got != http.StatusMethodNotAllowed {
		t.Errorf("to terminate: %d", got)
	}
	described, err := c.DescribeWorkflow(t.Context(), "case", "")
	if err != nil || described.Status != enums.WORKFLOW_EXECUTION_STATUS_RUNNING {
		t.Errorf("the case: %v, %v", described, err)
	}
}

func TestATakenPortIsToldAtOnce(t *testing.T) {
	opts := options(t)
	listener, err := net.Listen("tcp", server.Local(0))
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	opts.UIPort = listener.Addr().(*net.TCPAddr).Port
	if _, err := server.Start(t.Context(), opts); !errors.Is(err, server.ErrPortTaken) {
		t.Errorf("got %v", err)
	}
}

func TestASecondServerOnTheSameFileIsRefusedInWords(t *testing.T) {
	opts := options(t)
	serve(t, opts)
	_, err := server.Start(t.Context(), opts)
	if err == nil || !strings.Contains(err.Error(), "another server is using") {
		t.Errorf("got %v", err)
	}
}
