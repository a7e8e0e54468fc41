package activities_test

import (
	"context"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"holdthering/activities/mail/ics"
	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/workflows"
)

// act is done in a case so long after its opening.
type act struct {
	after time.Duration
	by    regime.Party
	act   failure.Act
}

var opening = failure.Opening{
	Ref: "K7QM-3XRD", Profile: "ENGLAND_2013",
	Provider: regime.Provider{Code: "RXX", Name: providerName, Type: regime.FoundationTrust,
		LeadCCG: "07J", AreaTeam: "Q56", Region: "Y55"},
	Members: []regime.Party{"NHSCB/Q56", "CCG/07J", "MONITOR", "CQC"},
}

// course runs a case with the real activity for a week.
func course(t *testing.T, d *fixture, acts []act) {
	t.Helper()
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(log.NewStructuredLogger(slog.New(slog.DiscardHandler)))
	env := suite.NewTestWorkflowEnvironment()
	env.SetWorkerOptions(worker.Options{DeadlockDetectionTimeout: time.Minute})
	env.SetStartTime(arose)
	env.RegisterWorkflowWithOptions(workflows.FailureCase, workflow.RegisterOptions{Name: workflows.CaseWorkflow})
	hands := d.activities()
	env.RegisterActivity(hands.SendNotices)
	env.RegisterActivity(hands.KeepRecord)
	env.RegisterActivityWithOptions(func(context.Context, message.News) error { return nil },
		activity.RegisterOptions{Name: message.ActivityTellGroups})
	for _, a := range acts {
		env.RegisterDelayedCallback(func() {
			request := ledger.Request{Key: a.after.String(), By: ledger.Actor{For: a.by, Person: "x", Channel: "test"}}
			failed := func(err error) {
				if err != nil {
					t.Errorf("%T: %v", a.act, err)
				}
			}
			env.UpdateWorkflow(failure.VerbOf(a.act).Name(), request.Key, &testsuite.TestUpdateCallback{
				OnAccept: func() {}, OnReject: failed, OnComplete: func(_ any, err error) { failed(err) },
			}, request, a.act)
		}, a.after)
	}
	env.RegisterDelayedCallback(func() {
		env.SetContinueAsNewSuggested(true)
		env.SignalWorkflow("wake up", nil)
	}, 7*24*time.Hour)
	env.ExecuteWorkflow(workflows.CaseWorkflow, workflows.Input{Schema: failure.Schema, Opening: &opening})
	require.True(t, env.IsWorkflowCompleted())
}

var inCalendar = regexp.MustCompile(`(?m)^(METHOD|UID|SEQUENCE|DTSTART|STATUS):(.*)\r$`)

// entriesFor is what went to an address of each calendar entry, and the first invitation's entry.
func entriesFor(t *testing.T, channel *script, address string) (of map[string][]string, invitation string) {
	of = map[string][]string{}
	for _, m := range channel.sent {
		if m.To.Email != address || m.Calendar == nil {
			continue
		}
		files := ics.Files(m)
		require.Len(t, files, 1)
		field := map[string]string{}
		for _, match := range inCalendar.FindAllStringSubmatch(files[0].Text, -1) {
			field[match[1]] = match[2]
		}
		_, about, _ := strings.Cut(m.Subject, "] ")
		uid := field["UID"]
		of[uid] = append(of[uid], about+": "+field["METHOD"]+" "+field["STATUS"]+" "+field["DTSTART"])
		if invitation == "" && strings.Contains(about, "your answer is asked for") {
			invitation = uid
		}
	}
	return of, invitation
}

func TestR15_ASummitEntersItsGuestsCalendarsMovesAndIsTakenOutThroughACase(t *testing.T) {
	d, channel := newFixture(t), &script{}
	d.channel = channel
	d.write(`party,name,duty,lead,deputy,executive,absent_from,absent_to,calendar,note
CQC,CQC,duty@cqc.example,,,,,,yes,
MONITOR,Monitor,duty@monitor.example,,,,,,no,
NHSCB/Q56,NHS England,duty@nhscb.example,,,,,,no,
CCG/07J,CCG,duty@ccg.example,,,,,,no,
`)
	first, second := arose.Add(48*time.Hour), arose.Add(96*time.Hour)
	course(t, d, []act{
		{time.Minute, "NHSCB/Q56", &failure.TriggerRiskSummit{Concern: "x", Source: "media"}},
		{time.Hour, "NHSCB/Q56", &failure.ConveneSummit{At: first}},
		{2 * time.Hour, "NHSCB/Q56", &failure.ConveneSummit{At: second}},
		{3 * time.Hour, "CQC", &failure.ReplyToInvitation{Answer: "attending"}},
		{24 * time.Hour, "NHSCB/Q56", &failure.OpenSummit{Attending: []regime.Party{"CQC"}, Early: "x"}},
	})
	entries, summit := entriesFor(t, channel, "duty@cqc.example")
	const invitation = "Risk summit: your answer is asked for: PUBLISH CONFIRMED "
	require.Equal(t, []string{invitation + "20130912T151000Z", invitation + "20130914T151000Z",
		"Calendar: no longer needed: CANCEL CANCELLED 20130914T151000Z"}, entries[summit], "one entry, that moves and goes")
	for _, address := range []string{"duty@monitor.example", "duty@nhscb.example"} {
		none, _ := entriesFor(t, channel, address)
		require.Empty(t, none, "who does not ask for entries gets none")
	}
}
