package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"holdthering/launch/server"
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

func run(ctx context.Context, args []string) error {
	if len(args) != 1 {
		fmt.Fprint(os.Stderr, usage)
		return errors.New("one command is needed")
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
	case "prepare":
		_, err := server.Ensure(ctx, os.Stdout)
		return err
	}
	fmt.Fprint(os.Stderr, usage)
	return fmt.Errorf("there is no command %q", args[0])
}

// exitCode passes on that of a program that was run, and tells any other error.
func exitCode(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit) && exit.ExitCode() > 0:
		return exit.ExitCode()
	}
	fmt.Fprintln(os.Stderr, "launch:", err)
	return 1
}

func say(format string, args ...any) {
	fmt.Printf(format+"\n", args...)
}
