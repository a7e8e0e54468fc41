package reference

import (
	"fmt"
	"slices"

	"holdthering/regime"
	"holdthering/regime/surveillance"
)

// BoardGroup is what is said by hand of a group under a profile of integrated care boards.
type BoardGroup struct {
	Profile *regime.Profile
	Board   string   // code, of a board's own group; empty for a region's
	Name    string   // of the board's area
	Region  string   // code, of 2022
	Boards  []string // of a region's group: the boards known to be of the region
}

// BoardGroupOpening is what such a group starts from. Its list is empty: the data does not say
// which providers stand in a board's area, nor which boards there are.
func (r *Reference) BoardGroupOpening(g BoardGroup) (surveillance.Opening, error) {
	region, ok := r.RegionUnder(g.Profile, g.Region)
	if !ok {
		return surveillance.Opening{}, fmt.Errorf("%q is no region of %s", g.Region, g.Profile.Places.RegionsOf(g.Profile.Name))
	}
	o := surveillance.Opening{Profile: g.Profile.Name, Tier: regime.RegionalTier, Region: region.Code,
		PlaceName: region.Name}
	units := inRegion(g.Profile, region.Code, g.Boards)
	if g.Board != "" {
		o.Tier, o.Area, o.PlaceName, o.NamedByHand = regime.LocalTier, g.Board, g.Name, true
		units = r.inArea(g.Profile, g.Board, region.Code)
	}
	o.Members = seated(g.Profile, o.Tier, units, member)
	o.Minimum = seated(g.Profile, o.Tier, units, required)
	n := NewNames(r, g.Profile.Bodies)
	for _, p := range append(o.Members, g.Profile.Takes(regime.RegionalOffice, region.Code)) {
		// A unit that the data has no name for stays a code.
		named := slices.ContainsFunc(o.Units, func(u regime.UnitName) bool { return u.Party == p })
		if name := n.PartyName(p); p.Unit() != "" && name != string(p) && !named {
			o.Units = append(o.Units, regime.UnitName{Party: p, Name: name})
		}
	}
	return o, nil
}
