package workflows

import (
	"errors"
	"reflect"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
)

// listen makes every verb of the regime an Update and the state a query, before anything
// blocks. A verb that is added to package failure or surveillance needs nothing here.
func (f *failureCase) listen(ctx workflow.Context) {
	must(workflow.SetQueryHandlerWithOptions(ctx, QueryState, func() (Snapshot, error) {
		return Snapshot{Case: f.c.Public(), Now: f.now(ctx), ClockOffset: f.in.ClockOffset,
			Chapter: f.in.Chapter, Filing: f.filing}, nil
	}, workflow.QueryHandlerOptions{Description: "The whole case: stage, duties, chronology"}))
	for _, v := range failure.Verbs() {
		handleVerb(ctx, &f.runtime, v, f.c)
	}
	f.handleDeliveries(ctx)
	f.show(ctx)
}

// performer is what a verb's acts are done in: a *failure.Case takes its acts, a
// *surveillance.Group its own.
type performer[A any] interface {
	Check(ledger.Request, A, time.Time) error
	Perform(ledger.Request, A, time.Time) (ledger.Receipt, error)
}

// handleVerb makes a verb an Update.
func handleVerb[A any](ctx workflow.Context, d *runtime, v ledger.VerbOn[A], in performer[A]) {
	must(workflow.SetUpdateHandlerWithOptions(ctx, v.Name(), handler(d, v, in),
		workflow.UpdateHandlerOptions{Validator: validator(d, v, in), Description: v.Summary}))
}

// must panics on what only a mistake in this program can cause; the case is held, not ended.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

var (
	contextType = reflect.TypeFor[workflow.Context]()
	requestType = reflect.TypeFor[ledger.Request]()
	receiptType = reflect.TypeFor[ledger.Receipt]()
	errorType   = reflect.TypeFor[error]()
)

// handler builds func(workflow.Context, ledger.Request, *Act) (ledger.Receipt, error) for the
// verb's own type of act, so that its payload is typed.
func handler[A any](d *runtime, v ledger.VerbOn[A], in performer[A]) any {
	t := reflect.FuncOf([]reflect.Type{contextType, requestType, reflect.TypeOf(v.New())},
		[]reflect.Type{receiptType, errorType}, false)
	return reflect.MakeFunc(t, func(args []reflect.Value) []reflect.Value {
		ctx, req, act := unpack[A](args)
		d.catchUp(d.now(ctx))
		receipt, err := in.Perform(req, act, d.now(ctx))
		if err == nil {
			d.refresh(ctx)
		}
		receipt.Command = req.Command
		return []reflect.Value{reflect.ValueOf(receipt), errorValue(refusal(err))}
	}).Interface()
}

func validator[A any](d *runtime, v ledger.VerbOn[A], in performer[A]) any {
	t := reflect.FuncOf([]reflect.Type{contextType, requestType, reflect.TypeOf(v.New())},
		[]reflect.Type{errorType}, false)
	return reflect.MakeFunc(t, func(args []reflect.Value) []reflect.Value {
		ctx, req, act := unpack[A](args)
		return []reflect.Value{errorValue(refusal(in.Check(req, act, d.now(ctx))))}
	}).Interface()
}

func unpack[A any](args []reflect.Value) (workflow.Context, ledger.Request, A) {
	return args[0].Interface().(workflow.Context), args[1].Interface().(ledger.Request),
		args[2].Interface().(A)
}

func errorValue(err error) reflect.Value {
	if err == nil {
		return reflect.Zero(errorType)
	}
	return reflect.ValueOf(&err).Elem()
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
