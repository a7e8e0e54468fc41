package failure

import (
	"slices"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/ledger/ledgertest"
)

// unblocked are the rules that say what nothing may block, each with an act that must then be possible, by whom, or
// nil where what the rule is about is not there at the moment.
var unblocked = map[string]func(w *randomCase, now time.Time) (regime.Party, Act){
	"R3":  always("CQC", &UsePower{Power: "P-CQC-1"}),
	"R10": always("CQC", &UsePower{Power: "P-CQC-1", Immediate: true}),
	"R63": always("CQC", &UsePower{Power: "P-CQC-6"}),
	"R66": always("CQC", &WarnPublic{What: "x"}),
	"R7":  whenever(func(w *randomCase) bool { return len(w.Differences) > 0 }, "CQC", &UsePower{Power: "P-CQC-1"}),
	"R22": whenever(func(w *randomCase) bool { return len(w.Impacts) > 0 }, "CQC", &UsePower{Power: "P-CQC-1"}),
	"R46": whenever(func(w *randomCase) bool {
		return slices.ContainsFunc(w.OwnActs, func(u IndividualAction) bool { return u.By.For != "CQC" })
	}, "CQC", &UsePower{Power: "P-CQC-1"}),
	"R11": whenever(func(w *randomCase) bool { return w.Stage == regime.UnderSurveillance }, "GMC",
		&TriggerRiskSummit{Concern: "x", Source: "media"}),
	"R92": whenever(func(w *randomCase) bool { return w.Stage != regime.Closed && !w.Closing.Proposed.IsZero() }, "CQC",
		&ObjectToClosing{Reason: "x"}),
	"R16": (*randomCase).opened, // no national body is there, and nobody else
	"R17": (*randomCase).opened,
	"R25": func(w *randomCase, _ time.Time) (regime.Party, Act) {
		by := w.decider()
		if w.Stage == regime.Closed || len(w.Regulatory) == 0 || w.Regulatory[len(w.Regulatory)-1].Value != NoMaterialBreach || !w.IsMember(by) ||
			!w.mayWantAction(by.Body()) {
			return "", nil
		}
		return by, &JudgeForOneself{View: "x", Wants: true}
	},
	"R56": func(w *randomCase, _ time.Time) (regime.Party, Act) {
		if e := w.episode(); w.Stage == regime.Closed || !w.Provider.Type.Trust() || w.Gone != nil || e != nil && e.InForce() {
			return "", nil
		}
		return w.decider(), &DecideMeasures{Outcome: Place, Reason: "x"}
	},
	"R119": func(w *randomCase, now time.Time) (regime.Party, Act) {
		if f := w.furtherAwaited(); w.Stage == regime.Closed || w.Summit.Ended.IsZero() || f != nil && f.By != "CQC" {
			return "", nil
		}
		return "CQC", &ConveneFurtherSummit{At: now.Add(48 * time.Hour), Reason: "x"}
	},
}

func always(by regime.Party, act Act) func(*randomCase, time.Time) (regime.Party, Act) {
	return func(*randomCase, time.Time) (regime.Party, Act) { return by, act }
}

func whenever(it func(*randomCase) bool, by regime.Party, act Act) func(*randomCase, time.Time) (regime.Party, Act) {
	return func(w *randomCase, _ time.Time) (regime.Party, Act) {
		if !it(w) {
			return "", nil
		}
		return by, act
	}
}

// opened is a summit to which its chair alone has come.
func (w *randomCase) opened(now time.Time) (regime.Party, Act) {
	chair := w.chair()
	if w.Stage != regime.Convening || !w.atTable(chair) || w.summitFixed().IsZero() || w.summitFixed().After(now) {
		return "", nil
	}
	return chair, &OpenSummit{Attending: []regime.Party{chair}}
}

// nothingBlocks asks of each of those acts whether it could be done now, without doing it.
func (w *randomCase) nothingBlocks(now time.Time) {
	if w.looked++; w.looked%4 != 0 {
		return
	}
	for rule, act := range unblocked {
		by, do := act(w, now)
		if do == nil {
			continue
		}
		w.tried[rule]++
		err := w.Check(ledger.Request{Sure: true, By: ledgertest.ByEither(by, "an officer", w.LastEntry)}, do, now)
		ledgertest.Must(err == nil, rule+": nothing blocks it", []any{w.Stage, by, do, err})
	}
}

// TestEveryRuleThatNothingIsToBlockIsTriedInTheRandomCases: what no text
// confirms is a row of a profile, and has a test of its own.
func TestEveryRuleThatNothingIsToBlockIsTriedInTheRandomCases(t *testing.T) {
	for _, r := range regime.Rules() {
		if r.Kind == "negative" && unblocked[r.ID] == nil && r.ID != "R125" {
			t.Errorf("%s is not among them: %s", r.ID, r.Says)
		}
	}
	for id := range unblocked {
		if !slices.ContainsFunc(regime.Rules(), func(r regime.Rule) bool { return r.ID == id && r.Kind == "negative" }) {
			t.Errorf("%s is no rule about what nothing blocks", id)
		}
	}
}
