package cli

import (
	"context"
	"io"
	"os/user"
	"strconv"
	"time"

	"holdthering/cases"
)

// IO is all that the program touches.
type IO struct {
	Args           []string // after the program's name
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Getenv         func(string) string
	// Connect reaches the cases; nil: the Temporal server of the environment.
	Connect func(context.Context, cases.Settings) (cases.Cases, error)
	Now     func() time.Time // nil: time.Now
	// Confirm asks the person at the terminal; nil where there is no one to ask.
	Confirm func(question string) bool
	// Edit has the person write a file in their editor; nil where there is no terminal.
	Edit func(file string) error
	// Page shows a long text page by page; nil where there is no terminal, or no pager is wanted.
	Page func(text string) error
	// Printed sees what is printed as JSON, for the tests; nil: nobody does.
	Printed func(v any)
	// Colour: the output may have colours.
	Colour bool
	// OneCore has one core do what follows: in a rehearsal one thing follows from the other, and to wake a second core
	// for each next one costs a fifth more and gains no time. Nil: the tests share their process.
	OneCore func()
	// Examine looks at the server; nil: the Temporal server of the environment.
	Examine func(context.Context) []cases.Finding
	// Browse opens an address in the person's browser; nil where there is none.
	Browse func(address string) error
	Width  int // of the terminal in columns; 0: unknown
	Height int // in lines; 0: unknown
	// Terminal: somebody sits at Stdin and can be asked.
	Terminal bool
}

// The exit codes.
const (
	exitDone        = 0
	exitRefused     = 1 // a rule says no; nothing was recorded
	exitInput       = 2 // something in what was written; nothing was recorded
	exitUnreachable = 3 // nobody answered; an act may or may not have been recorded
)

const (
	usualWidth    = 100
	minWidth      = 80
	widest        = 160
	longestStdin  = 64 << 10 // bytes; a text of an act has 4000 characters at most
	usualPatience = 30 * time.Second
)

func (i IO) now() time.Time {
	if i.Now != nil {
		return i.Now()
	}
	return time.Now()
}

// width is how many columns there are to print in.
func (i IO) width() int {
	w := i.Width
	if n, err := strconv.Atoi(i.Getenv("COLUMNS")); err == nil && n > 0 {
		w = n
	}
	if w <= 0 {
		w = usualWidth
	}
	return min(max(w, minWidth), widest)
}

// person is who sits at this computer.
func (i IO) person() string {
	for _, name := range []string{"HTR_PERSON", "USER", "LOGNAME", "USERNAME"} {
		if v := i.Getenv(name); v != "" {
			return v
		}
	}
	if u, err := user.Current(); err == nil {
		return u.Username // a service or a container has no such variable
	}
	return ""
}
