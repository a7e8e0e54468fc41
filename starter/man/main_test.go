package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"holdthering/starter/cli"
)

func TestEveryCommandHasItsPage(t *testing.T) {
	folder := t.TempDir()
	if err := write(cli.Commands(), folder); err != nil {
		t.Fatal(err)
	}
	seen := 0
	var look func(c *cobra.Command)
	look = func(c *cobra.Command) {
		for _, child := range c.Commands() {
			look(child)
		}
		if c.HasParent() && !c.IsAvailableCommand() {
			return
		}
		seen++
		name := strings.ReplaceAll(c.CommandPath(), " ", "-") + ".1"
		page, err := os.ReadFile(filepath.Join(folder, "man1", name))
		if err != nil || !strings.Contains(string(page), ".SH NAME") {
			t.Errorf("%s: %v", name, err)
		}
	}
	look(cli.Commands())
	if seen < 100 {
		t.Errorf("only %d pages were looked for", seen)
	}
	for _, script := range []string{"starter.bash", "_starter", "starter.fish"} {
		text, err := os.ReadFile(filepath.Join(folder, "completion", script))
		if err != nil || !strings.Contains(string(text), "__complete") {
			t.Errorf("%s: %v", script, err)
		}
	}
	page, err := os.ReadFile(filepath.Join(folder, "man1", "starter-trigger.1"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`--what`, "Hold the Ring"} {
		if !strings.Contains(string(page), part) {
			t.Errorf("%q is not in the page of trigger:\n%s", part, page)
		}
	}
}
