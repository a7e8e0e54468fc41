package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/screen"
	"holdthering/verbs"
)

const intro = `Hold the Ring: a provider of care that fails, and the bodies that must act together.

Usage:
  starter COMMAND [flags]     'starter COMMAND --help' says more, with an example;
                              'starter commands' says what each does, 'starter commands WORDS' finds one
`

const outro = `A time is written 2013-10-25 10:00 (UK time), 2013-10-25, or in words, 'tomorrow 14:00', 'Friday 2pm',
'3 March 9.30', which are read back; a period 30m, 48h, 7d, 2wd (working days) or 6mo. Name a body by its code or name, and a unit of it by the unit's
own; put commas between several. A text may be @FILE, or - for the standard input; one that is told
in confidence must be, or you are asked for it.

HTR_CASE, HTR_GROUP, HTR_BY, HTR_PERSON and HTR_ROLE stand in for --case, --group, --by, --person
and --role where those are not given; HTR_WAIT is how long to wait for an answer (30s). The server is
found as Temporal's own tools find it: TEMPORAL_ADDRESS (several hosts: a:7233,b:7233), TEMPORAL_NAMESPACE,
TEMPORAL_PROFILE and so on.

Exit codes: 0 done; 1 refused by a rule, nothing recorded; 2 wrong input, nothing recorded;
3 no answer; where a key is shown, repeat the same command with that --key.`

// brief names everything that can be done on a screen, in the order of the guidance.
func (a *app) brief(chapters []verbs.Chapter) {
	lines := []string{intro}
	for _, c := range chapters {
		lines = append(append(lines, c.Title), a.named(c.Commands)...)
	}
	_ = a.show(strings.Join(append(lines, "", outro), "\n") + "\n") // there is nobody left to tell
}

// briefWidth holds the nouns.
const briefWidth = 16

// named has a line for each command, and for those of one noun the words that follow it.
func (a *app) named(commands []*cobra.Command) []string {
	var order []string
	texts := map[string]string{}
	add := func(noun, word string) {
		if texts[noun] != "" {
			word = ", " + word
		} else {
			order = append(order, noun)
		}
		texts[noun] += word
	}
	for _, c := range commands {
		switch {
		case verbs.OnlyHolds(c):
			for _, child := range c.Commands() {
				add(c.Name(), child.Name())
			}
		case c.Parent().HasParent():
			add(c.Parent().Name(), c.Name())
		default:
			summary, _, _ := strings.Cut(c.Short, ": ")
			add(c.Name(), summary)
		}
	}
	var out []string
	for _, noun := range order {
		for i, line := range screen.Wrapped(texts[noun], a.width()-briefWidth-2) {
			name := noun
			if i > 0 {
				name = ""
			}
			out = append(out, fmt.Sprintf("  %-*s%s", briefWidth, name, line))
		}
	}
	return out
}

const everyCommand = "commands"

// commandsCommand says what each command does, or those that have the words.
func (a *app) commandsCommand(all func() []verbs.Chapter) *cobra.Command {
	return look{
		use: everyCommand + " [WORDS] [flags]", example: "commands special measures", args: cobra.ArbitraryArgs,
		short: "What each command does, in the order of the guidance; with words, those that have them",
		run: func(_ *cobra.Command, args []string, asJSON bool) error {
			found := having(all(), args)
			if len(found) == 0 {
				return fmt.Errorf("no command is about %q", screen.Clipped(strings.Join(args, " "), 40))
			}
			if asJSON {
				return a.printJSON(a.Stdout, commandsOf(found))
			}
			a.overview(found)
			return nil
		},
	}.command()
}

// commandLine is one command in the list of all.
type commandLine struct {
	Command string `json:"command"`
	Does    string `json:"does"`
	Chapter string `json:"chapter"`
}

func commandsOf(chapters []verbs.Chapter) []commandLine {
	var out []commandLine
	for _, c := range chapters {
		for _, one := range leaves(c.Commands) {
			_, path, _ := strings.Cut(one.CommandPath(), " ")
			out = append(out, commandLine{path, one.Short, c.Title})
		}
	}
	return out
}

// leaves are the commands that do something.
func leaves(all []*cobra.Command) []*cobra.Command {
	var out []*cobra.Command
	for _, c := range all {
		switch {
		case verbs.OnlyHolds(c):
			out = append(out, leaves(c.Commands())...)
		case c.IsAvailableCommand():
			out = append(out, c)
		}
	}
	return out
}

// having leaves the commands in whose name, summary or chapter all the words stand.
func having(chapters []verbs.Chapter, words []string) []verbs.Chapter {
	if len(words) == 0 {
		return chapters
	}
	var out []verbs.Chapter
	for _, c := range chapters {
		found := verbs.Chapter{Title: c.Title}
		for _, one := range leaves(c.Commands) {
			text := strings.ToLower(one.CommandPath() + " " + one.Short + " " + c.Title)
			if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, strings.ToLower(w)) }) {
				found.Commands = append(found.Commands, one)
			}
		}
		if len(found.Commands) > 0 {
			out = append(out, found)
		}
	}
	return out
}

// overview lists what can be done, in the order of the guidance.
func (a *app) overview(chapters []verbs.Chapter) {
	var lines []string
	for _, c := range chapters {
		lines = append(lines, c.Title)
		lines = append(lines, a.listing(c.Commands)...)
		lines = append(lines, "")
	}
	_ = a.show(strings.Join(lines, "\n"))
}

// nameWidth holds the names of most verbs; the summary of one with a longer name stands below.
const nameWidth = 22

func (a *app) listing(commands []*cobra.Command) []string {
	var out []string
	for _, c := range commands {
		if verbs.OnlyHolds(c) {
			out = append(out, a.listing(c.Commands())...)
			continue
		}
		if !c.IsAvailableCommand() {
			continue
		}
		_, path, _ := strings.Cut(c.CommandPath(), " ")
		text := screen.Wrapped(c.Short, a.width()-nameWidth-2)
		if len(path) > nameWidth-2 {
			out = append(out, "  "+path)
			path = ""
		}
		for _, line := range text {
			out = append(out, fmt.Sprintf("  %-*s%s", nameWidth, path, line))
			path = ""
		}
	}
	return out
}

// help tells of one command: what it does, a whole example, its flags.
func (a *app) help(cmd *cobra.Command) {
	about := cmd.Long
	if about == "" {
		about = cmd.Short
	}
	lines := []string{about, "", "Usage:", "  " + cmd.UseLine()}
	if verbs.OnlyHolds(cmd) {
		lines = append(lines[2:2], "Usage:", "  "+cmd.CommandPath()+" COMMAND [flags]", "", "Commands:")
		lines = append(lines, a.listing(cmd.Commands())...)
	}
	if cmd.Example != "" {
		lines = append(lines, "", "Example:", cmd.Example)
	}
	if !cmd.DisableFlagParsing {
		lines = append(lines, a.flags(cmd)...)
	}
	_ = a.show(strings.Join(lines, "\n") + "\n")
}

// shownFlag hides from pflag's help that a flag is a yes or no: it would add "[=true|false]".
type shownFlag struct{ pflag.Value }

// flags lists the command's flags under their headings.
func (a *app) flags(cmd *cobra.Command) []string {
	var titles []string
	sets := map[string]*pflag.FlagSet{}
	cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if f.Name == "help" {
			return
		}
		title := verbs.HelpSection(f)
		if sets[title] == nil {
			sets[title] = pflag.NewFlagSet(title, pflag.ContinueOnError)
			sets[title].SortFlags = false
			titles = append(titles, title)
		}
		shown := *f
		if f.Value.Type() == "bool" {
			shown.Value = shownFlag{f.Value}
		}
		sets[title].AddFlag(&shown)
	})
	var out []string
	for _, title := range titles {
		text := strings.TrimRight(sets[title].FlagUsagesWrapped(a.width()), "\n")
		if title == "" {
			title = "Flags"
		}
		out = append(out, "", title+":", text)
	}
	return out
}
