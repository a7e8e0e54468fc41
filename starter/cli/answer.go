package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/screen"
	"holdthering/verbs"
)

// answer prints what a command has found, as JSON or in words.
func (a *app) answer(asJSON bool, v any, words func() string) error {
	if asJSON {
		return a.printJSON(a.Stdout, v)
	}
	return a.show(words() + "\n")
}

// show prints a text: through the pager where it is longer than the terminal, in colours where they are wanted.
func (a *app) show(text string) error {
	text = screen.Text(text)
	if a.Colour {
		text = screen.Painted(text)
	}
	if a.Page != nil && a.Height > 0 && strings.Count(text, "\n") >= a.Height {
		return a.Page(text)
	}
	if w, ok := a.Stdout.(*screen.Writer); ok && a.Colour {
		_, err := io.WriteString(w.Raw(), text)
		return err
	}
	_, err := io.WriteString(a.Stdout, text)
	return err
}

// look is a command that only looks, with the --json that all of them have. What it looks at may
// be the first word, [CASE] or [GROUP] in its use, or the flag that acts have.
type look struct {
	use, short, long, example string
	args                      cobra.PositionalArgs            // nil: none
	flags                     func(*pflag.FlagSet)            // nil: none but --json
	offers                    map[string]cobra.CompletionFunc // what the shell is offered for a flag
	run                       func(cmd *cobra.Command, args []string, asJSON bool) error
}

func (l look) command() *cobra.Command {
	if l.args == nil {
		l.args = verbs.NoWords
	}
	c := &cobra.Command{Use: l.use, Short: l.short, Long: l.long, Args: l.args,
		Example: "  " + verbs.Program + " " + l.example, DisableFlagsInUseLine: true}
	c.Flags().SortFlags = false
	if l.flags != nil {
		l.flags(c.Flags())
	}
	for flag, offer := range l.offers {
		_ = c.RegisterFlagCompletionFunc(flag, offer) // fails only where there is no such flag
	}
	asJSON := c.Flags().Bool("json", false, "answer in JSON")
	words := l.namedByFlag(c)
	c.Args = func(c *cobra.Command, args []string) error { return l.args(c, words(args)) }
	c.RunE = func(c *cobra.Command, args []string) error { return l.run(c, words(args), *asJSON) }
	l.noFiles(c)
	return c
}

// noFiles keeps the shell from offering files where none is meant.
func (l look) noFiles(c *cobra.Command) {
	if !strings.Contains(l.use, "FILE") && !strings.Contains(l.use, "FOLDER") {
		c.ValidArgsFunction = cobra.NoFileCompletions
	}
	c.Flags().VisitAll(func(f *pflag.Flag) {
		what, _ := pflag.UnquoteUsage(f)
		if slices.Contains([]string{"file", "folder", "directory", "case", "group"}, what) {
			return // the cases are offered by completeCase
		}
		if _, has := c.GetFlagCompletionFunc(f.Name); !has {
			_ = c.RegisterFlagCompletionFunc(f.Name, cobra.NoFileCompletions)
		}
	})
}

// namedByFlag gives the command --case or --group, and returns the words as if it had been typed
// as the first of them.
func (l look) namedByFlag(c *cobra.Command) func(words []string) []string {
	for _, name := range []string{"case", "group"} {
		if !strings.Contains(l.use, "["+strings.ToUpper(name)+"]") {
			continue
		}
		named := c.Flags().String(name, "", "the `"+name+"`, as for the commands that act")
		return func(words []string) []string {
			if *named == "" {
				return words
			}
			return slices.Concat([]string{*named}, words)
		}
	}
	return func(words []string) []string { return words }
}

// oneWord asks for exactly one word, or none where the environment may say it.
func oneWord(what string, optional bool) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) > 1 {
			return fmt.Errorf("one %s, please, not %d", what, len(args))
		}
		if len(args) == 0 && !optional {
			return fmt.Errorf("which %s?", what)
		}
		return nil
	}
}
