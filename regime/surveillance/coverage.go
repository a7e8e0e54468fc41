package surveillance

import (
	"slices"
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// DutyCoverage is the kind of duty that is owed here.
const DutyCoverage regime.DutyKind = "PROVIDER_COVERAGE"

var coverageVerbs = []Verb{
	{Path: "group watch", Update: "WatchProvider", Rules: "R74",
		New:     func() Act { return new(WatchProvider) },
		Did:     "put a provider on the list",
		Summary: "Put a provider on the group's list, so that it is considered over time",
		Example: `group watch --group GROUP --by "NHS England" --provider D81012 --name "Hill Street Surgery" --type GP_PRACTICE`},
	{Path: "group watch-list", Update: "WatchProviders", Rules: "R74 R105",
		New:     func() Act { return new(WatchProviders) },
		Did:     "put many providers on the list",
		Summary: "Put many providers on the group's list at once, as all practices and homes of the area",
		Example: `group watch-list --group GROUP --by "NHS England" --type GP_PRACTICE --list "D81012,Hill Street Surgery"`},
	{Path: "group unwatch", Update: "StopWatching", Rules: "R74",
		New:     func() Act { return new(StopWatching) },
		Did:     "took a provider off the list",
		Summary: "Take a provider off the group's list",
		Example: `group unwatch --group GROUP --by "NHS England" --provider D81012 --reason "merged with another practice"`},
}

func (w Watched) check(p *regime.Profile) error {
	if err := checkCode(w.Code); err != nil {
		return err
	}
	if w.Code != words.Code(w.Code) || w.Name == "" {
		return regime.Mistakef("provider %q needs a code in capitals and a name.", w.Code)
	}
	for _, place := range w.Areas {
		if err := checkCode(place); err != nil {
			return err
		}
	}
	for _, s := range []string{w.Name, w.District} {
		if err := regime.CheckText("provider "+w.Code, s); err != nil {
			return err
		}
	}
	if _, ok := p.ProviderRow(w.Type); !ok {
		return regime.Mistakef("profile %[2]s has no provider type %[1]q.", w.Type, p.Name)
	}
	return nil
}

// watch puts a provider on the list; its time runs from now.
func (g *Group) watch(w Watched, now time.Time) *Watched {
	g.Watched = append(g.Watched, Watched{Code: w.Code, Name: w.Name, Type: w.Type, Areas: w.Areas, ByHand: w.ByHand,
		District: w.District, Added: now, Level: g.profile().LowestLevel()})
	g.openCoverage(w.Code, now)
	return g.provider(w.Code)
}

func (g *Group) openCoverage(code string, from time.Time) {
	g.pen.OpenDuty(ledger.DutySpec{Kind: DutyCoverage, Role: regime.RoleSupport, Subject: code, Start: from,
		Period: g.Coverage})
}

// last is when the provider was last considered, or came on the list.
func (w Watched) last() time.Time {
	if w.Considered.IsZero() {
		return w.Added
	}
	return w.Considered
}

// covered ends the time in which the provider was to be considered, and begins the next.
func (g *Group) covered(code string, m ledger.Moment) {
	w := g.provider(code)
	if w == nil || !m.Now.After(w.last()) {
		return
	}
	w.Considered = m.Now
	g.pen.Discharge(DutyCoverage, code, m)
	g.openCoverage(code, m.Now)
}

// notifyUncovered tells of all providers whose time was up together, in one notice.
func (g *Group) notifyUncovered(now time.Time) {
	n := len(g.uncovered)
	if n == 0 {
		return
	}
	g.pen.EnterByClock(now, "Not considered within "+g.Coverage.Words()+": "+words.List(g.uncovered)+
		". On the agenda of the next meeting (R74).")
	text := "One provider has not been considered within " + g.Coverage.Words() + "; it is"
	if n > 1 {
		text = strconv.Itoa(n) + " providers have not been considered within " + g.Coverage.Words() + "; they are"
	}
	g.pen.Event(regime.NoticeCoverage, text+" on the agenda of the group's next meeting", regime.RoleSupport,
		regime.RoleChair)
	g.uncovered = nil
}

// CoverageFigures says how well the group keeps every provider in view (R74).
type CoverageFigures struct {
	Watched int      `json:"watched"`
	Within  int      `json:"within"`            // considered, or put on the list, within the interval
	Overdue []string `json:"overdue,omitempty"` // codes of the rest, the longest forgotten first
	Never   int      `json:"never"`             // not considered even once
	Waiting int      `json:"waiting,omitempty"` // of those within: not considered even once, and their time still runs
}

// Considered are those that were considered within the interval.
func (f CoverageFigures) Considered() int { return f.Within - f.Waiting }

// Words says how many were considered in time, and of how many that is not known yet.
func (f CoverageFigures) Words(within calendar.Period) string {
	out := strconv.Itoa(f.Considered()) + " of " + strconv.Itoa(f.Watched) + " considered in time (within " + within.Words() + ")"
	switch {
	case f.Waiting == 1:
		out += ", 1 not yet: its time still runs"
	case f.Waiting > 1:
		out += ", " + strconv.Itoa(f.Waiting) + " not yet: their time still runs"
	}
	return out
}

// CoverageNow gives the figures as of a time.
func (g *Group) CoverageNow(now time.Time) CoverageFigures {
	f := CoverageFigures{Watched: len(g.Watched)}
	var late []Watched
	for _, w := range g.Watched {
		if w.Considered.IsZero() {
			f.Never++
		}
		if now.After(g.Coverage.After(w.last())) {
			late = append(late, w)
		} else {
			f.Within++
			f.Waiting += words.Flag(w.Considered.IsZero())
		}
	}
	slices.SortStableFunc(late, func(a, b Watched) int { return a.last().Compare(b.last()) })
	for _, w := range late {
		f.Overdue = append(f.Overdue, w.Code)
	}
	return f
}

// WatchProvider may be done by any member: the list is the group's, not its secretariat's.
type WatchProvider struct {
	Provider string              `json:"provider" flag:"provider" board:"provider" usage:"the provider's code" need:"yes"`
	Name     string              `json:"name" flag:"name" usage:"its name" need:"yes"`
	Type     regime.ProviderType `json:"type" flag:"type" usage:"its type" need:"yes"`
	District string              `json:"district,omitempty" flag:"district" usage:"its town or county"`
	Areas    string              `json:"areas,omitempty" flag:"areas" usage:"other areas whose groups have it on their lists, such as 'Q57, Q58'"`
}

func (a *WatchProvider) check(g *Group, m ledger.Moment) error {
	if err := g.memberOnly(m); err != nil {
		return err
	}
	if g.provider(words.Code(a.Provider)) != nil {
		return regime.Mistakef("provider %s is already on the list.", words.Code(a.Provider))
	}
	return a.listed().check(g.profile())
}

func (a *WatchProvider) listed() Watched {
	return Watched{Code: words.Code(a.Provider), Name: a.Name, Type: a.Type, District: a.District,
		Areas: words.Codes(a.Areas), ByHand: true}
}

func (a *WatchProvider) do(g *Group, m ledger.Moment) string {
	w := g.watch(a.listed(), m.Now)
	return "Put provider " + w.Code + " on the list; it is to be considered by " +
		calendar.Instant(g.Coverage.After(m.Now)) + "."
}

// StopWatching is for providers that are no more, or that another group watches.
type StopWatching struct {
	Provider string `json:"provider" flag:"provider" board:"provider" usage:"the provider's code" need:"yes"`
	Reason   string `json:"reason" flag:"reason" usage:"why" need:"yes"`
}

func (a *StopWatching) check(g *Group, m ledger.Moment) error {
	if err := g.memberOnly(m); err != nil {
		return err
	}
	w := g.provider(words.Code(a.Provider))
	switch {
	case w == nil:
		return regime.Mistakef("provider %q is not on the group's list.", words.Clip(words.Code(a.Provider), 20))
	case w.Case != "":
		return regime.Mistakef("case %s about provider %s is open.", w.Case, w.Code)
	case w.Level != g.profile().LowestLevel():
		return regime.Refusef("R89", "provider %s is watched at the %s level, which goes down on evidence first "+
			"('group level').", w.Code, g.LevelName(w.Level))
	case g.Duty(DutySummitOrWhyNot, w.Code) != nil:
		return regime.Refusef("R131", "%s was asked whether it triggers a %s about provider %s, and answers first.",
			g.Name(g.OwnerOf(*g.Duty(DutySummitOrWhyNot, w.Code))), g.labels().Summit, w.Code)
	}
	for _, s := range w.Services {
		if g.Rank(s.Level) > g.Rank(g.profile().LowestLevel()) {
			return regime.Refusef("R89", "%s of provider %s is at the %s level, which goes down on evidence first "+
				"('group level').", words.Capital(s.Service), w.Code, g.LevelName(s.Level))
		}
	}
	return nil
}

func (a *StopWatching) do(g *Group, m ledger.Moment) string {
	c := words.Code(a.Provider)
	g.pen.EndDuty(DutyCoverage, c, ledger.EndNotNeeded, m)
	g.pen.EndDuty(DutyLevelReview, c, ledger.EndNotNeeded, m)
	for _, s := range g.provider(c).Services {
		g.pen.EndDuty(DutyLevelReview, g.provider(c).reviewed(s.Service), ledger.EndNotNeeded, m)
	}
	g.pen.Event(regime.NoticeCoverage, g.Name(m.By.For)+" has taken a provider off the group's list; the reason stands with the "+
		"group. Any member can put it back ('group watch')", regime.RoleMembers)
	text := "Took provider " + c + " off the list: " + a.Reason
	if open := g.Together(c).Concerns; len(open) > 0 {
		text = words.Full(text) + " " + words.Count(len(open), "concern") + " about it stay on the agenda."
	}
	g.Watched = slices.DeleteFunc(g.Watched, func(w Watched) bool { return w.Code == c })
	if g.Tier == regime.LocalTier {
		g.Elsewhere = slices.DeleteFunc(g.Elsewhere, func(e Elsewhere) bool { return e.Provider == c })
	}
	return text
}
