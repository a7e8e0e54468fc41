package workflows

import (
	"strconv"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
)

// newsOptions: news is worth a few tries and no more. Groups are told beside the case, which
// needs none to be there and waits for none.
var newsOptions = workflow.ActivityOptions{
	StartToCloseTimeout: 30 * time.Second,
	RetryPolicy:         &temporal.RetryPolicy{MaximumAttempts: 3},
}

// sendNews lets groups know; what comes of it is for the log alone.
func sendNews(ctx workflow.Context, n message.News, about string) {
	options := newsOptions
	options.Summary = summary(about)
	ctx = workflow.WithActivityOptions(ctx, options)
	if err := workflow.ExecuteActivity(ctx, message.ActivityTellGroups, n).Get(ctx, nil); err != nil {
		workflow.GetLogger(ctx).Warn("Surveillance groups could not be told", "about", about)
	}
}

// within is the news for the groups of a scene.
func within(n message.News, scene string) message.News {
	for i, place := range n.Groups {
		n.Groups[i] = PlaceIn(place, scene)
	}
	return n
}

// tellGroups lets the surveillance groups concerned know when a case is opened or a summit
// triggered, at each stage after it, when special measures come and go, and at the closing.
// The next chapter tells again what this one may not have got through with; the groups take
// it once.
func (f *failureCase) tellGroups(ctx workflow.Context) {
	for {
		f.await(ctx, time.Time{}, "", func() bool { return f.newsKey() != f.in.GroupsTold })
		f.tellNews(ctx)
	}
}

func (f *failureCase) tellNews(ctx workflow.Context) {
	n, key := NewsOf(f.c), f.newsKey()
	if len(n.Groups) > 0 {
		sendNews(ctx, within(n, f.in.Scene), "Surveillance groups told: "+f.c.Stage.Words())
	}
	f.in.GroupsTold = key
}

// newsKey is that of the news there is; there is none before the first act.
func (f *failureCase) newsKey() string {
	if f.c.LastEntry == 0 {
		return f.in.GroupsTold
	}
	return NewsOf(f.c).Request.Key
}

// NewsOf is what the groups in whose areas the provider serves patients are to know of a case
// as it stands. Its key changes when there is something new to tell.
func NewsOf(c *failure.Case) message.News {
	provider := c.Provider
	key := "case/" + c.Ref + "/" + string(c.Stage) + "/" + c.StageSince.UTC().Format(time.RFC3339)
	news := message.News{
		Request: ledger.Request{Key: key, Fingerprint: key, Sure: true, By: ledger.Actor{
			For: c.Support(), Person: "case " + c.Ref, Channel: "case"}},
		Case: &surveillance.NoteCase{Case: c.Ref, Provider: provider.Code, Name: provider.Name, Type: provider.Type,
			District: provider.Town, Stage: c.Stage, Since: c.StageSince, Demonstration: c.Demonstration,
			Profile: c.Profile},
	}
	if c.Trigger != nil {
		news.Case.Trigger = c.Trigger.By.For
	}
	if episode, ok := c.Episode(); ok {
		news.Request.Key += "/" + strconv.Itoa(episode.N) + "/" + string(episode.State)
		news.Request.Fingerprint = news.Request.Key // the key says all that counts
		news.Case.Measures = episode.State
	}
	if answers := c.Questions; c.Stage == regime.Closed {
		news.Case.Level, news.Case.Reason, news.Case.Review = answers.Level, answers.LevelReason, answers.Review
		news.Case.Agreed = c.LevelAgreed()
		news.Case.AskAfter, news.Case.Home = c.Closing.AskAfter, provider.AreaTeam
	}
	for _, place := range append(append([]string{provider.AreaTeam}, provider.OtherAreas...), provider.Region) {
		if place != "" {
			news.Groups = append(news.Groups, place)
		}
	}
	return news
}
