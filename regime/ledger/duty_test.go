package ledger

import (
	"strings"
	"testing"

	"holdthering/regime/regimetest"
)

func TestADutyIsLateAfterItsGraceAndOnlyWhenItIsDone(t *testing.T) {
	due := regimetest.At("2013-09-12 09:00")
	for _, x := range []struct {
		end  DutyEnd
		at   string
		late bool
	}{
		{EndDone, "2013-09-12 13:00", false}, {EndDone, "2013-09-12 13:01", true},
		{EndWithdrawn, "2013-09-13 09:00", false}, {"", "2013-09-13 09:00", false},
	} {
		if got := (Duty{Due: due, Grace: regimetest.Period("4h"), End: x.end, Ended: regimetest.At(x.at)}).Late(); got != x.late {
			t.Errorf("%+v: late %v", x, got)
		}
	}
}

func TestWhatIsHeldForNoKnownReasonSaysNone(t *testing.T) {
	h := HeldMails{Mails: 2, Since: regimetest.At("2013-09-12 09:00"), About: MatterSystem}
	if said := h.Words(); strings.Contains(said, "(") {
		t.Error(said)
	}
	if h.Why = "status 503"; !strings.HasSuffix(h.Words(), " (status 503)") {
		t.Error(h.Words())
	}
}
