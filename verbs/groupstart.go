package verbs

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/reference"
	"holdthering/regime"
	"holdthering/regime/surveillance"
	"holdthering/typed"
)

// GroupStart says which groups are to be started.
type GroupStart struct {
	profile, area, region, name, boards, first string
	everywhere                                 bool
	env                                        Env
}

// Bind adds the flags that say it.
func (s *GroupStart) Bind(set *pflag.FlagSet, env Env) {
	s.env = env
	set.StringVar(&s.area, "area", "", "of this `area` team: Q56, or 'East Anglia'; under ENGLAND_2022 of "+
		"an integrated care board, by its code: QMM")
	set.StringVar(&s.region, "region", "", "of this `region`: Y55, or its name; under ENGLAND_2022 also "+
		"that in which the board is")
	set.BoolVar(&s.everywhere, "everywhere", false, "of every area and region of ENGLAND_2013")
	set.StringVar(&s.first, "first", "", "`time` of the first meeting; without it, one interval from now")
	set.StringVar(&s.profile, "profile", "", "the `profile` under which the group runs ($HTR_PROFILE); without it that of the day: "+
		ProfileNames())
	set.StringVar(&s.name, "name", "", "under ENGLAND_2022, the `name` of the board's area")
	set.StringVar(&s.boards, "boards", "", "under ENGLAND_2022, the `boards` that sit in a region's group: QMM,QJG")
}

// Offers are what the shell is offered for those flags.
func (s *GroupStart) Offers() map[string]cobra.CompletionFunc {
	return map[string]cobra.CompletionFunc{
		"profile": cobra.FixedCompletions(regime.NamesOfProfiles(), cobra.ShellCompDirectiveNoFileComp),
		"area":    OfferAreas,
		"region":  offerFlag(regions),
	}
}

// Openings are what the groups start from, with their members and trusts of the register.
func (s *GroupStart) Openings() ([]surveillance.Opening, error) {
	k, err := known()
	if err != nil {
		return nil, err
	}
	p, err := ProfileOn(cmp.Or(s.profile, s.env.Profile), s.env.Now)
	if err != nil {
		return nil, err
	}
	openings := func(k lore) ([]surveillance.Opening, error) { return s.registered(k, p) }
	if !reference.HasAreaTeams(p) {
		openings = func(k lore) ([]surveillance.Opening, error) { return s.byHand(k, p) }
	}
	out, err := openings(k)
	if err != nil || s.first == "" {
		return out, err
	}
	said, err := s.env.Spoken("first", s.first, typed.After)
	if err != nil {
		return nil, fmt.Errorf("--first: %w", err)
	}
	first, err := instant(said)
	if err != nil {
		return nil, fmt.Errorf("--first: %w", err)
	}
	for i := range out {
		out[i].First = first
	}
	return out, nil
}

// registered are groups of the register.
func (s *GroupStart) registered(k lore, p *regime.Profile) ([]surveillance.Opening, error) {
	places, err := s.places(k)
	if err != nil {
		return nil, err
	}
	var out []surveillance.Opening
	for _, place := range places {
		o, err := k.ref.GroupOpening(p, place)
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}

func (s *GroupStart) places(k lore) ([]string, error) {
	said := 0
	for _, is := range []bool{s.area != "", s.region != "", s.everywhere} {
		if is {
			said++
		}
	}
	switch {
	case reference.IsBoard(s.area) || s.name != "" || s.boards != "":
		return nil, errors.New("an integrated care board and its --name or --boards are of ENGLAND_2022: " +
			"say --profile ENGLAND_2022")
	case said != 1:
		return nil, errors.New("which groups? Say one of --area, --region and --everywhere")
	case s.everywhere:
		return k.ref.GroupPlaces(), nil
	}
	place, err := GroupPlace(s.area + s.region)
	if err != nil {
		return nil, err
	}
	_, isArea := k.ref.AreaTeam(place)
	_, isRegion := k.ref.Region(place)
	switch {
	case !isArea && !isRegion:
		return nil, fmt.Errorf("%s, %s, is a place of ENGLAND_2022: say --profile ENGLAND_2022", place,
			PlaceName(k.ref, place))
	case isRegion != (s.region != ""):
		return nil, fmt.Errorf("%s is %s: --area takes an area team, --region a region", place,
			PlaceName(k.ref, place))
	}
	return []string{place}, nil
}

// byHand is the one group of a board or a region that is not in the register.
func (s *GroupStart) byHand(k lore, p *regime.Profile) ([]surveillance.Opening, error) {
	if s.everywhere {
		return nil, fmt.Errorf("--everywhere: the data has no list of integrated care boards; under %s each "+
			"group is started by itself, with --area, --region and --name, or a region's with --region. "+
			"--profile ENGLAND_2013 starts those of area teams", p.Name)
	}
	for _, text := range []string{s.area, s.region} {
		if s.profile != "" {
			break
		}
		_, isArea := k.ref.AreaTeam(strings.TrimSpace(text))
		_, isRegion := k.ref.Region(strings.TrimSpace(text))
		if _, later := k.ref.LaterRegion(strings.TrimSpace(text)); isArea || isRegion && !later {
			return nil, fmt.Errorf("%q is of ENGLAND_2013, and the group would run under %s: say --profile ENGLAND_2013, or "+
				"the board's code", clip(text), p.Name)
		}
	}
	region, err := k.regionUnder(p, strings.TrimSpace(s.region))
	if err != nil {
		return nil, err
	}
	g := reference.BoardGroup{Profile: p, Region: region.Code}
	if s.area == "" {
		err = s.ofRegion(&g)
	} else {
		err = s.ofBoard(&g)
	}
	if err != nil {
		return nil, err
	}
	o, err := k.ref.BoardGroupOpening(g)
	return []surveillance.Opening{o}, err
}

func (s *GroupStart) ofBoard(g *reference.BoardGroup) (err error) {
	if g.Board, err = boardCode(g.Profile, s.area); err != nil {
		return fmt.Errorf("--area: %w", err)
	}
	g.Name = strings.TrimSpace(s.name)
	switch {
	case g.Name == "":
		return fmt.Errorf("what is the area of %s called? Say --name: no list of boards is shipped", g.Board)
	case s.boards != "":
		return errors.New("--boards sit in a region's group; leave out --area, or --boards")
	}
	return nil
}

func (s *GroupStart) ofRegion(g *reference.BoardGroup) error {
	if s.name != "" {
		return errors.New("--name is that of a board's area; say --area, or leave it out: the region has its name")
	}
	boards, err := boardCodes(g.Profile, s.boards)
	if err != nil {
		return fmt.Errorf("--boards: %w", err)
	}
	g.Boards = boards
	return nil
}
