package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"holdthering/screen"
)

func TestWhatIsPrintedHoldsNothingThatATerminalObeys(t *testing.T) {
	o := at(t)
	o.open()
	o.must("note add --by CQC --what \"right\u202eleft\"")
	for _, command := range []string{"show", "note add --by CQC --what \"right\u202eleft\""} {
		out := o.must(command)
		has(t, out, "right\ufffdleft")
		lacks(t, out, "\u202e")
	}
}

func TestNoErrorHoldsAnythingThatATerminalObeys(t *testing.T) {
	o := at(t)
	o.open()
	path := filepath.Join(t.TempDir(), "a\x1b[2J.txt")
	if err := os.WriteFile(path, []byte("party\x1b[2J,\u202ex\nCQC,a@b.example\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"rehearse", path}, {"directory", "check", path}, {"notice", "check", "--templates", path},
		{"show", "A\u202e1"}, {"\x1b[2J"}, {"show", "--\x1b[2J"}, {"note", "add", "--by", "\x1b]0;x\x07", "--text", "x"},
		{"show", "--json", "\x1b"}, {"list", "--stage", "\u009b"}, {"record", "--out", path, "--json"}} {
		a := o.run(args...)
		if a.code != 2 || strings.ContainsFunc(a.out+a.err, screen.Obeyed) {
			t.Errorf("%q: %+v", args, a)
		}
	}
}

func FuzzRun(f *testing.F) {
	for _, s := range []string{"", "show", "list|--stage|x", "timetable|--for|-1d", "record|--format|x",
		"providers|'", "outbox|..", "note|add|--by|CQC|--text|x", "directory|check|/", "show|--last|-1",
		"help|show", "--version"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		args := strings.Split(s, "|")
		if args[0] == "rehearse" || strings.Contains(s, "--out") || strings.HasPrefix(s, "__") {
			t.Skip("reads or writes files of any name")
		}
		o := at(t)
		o.env["HTR_CASE"], o.env["HTR_OUTBOX"] = "A-1", t.TempDir()
		a := o.run(args...)
		if strings.ContainsFunc(a.out+a.err, screen.Obeyed) {
			t.Errorf("%q: a terminal obeys %q", args, a.out+a.err)
		}
		if a.code < 0 || a.code > 2 || a.code > 0 && a.out+a.err == "" {
			t.Errorf("%q: %+v", args, a)
		}
	})
}
