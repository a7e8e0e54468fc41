package failure

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// However much is written in a case, it carries little of it, loses none and goes on.
func TestTenThousandLongNotesAreAllKeptAndTheCaseGoesOn(t *testing.T) {
	const notes, atOnce, mostCarried = 10_000, 192 << 10, 600_000
	s := open(t, kingsLynn, "2013-09-09 16:00")
	var parts []ledger.Over
	letGo := func() {
		for {
			o := s.c.Over(s.now)
			if o.Empty() {
				return
			}
			parts = append(parts, o)
			s.c.LetGo(o, fmt.Sprint("digest ", len(parts)), s.now)
		}
	}
	words := strings.Repeat("x", regime.MaxText-len("note 00000 "))
	text := func(i int) string { return fmt.Sprintf("note %05d %s", i, words) }
	req := ledger.Request{By: ledger.Actor{For: "CQC", Person: "an officer", Channel: "test"}}
	for i := range notes {
		req.Key, req.Fingerprint = fmt.Sprint("key-", i), fmt.Sprint("print-", i)
		s.now = s.now.Add(time.Second)
		if _, err := s.c.Perform(req, &AddNote{Text: text(i)}, s.now); err != nil {
			t.Fatalf("note %d: %v", i, err)
		}
		if s.c.Written() > atOnce {
			letGo()
		}
	}
	raw, err := json.Marshal(s.c)
	if err != nil || len(raw) > mostCarried {
		t.Errorf("%d bytes are carried, more than %d; %v", len(raw), mostCarried, err)
	}
	whole, at := s.c.Whole(parts), 0
	for _, e := range whole.Entries {
		if at < notes && e.Text == "Note: "+text(at) {
			at++
		}
	}
	if at != notes || whole.LastEntry != len(whole.Entries) {
		t.Errorf("%d of %d notes are kept in order, %d of %d entries", at, notes, len(whole.Entries), whole.LastEntry)
	}
	s.c.Tick(s.now)
	s.by("CQC", &TriggerRiskSummit{Source: "inspection", Concern: "unsafe staffing"})
	if again, err := s.c.Perform(req, &AddNote{Text: text(notes - 1)}, s.now); err != nil || !again.Repeated {
		t.Errorf("the last note a second time: %+v, %v", again, err)
	}
	t.Logf("%d bytes carried, %d parts in the register", len(raw), len(parts))
}

// The keys of the latest acts are known after their entries have left, and what is kept of them has a bound.
func TestWhatIsKeptOfRequestsHasABound(t *testing.T) {
	const acts = 3000
	s := open(t, kingsLynn, "2013-09-09 16:00")
	req := ledger.Request{By: ledger.Actor{For: "CQC", Person: "an officer", Channel: "test"}}
	note := func(i int) (ledger.Receipt, error) {
		req.Key = fmt.Sprint("key-", i)
		return s.c.Perform(req, &AddNote{Text: fmt.Sprint("note ", i)}, s.now)
	}
	for i := range acts {
		s.now = s.now.Add(time.Hour)
		if _, err := note(i); err != nil {
			t.Fatal(err)
		}
		if o := s.c.Over(s.now); len(o.Entries) > 50 {
			s.c.LetGo(o, fmt.Sprint("digest ", i), s.now)
		}
	}
	if known := len(s.c.Past.Acts) / 13; known != 1500 {
		t.Errorf("%d requests are known that have left", known)
	}
	left := s.c.Past.Entries
	for _, i := range []int{left - 1, left - 1400, acts - 1} {
		if r, err := note(i); err != nil || !r.Repeated {
			t.Errorf("act %d of %d a second time: %+v, %v", i, acts, r, err)
		}
	}
}
