package regime

import (
	"slices"
	"strings"

	"holdthering/regime/calendar"
)

// PowerID is the number of a power in the regime's table (regime 1.2), such as "P-CQC-1".
type PowerID string

// NoPower stands in the table as a power that no commissioner has: to order that staff be
// substituted, or another step of the regulators' (002:L11).
const NoPower PowerID = "P-COM-X"

// The powers that an act uses or that follow from one, by their numbers. A profile need not have them.
const (
	WarnsATrust            PowerID = "P-CQC-3" // a warning notice to a trust under section 29A
	Warns                  PowerID = "P-CQC-4" // a warning notice
	CancelsRegistration    PowerID = "P-CQC-5"
	RequiresAdministration PowerID = "P-CQC-9"
)

// Urgency is how fast a power works: "I" at once, "F" within days, "O" in the ordinary
// course; "I-F" is a range.
type Urgency string

// AtOnce reports whether the power may be used in an emergency.
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
	// Doubted are types against which it is remarked on and not refused, and Doubt says why.
	Doubted []ProviderType `json:"doubted,omitempty"`
	Doubt   string         `json:"doubt,omitempty"`
	// Contract: it is a power of the contract, and of whoever of its owners commissions from the
	// provider (R112).
	Contract bool `json:"contract,omitempty"`
	// Since is the change of the law that brought it; before its day there is a remark, no more.
	Since Change `json:"since,omitempty"`
	// Alone: without any other body's agreement; where not, Needs says whose.
	Alone   bool    `json:"alone,omitempty"`
	Needs   string  `json:"needs,omitempty"`
	Urgency Urgency `json:"urgency"`
	// Verb that records the power whole, where it has one of its own.
	Verb string `json:"verb,omitempty"`

	// Enforces: it answers a breach that CQC has found (R24).
	Enforces bool `json:"enforces,omitempty"`
	// FindsOut: it finds something out and changes nothing at the provider by itself (R94).
	FindsOut bool `json:"findsOut,omitempty"`
	// Restrained by policy at a trust without immediate risk: a prompt, no more (R45).
	Restrained bool `json:"restrained,omitempty"`
	// Follows a warning notice of this section; without one, a prompt.
	Follows WarningSection `json:"follows,omitempty"`
	// After lists powers of which one is used first; without one, a prompt (R106).
	After []PowerID `json:"after,omitempty"`
	// EssentialRisk: it is for where a service that is essential is at risk; where nothing recorded
	// says so, a prompt (R106).
	EssentialRisk bool `json:"essentialRisk,omitempty"`

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
	Copies []Role     `json:"copies,omitempty"`
	Tell   []Role     `json:"tell,omitempty"`
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

// Owns reports whether the power is the body's.
func (p *Profile) Owns(b Body, r PowerRow) bool {
	if len(r.Owners) > 0 {
		return slices.Contains(r.Owners, b)
	}
	row, _ := p.Body(b)
	return row.Statutory
}

// HasContractPowers reports whether a body can have a contract with a provider, with powers of its own in it.
func (p *Profile) HasContractPowers(b Body) bool {
	return slices.ContainsFunc(p.Powers, func(r PowerRow) bool { return r.Contract && p.Owns(b, r) })
}

// Fits reports whether the power can be used against a provider of the type.
func (r PowerRow) Fits(t ProviderType) bool {
	return len(r.ProviderTypes) == 0 || slices.Contains(r.ProviderTypes, t)
}

// The response to recommendation 137 keeps the roles apart (002:L7, L11).
const CommissionersLimit = "Commissioners suspend, terminate or penalise; enforcement such as " +
	"substituting staff is the regulators'."
