package regime

import (
	"regexp"
	"strings"
	"time"

	"holdthering/regime/calendar"
)

// Explanation says why something in a case is as it is, for somebody who asks long after or
// disputes it. It is worked out from the case alone and changes nothing.
type Explanation struct {
	About  string  `json:"about"` // "D7", "n12", "14", "POLICE", "R27"
	Title  string  `json:"title"` // in one sentence
	Points []Point `json:"points"`
	Rules  []Rule  `json:"rules,omitempty"`
	Rungs  []Step  `json:"rungs,omitempty"` // of a duty's ladder
	Told   []Heard `json:"told,omitempty"`  // the recipients of a mail
}

// Point is one sentence of an explanation, under a word for what it answers.
type Point struct {
	On   string `json:"on"` // "began", "due", "period"
	Says string `json:"says"`
}

// Step is a rung of a ladder: when it falls, whom it tells, and whom it has told.
type Step struct {
	Rung  int         `json:"rung"` // from 1; 0 is the mail that opened the duty
	At    time.Time   `json:"at"`   // the first time, where it repeats
	When  string      `json:"when"` // "-7d, then every 7d, at most 5 times"
	Tells []string    `json:"tells,omitempty"`
	Mails []StepMails `json:"mails,omitempty"`
}

// StepMails is one time that a rung went out.
type StepMails struct {
	Notice string    `json:"notice"`
	At     time.Time `json:"at"`
	To     []Heard   `json:"to"`
}

// Heard is one recipient in words: who, why that party, and what became of the mail.
type Heard struct {
	Party Party  `json:"party"`
	Level Level  `json:"level"`
	Name  string `json:"name"`
	Why   string `json:"why,omitempty"`
	Came  string `json:"came"` // "accepted by the mail service"
}

func (e *Explanation) point(on, says string) {
	if says != "" {
		e.Points = append(e.Points, Point{on, says})
	}
}

// rules adds those named in a text such as "R15 R16 T3", each once.
func (e *Explanation) rules(named string) {
	for _, id := range strings.Fields(named) {
		if r, ok := RuleNamed(id); ok && !hasRule(e.Rules, id) {
			e.Rules = append(e.Rules, r)
		}
	}
}

func hasRule(rs []Rule, id string) bool {
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

// Why explains a duty ("D7"), a mail ("n12"), an entry of the chronology ("14"), a rule
// ("R27"), what became of an action or a notice ("A1", "W1"), or that a party was told and invited or was not ("POLICE", "Police"). It knows no
// more than Public shows. What the case does not hold is a *Mistake.
func (c *Case) Why(what string) (Explanation, error) {
	c, what = c.Public(), strings.TrimSpace(what)
	if e, ok := c.why(what); ok {
		return e, nil
	}
	if e, ok := c.whyThing(strings.ToUpper(what)); ok {
		return e, nil
	}
	if !numbered(what) {
		if r, ok := RuleNamed(strings.ToUpper(what)); ok {
			return c.whyRule(r), nil
		}
		if p, ok := partyCalled(c, c.Units, what); ok {
			return c.whyParty(p), nil
		}
	}
	return Explanation{}, unexplained("case "+c.Ref, what)
}

func unexplained(where, what string) error {
	return mistake("%s has no %q; a duty is D7, a mail n12, an entry of the chronology 14, a rule R27, "+
		"a party Police.", where, clip(what, 40))
}

// numbered tells what is named by a number in the ledger from a rule and a party.
func numbered(what string) bool {
	return isDuty.MatchString(what) || isNotice.MatchString(what) || isEntry.MatchString(what)
}

// why explains what is named by a number in the ledger.
func (l *Ledger) why(what string) (Explanation, bool) {
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
			if e.N == atoi(what) {
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
		row, _ := l.host.profile().Notice(n.Kind)
		out = append(out, Point{n.ID, string(n.Kind) + " " + row.Subject})
	}
	for _, e := range l.Entries {
		out = append(out, Point{itoa(e.N), l.host.what(e)})
	}
	return out
}

func (c *Case) whyRule(r Rule) Explanation {
	e := Explanation{About: r.ID, Title: r.Says, Rules: []Rule{r}}
	e.point("holds as", r.Kind.Words())
	var owed []string
	for _, d := range c.Duties {
		if row, _ := c.profile().Duty(d.Kind); row.Rule == r.ID {
			owed = append(owed, d.ID+" ("+c.Says(d)+")")
		}
	}
	e.point("here", strings.Join(owed, "; "))
	var by []string
	for _, v := range verbs {
		if hasWord(v.Rules, r.ID) {
			by = append(by, "'"+v.Path+"'")
		}
	}
	if len(by) > 0 {
		e.point("commands", list(by))
	}
	return e
}

func hasWord(text, word string) bool { return strings.Contains(" "+text+" ", " "+word+" ") }

// Words says how a rule of the kind holds.
func (k RuleKind) Words() string {
	switch k {
	case Guard:
		return "a guard: what breaks it is refused"
	case Obligation:
		return "an obligation: somebody owes it and is reminded"
	case Prompt:
		return "a prompt: it is remarked, and nothing is refused"
	case Negative:
		return "a freedom: nothing may be blocked by it"
	}
	return string(k)
}

func (l *Ledger) whyEntry(n Entry) Explanation {
	e := Explanation{About: itoa(n.N), Title: n.Text}
	e.point("when", calendar.Instant(n.At))
	if n.Verb == ByClock {
		e.point("by", "the clock: time was up, or a conclusion needed nobody's act")
	} else {
		e.point("by", l.person(n.By))
		e.point("command", "'"+n.Verb+"'")
	}
	e.rules(rulesOf(n.Verb))
	for _, d := range l.Duties {
		if began, ok := l.beganBy(d); ok && began.N == n.N {
			e.point("began", d.ID+": "+l.owes(d)+" by "+calendar.Instant(d.Due))
		}
		if !d.Open() && d.Ended.Equal(n.At) {
			e.point("ended", d.ID+": "+l.Says(d)+" ("+d.End.Words()+")")
		}
	}
	for _, m := range l.Notices {
		if m.At.Equal(n.At) {
			row, _ := l.host.profile().Notice(m.Kind)
			e.point("told", m.ID+", "+string(m.Kind)+" "+row.Subject+": "+counted(len(m.To), "recipient"))
		}
	}
	return e
}

func (l *Ledger) person(a Actor) string {
	text := l.host.Name(a.For)
	if a.Role != "" {
		text += " as " + a.Role
	}
	return text + ": " + a.Person + ", by " + a.Channel
}

// rulesOf are the rules behind a verb of a case or of a group, by its path.
func rulesOf(path string) string {
	for _, v := range verbs {
		if v.Path == path {
			return v.Rules
		}
	}
	for _, v := range surveillanceVerbs {
		if v.Path == path {
			return v.Rules
		}
	}
	return ""
}

func counted(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return itoa(n) + " " + one + "s"
}
