package reference

import (
	"slices"

	"holdthering/regime"
)

// firstLaw is the law of the days of the data. Whoever sits under a later one is found from that by Standing.
func firstLaw() *regime.Profile { return regime.FirstProfile() }

// sits reports whether a body has a seat in the groups of a tier: where NHS trusts are alone (R70) as the table of seats
// says, and if only the minimum is asked (R69) without those that are there by usage.
func sits(s regime.SeatRow, tier regime.GroupTier, onlyMinimum, nhsTrusts bool) bool {
	switch s.In(tier) {
	case regime.SeatRequired:
		return true
	case regime.SeatIfTrusts:
		return nhsTrusts
	}
	return s.In(tier) == regime.SeatUsual && !onlyMinimum
}

// LocalGroup lists the members of an area's Quality Surveillance Group, each CCG of the
// area for itself. It is nil for an unknown area.
func (r *Reference) LocalGroup(area string) []regime.Party { return r.local(area, false) }

// LocalMinimum is LocalGroup without the members that the sources do not demand (R69).
func (r *Reference) LocalMinimum(area string) []regime.Party { return r.local(area, true) }

func (r *Reference) local(area string, onlyMinimum bool) []regime.Party {
	a, ok := r.AreaTeam(area)
	if !ok {
		return nil
	}
	var members []regime.Party
	for _, s := range firstLaw().Seats {
		if !sits(s, regime.LocalTier, onlyMinimum, r.HasNHSTrust(a.Code)) {
			continue
		}
		for _, unit := range r.seatsOf(s.Body, a.Code) {
			members = append(members, regime.PartyOf(s.Body, unit))
		}
	}
	return members
}

// seatsOf are the units by which a body sits in the group of an area: one for each commissioner of the data, one for
// each council or the area, none for a body that is there once.
func (r *Reference) seatsOf(b regime.Body, area string) []string {
	switch s := shapeOf(b); {
	case s&perCCG != 0:
		var units []string
		for _, c := range r.CCGs(area) {
			units = append(units, c.Code)
		}
		return units
	case s&perArea != 0:
		return r.unitsIn(b, area)
	}
	return []string{""}
}

// RegionalGroup lists the members of a region's Quality Surveillance Group: the kinds of
// body of the local groups are mirrored, with one seat each (CCG/Y55 speaks for the CCGs
// of the region). RegionalOptIn is apart. It is nil for an unknown region.
func (r *Reference) RegionalGroup(region string) []regime.Party {
	return r.regional(region, false)
}

// RegionalMinimum is RegionalGroup without the members that the sources do not demand.
func (r *Reference) RegionalMinimum(region string) []regime.Party {
	return r.regional(region, true)
}

func (r *Reference) regional(region string, onlyMinimum bool) []regime.Party {
	place, ok := r.Region(region)
	if !ok {
		return nil
	}
	trusts := r.providers(func(p regime.Provider) bool { return p.Region == place.Code })
	var members []regime.Party
	for _, s := range firstLaw().Seats {
		if !sits(s, regime.RegionalTier, onlyMinimum, slices.ContainsFunc(trusts, isNHSTrust)) {
			continue
		}
		unit := place.Code
		if shapeOf(s.Body)&perRegion == 0 {
			unit = ""
		}
		members = append(members, regime.PartyOf(s.Body, unit))
	}
	return members
}

// RegionalOptIn lists those who join a regional group "where they wish to be involved"
// (R71): the professional regulators, Health Education England, Healthwatch England.
func RegionalOptIn() []regime.Party {
	var parties []regime.Party
	for _, s := range firstLaw().Seats {
		if s.Regional == regime.SeatOptIn {
			parties = append(parties, regime.PartyOf(s.Body, ""))
		}
	}
	return parties
}

// Standing are those of the parties that there are under a profile, each body that has ended by who
// stands in its place.
func Standing(p *regime.Profile, all []regime.Party, region string) []regime.Party {
	var out []regime.Party
	for _, m := range all {
		if !p.Knows(m.Body()) {
			m = p.HeirOf(m, region)
		}
		if p.Knows(m.Body()) && !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	return out
}
