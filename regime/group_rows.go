package regime

import (
	"holdthering/regime/calendar"
)

// GroupTier tells the groups of the areas from those of the regions.
type GroupTier string

// The tiers (003:L790-796).
const (
	LocalTier    GroupTier = "local"
	RegionalTier GroupTier = "regional"
)

// GroupRow is how the groups of one tier work (regime 4.3).
type GroupRow struct {
	Tier GroupTier `json:"tier"`
	Name string    `json:"name"` // "local Quality Surveillance Group"
	// Interval between meetings at first; each group may change its own (R72, A13).
	Interval calendar.Period `json:"interval"`
	// Coverage is the time in which every provider is to be considered once (R74).
	Coverage calendar.Period `json:"coverage"`
	// MeetingHour is the hour of the first meeting where the opening gives no time.
	MeetingHour int `json:"meetingHour"`
	// Recall is how far back earlier concerns about a provider count with a new one (R104).
	Recall calendar.Period `json:"recall"`
	// Asked is the time for what a group asks of a member, where nobody gives another (R101).
	Asked  calendar.Period `json:"asked"`
	Agenda []AgendaRow     `json:"agenda"`
	// SupportedBy is the part that supports the groups of the tier; empty: that of an area supports an area's, the
	// regional office a region's.
	SupportedBy Part   `json:"supportedBy,omitempty"`
	Source      string `json:"source"`
	Basis       Basis  `json:"basis"` // of everything but the interval
}

// AgendaRow is an item of every agenda of the tier, in its order.
type AgendaRow struct {
	Item  AgendaItemKind `json:"item"`
	Title string         `json:"title"`
}

// SeatKind is how a body comes to a group (regime 4.1).
type SeatKind string

// The kinds of seat. A body without a row may join: members are determined locally
// (003:L804).
const (
	SeatRequired SeatKind = "required"
	SeatIfTrusts SeatKind = "where-nhs-trusts" // required only where NHS trusts are (R70)
	SeatUsual    SeatKind = "usual"
	SeatOptIn    SeatKind = "opt-in"   // where it wishes to be involved (R71)
	SeatFeedsIn  SeatKind = "feeds-in" // no member: it tells the group what it knows
)

// SeatRow is a row of the membership table.
type SeatRow struct {
	Body     Body     `json:"body"`
	Local    SeatKind `json:"local"`
	Regional SeatKind `json:"regional"`
	// ByRisk: it attends by risk, so that its absence is normal (R16).
	ByRisk bool   `json:"byRisk,omitempty"`
	Source string `json:"source"`
	Basis  Basis  `json:"basis,omitempty"`
}

// In is the seat in a group of the tier.
func (r SeatRow) In(t GroupTier) SeatKind {
	if t == RegionalTier {
		return r.Regional
	}
	return r.Local
}

// GroupRow is the row of a tier.
func (p *Profile) GroupRow(t GroupTier) (GroupRow, bool) {
	for _, r := range p.Groups {
		if r.Tier == t {
			return r, true
		}
	}
	return GroupRow{}, false
}

// Seat is the row of a body in groups; one without a row of its own has an empty one.
func (p *Profile) Seat(b Body) SeatRow {
	for _, r := range p.Seats {
		if r.Body == b {
			return r
		}
	}
	return SeatRow{Body: b}
}

// AgendaItemKind is what an item of an agenda is filled with.
type AgendaItemKind string
