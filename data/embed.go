// Package data carries the project's reference data as text: trusts, area teams and
// clinical commissioning groups of 2013-14, and the invented contact directory.
// README.md names origin and licence of each file.
package data

import _ "embed"

//go:generate go run ../activities/directory/gen directory.csv

// Each variable is the whole CSV file of its name, header line first.
var (
	//go:embed providers.csv
	Providers string
	//go:embed area_teams.csv
	AreaTeams string
	//go:embed ccgs.csv
	CCGs string
	//go:embed regions_2022.csv
	Regions2022 string
	//go:embed councils.csv
	Councils string
	//go:embed councils_2022.csv
	Councils2022 string
	//go:embed ccg_councils.csv
	CCGCouncils string
	// Directory is the shipped contact directory; no address in it can receive mail.
	//go:embed directory.csv
	Directory string
)
