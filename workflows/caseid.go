package workflows

import (
	"regexp"
	"strings"
)

const casePrefix = "case-"

// ownRef is a reference as the program makes them, and withCode the id of a case that names its provider.
var (
	ownRef   = regexp.MustCompile(`^[A-Z0-9]{4}-[A-Z0-9]{4}$`)
	withCode = regexp.MustCompile(`^` + casePrefix + `[A-Z0-9]+-([A-Z0-9]{4}-[A-Z0-9]{4})$`)
)

// longestCode is how much of a provider's code an id takes in.
const longestCode = 20

// CaseID is the id of the workflow of a case, which names its provider: case-RCX-K7QM-3XRD. Where the code has no letter
// or digit, and for a reference of another form, it is SignpostID. A case that was opened by an earlier build
// has that too, so package signpost is asked where a case is.
func CaseID(code, ref string) string {
	plain := strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToUpper(code))
	plain = plain[:min(len(plain), longestCode)]
	if plain == "" || !ownRef.MatchString(ref) {
		return SignpostID(ref)
	}
	return casePrefix + plain + "-" + ref
}

// SignpostID is the id that leads from a reference to its case, or is the case's own.
func SignpostID(ref string) string { return casePrefix + ref }

// RefOf is the reference of the case whose workflow has the id.
func RefOf(id string) string {
	if m := withCode.FindStringSubmatch(id); m != nil {
		return m[1]
	}
	return strings.TrimPrefix(id, casePrefix)
}
