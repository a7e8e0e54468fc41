package main

import (
	"context"
	"fmt"
	"time"

	"go.temporal.io/sdk/client"

	"holdthering/cases"
	"holdthering/reference"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/signpost"
	"holdthering/workflows"
)

// deed is one act of the course that each case takes.
type deed struct {
	by  regime.Party
	act failure.Act
}

const chair = regime.Party("NHSCB/Q56")

// course is what bodies do in a case within its first days, one after the other.
func course(now time.Time) []deed {
	return []deed{
		{"CQC", &failure.TriggerRiskSummit{Concern: "unsafe staffing on the wards at night", Source: "inspection",
			Routine: "two inspections have not brought an improvement"}},
		{"MONITOR", &failure.AcknowledgeAlert{}},
		{chair, &failure.ConveneSummit{At: now.Add(2 * time.Hour)}},
		{"MONITOR", &failure.ReplyToInvitation{Answer: "attending"}},
		{"CQC", &failure.ReplyToInvitation{Answer: "attending"}},
		{chair, &failure.OpenSummit{Attending: []regime.Party{"CQC", "MONITOR"}}},
		{"CQC", &failure.JudgeForOneself{View: "the wards are staffed again, and the rota is kept"}},
		{chair, &failure.JudgeCollectively{Value: failure.NoFailure, Reason: "none was found by those who met"}},
		{chair, &failure.AnswerStandards{Answer: "no", Reason: "nobody is at fault"}},
		{chair, &failure.SendLetter{}},
	}
}

// provider is that of every case.
const provider = "RCX"

// ahead puts the cases' time within working hours, so that every run has the same mails.
func ahead() time.Duration { return time.Until(calendar.NextWorkingTime(time.Now(), 9, 12)) }

// refOf is the reference of the n-th case of a measure.
func refOf(letters string, n int) string { return fmt.Sprintf("%s-%04d", letters, n) }

// begin starts a case in which nothing has been done.
func (s *site) begin(ctx context.Context, ref string, ahead time.Duration) error {
	ours, err := reference.Load()
	if err != nil {
		return err
	}
	about, err := ours.Provider(provider)
	if err != nil {
		return err
	}
	id, err := signpost.Put(ctx, s.client, ref, provider)
	if err != nil {
		return err
	}
	_, err = s.client.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: id, TaskQueue: workflows.TaskQueue},
		workflows.CaseWorkflow, workflows.Input{Schema: failure.Schema, ClockOffset: ahead, Opening: &failure.Opening{
			Ref: ref, Profile: "ENGLAND_2013", Provider: about, Members: ours.LocalGroup("Q56")}})
	return err
}

// take does the deeds in a case one after the other, of which it has had so many.
func take(ctx context.Context, c cases.Cases, ref string, had int, deeds []deed) error {
	for i, d := range deeds {
		by := ledger.Actor{For: d.by, Person: "an officer", Channel: "bench"}
		req := ledger.Request{Key: fmt.Sprintf("%s/%d", ref, had+i), By: by, Again: true}
		if _, err := c.Act(ctx, ref, req, d.act); err != nil {
			return fmt.Errorf("%s, %s: %w", ref, failure.VerbOf(d.act).Path, err)
		}
	}
	return nil
}
