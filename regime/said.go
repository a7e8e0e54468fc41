package regime

import (
	"strings"

	"holdthering/regime/words"
)

// A text that says what an act or a value is for speaks of parts, since who takes one is the profile's business:
// "{inspector}'s judgement". It is filled in where it is shown.
const (
	inspectorHere = "{inspector}"
	summitHere    = "{summit}"
	aSummitHere   = "{a summit}"
)

// Said fills in what the profile says: "CQC's judgement".
func (p *Profile) Said(text string) string {
	return said(text, p.BodyName(p.Part(Inspects)), p.Labels.Summit)
}

// SaidOfAny fills in what is true of every profile, where none is known: "the inspector's judgement".
func SaidOfAny(text string) string { return said(text, "the inspector", "risk summit") }

func said(text, inspector, summit string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	return strings.NewReplacer(inspectorHere, inspector, summitHere, summit, aSummitHere, words.A(summit)).Replace(text)
}

// Under is the field as it is explained to those of a profile.
func (f Field) Under(p *Profile) Field {
	if f.Usage == SaidOfAny(f.of) { // and no words of somebody's own
		f.Usage = p.Said(f.of)
	}
	return f
}
