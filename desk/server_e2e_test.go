package desk_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"holdthering/activities"
	"holdthering/cases"
	"holdthering/desk"
	"holdthering/launch/server"
	"holdthering/message"
	"holdthering/verbs"
	"holdthering/workflows"
	"holdthering/workflows/servertest"
)

// onServer is a desk over a real server with a worker, whose mails go nowhere.
func onServer(t *testing.T) (*bench, *cases.Temporal) {
	t.Helper()
	if os.Getenv("HTR_E2E") == "" {
		t.Skip("needs the embedded server: set HTR_E2E=1")
	}
	s, c := servertest.Open(t, server.Options{Namespaces: []string{"holdthering"}}, "holdthering")
	w := worker.New(c, workflows.TaskQueue, worker.Options{})
	w.RegisterWorkflowWithOptions(workflows.FailureCase, workflow.RegisterOptions{Name: workflows.CaseWorkflow})
	w.RegisterWorkflowWithOptions(workflows.Provider, workflow.RegisterOptions{Name: workflows.ProviderWorkflow})
	(&activities.Activities{}).RegisterOpening(w)
	w.RegisterActivityWithOptions(func(context.Context, message.Batch) (message.Report, error) { return message.Report{}, nil },
		activity.RegisterOptions{Name: message.ActivitySendNotices})
	w.RegisterActivityWithOptions(func(context.Context, message.News) error { return nil },
		activity.RegisterOptions{Name: message.ActivityTellGroups})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Stop)
	asker := cases.New(c, s.Address(), "holdthering", cases.Settings{})
	b := &bench{t: t}
	b.desk = &desk.Desk{Cases: asker, Now: time.Now, Fresh: desk.Usual, Log: slog.New(slog.DiscardHandler)}
	b.site = httptest.NewServer(b.desk.Handler())
	t.Cleanup(b.site.Close)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	b.browser = &http.Client{Jar: jar}
	return b, asker
}

func TestOnARealServerTheDeskShowsACaseAndActsInIt(t *testing.T) {
	b, asker := onServer(t)
	p, err := verbs.Parse([]string{"trigger", "--provider=RCX", "--by=NHS England East Anglia", "--source=qsg-sharing",
		"--concern=unsafe staffing", "--profile=ENGLAND_2013"}, verbs.Env{Person: "A. Tester"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := asker.Open(t.Context(), *p.Opening, p.Request, p.Act); err != nil {
		t.Fatal(err)
	}
	b.signIn()
	for range 50 { // the list lags behind an act
		if strings.Contains(b.page("/"), p.Case) {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	has(t, b.page("/"), "The Queen Elizabeth Hospital", "/case/"+p.Case+"/act/")
	has(t, b.page("/find?q=kings+lynn"), "/case/"+p.Case)
	has(t, b.page("/case/"+p.Case), "Unsafe staffing", "<svg")
	done := b.fill(b.get("/case/"+p.Case+"/act/note-add.n?by=CQC"), url.Values{"f-what": {"rang the trust"}})
	has(t, done.body, "It is recorded", "rang the trust", "Jo Bloggs, secretary")
	s, err := asker.Snapshot(t.Context(), p.Case)
	if err != nil {
		t.Fatal(err)
	}
	last := s.Case.Entries[len(s.Case.Entries)-1]
	if last.By.Channel != desk.Channel || last.By.For != "CQC" || last.By.Person != "Jo Bloggs" {
		t.Errorf("%+v", last.By)
	}
	has(t, b.page("/case/"+p.Case), "rang the trust")
}
