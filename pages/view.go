package pages

import (
	"slices"

	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// view is what the bearer of a link may see.
type view struct {
	Body          string
	Title         string // the case or group, in a line
	Demonstration bool
	Asks          []asked
	More          []answer
	Closed        string // why the notice asks nothing any more; empty while it does
	Owes          []owed
	About         []line   // of the case
	Standing      []string // where it stands
	Meetings      []line
	Answers       []given
	Address       string // of the page
	Form          *form  // where there is one answer alone
	Pass          string // the answer by which the question is passed on; empty where nobody else is listed
}

type line struct{ Head, Says string }

// given is what the body has recorded.
type given struct{ When, Who, Text string }

// mostGiven keeps the page short: the latest come first.
const mostGiven = 20

// viewOf is made from what everybody at the table may know (Public), and cut down further: who is not at
// the table is shown how far the case has come and who holds the ring, and nothing of what was told or
// found. What others wrote in their own acts is shown to nobody: the record is there for it. When in
// doubt, it is left out.
func viewOf(b bearer, address string) view {
	v := view{Body: b.name(b.Party), Demonstration: b.demonstration(), Address: address, Owes: b.owes()}
	v.Asks, v.More = b.asks()
	if d := b.dutyOfNotice(); d != nil && !d.Open() && d.Owner == b.Party {
		v.Closed = "This was dealt with on " + calendar.Instant(d.Ended) + "."
	}
	v.Owes = slices.DeleteFunc(v.Owes, func(o owed) bool { return b.asksAlready(v.Asks, o) })
	if b.group != nil {
		v.Title = b.group.PlaceName
		if p := b.profile(); p != nil {
			v.Title = upper(p.Labels.Group) + ", " + v.Title
		}
		if b.atTable(b.Party) {
			v.Standing = capitals(b.group.Standing(b.now))
		}
	} else {
		v.ofCase(b)
	}
	if a, ok := b.passOn(); ok && len(v.Asks) > 0 && v.Closed == "" {
		v.Pass = a.Slug
	}
	v.Meetings = b.meetings()
	v.Answers = b.given()
	return v
}

func (v *view) ofCase(b bearer) {
	c := b.failure
	v.Title = "Case " + c.Ref
	v.About = []line{{"Provider", c.Provider.Name}}
	if b.atTable(b.Party) {
		// Whether the source is protected changes nothing here: what is missing would tell.
		if c.Trigger != nil {
			v.About = append(v.About, line{"Concern", upper(words.Full(c.Trigger.Concern))})
		}
		v.Standing = capitals(c.Standing())
		return
	}
	if g, ok := c.Guest(b.Party); ok {
		v.About = append(v.About, line{"Why you are asked", upper(words.Full(g.Why))})
		for _, t := range g.Told {
			v.About = append(v.About, line{"Told you on " + calendar.Instant(t.At), upper(words.Full(t.What))})
		}
	}
	if p := b.profile(); p != nil {
		v.About = append(v.About, line{"How far it is",
			upper(p.Labels.Stage(c.Stage)) + ", since " + calendar.Instant(c.StageSince)})
	}
	if c.Ring.Holder != "" {
		v.About = append(v.About, line{"Who holds the ring", c.Name(c.Ring.Holder)})
	}
}

func capitals(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = upper(s)
	}
	return out
}

// asksAlready reports whether what is owed is what the notice asks for.
func (b bearer) asksAlready(asks []asked, o owed) bool {
	d := b.duty(b.notice.Enters())
	if d == nil || len(o.Answers) == 0 || upper(b.ledger.Says(*d)) != o.What {
		return false
	}
	return slices.ContainsFunc(asks, func(a asked) bool {
		return slices.ContainsFunc(a.Answers, func(x answer) bool { return x.Path == o.Answers[0].Path })
	})
}

// meetings are those ahead to which the body was asked by a notice.
func (b bearer) meetings() []line {
	var out []line
	p := b.profile()
	if p == nil {
		return nil
	}
	for _, d := range b.ledger.OpenDuties() {
		row, _ := p.Duty(d.Kind)
		if row.Meeting == nil || !d.Due.After(b.now) {
			continue
		}
		if n, told := b.toldOf(d.ID); told {
			if e, ok := b.ledger.CalendarEntry(n); ok {
				out = append(out, line{e.Title, calendar.Instant(d.Due)})
			}
		}
	}
	return out
}

// toldOf is a notice that told the body of a duty.
func (b bearer) toldOf(duty string) (ledger.Notice, bool) {
	for _, n := range b.ledger.Notices {
		if n.Enters() == duty && slices.Contains(ledger.PartiesOf(n.To), b.Party) {
			return n, true
		}
	}
	return ledger.Notice{}, false
}

// given are the body's own entries, the latest first.
func (b bearer) given() []given {
	var out []given
	for i := len(b.ledger.Entries) - 1; i >= 0 && len(out) < mostGiven; i-- {
		if e := b.ledger.Entries[i]; e.By.For == b.Party {
			out = append(out, givenOf(e))
		}
	}
	return out
}

func givenOf(e ledger.Entry) given {
	return given{calendar.Instant(e.At), who(e.By.Person, e.By.Role), words.Full(e.Text)}
}

func who(person, role string) string {
	if role == "" {
		return person
	}
	return person + ", " + role
}
