package failure

import (
	"slices"

	"holdthering/regime"
)

// cellParties are the organisations behind a cell in this case; none where the provider's
// type has no such body, or the profession is not known.
func (c *Case) cellParties(to string, of regime.Profession) []regime.Party {
	switch to {
	case "perf":
		if b := c.providerRow().Perf; b != "" {
			return []regime.Party{c.ResolveUnit(regime.Party(b))}
		}
		return nil
	case "regulator":
		if row, ok := c.profile().Profession(of); ok {
			return []regime.Party{regime.Party(row.Regulator)}
		}
		return nil
	case "other-areas":
		out := []regime.Party{c.region()}
		for _, area := range c.Provider.OtherAreas {
			out = append(out, c.profile().Takes(regime.SupportsGroup, area))
		}
		return out
	}
	if ms := c.parties(func(p regime.Party) bool { return p.Body() == regime.Body(to) }); len(ms) > 0 {
		return ms
	}
	return []regime.Party{c.ResolveUnit(regime.Party(to))}
}

// ToTell lists the parties that the matrix has told at once of a kind of concern: those of the
// levels given, or all that are told at once. Those that are only considered are not among them.
func (c *Case) ToTell(k regime.MatrixKind, of regime.Profession, levels ...regime.SharingLevel) []regime.Party {
	row, _ := c.profile().Row(k)
	var out []regime.Party
	for _, cell := range row.Cells {
		wanted := cell.Level.ToldAtOnce() && len(levels) == 0 || slices.Contains(levels, cell.Level)
		if !wanted || cell.If != "" {
			continue
		}
		for _, p := range c.cellParties(cell.To, of) {
			if p != "" && !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

// toConsider are the cells that somebody has to answer for: C, what holds only in certain
// circumstances, and a regulator as long as the profession is not known.
func (c *Case) toConsider(row regime.MatrixRow, of regime.Profession) []Considering {
	var out []Considering
	for _, cell := range row.Cells {
		unknown := cell.To == "regulator" && of == "" && cell.Level != regime.Forum
		if cell.Level != regime.Consider && cell.If == "" && !unknown {
			continue
		}
		if unknown {
			out = append(out, Considering{To: cell.To, If: cell.If})
		}
		for _, p := range c.cellParties(cell.To, of) {
			out = append(out, Considering{To: cell.To, Party: p, If: cell.If})
		}
	}
	return out
}
