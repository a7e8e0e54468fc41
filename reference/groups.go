package reference

import (
	"slices"

	"holdthering/regime"
)

// seat is a row of the membership table of Quality Surveillance Groups.
type seat struct {
	body    regime.Body
	each    bool // one seat in each area or region; otherwise the national body sits
	minimum bool // R69: the group is incomplete without it
}

// seats follows "Quality in the new health system" (August 2012 draft), the passage on
// membership: "as a minimum all local commissioners", the NHS TDA "where there are NHS
// trusts in the area", the education board, Healthwatch, Monitor and CQC. Public Health
// England joined in the practice of 2013-14. A provider is never a member.
var seats = []seat{
	{regime.NHSCB, true, true},
	{regime.CCG, true, true},
	{regime.LAComm, true, true},
	{regime.TDA, false, true},
	{regime.LETB, true, true},
	{regime.HealthwatchLocal, true, true},
	{regime.Monitor, false, true},
	{regime.CQC, false, true},
	{regime.PHE, true, false},
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
	for _, s := range seats {
		switch {
		case onlyMinimum && !s.minimum, s.body == regime.TDA && !r.HasNHSTrust(a.Code):
		case s.body == regime.CCG:
			for _, c := range r.CCGs(a.Code) {
				members = append(members, regime.PartyOf(s.body, c.Code))
			}
		case s.each:
			for _, unit := range r.unitsIn(s.body, a.Code) {
				members = append(members, regime.PartyOf(s.body, unit))
			}
		default:
			members = append(members, s.in(a.Code))
		}
	}
	return members
}

func (s seat) in(place string) regime.Party {
	if !s.each {
		return regime.PartyOf(s.body, "")
	}
	return regime.PartyOf(s.body, place)
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
	for _, s := range seats {
		if onlyMinimum && !s.minimum || s.body == regime.TDA && !slices.ContainsFunc(trusts, isNHSTrust) {
			continue
		}
		members = append(members, s.in(place.Code))
	}
	return members
}

// RegionalOptIn lists those who join a regional group "where they wish to be involved"
// (R71): the professional regulators, Health Education England, Healthwatch England.
func RegionalOptIn() []regime.Party {
	var parties []regime.Party
	for _, b := range []regime.Body{
		regime.GMC, regime.NMC, regime.GDC, regime.HCPC, regime.GPhC, regime.GOC, regime.GOsC, regime.GCC,
		regime.HEE, regime.HealthwatchEng,
	} {
		parties = append(parties, regime.PartyOf(b, ""))
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
