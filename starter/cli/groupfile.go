package cli

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/record"
)

// groupFileCommand is the record of a group; 'group record' gives that of a meeting.
func (a *app) groupFileCommand() *cobra.Command {
	var format, out string
	var notices bool
	formats := []string{formatMarkdown, formatHTML, formatJSON}
	c := groupLook(look{
		use: "file [GROUP] [flags]", example: "group file Q56 --format html --out q56.html",
		short: "The whole record of a group, to read, print or file, as its members may see it",
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			if asJSON {
				format = formatJSON
			}
			if !slices.Contains(formats, format) {
				return fmt.Errorf("--format is md, html or json, not %q", clipped(format, 40))
			}
			s, now, err := a.group(cmd.Context(), args)
			if err != nil {
				return err
			}
			var parts []record.Part
			if notices {
				parts = append(parts, record.Notices)
			}
			text := ""
			switch format {
			case formatHTML:
				text, err = record.GroupHTML(s.Group, now, parts...)
			case formatJSON:
				var raw []byte
				raw, err = record.GroupJSON(s.Group, now)
				text = string(raw)
			default:
				text = record.GroupMarkdown(s.Group, now, parts...)
			}
			if err != nil {
				return err
			}
			return a.deliver(text, out)
		},
		flags: func(set *pflag.FlagSet) {
			set.StringVar(&format, "format", formatMarkdown, "md (Markdown), html or json, the `format`")
			set.StringVar(&out, "out", "", "write it to this `file`, which must not exist yet")
			set.BoolVar(&notices, "notices", false, "also who was told what, and when")
		},
	})
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(formats,
		cobra.ShellCompDirectiveNoFileComp))
	return c
}
