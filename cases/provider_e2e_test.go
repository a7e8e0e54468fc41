package cases_test

import (
	"errors"
	"strconv"
	"sync"
	"testing"
	"time"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/verbs"
	"holdthering/workflows"
)

func TestOfManyWhoTriggerInOneSecondOneOpensACase(t *testing.T) {
	h := open(t)
	defer h.work()()
	c := h.asker(time.Minute)
	const many = 20
	var crew sync.WaitGroup
	orders := make([]verbs.Parsed, many)
	for i := range orders {
		orders[i] = parsed(t, "trigger", "--provider", "RCX", "--by", "NHS England", "--source", "media",
			"--concern", "concern "+strconv.Itoa(i))
	}
	refs := make([]string, many)
	errs := make([]error, many)
	for i, p := range orders {
		crew.Go(func() {
			refs[i] = p.Case
			_, errs[i] = c.Open(t.Context(), *p.Opening, p.Request, p.Act)
		})
	}
	crew.Wait()
	first := ""
	for i, err := range errs {
		if err == nil && first == "" {
			first = refs[i]
		} else if err == nil {
			t.Errorf("a second case, %s beside %s", refs[i], first)
		}
	}
	for i, err := range errs {
		var taken *cases.Taken
		if err != nil && (!errors.As(err, &taken) || taken.Ref != first) {
			t.Errorf("%d: %v", i, err)
		}
	}
	if !within(t, func() bool { rows, err := c.List(t.Context(), cases.Filter{}); return err == nil && len(rows) == 1 }) {
		rows, _ := c.List(t.Context(), cases.Filter{})
		t.Errorf("%d cases", len(rows))
	}
	again := parsed(t, "trigger", "--provider", "RCX", "--by", "NHS England", "--source", "media", "--concern", "x", "--again")
	if r := mustOpen(t, c, again); r.Entry.N != 1 {
		t.Errorf("another, by wish: %+v", r)
	}
	elsewhere := parsed(t, "trigger", "--provider", "RGP", "--by", "NHS England", "--source", "media", "--concern", "x")
	mustOpen(t, c, elsewhere)
	// One that died is in nobody's way.
	for _, ref := range []string{first, again.Case} {
		if err := h.client.TerminateWorkflow(t.Context(), workflows.CaseID("RCX", ref), "", ""); err != nil {
			t.Fatal(err)
		}
	}
	if r := mustOpen(t, c, trigger(t)); r.Stage != regime.Convening {
		t.Errorf("%+v", r)
	}
}

func TestARefusedOpeningLeavesTheProviderFree(t *testing.T) {
	h := open(t)
	defer h.work()()
	c := h.asker(time.Minute)
	p := trigger(t)
	mustOpen(t, c, p)
	if err := h.client.TerminateWorkflow(t.Context(), workflows.CaseID("RCX", p.Case), "", ""); err != nil {
		t.Fatal(err)
	}
	var gone *cases.Unreachable
	if _, err := c.Open(t.Context(), *p.Opening, p.Request, p.Act); !errors.As(err, &gone) {
		t.Errorf("%v", err)
	}
	mustOpen(t, c, trigger(t))
}
