package regime

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// PlacesRow says by what the areas and regions of a profile are known.
type PlacesRow struct {
	// Register: the areas and regions are those of the data. Otherwise an area is given by the code of its board.
	Register bool `json:"register,omitempty"`
	// Board is what the board of an area is called, Example one's code.
	Board   string `json:"board,omitempty"`
	Example string `json:"example,omitempty"`
	// Regions are the profile's own; empty: those of the data.
	Regions []PlaceRow `json:"regions,omitempty"`
	// RegionsAre says whose regions those of the data are: "NHS England of 2022".
	RegionsAre string `json:"regionsAre,omitempty"`
	Source     string `json:"source"`
	Basis      Basis  `json:"basis"`
}

// RegionsOf says whose regions they are: the profile's own, or those of the data.
func (r PlacesRow) RegionsOf(profile string) string {
	if len(r.Regions) > 0 {
		return profile
	}
	return r.RegionsAre
}

// PlaceRow is a place with its code.
type PlaceRow struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// Region finds one of the profile's own regions by its code or name.
func (p *Profile) Region(text string) (PlaceRow, bool) { return regionIn(p.Places.Regions, text) }

func regionIn(all []PlaceRow, text string) (PlaceRow, bool) {
	for _, r := range all {
		if strings.EqualFold(r.Code, strings.TrimSpace(text)) || strings.EqualFold(r.Name, strings.TrimSpace(text)) {
			return r, true
		}
	}
	return PlaceRow{}, false
}

// RegionEver finds a region that some profile has of its own.
func RegionEver(text string) (PlaceRow, bool) {
	for _, o := range outlines() {
		if r, ok := regionIn(o.Places.Regions, text); ok {
			return r, true
		}
	}
	return PlaceRow{}, false
}

// respelled are the fields of a row that are read by people and may name a body.
var respelled = []string{"says", "asks", "after", "label", "title", "subject", "precondition", "how"}

// respell puts a profile's own words into what it carries over from its base.
func respell(row object, inWords func(string) string) {
	if inWords == nil {
		return
	}
	for _, key := range respelled {
		if was := text(row[key]); was != "" {
			row[key] = quoted(inWords(was))
		}
	}
}

// speller puts words in the place of others, whole words alone and the longest first; nil where there are none.
func speller(own map[string]string) func(string) string {
	if len(own) == 0 {
		return nil
	}
	old := make([]string, 0, len(own))
	for w := range own {
		old = append(old, regexp.QuoteMeta(w))
	}
	slices.SortFunc(old, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	each := regexp.MustCompile(`\b(?:` + strings.Join(old, "|") + `)\b`)
	return func(text string) string {
		return each.ReplaceAllStringFunc(text, func(w string) string { return own[w] })
	}
}
