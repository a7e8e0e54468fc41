package verbs

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"holdthering/reference"
	"holdthering/regime"
)

// theProvider is the one that the flags name: out of the register, or given by hand.
func (f *openingFlags) theProvider(k lore, profile *regime.Profile) (regime.Provider, error) {
	if !reference.HasAreaTeams(profile) {
		return f.inABoardsArea(k, profile)
	}
	p, err := f.registered(k)
	if err == nil && f.region.set {
		err = errors.New("--region is for a profile without area teams; here the area tells the region")
	}
	if err != nil {
		return regime.Provider{}, err
	}
	if f.leadCCG.set {
		lead, err := parseParty(f.leadCCG.trimmed())
		if err == nil && (lead.Body() != regime.CCG || lead.Unit() == "") {
			err = fmt.Errorf("%q is no single CCG", clip(f.leadCCG.text))
		}
		if err != nil {
			return regime.Provider{}, fmt.Errorf("--lead-ccg: %w", err)
		}
		p.LeadCCG = lead.Unit()
	}
	if !f.also.set {
		return p, nil
	}
	teams, err := parseParties(f.also.text)
	if err != nil {
		return regime.Provider{}, fmt.Errorf("--also-area: %w", err)
	}
	for _, team := range teams {
		area, err := k.area(string(team))
		if err != nil {
			return regime.Provider{}, fmt.Errorf("--also-area: %w", err)
		}
		if area.Code != p.AreaTeam && !slices.Contains(p.OtherAreas, area.Code) {
			p.OtherAreas = append(p.OtherAreas, area.Code)
		}
	}
	return p, nil
}

func (f *openingFlags) registered(k lore) (regime.Provider, error) {
	byHand := f.name.set || f.code.set || f.kind.set || f.area.set
	switch {
	case f.provider.trimmed() == "" && byHand:
		p, err := f.byHand()
		if err != nil {
			return p, err
		}
		return f.standsIn(k, p)
	case f.provider.trimmed() == "":
		return regime.Provider{}, errors.New("which provider? Say --provider with its code or name; " +
			"'providers' finds it. One that is not in the register is given by --provider-name, " +
			"--provider-code, --provider-type and --area")
	case byHand:
		return regime.Provider{}, errors.New("--provider takes a provider from the register; leave out " +
			"--provider-name, --provider-code, --provider-type and --area")
	}
	return f.inRegister(k)
}

// inRegister is the provider of the register that --provider names. Words that fit one name alone
// may still be meant for another of that name, so that a case opens by its code or its whole
// name, or where --yes says that the one found is meant.
func (f *openingFlags) inRegister(k lore) (regime.Provider, error) {
	text := f.provider.trimmed()
	p, err := k.ref.Provider(text)
	if err != nil {
		return p, fmt.Errorf("--provider: %w", err)
	}
	if !f.yes.on() && !k.ref.Whole(text, p) {
		where := ""
		if p.Town != "" {
			where = ", " + p.Town
		}
		return p, fmt.Errorf("--provider: %q is part of the name of\n  %s  %s%s\nIf that is the one you mean, say "+
			"--provider %s, or add --yes. Nobody has been alerted", clip(text), p.Code, p.Name, where, p.Code)
	}
	return p, nil
}

// codeForm is what fits into a party's code.
var codeForm = regexp.MustCompile(`^[A-Z0-9][A-Z0-9-]{0,39}$`)

func (f *openingFlags) byHand() (regime.Provider, error) {
	var missing []string
	for _, need := range []struct {
		flag  string
		value *value
	}{
		{"--provider-name", f.name}, {"--provider-code", f.code},
		{"--provider-type", f.kind}, {"--area", f.area},
	} {
		if need.value.trimmed() == "" {
			missing = append(missing, need.flag)
		}
	}
	if len(missing) > 0 {
		return regime.Provider{}, fmt.Errorf("a provider that is not in the register also needs %s",
			strings.Join(missing, ", "))
	}
	p := regime.Provider{Name: f.name.trimmed(), Code: strings.ToUpper(f.code.trimmed())}
	if !codeForm.MatchString(p.Code) {
		return p, fmt.Errorf("--provider-code has letters, digits and dashes only, 40 at most")
	}
	types := regime.ProviderType("").Choices()
	kind, err := oneOf(f.kind.trimmed(), types)
	if err != nil {
		return p, fmt.Errorf("--provider-type: %w", err)
	}
	p.Type = regime.ProviderType(kind)
	if !slices.Contains(types, string(p.Type)) {
		return p, fmt.Errorf("--provider-type: %q is not one of %s", clip(f.kind.text),
			strings.Join(types, ", "))
	}
	return p, nil
}

// standsIn places a provider given by hand in the area of an area team.
func (f *openingFlags) standsIn(k lore, p regime.Provider) (regime.Provider, error) {
	area, err := k.area(f.area.text)
	if err != nil {
		return p, fmt.Errorf("--area: %w", err)
	}
	p.AreaTeam, p.Region = area.Code, area.Region
	return p, nil
}

// area reads an area team by its code or its name.
func (k lore) area(text string) (reference.AreaTeam, error) {
	if a, ok := k.ref.AreaTeam(text); ok {
		return a, nil
	}
	p, err := k.names.ParseParty(text)
	if a, ok := k.ref.AreaTeam(p.Unit()); err == nil && ok && p.Body() == regime.NHSCB {
		return a, nil
	}
	var list []string
	for _, a := range k.ref.AreaTeams() {
		list = append(list, "\n  "+a.Code+"  "+a.Name)
	}
	return reference.AreaTeam{}, fmt.Errorf("%q is no area team; there are%s", clip(text),
		strings.Join(list, ""))
}
