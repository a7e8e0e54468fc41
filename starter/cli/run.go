package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"holdthering/cases"
	"holdthering/environ"
	"holdthering/regime"
	"holdthering/regime/words"
	"holdthering/rehearsal"
	"holdthering/screen"
	"holdthering/textfile"
	"holdthering/typed"
	"holdthering/verbs"
)

// Run does what one command line says and returns the exit code: 0 done, 1 refused by a rule, 2
// wrong input, 3 no answer or the outcome is not known.
func Run(ctx context.Context, streams IO) int {
	out, errs := screen.New(streams.Stdout), screen.New(streams.Stderr)
	defer out.Flush()
	defer errs.Flush()
	streams.Stdout, streams.Stderr = out, errs
	streams.Getenv = environ.Cleaned(streams.Getenv)
	a := &app{IO: streams}
	if err := environ.BankHolidays(streams.Getenv); err != nil {
		return a.fail(err)
	}
	root := a.root()
	root.SetArgs(append([]string{}, streams.Args...)) // nil would mean the process's own
	root.SetIn(streams.Stdin)
	root.SetOut(streams.Stdout)
	completeBareBash(root)
	root.SetErr(streams.Stderr)
	if err := verbs.Typed(root, streams.Args); err != nil {
		return a.fail(err)
	}
	if err := root.ExecuteContext(ctx); err != nil {
		return a.fail(err)
	}
	return exitDone
}

// app is one run of the program.
type app struct {
	IO
	noteLock sync.Mutex // notes come from other goroutines
}

// failure is an error as JSON shows it.
type failed struct {
	Outcome string `json:"outcome"` // "refused", "wrong input", "not reachable"
	Rule    string `json:"rule,omitempty"`
	Reason  string `json:"reason"`
	// Key repeats an act that may or may not have been recorded.
	Key string `json:"key,omitempty"`
}

// silent ends the program with a code and nothing said: what there is to say is printed
// already.
type silent int

func (s silent) Error() string { return fmt.Sprintf("exit code %d", int(s)) }

func (a *app) fail(err error) int {
	var quiet silent
	if errors.As(err, &quiet) {
		return int(quiet)
	}
	f, code := classify(err)
	if slices.Contains(a.Args, "--json") {
		_ = a.printJSON(a.Stdout, f) // there is no better place to tell of it
	}
	text := f.Reason
	if f.Rule != "" {
		text = "Refused by " + f.Rule + ": " + text
	}
	if !beginsWithAFile(err) {
		text = words.Capital(text)
	}
	a.note(text)
	if f.Key != "" {
		a.note("Whether it was recorded is not known. Give the same command with --key " + f.Key +
			": it is recorded once at most.")
	}
	return code
}

func classify(err error) (failed, int) {
	var refusal *regime.Refusal
	var gone *cases.Unreachable
	switch {
	case errors.As(err, &refusal):
		return failed{Outcome: "refused", Rule: refusal.Rule, Reason: refusal.Reason}, exitRefused
	case errors.As(err, &gone):
		return failed{Outcome: "not reachable", Reason: gone.Reason, Key: gone.Key}, exitUnreachable
	}
	return failed{Outcome: "wrong input", Reason: said(err)}, exitInput
}

// said leaves out what was tried with a file: "letter.txt: no such file or directory".
func said(err error) string {
	var file *fs.PathError
	if errors.As(err, &file) {
		return strings.Replace(err.Error(), file.Error(), file.Path+": "+file.Err.Error(), 1)
	}
	return err.Error()
}

func beginsWithAFile(err error) bool {
	var malformed *rehearsal.Malformed
	var file *fs.PathError
	var fault *textfile.Fault
	return errors.As(err, &malformed) || errors.As(err, &fault) && strings.HasPrefix(err.Error(), fault.Name) ||
		errors.As(err, &file) && strings.HasPrefix(said(err), file.Path)
}

// note writes for the person, beside what the command prints. On a terminal no word is cut at
// its edge.
func (a *app) note(line string) {
	if a.Width > 0 {
		line = screen.Hanging(line, a.width())
	}
	a.noteLock.Lock()
	defer a.noteLock.Unlock()
	fmt.Fprintln(a.Stderr, line)
}

func (a *app) printJSON(w io.Writer, v any) error {
	if a.Printed != nil {
		a.Printed(v)
	}
	text, err := screen.Versioned(v)
	if err == nil {
		_, err = io.WriteString(w, text)
	}
	return err
}

// connect reaches the cases; HTR_WAIT says how long an answer is waited for.
func (a *app) connect(ctx context.Context) (cases.Cases, error) {
	s := cases.Settings{Patience: usualPatience, Note: a.note}
	if wait := a.Getenv("HTR_WAIT"); wait != "" {
		d, err := time.ParseDuration(wait)
		if err != nil || d <= 0 {
			return nil, fmt.Errorf("HTR_WAIT is a time to wait such as 30s or 2m, not %q", wait)
		}
		s.Patience = d
	}
	return a.reach(ctx, s)
}

func (a *app) reach(ctx context.Context, s cases.Settings) (cases.Cases, error) {
	if a.Connect != nil {
		return a.Connect(ctx, s)
	}
	t, err := cases.Connect(ctx, s)
	if err != nil {
		return nil, err // not t, a nil that would not be nil as an interface
	}
	return t, nil
}

// asking has texts typed at the terminal; nil where there is none.
func (a *app) asking() func(flag, meaning string) (string, error) {
	if !a.Terminal {
		return nil
	}
	return func(flag, meaning string) (string, error) {
		a.note(words.Capital(meaning) + " (--" + flag + ").")
		return a.readText("-")
	}
}

// readBack says which time was understood, and asks the person at the terminal whether it is meant.
func (a *app) readBack(flag, meant string) error {
	switch {
	case a.Confirm == nil:
		a.note("--" + flag + ": " + meant)
	case !a.Confirm("--" + flag + " is " + meant + ". Is that meant?"):
		return fmt.Errorf("--%s: then write it with its date, such as \"2013-10-25 10:00\". Nothing was done", flag)
	}
	return nil
}

// readText fetches a text that was given as "@file" or "-".
func (a *app) readText(name string) (string, error) {
	if name == typed.Editor {
		return a.edited()
	}
	if name == "-" && a.Terminal {
		a.note("Type the text; Ctrl-D on a line of its own ends it.")
	}
	var text string
	var err error
	if name == "-" {
		text, err = textfile.From(a.Stdin, "the standard input", longestStdin)
	} else {
		text, err = textfile.Read(name, longestStdin)
	}
	var fault *textfile.Fault
	if errors.As(err, &fault) && fault.TooLarge {
		err = fmt.Errorf("the text is longer than %d KiB; a text has %d characters at most. Refer to a document instead",
			longestStdin>>10, regime.MaxText)
	}
	return text, err
}
