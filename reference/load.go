package reference

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"time"

	"holdthering/data"
	"holdthering/regime"
	"holdthering/regime/calendar"
)

// trustTypes maps the words of the trust lists to the types of the guard matrix.
var trustTypes = map[string]regime.ProviderType{
	"NHS foundation trust": regime.FoundationTrust,
	"NHS trust":            regime.NHSTrust,
}

func load() (*Reference, error) {
	r := &Reference{
		byCode:    map[string]position{},
		trustName: index{kind: "provider", noise: commonNoise},
		ccgName:   index{kind: string(ccgBody), noise: ccgNoise},
	}
	for _, step := range []func() error{r.loadAreas, r.loadCCGs, r.loadTrusts, r.loadLaterRegions, r.loadCouncils} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("reference data: %w", err)
		}
	}
	for _, t := range r.trusts {
		r.trustName.add(t.Provider.Code, t.Provider.Name, t.Provider.Name)
	}
	for _, c := range r.ccgs {
		r.ccgName.add(c.Code, c.Name, c.Name)
	}
	return r, nil
}

func (r *Reference) loadAreas() error {
	return r.readAreas(data.AreaTeams)
}

// readAreas has a group for each line: 25 as ODS has them, 27 where London's three stand for themselves.
func (r *Reference) readAreas(file string) error {
	rows, err := table("area_teams.csv", file)
	if err != nil {
		return err
	}
	for _, row := range rows {
		region := Region{Code: row["region_ods_code"], Name: row["region_name"]}
		if !slices.Contains(r.regions, region) {
			if err := r.place(region.Code, position{officeBody, false, len(r.regions)}); err != nil {
				return err
			}
			r.regions = append(r.regions, region)
		}
		a := AreaTeam{Code: row["ods_code"], Name: row["name"], Region: region.Code}
		if err := r.place(a.Code, position{officeBody, true, len(r.areas)}); err != nil {
			return err
		}
		r.areas = append(r.areas, a)
	}
	return nil
}

func (r *Reference) loadCCGs() error {
	rows, err := table("ccgs.csv", data.CCGs)
	if err != nil {
		return err
	}
	for _, row := range rows {
		c := CCG{Code: row["ccg_code"], Name: row["ccg_name"]}
		area, ok := r.AreaTeam(row["area_team_code"])
		if !ok {
			return fmt.Errorf("CCG %s stands in area %q, which is not listed", c.Code, row["area_team_code"])
		}
		c.AreaTeam, c.Region = area.Code, area.Region
		if err := r.place(c.Code, position{body: ccgBody, at: len(r.ccgs)}); err != nil {
			return err
		}
		r.ccgs = append(r.ccgs, c)
	}
	return nil
}

func (r *Reference) loadTrusts() error {
	rows, err := table("providers.csv", data.Providers)
	if err != nil {
		return err
	}
	for _, row := range rows {
		p := regime.Provider{
			Code: row["ods_code"], Name: row["name"], Type: trustTypes[row["type"]], Town: row["town"],
			LeadCCG: row["ccg_code_derived"], AreaTeam: row["area_team_code_derived"],
		}
		area, ok := r.AreaTeam(p.AreaTeam)
		if !ok || p.Type == "" {
			return fmt.Errorf("provider %s has area %q and type %q", p.Code, p.AreaTeam, row["type"])
		}
		p.Region = area.Region
		if err := r.place(p.Code, position{body: regime.ProviderBody, at: len(r.trusts)}); err != nil {
			return err
		}
		var closed time.Time
		if day := row["closed_by_2025"]; day != "" {
			if closed, err = time.ParseInLocation("20060102", day, calendar.London); err != nil {
				return fmt.Errorf("provider %s: %w", p.Code, err)
			}
		}
		r.trusts = append(r.trusts, TrustRecord{
			Name2015: row["name_2015_16"], Name2018: row["name_2018"], Name2025: row["name_2025"], Closed: closed,
			Provider: p, Sector: row["sector"], Postcode: row["postcode"], County: row["county"],
			TypeLater: trustTypes[row["type_2015_16"]],
		})
	}
	return nil
}

// place refuses a code that another row has: all look-ups by code rest on that.
func (r *Reference) place(code string, at position) error {
	if _, taken := r.byCode[code]; taken || code == "" {
		return fmt.Errorf("code %q is empty or stands twice", code)
	}
	r.byCode[code] = at
	return nil
}

// table reads a CSV text into one map a row, keyed by the header line. Doubled and trailing blanks,
// which the sources have, are taken out.
func table(name, text string) ([]map[string]string, error) {
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(lines) < 2 {
		return nil, fmt.Errorf("%s has no rows", name)
	}
	rows := make([]map[string]string, len(lines)-1)
	for i, line := range lines[1:] {
		rows[i] = make(map[string]string, len(line))
		for k, cell := range line {
			rows[i][lines[0][k]] = strings.Join(strings.Fields(cell), " ")
		}
	}
	return rows, nil
}
