package surveillance

import (
	"encoding/csv"
	"strconv"
	"strings"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// WatchProviders puts many at once on the list, as all practices and homes of an area (003:L820 "all
// providers"). One wrong line, and none is; those that are on it already are passed over.
type WatchProviders struct {
	List string              `json:"list" flag:"list" usage:"a spreadsheet's lines, each with code, name, type and district (as a file: @FILE)" need:"yes" long:"yes"`
	Type regime.ProviderType `json:"type,omitempty" flag:"provider-type" was:"type" usage:"the type of those whose line has none"`
}

func (a *WatchProviders) check(g *Group, m ledger.Moment) error {
	if err := g.memberOnly(m); err != nil {
		return err
	}
	_, err := a.listed(g)
	return err
}

// listed reads the lines; the separator is the one of the first.
func (a *WatchProviders) listed(g *Group) ([]Watched, error) {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(a.List, "\ufeff")))
	first, _, _ := strings.Cut(a.List, "\n")
	for _, c := range ",;\t" {
		if strings.ContainsRune(first, c) {
			r.Comma = c
			break
		}
	}
	r.FieldsPerRecord, r.TrimLeadingSpace = -1, true
	rows, err := r.ReadAll()
	if err != nil {
		return nil, regime.Mistakef("--list cannot be read as a spreadsheet: %v.", err)
	}
	var out []Watched
	lines := map[string]int{}
	for i, row := range rows {
		if i == 0 && len(row) > 0 && strings.EqualFold(strings.TrimSpace(row[0]), "code") {
			continue // the heads
		}
		cell := func(n int) string {
			if n < len(row) {
				return strings.TrimSpace(row[n])
			}
			return ""
		}
		w := Watched{Code: words.Code(cell(0)), Name: cell(1), Type: a.Type, District: cell(3), ByHand: true}
		if t := cell(2); t != "" {
			w.Type = regime.ProviderType(strings.ReplaceAll(strings.ToUpper(t), "-", "_"))
		}
		if err := w.check(g.profile()); err != nil {
			return nil, regime.Mistakef("--list, line %d: %s", i+1, err.Error())
		}
		if before := lines[w.Code]; before > 0 {
			return nil, regime.Mistakef("--list, line %d: %s stands in line %d already.", i+1, w.Code, before)
		}
		lines[w.Code] = i + 1
		if g.provider(w.Code) == nil {
			out = append(out, w)
		}
	}
	if len(lines) == 0 {
		return nil, regime.Mistakef("--list names no provider.")
	}
	return out, nil
}

func (a *WatchProviders) do(g *Group, m ledger.Moment) string {
	all, _ := a.listed(g)
	types := map[regime.ProviderType]int{}
	for _, w := range all {
		g.watch(w, m.Now)
		types[w.Type]++
	}
	if len(all) == 0 {
		return "All of them stand on the list already."
	}
	var said []string
	for _, row := range g.profile().Providers {
		if n := types[row.Type]; n > 0 {
			said = append(said, strconv.Itoa(n)+" "+words.Plain(strings.ToLower(strings.ReplaceAll(string(row.Type), "_", "-"))))
		}
	}
	return "Put " + words.Count(len(all), "provider") + " on the list (" + words.List(said) + "); " +
		map[bool]string{true: "it is", false: "each is"}[len(all) == 1] + " to be considered within " + g.Coverage.Words() + "."
}
