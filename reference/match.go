package reference

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// maxNear is how many near matches a sentence lists: as many as one reads at a glance.
const maxNear = 8

// alike is how like its query a near match must be, from 0 to 1: one wrong letter in a
// code of three, or in each short word of a name, still counts.
const alike = 0.6

// Match is a code and the name that goes with it.
type Match struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// Unclear is the error for a query that means nothing in the data, or several things.
// Its text is meant for the person who asked; it has a line for each near match.
type Unclear struct {
	Kind      string  // what was asked for: "provider", "CCG", "party"
	Query     string  // as given
	Ambiguous bool    // several fit; otherwise none does, and Near holds what is like it
	Near      []Match // at most 8, best first
	More      int     // how many further ones fit
}

// Error is a sentence, then "RCX  The Queen Elizabeth Hospital ..." for each near match.
func (u *Unclear) Error() string {
	var text string
	switch {
	case u.Ambiguous:
		text = fmt.Sprintf("%q may mean any of %d; say which %s:", u.Query, len(u.Near)+u.More, u.Kind)
	case len(u.Near) > 0:
		text = fmt.Sprintf("no %s is called %q; near it:", u.Kind, u.Query)
	default:
		text = fmt.Sprintf("no %s is called %q, and none has a name like it", u.Kind, u.Query)
	}
	lines := []string{text}
	for _, m := range u.Near {
		lines = append(lines, "  "+m.Code+"  "+m.Name)
	}
	if u.More > 0 {
		lines = append(lines, fmt.Sprintf("  and %d more", u.More))
	}
	return strings.Join(lines, "\n")
}

// index finds things by code or by some of the words of their names. A thing may stand
// in it under several names.
type index struct {
	kind    string
	noise   map[string]bool
	entries []entry
}

type entry struct {
	Match
	words []string
}

// add lists a thing under one more name; shown is what its near match says.
func (x *index) add(code, name, shown string) {
	x.entries = append(x.entries, entry{Match{code, shown}, wordsOf(name, x.noise)})
}

// find gives the one thing that a query means, or an *Unclear.
func (x *index) find(query string) (Match, error) {
	if found := x.match(query); len(found) > 0 {
		return oneOf(x.kind, query, found)
	}
	return Match{}, &Unclear{Kind: x.kind, Query: query, Near: x.near(query)}
}

// match knows three ways, the strictest first: the code, the whole name, all words of the
// query as whole words of the name. A part of a word is never enough: "King" would
// otherwise be Kingston as well.
func (x *index) match(query string) []Match {
	for _, e := range x.entries {
		if strings.EqualFold(e.Code, query) {
			return []Match{e.Match}
		}
	}
	asked := wordsOf(query, x.noise)
	if len(asked) == 0 {
		return nil
	}
	found := x.where(func(name []string) bool { return slices.Equal(name, asked) })
	if len(found) == 0 {
		found = x.where(func(name []string) bool { return containsAll(name, asked) })
	}
	return found
}

// oneOf is the first of the things found, if it is the only one.
func oneOf(kind, query string, found []Match) (Match, error) {
	if len(found) == 1 {
		return found[0], nil
	}
	shown := min(len(found), maxNear)
	return Match{}, &Unclear{
		Kind: kind, Query: query, Ambiguous: true, Near: found[:shown], More: len(found) - shown,
	}
}

// where lists, each once, the things that a name fits.
func (x *index) where(fits func(name []string) bool) []Match {
	var found []Match
	for _, e := range x.entries {
		if fits(e.words) && !slices.Contains(found, e.Match) {
			found = append(found, e.Match)
		}
	}
	return found
}

func containsAll(name, asked []string) bool {
	for _, w := range asked {
		if !slices.Contains(name, w) {
			return false
		}
	}
	return true
}

// near lists what is most like the query; of equals, the shorter name first.
func (x *index) near(query string) []Match {
	asked := wordsOf(query, x.noise)
	if len(asked) == 0 {
		return nil
	}
	type scored struct {
		entry
		score float64
	}
	var candidates []scored
	squashed := strings.Join(asked, "")
	code := strings.ToUpper(query)
	for _, e := range x.entries {
		score := max(e.likeness(asked, squashed), likeness(code, e.Code))
		if score >= alike {
			candidates = append(candidates, scored{e, score})
		}
	}
	slices.SortStableFunc(candidates, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(len(a.words), len(b.words)))
	})
	var found []Match
	for _, c := range candidates {
		if len(found) < maxNear && !slices.Contains(found, c.Match) {
			found = append(found, c.Match)
		}
	}
	return found
}

// likeness is the mean, over the words asked for, of the best word of the name. A name
// that contains the query once all blanks are out (Kingslynn) counts as nearly equal;
// fewer than five letters stand inside too many names for that (king in Barking).
func (e entry) likeness(asked []string, squashed string) float64 {
	if len(squashed) > 4 && strings.Contains(strings.Join(e.words, ""), squashed) {
		return 0.95
	}
	sum := 0.0
	for _, w := range asked {
		best := 0.0
		for _, own := range e.words {
			best = max(best, likeness(w, own))
		}
		sum += best
	}
	return sum / float64(len(asked))
}
