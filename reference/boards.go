package reference

import (
	"slices"

	"holdthering/regime"
)

// HasAreaTeams reports whether the areas, regions and groups of the data are the profile's. The
// places of any other profile are integrated care boards, given by hand, and the regions of 2022.
func HasAreaTeams(p *regime.Profile) bool { return p.Places.Register }

// PartiesUnder are the parties of a body that there are under a profile, as Parties are those
// of all times. Of the boards none is known but those given; of a body whose units the data does
// not know there are none.
func (r *Reference) PartiesUnder(p *regime.Profile, b regime.Body, boards []string) []regime.Party {
	s, listed := shapeIn(b)
	switch {
	case !listed:
		return nil
	case HasAreaTeams(p):
		return r.then(r.partiesOf(b, s&^perLater), func(c Council) bool { return len(c.Areas) > 0 })
	}
	found := r.then(r.partiesOf(b, s&^(perRegion|perArea|perCCG|perProvider)), func(c Council) bool { return len(c.Boards) > 0 })
	if s&byHand != 0 {
		for _, code := range boards {
			if s&(perCouncil|perForce) != 0 && len(r.CouncilsIn(code)) > 0 {
				continue // its councils are known by name
			}
			found = append(found, regime.PartyOf(b, code))
		}
	}
	return found
}

// then leaves out the units of councils that there were not at the time.
func (r *Reference) then(all []regime.Party, there func(Council) bool) []regime.Party {
	return slices.DeleteFunc(all, func(p regime.Party) bool {
		c, ok := r.Council(p.Unit())
		return ok && !there(c)
	})
}

// SeatedIn are the required and usual members of the group of a board's area, as the seats of
// a profile without area teams say.
func (r *Reference) SeatedIn(p *regime.Profile, board, region string) []regime.Party {
	return seated(p, regime.LocalTier, r.inArea(p, board, region), member)
}

// SeatedAbove are those of a region's group. Each board that is known to be of the region sits
// for itself; of what else is in every area the kind of body is mirrored by one seat.
func SeatedAbove(p *regime.Profile, region string, boards []string) []regime.Party {
	return seated(p, regime.RegionalTier, inRegion(p, region, boards), member)
}

// unitsOf says by which units a body sits in a group.
type unitsOf func(regime.Body) []string

func (r *Reference) inArea(p *regime.Profile, board, region string) unitsOf {
	return func(b regime.Body) []string {
		switch {
		case national(p, b):
			return []string{""}
		case p.Fills(b, regime.SupportsGroup):
			return []string{board}
		case p.OnePerArea(b):
			return r.unitsIn(b, board)
		case p.Fills(b, regime.RegionalOffice):
			return []string{region}
		}
		return []string{""}
	}
}

// national reports whether the body takes its part in the whole country, so that it has no unit.
func national(p *regime.Profile, b regime.Body) bool {
	return p.PartRow(regime.SupportsGroup).National && p.Fills(b, regime.SupportsGroup) ||
		p.PartRow(regime.RegionalOffice).National && p.Fills(b, regime.RegionalOffice)
}

func inRegion(p *regime.Profile, region string, boards []string) unitsOf {
	return func(b regime.Body) []string {
		switch {
		case national(p, b):
			return []string{""}
		case p.Fills(b, regime.SupportsGroup):
			return boards
		case p.Fills(b, regime.RegionalOffice) || p.OnePerArea(b):
			return []string{region}
		}
		return []string{""}
	}
}

func member(k regime.SeatKind) bool { return k == regime.SeatRequired || k == regime.SeatUsual }

func required(k regime.SeatKind) bool { return k == regime.SeatRequired }

func seated(p *regime.Profile, tier regime.GroupTier, units unitsOf,
	sits func(regime.SeatKind) bool) []regime.Party {
	var out []regime.Party
	for _, s := range p.Seats {
		if !sits(s.In(tier)) {
			continue
		}
		for _, unit := range units(s.Body) {
			out = append(out, regime.PartyOf(s.Body, unit))
		}
	}
	return out
}
