package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"holdthering/launch/process"
)

// built is a site with a worker program in it.
func built(t *testing.T) site {
	t.Helper()
	s := site{root: t.TempDir()}
	name := "worker"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	if err := os.Mkdir(filepath.Join(s.root, "bin"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.root, "bin", name), nil, 0o755); err != nil {
		t.Fatal(err)
	}
	return s
}

func workerFor(t *testing.T, at target, namespace string) process.Spec {
	t.Helper()
	spec, err := built(t).worker(at, namespace)
	if err != nil {
		t.Fatal(err)
	}
	return spec
}

// last is the value that the program sees: of two entries the later one counts.
func last(env []string, name string) string {
	value := ""
	for _, entry := range env {
		if rest, ok := strings.CutPrefix(entry, name+"="); ok {
			value = rest
		}
	}
	return value
}

func TestADemonstrationMailsNobody(t *testing.T) {
	t.Setenv("SENDGRID_API_KEY", "a key")
	t.Setenv("HTR_MAIL", "sendgrid")
	if got := last(workerFor(t, usual(), demonstration).Env, "HTR_MAIL"); got != "outbox" {
		t.Errorf("a demonstration's mail goes by %q", got)
	}
	if got := last(workerFor(t, usual(), cases).Env, "HTR_MAIL"); got != "sendgrid" {
		t.Errorf("a real case's mail goes by %q", got)
	}
}

func TestItIsSaidWhereMailsGoAndNotWhereTheyWouldLie(t *testing.T) {
	s := site{root: "here"}
	for way, want := range map[string]string{"": s.outbox(cases), "outbox": s.outbox(cases), "SMTP\n": "sent by the mail server m.example:25",
		"sendgrid": "sent by sendgrid"} {
		t.Setenv("HTR_MAIL", way)
		t.Setenv("HTR_SMTP_ADDRESS", "m.example:25")
		if got := s.mails(); got != want {
			t.Errorf("HTR_MAIL=%q: %q", way, got)
		}
	}
}

func TestADemonstrationsMailsAndRecordsLieApart(t *testing.T) {
	s := site{root: "here"}
	if s.outbox(cases) == s.outbox(demonstration) || s.records(cases) == s.records(demonstration) {
		t.Error("they lie among the real ones")
	}
}

func TestALocalServersProgramsSeeNoOtherConnection(t *testing.T) {
	t.Setenv("TEMPORAL_API_KEY", "of the cloud")
	t.Setenv("TEMPORAL_PROFILE", "cloud")
	env := usual().env(cases)
	if last(env, "TEMPORAL_API_KEY") != "" || last(env, "TEMPORAL_PROFILE") != "" {
		t.Errorf("%q", env)
	}
	if last(env, "TEMPORAL_ADDRESS") != "127.0.0.1:7233" || last(env, "TEMPORAL_NAMESPACE") != cases {
		t.Errorf("%q", env)
	}
}

func TestAGivenServerKeepsItsKeyAndAddress(t *testing.T) {
	t.Setenv("TEMPORAL_ADDRESS", "cluster.example:7233")
	t.Setenv("TEMPORAL_API_KEY", "of the cloud")
	at, ok := given()
	if !ok {
		t.Fatal("it is not seen")
	}
	env := at.env(demonstration)
	if last(env, "TEMPORAL_API_KEY") != "of the cloud" ||
		last(env, "TEMPORAL_ADDRESS") != "cluster.example:7233" ||
		last(env, "TEMPORAL_NAMESPACE") != demonstration {
		t.Errorf("%q", env)
	}
}

func TestAMissingProgramSaysWhatToRun(t *testing.T) {
	_, err := site{root: t.TempDir()}.worker(usual(), cases)
	if err == nil || !strings.Contains(err.Error(), "make build") {
		t.Errorf("got %v", err)
	}
}

func TestTimeIsSkippedInTheDemonstrationAlone(t *testing.T) {
	opts := site{}.options()
	if !slices.Equal(opts.TimeSkipping, []string{demonstration}) {
		t.Errorf("%q", opts.TimeSkipping)
	}
}

func TestTheExitCodeOfThePlayIsPassedOn(t *testing.T) {
	if got := exitCode(nil); got != 0 {
		t.Errorf("success is %d", got)
	}
	if got := exitCode(errors.New("anything else")); got != 1 {
		t.Errorf("a failure is %d", got)
	}
	err := exec.Command("go", "no-such-command").Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if got := exitCode(err); got != exit.ExitCode() || got < 2 {
		t.Errorf("a program's %d is %d", exit.ExitCode(), got)
	}
}

func TestAWrongCommandLineStartsNothingAndExitsWithTwo(t *testing.T) {
	for _, args := range [][]string{{}, {"devv"}, {"dev", "demo"}, {"--port", "7"}} {
		if code := exitCode(run(t.Context(), args)); code != 2 {
			t.Errorf("launch %q exits with %d", args, code)
		}
	}
	for _, args := range [][]string{{"--help"}, {"help"}, {"dev", "--help"}} {
		if code := exitCode(run(t.Context(), args)); code != 0 {
			t.Errorf("launch %q exits with %d", args, code)
		}
	}
}

func TestOneWorkerListensForAllVersions(t *testing.T) {
	t.Setenv("HTR_EVENTS_ADDRESS", "127.0.0.1:8026")
	t.Setenv("HTR_METRICS_ADDRESS", "127.0.0.1:9464")
	s := built(t)
	spec := workerFor(t, usual(), cases)
	for _, variable := range []string{"HTR_EVENTS_ADDRESS", "HTR_METRICS_ADDRESS"} {
		current, before := s.version(spec, "new", true), s.version(spec, "old", false)
		if last(current.spec.Env, variable) == "none" || last(before.spec.Env, variable) != "none" {
			t.Errorf("%s: %s for the current version, %s for the one before", variable,
				last(current.spec.Env, variable), last(before.spec.Env, variable))
		}
	}
}
