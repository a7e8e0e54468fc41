package cli

import (
	_ "embed"
	"io"

	"github.com/spf13/cobra"
)

// bareBash has what the script of cobra takes from the package bash-completion, for a bash without it: macOS and many
// servers have none, and each press of Tab would print an error.
//
//go:embed bare.bash
var bareBash string

// BashCompletion writes the script by which bash completes the commands, also where bash-completion is not installed.
func BashCompletion(root *cobra.Command, w io.Writer, describing bool) error {
	if err := root.GenBashCompletionV2(w, describing); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n"+bareBash)
	return err
}

// completeBareBash has 'completion bash' print that script.
func completeBareBash(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	c, _, err := root.Find([]string{"completion", "bash"})
	if err != nil || c == root {
		return
	}
	c.RunE = func(c *cobra.Command, _ []string) error {
		plain, err := c.Flags().GetBool("no-descriptions")
		if err != nil {
			return err
		}
		return BashCompletion(root, c.OutOrStdout(), !plain)
	}
}
