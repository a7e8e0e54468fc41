// Command gen writes the shipped contact directory: one row for each party of the
// reference data, with invented addresses under the reserved domain .example.
//
//	go run ./activities/directory/gen data/directory.csv
package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"strings"

	"holdthering/activities/directory"
	"holdthering/reference"
	"holdthering/regime"
	"holdthering/whole"
)

// profile is the one whose names the directory shows.
const profile = "ENGLAND_2013"

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("want one argument, the file to write; got %d", len(args))
	}
	text, err := generate()
	if err != nil {
		return err
	}
	return whole.Replace(args[0], text, 0o644)
}

// fictional are the providers of the shipped scenarios that tell of no real one.
var fictional = []struct{ code, name string }{
	{"EX-NT1", "An example NHS trust"}, {"EX-NT2", "An example NHS trust"},
	{"EX-NT3", "An example NHS trust"}, {"EX-FT1", "An example foundation trust"},
	{"EX-FT2", "An example foundation trust"}, {"EX-FT3", "An example foundation trust"},
	{"EX-NT4", "An example NHS trust"}, {"EX-NT5", "An example NHS trust"},
	{"EX-NT6", "An example NHS trust"}, {"EX-FT4", "An example foundation trust"},
	{"EX-FT5", "An example foundation trust"}, {"EX-FT6", "An example foundation trust"},
	{"EX-GP1", "An example practice"}, {"EX-CH1", "An example care home"},
	{"EX-FT8", "An example foundation trust"}, {"EX-FT9", "An example foundation trust"}, {"EX-FT7", "An example foundation trust"},
	{"EX-NT7", "An example NHS trust"}, {"EX-IH1", "An example hospital"},
	{"EX-LHB1", "Example University Health Board"},
}

func generate() ([]byte, error) {
	ref, err := reference.Load()
	if err != nil {
		return nil, err
	}
	p, ok := regime.ProfileNamed(profile)
	if !ok {
		return nil, fmt.Errorf("there is no profile %s", profile)
	}
	after, ok := regime.ProfileNamed(later)
	if !ok {
		return nil, fmt.Errorf("there is no profile %s", later)
	}
	names, laterNames := reference.NewNames(ref, p.Bodies), reference.NewNames(ref, after.Bodies)
	lines := [][]string{directory.Columns}
	for _, q := range ref.Parties() {
		n := names
		if !p.Knows(q.Body()) {
			n = laterNames
		}
		lines = append(lines, row(q, n.PartyName(q)))
	}
	for _, p := range fictional {
		lines = append(lines, row(regime.PartyOf(regime.ProviderBody, p.code), p.name))
		if strings.HasPrefix(p.code, "EX-FT") {
			lines = append(lines, row(regime.PartyOf(regime.Governors, p.code), "The council of governors of "+strings.ToLower(p.name)))
		}
	}
	later, err := boards(ref)
	if err != nil {
		return nil, err
	}
	lines = append(lines, younger(p)...)
	lines = append(lines, later...)
	var b bytes.Buffer
	err = csv.NewWriter(&b).WriteAll(lines)
	return b.Bytes(), err
}

// younger are the national bodies that the first profile does not have.
func younger(p *regime.Profile) [][]string {
	var lines [][]string
	for _, b := range regime.BodiesEver() {
		name := len(b.ActsAs) > 0 || b.Code == "ICB" // a name of others, and a body of many units
		if !p.Knows(b.Code) && !b.Seated && !name {
			lines = append(lines, row(regime.Party(b.Code), b.Names[0]))
		}
	}
	return lines
}

// later is the profile whose boards have no list: the directory has invented ones.
const later = "ENGLAND_2022"

// invented are the boards whose areas have contacts, by the profile in whose years they are.
var invented = []struct {
	profile string
	boards  []string
}{{later, []string{"EX-ICB1", "EX-ICB2"}}, {"WALES", []string{"EX-LHB1"}}}

// boards are the contacts in the areas of invented boards.
func boards(ref *reference.Reference) ([][]string, error) {
	var lines [][]string
	for _, of := range invented {
		p, ok := regime.ProfileNamed(of.profile)
		if !ok {
			return nil, fmt.Errorf("there is no profile %s", of.profile)
		}
		more, err := boardsOf(ref, p, of.boards)
		if err != nil {
			return nil, err
		}
		lines = append(lines, more...)
	}
	return lines, nil
}

func boardsOf(ref *reference.Reference, p *regime.Profile, boards []string) ([][]string, error) {
	var lines [][]string
	for _, board := range boards {
		for _, b := range p.Bodies {
			party := regime.PartyOf(b.Code, board)
			supports := p.Fills(b.Code, regime.SupportsGroup) && !p.PartRow(regime.SupportsGroup).National
			if b.Seated || supports || b.Code == regime.QSGLocal {
				if err := ref.CheckParty(party); err != nil {
					return nil, err
				}
				lines = append(lines, row(party, b.Names[0]+", "+board))
			}
		}
	}
	return lines, nil
}

func row(p regime.Party, name string) []string {
	cells := map[string]string{"party": string(p), "name": name, "calendar": "no"}
	for _, level := range directory.Ladder {
		cells[string(level)] = address(level, p)
	}
	line := make([]string, len(directory.Columns))
	for i, column := range directory.Columns {
		line[i] = cells[column]
	}
	return line
}

// address is duty@cqc.example, or lead.07j@ccg.example for a body with units.
func address(level directory.Level, p regime.Party) string {
	local := string(level)
	if p.Unit() != "" {
		local += "." + strings.ToLower(p.Unit())
	}
	return local + "@" + strings.ReplaceAll(strings.ToLower(string(p.Body())), "_", "-") + ".example"
}
