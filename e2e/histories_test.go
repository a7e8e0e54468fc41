package e2e

import (
	"compress/gzip"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/protobuf/encoding/protojson"
)

var keep = flag.Bool("keep-histories", false, "keep the histories of King's Lynn for the replay tests")

// keepHistories files the runs, in place of those of before: nothing has been released yet.
func (s *site) keepHistories(ref, folder string) {
	s.Helper()
	ctx := context.Background()
	list, err := s.client().ListWorkflow(ctx, &workflowservice.ListWorkflowExecutionsRequest{
		Query: fmt.Sprintf("WorkflowId = %q", s.caseID(ref))})
	if err != nil {
		s.Fatal(err)
	}
	runs := list.Executions // the latest first
	old, _ := filepath.Glob(filepath.Join(folder, "kings-lynn-*.json.gz"))
	for _, f := range old {
		if err := os.Remove(f); err != nil {
			s.Fatal(err)
		}
	}
	for i, run := range runs {
		n := len(runs) - i
		var h historypb.History
		iter := s.client().GetWorkflowHistory(ctx, s.caseID(ref), run.Execution.RunId, false,
			enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
		for iter.HasNext() {
			e, err := iter.Next()
			if err != nil {
				s.Fatal(err)
			}
			h.Events = append(h.Events, e)
		}
		s.file(filepath.Join(folder, fmt.Sprintf("kings-lynn-%02d.json.gz", n)), &h)
	}
}

func (s *site) file(name string, h *historypb.History) {
	s.Helper()
	raw, err := protojson.Marshal(h)
	if err != nil {
		s.Fatal(err)
	}
	f, err := os.Create(name)
	if err != nil {
		s.Fatal(err)
	}
	defer f.Close()
	z := gzip.NewWriter(f)
	if _, err := z.Write(raw); err != nil {
		s.Fatal(err)
	}
	if err := z.Close(); err != nil {
		s.Fatal(err)
	}
}
