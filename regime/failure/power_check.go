package failure

import (
	"slices"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// Powers lists what a party can use in this case, now and at any time (R3).
func (c *Case) Powers(p regime.Party) []regime.PowerRow {
	var out []regime.PowerRow
	for _, r := range c.profile().Powers {
		if c.owns(p.Body(), r) && r.Fits(c.Provider.Type) && (!r.Contract || c.commissions(p)) {
			out = append(out, r)
		}
	}
	return out
}

// mayUse refuses a power that the party does not own or that does not apply to a provider of
// this type (R4). It asks for nothing else: no stage, consent or form (R3, R10).
func (c *Case) mayUse(p regime.Party, id regime.PowerID) (regime.PowerRow, error) {
	row, ok := c.profile().Power(id)
	switch {
	case strings.EqualFold(string(id), string(regime.NoPower)):
		return row, regime.Refusef("R50", "no commissioner has it. %s", regime.CommissionersLimit)
	case !ok:
		return row, regime.Mistakef("there is no power %q. %s", words.Clip(string(id), 20), c.ownPowers(p))
	case c.another(p):
		return row, regime.Refusef("R4", "the case is not about %s, which has none of the provider's powers in it; what it "+
			"knows or does it can say by 'concern record' or 'note add'.", c.Name(p))
	case !c.owns(p.Body(), row):
		return row, regime.Refusef("R4", "%s is a power of %s.%s %s", row.ID, c.owners(row),
			c.limit(p, row), c.ownPowers(p))
	case row.Contract && !c.commissions(p):
		return row, regime.Refusef("R112", "%s is a power of the contract, and %s as a rule has none with %s. If it has one, "+
			"say so by 'power contract', or at once by 'power use --contract'. %s", row.ID, c.Name(p), c.providerRow().Label,
			c.ownPowers(p))
	case !row.Fits(c.Provider.Type) && !row.Standing.Open():
		return row, regime.Refusef("R4", "%s does not apply to %s. If the register has the wrong type, "+
			"'provider correct' puts it right at once.", row.ID, c.providerRow().Label)
	}
	return row, nil
}

// limit reminds a commissioner that reaches for a regulator's power (R50).
func (c *Case) limit(p regime.Party, row regime.PowerRow) string {
	regulators := slices.ContainsFunc(row.Owners, func(b regime.Body) bool {
		return c.profile().Fills(b, regime.Enforcers)
	})
	if !regulators || !c.profile().Fills(p.Body(), regime.Commissioners) {
		return ""
	}
	return " " + regime.CommissionersLimit + " (R50)"
}

func (c *Case) owners(row regime.PowerRow) string {
	if len(row.Owners) == 0 {
		return "statutory organisations"
	}
	out := make([]string, len(row.Owners))
	for i, b := range row.Owners {
		out[i] = c.profile().BodyName(b)
	}
	return words.List(out)
}

func (c *Case) ownPowers(p regime.Party) string {
	var ids []string
	for _, r := range c.Powers(p) {
		ids = append(ids, string(r.ID))
	}
	if len(ids) == 0 {
		return "There is none here that " + c.Name(p) + " could use."
	}
	return "Here " + c.Name(p) + " can use " + words.List(ids) + "; 'powers' tells what each does."
}

// Contract is a body's word that it commissions from the provider. It is needed only of those who
// do not do so as a matter of course (R112).
type Contract struct {
	By   ledger.Actor `json:"by"`
	At   time.Time    `json:"at"`
	What string       `json:"what"`
}

// commissions reports whether a body has a contract with the provider: one that bodies of its kind have
// with providers of this type, or one that it has recorded.
func (c *Case) commissions(p regime.Party) bool {
	return slices.Contains(c.providerRow().CommissionedBy, p.Body()) ||
		slices.ContainsFunc(c.Contracts, func(k Contract) bool { return c.Today(k.By.For) == p })
}

// mayContract refuses a contract to bodies that commission nothing.
func (c *Case) mayContract(p regime.Party) error {
	if !c.profile().HasContractPowers(p.Body()) {
		return regime.Refusef("R112", "%s commissions no services. %s", c.Name(p), c.ownPowers(p))
	}
	return nil
}

// RecordContract lets the powers of a contract follow whose contract it is, whatever the provider's type.
type RecordContract struct {
	What string    `json:"what" flag:"what" usage:"which services your body commissions from the provider" need:"yes"`
	At   time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"since when it is known, if earlier than now"`
}

func (a *RecordContract) allowedAfterClosing() {}

func (a *RecordContract) check(c *Case, m ledger.Moment) error { return c.mayContract(m.By.For) }

func (a *RecordContract) do(c *Case, m ledger.Moment) string { return c.contracted(a.What, m) }

func (c *Case) contracted(what string, m ledger.Moment) string {
	c.Contracts = append(c.Contracts, Contract{By: m.By, At: m.At, What: what})
	return "Commissions from the provider: " + words.Full(what)
}
