package ledger

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
)

// Action is what one body proposes to another in a case or a group: a proposal until its owner
// accepts it (R1); then it has a date (R37).
type Action struct {
	ID       string              `json:"id"` // "A1"
	What     string              `json:"what"`
	Owner    regime.Party        `json:"owner" passes:"on"`
	Proposer regime.Party        `json:"proposer" passes:"on"`
	Due      time.Time           `json:"due"`
	Status   regime.ActionStatus `json:"status"`
	Why      string              `json:"why,omitempty"` // of declining, withdrawing, transferring
	Evidence string              `json:"evidence,omitempty"`
	Dates    []regime.Redated    `json:"dates,omitempty"`
	// Important: it is asked after again when it is done (R91).
	Important bool         `json:"important,omitempty"`
	Asked     []AskedLater `json:"asked,omitempty"`
}

// AskedLater is the answer whether what an action achieved still holds.
type AskedLater struct {
	At       time.Time `json:"at"`
	Holds    bool      `json:"holds"`
	Evidence string    `json:"evidence"`
}

// HandedAction is one that was done in a case and was to be asked after again, when the case closed: a group asks from
// then on (R91).
type HandedAction struct {
	ID       string       `json:"id"` // the case's number
	What     string       `json:"what"`
	Owner    regime.Party `json:"owner"`
	Evidence string       `json:"evidence,omitempty"`
	Due      time.Time    `json:"due"` // when it is to be asked after
}

// YesNo is an answer that cannot be left empty.
type YesNo string

// Choices lists the answers.
func (YesNo) Choices() []string { return []string{"yes", "no"} }

// StillHolds keeps the answer. An action that does not hold is its owner's to do again, by a new date; it
// returns what the chronology says.
func (a *Action) StillHolds(answer YesNo, evidence string, due time.Time, m Moment) string {
	a.Asked = append(a.Asked, AskedLater{At: m.At, Holds: answer == "yes", Evidence: evidence})
	if answer == "yes" {
		return "What action " + a.ID + " achieved still holds: " + evidence
	}
	a.Status = regime.ActionAccepted
	return a.Redate(due, "it did not hold") + ". What it achieved does not hold any more (R91): " + evidence
}

// CheckStillHolds refuses an answer that says too little.
func CheckStillHolds(answer YesNo, due time.Time) error {
	if answer == "no" && due.IsZero() {
		return regime.Mistakef("--due is missing: by when what does not hold is put right again.")
	}
	return nil
}

// Settled reports whether nothing is to be done about it any more.
func (a *Action) Settled() bool {
	return a.Status != regime.ActionProposed && a.Status != regime.ActionAccepted
}

// CheckOwner refuses what another body than its owner does with it; owner is that body's name.
func (a *Action) CheckOwner(by regime.Party, owner string) error {
	if by == a.Owner {
		return nil
	}
	return regime.Refusef("R1", "%s is %s's action; nobody accepts, completes, moves or withdraws it "+
		"on its behalf.", a.ID, owner)
}

// ProposedBy reports whether it is still a proposal of the body, which may take it back.
func (a *Action) ProposedBy(by regime.Party) bool {
	return a.Status == regime.ActionProposed && by == a.Proposer
}

// Redate moves it to another date and keeps the one before; it returns what the chronology says.
func (a *Action) Redate(due time.Time, why string) string {
	a.Dates = append(a.Dates, regime.Redated{From: a.Due, Why: why})
	a.Due = due
	return "Moved action " + a.ID + " to " + calendar.Instant(due) + ": " + why
}

// Completed says that it was completed, and whether that was late.
func (a *Action) Completed(at time.Time) string {
	text := "Completed action " + a.ID
	if at.After(a.Due) {
		text += ", late"
	}
	return text
}
