package failure

import (
	"cmp"
	"slices"
	"strings"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// Member is a party that is alerted and told: of a surveillance group, or brought in.
type Member struct {
	Party regime.Party `json:"party" passes:"on"`
	// Extra: not of the surveillance group, brought in by the circumstances (R15).
	Extra bool `json:"extra,omitempty"`
}

// takesPart makes a party that the rules had act in the case a member of it, so that it is told
// like the others.
func (c *Case) takesPart(p regime.Party) {
	if p.Sits() && !c.IsMember(p) {
		c.Members = append(c.Members, Member{Party: p, Extra: true})
	}
}

// atTable reports whether p may open, chair or see to the summit: a member, or one of the offices
// that convene it where no one else does (R15, T3).
func (c *Case) atTable(p regime.Party) bool {
	return c.IsMember(p) || p == c.support() || p == c.region()
}

func (c *Case) addMember(p regime.Party) {
	if p.Sits() && !c.IsMember(p) {
		c.Members = append(c.Members, Member{Party: p})
	}
}

// IsMember reports whether p is at the table; the provider never is (R8).
func (c *Case) IsMember(p regime.Party) bool {
	for _, m := range c.Members {
		if m.Party == p {
			return true
		}
	}
	return false
}

func (c *Case) parties(keep func(regime.Party) bool) []regime.Party {
	out := make([]regime.Party, 0, len(c.Members))
	for i := range c.Members {
		if p := c.Members[i].Party; keep == nil || keep(p) {
			out = append(out, p)
		}
	}
	return out
}

// ResolveUnit finds which unit is meant where only the body is named: the provider of the
// case, its lead commissioner, who supports the group, the one member that the body has.
func (c *Case) ResolveUnit(p regime.Party) regime.Party {
	if p.Unit() != "" {
		return p
	}
	switch b := p.Body(); {
	case b == regime.ProviderBody:
		return c.Provider.Party()
	case len(c.profile().ActsAs(b)) > 0:
		return c.inLaw(b)
	case b == regime.Governors:
		return regime.PartyOf(b, c.Provider.Code)
	case b == regime.Guest && len(c.Guests) == 1:
		return c.Guests[0].Party
	case b == c.holderOf(regime.LeadCommissioner) && c.Provider.LeadCCG != "":
		return regime.PartyOf(b, c.Provider.LeadCCG)
	case b == c.support().Body():
		return c.support()
	case b == c.holderOf(regime.RegionalOffice):
		return c.region()
	}
	if ps := c.servedBy(p.Body()); len(ps) > 0 {
		return ps[0]
	}
	if ms := c.parties(func(m regime.Party) bool { return m.Body() == p.Body() }); len(ms) == 1 {
		return ms[0]
	}
	if c.profile().OnePerArea(p.Body()) && c.Provider.AreaTeam != "" {
		return regime.PartyOf(p.Body(), c.Provider.AreaTeam)
	}
	return p
}

// inLaw is the body that acts under a shared name: the one that oversees a provider of this type.
func (c *Case) inLaw(name regime.Body) regime.Party {
	bodies := c.profile().ActsAs(name)
	if perf := c.providerRow().Perf; slices.Contains(bodies, perf) {
		return regime.Party(perf)
	}
	return regime.Party(bodies[0])
}

// servedBy are the units of a body for the people that the provider serves, as far as the case names any.
func (c *Case) servedBy(b regime.Body) []regime.Party {
	var out []regime.Party
	for _, p := range c.Serves {
		if p.Body() == b {
			out = append(out, p)
		}
	}
	return out
}

// serving are those units, or the seats of all areas that the provider serves where the case names none (R107, R108).
func (c *Case) serving(b regime.Body) []regime.Party {
	out := c.servedBy(b)
	if len(out) > 0 || !c.profile().OnePerArea(b) || c.Provider.AreaTeam == "" {
		if len(out) == 0 {
			out = []regime.Party{c.ResolveUnit(regime.Party(b))}
		}
		return out
	}
	for _, area := range append([]string{c.Provider.AreaTeam}, c.Provider.OtherAreas...) {
		out = append(out, regime.PartyOf(b, area))
	}
	return out
}

// wide reports whether the party is a seat for a whole area: which unit is meant there is not known.
func (c *Case) wide(p regime.Party) bool {
	return c.profile().OnePerArea(p.Body()) && (p.Unit() == c.Provider.AreaTeam || slices.Contains(c.Provider.OtherAreas, p.Unit()))
}

// holderOf is the body that takes a part under the case's profile.
func (c *Case) holderOf(part regime.Part) regime.Body { return c.profile().Part(part) }

// Inspector is who inspects, warns and recommends under the case's profile.
func (c *Case) Inspector() regime.Party { return regime.Party(c.holderOf(regime.Inspects)) }

// InspectorName is what the inspector is called.
func (c *Case) InspectorName() string { return c.Name(c.Inspector()) }

// says puts the inspector's name into a sentence.
func (c *Case) says(text string) string {
	return strings.ReplaceAll(text, "{inspector}", c.InspectorName())
}

// support is who supports this case's surveillance group: in the area, or the region where
// several areas are concerned (R73, regime 5.2).
func (c *Case) support() regime.Party {
	if c.standIn != "" {
		return c.standIn
	}
	if c.Provider.AreaTeam == "" || len(c.Provider.OtherAreas) > 0 {
		return c.region()
	}
	return c.Today(c.profile().Takes(regime.SupportsGroup, c.Provider.AreaTeam))
}

// region is the regional office, which supports the regional group.
func (c *Case) region() regime.Party {
	return c.Today(c.profile().Takes(regime.RegionalOffice, c.Provider.Region))
}

// inPlaceOf is who stands in this case in the place of a body that the law names: itself, unless a succession
// that no law has is on record.
func (c *Case) inPlaceOf(b regime.Body) regime.Body {
	return c.Today(c.ResolveUnit(regime.Party(b))).Body()
}

// owns reports whether a power is a body's, by the law or since it stands in the owner's place.
func (c *Case) owns(b regime.Body, r regime.PowerRow) bool {
	return c.profile().Owns(b, r) && (len(r.Owners) == 0 || c.inPlaceOf(b) == b) ||
		slices.ContainsFunc(r.Owners, func(o regime.Body) bool { return o != b && c.inPlaceOf(o) == b })
}

func (c *Case) decider() regime.Party {
	return c.Today(c.ResolveUnit(regime.Party(c.providerRow().Decider)))
}

// Name is what a party is called in the case's profile.
func (c *Case) Name(p regime.Party) string {
	if p == c.Provider.Party() || p == regime.Party(regime.ProviderBody) {
		return "the provider" // its name stands in no mail
	}
	for _, u := range c.Units {
		if u.Party == p {
			return u.Name
		}
	}
	name := ledger.LawKnowing(p.Body(), c.profile(), &c.Lineage).BodyName(p.Body())
	if p == regime.PartyOf(regime.Governors, c.Provider.Code) {
		return "the council of governors" // its unit would name the provider
	}
	if c.another(p) {
		name = "another provider"
	}
	if p.Unit() != "" {
		name += " (" + p.Unit() + ")"
	}
	return name
}

// another reports whether the party is a provider, but not the one that the case is about: it may
// share what it knows, take on an action, or help, and has no part as the failing one (R8).
func (c *Case) another(p regime.Party) bool {
	return p.Body() == regime.ProviderBody && p.Unit() != "" && p != c.Provider.Party()
}

// learnNames keeps what other providers are called.
func (c *Case) learnNames(names []regime.UnitName) {
	for _, n := range names {
		known := slices.ContainsFunc(c.Units, func(u regime.UnitName) bool { return u.Party == n.Party })
		if (c.another(n.Party) || c.profile().OnePerArea(n.Party.Body())) && !known && n.Name != "" && regime.CheckText("a name", n.Name) == nil {
			c.Units = append(c.Units, regime.UnitName{Party: n.Party, Name: words.Clip(n.Name, 200), Trust: n.Trust})
		}
	}
}

// statutory reports whether who acts is a statutory organisation, which NHS trusts and foundation trusts are: the
// failing one, and any other (R109).
func (c *Case) statutory(m ledger.Moment) bool {
	p := m.By.For
	if p == c.Provider.Party() {
		return c.Provider.Type.Trust()
	}
	trust := func(u regime.UnitName) bool { return u.Party == p && u.Trust }
	row, _ := c.profile().Body(p.Body())
	return row.Statutory || c.another(p) && (slices.ContainsFunc(m.Names, trust) || slices.ContainsFunc(c.Units, trust))
}

func (c *Case) names(ps []regime.Party) string {
	out := make([]string, len(ps))
	for i, p := range ps {
		out[i] = c.Name(p)
	}
	return words.List(out)
}

// Support is who supports the surveillance group of this case and speaks for it (R73).
func (c *Case) Support() regime.Party { return c.support() }

// ServePeople adds to the case the councils whose people the provider serves, with what each council's area has of its
// own (R107). It is a fact that whoever knows it may add.
type ServePeople struct {
	Councils []regime.Party `json:"councils" flag:"council" usage:"the councils, by name ('Norfolk County Council') or ONS code" need:"yes"`
	Area     string         `json:"area,omitempty" flag:"area" usage:"the area in which they lie, where the provider serves several: Q56"`
}

var servingVerbs = []Verb{
	{Path: "provider serves", Update: "ServePeople", Rules: "R107",
		New:     func() Act { return new(ServePeople) },
		Did:     "named councils whose people the provider serves",
		Summary: "Name the councils whose people the provider serves, where the case does not know or know all of them",
		Example: `provider serves --case CASE --by "NHS England" --council "Suffolk County Council"`},
}

func (a *ServePeople) allowedAfterClosing() {}

func (a *ServePeople) check(c *Case, m ledger.Moment) error {
	if !c.atTable(m.By.For) && m.By.For != c.Provider.Party() {
		return regime.Refusef("R107", "members and the provider say whose people it serves; %s is neither.", c.Name(m.By.For))
	}
	for _, p := range a.Councils {
		if p.Body() != c.holderOf(regime.CouncilOf) || p.Unit() == "" || c.wide(p) {
			return regime.Mistakef("--council: %s is no council by name.", c.Name(p))
		}
	}
	if a.Area != "" && a.Area != c.Provider.AreaTeam && !slices.Contains(c.Provider.OtherAreas, a.Area) {
		return regime.Mistakef("--area: the provider does not serve %q.", words.Clip(a.Area, 12))
	}
	return nil
}

func (a *ServePeople) do(c *Case, m ledger.Moment) string {
	before := map[string][]regime.Party{}
	for _, f := range c.Safeguarding {
		before[f.ID] = c.boardsOf(f.About, f.ID)
	}
	c.serveToo(a, m)
	for _, f := range c.Safeguarding {
		if c.flagOpen(f) && len(f.Boards) == 0 {
			c.tellBoards(f, before[f.ID])
		}
	}
	return "The provider serves people of " + c.names(a.Councils) + "."
}

// serveToo puts the units of the councils in the place of the seat for their whole area.
func (c *Case) serveToo(a *ServePeople, m ledger.Moment) {
	area := cmp.Or(a.Area, c.Provider.AreaTeam)
	c.Serves = slices.DeleteFunc(c.Serves, func(p regime.Party) bool { return c.wide(p) && p.Unit() == area })
	add := func(p regime.Party) {
		if c.profile().Knows(p.Body()) && !slices.Contains(c.Serves, p) {
			c.Serves = append(c.Serves, p)
		}
	}
	for _, council := range a.Councils {
		for _, b := range []regime.Body{c.holderOf(regime.CouncilOf), c.holderOf(regime.PatientsVoice), c.holderOf(regime.AdultBoard),
			c.boardBody(regime.Adult), c.boardBody(regime.Child)} {
			add(regime.PartyOf(b, council.Unit()))
		}
		c.takesPart(council)
		c.takesPart(regime.PartyOf(c.holderOf(regime.PatientsVoice), council.Unit()))
	}
	for _, n := range m.Names { // whose police area is theirs no profile knows
		if n.Party.Body() == c.holderOf(regime.InvestigatesCrime) {
			add(n.Party)
		}
	}
}
