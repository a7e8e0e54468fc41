package cli_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"holdthering/starter/cli"
	"holdthering/verbs"
)

// shaped checks that a command has answered with one of the types that cli.Shapes gives it; every command line of
// these tests that asks for JSON comes by here.
func shaped(t *testing.T, args []string, v any) {
	t.Helper()
	got := reflect.TypeOf(v)
	for got.Kind() == reflect.Pointer {
		got = got.Elem()
	}
	said := strings.Join(args, " ") + " "
	var of []any
	longest := -1
	for _, s := range cli.Shapes() {
		if strings.HasPrefix(said, s.Command+" ") || s.Command == "" {
			if len(s.Command) > longest {
				of, longest = s.Of, len(s.Command)
			}
		}
	}
	if !slices.ContainsFunc(append(of, cli.Fault()), func(a any) bool { return reflect.TypeOf(a) == got }) {
		t.Errorf("%q answers %s in JSON, and cli.Shapes does not say so", said, got)
	}
}

// Each command that takes --json has its shape; what has none of its own is an act.
func TestEveryCommandHasItsShapeInJSON(t *testing.T) {
	shapes := map[string]cli.Shape{}
	for _, s := range cli.Shapes() {
		shapes[s.Command] = s
		if len(s.When) != len(s.Of)-1 {
			t.Errorf("%q: it does not say where it answers otherwise", s.Command)
		}
	}
	seen := map[string]bool{"": true}
	var walk func(*cobra.Command)
	walk = func(c *cobra.Command) {
		for _, child := range c.Commands() {
			walk(child)
		}
		_, path, _ := strings.Cut(c.CommandPath(), " ")
		if c.Flags().Lookup("json") == nil || verbs.OnlyHolds(c) {
			return
		}
		_, has := shapes[path]
		if act := c.Flags().Lookup("dry-run") != nil; act == has {
			t.Errorf("%q: act %v, shape of its own %v", path, act, has)
		}
		seen[path] = true
	}
	walk(cli.Commands())
	for path := range shapes {
		if !seen[path] {
			t.Errorf("%q is no command with --json", path)
		}
	}
}
