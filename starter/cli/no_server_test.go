package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"holdthering/cases"
	"holdthering/seal"
	"holdthering/starter/cli"
)

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
			Getenv: func(name string) string {
				return map[string]string{"HTR_PERSON": "x", "HTR_PROFILE": "ENGLAND_2013", "HTR_KEY_FILE": key}[name]
			}})
		if _, there := os.Stat(key); code != 2 || there == nil || !strings.Contains(err.String(), key) {
			t.Errorf("%q: exit %d, %s", args, code, err.String())
		}
	}
}
