package reference

import (
	"slices"
	"sync"
	"time"

	"holdthering/regime"
	"holdthering/regime/words"
)

// Region is one of the four regions of NHS England.
type Region struct {
	Code string `json:"code"` // ODS, as Y55
	Name string `json:"name"`
}

// AreaTeam is one of the area teams of NHS England of April 2013. The data has 25 codes
// for the "27 area teams" of the time, because London's three share Q71.
type AreaTeam struct {
	Code   string `json:"code"` // ODS, as Q56
	Name   string `json:"name"`
	Region string `json:"region"` // code
}

// CCG is a clinical commissioning group of April 2013.
type CCG struct {
	Code     string `json:"code"` // as 07J
	Name     string `json:"name"` // as "NHS West Norfolk"
	AreaTeam string `json:"areaTeam"`
	Region   string `json:"region"`
}

// TrustRecord is what the data knows of a trust beyond regime.Provider.
type TrustRecord struct {
	Provider regime.Provider `json:"provider"`
	Sector   string          `json:"sector"` // Acute, MentalHealth, Health and Care, Ambulance
	Postcode string          `json:"postcode"`
	County   string          `json:"county,omitempty"`
	// TypeLater is the type in late 2015 (a trust can become a foundation trust); empty
	// where the trust was not in the later list.
	TypeLater regime.ProviderType `json:"typeLater,omitempty"`
	// Name2015, Name2018 and Name2025 are its names on the later lists; empty where it was not on them.
	Name2015 string `json:"name2015,omitempty"`
	Name2018 string `json:"name2018,omitempty"`
	Name2025 string `json:"name2025,omitempty"`
	// Closed is the day since which the list of 2025 has it as closed; zero where it has not.
	Closed time.Time `json:"closed,omitzero"`
}

// Reference is the parsed data. It never changes, so any number of goroutines may use it.
type Reference struct {
	regions []Region
	areas   []AreaTeam
	// laterRegions are those of 2022, which no other data mentions.
	laterRegions []Region
	ccgs         []CCG
	councils     []Council
	forces       []place             // police force areas
	ccgCouncils  map[string][]string // codes of the councils among whose people a CCG's are
	trusts       []TrustRecord
	byCode       map[string]position
	trustName    index
	ccgName      index
}

// position says in which list a code stands, and where; codes differ between the lists.
type position struct {
	body regime.Body // officeBody for regions and area teams
	area bool
	at   int
}

// Load parses the embedded data, once for the whole program. An error means that the
// program was built with damaged data.
var Load = sync.OnceValues(load)

// Providers are all trusts of the data.
func (r *Reference) Providers() []regime.Provider {
	return r.providers(func(regime.Provider) bool { return true })
}

// ProvidersIn are the trusts whose head office stands in the area.
func (r *Reference) ProvidersIn(area string) []regime.Provider {
	return r.providers(func(p regime.Provider) bool { return p.AreaTeam == words.Code(area) })
}

func (r *Reference) providers(keep func(regime.Provider) bool) []regime.Provider {
	var found []regime.Provider
	for _, t := range r.trusts {
		if keep(t.Provider) {
			found = append(found, t.Provider)
		}
	}
	return found
}

// HasNHSTrust says whether an NHS trust, as against a foundation trust, has its head
// office in the area: only there the TDA is a required member of the group (R70).
func (r *Reference) HasNHSTrust(area string) bool {
	return slices.ContainsFunc(r.ProvidersIn(area), isNHSTrust)
}

func isNHSTrust(p regime.Provider) bool { return p.Type == regime.NHSTrust }

// TrustRecord looks up a trust by its ODS code in any case.
func (r *Reference) TrustRecord(code string) (TrustRecord, bool) {
	at, ok := r.byCode[words.Code(code)]
	if !ok || at.body != regime.ProviderBody {
		return TrustRecord{}, false
	}
	return r.trusts[at.at], true
}

// AreaTeams are all area teams, ordered by region as in the data.
func (r *Reference) AreaTeams() []AreaTeam { return slices.Clone(r.areas) }

// AreaTeam looks up an area team by its ODS code in any case.
func (r *Reference) AreaTeam(code string) (AreaTeam, bool) {
	at, ok := r.byCode[words.Code(code)]
	if !ok || at.body != officeBody || !at.area {
		return AreaTeam{}, false
	}
	return r.areas[at.at], true
}

// PlaceOf is the area or region whose office the party is; empty for any other.
func (r *Reference) PlaceOf(p regime.Party) string {
	if p.Body() != officeBody {
		return ""
	}
	return p.Unit()
}

// Regions are all regions, in the order in which the area teams name them.
func (r *Reference) Regions() []Region { return slices.Clone(r.regions) }

// Region looks up a region by its ODS code in any case.
func (r *Reference) Region(code string) (Region, bool) {
	at, ok := r.byCode[words.Code(code)]
	if !ok || at.body != officeBody || at.area {
		return Region{}, false
	}
	return r.regions[at.at], true
}

// AreaTeamsIn are the area teams of a region.
func (r *Reference) AreaTeamsIn(region string) []AreaTeam {
	var found []AreaTeam
	for _, a := range r.areas {
		if a.Region == words.Code(region) {
			found = append(found, a)
		}
	}
	return found
}

// CCGs are the clinical commissioning groups of an area, or all of them for "".
func (r *Reference) CCGs(area string) []CCG {
	var found []CCG
	for _, c := range r.ccgs {
		if area == "" || c.AreaTeam == words.Code(area) {
			found = append(found, c)
		}
	}
	return found
}

// CCG looks up a clinical commissioning group by its code in any case.
func (r *Reference) CCG(code string) (CCG, bool) {
	at, ok := r.byCode[words.Code(code)]
	if !ok || at.body != ccgBody {
		return CCG{}, false
	}
	return r.ccgs[at.at], true
}
