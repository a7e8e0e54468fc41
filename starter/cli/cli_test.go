package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"holdthering/cases"
	"holdthering/cases/casestest"
	"holdthering/regime/calendar"
	"holdthering/starter/cli"
)

var update = flag.Bool("update", false, "write the golden files anew")

// office is a desk with the program on it, over cases in memory.
type office struct {
	t        *testing.T
	memory   *casestest.Memory
	env      map[string]string
	stdin    string
	terminal int  // its columns; 0: there is none
	sits     bool // somebody does, and can be asked
	confirm  func(string) bool
	edit     func(string) error
	page     func(string) error
	colour   bool
	height   int
}

var began = time.Date(2013, 9, 10, 9, 30, 0, 0, calendar.London)

func at(t *testing.T) *office {
	t.Helper()
	return &office{t: t, memory: casestest.At(began), env: map[string]string{"HTR_PERSON": "A. Tester"}}
}

// answer is what one command line has led to.
type answer struct {
	code     int
	out, err string
}

func (o *office) run(args ...string) answer {
	o.t.Helper()
	var out, err bytes.Buffer
	code := cli.Run(o.t.Context(), cli.IO{
		Args: args, Stdin: strings.NewReader(o.stdin), Stdout: &out, Stderr: &err,
		Getenv:  func(name string) string { return o.env[name] },
		Connect: func(context.Context, cases.Settings) (cases.Cases, error) { return o.memory, nil },
		Now:     o.memory.Now, Width: o.terminal, Terminal: o.sits, Confirm: o.confirm,
		Edit: o.edit, Page: o.page, Colour: o.colour, Height: o.height,
		Printed: func(v any) { shaped(o.t, args, v) },
	})
	return answer{code, out.String(), err.String()}
}

// line splits a command line with double quotation marks.
func line(s string) []string {
	var out []string
	for i, part := range strings.Split(s, `"`) {
		if i%2 == 1 {
			out = append(out, part)
		} else {
			out = append(out, strings.Fields(part)...)
		}
	}
	return out
}

// must runs a command line that has to succeed.
func (o *office) must(command string) string {
	o.t.Helper()
	a := o.run(line(command)...)
	if a.code != 0 {
		o.t.Fatalf("%s\nexit %d: %s", command, a.code, a.err)
	}
	return a.out
}

const firstTrigger = `trigger --provider RCX --by "NHS England" --source qsg-sharing ` +
	`--concern "unsafe staffing" --key k1`

// open triggers the case of the tests and makes it the one that is meant.
func (o *office) open() string {
	o.t.Helper()
	out := o.must(firstTrigger)
	ref := strings.TrimSuffix(strings.Fields(out)[2], ":")
	o.env["HTR_CASE"] = ref
	return out
}

// has checks that a text holds each of the parts.
func has(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%q is not in:\n%s", p, text)
		}
	}
}

// lacks checks that a text does not hold the part.
func lacks(t *testing.T, text, part string) {
	t.Helper()
	if strings.Contains(text, part) {
		t.Errorf("%q is in:\n%s", part, text)
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s is not as the program prints it (go test -update writes it anew):\n%s", path, got)
	}
}

func asJSON[T any](t *testing.T, text string) T {
	t.Helper()
	var v T
	var into any = &v
	if reflect.TypeFor[T]().Kind() == reflect.Slice {
		into = &struct {
			Rows *T `json:"rows"`
		}{&v}
	}
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatalf("%v:\n%s", err, text)
	}
	return v
}
