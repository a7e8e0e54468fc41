package cases_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"go.temporal.io/api/serviceerror"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/signpost"
	"holdthering/verbs"
	"holdthering/workflows"
)

func note(t *testing.T, ref string) verbs.Parsed {
	return parsed(t, "note", "add", "--case", ref, "--by", "CQC", "--text", "x")
}

func TestACaseIsFoundByItsReferenceAtOnceAndItsIDNamesTheProvider(t *testing.T) {
	h := open(t)
	defer h.work()()
	p := trigger(t)
	mustOpen(t, h.asker(time.Minute), p)
	// Another program, which knows nothing of it, in the same moment.
	pasted := note(t, "Case-RCX-"+strings.ToLower(p.Case))
	if pasted.Case != p.Case {
		t.Fatalf("read as %s", pasted.Case)
	}
	if r, err := h.asker(time.Minute).Act(t.Context(), pasted.Case, pasted.Request, pasted.Act); err != nil || r.Entry.N != 2 {
		t.Errorf("%+v, %v", r, err)
	}
	if _, err := h.client.DescribeWorkflow(t.Context(), "case-RCX-"+p.Case, ""); err != nil {
		t.Error(err)
	}
	odd := parsed(t, "trigger", "--provider-name", "Example Moor", "--provider-code", "EX-NT1", "--provider-type", "NHS_TRUST",
		"--area", "East Anglia", "--lead-ccg", "07J", "--by", "NHS England", "--source", "media", "--concern", "x")
	mustOpen(t, h.asker(time.Minute), odd)
	if id, err := signpost.Case(t.Context(), h.client, odd.Case); err != nil || id != "case-EXNT1-"+odd.Case {
		t.Errorf("%s, %v", id, err)
	}
	c := h.asker(time.Minute)
	if !within(t, func() bool { rows, err := c.List(t.Context(), cases.Filter{}); return err == nil && len(rows) == 2 }) {
		t.Error("they are not listed")
	}
	rows, _ := c.List(t.Context(), cases.Filter{})
	for _, r := range rows {
		if r.Ref != p.Case && r.Ref != odd.Case {
			t.Errorf("%+v", r)
		}
	}
	began := time.Now()
	_, err := c.Act(t.Context(), "CCCC-CCCC", pasted.Request, pasted.Act)
	if !isMistake(err) || time.Since(began) > 5*time.Second {
		t.Errorf("a wrong reference, after %s: %v", time.Since(began), err)
	}
}

func TestACaseOfAnEarlierBuildIsReachedUnderTheIDOfItsReference(t *testing.T) {
	h := open(t)
	defer h.work()()
	p := trigger(t)
	if err := h.begin(p); err != nil {
		t.Fatal(err)
	}
	if r := mustOpen(t, h.asker(time.Minute), p); r.Entry.N != 1 { // the key is tried again on this build
		t.Errorf("%+v", r)
	}
	n := note(t, p.Case)
	if r, err := h.asker(time.Minute).Act(t.Context(), p.Case, n.Request, n.Act); err != nil || r.Entry.N != 2 {
		t.Errorf("%+v, %v", r, err)
	}
	if s, err := h.asker(time.Minute).Snapshot(t.Context(), p.Case); err != nil || s.Case.Ref != p.Case {
		t.Errorf("%+v, %v", s.Case, err)
	}
	var none *serviceerror.NotFound
	if _, err := h.client.DescribeWorkflow(t.Context(), workflows.CaseID("RCX", p.Case), ""); !errors.As(err, &none) {
		t.Errorf("there is a second one: %v", err)
	}
}

func TestOneReferenceIsOpenedOnceWhoeverTriesItsKeyInTheSameSecond(t *testing.T) {
	h := open(t)
	defer h.work()()
	c := h.asker(time.Minute)
	of := func(code string) verbs.Parsed {
		return parsed(t, "trigger", "--provider", code, "--by", "NHS England", "--source", "media", "--concern", "x", "--key", "k1")
	}
	tries := []verbs.Parsed{of("RCX"), of("RGP"), of("RCX"), of("RGP")}
	receipts, errs := make([]ledger.Receipt, len(tries)), make([]error, len(tries))
	var all sync.WaitGroup
	for i, p := range tries {
		all.Go(func() { receipts[i], errs[i] = c.Open(t.Context(), *p.Opening, p.Request, p.Act) })
	}
	all.Wait()
	ref := tries[0].Case
	id, err := signpost.Case(t.Context(), h.client, ref)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range tries {
		first := workflows.CaseID(p.Opening.Provider.Code, ref) == id
		if first && (errs[i] != nil || receipts[i].Entry.N != 1) || !first && !isMistake(errs[i]) {
			t.Errorf("%d, about %s: %+v, %v", i, p.Opening.Provider.Code, receipts[i], errs[i])
		}
	}
	s, err := c.Snapshot(t.Context(), ref)
	if err != nil || s.Case.Stage != regime.Convening || len(s.Case.Entries) != 1 || workflows.CaseID(s.Case.Provider.Code, ref) != id {
		t.Errorf("%+v, %v", s.Case, err)
	}
}
