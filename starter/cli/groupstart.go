package cli

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/starter/cases"
	"holdthering/starter/verbs"
)

// begun is a group after it was started, or left alone.
type begun struct {
	Place   string `json:"place"`
	Name    string `json:"name"`
	Started bool   `json:"started"` // false: it was there already
	Ended   bool   `json:"ended,omitempty"`
	// Of a group that was there already and could not be asked, the figures are left out.
	Members   int      `json:"members,omitempty"`
	Providers int      `json:"providers,omitempty"`
	Missing   []string `json:"missing,omitempty"` // of the minimum membership (R69)
	unasked   bool
}

func (a *app) groupStartCommand() *cobra.Command {
	var which struct {
		area, region, first string
		everywhere          bool
	}
	return look{
		use: "start [flags]", example: "group start --area Q56",
		short: "Start the group of an area or region, with its members and trusts, or all of them",
		long: "Start the Quality Surveillance Group of an area or region: its members and trusts come from\n" +
			"the register. Groups that are there already are left alone, so that the same command may be\n" +
			"given again. Practices and care homes are added by 'group watch'.",
		flags: func(set *pflag.FlagSet) {
			set.StringVar(&which.area, "area", "", "of this `area` team: Q56, or 'East Anglia'")
			set.StringVar(&which.region, "region", "", "of this `region`: Y55, or its name")
			set.BoolVar(&which.everywhere, "everywhere", false, "of every area and region")
			set.StringVar(&which.first, "first", "",
				"`time` of the first meeting; without it, one interval from now")
		},
		run: func(cmd *cobra.Command, _ []string, asJSON bool) error {
			places, err := placesToStart(which.area, which.region, which.everywhere)
			if err != nil {
				return err
			}
			var first time.Time
			if which.first != "" {
				if first, err = calendar.ParseInstant(which.first); err != nil {
					return fmt.Errorf("--first: %w", err)
				}
			}
			return a.startGroups(cmd.Context(), places, first, asJSON)
		},
	}.command()
}

func placesToStart(area, region string, everywhere bool) ([]string, error) {
	said := 0
	for _, is := range []bool{area != "", region != "", everywhere} {
		if is {
			said++
		}
	}
	if said != 1 {
		return nil, errors.New("which groups? Say one of --area, --region and --everywhere")
	}
	l, err := lookUp()
	if err != nil {
		return nil, err
	}
	if everywhere {
		return l.ref.GroupPlaces(), nil
	}
	place, err := verbs.GroupPlace(area + region)
	if err != nil {
		return nil, err
	}
	if _, isRegion := l.ref.Region(place); isRegion != (region != "") {
		return nil, fmt.Errorf("%s is %s: --area takes an area team, --region a region", place,
			verbs.PlaceName(l.ref, place))
	}
	return []string{place}, nil
}

func (a *app) startGroups(ctx context.Context, places []string, first time.Time, asJSON bool) error {
	c, err := a.connect(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	rows := []begun{}
	answers := true
	for i, place := range places {
		b, err := a.startGroup(ctx, c, place, first)
		if err != nil {
			if i > 0 {
				a.tell(fmt.Sprintf("%d of %d groups are there; the same command goes on.", i, len(places)))
			}
			return err
		}
		if !b.Started {
			b.unasked = true
			if answers { // once nobody has answered, do not wait for each of the others
				answers = b.ask(ctx, c) == nil
			}
		}
		rows = append(rows, b)
		if len(places) > 1 {
			a.tell(fmt.Sprintf("%d of %d: %s %s, %s", i+1, len(places), b.Place, b.Name, b.state()))
		}
	}
	return a.answer(asJSON, rows, func() string { return begunText(rows, a.width()) })
}

func (a *app) startGroup(ctx context.Context, c cases.Cases, place string, first time.Time) (begun, error) {
	l, err := lookUp()
	if err != nil {
		return begun{}, err
	}
	o, err := l.ref.GroupOpening(place)
	if err != nil {
		return begun{}, err
	}
	o.First = first
	b := begun{Place: place, Name: o.PlaceName}
	if b.Started, err = c.StartGroup(ctx, o); err != nil || !b.Started {
		return b, err
	}
	g, err := regime.OpenGroup(o, a.now())
	if err == nil {
		b.figures(g)
	}
	return b, err
}

// ask has a group that was there already say how it stands.
func (b *begun) ask(ctx context.Context, c cases.Cases) error {
	s, err := c.Group(ctx, b.Place)
	if err != nil {
		return err
	}
	b.unasked, b.Ended = false, !s.Group.Ended.IsZero()
	b.figures(s.Group)
	return nil
}

func (b *begun) figures(g *regime.Group) {
	b.Members, b.Providers = len(g.Members), len(g.Watched)
	for _, p := range g.MembershipGaps() {
		b.Missing = append(b.Missing, g.Name(p))
	}
}

func (b begun) state() string {
	switch {
	case b.Started:
		return "started"
	case b.Ended:
		return "has ended, left alone"
	}
	return "runs already, left alone"
}

func begunText(rows []begun, width int) string {
	t := table{heads: []string{"GROUP", "OF", "MEMBERS", "PROVIDERS", "MISSING (R69)", ""}, rigid: 1}
	started, members, providers := 0, 0, 0
	for _, b := range rows {
		cells := []string{b.Place, b.Name, strconv.Itoa(b.Members), strconv.Itoa(b.Providers),
			or(strings.Join(b.Missing, ", "), "-"), b.state()}
		if b.unasked {
			cells[2], cells[3], cells[4] = "?", "?", "?"
		}
		t.rows = append(t.rows, cells)
		members, providers = members+b.Members, providers+b.Providers
		if b.Started {
			started++
		}
	}
	end := fmt.Sprintf("%d started, %d left alone.", started, len(rows)-started)
	if len(rows) > 1 {
		end = fmt.Sprintf("%d groups, %d seats, %d places on a list: ", len(rows), members, providers) + end
	}
	return strings.Join(append(t.lines(width, ""), wrapped(end, width)...), "\n")
}
