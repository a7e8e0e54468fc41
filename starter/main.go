// Command starter is the command line of a surveillance group's secretariat: trigger a risk
// summit, act in a case for a body, look at the cases. 'starter --help' lists all of it.
package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/cli/browser"
	"github.com/mattn/go-isatty"
	"golang.org/x/term"

	"holdthering/starter/cli"
)

// confirm asks at the terminal, where both sides of the talk are one.
func confirm() func(string) bool {
	for _, f := range []*os.File{os.Stdin, os.Stderr} {
		if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
			return nil
		}
	}
	return func(question string) bool {
		fmt.Fprint(os.Stderr, question+" [y/N] ")
		answer, _ := bufio.NewReader(io.LimitReader(os.Stdin, 100)).ReadString('\n') // its end is a no
		answer = strings.ToLower(strings.TrimSpace(answer))
		return answer == "y" || answer == "yes"
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	os.Exit(cli.Run(ctx, cli.IO{
		Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv,
		Width: columns(), Terminal: isatty.IsTerminal(os.Stdin.Fd()), Confirm: confirm(), Browse: browse,
	}))
}

// browse opens an address in the person's browser, which says nothing on the terminal.
func browse(address string) error {
	browser.Stdout, browser.Stderr = io.Discard, io.Discard
	return browser.OpenURL(address)
}

// columns is how wide the terminal is; 0 where the output is none.
func columns() int {
	wide, _, err := term.GetSize(int(os.Stdout.Fd()))
	if err != nil {
		return 0
	}
	return wide
}
