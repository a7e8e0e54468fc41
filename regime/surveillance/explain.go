package surveillance

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// Why explains a duty ("D7"), a mail ("n12"), an entry of the chronology ("14"), a rule
// ("R74"), a provider's place on the list ("RCX") or a party's at the table ("GMC"), as
// Case.Why does. It knows no more than Public shows. What the group does not hold is a
// *Mistake.
func (g *Group) Why(what string) (ledger.Explanation, error) { return g.WhyOn(what, time.Time{}) }

// WhyOn is Why by the law of a day, as Case.WhyOn is.
func (g *Group) WhyOn(what string, day time.Time) (ledger.Explanation, error) {
	e, err := g.whyOn(what, day)
	return e.Under(g.LawAsked(day, g.Opened)), err
}

func (g *Group) whyOn(what string, day time.Time) (ledger.Explanation, error) {
	g, what = g.Public(), strings.TrimSpace(what)
	law := g.LawAsked(day, g.Opened)
	if e, ok := g.Explain(what); ok {
		return e, nil
	}
	if e, ok := g.explainItem(strings.ToUpper(what)); ok {
		return e, nil
	}
	if e, ok := g.ExplainNamed(g.calledByName(), what); ok {
		return e, nil
	}
	if !ledger.Numbered(what) {
		if w := g.provider(words.Code(what)); w != nil {
			return g.whyProvider(*w), nil
		}
		if r, ok := law.Rule(strings.ToUpper(what)); ok {
			return g.whyRule(r, law), nil
		}
		if p, ok := ledger.PartyCalled(subject{g}, g.Units, what); ok {
			return g.whyMember(p, law), nil
		}
		if e, ok := g.WhyLawOf(what, day, g.Opened); ok {
			return e, nil
		}
	}
	return ledger.Explanation{}, ledger.Unexplained("group "+g.Place(), what)
}

// items are what has numbers in the group beside duties, mails and entries, each kind with a letter of its own.
func (g *Group) items() []ledger.Items {
	var elsewhere []string
	for _, e := range g.Elsewhere {
		elsewhere = append(elsewhere, ledger.IDsOf(e.Open, func(x SharedConcern) string { return x.ID })...)
	}
	return []ledger.Items{
		{Letter: "A", Kind: "action", IDs: ledger.IDsOf(g.Actions, func(x Action) string { return x.ID })},
		{Letter: "C", Kind: "concern", IDs: ledger.IDsOf(g.Concerns, func(x Concern) string { return x.ID })},
		{Letter: "M", Kind: "matter to be put to rest", IDs: ledger.IDsOf(g.Agreements, func(x ledger.Agreement) string { return x.ID })},
		{Letter: "T", Kind: "theme", IDs: ledger.IDsOf(g.Themes, func(x Theme) string { return x.ID })},
		{Letter: "I", Kind: "indicator", IDs: ledger.IDsOf(g.Indicators, func(x Indicator) string { return x.ID })},
		{Letter: "B", Kind: "talk between two bodies", IDs: ledger.IDsOf(g.Talks, func(x ledger.Talk) string { return x.ID })},
		{Letter: "P", Kind: "arrangement between commissioners", IDs: ledger.IDsOf(g.Arrangements, func(x Arrangement) string { return x.ID })},
		{Kind: "concern of another group", IDs: elsewhere},
	}
}

// calledByName are the meetings.
func (g *Group) calledByName() []ledger.Named {
	var out []ledger.Named
	for _, m := range g.Meetings {
		number := strconv.Itoa(m.N)
		n := ledger.Named{Name: "meeting-" + number, Title: "Meeting " + number + " of the group, " + calendar.Instant(m.At) + ".",
			Says: "meeting " + number, Duties: []regime.DutyKind{DutyGroupMeeting, DutyGroupRecord}, Subject: number, Rules: "R72",
			Facts: []ledger.Point{{On: "place", Says: m.Place}, {On: "theme", Says: m.Theme}, {On: "held", Says: ledger.WhenSaid(m.Held)},
				{On: "present", Says: g.names(m.Present)}, {On: "considered", Says: words.List(m.Considered)},
				{On: "draft", Says: m.Draft}, {On: "final", Says: ledger.WhenSaid(m.Final)}}}
		out = append(out, n)
	}
	return out
}

// Explained lists what Why can be asked about, each with a title.
func (g *Group) Explained() []ledger.Point {
	return slices.Concat(g.Ledger.Explained(), ledger.ItemPoints(g.items()), ledger.NamedPoints(g.calledByName()))
}

// explainItem explains what has a number of its own; of another group's concern it says what that group told.
func (g *Group) explainItem(id string) (ledger.Explanation, bool) {
	e, ok := g.ExplainItem(g.items(), id)
	for _, other := range g.Elsewhere {
		for _, x := range other.Open {
			if x.ID == id {
				e.AddPoint("told by", "the group of "+cmp.Or(other.FromName, other.From)+", about provider "+other.Provider)
				e.AddPoint("says", g.Name(x.By)+": "+x.What)
				e.AddRules("R103")
			}
		}
	}
	return e, ok
}

func (g *Group) whyRule(r regime.Rule, law *regime.Profile) ledger.Explanation {
	e := ledger.Explanation{About: r.ID, Title: r.Says, Rules: []regime.Rule{r}}
	e.AddPoint("holds as", r.Kind.Words())
	var by []string
	for _, v := range verbs {
		if words.HasWord(v.Rules, r.ID) {
			by = append(by, "'"+v.Path+"'")
		}
	}
	if len(by) > 0 {
		e.AddPoint("commands", words.List(by))
	}
	e.AddLaw(law, ledger.LawOfRule(law, r.ID)...)
	return e
}

// whyProvider says how closely a provider is watched and why, and when its turn comes.
func (g *Group) whyProvider(w Watched) ledger.Explanation {
	current := w.Current()
	why := ledger.Explanation{About: w.Code, Title: w.Name + " is watched at the " + g.LevelName(w.Level) + " level."}
	why.AddPoint("since", calendar.Instant(current.At))
	why.AddPoint("because", current.Reason)
	why.AddPoint("evidence", current.Evidence)
	why.AddPoint("services", strings.Join(g.ServiceWords(w), "; "))
	why.AddPoint("to come down", strings.TrimPrefix(g.toComeDown(&w, ""), " To come down must be shown: "))
	if len(current.Agreed) > 0 {
		why.AddPoint("agreed by", g.names(current.Agreed))
	}
	if len(current.Present) > 0 {
		why.AddPoint("meeting", "of "+g.names(current.Present))
	}
	if len(current.Dissent) > 0 {
		why.AddPoint("otherwise", g.names(current.Dissent))
	}
	if w.Case != "" {
		why.AddPoint("case", w.Case+": "+g.CaseWords(w))
	}
	if together := g.Together(w.Code); len(together.Concerns)+len(together.Elsewhere) > 0 {
		why.AddPoint("concerns", g.concernWords(together))
	}
	why.AddPoint("indicators", strings.Join(g.IndicatorsOf(w.Code), "; "))
	for _, p := range g.Arrangements {
		if p.Provider == w.Code {
			why.AddPoint("commissioners", g.arrangementWords(p))
		}
	}
	seen := "never yet"
	if !w.Considered.IsZero() {
		seen = calendar.Instant(w.Considered)
	}
	why.AddPoint("considered", seen)
	if duty := g.Duty(DutyCoverage, w.Code); duty != nil {
		why.AddPoint("turn", "to be considered again by "+calendar.Instant(duty.Due)+" ("+duty.ID+")")
	}
	why.AddRules("R74")
	return why
}

// whyMember says why a party has a seat or none, what it owes and what it was told.
func (g *Group) whyMember(p regime.Party, law *regime.Profile) ledger.Explanation {
	e := ledger.Explanation{About: string(p), Title: g.Name(p) + " in the group of " + g.PlaceName + "."}
	e.AddPoint("table", g.whySeat(p))
	for _, d := range g.OpenDuties() {
		if d.Owner == p && d.Kind != DutyCoverage {
			e.AddPoint("owes", d.ID+": "+g.Says(d)+", by "+calendar.Instant(d.Due))
		}
	}
	mails := 0
	for _, n := range g.Notices {
		mails += words.Flag(slices.ContainsFunc(n.To, func(r ledger.Recipient) bool { return r.Party == p }))
	}
	e.AddPoint("told", words.Count(mails, "mail"))
	if g.profile().Knows(p.Body()) || law.Knows(p.Body()) {
		e.AddPoint("law", ledger.WhyBody(law, p.Body()))
		if row, ok := law.LawRow("seats", string(p.Body())); ok {
			e.AddLaw(law, row)
		}
	}
	e.AddRules("R69")
	return e
}

func (g *Group) whySeat(p regime.Party) string {
	seat := g.profile().Seat(p.Body())
	i := slices.IndexFunc(g.Members, func(m Member) bool { return m.Party == p })
	switch kind := seat.In(g.Tier); {
	case p.Body() == regime.ProviderBody:
		return "never a member: it may be invited to a risk summit (R8)"
	case i >= 0 && g.Members[i].OptedIn:
		return "a member by its own wish (R71), since " + calendar.Day(g.Members[i].Since)
	case i >= 0 && seat.ByRisk:
		return "a member of every group; it attends by risk, so that its absence is normal (R16)"
	case i >= 0:
		return "a member since " + calendar.Day(g.Members[i].Since)
	case slices.Contains(g.MembershipGaps(), p):
		return "no seat taken, though it is of the minimum membership (R69)"
	case kind == regime.SeatOptIn:
		return "no seat; it may take one where it wishes to be involved (R71)"
	case kind == regime.SeatFeedsIn:
		if slices.Contains(g.Offered, p) {
			return "no seat, but one is offered to it (R71)"
		}
		if seat.Basis.Open() {
			return "no seat; that it only tells the group what it knows is not confirmed, and it may join (R71, R125)"
		}
		return "no member: it tells the group what it knows (R71)"
	}
	return "no seat; members are determined locally, and it may join"
}
