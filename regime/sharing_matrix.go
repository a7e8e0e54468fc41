package regime

import (
	"slices"

	"holdthering/regime/calendar"
)

// RowInGroup is the row of the matrix by which a group's concern is told on. A concern of no stated
// kind waits for the meeting (R76).
func (p *Profile) RowInGroup(k ConcernKind) (MatrixRow, bool) {
	for _, r := range p.Matrix {
		if k != "" && slices.Contains(r.Groups, k) {
			return r, true
		}
	}
	return MatrixRow{}, false
}

// MatrixKind is a row of the information-sharing matrix.
type MatrixKind string

// Choices lists the kinds of concern of all profiles that this program ships.
func (MatrixKind) Choices() []string {
	var out []string
	for _, p := range outlines() {
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
	// Office is who in the body it is for, where a source says so: "its medical director".
	Office string `json:"office,omitempty"`
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

// ToldAtOnce reports whether a cell of this level is told without being considered first.
func (l SharingLevel) ToldAtOnce() bool { return l == Must || l == Should || l == Own }

// Owns reports whether the concern is the body's own to deal with.
func (r MatrixRow) Owns(b Body) bool {
	return slices.ContainsFunc(r.Cells, func(c MatrixCell) bool {
		return c.Level == Own && Body(c.To) == b
	})
}

// AnswerRow is how long a body has to answer the requests of another, by law.
type AnswerRow struct {
	By     Body            `json:"by"` // who asks
	To     []Body          `json:"to"`
	Period calendar.Period `json:"period"`
	Source string          `json:"source"`
	Basis  Basis           `json:"basis"`
}

// TimeToAnswer is the law's time for an answer; zero where the duty's own applies.
func (p *Profile) TimeToAnswer(by, to Party) calendar.Period {
	for _, r := range p.Answers {
		if r.By == by.Body() && slices.Contains(r.To, to.Body()) {
			return r.Period
		}
	}
	return calendar.Period{}
}
