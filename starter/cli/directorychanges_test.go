package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdthering/activities/directory"
)

func TestTheRecordedChangesOfTheDirectoryAreShownAndNeverWhatStoodThere(t *testing.T) {
	o := at(t)
	dir := t.TempDir()
	file, records := filepath.Join(dir, "directory.csv"), filepath.Join(dir, "records")
	o.env["HTR_RECORDS"] = records
	if a := o.run("directory", "changes"); a.code != 2 || !strings.Contains(a.err, "No worker has recorded changes") {
		t.Errorf("%+v", a)
	}
	take := func(now, rows string) {
		t.Helper()
		at, err := time.Parse(time.RFC3339, now)
		text := strings.Join(directory.Columns, ",") + "\n" + rows
		if err == nil {
			err = os.WriteFile(file, []byte(text), 0o600)
		}
		var d *directory.Directory
		if err == nil {
			d, err = directory.Open(file)
		}
		if err == nil {
			err = d.KeepJournal(records, func() time.Time { return at })
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	take("2013-09-01T09:00:00Z", "CQC,CQC,old@cqc.example,,,,,,no,\nICB/QMM,A board,a@icb.example,,,,,,no,\n")
	if none := o.must("directory changes"); none != "No such change of the directory is recorded.\n" {
		t.Error(none)
	}
	if none := o.must("directory changes --json"); !strings.HasSuffix(none, "\"rows\": []\n}\n") {
		t.Error(none)
	}
	take("2013-09-02T09:00:00Z", "CQC,CQC,new@cqc.example,,,,2013-10-01,,no,\nGMC,GMC,d@gmc.example,,,,,,no,\n")
	out := o.must("directory changes")
	has(t, out, "Mon 2 Sep 2013 10:00  CQC", "changed  duty, absent_from", "GMC", "added",
		"ICB/QMM  Integrated care board (QMM)", "removed")
	lacks(t, out, "@")
	if rows := asJSON[[]struct{ Party, Name, What string }](t, o.must("directory changes --party ICB --json")); len(rows) != 1 ||
		rows[0].Party != "ICB/QMM" || rows[0].Name != "Integrated care board (QMM)" || rows[0].What != "removed" {
		t.Errorf("%+v", rows)
	}
	has(t, o.must("directory changes --since 2013-09-03"), "No such change")
	if out := o.must("directory changes --last 1"); strings.Count(out, "\n") != 2 {
		t.Error(out)
	}
	for _, wrong := range []string{"--last -1", "--since soon", "--party Nobody", "--records /nowhere"} {
		if a := o.run(line("directory changes " + wrong)...); a.code != 2 || a.err == "" {
			t.Errorf("%s: %+v", wrong, a)
		}
	}
}

func TestALineOfTheRecordThatWasCutShortHidesNoOther(t *testing.T) {
	o := at(t)
	dir := t.TempDir()
	for name, text := range map[string]string{"directory-last.csv": "", "directory-changes.jsonl": `{"at":"2013-09-02T09:00:00Z","par
{"at":"2013-09-03T09:00:00Z","party":"CQC","what":"added"}
`} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	a := o.run("directory", "changes", "--records", dir)
	if a.code != 0 || !strings.Contains(a.out, "CQC") || !strings.Contains(a.err, "directory-changes.jsonl cannot be read in line 1.") {
		t.Errorf("%+v", a)
	}
}

func TestAFileThatWasSetAsideIsSaidWhereTheSecretariatLooks(t *testing.T) {
	o := at(t)
	o.open()
	dir := t.TempDir()
	o.env["HTR_RECORDS"] = dir
	aside := filepath.Join(dir, "directory-last.csv.broken-20130910T091000Z")
	if err := os.WriteFile(aside, []byte("party,na"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"list", "directory check", "directory changes"} {
		if a := o.run(line(command)...); !strings.Contains(a.err, "Broken, and set aside by the worker") ||
			!strings.Contains(a.err, aside) {
			t.Errorf("%s: %+v", command, a)
		}
	}
}

func TestWhatTheWorkerKnowsOfItsDirectoryIsSaidWhereTheSecretariatLooks(t *testing.T) {
	o := at(t)
	o.open()
	o.env["HTR_RECORDS"] = t.TempDir()
	path := filepath.Join(t.TempDir(), "directory.csv")
	if err := os.WriteFile(path, []byte("party\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := directory.KeepStanding(o.env["HTR_RECORDS"], directory.Standing{File: path, At: began,
		Problem: "directory: the byte 0x96 is not UTF-8; the content read before stays in use"}); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"list", "show", "group list", "list --json"} {
		if a := o.run(line(command)...); a.code != 0 || !strings.Contains(a.err, "stays in use") {
			t.Errorf("%s: %+v", command, a)
		}
	}
	if a := o.run("directory", "check"); a.code != 2 || !strings.Contains(a.err, "stays in use") || !strings.Contains(a.err, path) {
		t.Errorf("%+v", a)
	}
}
