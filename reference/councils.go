package reference

import (
	"fmt"
	"slices"
	"strings"

	"holdthering/data"
	"holdthering/regime"
	"holdthering/regime/words"
)

// Council is a council that commissions social care. Its area has a safeguarding team, a safeguarding adults
// board, a safeguarding children board (in 2022 safeguarding partners) and a Healthwatch of its own, so that its
// code names their units too.
type Council struct {
	Code  string `json:"code"` // of the Office for National Statistics, as E10000020
	Name  string `json:"name"` // as "Norfolk County Council"
	Place string `json:"place"`
	// Areas are the area teams of 2013 in which it lies, Boards the integrated care boards of 2022: the
	// one with most of it first; empty for a council that there was not at that time.
	Areas  []string `json:"areas,omitempty"`
	Boards []string `json:"boards,omitempty"`
	Force  string   `json:"force"` // code of the police force area
}

func (r *Reference) loadCouncils() error {
	for file, text := range map[string]string{"councils.csv": data.Councils, "councils_2022.csv": data.Councils2022} {
		rows, err := table(file, text)
		if err != nil {
			return err
		}
		for _, row := range rows {
			r.addCouncil(row)
		}
	}
	slices.SortFunc(r.councils, func(a, b Council) int { return strings.Compare(a.Code, b.Code) })
	for _, c := range r.councils {
		for _, a := range c.Areas {
			if _, ok := r.AreaTeam(a); !ok {
				return fmt.Errorf("council %s lies in area %q, which is not listed", c.Code, a)
			}
		}
	}
	rows, err := table("ccg_councils.csv", data.CCGCouncils)
	if err != nil {
		return err
	}
	r.ccgCouncils = map[string][]string{}
	for _, row := range rows {
		r.ccgCouncils[row["ccg_code"]] = strings.Fields(row["councils"])
	}
	return nil
}

func (r *Reference) addCouncil(row map[string]string) {
	at := slices.IndexFunc(r.councils, func(c Council) bool { return c.Code == row["ons_code"] })
	if at < 0 {
		at = len(r.councils)
		r.councils = append(r.councils, Council{Code: row["ons_code"], Name: row["name"], Place: row["place"],
			Force: row["police_ons_code"]})
	}
	c := &r.councils[at]
	c.Areas = append(c.Areas, strings.Fields(row["area_teams"])...)
	c.Boards = append(c.Boards, strings.Fields(row["boards"])...)
	if !slices.ContainsFunc(r.forces, func(p place) bool { return p.code == c.Force }) {
		r.forces = append(r.forces, place{c.Force, row["police_area"]})
		slices.SortFunc(r.forces, func(a, b place) int { return strings.Compare(a.code, b.code) })
	}
}

// place is a code and what it is called.
type place struct{ code, name string }

// Council looks up a council by its code in any case.
func (r *Reference) Council(code string) (Council, bool) {
	at, ok := slices.BinarySearchFunc(r.councils, words.Code(code), func(c Council, code string) int {
		return strings.Compare(c.Code, code)
	})
	if !ok {
		return Council{}, false
	}
	return r.councils[at], true
}

// CouncilsIn are the councils that lie in an area team's area or in a board's; none where the data does not know.
func (r *Reference) CouncilsIn(area string) []Council {
	var found []Council
	for _, c := range r.councils {
		if slices.Contains(c.Areas, area) || slices.Contains(c.Boards, area) {
			found = append(found, c)
		}
	}
	return found
}

func (r *Reference) force(code string) string {
	for _, f := range r.forces {
		if f.code == code {
			return f.name
		}
	}
	return ""
}

// Serving are the units of the bodies of the people that a provider serves, councils by name where they are known:
// in the area where it stands those of its lead commissioner's people, or under a profile of boards all of the
// board's; in another area none, so that the area's seat stands for all. Given is what is known better.
func (r *Reference) Serving(p *regime.Profile, of regime.Provider, given []Council) []regime.Party {
	var out []regime.Party
	add := func(b regime.Body, unit string) {
		if q := regime.PartyOf(b, unit); p.Knows(b) && unit != "" && !slices.Contains(out, q) {
			out = append(out, q)
		}
	}
	for i, area := range append([]string{of.AreaTeam}, of.OtherAreas...) {
		councils := slices.DeleteFunc(slices.Clone(given), func(c Council) bool {
			return !slices.Contains(c.Areas, area) && !slices.Contains(c.Boards, area)
		})
		if len(councils) == 0 && i == 0 {
			councils = r.atHome(p, of)
		}
		for _, c := range councils {
			for _, b := range councilBodies {
				add(b, c.Code)
			}
			add(forceBody, c.Force)
		}
		if len(councils) == 0 {
			for _, b := range append(slices.Clone(councilBodies), forceBody) {
				add(b, area)
			}
		}
	}
	return out
}

func (r *Reference) atHome(p *regime.Profile, of regime.Provider) []Council {
	if !HasAreaTeams(p) {
		return r.CouncilsIn(of.AreaTeam)
	}
	var found []Council
	for _, code := range r.ccgCouncils[of.LeadCCG] {
		if c, ok := r.Council(code); ok {
			found = append(found, c)
		}
	}
	return found
}

// BoardsOf are the boards in whose areas the councils of those people lie whose lead commissioner a provider had in
// 2013; none where the data does not know. They are a hint, and not the board that a case is of.
func (r *Reference) BoardsOf(of regime.Provider) []string {
	var out []string
	for _, code := range r.ccgCouncils[of.LeadCCG] {
		c, _ := r.Council(code)
		for _, b := range c.Boards {
			if !slices.Contains(out, b) {
				out = append(out, b)
			}
		}
	}
	return out
}

// mostHealthwatch is how many sit for themselves in the group of an area. London's 33 have one seat, as all have in a
// regional group: our choice, so that a meeting stays one. Those whose people a provider serves are in its case.
const mostHealthwatch = 16

// unitsIn are the units of a body that sit in the group of an area: each council's own where the data knows them,
// else one seat for the whole area.
func (r *Reference) unitsIn(b regime.Body, area string) []string {
	s := shapeOf(b)
	if s&forItself == 0 {
		return []string{area}
	}
	var units []string
	for _, c := range r.CouncilsIn(area) {
		units = append(units, c.Code)
	}
	if len(units) == 0 || s&oneForMany != 0 && len(units) > mostHealthwatch {
		return []string{area}
	}
	return units
}

// OfCouncil are all units of the area of the council that a party belongs to, its police force too; none for a party that
// belongs to no council.
func (r *Reference) OfCouncil(p regime.Party) []regime.Party {
	c, ok := r.Council(p.Unit())
	if !ok || !slices.Contains(councilBodies, p.Body()) {
		return nil
	}
	out := []regime.Party{regime.PartyOf(forceBody, c.Force)}
	for _, b := range councilBodies {
		out = append(out, regime.PartyOf(b, c.Code))
	}
	return out
}
