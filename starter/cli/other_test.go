package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdthering/activities/mail"
	"holdthering/activities/mail/outbox"
	"holdthering/cases"
	"holdthering/screen"
	"holdthering/seal"
	"holdthering/starter/cli"
)

func post(t *testing.T, dir string, ids ...string) {
	t.Helper()
	box, err := outbox.New(dir)
	if err != nil {
		t.Fatal(err)
	}
	for i, id := range ids {
		m := mail.Message{ID: id, CaseRef: "K7QM-3XRD", At: began.Add(time.Duration(i) * time.Hour),
			From:    mail.Address{Name: "Hold the Ring", Email: "ring@office.example"},
			ReplyTo: mail.Address{Email: "office@office.example"},
			To:      mail.Address{Name: "CQC, duty desk", Email: "duty@cqc.example"},
			Subject: "[K7QM-3XRD] Risk summit triggered", Text: "Dear all,\n\nplease come.\n",
			HTML: "<p>please come</p>"}
		if r := box.Send(t.Context(), m); r.Outcome != mail.Accepted {
			t.Fatalf("%+v", r)
		}
	}
}

func TestTheOutboxIsListedAndReadByAnyPartOfAName(t *testing.T) {
	o := at(t)
	dir := filepath.Join(t.TempDir(), "mails")
	if a := o.run("outbox", "--dir", dir); a.code != 2 || !strings.Contains(a.err, "There is no outbox at") {
		t.Errorf("%+v", a)
	}
	post(t, dir, "n1-aaaa", "n2-bbbb", "n3-cccc")
	o.env["HTR_OUTBOX"] = dir
	list := o.must("outbox --last 2 --case k7qm-3xrd")
	has(t, list, "Tue 10 Sep 2013 11:30  cccc  CQC, duty desk")
	lacks(t, list, "aaaa")
	if none := o.must("outbox --case A-1"); none != "No such mail.\n" {
		t.Error(none)
	}
	if text := o.must("outbox bbbb"); !strings.Contains(text, "To:      CQC, duty desk <duty@cqc.example>") ||
		!strings.HasSuffix(text, "Dear all,\n\nplease come.\n") {
		t.Error(text)
	}
	if m := asJSON[outbox.Mail](t, o.must("outbox cccc --json")); m.Notice != "n3-cccc" || m.HTML == "" {
		t.Errorf("%+v", m)
	}
	for _, part := range []string{"zzzz", "K7QM", "../mails"} {
		if a := o.run("outbox", part); a.code != 2 {
			t.Errorf("%s: %+v", part, a)
		}
	}
}

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

func TestARehearsalNeedsNoServer(t *testing.T) {
	o := at(t)
	o.memory.Err = &cases.Unreachable{Reason: "No server."}
	const scenario = "../../scenarios/no-agreement-recorded.txt"
	if a := o.run("rehearse", scenario); a.code != 0 || !strings.Contains(a.out, "came as written") {
		t.Errorf("exit %d %s\n%.500s", a.code, a.err, a.out)
	}
	if a := o.run("rehearse"); a.code != 2 || !strings.Contains(a.err, "Which scenario?") {
		t.Errorf("%+v", a)
	}
	if a := o.run("rehearse", "testdata/note.txt"); a.code != 2 {
		t.Errorf("a text that is no scenario: exit %d, %s", a.code, a.err)
	}
	if a := o.run("play", scenario); a.code != 2 || !strings.Contains(a.err, "on a Temporal server only") {
		t.Errorf("%+v", a)
	}
}

func TestWithoutAServerTheProgramSaysSoAndExits3(t *testing.T) {
	t.Setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
	key := filepath.Join(t.TempDir(), "key")
	if err := seal.Make(key); err != nil {
		t.Fatal(err)
	}
	t.Setenv("HTR_KEY_FILE", key)
	t.Setenv("TEMPORAL_CONFIG_FILE", os.DevNull)
	var out, err bytes.Buffer
	env := map[string]string{"HTR_PERSON": "A. Tester", "HTR_WAIT": "2s"}
	run := func(args ...string) int {
		out.Reset()
		err.Reset()
		return cli.Run(t.Context(), cli.IO{Args: args, Stdin: strings.NewReader(""), Stdout: &out,
			Stderr: &err, Getenv: func(name string) string { return env[name] }})
	}
	if code := run("list"); code != 3 {
		t.Errorf("exit %d, %s", code, err.String())
	}
	has(t, err.String(), "No Temporal server answers at 127.0.0.1:1.", "Waiting for the server at 127.0.0.1:1 ...",
		"waited for 2s")
	if code := run("show", "K7QM-3XRD"); code != 3 {
		t.Errorf("exit %d, %s", code, err.String())
	}
	if code := run("__complete", "show", ""); code != 0 || strings.Contains(out.String(), "K7QM") {
		t.Errorf("exit %d, %s", code, out.String())
	}
	env["HTR_WAIT"] = "soon"
	if code := run("list"); code != 2 || !strings.Contains(err.String(), "HTR_WAIT") {
		t.Errorf("exit %d, %s", code, err.String())
	}
}

func TestAKeyThatIsNamedAndMissingIsAnErrorAndNotMade(t *testing.T) {
	key := filepath.Join(t.TempDir(), "kye")
	t.Setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
	t.Setenv("HTR_KEY_FILE", key)
	t.Setenv("TEMPORAL_CONFIG_FILE", os.DevNull)
	for _, args := range [][]string{{"list"}, {"show", "K7QM-3XRD"}, line(firstTrigger), {"codec"}} {
		var out, err bytes.Buffer
		code := cli.Run(t.Context(), cli.IO{Args: args, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &err,
			Getenv: func(name string) string { return map[string]string{"HTR_PERSON": "x", "HTR_KEY_FILE": key}[name] }})
		if _, there := os.Stat(key); code != 2 || there == nil || !strings.Contains(err.String(), key) {
			t.Errorf("%q: exit %d, %s", args, code, err.String())
		}
	}
}

func TestWhatIsPrintedHoldsNothingThatATerminalObeys(t *testing.T) {
	o := at(t)
	o.open()
	o.must("note add --by CQC --text \"right\u202eleft\"")
	for _, command := range []string{"show", "note add --by CQC --text \"right\u202eleft\""} {
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
