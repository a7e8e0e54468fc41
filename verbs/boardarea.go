package verbs

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"holdthering/reference"
	"holdthering/regime"
	"holdthering/regime/failure"
)

// takesPart refuses to open a case for a body that its profile does not have.
func takesPart(profile string, day time.Time, by regime.Party) error {
	p, ok := regime.ProfileOn(profile, day)
	if !ok || p.Knows(by.Body()) {
		return nil
	}
	return p.UnknownBody(by)
}

// inABoardsArea is a provider under a profile of integrated care boards: a trust of the
// register, whose area team is no more, or one given by hand. Board and region are said with it.
func (f *openingFlags) inABoardsArea(k lore, profile *regime.Profile) (regime.Provider, error) {
	p, err := f.withoutPlace(k)
	if err != nil {
		return p, err
	}
	if p.AreaTeam, err = boardCode(profile, f.area.trimmed()); err != nil {
		return p, fmt.Errorf("--area: %w%s", err, k.areaHint(profile, f.area.trimmed(), p))
	}
	region, err := k.regionUnder(profile, f.region.trimmed())
	if err != nil {
		return p, err
	}
	p.Region, p.LeadCCG, p.OtherAreas = region.Code, p.AreaTeam, nil
	if profile.PartRow(regime.LeadCommissioner).National {
		p.LeadCCG = ""
	}
	if f.leadCCG.set {
		if p.LeadCCG, err = boardCode(profile, f.leadCCG.trimmed()); err != nil {
			return p, fmt.Errorf("--lead-ccg: %w", err)
		}
	}
	return f.servesToo(profile, p)
}

func (f *openingFlags) withoutPlace(k lore) (regime.Provider, error) {
	if f.provider.trimmed() == "" {
		return f.byHand()
	}
	if f.name.set || f.code.set || f.kind.set {
		return regime.Provider{}, errors.New("--provider takes a provider from the register; leave out " +
			"--provider-name, --provider-code and --provider-type")
	}
	return f.inRegister(k)
}

func (f *openingFlags) servesToo(profile *regime.Profile, p regime.Provider) (regime.Provider, error) {
	if !f.also.set {
		return p, nil
	}
	boards, err := boardCodes(profile, f.also.text)
	if err != nil {
		return p, fmt.Errorf("--also-area: %w", err)
	}
	p.OtherAreas = slices.DeleteFunc(boards, func(code string) bool { return code == p.AreaTeam })
	return p, nil
}

// areaHint says how to go on where a profile of boards is given no board: which may be meant, or which
// profile has what was given.
func (k lore) areaHint(profile *regime.Profile, text string, p regime.Provider) string {
	if _, ok := k.ref.AreaTeam(text); ok {
		return fmt.Sprintf(". %s is an area team, of ENGLAND_2013: this would run under %s. Say the board, or "+
			"--profile ENGLAND_2013", clip(text), profile.Name)
	}
	out := fmt.Sprintf(". It would run under %s, the law %s; another is named by --profile", profile.Name, profile.Years())
	if boards := k.ref.BoardsOf(p); len(boards) > 0 {
		out += ". The council of its lead commissioner's people in 2013 lies in " + strings.Join(boards, " or ")
	}
	return out
}

// boardCodes reads a list of boards, each once.
func boardCodes(profile *regime.Profile, text string) ([]string, error) {
	var out []string
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	for board := range strings.SplitSeq(text, ",") {
		code, err := boardCode(profile, board)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	return out, nil
}

// boardCode reads the code of an area's board, alone or as a party: "QMM", "ICB/QMM".
func boardCode(profile *regime.Profile, text string) (string, error) {
	party := regime.Party(strings.ToUpper(strings.TrimSpace(text)))
	code := party.Unit()
	if code == "" {
		code = string(party)
	}
	if code == "" {
		return "", fmt.Errorf("of which %s's area? Say its code, such as %s", profile.Places.Board, profile.Places.Example)
	}
	if !reference.IsBoard(code) {
		return "", fmt.Errorf("%q is not the code of %s, such as %s, by which this "+
			"profile names an area", clip(text), withArticle(profile.Places.Board), profile.Places.Example)
	}
	return code, nil
}

// redrawn reads the area and the region of an act that takes a case to the law of a later profile, as that has them.
func redrawn(act any) error {
	a, ok := act.(*failure.MoveLaw)
	if !ok {
		return nil
	}
	p, ok := regime.ProfileOn(strings.ToUpper(a.To), a.On)
	if !ok || p.Places.Register {
		return nil // the case answers which profiles there are
	}
	k, err := known()
	if err != nil {
		return err
	}
	if a.Area, err = boardCode(p, a.Area); err != nil {
		return fmt.Errorf("--area: %w", err)
	}
	if a.Region == "" {
		return nil
	}
	region, err := k.regionUnder(p, a.Region)
	a.Region = region.Code
	return err
}

// regionUnder reads --region of a profile without area teams.
func (k lore) regionUnder(profile *regime.Profile, text string) (reference.Region, error) {
	region, ok := k.ref.RegionUnder(profile, text)
	switch {
	case ok:
		return region, nil
	case text == "":
		return region, fmt.Errorf("in which region? Say --region; there are%s", regionList(k.ref, profile))
	}
	return region, fmt.Errorf("--region: %q is no region of %s; there are%s", clip(text), profile.Places.RegionsOf(profile.Name), regionList(k.ref, profile))
}

func withArticle(name string) string {
	if name == "" || strings.ContainsAny(name[:1], "aeiou") {
		return "an " + name
	}
	return "a " + name
}

func regionList(ref *reference.Reference, profile *regime.Profile) string {
	out, all := "", ref.LaterRegions()
	if own := profile.Places.Regions; len(own) > 0 {
		all = nil
		for _, r := range own {
			all = append(all, reference.Region{Code: r.Code, Name: r.Name})
		}
	}
	for _, g := range all {
		out += "\n  " + g.Code + "  " + g.Name
	}
	return out
}
