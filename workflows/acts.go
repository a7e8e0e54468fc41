package workflows

import (
	"errors"
	"reflect"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"holdthering/regime"
)

// listen makes every verb of the regime an Update and the state a query, before anything
// blocks. A verb that is added to package regime needs nothing here.
func (f *failureCase) listen(ctx workflow.Context) {
	must(workflow.SetQueryHandlerWithOptions(ctx, QueryState, func() (Snapshot, error) {
		return Snapshot{Case: f.c, Now: f.now(ctx), ClockOffset: f.in.ClockOffset,
			Chapter: f.in.Chapter}, nil
	}, workflow.QueryHandlerOptions{Description: "The whole case: stage, duties, chronology"}))
	for _, v := range regime.Verbs() {
		must(workflow.SetUpdateHandlerWithOptions(ctx, v.Name(), f.handler(v),
			workflow.UpdateHandlerOptions{Validator: f.validator(v), Description: v.Summary}))
	}
	f.show(ctx)
}

// must panics on what only a mistake in this program can cause; the case is held, not ended.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

var (
	contextType = reflect.TypeFor[workflow.Context]()
	requestType = reflect.TypeFor[regime.Request]()
	receiptType = reflect.TypeFor[regime.Receipt]()
	errorType   = reflect.TypeFor[error]()
)

// handler builds func(workflow.Context, regime.Request, *Act) (regime.Receipt, error) for the
// verb's own type of act, so that its payload is typed.
func (f *failureCase) handler(v regime.Verb) any {
	t := reflect.FuncOf([]reflect.Type{contextType, requestType, reflect.TypeOf(v.New())},
		[]reflect.Type{receiptType, errorType}, false)
	return reflect.MakeFunc(t, func(args []reflect.Value) []reflect.Value {
		ctx, req, act := unpack(args)
		receipt, err := f.c.Perform(req, act, f.now(ctx))
		if err == nil {
			f.show(ctx)
		}
		return []reflect.Value{reflect.ValueOf(receipt), errorValue(refusal(err))}
	}).Interface()
}

func (f *failureCase) validator(v regime.Verb) any {
	t := reflect.FuncOf([]reflect.Type{contextType, requestType, reflect.TypeOf(v.New())},
		[]reflect.Type{errorType}, false)
	return reflect.MakeFunc(t, func(args []reflect.Value) []reflect.Value {
		ctx, req, act := unpack(args)
		return []reflect.Value{errorValue(refusal(f.c.Check(req, act, f.now(ctx))))}
	}).Interface()
}

func unpack(args []reflect.Value) (workflow.Context, regime.Request, regime.Act) {
	return args[0].Interface().(workflow.Context), args[1].Interface().(regime.Request),
		args[2].Interface().(regime.Act)
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
	if app.Type() == ErrorTypeMistake {
		return &regime.Mistake{Reason: app.Message()}
	}
	if !app.NonRetryable() {
		return err
	}
	return &regime.Refusal{Rule: app.Type(), Reason: app.Message()}
}
