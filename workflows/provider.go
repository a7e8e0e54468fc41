package workflows

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"holdthering/regime/failure"
	"holdthering/regime/ledger"
)

// ProviderWorkflow is the name under which Provider is registered.
const ProviderWorkflow = "Provider"

// ProviderID is the id of the workflow through which the cases of a provider are opened: its id
// is what makes it one.
func ProviderID(code string) string { return "provider-" + strings.ToUpper(code) }

// UpdateOpenCase asks a Provider to open a case.
const UpdateOpenCase = "OpenCase"

// The activities of a Provider.
const (
	ActivityOpenCase = "OpenCase"
	ActivityStanding = "StandingCases"
)

// ErrorTypeEnded is the type of the error that answers the opening of a case that has ended.
const ErrorTypeEnded = "CASE_ENDED"

// CaseOpening is a case to be opened with its first act.
type CaseOpening struct {
	Opening failure.Opening `json:"opening"`
	Request ledger.Request  `json:"request"`
	Verb    string          `json:"verb"` // the act's name
	Act     json.RawMessage `json:"act"`
}

// OpeningOf is a request to open a case.
func OpeningOf(o failure.Opening, req ledger.Request, act failure.Act) (CaseOpening, error) {
	raw, err := json.Marshal(act)
	return CaseOpening{o, req, failure.VerbOf(act).Name(), raw}, err
}

// CaseOpened answers it.
type CaseOpened struct {
	Receipt ledger.Receipt `json:"receipt"`
	// Taken is the provider's open case where there is one already; then nothing was recorded.
	Taken string `json:"taken,omitempty"`
}

// ProviderInput carries a Provider into its next run.
type ProviderInput struct {
	Cases []string `json:"cases,omitempty"`
}

// provider knows the cases of one provider that were open when it last looked.
type provider struct {
	cases   []string
	opening []string // of them, those that are being opened now
	turn    workflow.Mutex
}

// Provider opens the cases of one provider, so that it has one at a time unless somebody says
// otherwise, however many people trigger in the same second. It sleeps between two openings, and has
// no part in the cases.
func Provider(ctx workflow.Context, in ProviderInput) error {
	p := &provider{cases: in.Cases, turn: workflow.NewMutex(ctx)}
	must(workflow.SetUpdateHandlerWithOptions(ctx, UpdateOpenCase, p.open,
		workflow.UpdateHandlerOptions{Description: "Open a case, unless the provider has one that is open"}))
	ctx, _ = workflow.NewDisconnectedContext(ctx)
	_ = workflow.Await(ctx, func() bool {
		return workflow.GetInfo(ctx).GetContinueAsNewSuggested() && workflow.AllHandlersFinished(ctx)
	})
	return workflow.NewContinueAsNewError(ctx, ProviderWorkflow, ProviderInput{Cases: p.cases})
}

func (p *provider) open(ctx workflow.Context, o CaseOpening) (CaseOpened, error) {
	ref := o.Opening.Ref
	taken, err := p.claim(ctx, ref, o.Request.Again)
	if err != nil || taken != "" {
		return CaseOpened{Taken: taken}, err
	}
	defer func() { p.opening = without(p.opening, ref) }()
	var out CaseOpened
	err = workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute,
		RetryPolicy:         &temporal.RetryPolicy{MaximumInterval: 10 * time.Second},
		Summary:             "Case " + ref + " opened",
	}), ActivityOpenCase, o).Get(ctx, &out.Receipt)
	if err != nil {
		p.cases = without(p.cases, ref)
	}
	var why *temporal.ApplicationError
	if errors.As(err, &why) {
		return out, why // without the activity around it
	}
	return out, err
}

// longestOpening is how long one who comes second waits to learn what became of the first.
const longestOpening = 20 * time.Second

// claim takes the provider for a case, or says which has it. One at a time does so.
func (p *provider) claim(ctx workflow.Context, ref string, another bool) (taken string, err error) {
	if err := p.turn.Lock(ctx); err != nil {
		return "", err
	}
	defer p.turn.Unlock()
	if !another && !slices.Contains(p.cases, ref) {
		_, _ = workflow.AwaitWithTimeout(ctx, longestOpening, func() bool { return len(p.opening) == 0 })
		if taken, err = p.standing(ctx); err != nil || taken != "" {
			return taken, err
		}
	}
	p.cases = append(without(p.cases, ref), ref)
	p.opening = append(without(p.opening, ref), ref)
	return "", nil
}

// standing is the first of the cases that is open; those that are not are forgotten.
func (p *provider) standing(ctx workflow.Context) (string, error) {
	if len(p.cases) == 0 {
		return "", nil
	}
	var open []string
	err := workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: 30 * time.Second,
		RetryPolicy:         &temporal.RetryPolicy{MaximumInterval: 10 * time.Second},
		Summary:             "Which of its cases are open",
	}), ActivityStanding, p.cases).Get(ctx, &open)
	if err != nil {
		return "", err
	}
	for _, ref := range p.opening { // it may not have begun when it was looked for
		if slices.Contains(p.cases, ref) && !slices.Contains(open, ref) {
			open = append(open, ref)
		}
	}
	p.cases = open
	if len(open) == 0 {
		return "", nil
	}
	return open[0], nil
}

func without(refs []string, ref string) []string {
	return slices.DeleteFunc(slices.Clone(refs), func(r string) bool { return r == ref })
}
