package regime

import (
	"slices"
	"strings"
)

// Part is a place in the regime which some body takes. The rules name the part; a profile
// says which bodies take it, so that a rule outlives the body that once stood in it.
type Part string

// The parts that rules ask for.
const (
	// SupportsGroup supports the group of an area and convenes its summits (R73); its unit is
	// the area's code.
	SupportsGroup Part = "supports-group"
	// RegionalOffice is above the areas; its unit is the region's code, and without one it is
	// the national office.
	RegionalOffice Part = "regional-office"
	// DefaultRingHolder holds the ring where no other is agreed on (R31).
	DefaultRingHolder Part = "default-ring-holder"
	// LeadCommissioner is the one of the local commissioners who leads for the provider.
	LeadCommissioner Part = "lead-commissioner"
	// DirectCommissioner commissions primary care itself (A10, [W32]); its unit is the area's.
	DirectCommissioner Part = "direct-commissioner"
	// ByCircumstances are the parties that circumstances may call for at a summit (R15).
	ByCircumstances Part = "by-circumstances"
	// LocalCommissioners are told as "commissioners"; Commissioners are all who have a
	// commissioner's powers and no others (R50).
	LocalCommissioners Part = "local-commissioners"
	Commissioners      Part = "commissioners"
	// Enforcers have the powers of enforcement that no commissioner has (R50).
	Enforcers Part = "enforcers"
	// Inspects the quality of care, warns, and recommends (in England CQC).
	Inspects Part = "inspects"
	// TellsInspector lets the inspector know of its own view and what it intends (R52, R53).
	TellsInspector Part = "tells-inspector"
	// CouncilOf is the council of the people served, PatientsVoice who speaks for patients there, AdultBoard the board
	// for adults at risk (R107).
	CouncilOf     Part = "council"
	PatientsVoice Part = "patients-voice"
	AdultBoard    Part = "adults-board"
	// WeighsBestPlaced considers who is best placed to act (R47).
	WeighsBestPlaced Part = "weighs-best-placed"
	// AdultSafeguarding and ChildSafeguarding answer for those at risk (R40, R41).
	AdultSafeguarding Part = "adult-safeguarding"
	ChildSafeguarding Part = "child-safeguarding"
	// InvestigatesCrime is asked for its part where the police are to be involved (R42).
	InvestigatesCrime Part = "investigates-crime"
	// ChecksAdministration checks what another body decided on an administrator's report (B8).
	ChecksAdministration Part = "checks-administration"
)

var allParts = []Part{SupportsGroup, RegionalOffice, DefaultRingHolder, LeadCommissioner,
	DirectCommissioner, ByCircumstances, LocalCommissioners, Commissioners, Enforcers, Inspects, TellsInspector, WeighsBestPlaced,
	CouncilOf, PatientsVoice, AdultBoard,
	AdultSafeguarding, ChildSafeguarding, InvestigatesCrime, ChecksAdministration}

// PartRow says who takes a part.
type PartRow struct {
	Part   Part   `json:"part"`
	Bodies []Body `json:"bodies"` // the first, where the part is one body's
	// Says is what one that takes the part is called, with its article: "an area team of NHS
	// England"; empty: the body's own name does.
	Says string `json:"says,omitempty"`
	// National: one body takes the part in the whole country; it has no unit.
	National bool `json:"national,omitempty"`
	// ProviderTypes for which there is the part; empty: all.
	ProviderTypes []ProviderType `json:"providerTypes,omitempty"`
	Source        string         `json:"source"`
	Basis         Basis          `json:"basis"`
}

// PartRow is the row of a part; every profile has one for each.
func (p *Profile) PartRow(part Part) PartRow {
	for _, r := range p.Parts {
		if r.Part == part {
			return r
		}
	}
	return PartRow{}
}

// Part is the body that takes a part of one body.
func (p *Profile) Part(part Part) Body {
	if r := p.PartRow(part); len(r.Bodies) > 0 {
		return r.Bodies[0]
	}
	return ""
}

// Takes is who takes a part in a place, an area or a region: the body with the place's code, or without one where it is
// the whole country's.
func (p *Profile) Takes(part Part, place string) Party {
	if r := p.PartRow(part); r.National {
		place = ""
	}
	return PartyOf(p.Part(part), place)
}

// Fills reports whether the body takes the part, alone or with others.
func (p *Profile) Fills(b Body, part Part) bool {
	return slices.Contains(p.PartRow(part).Bodies, b)
}

// MayTake reports whether a part may be a body's though the profile gives it to another: where no text confirms whose
// it is, a body that commissions, or the regional office, is not refused what goes with it (R125).
func (p *Profile) MayTake(b Body, part Part) bool {
	row := p.PartRow(part)
	return row.Basis.Open() && !slices.Contains(row.Bodies, b) && (p.Fills(b, RegionalOffice) || p.Fills(b, Commissioners))
}

// Types are the types of provider that there are under the profile, in the order of the guard matrix.
func (p *Profile) Types() []ProviderType {
	return slices.DeleteFunc(slices.Clone(ProviderTypes), func(t ProviderType) bool {
		_, there := p.ProviderRow(t)
		return !there
	})
}

// MayDecide reports whether a body that the row of a type does not name as its decider may be that all the same: the row
// rests on no text that confirms it, and the body decides, orders or oversees for some type (R125).
func (p *Profile) MayDecide(b Body, row ProviderRow) bool {
	return row.Basis.Open() && slices.ContainsFunc(p.Providers, func(r ProviderRow) bool {
		return slices.Contains([]Body{r.Decider, r.AdministrationBy, r.PerformanceManager}, b)
	})
}

// NotAlone is the remark of what was done in a part that no text confirms to be the named body's.
func NotAlone(who string) string {
	return "(Not confirmed: that " + who + " alone does this under the law of this day.)"
}

// ActsAs are the bodies in law that act under a name which is no body itself.
func (p *Profile) ActsAs(name Body) []Body {
	row, _ := p.Body(name)
	return row.ActsAs
}

// ChildBoard are those who answer for children at risk, with their verb: "Local Safeguarding
// Children Board is".
func (p *Profile) ChildBoard() string {
	name := p.BodyName(p.Part(ChildSafeguarding))
	if strings.HasSuffix(name, "s") {
		return name + " are"
	}
	return name + " is"
}

// PartName is what one that takes the part is called.
func (p *Profile) PartName(part Part) string {
	if r := p.PartRow(part); r.Says != "" {
		return r.Says
	}
	return p.BodyName(p.Part(part))
}
