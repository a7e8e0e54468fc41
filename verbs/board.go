package verbs

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"holdthering/reference"
	"holdthering/regime"
)

// takesPart refuses to open a case for a body that its profile does not have.
func (f *openingFlags) takesPart(profile string, by regime.Party) error {
	p, ok := regime.ProfileNamed(profile)
	if !ok || p.Knows(by.Body()) {
		return nil
	}
	return p.UnknownBody(by)
}

// inABoardsArea is a provider under a profile of integrated care boards: a trust of the
// register, whose area team is no more, or one given by hand. Board and region are said with it.
func (f *openingFlags) inABoardsArea(k lore) (regime.Provider, error) {
	p, err := f.withoutPlace(k)
	if err != nil {
		return p, err
	}
	if p.AreaTeam, err = boardCode(f.area.trimmed()); err != nil {
		return p, fmt.Errorf("--area: %w", err)
	}
	region, err := k.laterRegion(f.region.trimmed())
	if err != nil {
		return p, err
	}
	p.Region, p.LeadCCG, p.OtherAreas = region.Code, p.AreaTeam, nil
	if f.leadCCG.set {
		if p.LeadCCG, err = boardCode(f.leadCCG.trimmed()); err != nil {
			return p, fmt.Errorf("--lead-ccg: %w", err)
		}
	}
	return f.servesToo(p)
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

func (f *openingFlags) servesToo(p regime.Provider) (regime.Provider, error) {
	if !f.also.set {
		return p, nil
	}
	boards, err := boardCodes(f.also.text)
	if err != nil {
		return p, fmt.Errorf("--also-area: %w", err)
	}
	p.OtherAreas = slices.DeleteFunc(boards, func(code string) bool { return code == p.AreaTeam })
	return p, nil
}

// boardCodes reads a list of boards, each once.
func boardCodes(text string) ([]string, error) {
	var out []string
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	for board := range strings.SplitSeq(text, ",") {
		code, err := boardCode(board)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	return out, nil
}

// boardCode reads an integrated care board's code, alone or as a party: "QMM", "ICB/QMM".
func boardCode(text string) (string, error) {
	party := regime.Party(strings.ToUpper(strings.TrimSpace(text)))
	code := party.Unit()
	if code == "" {
		code = string(party)
	}
	if !reference.IsBoard(code) {
		return "", fmt.Errorf("%q is not the code of an integrated care board, such as QMM, by which this "+
			"profile names an area", clip(text))
	}
	return code, nil
}

// laterRegion reads --region of a profile without area teams.
func (k lore) laterRegion(text string) (reference.Region, error) {
	region, ok := k.ref.LaterRegion(text)
	switch {
	case ok:
		return region, nil
	case text == "":
		return region, fmt.Errorf("in which region? Say --region; there are%s", regionList(k.ref))
	}
	return region, fmt.Errorf("--region: %q is no region of NHS England of 2022; there are%s", clip(text),
		regionList(k.ref))
}

func regionList(ref *reference.Reference) string {
	out := ""
	for _, g := range ref.LaterRegions() {
		out += "\n  " + g.Code + "  " + g.Name
	}
	return out
}
