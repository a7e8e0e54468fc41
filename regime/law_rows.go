package regime

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// LawRow is a row of a profile as it holds in one of its periods: where it stands, on what basis, and in
// which days where it has days of its own.
type LawRow struct {
	Section string `json:"section"` // "powers"
	Key     string `json:"key"`     // "P-MON-1"
	Source  string `json:"source"`
	Basis   Basis  `json:"basis"`
	// From is its first moment, Until the first after its last; zero: as long as the profile.
	From  time.Time `json:"from,omitzero"`
	Until time.Time `json:"until,omitzero"`
	// Removed: it says that there is no such row any more.
	Removed bool `json:"removed,omitempty"`
}

// furtherTables have a basis too, and no rows that another profile could replace one by one.
var furtherTables = []section{
	{"answers", "to", "basis"}, {"careMeasures", "name", "basis"}, {"contacts", "", "basis"}, {"hours", "", "basis"},
	{"reach", "", "basis"}, {"agreement", "", "basis"}, {"places", "", "basis"}, {"digest", "", "basis"}, {"twoRoles", "", "basis"},
}

// LawRows are all rows with a basis that a profile has in this period, and those that it took away.
func (p *Profile) LawRows() []LawRow { return p.rows() }

func lawRows(p *Profile) []LawRow {
	var all object
	if err := json.Unmarshal(p.tables, &all); err != nil {
		panic(err) // it was read from there
	}
	var out []LawRow
	for _, s := range slices.Concat(sections, furtherTables) {
		if s.basis == "" || all[s.name] == nil {
			continue
		}
		var rows []object
		raw := all[s.name]
		if strings.HasPrefix(string(raw), "{") {
			raw = json.RawMessage("[" + string(raw) + "]")
		}
		if err := unmarshalRows(raw, &rows); err != nil {
			panic(err)
		}
		for _, r := range rows {
			row := p.lawRow(s, r)
			out = append(out, row)
			if part, ok := r["convening"]; ok {
				var on Standing
				if err := json.Unmarshal(part, &on); err != nil {
					panic(err)
				}
				row.Key, row.Source, row.Basis = row.Key+": who is convened", on.Source, on.Basis
				out = append(out, row)
			}
		}
	}
	for _, r := range p.Removed {
		row := LawRow{Section: r.Section, Key: r.Key, Source: r.Source, Basis: r.Basis, Removed: true}
		row.From, row.Until = p.law.daysOf(r.Section, r.Key, p.at)
		out = append(out, row)
	}
	return out
}

func (p *Profile) lawRow(s section, r object) LawRow {
	row := LawRow{Section: s.name, Key: s.keyOf(r), Source: text(r["source"]), Basis: Basis(text(r[s.basis]))}
	if s.key == "" {
		row.Key = s.name
	}
	if row.Basis == "" {
		row.Basis = BySource
	}
	row.From, row.Until = p.law.daysOf(s.name, row.Key, p.at)
	return row
}

// daysOf are the days of the row that holds at a moment; one without days ends where one with days begins.
func (l *law) daysOf(section, key string, at time.Time) (from, until time.Time) {
	for _, r := range l.dated[section] {
		if text(r.row[keyOfSection(section)]) != key {
			continue
		}
		if !r.from.After(at) && (r.until.IsZero() || r.until.After(at)) && r.from.After(from) {
			from = r.from
		}
		for _, day := range []time.Time{r.from, r.until} {
			if day.After(at) && (until.IsZero() || day.Before(until)) {
				until = day
			}
		}
	}
	return from, until
}

func keyOfSection(name string) string {
	for _, s := range sections {
		if s.name == name {
			return s.key
		}
	}
	return ""
}

// LawRow finds a row of the profile, or what took it away.
func (p *Profile) LawRow(section, key string) (LawRow, bool) {
	for _, r := range p.LawRows() {
		if r.Section == section && strings.EqualFold(r.Key, key) {
			return r, true
		}
	}
	return LawRow{}, false
}

// ChangesOn are the rows that are otherwise from the first moment of a day on than before it. What a later
// profile only carries over from the one before it is no change.
func ChangesOn(day time.Time) []LawRow {
	before, after := ProfileFor(day.Add(-time.Second)), ProfileFor(day)
	if before == after {
		return nil
	}
	was := map[[2]string]LawRow{}
	for _, r := range before.LawRows() {
		was[[2]string{r.Section, r.Key}] = r
	}
	var out []LawRow
	for _, r := range after.LawRows() {
		if old, ok := was[[2]string{r.Section, r.Key}]; !ok || old.Source != r.Source || old.Removed != r.Removed {
			out = append(out, r)
		}
	}
	return out
}

// Counted are how many rows of a profile stand on each basis.
func (p *Profile) Counted() map[Basis]int {
	out := map[Basis]int{}
	for _, r := range p.LawRows() {
		out[r.Basis]++
	}
	return out
}
