package failure

import (
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func TestANoteEndsWhatItSaysIsDoneAndOnlyThat(t *testing.T) {
	s := open(t, kingsLynn, "2014-11-03 09:00")
	s.idle = true
	owe := func(k regime.DutyKind, owner regime.Party) {
		s.c.pen.OpenDuty(ledger.DutySpec{Kind: k, Owner: owner, Subject: string(owner), Start: s.now,
			Due: regimetest.At("2014-11-04")})
	}
	owe(regime.DutyMendDirectory, regimetest.Nhse)
	d := s.c.Duty(regime.DutyMendDirectory, string(regimetest.Nhse))
	d.Unreached = ledger.Mailbox{Party: "CQC", Level: regime.LevelDuty}
	owe(regime.DutySendCopies, "CQC")
	owe(regime.DutySendCopies, "MONITOR")
	owe(DutyGiveInformation, "CQC")
	for _, x := range []struct {
		note AddNote
		left int
		says string
	}{
		{AddNote{Text: "x"}, 4, "Note: x"},
		{AddNote{Text: "x", Mended: "cqc:duty"}, 3,
			"Found the contact: CQC, duty contact. 0 mails sent again. Note: x"},
		{AddNote{Text: "x", Copies: true}, 3, "Note: x"},
		{AddNote{Text: "x", Mended: d.ID, Copies: true}, 2,
			"Found the contact: CQC, duty contact. 0 mails sent again. Note: x"},
	} {
		c := s.copied()
		if c.by("CQC", &x.note); len(c.c.OpenDuties()) != x.left || lastSaid(c) != x.says {
			t.Errorf("%+v: %v, %s", x.note, c.c.OpenDuties(), lastSaid(c))
		}
		if x.note.Copies && !c.duty(regime.DutySendCopies, "MONITOR").Open() {
			t.Error("another's copies are not sent by this")
		}
	}
	if said := lastSaid(s.by("CQC", &AddNote{Text: "x"}).
		by("CQC", &AddNote{Text: "x", Corrects: 1})); said != "Corrects entry 1: x" {
		t.Error(said)
	}
}
