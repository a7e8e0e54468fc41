package regime

import (
	"fmt"

	"holdthering/regime/words"
)

// Basis says how far a row may be quoted as the regime's own.
type Basis string

// The bases of a row (regime 0.1).
const (
	BySource Basis = "source" // a source lays it down
	ByDesign Basis = "design" // our choice, to be configured
	ByRecall Basis = "recall" // general knowledge, unconfirmed
	// Unconfirmed: held of a profile by general knowledge, or carried over from the profile
	// before it, without a text that says so. It is not to be taken for law.
	Unconfirmed Basis = "unconfirmed"
)

var basisWords = map[Basis]string{
	BySource:    "laid down by a source",
	ByDesign:    "our choice",
	ByRecall:    "general knowledge, unconfirmed",
	Unconfirmed: "UNCONFIRMED under this profile, not to be taken for law",
}

// UnmarshalText refuses a basis that is not on the list.
func (b *Basis) UnmarshalText(text []byte) error {
	if _, ok := basisWords[Basis(text)]; !ok {
		return fmt.Errorf("%q is no basis of a row", words.Clip(string(text), 20))
	}
	*b = Basis(text)
	return nil
}

// Open reports whether no text confirms the row: it refuses nothing (R125).
func (b Basis) Open() bool { return b == Unconfirmed || b == ByRecall }

// Words says how far what stands on this basis may be quoted.
func (b Basis) Words() string {
	if w, ok := basisWords[b]; ok {
		return w
	}
	return basisWords[BySource] // a row that only names its source
}
