package verbs

import (
	"errors"
	"io"
	"time"

	"github.com/spf13/cobra"

	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/typed"
)

// Parsed is one command line understood.
type Parsed struct {
	Verb    failure.Verb
	Act     failure.Act
	Request ledger.Request
	// Case is the reference of the case; that of the new one where Opening is set.
	Case string
	// Opening is set where the act is the first of a new case.
	Opening *failure.Opening
	// Remarks are on the provider of a new case, as the register has it on that day.
	Remarks []string
	// From is set where the case comes from what a surveillance group was told.
	From  *Source
	JSON  bool // the answer is wanted as JSON
	Again bool // taken also if it repeats an earlier command
	// DryRun: nothing is to be done, only said what would come of it.
	DryRun bool
}

// Env is what a command line leaves unsaid. Each of the texts may be empty: then the command
// line must say it.
type Env struct {
	Case    string // --case
	Group   string // --group
	By      string // --by, in any form that --by takes
	Person  string // --person
	Role    string // --role
	Profile string // of new cases and groups; empty: that of their day
	// Now is the day of what is opened; zero is before all profiles, where the first is the nearest.
	Now time.Time
	// Channel is how the act comes in; empty: "command line".
	Channel string
	// NewKey makes the key of a request; nil: a random UUID.
	NewKey func() string
	// ReadText fetches a text given as "@file", or as "-" for the standard input. Where it is
	// nil such a text stands for itself.
	ReadText func(name string) (string, error)
	// Overheard: others can read the command line, as in the list of processes and in the shell's
	// history. What is told in confidence is not taken from it.
	Overheard bool
	// Ask has the person at the terminal type a text; nil where there is none.
	Ask func(flag, meaning string) (string, error)
	// Offer, where set, gives what the shell is offered for a flag where the act is to be done; usual is what it is
	// offered everywhere, nil if nothing.
	Offer func(w Wanted, usual cobra.CompletionFunc) cobra.CompletionFunc
	// ReadBack tells the person which time was understood of words such as "Friday 2pm"; an error is a no.
	ReadBack func(flag, meant string) error
	// FindCase finds the case that is meant by a part of its reference, or by its provider; nil: the whole
	// reference has to be given.
	FindCase func(text string) (string, error)
	// Prompt asks the person at the terminal for what is missing; nil where there is none.
	Prompt func(Question) (string, error)
	// Concerns fetches the concerns of a group by their numbers, all about one provider. Where it
	// is nil, no act can come from a concern.
	Concerns func(place string, ids []string) (GroupConcerns, error)
}

// Parse reads the words after the program's name. What it returns has passed
// regime.CheckInput; whether a rule allows the act is the case's to say. The error is for
// the person who wrote the words, over several lines where it lists what would do.
func Parse(args []string, env Env) (Parsed, error) {
	var parsed *Parsed
	root := Family("starter")
	root.AddCommand(commandsOf(firstOf(args), env, func(_ *cobra.Command, p Parsed) error {
		parsed = &p
		return nil
	})...)
	if err := silently(root, args); err != nil {
		return Parsed{}, err
	}
	if parsed == nil {
		return Parsed{}, errors.New("this names no act; an act is a verb and its flags, such as " +
			"'ring accept --case CASE --by Monitor'")
	}
	return *parsed, recorded(parsed.DryRun)
}

func firstOf(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}

// recorded refuses a dry run where what is written is to be done.
func recorded(dry bool) error {
	if dry {
		return errors.New("--dry-run has no place here: what is written is to be done")
	}
	return nil
}

// silently runs the command that the words name, with no output and no help of its own: what
// is wrong is the caller's to show.
func silently(root *cobra.Command, args []string) error {
	root.SetHelpCommand(&cobra.Command{Hidden: true})
	root.CompletionOptions.DisableDefaultCmd = true
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SetOut(io.Discard)
	root.SetErr(io.Discard)
	root.SetArgs(append([]string{}, args...)) // nil would mean the program's own
	if len(args) > 0 && (args[0] == cobra.ShellCompRequestCmd || args[0] == cobra.ShellCompNoDescRequestCmd) {
		return unknown(root, args[0])
	}
	if err := Typed(root, args); err != nil {
		return err
	}
	return root.Execute()
}

// Typed looks over the words before the command that they name understands them. Where they name
// none, that is left to the command's own answer.
func Typed(root *cobra.Command, args []string) error {
	c, words, err := root.Find(args)
	if err != nil || c.DisableFlagParsing {
		return nil
	}
	c.InitDefaultHelpFlag()
	return typed.Check(c.Flags(), words)
}
