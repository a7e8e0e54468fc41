package surveillance

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/ledger/ledgertest"
)

// nothingBlocks asks of what nothing is to block in a group whether it could be done now, without doing it.
func (w *randomGroup) nothingBlocks(now time.Time) {
	if w.looked++; w.looked%4 != 0 || !w.Ended.IsZero() {
		return
	}
	w.couldDo("R10", "CQC", &RaiseConcern{Provider: "RCX", What: "x", Urgent: true}, now)
	w.couldDo("R11", "GMC", &RaiseConcern{Provider: "EX-1", What: "x"}, now)
	support := w.support()
	// Nobody but who supports the group has come.
	w.couldDo("R16", support, &HoldGroupMeeting{Present: []regime.Party{support}, Early: "x"}, now)
	w.couldDo("R17", support, &HoldGroupMeeting{Present: []regime.Party{support}, Early: "x"}, now)
	for i := range w.Agreements {
		if a := &w.Agreements[i]; a.Open() {
			w.couldDo("R92", support, &ObjectInGroup{Matter: a.ID, Reason: "x"}, now)
		}
	}
}

func (w *randomGroup) couldDo(rule string, by regime.Party, act Act, now time.Time) {
	w.tried[rule]++
	err := w.Check(ledger.Request{Sure: true, By: ledgertest.ByEither(by, "an officer", w.LastEntry)}, act, now)
	ledgertest.Must(err == nil, rule+": nothing blocks it", []any{by, act, err})
}
