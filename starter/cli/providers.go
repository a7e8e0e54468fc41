package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/regime"
	"holdthering/screen"
	"holdthering/verbs"
)

func (a *app) providersCommand() *cobra.Command {
	var area string
	return look{
		use:     "providers [WORDS] [flags]",
		short:   "Find a trust in the register: code, name, type, place",
		example: "providers kings lynn", args: cobra.ArbitraryArgs,
		run: func(_ *cobra.Command, args []string, asJSON bool) error {
			if len(args) == 0 && area == "" {
				return errors.New("which provider? Give words of its name, its town or its code, or --area")
			}
			l, err := lookUp()
			if err != nil {
				return err
			}
			code, err := l.areaCode(area)
			if err != nil {
				return err
			}
			found, err := l.providers(strings.Join(args, " "), code)
			if err != nil {
				return err
			}
			return a.answer(asJSON, found, func() string { return l.providersText(found, a.width()) })
		},
		flags: func(set *pflag.FlagSet) {
			set.StringVar(&area, "area", "", "only those of this `area` team: code or name")
		},
		offers: map[string]cobra.CompletionFunc{"area": verbs.OfferAreas},
	}.command()
}

// providers lists what fits every word, in its code, name or town; where nothing does, the
// error names what is like it.
func (l lookup) providers(words, area string) ([]regime.Provider, error) {
	var found []regime.Provider
	for _, p := range l.ref.Providers() {
		if (area == "" || p.AreaTeam == area) && fits(p, words) {
			found = append(found, p)
		}
	}
	if len(found) > 0 {
		return found, nil
	}
	p, err := l.ref.Provider(words)
	if err == nil && area != "" && p.AreaTeam != area {
		return nil, fmt.Errorf("%s stands in another area, %s", p.Name, p.AreaTeam)
	}
	return []regime.Provider{p}, err
}

func fits(p regime.Provider, words string) bool {
	text := folded(p.Code + " " + p.Name + " " + p.Town)
	for w := range strings.FieldsSeq(folded(words)) {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// folded makes King's and kings the same.
func folded(s string) string {
	return strings.NewReplacer("'", "", "’", "").Replace(strings.ToLower(s))
}

func (l lookup) providersText(found []regime.Provider, width int) string {
	t := screen.Table{Heads: []string{"CODE", "NAME", "TYPE", "TOWN", "AREA TEAM", "LEAD CCG"}}
	for _, p := range found {
		team, _ := l.ref.AreaTeam(p.AreaTeam)
		t.Rows = append(t.Rows, []string{p.Code, p.Name, spoken(string(p.Type)), p.Town,
			strings.TrimSpace(p.AreaTeam + " " + team.Name), p.LeadCCG})
	}
	return strings.Join(t.Lines(width, ""), "\n")
}
