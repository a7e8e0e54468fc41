package directory

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"holdthering/reference"
	"holdthering/regime"
)

// Expected is what a directory is checked against.
type Expected struct {
	Reference *reference.Reference
	// Profile has the bodies and groups that must be listed. Bodies of the profiles in Others may
	// be; no other may.
	Profile *regime.Profile
	Others  []regime.BodyRow
	// Domains are the domains that an address may have, with all below them; "example"
	// allows cqc.example. Empty means that any domain may stand.
	Domains []string
}

// Check lists all faults of a directory as its file stands now: those of rows in the
// order of the file, then parties that are missing, then groups that are incomplete. A
// file that is not in use because it is broken is Problem's to tell, not Check's.
func Check(d *Directory, expected Expected) []Finding {
	b := d.fresh()
	c := checker{Expected: expected, book: b, seen: map[string]place{}}
	for i := range b.rows {
		c.row(i)
	}
	c.missing()
	c.groups()
	return c.findings
}

type checker struct {
	Expected
	book     *book
	seen     map[string]place // where each address stands first, in small letters
	findings []Finding
}

// place is a cell of the file.
type place struct {
	line   int
	column string
}

func (c *checker) report(r row, kind FindingKind, text string) {
	party := r.party()
	if !plain(string(party)) {
		party = regime.Party(fmt.Sprintf("%q", string(party)))
	}
	c.findings = append(c.findings, Finding{Line: r.line, Kind: kind, Party: party, Text: text})
}

func (c *checker) row(i int) {
	r := c.book.rows[i]
	if !c.known(r.party().Body()) {
		c.report(r, UnknownParty, fmt.Sprintf("%q is no body of this profile", string(r.party().Body())))
	} else if err := c.Reference.CheckParty(r.party()); err != nil {
		c.report(r, UnknownParty, err.Error())
	}
	if first := c.book.first[r.party()]; first != i {
		line := c.book.rows[first].line
		c.report(r, DoubledParty, fmt.Sprintf("line %d lists the party already, and counts", line))
	}
	for k, column := range allColumns {
		if !plain(r.cells[k]) {
			c.report(r, HiddenCharacter,
				fmt.Sprintf("%s is %q: a character in it does not show", column, r.cells[k]))
		}
	}
	for _, level := range Ladder {
		c.address(r, string(level))
	}
	if err := checkCalendar(r.cell("calendar")); err != nil {
		c.report(r, WrongCalendar, err.Error())
	}
	if err := checkProgram(r.cell(Program)); err != nil {
		c.report(r, WrongProgram, err.Error())
	}
	if err := checkTelephone(r.cell(Telephone)); err != nil {
		c.report(r, WrongTelephone, err.Error())
	}
	c.reachable(r)
}

func (c *checker) known(body regime.Body) bool {
	is := func(b regime.BodyRow) bool { return b.Code == body }
	return slices.ContainsFunc(c.Profile.Bodies, is) || slices.ContainsFunc(c.Others, is)
}

func (c *checker) address(r row, column string) {
	text := r.cell(column)
	if text == "" {
		return
	}
	_, text, err := person(text)
	if err != nil {
		c.report(r, MalformedAddress, column+": "+err.Error())
	}
	if text == "" {
		return
	}
	if domain := text[strings.LastIndex(text, "@")+1:]; !c.allowed(domain) {
		c.report(r, ForeignDomain,
			fmt.Sprintf("%s: %s is not among the domains that may be written to", column, domain))
	}
	key := strings.ToLower(text)
	if at, doubled := c.seen[key]; doubled {
		c.report(r, DoubledAddress,
			fmt.Sprintf("%s: %s is also the %s of line %d", column, text, at.column, at.line))
		return
	}
	c.seen[key] = place{r.line, column}
}

func (c *checker) allowed(domain string) bool {
	domain = strings.ToLower(domain)
	return len(c.Domains) == 0 || slices.ContainsFunc(c.Domains, func(d string) bool {
		d = strings.ToLower(d)
		return domain == d || strings.HasSuffix(domain, "."+d)
	})
}

// reachable asks whether the ladder ends somewhere, also while the lead is away.
func (c *checker) reachable(r row) {
	_, away, err := c.book.absence(r)
	for _, fault := range each(err) {
		c.report(r, WrongAbsence, fault.Error()+"; until that is mended the lead counts as away")
		away = true
	}
	others := 0
	for _, level := range Ladder {
		if level != Lead && r.address(level) != "" {
			others++
		}
	}
	switch {
	case others == 0 && r.address(Lead) == "":
		c.report(r, NobodyListed, "no level has a usable address")
	case others == 0 && away:
		c.report(r, NobodyListed, "nobody is listed for the lead's absence")
	}
}

// each gives the faults that one error joins; none where there is none.
func each(err error) []error {
	var joined interface{ Unwrap() []error }
	switch {
	case err == nil:
		return nil
	case errors.As(err, &joined):
		return joined.Unwrap()
	}
	return []error{err}
}

// missing compares with the parties of the profile, one finding a body. A seat that is
// listed as several is there; a body whose units the data does not know needs one row.
func (c *checker) missing() {
	boards := c.boards()
	for _, b := range c.Profile.Bodies {
		body := b.Code
		if body == regime.Guest {
			continue // its contact stands in its case
		}
		all := c.Reference.PartiesUnder(c.Profile, body, boards)
		if len(all) == 0 {
			if !c.hasBody(body) {
				c.whole(MissingParties, regime.Party(body), fmt.Sprintf("%s is not in the directory", body))
			}
			continue
		}
		absent := c.absentOf(all)
		switch {
		case len(absent) == 0:
		case len(all) == 1:
			c.whole(MissingParties, all[0], fmt.Sprintf("%s is not in the directory", all[0]))
		default:
			c.whole(MissingParties, regime.Party(body), fmt.Sprintf("%s: %d of %d are not in the directory: %s",
				body, len(absent), len(all), joined(absent)))
		}
	}
}

func (c *checker) hasBody(body regime.Body) bool {
	return slices.ContainsFunc(c.book.rows, func(r row) bool { return r.party().Body() == body })
}

func (c *checker) absentOf(parties []regime.Party) []regime.Party {
	var absent []regime.Party
	for _, p := range parties {
		if _, listed := c.book.first[p]; !listed && len(c.book.seats(p)) == 0 {
			absent = append(absent, p)
		}
	}
	return absent
}

// boards are the integrated care boards that the directory lists: there is no other list.
func (c *checker) boards() []string {
	var out []string
	body := c.Profile.Part(regime.SupportsGroup)
	for i, r := range c.book.rows {
		p := r.party()
		if p.Body() == body && reference.IsBoard(p.Unit()) && c.book.first[p] == i {
			out = append(out, p.Unit())
		}
	}
	return out
}

// groups lists each group without its minimum members (R69). In which region a listed board
// is, the directory does not say: no regional group is missed for a board's group.
func (c *checker) groups() {
	if !reference.HasAreaTeams(c.Profile) {
		for _, board := range c.boards() {
			c.group(regime.PartyOf(regime.QSGLocal, board), board, c.Reference.SeatedIn(c.Profile, board, ""))
		}
		for _, g := range c.Reference.LaterRegions() {
			c.group(regime.PartyOf(regime.QSGRegional, g.Code), g.Name,
				reference.SeatedAbove(c.Profile, g.Code, nil))
		}
		return
	}
	for _, a := range c.Reference.AreaTeams() {
		c.group(regime.PartyOf(regime.QSGLocal, a.Code), a.Name, c.Reference.LocalMinimum(a.Code))
	}
	for _, g := range c.Reference.Regions() {
		c.group(regime.PartyOf(regime.QSGRegional, g.Code), g.Name, c.Reference.RegionalMinimum(g.Code))
	}
}

func (c *checker) group(group regime.Party, name string, members []regime.Party) {
	if absent := c.absentOf(members); len(absent) > 0 {
		c.whole(IncompleteGroup, group, fmt.Sprintf("R69: the group of %s (%s) lacks %s",
			name, group, joined(absent)))
	}
}

func (c *checker) whole(kind FindingKind, party regime.Party, text string) {
	c.findings = append(c.findings, Finding{Kind: kind, Party: party, Text: text})
}
