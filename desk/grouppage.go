package desk

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"holdthering/cases"
	"holdthering/pages"
	"holdthering/picture"
	"holdthering/record"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/surveillance"
	"holdthering/regime/words"
)

// groupPage is a group on one page.
type groupPage struct {
	Place, Name, Address string
	Reader               string
	Warnings             []string
	Facts, Meanings      []fact
	Standing             []string
	Months               picture.Months
	Levels               []levelCount
	Providers            []watchedLine
	Together             []together
	Agenda               []surveillance.AgendaItem
	Actions              []surveillance.Action
	Owes                 []pages.Due
	ByBody               picture.Bars
	Lost                 []lost
	log
	name func(regime.Party) string
}

// Who is what a party is called.
func (p groupPage) Who(party regime.Party) string { return p.name(party) }

type levelCount struct {
	Level       string
	Count       int
	Sign, Class string // how a picture shows it
}

// watchedLine is a provider on the list.
type watchedLine struct {
	surveillance.Watched
	LevelWords, Stage, Considered string
	Late                          bool
}

// together is what several bodies have told of one provider.
type together struct {
	Name   string
	Bodies string
	Urgent bool
	Said   []string
	// Trigger is where the form stands that opens a case from these concerns.
	Trigger string
}

func (d *Desk) showGroup(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := within(r)
	defer cancel()
	f, err := d.reader.whole(ctx, cases.GroupRef(strings.ToUpper(r.PathValue("place"))), d.Now())
	if err != nil {
		d.unanswered(w, r, err)
		return
	}
	p := d.groupPageOf(f)
	q := r.URL.Query()
	p.log = logOf(&f.group.Ledger, f.group.Name, p.Address, q.Get("find"), q.Has("all"))
	d.show(w, http.StatusOK, "group", frame{Title: p.Name, Played: f.group.Demonstration, Page: p})
}

func (d *Desk) groupPageOf(f file) groupPage {
	g := f.group
	p := groupPage{Place: g.Place(), Name: words.Capital(g.LawNow().Labels.Group) + ", " + g.PlaceName, Address: "/group/" + f.place(),
		Reader: g.Name(g.Support()), Warnings: f.warnings(), Months: record.ProvidersByMonth(g, f.now), name: g.Name,
		ByBody: record.OwedBy(&g.Ledger, g.Name, f.now)}
	for _, s := range g.Standing(f.now) {
		p.Standing = append(p.Standing, words.Capital(s))
	}
	one := seen{now: f.now}
	one.owing(pages.Clerk{Group: g, Now: f.now}, &g.Ledger, g.Name)
	p.Owes, p.Lost = one.owes, one.lost
	late := g.CoverageNow(f.now)
	counts := map[regime.SurveillanceLevel]int{}
	for _, w := range record.WorstFirst(g) {
		counts[w.Level]++
		l := watchedLine{Watched: w, LevelWords: words.Plain(g.LevelName(w.Level)), Stage: g.CaseWords(w), Considered: "never yet",
			Late: slices.Contains(late.Overdue, w.Code)}
		if !w.Considered.IsZero() {
			l.Considered = calendar.Day(w.Considered)
		}
		p.Providers = append(p.Providers, l)
	}
	for _, row := range g.LawNow().LevelsDown() {
		level := row.Level
		class, sign := record.LevelSign(g.LawNow(), level)
		p.Levels = append(p.Levels, levelCount{words.Capital(words.Plain(g.LevelName(level))), counts[level], sign, class})
	}
	for _, t := range g.Worries() {
		p.Together = append(p.Together, togetherOf(g, f.place(), t))
	}
	p.Agenda = g.Agenda(f.now)
	p.Actions = slices.DeleteFunc(slices.Clone(g.Actions), func(a surveillance.Action) bool { return !a.Closed.IsZero() })
	p.Facts, p.Meanings = d.groupFacts(f), inGroup(g.Labels())
	return p
}

func (d *Desk) groupFacts(f file) []fact {
	g := f.group
	out := []fact{{"Region", d.regionName(g.Region)}}
	if m, ok := g.NextMeeting(); ok {
		says := "Meeting " + strconv.Itoa(m.N) + ", " + calendar.Instant(m.At)
		if m.Place != "" {
			says += ", " + m.Place
		}
		out = append(out, fact{"Next meeting", says})
	}
	out = append(out, fact{"Providers", words.Capital(g.CoverageNow(f.now).Words(g.Coverage))},
		fact{"Members", strconv.Itoa(len(g.Members))})
	var missing []string
	for _, p := range g.MembershipGaps() {
		missing = append(missing, g.Name(p))
	}
	if len(missing) > 0 {
		out = append(out, fact{"Missing of the minimum", strings.Join(missing, ", ")})
	}
	return out
}

func togetherOf(g *surveillance.Group, at string, t surveillance.Gathered) together {
	out := together{Name: t.Name + " (" + t.Provider + ")", Urgent: t.Urgent}
	if t.Name == t.Provider {
		out.Name = t.Provider + ", not on the list"
	}
	out.Trigger = triggerFrom(at, t)
	var bodies []string
	for _, p := range t.Bodies {
		bodies = append(bodies, g.Name(p))
	}
	out.Bodies = words.List(bodies)
	for _, c := range t.Concerns {
		said := c.ID + ", " + calendar.Day(c.At) + " (" + g.Name(c.By.For) + "): " + c.What
		if c.Urgent {
			said = "Urgent: " + said
		}
		out.Said = append(out.Said, said)
	}
	out.Said = append(out.Said, g.SaidElsewhere(t.Provider)...)
	return out
}

// triggerFrom is the form that opens a case from what the group was told itself; empty where a case came of it.
func triggerFrom(at string, t surveillance.Gathered) string {
	var ids []string
	for _, c := range t.Concerns {
		if c.Case != "" {
			return ""
		}
		ids = append(ids, c.ID)
	}
	if len(ids) == 0 {
		return ""
	}
	return "/new/trigger?" + url.Values{"provider": {t.Provider}, "group": {at}, "concerns": {strings.Join(ids, ",")}}.Encode()
}
