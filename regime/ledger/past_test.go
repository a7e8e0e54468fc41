package ledger

import (
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

func TestADigestThatStaysKeepsTheLaterOnesOfItsContactAndNobodyElses(t *testing.T) {
	at := regimetest.At("2013-06-03 09:00")
	digest := func(id string, to regime.Party, settled bool) Notice {
		return Notice{ID: id, Kind: digestKind, At: at, Settled: settled, To: []Recipient{{Party: to, Level: regime.LevelDuty}}}
	}
	l := &Ledger{Notices: []Notice{digest("n1", "CQC", false), digest("n2", "CQC", true), digest("n3", "GMC", true), digest("n4", "CQC", true)}}
	over := l.Over(at.AddDate(0, 3, 0), Needs{})
	if len(over.Notices) != 1 || over.Notices[0].ID != "n3" {
		t.Errorf("%+v", over.Notices)
	}
	other := digest("n1", "CQC", false)
	other.Kind = regime.NoticeTogether
	l = &Ledger{Notices: []Notice{other, digest("n2", "CQC", true)}}
	if over := l.Over(at.AddDate(0, 3, 0), Needs{}); len(over.Notices) != 1 || over.Notices[0].ID != "n2" {
		t.Errorf("what is no digest keeps one: %+v", over.Notices)
	}
}
