// Command starter is the command line of a surveillance group's secretariat: trigger a risk
// summit, act in a case for a body, look at the cases. 'starter --help' lists all of it.
package main

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strings"
	"syscall"

	"github.com/cli/browser"
	"github.com/mattn/go-isatty"
	"golang.org/x/term"

	"holdthering/starter/cli"
	_ "holdthering/starter/moment"
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
		Width: columns(), Height: lines(), Terminal: isatty.IsTerminal(os.Stdin.Fd()), Confirm: confirm(), Browse: browse,
		Edit: editor(), Page: pager(), Colour: coloured(), OneCore: oneCore,
	}))
}

// oneCore has one core do what follows, where GOMAXPROCS says nothing else.
func oneCore() {
	if os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(1)
	}
}

// browse opens an address in the person's browser, which says nothing on the terminal.
func browse(address string) error {
	browser.Stdout, browser.Stderr = io.Discard, io.Discard
	return browser.OpenURL(address)
}

// editor is the person's, where both sides of the talk are a terminal.
func editor() func(string) error {
	if !isatty.IsTerminal(os.Stdin.Fd()) || !isatty.IsTerminal(os.Stdout.Fd()) {
		return nil
	}
	return func(file string) error {
		words := strings.Fields(cmp.Or(os.Getenv("VISUAL"), os.Getenv("EDITOR"), usualEditor()))
		return attached(exec.Command(words[0], append(words[1:], file)...), os.Stdin)
	}
}

func usualEditor() string {
	if runtime.GOOS == "windows" {
		return "notepad"
	}
	return "vi"
}

// pager shows what is longer than the terminal; none where PAGER is empty or "cat", or there is no program for it.
func pager() func(string) error {
	wanted, set := os.LookupEnv("PAGER")
	if !isatty.IsTerminal(os.Stdout.Fd()) || os.Getenv("TERM") == "dumb" || set && (wanted == "" || wanted == "cat") {
		return nil
	}
	words := strings.Fields(cmp.Or(wanted, "less -FRX"))
	if _, err := exec.LookPath(words[0]); err != nil {
		return nil
	}
	return func(text string) error {
		return attached(exec.Command(words[0], words[1:]...), strings.NewReader(text))
	}
}

// attached runs a program at this terminal.
func attached(c *exec.Cmd, in io.Reader) error {
	c.Stdin, c.Stdout, c.Stderr = in, os.Stdout, os.Stderr
	if _, set := os.LookupEnv("LESS"); !set {
		c.Env = append(os.Environ(), "LESS=FRX") // else less shows colours as signs
	}
	return c.Run()
}

// coloured: a terminal that shows colours, and a person who has not said otherwise (no-color.org).
func coloured() bool {
	known := runtime.GOOS != "windows" || os.Getenv("WT_SESSION") != ""
	return known && isatty.IsTerminal(os.Stdout.Fd()) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// lines is how high the terminal is; 0 where the output is none.
func lines() int {
	_, high, err := term.GetSize(int(os.Stdout.Fd()))
	if err != nil {
		return 0
	}
	return high
}

// columns is how wide the terminal is; 0 where the output is none.
func columns() int {
	wide, _, err := term.GetSize(int(os.Stdout.Fd()))
	if err != nil {
		return 0
	}
	return wide
}
