package workflows

import (
	"strconv"
	"time"

	"go.temporal.io/sdk/workflow"

	"holdthering/message"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
)

// SurveillanceGroup is the standing workflow of a Quality Surveillance Group: the watch over
// the providers of an area or region, before any case and after it. It runs for years, a
// chapter from meeting to meeting. Every act of a person is an Update named after its verb
// in surveillance.Verbs; the query State shows the whole group. It ends when the group does.
func SurveillanceGroup(ctx workflow.Context, in GroupInput) error {
	g, err := beginGroup(ctx, in)
	if err != nil {
		return err
	}
	// A group ends by its own act alone: a request to cancel it changes nothing.
	ctx, _ = workflow.NewDisconnectedContext(ctx)
	g.listen(ctx)
	workflow.GoNamed(ctx, "clock", g.keepTime)
	workflow.GoNamed(ctx, "post", g.post)
	workflow.GoNamed(ctx, "region", g.report)
	workflow.GoNamed(ctx, "exchange", g.exchange)
	workflow.GoNamed(ctx, "file", g.keepOnFile)
	return g.run(ctx)
}

// run waits for the meeting, which ends the chapter, or for the end of the group. Members
// talk, bring concerns and agree levels all the while.
func (g *surveillanceGroup) run(ctx workflow.Context) error {
	g.await(ctx, time.Time{}, "", func() bool {
		return !g.g.Ended.IsZero() || g.chapterEnds(ctx)
	})
	if g.g.Ended.IsZero() {
		return g.nextChapter(ctx)
	}
	g.await(ctx, time.Time{}, "", func() bool {
		return g.lastSent() && workflow.AllHandlersFinished(ctx)
	})
	g.keepRecord(ctx)
	return nil
}

// report hands each local report on to the regional group. Where there is none, the report stays in
// the local group's record, and nothing waits for it.
func (g *surveillanceGroup) report(ctx workflow.Context) {
	for {
		g.await(ctx, time.Time{}, "", func() bool { _, ok := g.g.UnsentReport(); return ok })
		r, _ := g.g.UnsentReport()
		sendNews(ctx, within(ReportNews(g.g, r), g.in.Scene), "Report handed to the regional group")
		g.g.ReportHanded(r.N, g.now(ctx))
	}
}

// exchange tells the other groups, one after the other, what this one has open about providers that
// they know. A group that does not run learns of it at the next meeting.
func (g *surveillanceGroup) exchange(ctx workflow.Context) {
	for {
		g.await(ctx, time.Time{}, "", func() bool { _, _, ok := g.g.UnsentShares(); return ok })
		place, shares, _ := g.g.UnsentShares()
		sendNews(ctx, within(SharedNews(g.g, place, shares), g.in.Scene), "Another group told what is open")
		g.g.SharesHanded(place, shares)
	}
}

// SharedNews is what a group has open about providers on its way to another group.
func SharedNews(g *surveillance.Group, place string, shares []surveillance.Share) message.News {
	key := g.Ref() + "/share/" + place + "/" + strconv.Itoa(g.Handed+1)
	return message.News{
		Groups: []string{place},
		Request: ledger.Request{Sure: true, Key: key, Fingerprint: key,
			By: ledger.Actor{For: g.Support(), Person: g.Ref(), Channel: "group"}},
		Shared: &surveillance.NoteShared{From: g.Place(), FromName: g.PlaceName, Region: g.Region,
			Profile: g.Profile, Demonstration: g.Demonstration, Shares: shares},
	}
}

// ReportNews is a local group's report on its way to the region.
func ReportNews(g *surveillance.Group, r surveillance.LocalReport) message.News {
	return message.News{
		Groups: []string{g.Region},
		Request: ledger.Request{
			Sure: true,
			Key:  g.Ref() + "/report/" + r.At.UTC().Format(time.RFC3339Nano),
			By:   ledger.Actor{For: r.By, Person: g.Ref(), Channel: "group"}},
		Report: &surveillance.NoteReport{From: g.Place(), Report: &r},
	}
}
