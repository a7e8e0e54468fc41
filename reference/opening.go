package reference

import (
	"fmt"
	"slices"

	"holdthering/regime"
	"holdthering/regime/surveillance"
)

// GroupOpening is what the Quality Surveillance Group of an area (Q56) or region (Y55)
// starts from: its members with their names, the minimum that they must include, and every
// trust with its head office there. Practices, care homes and independent hospitals are not
// in the data; the group adds them.
//
// The profile is one of area teams, as it is on the day of opening.
func (r *Reference) GroupOpening(p *regime.Profile, place string) (surveillance.Opening, error) {
	o := surveillance.Opening{Profile: p.Name}
	if a, ok := r.AreaTeam(place); ok {
		o.Tier, o.Area, o.Region, o.PlaceName = regime.LocalTier, a.Code, a.Region, a.Name
		o.Members, o.Minimum = r.LocalGroup(a.Code), r.LocalMinimum(a.Code)
		o.Watched = r.watched(func(p regime.Provider) bool { return p.AreaTeam == a.Code })
	} else if g, ok := r.Region(place); ok {
		o.Tier, o.Region, o.PlaceName = regime.RegionalTier, g.Code, g.Name
		o.Members, o.Minimum = r.RegionalGroup(g.Code), r.RegionalMinimum(g.Code)
		o.Watched = r.watched(func(p regime.Provider) bool { return p.Region == g.Code })
	} else {
		return o, fmt.Errorf("%q is the code of no area team or region, as Q56 or Y55 are", place)
	}
	o.Members, o.Minimum = Standing(p, o.Members, o.Region), Standing(p, o.Minimum, o.Region)
	o.Units = r.unitNames(p, o)
	return o, nil
}

// GroupPlaces are the codes of all areas and then all regions: one group each.
func (r *Reference) GroupPlaces() []string {
	var out []string
	for _, a := range r.areas {
		out = append(out, a.Code)
	}
	for _, g := range r.regions {
		out = append(out, g.Code)
	}
	return out
}

func (r *Reference) watched(keep func(regime.Provider) bool) []surveillance.Watched {
	var out []surveillance.Watched
	for _, t := range r.trusts {
		if p := t.Provider; keep(p) {
			w := surveillance.Watched{Code: p.Code, Name: p.Name, Type: p.Type, District: t.County}
			if w.District == "" {
				w.District = p.Town
			}
			out = append(out, w)
		}
	}
	return out
}

// unitNames are the names of the parties that a group tells or names: its members, and the
// offices of NHS England that support it.
func (r *Reference) unitNames(p *regime.Profile, o surveillance.Opening) []regime.UnitName {
	n := NewNames(r, p.Bodies)
	var out []regime.UnitName
	for _, party := range append(slices.Clone(o.Members), regime.PartyOf(officeBody, o.Region)) {
		if party.Unit() != "" && !slices.ContainsFunc(out, func(u regime.UnitName) bool { return u.Party == party }) {
			out = append(out, regime.UnitName{Party: party, Name: n.PartyName(party)})
		}
	}
	return out
}
