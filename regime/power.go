package regime

import (
	"slices"
	"strings"

	"holdthering/regime/calendar"
)

// PowerID is the number of a power in the regime's table (regime 1.2), such as "P-CQC-1".
type PowerID string

// noPower stands in the table as a power that no commissioner has: to order that staff be
// substituted, or another step of the regulators' (002:L11).
const noPower PowerID = "P-COM-X"

// Urgency is how fast a power works: "I" at once, "F" within days, "O" in the ordinary
// course; "I-F" is a range.
type Urgency string

// AtOnce tells whether the power may be used in an emergency.
func (u Urgency) AtOnce() bool { return strings.HasPrefix(string(u), "I") }

// PowerRow is a row of the power table.
type PowerRow struct {
	ID PowerID `json:"id"`
	// Owners are the bodies that have the power; empty: every statutory organisation.
	Owners []Body `json:"owners,omitempty"`
	Says   string `json:"says"`  // what it does, as an infinitive without "to"
	Basis  string `json:"basis"` // in law, contract or policy
	// Precondition is the law's or the contract's; it is shown and never asked for (R10).
	Precondition string `json:"precondition,omitempty"`
	// ProviderTypes that it can be used against; empty: all (guard matrix).
	ProviderTypes []ProviderType `json:"providerTypes,omitempty"`
	// Alone: without any other body's agreement; where not, Needs says whose.
	Alone   bool    `json:"alone,omitempty"`
	Needs   string  `json:"needs,omitempty"`
	Urgency Urgency `json:"urgency"`
	// Verb that records the power whole, where it has one of its own.
	Verb string `json:"verb,omitempty"`

	// Enforces: it answers a breach that CQC has found (R24).
	Enforces bool `json:"enforces,omitempty"`
	// Restrained by policy at a trust without immediate risk: a prompt, no more (R45).
	Restrained bool `json:"restrained,omitempty"`
	// Follows a warning notice of this section; without one, a prompt.
	Follows WarningSection `json:"follows,omitempty"`

	// Continuing: it stays in force until its owner lifts it, or a body of LiftedBy does.
	Continuing bool   `json:"continuing,omitempty"`
	LiftedBy   []Body `json:"liftedBy,omitempty"`
	// SafeFirst: it is lifted only when improvement and safety have been shown (R51).
	SafeFirst bool `json:"safeFirst,omitempty"`
	// Representations is how long the provider has to make them, Shortest how little it may
	// be given.
	Representations calendar.Period `json:"representations,omitzero"`
	Shortest        calendar.Period `json:"shortest,omitzero"`
	// Certificate is how long the owner has to answer an application for a certificate of
	// compliance; zero: there is none.
	Certificate calendar.Period `json:"certificate,omitzero"`

	// Copies are the roles that are given a copy of CQC's notice (R44), Tell those who are
	// told besides the members (regime section 7), Also further bodies.
	Copies []string   `json:"copies,omitempty"`
	Tell   []string   `json:"tell,omitempty"`
	Also   []AlsoTell `json:"also,omitempty"`
	// Continuity of services may be at stake: commissioners are alerted (R43).
	Continuity bool   `json:"continuity,omitempty"`
	Source     string `json:"source"`
	Standing   Basis  `json:"standing,omitempty"` // of the row; its Basis is the law's
}

// AlsoTell is a body told of a power used against providers of some types; empty: all.
type AlsoTell struct {
	Body          Body           `json:"body"`
	ProviderTypes []ProviderType `json:"providerTypes,omitempty"`
	Rule          string         `json:"rule"`
}

// Power is the row of a power.
func (p *Profile) Power(id PowerID) (PowerRow, bool) {
	for _, r := range p.Powers {
		if strings.EqualFold(string(r.ID), string(id)) {
			return r, true
		}
	}
	return PowerRow{}, false
}

// Owns tells whether the power is the body's.
func (p *Profile) Owns(b Body, r PowerRow) bool {
	if len(r.Owners) > 0 {
		return slices.Contains(r.Owners, b)
	}
	row, _ := p.body(b)
	return row.Statutory
}

// Fits tells whether the power can be used against a provider of the type.
func (r PowerRow) Fits(t ProviderType) bool {
	return len(r.ProviderTypes) == 0 || slices.Contains(r.ProviderTypes, t)
}

// Powers lists what a party can use in this case, now and at any time (R3).
func (c *Case) Powers(p Party) []PowerRow {
	var out []PowerRow
	for _, r := range c.profile().Powers {
		if c.profile().Owns(p.Body(), r) && r.Fits(c.Provider.Type) {
			out = append(out, r)
		}
	}
	return out
}

// mayUse refuses a power that the party does not own or that does not apply to a provider of
// this type (R4). It asks for nothing else: no stage, consent or form (R3, R10).
func (c *Case) mayUse(p Party, id PowerID) (PowerRow, error) {
	row, ok := c.profile().Power(id)
	switch {
	case strings.EqualFold(string(id), string(noPower)):
		return row, refuse("R50", "no commissioner has it. %s", commissionersLimit)
	case !ok:
		return row, mistake("there is no power %q. %s", clip(string(id), 20), c.ownPowers(p))
	case c.another(p):
		return row, refuse("R4", "the case is not about %s, which has none of the provider's powers in it; what it "+
			"knows or does it can say by 'concern record' or 'note add'.", c.Name(p))
	case !c.profile().Owns(p.Body(), row):
		return row, refuse("R4", "%s is a power of %s.%s %s", row.ID, c.owners(row),
			c.limit(p, row), c.ownPowers(p))
	case !row.Fits(c.Provider.Type):
		return row, refuse("R4", "%s does not apply to %s. If the register has the wrong type, "+
			"'provider correct' puts it right at once.", row.ID, c.providerRow().Label)
	}
	return row, nil
}

// The response to recommendation 137 keeps the roles apart (002:L7, L11).
const commissionersLimit = "Commissioners suspend, terminate or penalise; enforcement such as " +
	"substituting staff is the regulators'."

// limit reminds a commissioner that reaches for a regulator's power (R50).
func (c *Case) limit(p Party, row PowerRow) string {
	regulators := slices.ContainsFunc(row.Owners, func(b Body) bool {
		return c.profile().Takes(b, Enforcers)
	})
	if !regulators || !c.profile().Takes(p.Body(), Commissioners) {
		return ""
	}
	return " " + commissionersLimit + " (R50)"
}

func (c *Case) owners(row PowerRow) string {
	if len(row.Owners) == 0 {
		return "statutory organisations"
	}
	out := make([]string, len(row.Owners))
	for i, b := range row.Owners {
		out[i] = c.profile().BodyName(b)
	}
	return list(out)
}

func (c *Case) ownPowers(p Party) string {
	var ids []string
	for _, r := range c.Powers(p) {
		ids = append(ids, string(r.ID))
	}
	if len(ids) == 0 {
		return "There is none here that " + c.Name(p) + " could use."
	}
	return "Here " + c.Name(p) + " can use " + list(ids) + "; 'powers' tells what each does."
}
