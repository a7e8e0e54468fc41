package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/regime"
	"holdthering/screen"
	"holdthering/verbs"
)

// powersCommand shows the power table, which 'power use' takes its numbers from.
func (a *app) powersCommand() *cobra.Command {
	var by, of string
	profile := profileFlag{a: a}
	return look{
		use: "powers [flags]", short: "Which powers each body has of its own: number, effect, basis",
		long: "The powers that bodies have of their own, with their legal basis. Each uses its own at any\n" +
			"time and asks nobody: 'power use' records it.",
		example: "powers --by CCG --provider-type FOUNDATION_TRUST",
		run: func(_ *cobra.Command, _ []string, asJSON bool) error {
			p, err := profile.profile()
			if err != nil {
				return err
			}
			rows, err := powers(p, by, of)
			if err != nil {
				return err
			}
			return a.answer(asJSON, rows, func() string { return powersText(p, rows, a.width()) })
		},
		flags: func(set *pflag.FlagSet) {
			set.StringVar(&by, "by", "", "only those of this `body`: code or name")
			set.StringVar(&of, "provider-type", "", "only those that can be used against this `type`: "+
				strings.Join(regime.ProviderType("").Choices(), ", "))
			profile.bind(set, "the powers")
		},
		offers: profile.offers(map[string]cobra.CompletionFunc{
			"by":            offered(profile.bodies),
			"provider-type": fixed(regime.ProviderType("").Choices()),
		}),
	}.command()
}

// powers are the rows of the profile that fit; an empty word fits all.
func powers(p *regime.Profile, by, of string) ([]regime.PowerRow, error) {
	body, err := bodyNamed(p, by)
	if err != nil {
		return nil, fmt.Errorf("--by: %w", err)
	}
	kind := regime.ProviderType(strings.ToUpper(of))
	if _, ok := p.ProviderRow(kind); of != "" && !ok {
		return nil, fmt.Errorf("--provider-type: %q is not one of %s", screen.Clipped(of, 40),
			strings.Join(types(p), ", "))
	}
	rows := []regime.PowerRow{} // an empty list in JSON, not null
	for _, r := range p.Powers {
		if (body == "" || p.Owns(body, r)) && (kind == "" || usable(p, body, r, kind)) {
			rows = append(rows, r)
		}
	}
	return rows, nil
}

// usable leaves out a power of the contract where none of its owners, or not the one asked about, has contracts
// with providers of the type as a rule (R112).
func usable(p *regime.Profile, body regime.Body, r regime.PowerRow, kind regime.ProviderType) bool {
	row, _ := p.ProviderRow(kind)
	return r.Fits(kind) && (!r.Contract || slices.ContainsFunc(r.Owners, func(b regime.Body) bool {
		return (body == "" || b == body) && slices.Contains(row.CommissionedBy, b)
	}))
}

func types(p *regime.Profile) []string {
	var out []string
	for _, r := range p.Providers {
		out = append(out, string(r.Type))
	}
	return out
}

// bodyNamed is the body of a code, or of the name of any of its units; empty for no word. Of a
// body of another profile it says who stands in its place.
func bodyNamed(p *regime.Profile, text string) (regime.Body, error) {
	if text == "" {
		return "", nil
	}
	party, err := verbs.Party(text)
	if err == nil && !p.Knows(party.Body()) {
		err = p.UnknownBody(party)
	}
	return party.Body(), err
}

// powersText says of a profile that is based on another which powers are unconfirmed.
func powersText(p *regime.Profile, rows []regime.PowerRow, width int) string {
	if len(rows) == 0 {
		return "No such power under " + p.Name + "."
	}
	t := screen.Table{Heads: []string{"NUMBER", "OF", "TO", "BASIS"}}
	if p.BasedOn != "" {
		t.Heads = append(t.Heads, "STANDING")
	}
	for _, r := range rows {
		row := []string{string(r.ID), ownersOf(p, r), r.Says, r.Basis}
		if p.BasedOn != "" {
			row = append(row, string(r.Standing))
		}
		t.Rows = append(t.Rows, row)
	}
	return strings.Join(t.Lines(width, ""), "\n")
}

func ownersOf(p *regime.Profile, r regime.PowerRow) string {
	if len(r.Owners) == 0 {
		return "every statutory body"
	}
	var names []string
	for _, b := range r.Owners {
		names = append(names, p.BodyName(b))
	}
	return strings.Join(names, ", ")
}
