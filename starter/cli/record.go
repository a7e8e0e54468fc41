package cli

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/cases"
	"holdthering/record"
	"holdthering/regime/failure"
	"holdthering/regime/surveillance"
	"holdthering/screen"
	"holdthering/whole"
)

const (
	formatMarkdown = "md"
	formatHTML     = "html"
	formatJSON     = "json"
)

// recordCommand is the record of a case.
func (a *app) recordCommand() *cobra.Command {
	var w written
	c := w.flagsOf(look{
		use: "record [CASE] [flags]", short: "The whole record of a case, to read, print or file",
		example: "record K7QM-3XRD --format html --out case.html", args: oneWord("case", true),
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			format, err := w.formatOr(asJSON)
			if err != nil {
				return err
			}
			s, now, err := a.whole(cmd.Context(), args)
			if err != nil {
				return err
			}
			text, err := recordAs(format, s.Case, now, w.parts(s.Standing, s.Lacks))
			if err != nil {
				return err
			}
			return a.deliver(text, w.out)
		},
	}).command()
	c.ValidArgsFunction = a.offerAllCases
	c.AddCommand(a.recordEraseCommand())
	c.AddCommand(a.recordVerifyCommand())
	return c
}

func recordAs(format string, c *failure.Case, now time.Time, parts []record.Part) (string, error) {
	switch format {
	case formatHTML:
		return record.HTML(c, now, parts...)
	case formatJSON:
		raw, err := record.JSON(c, now, parts...)
		return versioned(raw, err)
	}
	return record.Markdown(c, now, parts...), nil
}

func versioned(raw []byte, err error) (string, error) {
	if err != nil {
		return "", err
	}
	return screen.Versioned(json.RawMessage(raw))
}

// groupFileCommand is the record of a group; 'group record' gives that of a meeting.
func (a *app) groupFileCommand() *cobra.Command {
	var w written
	return groupLook(w.flagsOf(look{
		use: "file [GROUP] [flags]", example: "group file Q56 --format html --out q56.html",
		short: "The whole record of a group, to read, print or file, as its members may see it",
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			format, err := w.formatOr(asJSON)
			if err != nil {
				return err
			}
			s, now, err := a.wholeGroup(cmd.Context(), args)
			if err != nil {
				return err
			}
			text, err := groupRecordAs(format, s.Group, now, w.parts(s.Standing, s.Lacks))
			if err != nil {
				return err
			}
			return a.deliver(text, w.out)
		},
	}))
}

func groupRecordAs(format string, g *surveillance.Group, now time.Time, parts []record.Part) (string, error) {
	switch format {
	case formatHTML:
		return record.GroupHTML(g, now, parts...)
	case formatJSON:
		raw, err := record.GroupJSON(g, now, parts...)
		return versioned(raw, err)
	}
	return record.GroupMarkdown(g, now, parts...), nil
}

// written is how a record is wanted.
type written struct {
	format, out string
	notices     bool
}

var formats = []string{formatMarkdown, formatHTML, formatJSON}

func (w *written) flagsOf(l look) look {
	l.flags = func(set *pflag.FlagSet) {
		set.StringVar(&w.format, "format", formatMarkdown, "md (Markdown), html or json, the `format`")
		set.StringVar(&w.out, "out", "", "write it to this `file`, which must not exist yet")
		set.BoolVar(&w.notices, "notices", false, "also who was told what, when, and how far each mail came")
	}
	l.offers = map[string]cobra.CompletionFunc{"format": fixed(formats)}
	return l
}

func (w *written) formatOr(asJSON bool) (string, error) {
	if asJSON {
		return formatJSON, nil
	}
	if !slices.Contains(formats, w.format) {
		return "", fmt.Errorf("--format is md, html or json, not %q", screen.Clipped(w.format, 40))
	}
	return w.format, nil
}

func (w *written) parts(s cases.Standing, lacks string) (parts []record.Part) {
	if w.notices {
		parts = append(parts, record.Notices)
	}
	if s.Wrong() {
		parts = append(parts, record.Caution(s.String()))
	}
	if lacks != "" {
		parts = append(parts, record.Caution(lacks))
	}
	return parts
}

// deliver prints the text, or writes it to a new file that its owner alone can read: a record
// names what was alleged.
func (a *app) deliver(text, path string) error {
	if path == "" {
		return a.show(text)
	}
	err := whole.Add(path, []byte(text), 0o600)
	if err == nil {
		a.note("Written to " + path + ".")
	}
	return err
}
