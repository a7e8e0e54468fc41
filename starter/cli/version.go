package cli

import (
	"github.com/spf13/cobra"

	"holdthering/verbs"
	"holdthering/version"
)

// versionCommand says which program this is.
func (a *app) versionCommand() *cobra.Command {
	return look{
		use: "version [flags]", short: "Which version of the program this is, and what it was built from",
		example: "version",
		run: func(_ *cobra.Command, _ []string, asJSON bool) error {
			info := version.Of()
			return a.answer(asJSON, info, func() string { return info.Text(verbs.Program) })
		},
	}.command()
}
