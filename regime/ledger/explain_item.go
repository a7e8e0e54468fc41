package ledger

import (
	"regexp"
	"strconv"
	"strings"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/words"
)

// Items is one kind of what has numbers of its own beside duties, mails and entries: actions, concerns, reviews.
// The letter stands for nothing else in the case or group.
type Items struct {
	Letter string
	Kind   string // "action"
	IDs    []string
}

// IDsOf lists the numbers of what is in a list.
func IDsOf[T any](all []T, id func(T) string) []string {
	out := make([]string, len(all))
	for i, x := range all {
		out[i] = id(x)
	}
	return out
}

// ExplainItem tells what became of something that has a number of its own: what was done about it, what is or was owed
// for it, and by which rules. ok is false where nothing has the number.
func (l *Ledger) ExplainItem(all []Items, id string) (e Explanation, ok bool) {
	kind := kindOf(all, id)
	if kind == "" {
		return e, false
	}
	if a := l.Agreement(id); a != nil {
		return l.whyAgreement(*a), true
	}
	e = Explanation{About: id}
	l.happenedTo(&e, id)
	if e.Title == "" {
		e.Title = words.Capital(kind) + " " + id + "."
	}
	return e, true
}

func kindOf(all []Items, id string) string {
	for _, k := range all {
		for _, x := range k.IDs {
			if x == id {
				return k.Kind
			}
		}
	}
	return ""
}

// happenedTo adds the entries that name a number, and what is or was owed for it. The first entry is the title
// where there is none.
func (l *Ledger) happenedTo(e *Explanation, id string) {
	names := regexp.MustCompile(`(^|[^\w/]|` + string(regime.Guest) + `/)` + regexp.QuoteMeta(id) + `\b`)
	for _, n := range l.Entries {
		if !names.MatchString(n.Text) {
			continue
		}
		if e.Title == "" {
			e.Title = n.Text
		}
		e.AddPoint("entry", strconv.Itoa(n.N)+", "+calendar.Short(n.At)+", "+l.subject.What(n))
		e.AddRules(l.subject.RulesOf(n.Verb))
	}
	for _, d := range l.Duties {
		about, _, _ := strings.Cut(d.Subject, "|")
		if about, _, _ = strings.Cut(about, "/"); about != id {
			continue
		}
		e.AddPoint("duty", l.dutyInShort(d))
	}
}

// whyAgreement says who put what to rest, on what, who was told, and what was said against it.
func (l *Ledger) whyAgreement(a Agreement) Explanation {
	of := ""
	if a.Of != "" {
		of = ", " + a.Of
	}
	e := Explanation{About: a.ID, Title: "To be put to rest: " + a.Kind.Words() + of + "."}
	e.AddPoint("by", l.subject.Name(a.By)+" on "+calendar.Instant(a.At))
	e.AddPoint("present", l.namesOf(a.Present))
	e.AddPoint("agreed", l.namesOf(a.Agreed))
	e.AddPoint("because", a.Reason)
	e.AddPoint("evidence", a.Evidence)
	e.AddPoint("told", l.namesOf(a.Told))
	e.AddPoint("objections", "until "+calendar.Instant(a.Until))
	for _, text := range l.Beside(a) {
		e.AddPoint("against it", text)
	}
	e.AddPoint("now", a.Standing())
	l.happenedTo(&e, a.ID)
	e.AddRules("R92")
	return e
}

// Standing is how it stands with an agreement.
func (a *Agreement) Standing() string {
	if a.Open() {
		return "open"
	}
	return a.Outcome.Words() + ", " + calendar.Instant(a.Ended)
}

// ItemPoints list the numbers for whoever asks what can be explained, each with its kind.
func ItemPoints(all []Items) []Point {
	var out []Point
	for _, k := range all {
		for _, id := range k.IDs {
			out = append(out, Point{id, k.Kind})
		}
	}
	return out
}
