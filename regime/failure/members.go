package failure

import (
	"slices"

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
	if p.Body() != regime.ProviderBody && !c.IsMember(p) {
		c.Members = append(c.Members, Member{Party: p, Extra: true})
	}
}

// atTable reports whether p may open, chair or see to the summit: a member, or one of the offices
// that convene it where no one else does (R15, T3).
func (c *Case) atTable(p regime.Party) bool {
	return c.IsMember(p) || p == c.support() || p == c.region()
}

func (c *Case) addMember(p regime.Party) {
	if !c.IsMember(p) {
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
	case b == c.holderOf(regime.LeadCommissioner) && c.Provider.LeadCCG != "":
		return regime.PartyOf(b, c.Provider.LeadCCG)
	case b == c.support().Body():
		return c.support()
	case b == c.holderOf(regime.RegionalOffice):
		return c.region()
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

// holderOf is the body that takes a part under the case's profile.
func (c *Case) holderOf(part regime.Part) regime.Body { return c.profile().Part(part) }

// support is who supports this case's surveillance group: in the area, or the region where
// several areas are concerned (R73, regime 5.2).
func (c *Case) support() regime.Party {
	if c.Provider.AreaTeam == "" || len(c.Provider.OtherAreas) > 0 {
		return c.region()
	}
	return regime.PartyOf(c.holderOf(regime.SupportsGroup), c.Provider.AreaTeam)
}

// region is the regional office, which supports the regional group.
func (c *Case) region() regime.Party {
	return regime.PartyOf(c.holderOf(regime.RegionalOffice), c.Provider.Region)
}

func (c *Case) decider() regime.Party { return c.ResolveUnit(regime.Party(c.providerRow().Decider)) }

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
		if c.another(n.Party) && !known && n.Name != "" && regime.CheckText("a name", n.Name) == nil {
			c.Units = append(c.Units, regime.UnitName{Party: n.Party, Name: words.Clip(n.Name, 200)})
		}
	}
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
