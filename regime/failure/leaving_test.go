package failure

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

// leavingCase is a random case from which what is over leaves.
type leavingCase struct {
	twinCase
	left []ledger.Over
}

func (w *leavingCase) Leave(now time.Time) int {
	over := w.Over(now)
	if over.Empty() {
		return 0
	}
	raw, err := json.Marshal(over)
	var part ledger.Over
	if err == nil {
		err = json.Unmarshal(raw, &part)
	}
	if err != nil {
		panic(err)
	}
	w.left = append(w.left, part)
	w.LetGo(over, fmt.Sprint("digest ", len(w.left)), now)
	return len(over.Duties) + len(over.Notices) + len(over.Entries)
}

func (w *leavingCase) Restored(now time.Time) map[string]string {
	k := w.Case.Whole(w.left)
	k.Past = ledger.Past{}
	out := map[string]string{"the whole case": regimetest.AsText(k)}
	ledgertest.Explain(out, k.Explained(), k.Why)
	return out
}

// What rules ask of the past, they are answered the same once it has left; and what has left, put back,
// makes the whole case as it would be.
func TestACaseFromWhichWhatIsOverLeavesIsTheSame(t *testing.T) {
	k := twinCases
	k.Kind = "cases that let go"
	k.World = func(d *ledgertest.Dice) (ledgertest.Twin, time.Time) {
		w, start := twinCases.World(d)
		return &leavingCase{twinCase: w.(twinCase)}, start
	}
	k.Next = func(t ledgertest.Twin, d *ledgertest.Dice) (regime.Party, any) {
		return twinCases.Next(t.(*leavingCase).twinCase, d)
	}
	k.LeavingTryAll(t, 20)
}
