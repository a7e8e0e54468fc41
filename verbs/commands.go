package verbs

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
)

// Program is the name under which the examples call the program.
const Program = "starter"

// Commands builds a command for each verb of the regime, and 'open', in the order of the
// guidance; run is called with what was understood. A tree serves one command line.
func Commands(env Env, run func(*cobra.Command, Parsed) error) []*cobra.Command {
	return CommandsOf("", env, run)
}

// CommandsOf are the commands of a noun, and all where the word is none: what is meant is looked for among all then.
func CommandsOf(noun string, env Env, run func(*cobra.Command, Parsed) error) []*cobra.Command {
	some := commandsOf(noun, env, run)
	for _, c := range some {
		env.complete(c)
	}
	return some
}

func commandsOf(noun string, env Env, run func(*cobra.Command, Parsed) error) []*cobra.Command {
	its := verbsOf(noun)
	if len(its) == 0 {
		its = failure.Verbs()
	}
	return commandsFor(its, env, run)
}

// Noun reports whether a verb, or a family of verbs, of a case has that name.
func Noun(word string) bool { return len(verbsOf(word)) > 0 }

func verbsOf(noun string) []failure.Verb {
	var its []failure.Verb
	for _, v := range failure.Verbs() {
		if first, _, _ := strings.Cut(v.Path, " "); first == noun {
			its = append(its, v)
		}
	}
	return its
}

func commandsFor(all []failure.Verb, env Env, run func(*cobra.Command, Parsed) error) []*cobra.Command {
	var top []*cobra.Command
	families := map[string]*cobra.Command{}
	for _, v := range all {
		noun, rest, two := strings.Cut(v.Path, " ")
		if !two {
			top = append(top, command(v, noun, env, run))
			families[noun] = top[len(top)-1]
			if noun == triggerPath {
				top = append(top, openCommand(env, run))
			}
			continue
		}
		parent := families[noun]
		if parent == nil {
			parent = Family(noun)
			families[noun], top = parent, append(top, parent)
		}
		parent.AddCommand(command(v, rest, env, run))
		if OnlyHolds(parent) {
			parent.Short = listed(parent)
		}
	}
	return top
}

// listed is the summary of a family: the names of its members.
func listed(parent *cobra.Command) string {
	var names []string
	for _, c := range parent.Commands() {
		names = append(names, c.Name())
	}
	return strings.Join(names, ", ")
}

// OnlyHolds reports whether the command does nothing itself and only holds others. A verb may
// do something and hold another, as trigger does.
func OnlyHolds(c *cobra.Command) bool { return c.HasAvailableSubCommands() && c.DisableFlagParsing }

// Family is a command that only holds others: alone it shows help, and with a word that is
// none of theirs it names those that are like it.
func Family(name string) *cobra.Command {
	c := &cobra.Command{
		Use: name, DisableFlagParsing: true, Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 || args[0] == "--help" || args[0] == "-h" {
				return cmd.Help()
			}
			return unknown(cmd, args[0])
		},
	}
	c.SetFlagErrorFunc(FlagError)
	return c
}

// command is the command of one verb.
func command(v failure.Verb, name string, env Env, run func(*cobra.Command, Parsed) error) *cobra.Command {
	c, fields := verbCommand(v, name)
	var opens *openingFlags
	var from *sourceFlags
	if v.Path == triggerPath {
		opens, from = bindOpening(c), bindSource(c)
		c.Long += "\n\nOpens a new case for the provider, unless --case names a file that is still " +
			"under surveillance. With --from-concern,\nwhat a group was told fills in what you leave out, " +
			"and the group records which case came of it."
	}
	openText := bindOpenText(c, fields)
	common := bindCommon(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		r := caseReading{reading{env, v.Path, fields, common, c.Flags(), openText}, v, opens}
		source, err := from.fill(r)
		if err != nil {
			return err
		}
		p, err := r.understand()
		if err == nil {
			err = source.unused(p.Case)
		}
		if err != nil {
			return err
		}
		p.From = source
		return run(c, p)
	}
	return c
}

// verbCommand is a verb's command with the flags of its act.
func verbCommand[A any](v ledger.VerbOn[A], name string) (*cobra.Command, []boundField) {
	c := newCommand(name, v.Summary, v.Example)
	c.Long = v.Summary + ".\n\nRules: " + strings.Join(strings.Fields(v.Rules), ", ") + "."
	return c, bind(c, regime.Fields(v.New()))
}

// newCommand is a command that takes flags only, shown in the order in which they are added.
func newCommand(name, summary, example string) *cobra.Command {
	c := &cobra.Command{
		Use: name, Short: summary, Example: folded(Program + " " + example), Args: NoWords,
		DisableFlagsInUseLine: true,
	}
	c.Use += " [flags]"
	c.Flags().SortFlags = false
	return c
}

// widest is how many columns a line of an example has at most.
const widest = 96

// folded breaks a long command before a flag, so that it can be copied all the same.
func folded(example string) string {
	var lines []string
	line := "  "
	for i, part := range strings.Split(example, " --") {
		if i > 0 {
			part = "--" + part
		}
		if len(line)+1+len(part) > widest {
			lines = append(lines, line+" \\")
			line = "     "
		}
		if i == 0 {
			line += part
		} else {
			line += " " + part
		}
	}
	return strings.Join(append(lines, line), "\n")
}

// HelpSection is the heading under which help shows a flag; empty for the verb's own.
func HelpSection(f *pflag.Flag) string {
	if g := f.Annotations[groupAnnotation]; len(g) > 0 {
		return g[0]
	}
	return ""
}

const groupAnnotation = "holdthering_group"

func group(f *pflag.Flag, title string) {
	f.Annotations = map[string][]string{groupAnnotation: {title}}
}
