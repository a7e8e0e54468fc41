package surveillance

import (
	"slices"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// matrixRecipients finds the parties that the information matrix has told at once of a concern that a member
// told the group, and notes them. The provider is told by the body that acts: it might guess the
// source. A body that spoke in confidence is told as well: it would be conspicuous by its absence.
func (g *Group) matrixRecipients(c *Concern) []ledger.Recipient {
	row, ok := g.profile().RowInGroup(c.Kind)
	if !ok {
		return nil
	}
	var to []ledger.Recipient
	for _, cell := range row.Cells {
		if !cell.Level.ToldAtOnce() || cell.If != "" || cell.To == string(regime.ProviderBody) {
			continue
		}
		for _, p := range g.cellParties(cell.To, c.Provider) {
			if p != c.By.For && !slices.Contains(c.Told, p) {
				c.Told = append(c.Told, p)
				to = append(to, ledger.Recipient{Party: p, Level: regime.LevelDuty})
			}
		}
	}
	return to
}

// notifyConcern says that there is something to know and where, never what (R80).
func (g *Group) notifyConcern(c Concern, to []ledger.Recipient) {
	if len(to) == 0 {
		return
	}
	row, _ := g.profile().RowInGroup(c.Kind)
	g.pen.Notify(ledger.Notice{Kind: row.Notice, To: to, Text: "The group has been told by " + g.Name(c.By.For) +
		" of a concern (" + c.ID + ") that your body is to know of; what it is stands with the group"})
}

// cellParties are the organisations behind a cell of the matrix, as the group knows them. What
// depends on a profession, or on other areas, is for a case.
func (g *Group) cellParties(to, provider string) []regime.Party {
	switch to {
	case "perf":
		w := g.provider(provider)
		if w == nil {
			return nil
		}
		if row, _ := g.profile().ProviderRow(w.Type); row.Perf != "" {
			return []regime.Party{g.ResolveUnit(regime.Party(row.Perf))}
		}
		return nil
	case "regulator", "other-areas":
		return nil
	}
	if ms := g.parties(func(p regime.Party) bool { return p.Body() == regime.Body(to) }); len(ms) > 0 {
		return ms
	}
	return []regime.Party{g.ResolveUnit(regime.Party(to))}
}
