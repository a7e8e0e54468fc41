package e2e

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/seal"
)

// More notes than one message of Temporal's takes, on a real server: all are kept and shown, and the case goes on.
// HTR_NOTES says how many, such as 10000; without it there are as many as are past that limit.
func TestACaseTakesNotesWithoutEnd(t *testing.T) {
	notes := 600
	if n, err := strconv.Atoi(os.Getenv("HTR_NOTES")); err == nil {
		notes = n
	}
	s := newSite(t, realNamespace)
	ref := s.trigger()
	for name, value := range map[string]string{"TEMPORAL_ADDRESS": s.server.Address(), "TEMPORAL_NAMESPACE": s.ns,
		"TEMPORAL_CONFIG_FILE": os.DevNull, seal.Variable: s.path("key")} {
		t.Setenv(name, value)
	}
	c, err := cases.Connect(t.Context(), cases.Settings{Patience: 5 * time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	var writers sync.WaitGroup
	for w := range 8 {
		writers.Go(func() {
			for i := w; i < notes; i += 8 {
				req := ledger.Request{Key: fmt.Sprint("note-", i), Fingerprint: fmt.Sprint("print-", i), Sure: true,
					By: ledger.Actor{For: "CQC", Person: "an officer", Channel: "test"}}
				if _, err := c.Act(t.Context(), ref, req, &failure.AddNote{Text: longNote(i)}); err != nil {
					t.Errorf("note %d: %v", i, err)
					return
				}
			}
		})
	}
	writers.Wait()
	t.Logf("%d notes of %d characters in %s", notes, regime.MaxText, time.Since(began).Round(time.Second))
	s.taken("note", "add", "--case", ref, "--by", "CQC", "--text", "the last of all")
	for _, format := range []string{"json", "md", "html"} {
		record := s.taken("record", ref, "--format", format).out
		missing := 0
		for i := range notes {
			if !strings.Contains(record, longNote(i)[:20]) {
				missing++
			}
		}
		if missing > 0 || !strings.Contains(record, "the last of all") {
			t.Errorf("%d of %d notes are not in the record as %s", missing, notes, format)
		}
	}
	if shown := s.taken("show", ref).out; !strings.Contains(shown, "the last of all") {
		t.Errorf("the last note is not shown:\n%s", tail(shown, 30))
	}
	s.taken("record", "verify", s.path("records/"+ref+".register"))
	t.Logf("case %s: %d bytes of history in its last run", s.caseID(ref), s.historySize(ref))
}

func longNote(i int) string {
	text := fmt.Sprintf("written as no %06d ", i)
	return text + strings.Repeat("x", regime.MaxText-len(text))
}
