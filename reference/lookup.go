package reference

import (
	"slices"
	"strings"

	"holdthering/regime"
)

// Provider looks up a trust by its ODS code in any case, or by whole words of its name in
// any order. Case, punctuation, apostrophes and the words "NHS Foundation Trust" do not
// count. A query that fits none or several gives an *Unclear; one that cannot be a name
// (empty, over 200 bytes, control characters) a plain sentence.
func (r *Reference) Provider(query string) (regime.Provider, error) {
	m, err := r.trustName.ask(query)
	if err != nil {
		return regime.Provider{}, err
	}
	t, _ := r.TrustRecord(m.Code)
	return t.Provider, nil
}

// Whole reports whether the query is the provider's code or its whole name, and not just words of it.
func (r *Reference) Whole(query string, p regime.Provider) bool {
	query, err := clean(r.trustName.kind, query)
	if err != nil {
		return false
	}
	asked := wordsOf(query, r.trustName.noise)
	return strings.EqualFold(query, p.Code) || slices.ContainsFunc(r.trustName.entries, func(e entry) bool {
		return e.Code == p.Code && slices.Equal(e.words, asked)
	})
}

// CCGByName looks up a clinical commissioning group as Provider does a trust.
func (r *Reference) CCGByName(query string) (CCG, error) {
	m, err := r.ccgName.ask(query)
	if err != nil {
		return CCG{}, err
	}
	c, _ := r.CCG(m.Code)
	return c, nil
}

// ask is find for text that a person typed.
func (x *index) ask(query string) (Match, error) {
	query, err := clean(x.kind, query)
	if err != nil {
		return Match{}, err
	}
	return x.find(query)
}
