package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"holdthering/activities"
	"holdthering/backup"
	"holdthering/regime/ledger"
)

func TestAfterARestoreAPersonSeesWhatIsHeldAndDecides(t *testing.T) {
	o := at(t)
	o.open()
	ref := o.env["HTR_CASE"]
	dir := t.TempDir()
	o.env["HTR_RECORDS"] = dir
	if a := o.run("restored"); a.code != 2 || !strings.Contains(a.err, "was restored from a backup") {
		t.Errorf("%+v", a)
	}
	lacks(t, o.run("list").err, "restored")
	if err := (&backup.Mark{Taken: began, Lost: began.Add(1)}).Write(dir); err != nil {
		t.Fatal(err)
	}
	has(t, o.must("restored"), "Restored from a backup of ", "No mail is held.")
	s, err := o.memory.Snapshot(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	n := s.Case.Notices[0]
	o.memory.RecordSent(ref, []ledger.SendResult{{Notice: n.ID, Party: n.To[0].Party, Level: n.To[0].Level,
		State: ledger.StateWaiting, RetryAfter: 1, Note: activities.NoteRestored}})
	has(t, o.must("restored"), ref, string(n.Kind), "until somebody says --went or --send")
	if got := asJSON[struct {
		Held []struct{ Case, Party string }
	}](t, o.must("restored --json")); len(got.Held) != 1 ||
		got.Held[0].Case != ref || got.Held[0].Party != string(n.To[0].Party) {
		t.Errorf("%+v", got)
	}
	has(t, o.run("list").err, "'starter restored' lists them")
	has(t, o.must("restored "+strings.ToLower(ref)+" --send"), "The mails of "+ref, "perhaps a second time")
	has(t, o.run("list").err, "'starter restored' lists them")
	has(t, o.must("restored --went"), "All mails that may have gone are taken as sent.")
	lacks(t, o.run("list").err, "restored")
	m, err := backup.ReadMark(dir)
	if err != nil || m.Decided(ref) != backup.Went {
		t.Errorf("%+v, %v", m, err)
	}
	if a := o.run("restored", "--went", "--send"); a.code != 2 {
		t.Errorf("%+v", a)
	}
	if err := os.WriteFile(filepath.Join(dir, "restored.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	has(t, o.run("restored").err, "All mails of before are held")
	o.must("restored --went")
	has(t, o.run("list").err, "restored.json.broken-")
	lacks(t, o.run("list").err, "'starter restored'")
}
