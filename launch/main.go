package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"holdthering/environ"
	"holdthering/launch/server"
	"holdthering/screen"
	"holdthering/version"
)

const usage = `usage: launch COMMAND

  dev                    the server, its UI and the workers, until Ctrl-C; data in ./var
  demo                   play a scenario on a real server
  prepare [team]         build the embedded server, or the one of a team's server for its tests
  backup [FILE]          all of ./var but the logs, and never the key, into one archive; dev may be running
  restore FILE [--lost-at TIME]
                         put a backup into an empty ./var; TIME is when what it is of was last running,
                         now if not said

  --version              which version this is
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends this program at once
	os.Exit(exitCode(run(ctx, os.Args[1:])))
}

// errUsage is a command line that is not understood.
var errUsage = errors.New("one command is needed: dev, demo, prepare, backup or restore")

// takes is how many words may follow each command.
var takes = map[string][2]int{"dev": {0, 0}, "demo": {0, 0}, "prepare": {0, 1}, "backup": {0, 1}, "restore": {1, 1}}

func run(ctx context.Context, args []string) error {
	if len(args) > 0 && slices.Contains([]string{"help", "--help", "-h"}, args[len(args)-1]) {
		fmt.Print(usage)
		return nil
	}
	if slices.Equal(args, []string{"--version"}) {
		fmt.Println(version.Of().Text("launch"))
		return nil
	}
	if len(args) == 0 {
		args = []string{""}
	}
	command, words := args[0], args[1:]
	var lost time.Time
	var err error
	if command == "restore" {
		if lost, words, err = lostAt(words, time.Now()); err != nil {
			return err
		}
	}
	if n, known := takes[command]; !known || len(words) < n[0] || len(words) > n[1] ||
		slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, "-") }) {
		fmt.Fprint(os.Stderr, usage)
		return errUsage
	}
	root, err := server.Root()
	if err != nil {
		return err
	}
	if err := environ.BankHolidays(environ.Get); err != nil {
		return misused{err}
	}
	s := site{root: root}
	switch command {
	case "dev":
		return dev(ctx, s)
	case "demo":
		return demo(ctx, s)
	case "backup":
		return backUp(ctx, s, strings.Join(words, ""))
	case "restore":
		return restore(s, words[0], lost)
	}
	return prepare(ctx, words)
}

func prepare(ctx context.Context, words []string) (err error) {
	switch {
	case len(words) == 0:
		_, err = server.Ensure(ctx, os.Stdout)
	case words[0] == "team":
		_, _, err = server.EnsureTeam(ctx, os.Stdout)
	default:
		fmt.Fprint(os.Stderr, usage)
		return errUsage
	}
	return err
}

// misused is what the environment or a file says wrongly.
type misused struct{ error }

// exitCode passes on that of a program that was run, and tells any other error; a wrong command
// line, or setting, is 2.
func exitCode(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit) && exit.ExitCode() > 0:
		return exit.ExitCode()
	}
	fmt.Fprintln(screen.New(os.Stderr), "launch:", err)
	var wrong misused
	if errors.Is(err, errUsage) || errors.As(err, &wrong) {
		return 2
	}
	return 1
}

func say(format string, args ...any) {
	fmt.Printf(format+"\n", args...)
}
