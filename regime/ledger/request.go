package ledger

import (
	"time"

	"holdthering/regime"
)

// Actor says who acts, for which party, and how it came in. Temporal's own identity field
// is no evidence of any of this.
type Actor struct {
	For     regime.Party `json:"for"`
	Person  string       `json:"person"`
	Role    string       `json:"role,omitempty"`
	Channel string       `json:"channel"` // "command line", "rehearsal", ...
	// Contact, Notice and Link say by whose link an act on a page was done: which contact's, in the mail of
	// which notice, and the link's own id, which opens nothing.
	Contact regime.Level `json:"contact,omitempty"`
	Notice  string       `json:"notice,omitempty"`
	Link    string       `json:"link,omitempty"`
}

// Moment is when and by whom an act is done. Now is the case's own time, at which the act is
// recorded; At is when it happened, which may be earlier. Clocks run from At.
type Moment struct {
	Now time.Time
	At  time.Time
	By  Actor
	// Names are what the request says of other providers that it names.
	Names []regime.UnitName
}

// Request is an act with all that makes it answerable and harmless to repeat.
type Request struct {
	By Actor `json:"by"`
	// Key identifies this very request: the same key again is answered from the record, and
	// refused where it comes with something else.
	Key string `json:"key"`
	// Fingerprint is the same for two requests of the same content, so that a command typed twice
	// within the profile's repeat window is taken once. Empty: taken however often it comes.
	Fingerprint string `json:"print,omitempty"`
	// Names are what other providers are called that the request names: no profile knows them.
	Names []regime.UnitName `json:"names,omitempty"`
	// Command is one giving of the command with all its tries. The receipt bears it, which so tells an
	// answer that a server kept from one to this command.
	Command string `json:"command,omitempty"`
	Again   bool   `json:"again,omitempty"`
	Sure    bool   `json:"sure,omitempty"`
}

// Receipt answers an act: the entry it made, or the one it repeats.
type Receipt struct {
	Entry    Entry        `json:"entry"`
	Repeated bool         `json:"repeated,omitempty"` // nothing was done: the entry is the earlier one
	Stage    regime.Stage `json:"stage,omitempty"`    // of a case
	// StageWords are the stage in the words of the case's profile.
	StageWords string `json:"stageWords,omitempty"`
	Next       string `json:"next,omitempty"`    // what falls due next, in words
	Command    string `json:"command,omitempty"` // of the request
}

// Own: a receipt is sealed smaller than an act, and of one length nearly always (see seal.Own).
func (r Receipt) Own() int { return 512 }
