package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestADirectoryWithFaultsIsShownAndExits2(t *testing.T) {
	o := at(t)
	if out := o.must("directory check"); out != "Nothing to mend in the directory that is shipped.\n" {
		t.Error(out)
	}
	path := filepath.Join(t.TempDir(), "directory.csv")
	text := "party,name,duty,lead,deputy,executive,absent_from,absent_to,calendar,note\n" +
		"CQC,CQC,not an address,,,,,,no,\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	a := o.run("directory", "check", path)
	if a.code != 2 || !strings.Contains(a.out, "line 2: CQC: ") || a.err != "" {
		t.Errorf("%+v", a)
	}
	o.env["HTR_DIRECTORY"] = path
	found := asJSON[struct{ Findings []struct{ Line int } }](t, o.run("directory", "check", "--json").out)
	if len(found.Findings) < 3 || found.Findings[0].Line != 2 {
		t.Errorf("%+v", found)
	}
	if a := o.run("directory", "check", path+".none"); a.code != 2 || a.err == "" {
		t.Errorf("%+v", a)
	}
}
