package workflows

import (
	"errors"
	"time"

	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
)

// listen makes every verb of the regime an Update and the state a query, before anything
// blocks. A verb that is added to package failure or surveillance needs nothing here.
func (f *failureCase) listen(ctx workflow.Context) {
	must(workflow.SetQueryHandlerWithOptions(ctx, QueryState, func() (Snapshot, error) {
		return Snapshot{Case: f.c.Public(), Now: f.now(ctx), ClockOffset: f.in.ClockOffset,
			Chapter: f.in.Chapter, Filing: f.filing}, nil
	}, workflow.QueryHandlerOptions{Description: "The whole case: stage, duties, chronology"}))
	handleVerbs(ctx, &f.runtime, failure.Verbs(), failure.VerbNamed, f.c)
	f.handleDeliveries(ctx)
	f.show(ctx)
}

// performer is what a verb's acts are done in: a *failure.Case takes its acts, a
// *surveillance.Group its own.
type performer[A any] interface {
	Check(ledger.Request, A, time.Time) error
	Perform(ledger.Request, A, time.Time) (ledger.Receipt, error)
}

// acting does the acts of all verbs of a case or a group: the Update says which verb it is.
type acting[A any] struct {
	*runtime
	verb func(update string) (ledger.VerbOn[A], bool)
	in   performer[A]
}

// said is what each verb does, as the Temporal UI says it of any case or group.
var said = func() map[string]string {
	all := map[string]string{}
	for _, v := range failure.Verbs() {
		all[v.Summary] = regime.SaidOfAny(v.Summary)
	}
	for _, v := range surveillance.Verbs() {
		all[v.Summary] = regime.SaidOfAny(v.Summary)
	}
	return all
}()

// handleVerbs makes each verb an Update. All share two functions, since an open case keeps what it is given for each of
// some hundred verbs.
func handleVerbs[A any](ctx workflow.Context, d *runtime, vs []ledger.VerbOn[A], named func(string) (ledger.VerbOn[A], bool),
	in performer[A]) {
	a := acting[A]{d, named, in}
	var perform, check any = a.perform, a.check
	for _, v := range vs {
		must(workflow.SetUpdateHandlerWithOptions(ctx, v.Name(), perform,
			workflow.UpdateHandlerOptions{Validator: check, Description: said[v.Summary]}))
	}
}

// must panics on what only a mistake in this program can cause; the case is held, not ended.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

// act is what was asked for, as the verb's own type of act.
func (a acting[A]) act(ctx workflow.Context, written converter.RawValue) (A, error) {
	v, _ := a.verb(workflow.GetCurrentUpdateInfo(ctx).Name) // there are no other Updates of persons
	act := v.New()
	if err := converter.GetDefaultDataConverter().FromPayload(written.Payload(), act); err != nil { // it is open by now
		return act, &regime.Mistake{Reason: "what was asked for cannot be read: " + err.Error()}
	}
	return act, nil
}

func (a acting[A]) perform(ctx workflow.Context, req ledger.Request, written converter.RawValue) (ledger.Receipt, error) {
	act, err := a.act(ctx, written)
	if err != nil {
		return ledger.Receipt{}, refusal(err)
	}
	a.catchUp(a.now(ctx))
	receipt, err := a.in.Perform(req, act, a.now(ctx))
	if err == nil {
		a.refresh(ctx)
	}
	receipt.Command = req.Command
	return receipt, refusal(err)
}

func (a acting[A]) check(ctx workflow.Context, req ledger.Request, written converter.RawValue) error {
	act, err := a.act(ctx, written)
	if err != nil {
		return refusal(err)
	}
	return refusal(a.in.Check(req, act, a.now(ctx)))
}

// refusal lets a refusal cross the border of the workflow: its type is the rule.
func refusal(err error) error {
	var r *regime.Refusal
	var m *regime.Mistake
	switch {
	case err == nil:
		return nil
	case errors.As(err, &r):
		return temporal.NewNonRetryableApplicationError(r.Reason, r.Rule, nil)
	case errors.As(err, &m) && m.Doubt:
		return temporal.NewNonRetryableApplicationError(m.Reason, ErrorTypeDoubt, nil)
	case errors.As(err, &m):
		return temporal.NewNonRetryableApplicationError(m.Reason, ErrorTypeMistake, nil)
	}
	return temporal.NewNonRetryableApplicationError(err.Error(), ErrorTypeMistake, nil)
}

// Understand turns the error of an Update back into the *regime.Refusal or *regime.Mistake
// that it was; any other error comes back as it is.
func Understand(err error) error {
	var app *temporal.ApplicationError
	if !errors.As(err, &app) {
		return err
	}
	if t := app.Type(); t == ErrorTypeMistake || t == ErrorTypeDoubt {
		return &regime.Mistake{Reason: app.Message(), Doubt: t == ErrorTypeDoubt}
	}
	if _, known := regime.RuleNamed(app.Type()); !known {
		return err // the server's own
	}
	return &regime.Refusal{Rule: app.Type(), Reason: app.Message()}
}
