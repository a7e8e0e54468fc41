package ledger

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
)

// Named is what has no number of its own kind, and is called by its name: a meeting, the summit.
type Named struct {
	Name  string // "meeting-2"; "meeting 2" will do
	Title string
	Facts []Point
	// Says is what the entries about it say, Verbs how their commands begin; either is enough.
	Says, Verbs string
	// Duties are those about it; of those kinds, the ones with Subject where there is one.
	Duties  []regime.DutyKind
	Subject string
	Rules   string
}

// WhenSaid is a time as a fact; empty where there is none.
func WhenSaid(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return calendar.Instant(t)
}

// ExplainNamed tells of what is called by name what was done about it, what is or was owed for it, and by which rules.
func (l *Ledger) ExplainNamed(all []Named, what string) (Explanation, bool) {
	name := strings.Join(strings.Fields(strings.ToLower(what)), "-")
	i := slices.IndexFunc(all, func(n Named) bool { return n.Name == name })
	if i < 0 {
		return Explanation{}, false
	}
	n := all[i]
	e := Explanation{About: n.Name, Title: n.Title}
	for _, f := range n.Facts {
		e.AddPoint(f.On, f.Says)
	}
	for _, x := range l.Entries {
		if n.Says != "" && saysWhole(x.Text, n.Says) || n.Verbs != "" && strings.HasPrefix(x.Verb, n.Verbs) {
			e.AddPoint("entry", strconv.Itoa(x.N)+", "+calendar.Short(x.At)+", "+l.subject.What(x))
			e.AddRules(l.subject.RulesOf(x.Verb))
		}
	}
	for _, d := range l.Duties {
		about, _, _ := strings.Cut(d.Subject, "|")
		if slices.Contains(n.Duties, d.Kind) && (n.Subject == "" || about == n.Subject) {
			e.AddPoint("duty", l.dutyInShort(d))
		}
	}
	e.AddRules(n.Rules)
	return e, true
}

// saysWhole reports whether a text has the words, and not as the beginning of others: "meeting 1" is not in "meeting 12".
func saysWhole(text, says string) bool {
	for rest := strings.ToLower(text); ; {
		_, after, found := strings.Cut(rest, says)
		if !found {
			return false
		}
		if after == "" || after[0] < '0' || after[0] > '9' {
			return true
		}
		rest = after
	}
}

// dutyInShort says who owes what, and how that stands.
func (l *Ledger) dutyInShort(d Duty) string {
	state := "owed until " + calendar.Short(d.Due)
	if !d.Open() {
		state = d.End.Words() + " on " + calendar.Short(d.Ended)
	}
	return d.ID + ": " + l.subject.Name(l.OwnerOf(d)) + " is to " + l.Says(d) + "; " + state
}

// NamedPoints list the names for whoever asks what can be explained, each with its title.
func NamedPoints(all []Named) []Point {
	var out []Point
	for _, n := range all {
		out = append(out, Point{n.Name, n.Title})
	}
	return out
}
