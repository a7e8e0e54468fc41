package pages

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"holdthering/notices"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
)

// answer is one act that the bearer of a link may do: a verb with what the notice or the duty says of it
// already.
type answer struct {
	Slug    string // names it in the page's address: "action-accept.D7"
	Path    string // of the verb: "action accept"
	Summary string
	// Done says that the body has done this since it was asked, and who did; it may do it again.
	Done  string
	given map[string]string // flags that are filled in, by name
	// about is the provider of the case that it opens; empty for what opens none.
	about  string
	matter []line         // what it is about, in the words of who asks
	fields []regime.Field // those that are left to the person
	law    *regime.Profile
}

// Given are the values that are filled in, in the order of the verb's fields, to be shown.
func (a answer) Given() []string {
	var out []string
	if len(a.given) == 0 {
		return nil
	}
	for _, f := range regime.Fields(actAt(a.Path)) {
		if v, ok := a.given[f.Flag]; ok && v != "true" {
			said, _, _ := strings.Cut(label(f.Under(a.law)), ", such as")
			out = append(out, said+": "+v)
		}
	}
	return out
}

// asked is one thing that is asked of the body.
type asked struct {
	Lead    string // what and by when, as a sentence
	About   []line // what it is about
	Answers []answer
}

// owed is one duty of the body.
type owed struct {
	What, By string
	About    []line
	Overdue  bool
	Answers  []answer
}

// asks are what the link's notice asks of its bearer, the most pressing first; more are verbs that are
// open though nothing is asked.
func (b bearer) asks() (asks []asked, more []answer) {
	n, by := b.notice, ""
	if !n.By.IsZero() {
		by = calendar.Instant(n.By)
	}
	subject, overdue := b.subject(), false
	if d := b.duty(n.Enters()); d != nil {
		overdue = d.OverdueAt(b.now)
	}
	for _, a := range b.ledger.Asked(n) {
		if !slices.Contains(a.Of, b.Party) {
			continue
		}
		list := b.marked(answers(b.profile(), a.How, subject, ""))
		if a.Says == "" {
			more = append(more, list...)
			continue
		}
		about := b.matter(subject)
		if len(about) == 0 {
			about = append(b.proposed(list), b.agenda(list)...)
		}
		for i := range list {
			list[i].matter = about
		}
		asks = append(asks, asked{Lead: notices.Lead(a.Says, by, n.Rung > 0, overdue), About: about, Answers: list})
	}
	return asks, more
}

// marked says of each answer whether the body has given it since it was asked. Of one that is about a
// numbered thing the verb alone does not tell.
func (b bearer) marked(list []answer) []answer {
	for i := range list {
		for _, e := range b.ledger.Entries {
			if e.By.For == b.Party && e.Verb == list[i].Path && !e.At.Before(b.notice.At) && len(list[i].given) == 0 {
				list[i].Done = "Done on " + calendar.Instant(e.At) + " by " + e.By.Person
			}
		}
	}
	return list
}

// dutyOfNotice is what the notice is about, or the one that it was sent again for.
func (b bearer) dutyOfNotice() *ledger.Duty {
	n := b.notice
	for range b.ledger.Notices {
		if d := b.duty(n.Enters()); d != nil || n.About == "" {
			return d
		}
		at := slices.IndexFunc(b.ledger.Notices, func(o ledger.Notice) bool { return o.ID == n.About })
		if at < 0 {
			return nil
		}
		n = b.ledger.Notices[at]
	}
	return nil
}

func (b bearer) duty(id string) *ledger.Duty {
	for i := range b.ledger.Duties {
		if d := &b.ledger.Duties[i]; id != "" && d.ID == id {
			return d
		}
	}
	return nil
}

// owes is what the body owes here beside what the notice is about, the soonest first.
func (b bearer) owes() []owed {
	var out []owed
	for _, d := range b.ledger.OpenDuties() {
		if d.Owner != b.Party {
			continue
		}
		list, about := answers(b.profile(), b.ledger.How(d), d.Subject, d.ID), b.matter(d.Subject)
		for i := range list {
			list[i].matter = about
		}
		out = append(out, owed{What: upper(b.ledger.Says(d)), By: calendar.Instant(d.Due), Overdue: d.OverdueAt(b.now),
			About: about, Answers: list})
	}
	return out
}

// passOn is the answer by which the question goes to another contact of the body, if the directory lists one.
func (b bearer) passOn() (answer, bool) {
	path := "link pass"
	if b.group != nil {
		path = "group link-pass"
	}
	a, ok := answerBy(b.profile(), path, "", "")
	others := slices.DeleteFunc(slices.Clone(b.levels), func(l regime.Level) bool { return l == b.Level })
	if !ok || len(others) == 0 {
		return answer{}, false
	}
	a.given["notice"] = b.notice.ID
	a.fields = slices.DeleteFunc(a.fields, func(f regime.Field) bool { return f.Flag == "notice" })
	return a, true
}

// find is the answer of that name, if it is open to the bearer.
func (b bearer) find(slug string) (answer, bool) {
	asks, all := b.asks()
	if a, ok := b.passOn(); ok && len(asks) > 0 {
		all = append(all, a)
	}
	for _, a := range asks {
		all = append(all, a.Answers...)
	}
	for _, o := range b.owes() {
		all = append(all, o.Answers...)
	}
	at := slices.IndexFunc(all, func(a answer) bool { return a.Slug == slug })
	if at < 0 {
		return answer{}, false
	}
	return all[at], true
}

// answers are the acts of a row's verbs, where several are parted by commas.
func answers(law *regime.Profile, how, subject, duty string) []answer {
	var out []answer
	for _, verb := range strings.Split(how, ",") {
		if a, ok := answerBy(law, strings.TrimSpace(verb), subject, duty); ok {
			out = append(out, a)
		}
	}
	return out
}

// answerBy reads a verb such as "action accept" or "note add --directory-mended CQC:duty".
func answerBy(law *regime.Profile, verb, subject, duty string) (answer, bool) {
	path, flag, _ := strings.Cut(verb, " --")
	act := actAt(path)
	if act == nil {
		return answer{}, false
	}
	a := answer{law: law, Path: path, Summary: law.Said(summaryAt(path)), given: map[string]string{},
		Slug: strings.ReplaceAll(path, " ", "-") + cmp.Or(dotted(duty), ".n")}
	if flag != "" {
		name, value, _ := strings.Cut(flag, " ")
		a.given[name] = cmp.Or(value, "true")
	}
	if path == triggers {
		if subject, _, _ = strings.Cut(subject, "|"); !providerCode.MatchString(subject) {
			return answer{}, false
		}
		a.about = subject
	}
	for _, f := range regime.Fields(act) {
		if _, known := a.given[f.Flag]; known {
			continue
		}
		if v := aboutWhat(f, subject); v != "" {
			a.given[f.Flag] = v
			continue
		}
		a.fields = append(a.fields, f)
	}
	return a, true
}

func dotted(s string) string {
	if s == "" {
		return ""
	}
	return "." + s
}

// numbered are the flags that name one of the numbered things of a case or group, or a provider on the
// group's list, by how such a name looks.
var numbered = map[string]*regexp.Regexp{
	"action": lettered, "flag": lettered, "request": lettered, "referral": lettered, "difference": lettered,
	"concern": lettered, "warning": lettered, "use": lettered, "criterion": lettered, "suggestion": lettered,
	"death": lettered, "version": regexp.MustCompile(`^[0-9]+$`), "requirement": regexp.MustCompile(`^[0-9]+$`),
	"provider": regexp.MustCompile(`^[A-Z0-9]{3,12}$`),
	"matter":   regexp.MustCompile(`^M[0-9]+$`), "review": regexp.MustCompile(`^V[0-9]+$`),
	"recommendation": recommended, "recommendations": recommended,
}

var recommended = regexp.MustCompile(`^V[0-9]+\.[0-9]+$`)

var lettered = regexp.MustCompile(`^[A-Z][0-9]+$`)

// aboutWhat is the value of a field that the subject of a duty gives: "A1" of "A1|CQC", "W1" and "2" of
// "W1/2"; empty where it gives none.
func aboutWhat(f regime.Field, subject string) string {
	form, ok := numbered[f.Flag]
	if !ok || !f.Need && f.Flag != "matter" {
		return ""
	}
	subject, _, _ = strings.Cut(subject, "|")
	for _, part := range strings.Split(subject, "/") {
		if form.MatchString(part) {
			return part
		}
	}
	return ""
}

// actAt is the act behind a verb, nil where there is none.
func actAt(path string) any {
	for _, v := range failure.Verbs() {
		if v.Path == path {
			return v.New()
		}
	}
	for _, v := range surveillance.Verbs() {
		if v.Path == path {
			return v.New()
		}
	}
	return nil
}

// summaryAt is what a verb does, without what is said of it in brackets.
func summaryAt(path string) string {
	for _, v := range failure.Verbs() {
		if v.Path == path {
			return does(v.Summary)
		}
	}
	for _, v := range surveillance.Verbs() {
		if v.Path == path {
			return does(v.Summary)
		}
	}
	return path
}

func does(summary string) string {
	out, _, _ := strings.Cut(summary, " (")
	out, _, _ = strings.Cut(out, ";")
	return out
}

// entry finds what the body recorded under a number.
func (b bearer) entry(number string) (ledger.Entry, bool) {
	n, err := strconv.Atoi(number)
	at := slices.IndexFunc(b.ledger.Entries, func(e ledger.Entry) bool { return e.N == n && e.By.For == b.Party })
	if err != nil || at < 0 {
		return ledger.Entry{}, false
	}
	return b.ledger.Entries[at], true
}
