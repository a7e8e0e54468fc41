package verbs

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/pflag"

	"holdthering/regime"
	"holdthering/regime/calendar"
)

// GroupStart says which groups are to be started.
type GroupStart struct {
	area, region, first string
	everywhere          bool
}

// Bind adds the flags that say it.
func (s *GroupStart) Bind(set *pflag.FlagSet) {
	set.StringVar(&s.area, "area", "", "of this `area` team: Q56, or 'East Anglia'")
	set.StringVar(&s.region, "region", "", "of this `region`: Y55, or its name")
	set.BoolVar(&s.everywhere, "everywhere", false, "of every area and region")
	set.StringVar(&s.first, "first", "", "`time` of the first meeting; without it, one interval from now")
}

// Openings are what the groups start from, with their members and trusts of the register.
func (s *GroupStart) Openings() ([]regime.GroupOpening, error) {
	k, err := known()
	if err != nil {
		return nil, err
	}
	places, err := s.places(k)
	if err != nil {
		return nil, err
	}
	var first time.Time
	if s.first != "" {
		if first, err = calendar.ParseInstant(s.first); err != nil {
			return nil, fmt.Errorf("--first: %w", err)
		}
	}
	var out []regime.GroupOpening
	for _, place := range places {
		o, err := k.ref.GroupOpening(place)
		if err != nil {
			return nil, err
		}
		o.First = first
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
	if said != 1 {
		return nil, errors.New("which groups? Say one of --area, --region and --everywhere")
	}
	if s.everywhere {
		return k.ref.GroupPlaces(), nil
	}
	place, err := GroupPlace(s.area + s.region)
	if err != nil {
		return nil, err
	}
	if _, isRegion := k.ref.Region(place); isRegion != (s.region != "") {
		return nil, fmt.Errorf("%s is %s: --area takes an area team, --region a region", place,
			PlaceName(k.ref, place))
	}
	return []string{place}, nil
}
