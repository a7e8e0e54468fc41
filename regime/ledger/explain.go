package ledger

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/words"
)

// Explanation says why something in a case is as it is, for somebody who asks long after or
// disputes it. It is worked out from the case alone and changes nothing.
type Explanation struct {
	About  string               `json:"about"` // "D7", "n12", "14", "POLICE", "R27"
	Title  string               `json:"title"` // in one sentence
	Points []Point              `json:"points"`
	Rules  []regime.Rule        `json:"rules,omitempty"`
	Rungs  []Step               `json:"rungs,omitempty"` // of a duty's ladder
	Told   []RecipientExplained `json:"told,omitempty"`  // the recipients of a mail
}

// Point is one sentence of an explanation, under a word for what it answers.
type Point struct {
	On   string `json:"on"` // "began", "due", "period"
	Says string `json:"says"`
}

// Step is a rung of a ladder: when it falls, who is told, and who has been told.
type Step struct {
	Rung  int         `json:"rung"` // from 1; 0 is the mail that opened the duty
	At    time.Time   `json:"at"`   // the first time, where it repeats
	When  string      `json:"when"` // "-7d, then every 7d, at most 5 times"
	Tells []string    `json:"tells,omitempty"`
	Mails []StepMails `json:"mails,omitempty"`
}

// StepMails is one time that a rung went out.
type StepMails struct {
	Notice string               `json:"notice"`
	At     time.Time            `json:"at"`
	To     []RecipientExplained `json:"to"`
}

// RecipientExplained is one recipient in words: who, why that party, and what became of the mail.
type RecipientExplained struct {
	Party regime.Party `json:"party"`
	Level regime.Level `json:"level"`
	Name  string       `json:"name"`
	Why   string       `json:"why,omitempty"`
	Came  string       `json:"came"` // "accepted by the mail service"
}

// AddPoint adds a point, unless it is empty.
func (e *Explanation) AddPoint(on, says string) {
	if says != "" {
		e.Points = append(e.Points, Point{on, says})
	}
}

// AddRules adds those named in a text such as "R15 R16 T3", each once.
func (e *Explanation) AddRules(named string) {
	for _, id := range strings.Fields(named) {
		if r, ok := regime.RuleNamed(id); ok && !hasRule(e.Rules, id) {
			e.Rules = append(e.Rules, r)
		}
	}
}

// Under is the explanation with its rules as they are said under a profile.
func (e Explanation) Under(p *regime.Profile) Explanation {
	for i, r := range e.Rules {
		e.Rules[i] = p.RuleSaid(r)
	}
	return e
}

func hasRule(rs []regime.Rule, id string) bool {
	for _, r := range rs {
		if r.ID == id {
			return true
		}
	}
	return false
}

var (
	isDuty   = regexp.MustCompile(`^[Dd][0-9]+$`)
	isNotice = regexp.MustCompile(`^n[0-9]+$`)
	isEntry  = regexp.MustCompile(`^[0-9]{1,9}$`)
)

// Unexplained is the *Mistake for a name that nothing has.
func Unexplained(where, what string) error {
	return regime.Mistakef("%s has no %q; a duty is D7, a mail n12, an entry of the chronology 14, an action A1, a rule R27, "+
		"a party its name.", where, words.Clip(what, 40))
}

// Numbered reports whether the text names something by its number in the ledger, rather than a rule
// or a party.
func Numbered(what string) bool {
	return isDuty.MatchString(what) || isNotice.MatchString(what) || isEntry.MatchString(what)
}

// Explain explains what is named by a number in the ledger.
func (l *Ledger) Explain(what string) (Explanation, bool) {
	switch {
	case isDuty.MatchString(what):
		for _, d := range l.Duties {
			if d.ID == strings.ToUpper(what) {
				return l.whyDuty(d), true
			}
		}
	case isNotice.MatchString(what):
		for _, n := range l.Notices {
			if n.ID == what {
				return l.whyNotice(n), true
			}
		}
	case isEntry.MatchString(what):
		for _, e := range l.Entries {
			if e.N == words.Number(what) {
				return l.whyEntry(e), true
			}
		}
	}
	return Explanation{}, false
}

// Explained lists what Why can be asked about: duties, mails and entries, each with a title.
func (l *Ledger) Explained() []Point {
	var out []Point
	for _, d := range l.Duties {
		out = append(out, Point{d.ID, l.Says(d)})
	}
	for _, n := range l.Notices {
		row, _ := l.subject.Profile().Notice(n.Kind)
		out = append(out, Point{n.ID, string(n.Kind) + " " + row.Subject})
	}
	for _, e := range l.Entries {
		out = append(out, Point{strconv.Itoa(e.N), l.subject.What(e)})
	}
	return out
}

func (l *Ledger) whyEntry(n Entry) Explanation {
	e := Explanation{About: strconv.Itoa(n.N), Title: n.Text}
	e.AddPoint("when", calendar.Instant(n.At))
	if n.Verb == ByClock {
		e.AddPoint("by", "the clock: time was up, or a conclusion that needs no act")
	} else {
		e.AddPoint("by", l.person(n.By))
		e.AddPoint("command", "'"+n.Verb+"'")
	}
	e.AddRules(l.subject.RulesOf(n.Verb))
	for _, d := range l.Duties {
		if began, ok := l.beganBy(d); ok && began.N == n.N {
			e.AddPoint("began", d.ID+": "+l.dutySentence(d)+" by "+calendar.Instant(d.Due))
		}
		if !d.Open() && d.Ended.Equal(n.At) {
			e.AddPoint("ended", d.ID+": "+l.Says(d)+" ("+d.End.Words()+")")
		}
	}
	for _, m := range l.Notices {
		if m.At.Equal(n.At) {
			row, _ := l.subject.Profile().Notice(m.Kind)
			e.AddPoint("told", m.ID+", "+string(m.Kind)+" "+row.Subject+": "+words.Count(len(m.To), "recipient"))
		}
	}
	return e
}

func (l *Ledger) person(a Actor) string {
	text := l.subject.Name(a.For)
	if a.Role != "" {
		text += " as " + a.Role
	}
	return text + ": " + a.Person + ", by " + a.Way()
}

// PartyCalled reads a party by its code, its name in the profile, or its name in the
// case or group.
func PartyCalled(h Subject, units []regime.UnitName, text string) (regime.Party, bool) {
	for _, u := range units {
		if strings.EqualFold(u.Name, text) {
			return u.Party, true
		}
	}
	body, unit, _ := strings.Cut(text, "/")
	for _, b := range h.Profile().Bodies {
		for _, name := range append([]string{string(b.Code)}, b.Names...) {
			if strings.EqualFold(name, body) {
				return h.ResolveUnit(regime.PartyOf(b.Code, strings.ToUpper(unit))), true
			}
		}
	}
	return "", false
}
