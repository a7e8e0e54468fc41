package directory

import (
	"fmt"

	"holdthering/regime"
)

// FindingKind is what sort of fault a Finding tells of.
type FindingKind string

// The kinds of findings. The first group concerns single rows, the second the whole file.
const (
	UnknownParty     FindingKind = "unknown_party" // no such body, or no such unit of it
	DoubledParty     FindingKind = "doubled_party" // a second row for a party; the first counts
	HiddenCharacter  FindingKind = "hidden_character"
	MalformedAddress FindingKind = "malformed_address"
	ForeignDomain    FindingKind = "foreign_domain" // outside the allow list
	DoubledAddress   FindingKind = "doubled_address"
	WrongAbsence     FindingKind = "wrong_absence" // no date, or an end before its beginning
	WrongCalendar    FindingKind = "wrong_calendar"
	WrongProgram     FindingKind = "wrong_program"
	WrongTelephone   FindingKind = "wrong_telephone"
	NobodyListed     FindingKind = "nobody_listed" // always, or while the lead is away

	MissingParties  FindingKind = "missing_parties"  // of one body
	IncompleteGroup FindingKind = "incomplete_group" // R69
)

// Finding is one fault of a directory, explained for the person who keeps the file.
type Finding struct {
	Line  int          `json:"line,omitempty"` // in the file, the header being 1; 0 for the whole file
	Kind  FindingKind  `json:"kind"`
	Party regime.Party `json:"party,omitempty"`
	Text  string       `json:"text"`
}

// String is "line 12: CCG/07J: duty: ..." or, for the whole file, the text alone.
func (f Finding) String() string {
	if f.Line == 0 {
		return f.Text
	}
	return fmt.Sprintf("line %d: %s: %s", f.Line, f.Party, f.Text)
}
