package reference

import (
	"regexp"
	"slices"

	"holdthering/data"
	"holdthering/regime"
	"holdthering/regime/words"
)

// boardForm is the form of the code of an integrated care board, as QMM, of a local health board, as 7A1, or of an invented
// one, as EX-ICB1. The data has no list of the boards: their codes are given by hand.
var boardForm = regexp.MustCompile(`^(Q[A-Z][A-Z0-9]|7A[1-7]|EX-(ICB|LHB)[0-9]+)$`)

// IsBoard reports whether the text has the form of an integrated care board's code. Whether
// there is such a board is not known here.
func IsBoard(code string) bool { return boardForm.MatchString(words.Code(code)) }

// LaterRegions are the regions of NHS England of 2022; London is the same as before.
func (r *Reference) LaterRegions() []Region { return slices.Clone(r.laterRegions) }

// LaterRegion looks up a region of 2022 by its ODS code or its name in any case.
func (r *Reference) LaterRegion(text string) (Region, bool) {
	for _, g := range r.laterRegions {
		if g.Code == words.Code(text) || words.Code(g.Name) == words.Code(text) {
			return g, true
		}
	}
	return Region{}, false
}

// RegionUnder looks up a region of a profile: one of its own, or where it has none of the data's later ones.
func (r *Reference) RegionUnder(p *regime.Profile, text string) (Region, bool) {
	if len(p.Places.Regions) == 0 {
		return r.LaterRegion(text)
	}
	one, ok := p.Region(text)
	return Region{Code: one.Code, Name: one.Name}, ok
}

func (r *Reference) loadLaterRegions() error {
	rows, err := table("regions_2022.csv", data.Regions2022)
	if err != nil {
		return err
	}
	for _, row := range rows {
		r.laterRegions = append(r.laterRegions, Region{Code: row["ods_code"], Name: row["name"]})
	}
	return nil
}
