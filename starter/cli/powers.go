package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/regime"
)

// powersCommand shows the power table, which 'power use' takes its numbers from.
func (a *app) powersCommand() *cobra.Command {
	var by, of string
	return look{
		use: "powers [flags]", short: "Which powers each body has of its own: number, effect, basis",
		long: "The powers that bodies have of their own, with their legal basis. Each uses its own at any\n" +
			"time and asks nobody: 'power use' records it.",
		example: "powers --by CCG --provider-type FOUNDATION_TRUST",
		run: func(_ *cobra.Command, _ []string, asJSON bool) error {
			l, err := lookUp()
			if err != nil {
				return err
			}
			rows, err := l.powers(by, of)
			if err != nil {
				return err
			}
			return a.answer(asJSON, rows, func() string { return l.powersText(rows, a.width()) })
		},
		flags: func(set *pflag.FlagSet) {
			set.StringVar(&by, "by", "", "only those of this `body`: code or name")
			set.StringVar(&of, "provider-type", "",
				"only those that can be used against this `type`: "+strings.Join(types(), ", "))
		},
	}.command()
}

func types() []string {
	var out []string
	for _, r := range regime.Profiles()[0].Providers {
		out = append(out, string(r.Type))
	}
	return out
}

// powers are the rows that fit; an empty word fits all.
func (l lookup) powers(by, of string) ([]regime.PowerRow, error) {
	body, err := l.bodyNamed(by)
	if err != nil {
		return nil, fmt.Errorf("--by: %w", err)
	}
	kind := regime.ProviderType(strings.ToUpper(of))
	if of != "" && !slices.Contains(types(), string(kind)) {
		return nil, fmt.Errorf("--provider-type: %q is none of %s", clipped(of, 40), strings.Join(types(), ", "))
	}
	rows := []regime.PowerRow{} // an empty list in JSON, not null
	for _, r := range l.profile.Powers {
		if (body == "" || l.profile.Owns(body, r)) && (kind == "" || r.Fits(kind)) {
			rows = append(rows, r)
		}
	}
	return rows, nil
}

// bodyNamed is the body of a code, or of the name of any of its units; empty for no word.
func (l lookup) bodyNamed(text string) (regime.Body, error) {
	for _, b := range l.profile.Bodies {
		if text == "" || strings.EqualFold(text, string(b.Code)) {
			return regime.Body(strings.ToUpper(text)), nil
		}
	}
	p, err := l.names.ParseParty(text)
	return p.Body(), err
}

func (l lookup) powersText(rows []regime.PowerRow, width int) string {
	t := table{heads: []string{"NUMBER", "OF", "TO", "BASIS"}}
	for _, r := range rows {
		t.rows = append(t.rows, []string{string(r.ID), l.ownersOf(r), r.Says, r.Basis})
	}
	return strings.Join(t.lines(width, ""), "\n")
}

func (l lookup) ownersOf(r regime.PowerRow) string {
	if len(r.Owners) == 0 {
		return "every statutory body"
	}
	var names []string
	for _, b := range r.Owners {
		names = append(names, l.profile.BodyName(b))
	}
	return strings.Join(names, ", ")
}
