package server

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// install puts a `temporal` on PATH that says it is of this version.
func install(t *testing.T, version string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the stand-in is a shell script")
	}
	dir := t.TempDir()
	script := "#!/bin/sh\necho '" + version + "'\n"
	if err := os.WriteFile(filepath.Join(dir, "temporal"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
}

func TestAnInstalledServerIsTakenFromTheFirstWithTimeSkipping(t *testing.T) {
	for version, release := range map[string]string{
		"temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)": "",
		"temporal version 1.8.0 (Server 1.31.5, UI 2.50.0)": "",
		"temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)": "1.32",
		"temporal version 3.0.0 (Server 2.0.0, UI 3.0.0)":   "2.0",
		"something else altogether":                         "",
	} {
		install(t, version)
		got, ok := findInstalled(t.Context())
		if ok != (release != "") || got.release != release {
			t.Errorf("%s: %v %q", version, ok, got.release)
		}
	}
}

func TestAnInstalledServerIsPassedOverWhereOnlySomeNamespacesMaySkip(t *testing.T) {
	mixed := Options{Namespaces: []string{"cases", "play"}, TimeSkipping: []string{"play"}}
	if mixed.installedWillDo() {
		t.Error("it would skip time for the cases too")
	}
	alone := Options{Namespaces: []string{"play"}, TimeSkipping: []string{"play"}}
	if !alone.installedWillDo() {
		t.Error("it is passed over without need")
	}
}

func TestNoTwoServersShareADatabase(t *testing.T) {
	if got := (program{}).database("var/temporal.db"); got != "var/temporal.db" {
		t.Errorf("our own uses %s", got)
	}
	if got := (program{release: "1.33"}).database("var/temporal.db"); got != "var/temporal-cli-1.33.db" {
		t.Errorf("an installed one uses %s", got)
	}
}

func TestAnInstalledServerGetsNoFlagOfOurOwn(t *testing.T) {
	opts := Options{Namespaces: []string{"play"}, TimeSkipping: []string{"play"}, Views: []View{{Name: "late", Query: "q", Columns: []string{"End"}}}}
	args := program{release: "1.32"}.arguments(opts)
	if slices.Contains(args, "--time-skipping") || slices.Contains(args, "--ui-view") {
		t.Errorf("%q", args)
	}
	if own := (program{}).arguments(opts); !slices.Contains(own, `{"name":"late","says":"","query":"q","columns":["End"]}`) {
		t.Errorf("our own is told of no list: %q", own)
	}
	if !strings.Contains(strings.Join(args, " "), "frontend.WorkflowTimeSkippingEnabled=true") {
		t.Errorf("%q skips no time", args)
	}
}

func TestTheBinaryIsAnotherOneWhenASourceChanges(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		hash, err := sourceHash(dir)
		if err != nil {
			t.Fatal(err)
		}
		return hash
	}
	first := write("main.go", "package main")
	if write("main_test.go", "package main") != first {
		t.Error("a test counts as a source")
	}
	if write("go.sum", "x") == first || write("main.go", "package  main") == first {
		t.Error("a changed source does not count")
	}
}

func TestABuildsStepsAreCountedHoweverTheOutputIsCut(t *testing.T) {
	seen := &steps{}
	for _, part := range []string{"go: downlo", "ading x v1\nnet/", "http\nos\nunfini"} {
		if _, err := seen.Write([]byte(part)); err != nil {
			t.Fatal(err)
		}
	}
	if got := seen.String(); got != "1 modules fetched, 2 packages compiled" {
		t.Error(got)
	}
	for packages, want := range map[int]string{1326: "2 of 1326 packages compiled", 2: "all packages compiled, the program is being linked"} {
		if seen.expect(packages); seen.String() != want {
			t.Errorf("of %d: %s", packages, seen)
		}
	}
	if got := seen.tail(); !strings.HasSuffix(got, "os\nunfini") {
		t.Errorf("the tail is %q", got)
	}
}

func TestABuildKnowsHowManyPackagesItCompiles(t *testing.T) {
	source := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module example.org/" + filepath.Base(source) + "\n\ngo 1.26\n", "main.go": "package main\n\n" +
		"import _ \"example.org/" + filepath.Base(source) + "/part\"\n\nfunc main() {}\n", "part/part.go": "package part\n\nconst here = " + strconv.Quote(source+time.Now().String()) + "\n"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(source, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(source, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r, seen, out := recipe{pkg: ".", says: "a program"}, &steps{}, &strings.Builder{}
	r.plan(t.Context(), source, seen)
	if seen.total < 2 {
		t.Errorf("%d packages are to be compiled", seen.total)
	}
	binary := filepath.Join(source, "program")
	if err := r.build(t.Context(), source, binary, out); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(binary); err != nil || !strings.Contains(out.String(), "Built in") {
		t.Errorf("%v: %s", err, out)
	}
	if r.plan(t.Context(), source, seen); seen.total > 1 { // it is linked anew wherever it goes
		t.Errorf("%d packages of a program that is built already", seen.total)
	}
}
