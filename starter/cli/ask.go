package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"holdthering/cases"
	"holdthering/regime/words"
	"holdthering/screen"
	"holdthering/textfile"
	"holdthering/verbs"
)

// prompt has what is missing typed at the terminal, a line each; nil where there is none.
//
// A line that the terminal itself lets the person edit is enough for this; the libraries for forms on a terminal draw
// the screen themselves, which screen readers and pasted answers do not get on with.
func (a *app) prompt() func(verbs.Question) (string, error) {
	if !a.Terminal || a.Confirm == nil {
		return nil
	}
	lines := bufio.NewReader(io.LimitReader(a.Stdin, longestStdin))
	a.Stdin = lines // what is read ahead is not lost to a text that comes later
	return func(q verbs.Question) (string, error) {
		if q.Again != nil {
			a.note(words.Capital(q.Again.Error()))
		}
		a.note(words.Capital(q.Meaning) + " (--" + q.Flag + ").")
		for i, c := range q.Choices {
			a.note(fmt.Sprintf("  %d  %s", i+1, c))
		}
		for _, t := range q.There {
			a.note("  " + t)
		}
		fmt.Fprint(a.Stderr, "> ")
		line, err := lines.ReadString('\n')
		if errors.Is(err, io.EOF) {
			fmt.Fprintln(a.Stderr) // Ctrl-D: nothing is answered
			err = nil
		}
		return strings.TrimRight(line, "\r\n"), err
	}
}

// edited has a text written in the person's editor, in a file that is theirs alone and goes when it is read.
func (a *app) edited() (string, error) {
	if a.Edit == nil {
		return "", errors.New("-e opens an editor, and there is no terminal for one: use @FILE, or - for the standard input")
	}
	dir, err := os.MkdirTemp("", "holdthering-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "text.txt")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		return "", err
	}
	if err := a.Edit(file); err != nil {
		return "", fmt.Errorf("the editor: %w", err)
	}
	return textfile.Read(file, longestStdin)
}

// manyBodies is from how many on it is asked before they are mailed.
const manyBodies = 6

// final are the acts that no other act takes back.
var final = []string{"case close", "group end", "trigger withdraw", "provider end", "judgement unseal", "measures decide",
	"succession law", "succession record", "group succession", "ring cannot-agree", "warning serve", "certificate decide",
	"administration order"}

// errNotDone is the person's own no.
var errNotDone = errors.New("nothing was done")

// agreed asks the person at the terminal before what cannot be taken back or goes to many, and says what it would do.
// What is refused, the act itself says.
func (a *app) agreed(path string, quiet bool, foresee func() (outlook, error)) error {
	if a.Confirm == nil || quiet {
		return nil
	}
	f, err := foresee()
	if err != nil || f.Repeated {
		return nil // the act meets the same error, and tells of it
	}
	bodies := f.bodiesMailed()
	last := slices.Contains(final, path)
	if !last && len(bodies) < manyBodies {
		return nil
	}
	a.note("This would record: " + f.Entry)
	if len(bodies) > 0 {
		a.note("It mails " + counted(len(bodies)) + ": " + few(bodies) + ".")
	}
	question := "Record it?"
	if last {
		question = "It cannot be taken back. Record it?"
	}
	if !a.Confirm(screen.Text(question)) {
		return errNotDone
	}
	return nil
}

// agreedIn is agreed of an act in a case.
func (a *app) agreedIn(ctx context.Context, c cases.Cases, p verbs.Parsed, quiet bool) error {
	p.Request.Sure = true // what is doubtful is asked by the act
	return a.agreed(p.Verb.Path, quiet, func() (outlook, error) { return a.foresee(ctx, c, p) })
}
