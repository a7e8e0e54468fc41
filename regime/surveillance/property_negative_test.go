package surveillance

import (
	"slices"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/ledger/ledgertest"
	"holdthering/regime/words"
)

// unblocked is an act that a rule says nothing is to block, with who does it now; nil where what the rule is about is not
// there at the moment.
type unblocked struct {
	rule string
	act  func(w *randomGroup, now time.Time) (regime.Party, Act)
}

var unblockedInGroup = []unblocked{
	{"R10", always("CQC", &RaiseConcern{Provider: "RCX", What: "x", Urgent: true})},
	{"R10", func(w *randomGroup, _ time.Time) (regime.Party, Act) {
		for _, c := range w.Concerns {
			if c.Urgent && c.Settled.IsZero() {
				return w.support(), &AnswerConcern{Concern: c.ID, Answer: "x"}
			}
		}
		return "", nil
	}},
	{"R10", func(w *randomGroup, _ time.Time) (regime.Party, Act) {
		for _, a := range w.Alerts {
			for _, p := range a.Of {
				if a.Withdrawn.IsZero() && !slices.Contains(a.Acknowledged, p) && !Unnamed(p) && w.Today(p) == p {
					return p, &AcknowledgeGroupAlert{}
				}
			}
		}
		return "", nil
	}},
	{"R11", func(w *randomGroup, _ time.Time) (regime.Party, Act) {
		if len(w.Concerns) == 0 {
			return "", nil
		}
		return w.support(), &LinkConcern{Concerns: w.Concerns[0].ID, Case: "CASE-0"}
	}},
	{"R16", (*randomGroup).alone},
	{"R17", (*randomGroup).alone},
	{"R92", func(w *randomGroup, _ time.Time) (regime.Party, Act) {
		return w.heardNow(func(id string) Act { return &ObjectInGroup{Matter: id, Reason: "x"} })
	}},
	{"R92", func(w *randomGroup, _ time.Time) (regime.Party, Act) {
		return w.heardNow(func(id string) Act { return &AgreeInGroup{Matter: id} })
	}},
	{"R92", func(w *randomGroup, now time.Time) (regime.Party, Act) {
		n := w.sitting(now)
		if len(w.membersAt(n)) < w.profile().Agreement.Least {
			return "", nil
		}
		for i := range w.Concerns {
			c := &w.Concerns[i]
			if c.Settled.IsZero() && w.Pending(ledger.ToSetAside, c.ID) == nil && (!c.Urgent || w.acknowledged(c)) {
				return w.support(), &SetConcernsAside{Concerns: c.ID, Reason: "x"}
			}
		}
		return "", nil
	}},
}

func always(by regime.Party, act Act) func(*randomGroup, time.Time) (regime.Party, Act) {
	return func(*randomGroup, time.Time) (regime.Party, Act) { return by, act }
}

// alone is a meeting to which nobody has come but who supports the group.
func (w *randomGroup) alone(time.Time) (regime.Party, Act) {
	support := w.support()
	return support, &HoldGroupMeeting{Present: []regime.Party{support}, Early: "x"}
}

// heardNow does something about what is to be put to rest.
func (w *randomGroup) heardNow(act func(id string) Act) (regime.Party, Act) {
	for i := range w.Agreements {
		if a := &w.Agreements[i]; a.Open() {
			return w.support(), act(a.ID)
		}
	}
	return "", nil
}

// nothingBlocks asks of what nothing is to block in a group whether it could be done now, without doing it.
func (w *randomGroup) nothingBlocks(now time.Time) {
	if w.looked++; w.looked%4 != 0 || !w.Ended.IsZero() {
		return
	}
	for _, u := range unblockedInGroup {
		by, act := u.act(w, now)
		if act == nil {
			continue
		}
		w.tried[u.rule+" "+VerbOf(act).Path]++
		err := w.Check(ledger.Request{Sure: true, By: ledgertest.ByEither(by, "an officer", w.LastEntry)}, act, now)
		ledgertest.Must(err == nil, u.rule+": nothing blocks it", []any{by, act, err})
	}
}

// toBeTried are the acts that nothing is to block: each verb with each of its rules that says so, and a meeting without a
// quorum, of which the rule speaks in a case's words.
func toBeTried() []string {
	out := []string{"R17 group hold"}
	for _, v := range verbs {
		for _, r := range regime.Rules() {
			if r.Kind == "negative" && words.HasWord(v.Rules, r.ID) {
				out = append(out, r.ID+" "+v.Path)
			}
		}
	}
	slices.Sort(out)
	return out
}

func TestR92_EveryActOfAGroupThatARuleSaysNothingBlocksIsTried(t *testing.T) {
	if len(toBeTried()) < 9 {
		t.Errorf("only %v", toBeTried())
	}
}
