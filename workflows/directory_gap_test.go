package workflows

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

func TestACaseNeverFailsForAGapInTheDirectoryAndTellsWhomItCouldNotTell(t *testing.T) {
	o := &outside{tell: func(_ int, _ ledger.Notice, r ledger.Recipient) ledger.SendResult {
		if r.Party == "CQC" {
			return ledger.SendResult{State: ledger.StateNoContact, Note: "not in the directory"}
		}
		return ledger.SendResult{State: ledger.StateAccepted}
	}}
	p := play(t, Input{Opening: &kingsLynn}, toTheJudgement, "2013-09-12 17:00", o)
	if p.state.Stage != regime.RingHolderPending {
		t.Fatalf("the case stands at %s", p.state.Stage)
	}
	var mend []ledger.Duty
	for _, d := range p.state.OpenDuties() {
		if d.Kind == regime.DutyMendDirectory {
			mend = append(mend, d)
		}
	}
	if len(mend) == 0 || mend[0].Owner != p.state.Support() || !strings.Contains(mend[0].Subject, "CQC, duty contact") {
		t.Fatalf("%+v", mend)
	}
	said, asked := false, false
	for _, e := range p.state.Entries {
		said = said || e.Text == "Could not tell CQC, duty contact: not in the directory"
	}
	for _, n := range p.state.Notices {
		asked = asked || n.Kind == "N43" && strings.Contains(n.Text, "CQC, duty contact") &&
			n.To[0].Party == p.state.Support() && n.To[0].State == ledger.StateAccepted
	}
	if !said || !asked {
		t.Fatalf("on record: %v, the support is asked: %v", said, asked)
	}
}
