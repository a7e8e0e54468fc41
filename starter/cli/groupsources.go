package cli

import (
	"cmp"
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/regime/calendar"
	"holdthering/regime/surveillance"
	"holdthering/screen"
	"holdthering/verbs"
)

func (a *app) groupSourcesCommand() *cobra.Command {
	var by string
	return groupLook(look{
		use: "sources [GROUP] [flags]", example: `group sources Q56 --by "NHS England"`,
		short: "Who told a group something in confidence: for its chair, its support and the body itself",
		long: "Who told a group something in confidence (R14): all of it for the chair and for NHS England,\n" +
			"which supports the group; for any other body what it told itself. Everywhere else neither the\n" +
			"source nor the body is named.",
		flags: func(set *pflag.FlagSet) {
			set.StringVar(&by, "by", "", "the `body` for which you ask ($HTR_BY)")
		},
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			if by = cmp.Or(by, a.Getenv("HTR_BY")); by == "" {
				return errors.New("for which body do you ask? Say --by, such as --by CQC, or set HTR_BY")
			}
			p, err := verbs.Party(by)
			if err != nil {
				return err
			}
			s, _, err := a.group(cmd.Context(), args)
			if err != nil {
				return err
			}
			c, err := a.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer c.Close()
			found, err := c.Sources(cmd.Context(), s.Group.Place(), p)
			if err != nil {
				return err
			}
			return a.answer(asJSON, found, func() string { return sourcesText(s.Group, found, a.width()) })
		},
	})
}

func sourcesText(g *surveillance.Group, found []surveillance.ProtectedSource, width int) string {
	if len(found) == 0 {
		return "Nothing was told in confidence."
	}
	t := screen.Table{Heads: []string{"CONCERN", "PROVIDER", "WHEN", "BODY", "PERSON", "SOURCE"}, FixedColumns: 3}
	for _, s := range found {
		t.Rows = append(t.Rows, []string{s.Concern, s.Provider, calendar.Day(s.At), g.Name(s.By.For),
			cmp.Or(s.By.Person, "-"), cmp.Or(string(s.Source), "-")})
	}
	lines := append(t.Lines(width, ""), "", "For you alone: anyone else who learns it may guess the person (R14).")
	return strings.Join(lines, "\n")
}
