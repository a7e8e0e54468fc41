package e2e

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	enumspb "go.temporal.io/api/enums/v1"
	sdkpb "go.temporal.io/api/sdk/v1"
	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/protobuf/encoding/protojson"

	"holdthering/workflows"
)

// mark stands in everything that people say in confidence; no place but the case's own record
// may show it, and a source whose identity is protected not even that.
const mark = "QZXMARK"

// inConfidence plays a case with a mark in every field that takes words, faults included.
func inConfidence(s *site) (ref string) {
	s.Helper()
	a := s.taken("trigger", "--by", "NHS England East Anglia", "--source", "whistleblower", "--json",
		"--provider-name", mark+" Hospital", "--provider-code", "EX-NT1", "--provider-type", "NHS_TRUST",
		"--area", "East Anglia", "--lead-ccg", "07J", "--person", mark+" Officer", "--role", mark+" role",
		"--concern", mark+" concern", "--routine", mark+" routine", "--sites", mark+" site")
	var got struct {
		Case string `json:"case"`
	}
	if err := json.Unmarshal([]byte(a.out), &got); err != nil {
		s.Fatal(err)
	}
	by := func(party string, words ...string) []string {
		return append(words, "--case", got.Case, "--by", party, "--person", mark+" Person", "--role", mark)
	}
	s.taken(by("CQC", "concern", "record", "--kind", "whistleblower", "--what", mark+" allegation",
		"--source", "whistleblower", "--source-note", mark+" the night registrar", "--protect-identity")...)
	s.taken(by("CQC", "note", "add", "--text", mark+" note")...)
	s.killWorker()
	s.startWorker()
	s.taken(by("NHS England", "summit", "convene", "--at", "2030-01-10 10:00", "--place", mark+" room",
		"--also", "NMC", "--why", mark+" why", "--left-out", "Police", "--why-not", mark+" why not")...)
	s.taken(by("NHS England", "summit", "open", "--attending", "CQC,TDA")...)
	s.taken(by("CQC", "judgement", "own", "--view", mark+" sealed view", "--intends", mark, "--sealed")...)
	s.server.Kill()
	s.killWorker()
	s.startServer()
	s.startWorker()
	s.taken(by("CQC", "judgement", "regulatory", "--value", "not-yet-determined", "--evidence", mark+" evidence")...)
	s.refused("R23", by("TDA", "judgement", "regulatory", "--value", "no-material-breach", "--evidence", mark)...)
	if a := s.starter(by("CQC", "note", "add", "--corrects", "99", "--text", mark)...); a.code == 0 {
		s.Fatal("a mistake was taken")
	}
	s.taken(by("NHS England", "judgement", "collective", "--value", "actual-failure", "--reason", mark+" reason")...)
	s.eventually("the mails have gone", func() bool { return len(s.mails("holds the ring")) > 0 })
	return got.Case
}

func TestNothingSaidInConfidenceIsInTheStoreTheLogsTheMailsOrTheLists(t *testing.T) {
	s := newSite(t, realNamespace)
	ref := inConfidence(s)
	if a := s.taken("record", ref); !strings.Contains(a.out, mark+" allegation") || strings.Contains(a.out, "night registrar") {
		t.Fatal("the record is for those at the table, but for the source")
	}
	s.unmarked("the list of cases", s.taken("list", "--json").out)
	s.unmarked("the UI's board", s.board(ref))
	s.unmarked("the history", s.history(ref))
	s.killWorker()
	s.server.Stop()
	looked := 0
	err := filepath.WalkDir(s.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if err == nil && path == s.path("records") {
				return fs.SkipDir // the register itself
			}
			return err
		}
		raw, err := os.ReadFile(path)
		s.unmarked(path, string(raw))
		looked++
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, must := range []string{"temporal.db", "worker.log"} {
		if info, err := os.Stat(s.path(must)); err != nil || info.Size() == 0 {
			t.Errorf("%s was not looked through: %v", must, err)
		}
	}
	if looked < 30 {
		t.Errorf("%d files only", looked)
	}
}

// unmarked insists that the mark is not there, in whatever case its letters are.
func (s *site) unmarked(where, what string) {
	s.Helper()
	if i := strings.Index(strings.ToUpper(what), mark); i >= 0 {
		s.Errorf("%s shows what was said in confidence: ...%q", where, what[max(0, i-80):min(len(what), i+80)])
	}
}

// board is what the UI shows, which must be readable without the key.
func (s *site) board(ref string) string {
	s.Helper()
	v, err := s.client().QueryWorkflow(context.Background(), workflows.CaseID(ref), "", "__temporal_workflow_metadata")
	if err != nil {
		s.Fatal(err)
	}
	var shown sdkpb.WorkflowMetadata
	if err := v.Get(&shown); err != nil {
		s.Fatal(err)
	}
	if !strings.Contains(shown.CurrentDetails, "Who | owes what") {
		s.Fatalf("the board cannot be read: %.300s", shown.CurrentDetails)
	}
	return shown.String()
}

// history is every run of the case as the server has it, its list entry included.
func (s *site) history(ref string) string {
	s.Helper()
	ctx := context.Background()
	var all strings.Builder
	iter := s.client().GetWorkflowHistory(ctx, workflows.CaseID(ref), "", false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
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
	list, err := s.client().ListWorkflow(ctx, &workflowservice.ListWorkflowExecutionsRequest{})
	if err != nil {
		s.Fatal(err)
	}
	all.WriteString(list.String())
	if !strings.Contains(all.String(), "binary/encrypted") {
		s.Fatal("nothing is sealed")
	}
	return all.String()
}
