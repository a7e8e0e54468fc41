package cli

import (
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"holdthering/regime/failure"
	"holdthering/regime/surveillance"
)

// rootOf is the program for one command line.
func rootOf(line ...string) *cobra.Command {
	return (&app{IO: IO{Args: line, Getenv: func(string) string { return "" }}}).root()
}

func TestACommandThatIsNamedIsThereAndFewOthersAreMade(t *testing.T) {
	var all []string
	for _, v := range failure.Verbs() {
		all = append(all, v.Path)
	}
	for _, v := range surveillance.Verbs() {
		all = append(all, v.Path)
	}
	for _, path := range append(all, "open", "version", "list", "show", "group list", "ring show", "action list") {
		line := strings.Fields(path)
		c, rest, err := rootOf(line...).Find(line)
		if err != nil || len(rest) > 0 || c.CommandPath() != "starter "+path {
			t.Errorf("%s: found %q, left %v, %v", path, c.CommandPath(), rest, err)
		}
	}
	whole := count(rootOf())
	if whole < 150 {
		t.Fatalf("the whole program has %d commands only", whole)
	}
	for _, line := range [][]string{{"version"}, {"show"}, {"rehearse"}, {"ring", "accept"}} {
		if n := count(rootOf(line...)); n > whole/2 {
			t.Errorf("%v: %d of %d commands were made", line, n, whole)
		}
	}
	for _, line := range [][]string{{"help"}, {"commands"}, {"--help"}, {"sumit", "convene"}, {cobra.ShellCompRequestCmd, "sum"}} {
		if n := count(rootOf(line...)); n != whole {
			t.Errorf("%v: %d of %d commands were made, and all are needed", line, n, whole)
		}
	}
}

func count(c *cobra.Command) int {
	n := 1
	for _, sub := range c.Commands() {
		n += count(sub)
	}
	return n
}

func TestWhatIsDoneLeavesTheListOfVerbsAsItIs(t *testing.T) {
	before := slices.Clone(failure.Verbs())
	rootOf("version")
	rootOf("ring", "accept")
	if !slices.EqualFunc(before, failure.Verbs(), func(a, b failure.Verb) bool { return a.Path == b.Path }) {
		t.Error("the verbs have changed")
	}
}
