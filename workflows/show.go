package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"holdthering/regime"
)

// shown is what the Temporal UI was last told, so that only changes are.
type shown struct {
	stage    string
	ring     string
	kind     regime.ProviderType
	measures string
	next     time.Time
	overdue  int64
	trouble  string
	held     int64
}

// show brings the board and the search attributes up to date.
func (f *failureCase) show(ctx workflow.Context) {
	now := f.now(ctx)
	workflow.SetCurrentDetails(ctx, f.c.Board(now)+howToAct("", f.c.Ref))
	s := shown{stage: string(f.c.Stage), ring: string(f.c.Ring.Holder), kind: f.c.Provider.Type,
		measures: "NONE", overdue: int64(f.c.CountOverdue(now)), trouble: f.filing.Trouble()}
	if h, held := f.c.HeldMails(now); held {
		s.held = int64(h.Mails)
	}
	if e, ok := f.c.Episode(); ok {
		s.measures = string(e.State)
	}
	s.next, _ = f.c.SoonestDue()
	changed := f.changed(s)
	if len(changed) == 0 {
		return
	}
	if err := workflow.UpsertTypedSearchAttributes(ctx, changed...); err != nil {
		workflow.GetLogger(ctx).Warn("The list of cases could not be updated", "case", f.c.Ref)
	}
	f.shown = s
}

func (f *failureCase) changed(s shown) []temporal.SearchAttributeUpdate {
	var out []temporal.SearchAttributeUpdate
	set := func(differs bool, u temporal.SearchAttributeUpdate) {
		if differs {
			out = append(out, u)
		}
	}
	was := f.shown
	set(s.stage != was.stage, AttrStage.ValueSet(s.stage))
	set(s.kind != was.kind, AttrProviderType.ValueSet(string(s.kind)))
	set(s.measures != was.measures, AttrMeasures.ValueSet(s.measures))
	set(s.overdue != was.overdue || was.stage == "", AttrOverdue.ValueSet(s.overdue))
	set(s.held != was.held, AttrMailsHeld.ValueSet(s.held))
	set(s.ring != was.ring, AttrRingHolder.ValueSet(s.ring))
	if s.next.IsZero() {
		set(!was.next.IsZero(), AttrNextDue.ValueUnset())
	} else {
		set(!s.next.Equal(was.next), AttrNextDue.ValueSet(s.next))
	}
	if s.trouble == "" {
		set(was.trouble != "", AttrTrouble.ValueUnset())
	} else {
		set(s.trouble != was.trouble, AttrTrouble.ValueSet(s.trouble))
	}
	if was.stage == "" {
		out = append(out, AttrProvider.ValueSet(f.c.Provider.Code),
			AttrAreaTeam.ValueSet(f.c.Provider.AreaTeam))
	}
	return out
}

// howToAct ends a board: a case or group can be looked at where it stands, and stopped, and not worked on.
func howToAct(group, ref string) string {
	return "\n\n*To look at only: acts are done by the command line, the desk and the members' pages. `starter " + group + "show " + ref +
		"` tells more. `starter " + group + "revive " + ref + " --reason TEXT` brings back what was terminated here.*"
}
