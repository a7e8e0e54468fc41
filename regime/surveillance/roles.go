package surveillance

import (
	"cmp"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

func (g *Group) profile() *regime.Profile {
	p, _ := regime.ProfileOn(g.Profile, g.Law)
	return p
}

// LawNow is the profile as the group reads it.
func (g *Group) LawNow() *regime.Profile { return g.profile() }

// labels call the group what those of its tier are called.
func (g *Group) labels() regime.Labels {
	l := g.profile().Labels
	l.Group = g.row().Name
	return l
}

func (g *Group) row() regime.GroupRow {
	r, _ := g.profile().GroupRow(g.Tier)
	return r
}

// supportPart is the part of who supports a group of this tier.
func (g *Group) supportPart() regime.Part {
	if g.Tier == regime.RegionalTier {
		return regime.RegionalOffice
	}
	return regime.SupportsGroup
}

// support supports and facilitates the group (R73).
func (g *Group) support() regime.Party {
	if g.standIn != "" {
		return g.standIn
	}
	part := g.supportPart()
	return g.Today(g.profile().Takes(part, g.Place())) // the group keeps its place when its support has an heir
}

// Inspector is who inspects under the group's profile.
func (g *Group) Inspector() regime.Party { return regime.Party(g.profile().Part(regime.Inspects)) }

// Support is who supports the group (R73).
func (g *Group) Support() regime.Party { return g.support() }

// supports reports whether the body supports groups, here or elsewhere.
func (g *Group) supports(b regime.Body) bool {
	return g.profile().Fills(b, regime.SupportsGroup) || g.profile().Fills(b, regime.RegionalOffice)
}

// above is who the support turns to: the region; for a region, the national office.
func (g *Group) above() regime.Party {
	office := g.profile().Part(regime.RegionalOffice)
	if g.Tier == regime.RegionalTier {
		return regime.Party(office)
	}
	return g.Today(g.profile().Takes(regime.RegionalOffice, g.Region))
}

// chair chairs the meetings; without one of the group's own, who supports it (R73).
func (g *Group) chair() regime.Party {
	if g.Chair != "" && g.IsMember(g.Chair) {
		return g.Chair
	}
	return g.support()
}

// ResolveUnit finds which unit is meant where only the body is named: the group's own support,
// the one member that the body has, the body's seat in the area.
func (g *Group) ResolveUnit(p regime.Party) regime.Party {
	if p.Unit() != "" {
		return p
	}
	if bodies := g.profile().ActsAs(p.Body()); len(bodies) > 0 {
		return regime.Party(bodies[0]) // in a group they speak as one
	}
	switch p.Body() {
	case g.support().Body():
		return g.support()
	case g.above().Body():
		return g.above()
	}
	if ms := g.parties(func(m regime.Party) bool { return m.Body() == p.Body() }); len(ms) == 1 {
		return ms[0]
	}
	if g.profile().OnePerArea(p.Body()) {
		return regime.PartyOf(p.Body(), g.Place())
	}
	return p
}

// Name is what a party is called in the group's profile.
func (g *Group) Name(p regime.Party) string {
	if p.Body() == unnamed {
		return "a body not named"
	}
	for _, u := range g.Units {
		if u.Party == p {
			return u.Name
		}
	}
	name := ledger.LawKnowing(p.Body(), g.profile(), &g.Lineage).BodyName(p.Body())
	if p.Unit() != "" {
		name += " (" + p.Unit() + ")"
	}
	return name
}

func (g *Group) names(ps []regime.Party) string {
	out := make([]string, len(ps))
	for i, p := range ps {
		out[i] = g.Name(p)
	}
	return words.List(out)
}

// roleParties are the parties behind a role; empty for a role without a holder.
func (g *Group) roleParties(role regime.Role, d ledger.Duty) []regime.Party {
	switch role {
	case regime.RoleOwner:
		return []regime.Party{g.OwnerOf(d)}
	case regime.RoleMembers:
		return g.parties(nil)
	case regime.RoleYetToSend:
		return g.yetToSend()
	case regime.RoleDigest, regime.RoleNews:
		if !g.Ended.IsZero() {
			return nil
		}
		return g.parties(nil)
	case regime.RoleSupport:
		return []regime.Party{g.support()}
	case regime.RoleChair:
		return []regime.Party{g.chair()}
	case regime.RoleRegion:
		return []regime.Party{g.above()}
	case regime.RoleInspector:
		return []regime.Party{g.Inspector()}
	case regime.RoleCommissioners:
		return g.parties(func(p regime.Party) bool { return g.profile().Fills(p.Body(), regime.LocalCommissioners) })
	case regime.RoleUnacknowledged:
		return g.Unacknowledged(d)
	case regime.RoleProposer:
		if a := g.action(d.Subject); a != nil {
			return []regime.Party{a.Proposer}
		}
	}
	return nil
}

func (g *Group) holds(string, ledger.Duty) bool { return false }

// timeIsUp gathers the providers that were not considered in time, so that one notice
// speaks of all of them, and ends an alert that some have not acknowledged.
func (g *Group) timeIsUp(d ledger.Duty, now time.Time) bool {
	if rest := g.AgreementBehind(d); rest != nil {
		g.takeEffect(rest, now)
		return true
	}
	switch d.Kind {
	case DutyCoverage:
		g.uncovered = append(g.uncovered, d.Subject)
		return true
	case regime.DutyAcknowledgeRisk:
		return g.pen.GiveUp(d, now)
	}
	return false
}

// settle draws the conclusions that need no act.
func (g *Group) settle(now time.Time) {
	g.notifyUncovered(now)
	g.endChases(now)
	g.keepShares()
	g.pen.HeardAll(func(rest *ledger.Agreement) { g.takeEffect(rest, now) })
	g.pen.Flush(now)
}

// Timetable lists all that will fall due from now until a time if nothing is done, and who will be
// reminded. The group is not changed.
func (g *Group) Timetable(now, until time.Time) []ledger.Forecast {
	return g.clone().pen.Forecast(now, until)
}

// clone copies the group with all that belongs to it.
func (g *Group) clone() *Group {
	k := *g
	k.takeUpPen()
	k.uncovered = nil
	ledger.OwnCopy(&k)
	return &k
}

func (g *Group) rulesOf(path string) string { return ledger.RulesAt(verbs, path) }

func (g *Group) how(row regime.DutyRow) string { return cmp.Or(row.HowInGroup, row.How) }
