package docs

import (
	"bytes"
	"context"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"holdthering/cases"
	"holdthering/cases/casestest"
	"holdthering/regime/calendar"
	"holdthering/starter/cli"
)

// shownAs stands for the reference of the walk-through's case, which is drawn anew each time.
const shownAs = "K7QM-3XRD"

var clock = regexp.MustCompile(`^<!-- (\d{4}-\d\d-\d\d \d\d:\d\d) -->$`)

// walk runs the commands of a walk-through, with what they print in the place of what stood
// there: the real rules and the real program, over cases in memory.
type walk struct {
	*testing.T
	memory *casestest.Memory
	ref    string
}

func (w *walk) through(page string) string {
	w.Helper()
	lines := strings.Split(page, "\n")
	var out []string
	inBlock := false
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		if m := clock.FindStringSubmatch(line); m != nil {
			w.pass(m[1])
		}
		switch {
		case line == "```console":
			inBlock = true
		case line == "```":
			inBlock = false
		case inBlock && !strings.HasPrefix(line, "$ "):
			continue // printed last time
		}
		out = append(out, line)
		if !inBlock || !strings.HasPrefix(line, "$ ") {
			continue
		}
		command := strings.TrimPrefix(line, "$ ")
		for strings.HasSuffix(command, `\`) {
			i++
			out = append(out, lines[i])
			command = strings.TrimSuffix(command, `\`) + strings.TrimSpace(strings.TrimPrefix(lines[i], ">"))
		}
		out = append(out, w.run(command)...)
	}
	return strings.Join(out, "\n")
}

func (w *walk) pass(when string) {
	w.Helper()
	t, err := calendar.ParseInstant(when)
	if err != nil || t.Before(w.memory.Now()) {
		w.Fatalf("%s: %v", when, err)
	}
	w.memory.Pass(t.Sub(w.memory.Now()))
}

var quoted = regexp.MustCompile(`"([^"]*)"|(\S+)`)

func (w *walk) run(command string) []string {
	w.Helper()
	var args []string
	for _, m := range quoted.FindAllStringSubmatch(command, -1) {
		args = append(args, strings.ReplaceAll(m[1]+m[2], shownAs, w.ref))
	}
	var text bytes.Buffer
	code := cli.Run(context.Background(), cli.IO{
		Args: args[1:], Stdin: strings.NewReader(""), Stdout: &text, Stderr: &text, Width: 96,
		Getenv:  func(name string) string { return map[string]string{"HTR_PERSON": "duty officer"}[name] },
		Connect: func(context.Context, cases.Settings) (cases.Cases, error) { return w.memory, nil },
		Now:     w.memory.Now,
	})
	if w.ref == "" {
		rows, _ := w.memory.List(context.Background(), cases.Filter{})
		for _, r := range rows {
			w.ref = r.Ref
		}
	}
	printed := strings.TrimRight(text.String(), "\n")
	if w.ref != "" {
		printed = strings.ReplaceAll(printed, w.ref, shownAs)
	}
	lines := strings.Split(printed, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	if code != 0 {
		lines = append(lines, "(exit code "+string(rune('0'+code))+")")
	}
	return lines
}

func TestTheWalkThroughShowsWhatTheProgramPrints(t *testing.T) {
	page, err := os.ReadFile("walkthrough.md")
	if err != nil {
		t.Fatal(err)
	}
	w := &walk{T: t, memory: casestest.At(time.Date(2013, 9, 10, 9, 0, 0, 0, calendar.London))}
	got := w.through(string(page))
	if got == string(page) {
		return
	}
	if *update {
		if err := os.WriteFile("walkthrough.md", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	old, now := strings.Split(string(page), "\n"), strings.Split(got, "\n")
	for i := range now {
		if i >= len(old) || old[i] != now[i] {
			t.Fatalf("line %d is now %q: run go test ./docs -update, and read it", i+1, now[i])
		}
	}
}
