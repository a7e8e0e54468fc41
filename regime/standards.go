package regime

import (
	"slices"
)

// Profession is a regulated health profession of a profile's list.
type Profession string

// Choices lists the professions of all profiles that this program ships.
func (Profession) Choices() []string {
	var out []string
	for _, p := range outlines() {
		for _, r := range p.Professions {
			if !slices.Contains(out, string(r.Profession)) {
				out = append(out, string(r.Profession))
			}
		}
	}
	return out
}

// ProfessionRow says who regulates a profession (003:L223).
type ProfessionRow struct {
	Profession Profession `json:"profession"`
	Label      string     `json:"label"` // "a doctor"
	Regulator  Body       `json:"regulator"`
	Source     string     `json:"source"`
	Basis      Basis      `json:"basis,omitempty"`
}

// Profession is the row of a profession.
func (p *Profile) Profession(of Profession) (ProfessionRow, bool) {
	for _, r := range p.Professions {
		if r.Profession == of {
			return r, true
		}
	}
	return ProfessionRow{}, false
}

// Regulates reports whether the body regulates a profession.
func (p *Profile) Regulates(b Body) bool {
	return slices.ContainsFunc(p.Professions, func(r ProfessionRow) bool { return r.Regulator == b })
}

// MayRefer: a surveillance group owns nothing (R68).
func (p *Profile) MayRefer(b Body) bool { return p.Knows(b) && b != QSGLocal && b != QSGRegional }
