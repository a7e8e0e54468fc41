package cases

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	enumspb "go.temporal.io/api/enums/v1"
	workflowpb "go.temporal.io/api/workflow/v1"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/workflows"
)

// State is how a case or group is at the server, whatever it says of itself.
type State string

// The states. The zero value is alive and well.
const (
	OnFile        State = "on file"       // it came to its own end
	Terminated    State = "terminated"    // ended by an operator of the server
	Failed        State = "failed"        // ended by a fault
	TimedOut      State = "timed out"     // ended by a limit of the server
	Cancelled     State = "cancelled"     // ended by a request to cancel it
	CutShort      State = "cut short"     // ended without having been closed
	Stuck         State = "stuck"         // the worker meets a fault in it, and tries again
	OfAnother     State = "other version" // the worker that runs cannot go on with it
	Paused        State = "paused"        // by an operator of the server
	Unattended    State = "no worker"     // no worker is there that could go on with it
	problemsAttr        = "TemporalReportedProblems"
	versionAttr         = "TemporalWorkerDeploymentVersion"
	behaviourAttr       = "TemporalWorkflowVersioningBehavior"
)

// Standing is how a case or group is at the server, and what to do about it. The zero value is alive
// and well.
type Standing struct {
	State State `json:"state"`
	// Since is when it ended; zero while it has not.
	Since time.Time `json:"since,omitzero"`
	// Says is what is wrong and Do what to do about it, in whole sentences.
	Says string `json:"says,omitempty"`
	Do   string `json:"do,omitempty"`
}

// Dead reports whether it has ended without having come to its own end: it looks alive by its
// state, and nothing in it will ever happen.
func (s Standing) Dead() bool {
	return slices.Contains([]State{Terminated, Failed, TimedOut, Cancelled, CutShort}, s.State)
}

// Wrong reports whether somebody has to do something about it.
func (s Standing) Wrong() bool { return s.State != "" && s.State != OnFile }

// String says all of it.
func (s Standing) String() string { return strings.TrimSpace(s.Says + " " + s.Do) }

var endedAs = map[enumspb.WorkflowExecutionStatus]State{
	enumspb.WORKFLOW_EXECUTION_STATUS_TERMINATED: Terminated,
	enumspb.WORKFLOW_EXECUTION_STATUS_FAILED:     Failed,
	enumspb.WORKFLOW_EXECUTION_STATUS_TIMED_OUT:  TimedOut,
	enumspb.WORKFLOW_EXECUTION_STATUS_CANCELED:   Cancelled,
}

// stateOf is the one place that judges how a case or group is: by its execution's status together
// with its own closing. It goes by what a list shows as well as by what the server says of one.
func stateOf(e *workflowpb.WorkflowExecutionInfo, there crew) State {
	a := attributes(e.GetSearchAttributes().GetIndexedFields())
	status := e.GetStatus()
	if state, ended := endedAs[status]; ended {
		return state
	}
	switch status {
	case enumspb.WORKFLOW_EXECUTION_STATUS_COMPLETED:
		if e.GetType().GetName() == workflows.CaseWorkflow &&
			read[string](a, workflows.AttrStage.GetName()) != string(regime.Closed) {
			return CutShort
		}
		return OnFile
	case enumspb.WORKFLOW_EXECUTION_STATUS_PAUSED:
		return Paused
	}
	problems := strings.Join(read[[]string](a, problemsAttr), " ")
	switch {
	case strings.Contains(problems, "NonDeterministic"):
		return OfAnother
	case problems != "":
		return Stuck
	case !there.serves(pinnedTo(a)):
		return Unattended
	}
	return ""
}

// pinnedTo is the version of the program that alone can go on with it; empty where any can.
func pinnedTo(a attributes) string {
	if read[string](a, behaviourAttr) != "Pinned" {
		return ""
	}
	return read[string](a, versionAttr)
}

// standing puts a state into words; what is "case K7QM-3XRD".
func (a asked) standing(e *workflowpb.WorkflowExecutionInfo, state State, reason string) Standing {
	s := Standing{State: state}
	if at := e.GetCloseTime(); at != nil {
		s.Since = at.AsTime()
	}
	name := strings.ToUpper(a.what[:1]) + a.what[1:]
	switch {
	case state == "" || state == OnFile:
		return s
	case s.Dead():
		s.Says, s.Do = a.death(name, s, reason), a.remedy(e)
	case state == OfAnother:
		s.Says = name + " was begun by another version of this program, and the worker that runs now " +
			"cannot go on with it: it stands still. Nothing is lost, and its timers are kept."
		s.Do = "Start the worker of that version" + named(pinnedTo(fields(e))) + "; see 'Versions' in docs/design.md."
	case state == Stuck:
		s.Says = name + " stands still: the worker meets a fault in it and tries again. Nothing is lost, and " +
			"its timers are kept."
		s.Do = "The worker's log says which fault; it goes on by itself once a worker runs without it."
	case state == Paused:
		s.Says = name + " was paused by an operator of the server and takes nothing until it is unpaused."
		s.Do = "Whoever paused it unpauses it, in the Temporal UI or by its command line."
	case state == Unattended:
		s.Says = name + " stands still: no worker is there that could go on with it. Nothing is lost, and its " +
			"timers are kept."
		s.Do = "Start the worker" + named(pinnedTo(fields(e))) + ": 'make dev' or 'worker'."
	}
	return s
}

func fields(e *workflowpb.WorkflowExecutionInfo) attributes {
	return e.GetSearchAttributes().GetIndexedFields()
}

func named(version string) string {
	if version == "" {
		return ""
	}
	return " (version " + version + ")"
}

// how a death is said.
var died = map[State]string{
	Terminated: "was terminated by an operator of the server",
	Failed:     "has failed by a fault of the program",
	TimedOut:   "was ended by a limit of the server",
	Cancelled:  "was cancelled by an operator of the server",
	CutShort:   "has ended without having been closed",
}

func (a asked) death(name string, s Standing, reason string) string {
	text := name + " " + died[s.State]
	if !s.Since.IsZero() {
		text += " on " + calendar.Instant(s.Since)
	}
	if reason = harmless(reason); reason != "" {
		text += " (" + reason + ")"
	}
	return text + ". It is dead: it takes nothing, no time runs in it, nobody is reminded of anything."
}

// remedy of a case that was closed before it died is none: nothing was owed any more.
func (a asked) remedy(e *workflowpb.WorkflowExecutionInfo) string {
	if read[string](fields(e), workflows.AttrStage.GetName()) == string(regime.Closed) {
		return "It had been closed before. '" + a.revive + "' has it take corrections again."
	}
	text := "'" + a.revive + "' brings it back as it stood, with all its times."
	if a.instead != "" {
		text += " Or " + a.instead + "."
	}
	return text
}

// harmless is a text of the server's on one line, without what a terminal might obey.
func harmless(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, s)
	const most = 200
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "..."
	}
	return strings.Join(strings.Fields(s), " ")
}

// triesOfAFault is how often a step was tried when it is taken for one that no worker can do; of a
// worker that was killed in the middle of one, the next does it at the second try.
const triesOfAFault = 3

// look asks the server how a case or group is.
func (t *Temporal) look(ctx context.Context, a asked, there crew) (Standing, error) {
	a, err := t.placed(ctx, a)
	if err != nil {
		return Standing{}, err
	}
	answer, err := t.client.DescribeWorkflow(ctx, a.id, "")
	if err != nil {
		return Standing{}, err
	}
	e := answer.RawResponse.GetWorkflowExecutionInfo()
	state, reason := stateOf(e, there), ""
	if state == "" && answer.RawResponse.GetPendingWorkflowTask().GetAttempt() >= triesOfAFault {
		state = Stuck // before the server reports it
	}
	if (Standing{State: state}).Dead() {
		reason = t.reason(ctx, a.id, e.GetExecution().GetRunId())
	}
	return a.standing(e, state, reason), nil
}

// reason is what stands in the last event of a run that has ended; empty where it says none.
func (t *Temporal) reason(ctx context.Context, id, run string) string {
	events := t.client.GetWorkflowHistory(ctx, id, run, false, enumspb.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT)
	for events.HasNext() {
		e, err := events.Next()
		if err != nil {
			return ""
		}
		if why := e.GetWorkflowExecutionTerminatedEventAttributes().GetReason(); why != "" {
			return "reason given: " + why
		}
		if f := e.GetWorkflowExecutionFailedEventAttributes().GetFailure(); f.GetEncodedAttributes() == nil && f != nil { // else sealed
			return f.GetMessage()
		}
	}
	return ""
}

// crew is who asks the server for work.
type crew struct {
	unknown  bool // nobody has asked the server, or it did not answer
	any      bool
	versions []string // "holdthering:2026-12"
}

// somebody is a crew that is not looked at.
var somebody = crew{unknown: true}

// serves reports whether a worker is there for what is pinned to the version, or for anything
// where that is empty.
func (c crew) serves(version string) bool {
	if c.unknown {
		return true
	}
	if version == "" {
		return c.any
	}
	return slices.ContainsFunc(c.versions, func(v string) bool {
		return strings.ReplaceAll(v, ".", ":") == strings.ReplaceAll(version, ".", ":")
	})
}
