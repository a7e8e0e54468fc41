package verbs

import (
	"fmt"
	"strings"
)

// kind is what a flag's text is read as; it also stands in help behind the flag's name.
type kind string

const (
	aText    kind = "text"
	aChoice  kind = "choice"
	aSwitch  kind = "bool"
	aNumber  kind = "number"
	aTime    kind = "time"
	aPeriod  kind = "period"
	aParty   kind = "party"
	parties  kind = "parties"
	aCode    kind = "code"
	aCaseRef kind = "case"
	aPlace   kind = "group"
)

// value keeps what was written; it is read when the whole command line is known.
type value struct {
	kind    kind
	choices []string // of a closed list
	text    string
	set     bool
	// letter begins the numbers that are meant, as "A" does A1; empty where none are.
	letter string
	// anew: the shell asks what could follow, for which the words are taken apart more than once.
	anew bool
	// fetched: it was not written by who gives the command, and so never names a file.
	fetched bool
}

// Set takes the flag; only a list of parties may come several times.
func (v *value) Set(text string) error {
	if v.anew {
		v.text, v.set = "", false
	}
	switch {
	case v.kind == aSwitch && text != "true" && text != "false":
		return fmt.Errorf("it is a switch and takes no value, or 'true' or 'false'")
	case v.set && v.kind == parties:
		text = v.text + "," + text
	case v.set:
		return fmt.Errorf("it is given twice")
	}
	v.text, v.set = text, true
	return nil
}

// supply fills in what the command line leaves open.
func (v *value) supply(text string) {
	if !v.set && text != "" {
		v.text, v.set, v.fetched = text, true, true
	}
}

// String is what was written.
func (v *value) String() string { return v.text }

// Type is the word for it in help.
func (v *value) Type() string { return string(v.kind) }

func (v *value) on() bool { return v.text == "true" }

func (v *value) trimmed() string { return strings.TrimSpace(v.text) }
