package process_test

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"holdthering/launch/process"
)

// TestMain makes this test binary the program that the tests run.
func TestMain(m *testing.M) {
	switch os.Getenv("BEHAVE") {
	case "fail":
		fmt.Println("no ink left")
		os.Exit(3)
	case "wait":
		asked := make(chan os.Signal, 1)
		signal.Notify(asked, syscall.SIGTERM)
		fmt.Println("waiting")
		<-asked
		fmt.Println("goodbye")
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func behaving(t *testing.T, how string) process.Spec {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return process.Spec{
		Path:    path,
		Env:     append(os.Environ(), "BEHAVE="+how),
		LogFile: filepath.Join(t.TempDir(), "log", "program.log"),
	}
}

// logged waits until the program has printed the words.
func logged(t *testing.T, spec process.Spec, words string) {
	t.Helper()
	for range 1000 {
		content, _ := os.ReadFile(spec.LogFile)
		if strings.Contains(string(content), words) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("%q is never printed", words)
}

func TestAProgramsEndAndItsLastWordsAreKnown(t *testing.T) {
	p, err := process.Start(behaving(t, "fail"))
	if err != nil {
		t.Fatal(err)
	}
	<-p.Ended()
	if p.Exit() != "exit status 3" || p.Tail() != "no ink left" {
		t.Errorf("ended with %q, saying %q", p.Exit(), p.Tail())
	}
	p.Stop() // harmless now
}

func TestStopLetsAProgramEndByItself(t *testing.T) {
	spec := behaving(t, "wait")
	p, err := process.Start(spec)
	if err != nil {
		t.Fatal(err)
	}
	logged(t, spec, "waiting")
	p.Stop()
	if !strings.HasSuffix(p.Tail(), "goodbye") {
		t.Errorf("its last words are %q", p.Tail())
	}
}

func TestTheTailIsOfThisRunOnly(t *testing.T) {
	spec := behaving(t, "fail")
	for range 2 {
		p, err := process.Start(spec)
		if err != nil {
			t.Fatal(err)
		}
		<-p.Ended()
		if p.Tail() != "no ink left" {
			t.Errorf("the tail is %q", p.Tail())
		}
	}
}

func TestAProgramThatIsKilledIsStartedAgain(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var exits []string
	err := process.Keep(ctx, behaving(t, "fail"), func(exit string, _ time.Duration) {
		if exits = append(exits, exit); len(exits) == 2 {
			cancel()
		}
	})
	if err != nil || len(exits) != 2 {
		t.Errorf("ended %q, %v", exits, err)
	}
}

func TestKeepStopsItsProgramAtTheEnd(t *testing.T) {
	spec := behaving(t, "wait")
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- process.Keep(ctx, spec, func(string, time.Duration) {}) }()
	logged(t, spec, "waiting")
	cancel()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	logged(t, spec, "goodbye")
}
