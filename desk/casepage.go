package desk

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"holdthering/cases"
	"holdthering/pages"
	"holdthering/picture"
	"holdthering/record"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
	"holdthering/verbs"
)

// fact is a label and what is known of it.
type fact struct{ Head, Says string }

// casePage is a case on one page.
type casePage struct {
	Ref, Name, Code, Address string
	Reader                   string // whose view it is
	Warnings                 []string
	Facts, Meanings          []fact
	Standing                 []string
	Time                     picture.Timeline
	Owes                     []pages.Due
	Awaited                  awaited
	ByBody                   picture.Bars
	Episodes                 []episode
	Actions                  []aim
	Ring                     ring
	Differences              []failure.Difference
	Lost                     []lost
	Mails                    []mailCount
	Groups                   []place
	log
	name func(regime.Party) string
}

// Who is what a party is called.
func (p casePage) Who(party regime.Party) string { return p.name(party) }

// episode is one stay in special measures.
type episode struct {
	Title  string
	Words  string
	Months []record.Month
}

// aim is one of the three aims with its actions.
type aim struct {
	Name    string
	Actions []failure.ResponseAction
}

// ring is who holds the ring, or is to.
type ring struct {
	Holder, Basis string
	Since         time.Time
	Candidates    []failure.Candidate
	Objections    []failure.Objection
}

// mailCount is how many mails stand how.
type mailCount struct {
	State string
	Count int
}

// entry is a line of the chronology.
type entry struct {
	N    int
	When time.Time
	Who  string
	What string
}

// log is the chronology, or what a search finds in it.
type log struct {
	Query   string
	Entries []entry
	Of      int // entries in all
	All     string
}

// mostEntries is how many entries are shown unless somebody asks for all.
const mostEntries = 25

func (d *Desk) showCase(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := within(r)
	defer cancel()
	f, err := d.reader.whole(ctx, strings.ToUpper(r.PathValue("ref")), d.Now())
	if err != nil {
		d.unanswered(w, r, err)
		return
	}
	p := d.casePageOf(f)
	p.Groups = d.groupsOf(ctx, f)
	q := r.URL.Query()
	p.log = logOf(&f.failure.Ledger, f.failure.Name, p.Address, q.Get("find"), q.Has("all"))
	d.show(w, http.StatusOK, "case", frame{Title: p.Name + ", case " + p.Ref, Played: f.failure.Demonstration, Page: p})
}

func (d *Desk) casePageOf(f file) casePage {
	c := f.failure
	p := casePage{Ref: c.Ref, Name: c.Provider.Name, Code: c.Provider.Code, Address: "/case/" + c.Ref, name: c.Name,
		Reader: c.Name(c.Support()), Warnings: f.warnings(), Time: record.Timeline(c, f.now),
		ByBody: record.OwedBy(&c.Ledger, c.Name, f.now), Differences: c.Differences,
		Ring: ring{Basis: c.Ring.Basis.Words(), Since: c.Ring.Since, Candidates: c.Ring.Candidates, Objections: c.Ring.Objections}}
	if c.Ring.Holder != "" {
		p.Ring.Holder = c.Name(c.Ring.Holder)
	}
	for _, s := range c.Standing() {
		p.Standing = append(p.Standing, words.Capital(s))
	}
	if open := c.StandingInTheWay(); c.Stage == regime.Monitoring || c.Stage == regime.StoodDown {
		for _, s := range open {
			p.Standing = append(p.Standing, "Before it can close: "+commands.ReplaceAllString(s, ""))
		}
	}
	one := seen{now: f.now}
	one.owing(f.clerk(), &c.Ledger, c.Name)
	one.chases(c)
	p.Owes, p.Lost = one.owes, one.lost
	p.Awaited = awaitedIn(c, p.Address)
	p.Facts, p.Meanings = d.factsOf(f), inCase(c.Labels(), c.Name(c.Inspector()))
	for i := range c.Measures {
		e := &c.Measures[i]
		p.Episodes = append(p.Episodes, episode{words.Capital(c.Labels().Measures), e.Words(), record.Progress(c, f.now, i)})
	}
	for _, a := range (failure.Aim)("").Choices() {
		one := aim{Name: words.Capital(words.Plain(a))}
		for _, act := range c.Actions {
			if string(act.Aim) == a {
				one.Actions = append(one.Actions, act)
			}
		}
		if len(one.Actions) > 0 {
			p.Actions = append(p.Actions, one)
		}
	}
	p.Mails = mailsOf(&c.Ledger)
	return p
}

// groupsOf are the groups that are let know of a case, each with a link where it runs.
func (d *Desk) groupsOf(ctx context.Context, f file) []place {
	rows, err := d.Cases.ListGroups(ctx, cases.GroupFilter{Ended: true})
	if err != nil { // the page of the case is worth more
		d.Log.Warn("The groups of a case could not be listed", "reason", err)
	}
	of := f.failure.Provider
	var out []place
	for _, at := range slices.Concat([]string{of.AreaTeam}, of.OtherAreas, []string{of.Region}) {
		if at == "" {
			continue
		}
		one := place{Ref: at, Title: verbs.PlaceName(d.ref, at)}
		for _, row := range rows {
			if row.Place == at && !f.failure.Demonstration || row.Place == at+"."+f.ref { // of a play by itself
				one.Link = "/group/" + row.Place
			}
		}
		out = append(out, one)
	}
	return out
}

// commands are what a sentence says of the command line, which has its forms here.
var commands = regexp.MustCompile(` \('[a-z][^)]*\)`)

// warnings are what is wrong with it at the server, and what is not in it.
func (f file) warnings() []string {
	var out []string
	if f.standing.Wrong() {
		out = append(out, f.standing.String())
	}
	if f.lacks != "" {
		out = append(out, f.lacks)
	}
	return out
}

func (d *Desk) factsOf(f file) []fact {
	c := f.failure
	p := c.LawNow()
	out := []fact{{"Stage", words.Capital(c.Labels().Stage(c.Stage)) + ", since " + dayOf(c.StageSince)}}
	if c.Trigger != nil {
		out = append(out, fact{"Concern", words.Capital(words.Full(c.Trigger.Concern))})
	}
	if row, ok := p.ProviderRow(c.Provider.Type); ok {
		out = append(out, fact{"Provider", c.Provider.Name + " (" + c.Provider.Code + "), " + row.Label})
	}
	if s := c.Summit; c.Stage == regime.Convening && !s.At.IsZero() {
		out = append(out, fact{words.Capital(c.Labels().Summit), calendar.Instant(s.At) + ", " + s.Place})
	}
	if c.Provider.Region != "" {
		out = append(out, fact{"Region", d.regionName(c.Provider.Region)})
	}
	out = append(out, fact{"Opened", dayOf(c.Opened)})
	if p.BasedOn != "" {
		out = append(out, fact{"Profile", p.Name + ": much of it is unconfirmed and not to be taken for law"})
	}
	return out
}

// mailsOf counts the mails by how they stand.
func mailsOf(l *ledger.Ledger) []mailCount {
	var n [4]int
	for _, notice := range l.Notices {
		for _, r := range notice.To {
			switch r.State {
			case ledger.StateAccepted, ledger.StateDeferred, ledger.StateDelivered:
				n[0]++
			case ledger.StateRefused, ledger.StateNoContact, ledger.StateBounced, ledger.StateDropped, ledger.StateComplained:
				n[2]++
			case ledger.StateSuperseded:
				n[3]++
			default:
				if notice.Settled {
					n[3]++
				} else {
					n[1]++
				}
			}
		}
	}
	return []mailCount{{"Taken by the mail service", n[0]}, {"On their way", n[1]}, {"Failed", n[2]}, {"Not sent: overtaken", n[3]}}
}

// logOf is the chronology, the latest first, or what of it holds every word that was searched for.
func logOf(l *ledger.Ledger, name func(regime.Party) string, address, query string, all bool) log {
	out := log{Query: words.Clip(query, 100), Of: len(l.Entries)}
	asked := folded(query)
	for _, e := range slices.Backward(l.Entries) {
		one := entry{e.N, e.HappenedAt(), "The clock", e.Text}
		if e.Verb != ledger.ByClock {
			one.Who = name(e.By.For)
			if e.By.Person != "" {
				one.Who += ": " + e.By.Person
			}
		}
		if len(asked) > 0 && !holds(asked, one.Who+" "+one.What) {
			continue
		}
		if len(out.Entries) == mostEntries && !all {
			out.All = address + "?all=entries&find=" + url.QueryEscape(query) + "#chronology"
			break
		}
		out.Entries = append(out.Entries, one)
	}
	return out
}

func holds(asked []string, text string) bool {
	has := strings.Join(folded(text), " ")
	return !slices.ContainsFunc(asked, func(w string) bool { return !strings.Contains(has, w) })
}
