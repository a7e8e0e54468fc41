package message

// ActivityReadRegister hands on what is in a register.
const ActivityReadRegister = "ReadRegister"

// The types of the errors by which it says why it cannot.
const (
	ErrorTypeBehind = "REGISTER_BEHIND"
	ErrorTypeBroken = "REGISTER_BROKEN"
)

// Reading asks for the parts of a register up to the one with the digest Head, after the first After.
type Reading struct {
	Ref   string `json:"ref"` // of the file: a case's reference, or the id of a group's workflow
	Head  string `json:"head"`
	After int    `json:"after,omitempty"`
}

// Read answers it: as many parts as go at one time, sealed as they lie there, of All.
type Read struct {
	Parts [][]byte `json:"parts"`
	All   int      `json:"all"`
}
