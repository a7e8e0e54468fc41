package cli

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/record"
	"holdthering/regime"
)

const (
	formatMarkdown = "md"
	formatHTML     = "html"
	formatJSON     = "json"
)

func (a *app) recordCommand() *cobra.Command {
	var format, out string
	var notices bool
	c := look{
		use: "record [CASE] [flags]", short: "The whole record of a case, to read, print or file",
		example: "record K7QM-3XRD --format html --out case.html", args: oneWord("case", true),
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			if asJSON {
				format = formatJSON
			}
			if format != formatMarkdown && format != formatHTML && format != formatJSON {
				return fmt.Errorf("--format is md, html or json, not %q", clipped(format, 40))
			}
			s, now, err := a.snapshot(cmd.Context(), args)
			if err != nil {
				return err
			}
			var parts []record.Part
			if notices {
				parts = append(parts, record.Notices)
			}
			text, err := recordAs(format, s.Case, now, parts)
			if err != nil {
				return err
			}
			return a.deliver(text, out)
		},
		flags: func(set *pflag.FlagSet) {
			set.StringVar(&format, "format", formatMarkdown, "md (Markdown), html or json, the `format`")
			set.StringVar(&out, "out", "", "write it to this `file`, which must not exist yet")
			set.BoolVar(&notices, "notices", false, "also who was told what, when, and how far each mail came")
		},
	}.command()
	c.ValidArgsFunction = a.offerCases
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(
		[]string{formatMarkdown, formatHTML, formatJSON}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

func recordAs(format string, c *regime.Case, now time.Time, parts []record.Part) (string, error) {
	switch format {
	case formatHTML:
		return record.HTML(c, now, parts...)
	case formatJSON:
		raw, err := record.JSON(c, now, parts...)
		return string(raw), err
	}
	return record.Markdown(c, now, parts...), nil
}

// deliver prints the text, or writes it to a new file that its owner alone can read: a record
// names what was alleged.
func (a *app) deliver(text, path string) error {
	if path == "" {
		_, err := io.WriteString(a.Stdout, text)
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.WriteString(file, text)
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		a.tell("Written to " + path + ".")
	}
	return err
}
