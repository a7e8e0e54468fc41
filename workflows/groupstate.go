package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/surveillance"
)

// surveillanceGroup is a group at work: the plain state, and what of it the outside has been
// shown.
type surveillanceGroup struct {
	runtime
	g        *surveillance.Group
	in       GroupInput
	opened   int // entries when this run began
	meetings int // meetings held that are on file
	shown    groupShown
}

// groupShown is what the list in the Temporal UI was last told.
type groupShown struct {
	place   string
	next    time.Time
	overdue int64
	trouble string
	held    int64
}

func beginGroup(ctx workflow.Context, in GroupInput) (*surveillanceGroup, error) {
	g := &surveillanceGroup{g: in.Group, in: in}
	g.offset, g.filing = in.ClockOffset, in.Filing
	g.shown.trouble = in.Filing.Trouble() // the list goes on with the last run's
	if g.g == nil {
		opening := surveillance.Opening{}
		if in.Opening != nil {
			opening = *in.Opening
		}
		opened, err := surveillance.Open(opening, g.now(ctx))
		if err != nil {
			return nil, refusal(err)
		}
		g.g = opened
	}
	g.ledger, g.refresh = g.g, g.show
	g.batchTemplate = message.Batch{Ref: g.g.Ref(), Group: PlaceIn(g.g.Place(), in.Scene), Scene: in.Scene,
		Profile: g.g.Profile, Demonstration: g.g.Demonstration}
	g.opened = g.g.LastEntry
	g.files = files{what: "Group", turn: workflow.NewMutex(ctx), mark: g.mark,
		turned:  func() bool { return g.held() > g.meetings },
		carried: func() message.Register { return message.Register{Group: g.g.Public(), Scene: g.in.Scene} },
		over:    g.over, letGo: func(p *message.Part, digest string, now time.Time) { g.g.LetGo(*p.Group, digest, now) },
		written: g.g.Written, opened: g.g.Opened, lastEntry: func() int { return g.g.LastEntry }}
	g.mark()()
	g.files.entry = g.in.FiledEntry
	return g, nil
}

func (g *surveillanceGroup) mark() func() {
	n := g.held()
	return func() { g.meetings = n }
}

// over is what leaves the group for the register.
func (g *surveillanceGroup) over(now time.Time) *message.Part {
	o := g.g.Over(now)
	if o.Empty() {
		return nil
	}
	return &message.Part{N: g.g.Past.Parts + 1, Before: g.g.Past.Digest, Group: &o}
}

// listen makes every verb an Update and the state a query, before anything blocks.
func (g *surveillanceGroup) listen(ctx workflow.Context) {
	must(workflow.SetQueryHandlerWithOptions(ctx, QueryState, func() (GroupSnapshot, error) {
		return GroupSnapshot{Group: g.g.Public(), Now: g.now(ctx), ClockOffset: g.in.ClockOffset,
			Chapter: g.in.Chapter, Filing: g.filing}, nil
	}, workflow.QueryHandlerOptions{Description: "The whole group: providers, concerns, duties, logs"}))
	must(workflow.SetQueryHandlerWithOptions(ctx, QuerySources, func(p regime.Party) (SourcesAnswer, error) {
		return sourcesFor(g.g, p), nil
	}, workflow.QueryHandlerOptions{Description: "Who told something in confidence, for those that R14 lets know"}))
	handleVerbs(ctx, &g.runtime, surveillance.Verbs(), surveillance.VerbNamed, g.g)
	g.handleDeliveries(ctx)
	g.show(ctx)
}

// held counts the meetings that were held; all but the one to come.
func (g *surveillanceGroup) held() int {
	last, _ := g.g.LastMeeting()
	return last.N
}

// chapterEnds tells when the group should go on in a new run: when the history grows long, or when a new
// version of the program is there. Nothing may be in hand.
func (g *surveillanceGroup) chapterEnds(ctx workflow.Context) bool {
	if !g.atRest(ctx) {
		return false
	}
	info := workflow.GetInfo(ctx)
	return info.GetContinueAsNewSuggested() ||
		info.GetTargetWorkerDeploymentVersionChanged() && g.g.LastEntry > g.opened
}

func (g *surveillanceGroup) atRest(ctx workflow.Context) bool {
	_, unsent := g.g.UnsentReport()
	_, _, untold := g.g.UnsentShares()
	return !unsent && !untold && g.allSent() && workflow.AllHandlersFinished(ctx)
}

// nextChapter puts the group on file and carries its whole state into a new run.
func (g *surveillanceGroup) nextChapter(ctx workflow.Context) error {
	g.keepRecord(ctx)
	g.await(ctx, time.Time{}, "", func() bool { return g.atRest(ctx) })
	in := GroupInput{Schema: surveillance.Schema, Group: g.g, ClockOffset: g.in.ClockOffset,
		Scene: g.in.Scene, Chapter: g.in.Chapter + 1, Filing: g.filing,
		FiledEntry: g.files.entry}
	return goOn(ctx, GroupWorkflow, in)
}

// show brings the board and the search attributes up to date.
func (g *surveillanceGroup) show(ctx workflow.Context) {
	now := g.now(ctx)
	workflow.SetCurrentDetails(ctx, g.g.Board(now)+howToAct("group ", g.g.Place()))
	s := groupShown{place: g.g.Place(), overdue: int64(g.g.CountOverdue(now)),
		trouble: g.filing.Trouble()}
	if h, held := g.g.HeldMails(now); held {
		s.held = int64(h.Mails)
	}
	s.next, _ = g.g.SoonestDue()
	changed := g.changed(s)
	if len(changed) == 0 {
		return
	}
	if err := workflow.UpsertTypedSearchAttributes(ctx, changed...); err != nil {
		workflow.GetLogger(ctx).Warn("The list of groups could not be updated", "group", g.g.Ref())
	}
	g.shown = s
}

func (g *surveillanceGroup) changed(s groupShown) []temporal.SearchAttributeUpdate {
	var out []temporal.SearchAttributeUpdate
	first := g.shown.place == ""
	if first {
		out = append(out, AttrAreaTeam.ValueSet(s.place))
	}
	if first || s.overdue != g.shown.overdue {
		out = append(out, AttrOverdue.ValueSet(s.overdue))
	}
	if s.held != g.shown.held {
		out = append(out, AttrMailsHeld.ValueSet(s.held))
	}
	switch {
	case !s.next.IsZero() && !s.next.Equal(g.shown.next):
		out = append(out, AttrNextDue.ValueSet(s.next))
	case s.next.IsZero() && !g.shown.next.IsZero():
		out = append(out, AttrNextDue.ValueUnset())
	}
	switch {
	case s.trouble != "" && s.trouble != g.shown.trouble:
		out = append(out, AttrTrouble.ValueSet(s.trouble))
	case s.trouble == "" && g.shown.trouble != "":
		out = append(out, AttrTrouble.ValueUnset())
	}
	return out
}
