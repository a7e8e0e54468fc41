package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"holdthering/regime/failure"
)

func TestTheRecordGoesToANewFileForItsOwnerAlone(t *testing.T) {
	o := at(t)
	o.story()
	path := filepath.Join(t.TempDir(), "case.html")
	if a := o.run("record", "--format", "html", "--out", path); a.code != 0 || a.out != "" {
		t.Fatalf("%+v", a)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	has(t, string(text), "</html>", "unsafe staffing")
	if a := o.run("record", "--format", "html", "--out", path); a.code != 2 {
		t.Errorf("written over: %+v", a)
	}
	if md := o.must("record"); !strings.Contains(md, "unsafe staffing") {
		t.Errorf("%.300s", md)
	}
	type filed struct{ Case failure.Case }
	if f := asJSON[filed](t, o.must("record --json")); f.Case.Ref != o.env["HTR_CASE"] {
		t.Errorf("%+v", f)
	}
	if a := o.run("record", "--format", "pdf"); a.code != 2 {
		t.Errorf("%+v", a)
	}
}
