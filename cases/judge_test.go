package cases_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/mock"
	commonpb "go.temporal.io/api/common/v1"
	deploymentpb "go.temporal.io/api/deployment/v1"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	workflowpb "go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/mocks"
	"go.temporal.io/sdk/temporal"
	"google.golang.org/protobuf/types/known/timestamppb"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/seal"
	"holdthering/workflows"
)

// asked sends a note to a server that answers each try with the next of the errors, and the
// last of them for ever.
func asked(t *testing.T, errs ...error) (tries int, keys map[string]bool, err error) {
	t.Helper()
	c := mocks.NewClient(t)
	keys = map[string]bool{}
	c.On("UpdateWorkflow", mock.Anything, mock.Anything).Return(
		func(_ context.Context, o client.UpdateWorkflowOptions) (client.WorkflowUpdateHandle, error) {
			keys[o.UpdateID] = true
			e := errs[min(tries, len(errs)-1)]
			tries++
			if e != nil {
				return nil, e
			}
			h := mocks.NewWorkflowUpdateHandle(t)
			h.On("Get", mock.Anything, mock.Anything).Return(nil)
			return h, nil
		})
	c.On("DescribeTaskQueue", mock.Anything, mock.Anything, mock.Anything).
		Return(&workflowservice.DescribeTaskQueueResponse{}, nil).Maybe()
	c.On("DescribeWorkflow", mock.Anything, mock.Anything, mock.Anything).
		Return(&client.WorkflowExecutionDescription{RawResponse: &workflowservice.DescribeWorkflowExecutionResponse{}}, nil).Once()
	c.On("DescribeWorkflow", mock.Anything, mock.Anything, mock.Anything).
		Return(nil, serviceerror.NewNotFound("gone")).Maybe()
	p := parsed(t, "note", "add", "--case", "K7QM-3XRD", "--by", "CQC", "--text", "x", "--key", "k1")
	at := cases.New(c, "there:7233", namespace, cases.Settings{Patience: 1200 * time.Millisecond})
	_, err = at.Act(t.Context(), p.Case, p.Request, p.Act)
	return tries, keys, err
}

func TestAnAnswerThatWasLostIsAskedForAgainUnderOneIDThatIsNotTheKey(t *testing.T) {
	for name, lost := range map[string]error{
		"timed out":   client.NewWorkflowUpdateServiceTimeoutOrCanceledError(context.DeadlineExceeded),
		"unavailable": serviceerror.NewUnavailable("restarting"),
		"too many": serviceerror.NewResourceExhausted(
			enumspb.RESOURCE_EXHAUSTED_CAUSE_CONCURRENT_LIMIT, "busy"),
		"run ended": temporal.NewNonRetryableApplicationError("run ended",
			"AcceptedUpdateCompletedWorkflow", nil),
		"not yet prepared": serviceerror.NewInvalidArgument("invalid search attribute: ProviderCode"),
		"server just back": serviceerror.NewFailedPrecondition("no poller seen for task queue recently, worker may be down"),
	} {
		tries, keys, err := asked(t, lost, nil)
		if err != nil || tries != 2 || len(keys) != 1 || keys["k1"] {
			t.Errorf("%s: %d tries under %v: %v", name, tries, keys, err)
		}
	}
}

func TestTheOpenIdOfAnActHasNothingOfItsKeyOrContent(t *testing.T) {
	_, ids, _ := asked(t, nil)
	for id := range ids {
		if strings.Contains(id, "k1") || len(id) != 32 || id == (seal.Keys{}).Mark("k1") {
			t.Errorf("the id is %q", id)
		}
	}
}

func TestWhatIsSaidOfAnError(t *testing.T) {
	for _, row := range []struct {
		err  error
		kind string // "refused R55", "mistake", "unreachable", "unknown"
		says string
	}{
		{temporal.NewNonRetryableApplicationError("Monitor decides.", "R55", nil), "refused R55",
			"Monitor decides."},
		{temporal.NewNonRetryableApplicationError("no.", workflows.ErrorTypeMistake, nil), "mistake", "no."},
		{temporal.NewApplicationError("unknown update X", "", nil), "unknown", "unknown update X"},
		{serviceerror.NewNotFound("no such"), "mistake", "no case K7QM-3XRD"},
		{serviceerror.NewNamespaceNotFound("x"), "unreachable", "no namespace"},
		{serviceerror.NewFailedPrecondition("Workflow is paused."), "unreachable", "paused"},
		{serviceerror.NewInvalidArgument("invalid query: invalid search attribute: ProviderCode"),
			"unreachable", "not prepared"},
		{serviceerror.NewQueryFailed("[TMPRL1100] During replay, a matching Timer command was expected"),
			"unknown", "begun by another version of this program"},
		{serviceerror.NewFailedPrecondition("no poller seen for task queue recently, worker may be down"),
			"unreachable", "No worker is there to answer for case K7QM-3XRD"},
		{serviceerror.NewPermissionDenied("no", ""), "unreachable", "does not let you"},
		{serviceerror.NewUnavailable("down"), "unknown", "no worker is there"},
		{serviceerror.NewInternal("broken"), "unknown", "broken"},
	} {
		_, _, err := asked(t, row.err)
		if got := kindOf(err); got != row.kind || !strings.Contains(err.Error(), row.says) {
			t.Errorf("%T %v is %s: %v", row.err, row.err, got, err)
		}
	}
}

func TestACaseOfAnotherVersionIsToldFromAFault(t *testing.T) {
	problems, err := converter.GetDefaultDataConverter().ToPayload([]string{"category=WorkflowTaskFailed",
		"cause=WorkflowTaskFailedCauseNonDeterministicError"})
	if err != nil {
		t.Fatal(err)
	}
	c := mocks.NewClient(t)
	c.On("QueryWorkflow", mock.Anything, mock.Anything, mock.Anything, mock.Anything).
		Return(nil, serviceerror.NewWorkflowNotReady("its tasks fail"))
	c.On("DescribeTaskQueue", mock.Anything, mock.Anything, mock.Anything).
		Return(&workflowservice.DescribeTaskQueueResponse{Pollers: []*taskqueuepb.PollerInfo{
			{LastAccessTime: timestamppb.Now()}}}, nil)
	c.On("DescribeWorkflow", mock.Anything, mock.Anything, mock.Anything).
		Return(&client.WorkflowExecutionDescription{RawResponse: &workflowservice.DescribeWorkflowExecutionResponse{
			WorkflowExecutionInfo: &workflowpb.WorkflowExecutionInfo{
				SearchAttributes: &commonpb.SearchAttributes{IndexedFields: map[string]*commonpb.Payload{
					"TemporalReportedProblems": problems}}}}}, nil)
	_, err = cases.New(c, "there:7233", namespace, cases.Settings{Patience: time.Second}).
		Snapshot(t.Context(), "K7QM-3XRD")
	if err == nil || !strings.Contains(err.Error(), "begun by another version of this program") {
		t.Error(err)
	}
}

func kindOf(err error) string {
	var mistake *regime.Mistake
	var gone *cases.Unreachable
	switch {
	case regime.RefusedBy(err) != "":
		return "refused " + regime.RefusedBy(err)
	case errors.As(err, &mistake):
		return "mistake"
	case errors.As(err, &gone) && gone.Key == "":
		return "unreachable"
	case errors.As(err, &gone):
		return "unknown"
	}
	return "other"
}

func TestAnOpeningThatIsRefusedReachesNoServer(t *testing.T) {
	at := cases.New(mocks.NewClient(t), "there:7233", namespace, cases.Settings{})
	p := parsed(t, "trigger", "--provider", "RCX", "--by", "NQB", "--source", "media", "--concern", "x")
	if _, err := at.Open(t.Context(), *p.Opening, p.Request, p.Act); regime.RefusedBy(err) != "R11" {
		t.Error(err)
	}
	p.Opening.Profile = "NOWHERE"
	_, err := at.Open(t.Context(), *p.Opening, p.Request, p.Act)
	var mistake *regime.Mistake
	if !errors.As(err, &mistake) {
		t.Error(err)
	}
}

func TestAListIsOneQueryThatNamesOnlyWhatIsAskedFor(t *testing.T) {
	const dead = ` OR ExecutionStatus IN ("Terminated", "Failed", "TimedOut", "Canceled"))`
	for want, f := range map[string]cases.Filter{
		`WorkflowType = "FailureCase" AND (CloseTime IS NULL` + dead:                   {},
		`WorkflowType = "FailureCase" AND (ExecutionStatus != "ContinuedAsNew"` + dead: {Ended: true},
		`WorkflowType = "FailureCase" AND (CloseTime IS NULL AND DutiesOverdue > 0` + dead +
			` AND CaseStage = "CLOSED" AND ProviderCode = "RCX" AND AreaTeam = "Q56"`: {
			Stage: regime.Closed, Provider: "RCX", Area: "Q56", Overdue: true},
	} {
		c := mocks.NewClient(t)
		asked := mock.MatchedBy(func(r *workflowservice.ListWorkflowExecutionsRequest) bool {
			return r.GetQuery() == want
		})
		c.On("ListWorkflow", mock.Anything, asked).
			Return(&workflowservice.ListWorkflowExecutionsResponse{}, nil).Once()
		at := cases.New(c, "there:7233", namespace, cases.Settings{})
		if rows, err := at.List(t.Context(), f); err != nil || len(rows) != 0 {
			t.Errorf("%v, %v", rows, err)
		}
	}
	at := cases.New(mocks.NewClient(t), "there:7233", namespace, cases.Settings{})
	if _, err := at.List(t.Context(), cases.Filter{Provider: `RCX" OR "1`}); err == nil {
		t.Error("a quotation mark went into the query")
	}
}

func TestARowSaysWhoHasToDoSomethingAboutIt(t *testing.T) {
	field := func(v any) *commonpb.Payload {
		p, err := converter.GetDefaultDataConverter().ToPayload(v)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	pinned := map[string]*commonpb.Payload{"TemporalWorkflowVersioningBehavior": field("Pinned"),
		"TemporalWorkerDeploymentVersion": field("holdthering:v1")}
	worker := func(version string) *taskqueuepb.PollerInfo {
		p := &taskqueuepb.PollerInfo{LastAccessTime: timestamppb.Now()}
		if version != "" {
			p.DeploymentOptions = &deploymentpb.WorkerDeploymentOptions{DeploymentName: "holdthering", BuildId: version}
		}
		return p
	}
	for name, x := range map[string]struct {
		fields  map[string]*commonpb.Payload
		workers []*taskqueuepb.PollerInfo
		want    cases.State
		does    string
	}{
		"a worker is there":                 {nil, []*taskqueuepb.PollerInfo{worker("")}, "", ""},
		"none is":                           {nil, nil, cases.Unattended, "'make dev' or 'worker'"},
		"one that is gone":                  {nil, []*taskqueuepb.PollerInfo{{LastAccessTime: timestamppb.New(time.Now().Add(-2 * time.Minute))}}, cases.Unattended, "'worker'"},
		"that of its version is there":      {pinned, []*taskqueuepb.PollerInfo{worker("v1")}, "", ""},
		"only that of another version is":   {pinned, []*taskqueuepb.PollerInfo{worker("v2")}, cases.Unattended, "version holdthering:v1"},
		"only one without a version is":     {pinned, []*taskqueuepb.PollerInfo{worker("")}, cases.Unattended, "version holdthering:v1"},
		"its steps fail":                    {map[string]*commonpb.Payload{"TemporalReportedProblems": field([]string{"category=WorkflowTaskFailed"})}, nil, cases.Stuck, "log"},
		"its steps fail by another history": {map[string]*commonpb.Payload{"TemporalReportedProblems": field([]string{"cause=WorkflowTaskFailedCauseNonDeterministicError"})}, nil, cases.OfAnother, "that version"},
	} {
		c := mocks.NewClient(t)
		c.On("ListWorkflow", mock.Anything, mock.Anything).Return(&workflowservice.ListWorkflowExecutionsResponse{
			Executions: []*workflowpb.WorkflowExecutionInfo{{Status: enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING,
				Execution:        &commonpb.WorkflowExecution{WorkflowId: "case-A-1"},
				SearchAttributes: &commonpb.SearchAttributes{IndexedFields: x.fields}}}}, nil)
		c.On("DescribeTaskQueue", mock.Anything, mock.Anything, mock.Anything).
			Return(&workflowservice.DescribeTaskQueueResponse{Pollers: x.workers}, nil)
		rows, err := cases.New(c, "there:7233", namespace, cases.Settings{}).List(t.Context(), cases.Filter{})
		if err != nil || len(rows) != 1 {
			t.Fatal(rows, err)
		}
		switch s := rows[0].Standing; {
		case s == nil:
			if x.want != "" {
				t.Errorf("%s: it is well", name)
			}
		case s.State != x.want || !strings.Contains(s.Do, x.does):
			t.Errorf("%s: %+v", name, s)
		}
	}
}
