package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"syscall"

	"holdthering/launch/server"
	"holdthering/screen"
)

const usage = `usage: launch COMMAND

  dev      the server, its UI and the workers, until Ctrl-C; data in ./var
  demo     play a scenario on a real server
  prepare  build the embedded server
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends this program at once
	os.Exit(exitCode(run(ctx, os.Args[1:])))
}

// errUsage is a command line that is not understood.
var errUsage = errors.New("one command is needed, and nothing else: dev, demo or prepare")

func run(ctx context.Context, args []string) error {
	if len(args) > 0 && slices.Contains([]string{"help", "--help", "-h"}, args[len(args)-1]) {
		fmt.Print(usage)
		return nil
	}
	if len(args) != 1 || !slices.Contains([]string{"dev", "demo", "prepare"}, args[0]) {
		fmt.Fprint(os.Stderr, usage)
		return errUsage
	}
	root, err := server.Root()
	if err != nil {
		return err
	}
	s := site{root: root}
	switch args[0] {
	case "dev":
		return dev(ctx, s)
	case "demo":
		return demo(ctx, s)
	default:
		_, err := server.Ensure(ctx, os.Stdout)
		return err
	}
}

// exitCode passes on that of a program that was run, and tells any other error; a wrong command
// line is 2.
func exitCode(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit) && exit.ExitCode() > 0:
		return exit.ExitCode()
	}
	fmt.Fprintln(screen.New(os.Stderr), "launch:", err)
	if errors.Is(err, errUsage) {
		return 2
	}
	return 1
}

func say(format string, args ...any) {
	fmt.Printf(format+"\n", args...)
}
