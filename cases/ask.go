package cases

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"holdthering/regime"
	"holdthering/signpost"
	"holdthering/workflows"
)

// question is one thing asked of a case or group, or of the server.
type question struct {
	asked
	key  string // of an act; empty where nothing is to be recorded
	once func(context.Context) error
}

// asked says what a question is for; its zero value is the server.
type asked struct {
	id    string // of the workflow; empty of a case that is still to be found by its reference
	ref   string // of a case
	what  string // "case K7QM-3XRD", to stand within a sentence
	none  error  // where there never was one
	ended error  // it came to its own end
	// revive is the command that brings it back where it died, and instead what else can be done.
	revive, instead string
}

func theCase(ref string) asked {
	return asked{ref: ref, what: "case " + ref, none: NoCase(ref),
		ended: &regime.Refusal{Rule: "2.4", Reason: "case " + ref + " has ended and is on file; it takes " +
			"nothing more. A new trigger with --reopens " + ref + " opens a case linked to it."},
		revive:  "starter revive " + ref + " --reason TEXT",
		instead: "a new trigger with --reopens " + ref + " opens a case linked to it"}
}

// placed is what was asked for with the id of its workflow. It is asked where a case is, once in the life of the program.
func (t *Temporal) placed(ctx context.Context, a asked) (asked, error) {
	if a.id != "" || a.ref == "" {
		return a, nil
	}
	if id, known := t.ids.Load(a.ref); known {
		a.id = id.(string)
		return a, nil
	}
	id, err := signpost.Case(ctx, t.client, a.ref)
	if err != nil {
		return a, err
	}
	t.ids.Store(a.ref, id)
	a.id = id
	return a, nil
}

// pause between two tries of what was not answered.
const pause = 500 * time.Millisecond

// ask puts the question until it is answered or patience is at an end. After a second it
// tells what is waited for.
func (t *Temporal) ask(ctx context.Context, q question) error {
	within, cancel := context.WithTimeout(ctx, t.settings.patience())
	defer cancel()
	defer time.AfterFunc(time.Second, func() { t.tellWhy(within) }).Stop()
	for {
		err := q.once(within)
		final, again := t.judge(within, q, err)
		if !again {
			return final
		}
		select {
		case <-within.Done():
			return t.givenUp(ctx, q, err)
		case <-time.After(pause):
		}
	}
}

func (t *Temporal) tellWhy(ctx context.Context) {
	d := t.diagnose(ctx)
	switch {
	case ctx.Err() != nil: // answered meanwhile
	case d.fault == "":
		t.settings.note("Waiting for the answer ...")
	default:
		t.settings.note("Waiting: " + d.fault + " ...")
	}
}

// judge says what an error means, or that the question is to be put again.
func (t *Temporal) judge(ctx context.Context, q question, err error) (final error, again bool) {
	var (
		app         *temporal.ApplicationError
		late        *client.WorkflowUpdateServiceTimeoutOrCanceledError
		notFound    *serviceerror.NotFound
		noNamespace *serviceerror.NamespaceNotFound
		started     *serviceerror.WorkflowExecutionAlreadyStarted
		denied      *serviceerror.PermissionDenied
		mistake     *regime.Mistake
		gone        *Unreachable
	)
	switch {
	case err == nil:
		return nil, false
	case errors.As(err, &mistake):
		return mistake, false
	case errors.As(err, &gone):
		return gone, false
	case errors.As(err, &app) && app.Type() == workflows.ErrorTypeEnded:
		return t.over(ctx, q.asked)
	case errors.As(err, &app):
		return understand(q, app)
	case errors.As(err, &late), passing(err):
		return nil, true
	case errors.As(err, &noNamespace):
		return t.unreachable("There is no namespace %q at %s; TEMPORAL_NAMESPACE names another.",
			t.namespace, t.address), false
	case errors.As(err, &started):
		return t.over(ctx, q.asked)
	case errors.As(err, &notFound) && q.what != "":
		return t.missing(ctx, q.asked)
	case paused(err):
		return t.unreachable("%s%s was paused by an operator of the server and takes nothing until it is "+
			"unpaused; nothing was recorded.", strings.ToUpper(q.what[:1]), q.what[1:]), false
	case unprepared(err), deserted(err):
		return nil, true
	case otherVersion(err):
		return q.unknown(begunByAnother(q.what)), false
	case errors.As(err, &denied):
		return t.unreachable("The server at %s does not let you: %v.", t.address, err), false
	}
	return q.unknown("The server at " + t.address + " answered: " + err.Error()), false
}

// otherVersion: the worker that answered cannot follow what the case has done so far. Only the
// text says why.
func otherVersion(err error) bool { return err != nil && strings.Contains(err.Error(), "TMPRL1100") }

func begunByAnother(what string) string {
	return what + " was begun by another version of this program, and the worker that runs now cannot go " +
		"on with it; nothing is lost. Start the worker of that version, or see 'Versions' in docs/design.md"
}

// unprepared: a worker registers the search attributes of cases as it starts.
func unprepared(err error) bool {
	var invalid *serviceerror.InvalidArgument
	return errors.As(err, &invalid) && strings.Contains(err.Error(), "search attribute")
}

// paused: an Update of a paused case fails, a query of it is rejected; only the text says why.
func paused(err error) bool {
	var failed *serviceerror.FailedPrecondition
	text := strings.ToLower(err.Error())
	return strings.Contains(text, "paused") &&
		(errors.As(err, &failed) || strings.HasPrefix(text, "query rejected"))
}

// understand turns the case's own answer into what it was. The server's "the run ended before
// the Update did" comes as an application error too: the next run knows the key.
func understand(q question, app *temporal.ApplicationError) (final error, again bool) {
	if app.Type() == "AcceptedUpdateCompletedWorkflow" {
		return nil, true
	}
	err := workflows.Understand(app)
	var refusal *regime.Refusal
	var mistake *regime.Mistake
	if errors.As(err, &refusal) || errors.As(err, &mistake) {
		return err, false
	}
	return q.unknown("The worker of " + q.what + " answered: " + app.Error()), false
}

// deserted: a query is turned away at once where no worker has asked the server for work lately. One
// that has just come back says so too, for up to a minute, of workers that run.
func deserted(err error) bool {
	var failed *serviceerror.FailedPrecondition
	return errors.As(err, &failed) && strings.Contains(err.Error(), "no poller")
}

// passing: errors after which the same question may well be answered.
func passing(err error) bool {
	var (
		unavailable *serviceerror.Unavailable
		exhausted   *serviceerror.ResourceExhausted
		deadline    *serviceerror.DeadlineExceeded
		canceled    *serviceerror.Canceled
		aborted     *serviceerror.Aborted
		notReady    *serviceerror.WorkflowNotReady
	)
	if err == nil {
		return false
	}
	return errors.As(err, &unavailable) || errors.As(err, &exhausted) || errors.As(err, &deadline) ||
		errors.As(err, &canceled) || errors.As(err, &aborted) || errors.As(err, &notReady) ||
		errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
}

// missing distinguishes what never existed from what has ended.
func (t *Temporal) missing(ctx context.Context, a asked) (final error, again bool) {
	s, err := t.look(ctx, a, somebody)
	var notFound *serviceerror.NotFound
	switch {
	case errors.As(err, &notFound):
		return a.none, false
	case err != nil:
		return nil, true
	case s.Since.IsZero():
		return nil, true // between two runs
	}
	return t.dead(a, s), false
}

// over says of what takes nothing more whether it came to its own end.
func (t *Temporal) over(ctx context.Context, a asked) (final error, again bool) {
	s, err := t.look(ctx, a, somebody)
	if err != nil {
		return nil, true
	}
	return t.dead(a, s), false
}

func (t *Temporal) dead(a asked, s Standing) error {
	if !s.Dead() {
		return a.ended
	}
	return &Unreachable{Reason: s.String() + " Nothing was recorded now.", Dead: true}
}

// givenUp says why there is no answer, and how to go on.
func (t *Temporal) givenUp(ctx context.Context, q question, last error) error {
	if ctx.Err() != nil {
		return q.unknown("Interrupted before there was an answer")
	}
	if unprepared(last) {
		return t.unreachable("Namespace %q at %s is not prepared for cases; the first worker that is "+
			"started there does it.", t.namespace, t.address)
	}
	if deserted(last) {
		return t.unreachable("No worker is there to answer for %s (namespace %s, task queue %s); it was waited for %s. "+
			"'make dev' or 'worker' starts one; a server that has just come back hears of its workers within "+
			"a minute.", q.what, t.namespace, workflows.TaskQueue, t.settings.patience())
	}
	var held *serviceerror.WorkflowNotReady
	d := t.diagnose(ctx)
	why := d.why()
	switch standing := t.wrong(ctx, q.asked, d.crew); {
	case standing.State == Unattended && d.fault != "":
		// all of them are; d says so with the names to look for
	case standing.Wrong():
		why = standing.String()
	case d.fault == "" && errors.As(last, &held):
		why = "the worker meets a fault in " + q.what + " and tries again; its log says which"
	}
	return q.unknown(fmt.Sprintf("No answer within %s: %s", t.settings.patience(), why))
}

// wrong is how that which was asked for is at the server; the zero value where that cannot be
// asked either.
func (t *Temporal) wrong(ctx context.Context, a asked, there crew) Standing {
	if a.what == "" {
		return Standing{}
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	s, _ := t.look(ctx, a, there) // the zero value says nothing
	return s
}

// unknown: an act may or may not have been recorded.
func (q question) unknown(reason string) *Unreachable {
	return &Unreachable{Reason: sentence(reason), Key: q.key}
}

func (t *Temporal) unreachable(format string, args ...any) *Unreachable {
	return &Unreachable{Reason: sentence(fmt.Sprintf(format, args...))}
}

func sentence(s string) string { return strings.TrimRight(s, ". \n") + "." }
