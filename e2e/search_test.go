package e2e

import (
	"context"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	sdkpb "go.temporal.io/api/sdk/v1"
	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/protobuf/encoding/protojson"

	"holdthering/workflows"
)

// searched looks for the mark in every place where it must not stand, and says where it does.
func searched(s *site, ref string) (found []string) {
	s.Helper()
	look := func(where, what string) {
		if strings.Contains(strings.ToUpper(what), mark) {
			found = append(found, where)
		}
	}
	look("the list of cases", s.taken("list", "--json").out)
	look("the metrics", s.shownMetrics(ref))
	for where, id := range map[string]string{"the case": s.caseID(ref), "the group": workflows.GroupID(place)} {
		look("the UI's board of "+where, s.board(id))
		look("the history of "+where, s.history(id))
	}
	look("the server's list", s.listed())
	s.killWorker()
	s.server.Stop()
	for path, content := range s.files() {
		look(path, content)
	}
	slices.Sort(found)
	return found
}

// files are those of the site by their names, but for the records, which are the register itself.
func (s *site) files() map[string]string {
	s.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(s.dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && path == s.path("records") {
			return fs.SkipDir
		}
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		name, _ := filepath.Rel(s.dir, path)
		out[name] = string(raw)
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	for _, must := range []string{"temporal.db", "worker.log"} {
		if out[must] == "" {
			s.Errorf("%s was not looked through", must)
		}
	}
	if len(out) < 30 {
		s.Errorf("%d files only", len(out))
	}
	return out
}

// shownMetrics insists that they say what they are there for, and not of which case.
func (s *site) shownMetrics(ref string) string {
	s.Helper()
	answer, err := http.Get("http://" + s.metrics + "/metrics")
	if err != nil {
		s.Fatal(err)
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		s.Fatal(err)
	}
	for _, must := range []string{"temporal_workflow_task_execution_latency_seconds_count", "holdthering_mails_total",
		`outcome="accepted"`} {
		if !strings.Contains(string(raw), must) {
			s.Errorf("the metrics have no %s", must)
		}
	}
	for _, never := range []string{ref, "EX-NT1", "EX-GP1", place, "@"} {
		if strings.Contains(string(raw), never) {
			s.Errorf("the metrics tell of %s", never)
		}
	}
	return string(raw)
}

// board is what the UI shows, which must be readable without the key.
func (s *site) board(id string) string {
	s.Helper()
	v, err := s.client().QueryWorkflow(context.Background(), id, "", "__temporal_workflow_metadata")
	if err != nil {
		s.Fatal(err)
	}
	var shown sdkpb.WorkflowMetadata
	if err := v.Get(&shown); err != nil {
		s.Fatal(err)
	}
	if !strings.Contains(shown.CurrentDetails, "|") {
		s.Fatalf("the board cannot be read: %.300s", shown.CurrentDetails)
	}
	return shown.String()
}

// history is the latest run of a case or a group as the server has it.
func (s *site) history(id string) string {
	s.Helper()
	var all strings.Builder
	iter := s.client().GetWorkflowHistory(context.Background(), id, "", false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for iter.HasNext() {
		e, err := iter.Next()
		if err != nil {
			s.Fatal(err)
		}
		all.WriteString(protojson.Format(e))
		for _, p := range [][]byte{e.GetUserMetadata().GetSummary().GetData(), e.GetUserMetadata().GetDetails().GetData()} {
			all.Write(p) // JSON has them in base64
		}
		all.WriteString(e.String())
	}
	return all.String()
}

// listed is what the server's own list says of all cases and groups.
func (s *site) listed() string {
	s.Helper()
	list, err := s.client().ListWorkflow(context.Background(), &workflowservice.ListWorkflowExecutionsRequest{})
	if err != nil {
		s.Fatal(err)
	}
	return list.String()
}
