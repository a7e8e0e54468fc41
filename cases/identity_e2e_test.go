package cases_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"google.golang.org/protobuf/encoding/protojson"

	"holdthering/cases"
	"holdthering/seal"
	"holdthering/workflows"
)

// TestTheOpenHistoryDoesNotSayWhoActed reads what the server keeps of an act whose key a person chose.
func TestTheOpenHistoryDoesNotSayWhoActed(t *testing.T) {
	h := open(t)
	t.Setenv("TEMPORAL_ADDRESS", h.server.Address())
	t.Setenv("TEMPORAL_NAMESPACE", namespace)
	t.Setenv(seal.Variable, seal.Open) // the worker of these tests has no key
	defer h.work()()
	c, err := cases.Connect(t.Context(), cases.Settings{Patience: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	p := parsed(t, "open", "--provider", "RCX", "--by", "CQC", "--reason", "x", "--key", "nurse-jones-told-me")
	first, err := c.Open(t.Context(), *p.Opening, p.Request, p.Act)
	if err != nil {
		t.Fatal(err)
	}
	again, err := c.Open(t.Context(), *p.Opening, p.Request, p.Act)
	if err != nil || again.Entry.N != first.Entry.N || again.Entry.Key+again.Entry.Fingerprint != "" {
		t.Errorf("the same key again: %+v, %v", again, err)
	}
	host, _ := os.Hostname()
	events := h.client.GetWorkflowHistory(t.Context(), workflows.CaseID("RCX", p.Case), "", false,
		enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		e, err := events.Next()
		if err != nil {
			t.Fatal(err)
		}
		if a := e.GetWorkflowExecutionUpdateAcceptedEventAttributes(); a != nil {
			meta := a.GetAcceptedRequest().GetMeta()
			if !ours(meta.GetIdentity()) || strings.Contains(meta.GetUpdateId(), "jones") {
				t.Errorf("%v", meta)
			}
		}
		if a := e.GetWorkflowExecutionStartedEventAttributes(); a != nil && !ours(a.GetIdentity()) {
			t.Errorf("started by %q", a.GetIdentity())
		}
		if raw, _ := protojson.Marshal(e); strings.Contains(string(raw), filepath.Base(os.Args[0])+"@"+host) {
			t.Errorf("%s", raw)
		}
	}
}

// ours: a worker opens a case, and a starter acts in it.
func ours(identity string) bool {
	return identity == workflows.StarterIdentity || identity == workflows.WorkerIdentity
}
