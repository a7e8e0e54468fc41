package regime

import (
	"slices"
)

// MatrixKind is a row of the information-sharing matrix.
type MatrixKind string

// Choices lists the kinds of concern of all profiles that this program ships.
func (MatrixKind) Choices() []string {
	var out []string
	for _, p := range profiles {
		for _, r := range p.Matrix {
			if !slices.Contains(out, string(r.Kind)) {
				out = append(out, string(r.Kind))
			}
		}
	}
	return out
}

// MatrixRow says who is told of a kind of concern (regime 7).
type MatrixRow struct {
	Kind  MatrixKind   `json:"kind"`
	Label string       `json:"label"`
	Cells []MatrixCell `json:"cells"`
	// AtRisk: it raises a safeguarding flag as well (R40, R41).
	AtRisk AtRisk `json:"atRisk,omitempty"`
	// Individual: it is about one practitioner, so that a referral is owed (R19); Profession
	// unless another is named.
	Individual bool       `json:"individual,omitempty"`
	Profession Profession `json:"profession,omitempty"`
	// Protect: the source is always protected (R14).
	Protect bool `json:"protect,omitempty"`
	// Groups are the kinds of concern of a surveillance group that are told on by this row; which
	// kind goes by which row is our choice.
	Groups []ConcernKind `json:"groups,omitempty"`
	Notice NoticeKind    `json:"notice"`
	Source string        `json:"source"` // of the cells whose basis is source
	Basis  Basis         `json:"basis,omitempty"`
}

// MatrixCell is one body's place in a row.
type MatrixCell struct {
	// To is a body, or one of the roles perf (who oversees the trust), regulator (of the
	// profession) and other-areas (who supports the groups elsewhere).
	To    string       `json:"to"`
	Level SharingLevel `json:"level"`
	Basis Basis        `json:"basis"`
	// If: only then, so it is considered and answered like C.
	If string `json:"if,omitempty"`
}

// matrixRoles are what a cell may name in the place of a body.
var matrixRoles = []string{"perf", "regulator", "other-areas"}

// SharingLevel is how far a body is to be told.
type SharingLevel string

// The levels of the matrix.
const (
	Must     SharingLevel = "M" // told at once
	Should   SharingLevel = "S" // told at once
	Consider SharingLevel = "C" // considered, with a recorded answer
	Forum    SharingLevel = "F" // through the surveillance group
	Own      SharingLevel = "O" // its own matter; told if another records it
)

// Row is the row of a kind of concern.
func (p *Profile) Row(k MatrixKind) (MatrixRow, bool) {
	for _, r := range p.Matrix {
		if r.Kind == k {
			return r, true
		}
	}
	return MatrixRow{}, false
}

func (l SharingLevel) toldAtOnce() bool { return l == Must || l == Should || l == Own }

func (r MatrixRow) owns(b Body) bool {
	return slices.ContainsFunc(r.Cells, func(c MatrixCell) bool {
		return c.Level == Own && Body(c.To) == b
	})
}

// cellParties are the organisations behind a cell in this case; none where the provider's
// type has no such body, or the profession is not known.
func (c *Case) cellParties(to string, of Profession) []Party {
	switch to {
	case "perf":
		if b := c.providerRow().Perf; b != "" {
			return []Party{c.Complete(Party(b))}
		}
		return nil
	case "regulator":
		if row, ok := c.profile().Profession(of); ok {
			return []Party{Party(row.Regulator)}
		}
		return nil
	case "other-areas":
		out := []Party{c.region()}
		for _, area := range c.Provider.OtherAreas {
			out = append(out, PartyOf(c.taking(SupportsGroup), area))
		}
		return out
	}
	if ms := c.parties(func(p Party) bool { return p.Body() == Body(to) }); len(ms) > 0 {
		return ms
	}
	return []Party{c.Complete(Party(to))}
}

// ToTell are those whom the matrix has told at once of a kind of concern: of the levels
// given, or all that are told at once. Those that are only considered are not among them.
func (c *Case) ToTell(k MatrixKind, of Profession, levels ...SharingLevel) []Party {
	row, _ := c.profile().Row(k)
	var out []Party
	for _, cell := range row.Cells {
		wanted := cell.Level.toldAtOnce() && len(levels) == 0 || slices.Contains(levels, cell.Level)
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
func (c *Case) toConsider(row MatrixRow, of Profession) []Considering {
	var out []Considering
	for _, cell := range row.Cells {
		unknown := cell.To == "regulator" && of == "" && cell.Level != Forum
		if cell.Level != Consider && cell.If == "" && !unknown {
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
