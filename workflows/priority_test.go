package workflows

import (
	"testing"

	"holdthering/message"
	"holdthering/regime/ledger"
)

func TestABatchWithAnUrgentMailOvertakesOneWithout(t *testing.T) {
	d := &runtime{batchTemplate: message.Batch{Profile: "ENGLAND_2013"}}
	routine := ledger.Notice{Kind: "N26"}
	urgent := routine
	urgent.Urgent = true
	for _, row := range []struct {
		batch []ledger.Notice
		want  int
	}{{[]ledger.Notice{routine}, 4}, {[]ledger.Notice{routine, urgent}, 1}} {
		if got := mailPriority(d.goAtOnce(row.batch)).PriorityKey; got != row.want {
			t.Errorf("%+v goes with priority %d", row.batch, got)
		}
	}
	d.batchTemplate.Profile = "NOWHERE"
	if d.goAtOnce([]ledger.Notice{urgent}) {
		t.Error("what no profile lays down is urgent")
	}
}
