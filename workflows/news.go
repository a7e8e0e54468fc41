package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"holdthering/regime"
)

// newsOptions: news is worth a few tries and no more. Groups are told beside the case, which
// needs none to be there and waits for none.
var newsOptions = workflow.ActivityOptions{
	StartToCloseTimeout: 30 * time.Second,
	RetryPolicy:         &temporal.RetryPolicy{MaximumAttempts: 3},
}

// sendNews lets groups know; what comes of it is for the log alone.
func sendNews(ctx workflow.Context, n News, about string) {
	options := newsOptions
	options.Summary = summary(about)
	ctx = workflow.WithActivityOptions(ctx, options)
	if err := workflow.ExecuteActivity(ctx, ActivityTellGroups, n).Get(ctx, nil); err != nil {
		workflow.GetLogger(ctx).Warn("Surveillance groups could not be told", "about", about)
	}
}

// tellGroups lets the surveillance groups concerned know when a summit was triggered, at each
// stage after it, and at the closing. The next chapter tells again what this one may not
// have got through with; the groups take it once.
func (f *failureCase) tellGroups(ctx workflow.Context) {
	for {
		f.await(ctx, time.Time{}, "", func() bool {
			return f.c.Stage != regime.UnderSurveillance && f.newsKey() != f.in.GroupsTold
		})
		n, key := f.news(), f.newsKey()
		if len(n.Groups) > 0 {
			sendNews(ctx, n, "Surveillance groups told: "+f.c.Stage.Words())
		}
		f.in.GroupsTold = key
	}
}

func (f *failureCase) newsKey() string {
	return "case/" + f.c.Ref + "/" + string(f.c.Stage) + "/" + f.c.StageSince.UTC().Format(time.RFC3339)
}

func (f *failureCase) news() News {
	p := f.c.Provider
	n := News{
		Request: regime.Request{Key: f.newsKey(), By: regime.Actor{
			For: f.c.Support(), Person: "case " + f.c.Ref, Channel: "case"}},
		Case: &regime.NoteCase{Case: f.c.Ref, Provider: p.Code, Name: p.Name, Type: p.Type,
			District: p.Town, Stage: f.c.Stage, Since: f.c.StageSince, Demonstration: f.c.Demonstration, Profile: f.c.Profile},
	}
	if q := f.c.Questions; f.c.Stage == regime.Closed {
		n.Case.Level, n.Case.Reason, n.Case.Review = q.Level, q.LevelReason, q.Review
	}
	for _, place := range append(append([]string{p.AreaTeam}, p.OtherAreas...), p.Region) {
		if place != "" {
			n.Groups = append(n.Groups, place)
		}
	}
	return n
}
