package surveillance

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/ledger/ledgertest"
	"holdthering/regime/regimetest"
)

// leavingGroup is a random group from which what is over leaves.
type leavingGroup struct {
	twinGroup
	left []Over
}

func (w *leavingGroup) Leave(now time.Time) int {
	over := w.Over(now)
	if over.Empty() {
		return 0
	}
	raw, err := json.Marshal(over)
	var part Over
	if err == nil {
		err = json.Unmarshal(raw, &part)
	}
	if err != nil {
		panic(err)
	}
	w.left = append(w.left, part)
	w.LetGo(over, fmt.Sprint("digest ", len(w.left)), now)
	return len(over.Duties) + len(over.Notices) + len(over.Entries) + len(over.Outcomes) + len(over.Meetings)
}

func (w *leavingGroup) Restored(now time.Time) map[string]string {
	k := w.Group.Whole(w.left)
	k.Past, k.Gone = ledger.Past{}, gone{}
	out := map[string]string{"the whole group": regimetest.AsText(k)}
	out["the outcome log"], out["the action log"] = k.OutcomeLog().CSV(), k.ActionLog(now).CSV()
	ledgertest.Explain(out, k.Explained(), k.Why)
	return out
}

// What rules ask of the past, they are answered the same once it has left; and what has left, put back,
// makes the whole group as it would be.
func TestAGroupFromWhichWhatIsOverLeavesIsTheSame(t *testing.T) {
	k := twinGroups
	k.Kind = "groups that let go"
	k.World = func(d *ledgertest.Dice) (ledgertest.Twin, time.Time) {
		w, start := twinGroups.World(d)
		return &leavingGroup{twinGroup: w.(twinGroup)}, start
	}
	k.Next = func(t ledgertest.Twin, d *ledgertest.Dice) (regime.Party, any) {
		return twinGroups.Next(t.(*leavingGroup).twinGroup, d)
	}
	k.LeavingTryAll(t, 40)
}
