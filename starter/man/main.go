// Command man writes a manual page for each command of starter, and the scripts by which shells complete them,
// below a folder: man1/*.1, completion/starter.bash, completion/_starter, completion/starter.fish.
package main

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"holdthering/starter/cli"
	"holdthering/version"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "man: one folder, please")
		os.Exit(2)
	}
	if err := write(cli.Commands(), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "man:", err)
		os.Exit(1)
	}
}

func write(root *cobra.Command, folder string) error {
	pages, scripts := filepath.Join(folder, "man1"), filepath.Join(folder, "completion")
	for _, f := range []string{pages, scripts} {
		if err := os.MkdirAll(f, 0o755); err != nil {
			return err
		}
	}
	root.DisableAutoGenTag = true // the same source gives the same pages on any day
	header := &doc.GenManHeader{Section: "1", Source: "Hold the Ring " + version.Number, Manual: "Hold the Ring"}
	err := doc.GenManTreeFromOpts(root, doc.GenManTreeOptions{Header: header, Path: pages, CommandSeparator: "-"})
	return cmp.Or(err,
		bash(root, filepath.Join(scripts, "starter.bash")),
		root.GenZshCompletionFile(filepath.Join(scripts, "_starter")),
		root.GenFishCompletionFile(filepath.Join(scripts, "starter.fish"), true))
}

func bash(root *cobra.Command, path string) error {
	var script bytes.Buffer
	if err := cli.BashCompletion(root, &script, true); err != nil {
		return err
	}
	return os.WriteFile(path, script.Bytes(), 0o644)
}
