package regime

import "time"

func (g *Group) profile() *Profile {
	p, _ := ProfileNamed(g.Profile)
	return p
}

// labels call the group what those of its tier are called.
func (g *Group) labels() Labels {
	l := g.profile().Labels
	l.Group = g.row().Name
	return l
}

func (g *Group) row() GroupRow {
	r, _ := g.profile().GroupRow(g.Tier)
	return r
}

// support supports and facilitates the group (R73).
func (g *Group) support() Party {
	if g.Tier == RegionalTier {
		return PartyOf(g.profile().Part(RegionalOffice), g.Place())
	}
	return PartyOf(g.profile().Part(SupportsGroup), g.Place())
}

// Support is who supports the group (R73).
func (g *Group) Support() Party { return g.support() }

// supports tells whether the body supports groups, here or elsewhere.
func (g *Group) supports(b Body) bool {
	return g.profile().Takes(b, SupportsGroup) || g.profile().Takes(b, RegionalOffice)
}

// above is who the support turns to: the region; for a region, the national office.
func (g *Group) above() Party {
	office := g.profile().Part(RegionalOffice)
	if g.Tier == RegionalTier {
		return Party(office)
	}
	return PartyOf(office, g.Region)
}

// chair chairs the meetings; without one of the group's own, who supports it (R73).
func (g *Group) chair() Party {
	if g.Chair != "" && g.IsMember(g.Chair) {
		return g.Chair
	}
	return g.support()
}

// Complete finds which unit is meant where only the body is named: the group's own support,
// the one member that the body has, the body's seat in the area.
func (g *Group) Complete(p Party) Party {
	if p.Unit() != "" {
		return p
	}
	switch p.Body() {
	case g.support().Body():
		return g.support()
	case g.above().Body():
		return g.above()
	}
	if ms := g.parties(func(m Party) bool { return m.Body() == p.Body() }); len(ms) == 1 {
		return ms[0]
	}
	if g.profile().Seated(p.Body()) {
		return PartyOf(p.Body(), g.Place())
	}
	return p
}

// Name is what a party is called in the group's profile.
func (g *Group) Name(p Party) string {
	if p.Body() == unnamed {
		return "a body not named"
	}
	for _, u := range g.Units {
		if u.Party == p {
			return u.Name
		}
	}
	name := g.profile().BodyName(p.Body())
	if p.Unit() != "" {
		name += " (" + p.Unit() + ")"
	}
	return name
}

func (g *Group) names(ps []Party) string {
	out := make([]string, len(ps))
	for i, p := range ps {
		out[i] = g.Name(p)
	}
	return list(out)
}

// roleParties are the parties behind a role; a role that nobody has yields nobody.
func (g *Group) roleParties(role string, d Duty) []Party {
	switch role {
	case "owner":
		return []Party{g.ownerOf(d)}
	case "members":
		return g.parties(nil)
	case "yet-to-send":
		return g.yetToSend()
	case "digest", "news":
		if !g.Ended.IsZero() {
			return nil
		}
		return g.parties(nil)
	case "support":
		return []Party{g.support()}
	case "chair":
		return []Party{g.chair()}
	case "region":
		return []Party{g.above()}
	case "cqc":
		return []Party{Party(CQC)}
	case "commissioners":
		return g.parties(func(p Party) bool { return g.profile().Takes(p.Body(), LocalCommissioners) })
	case "unacknowledged":
		return g.unacknowledged(d)
	case "proposer":
		if a := g.action(d.Subject); a != nil {
			return []Party{a.Proposer}
		}
	}
	return nil
}

func (g *Group) holds(string, Duty) bool { return false }

// timeIsUp gathers the providers that were not considered in time, so that one notice
// speaks of all of them, and ends an alert that some have not acknowledged.
func (g *Group) timeIsUp(d Duty, now time.Time) bool {
	switch d.Kind {
	case DutyCoverage:
		g.uncovered = append(g.uncovered, d.Subject)
		return true
	case DutyAcknowledgeRisk:
		return g.giveUp(d, now)
	}
	return false
}

// settle draws the conclusions that need nobody's act.
func (g *Group) settle(now time.Time) {
	g.tellUncovered(now)
	g.flush(now)
}

// Timetable tells all that will fall due from now until a time, and whom it will remind, if
// nobody does anything. The group is not changed.
func (g *Group) Timetable(now, until time.Time) []Forecast {
	return g.clone().forecast(now, until)
}

// clone copies the group with all that belongs to it.
func (g *Group) clone() *Group {
	k := *g
	k.host, k.tell, k.uncovered = &k, nil, nil
	ownCopy(&k)
	return &k
}

func (g *Group) how(row DutyRow) string { return firstSet(row.HowInGroup, row.How) }
