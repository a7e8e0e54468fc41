package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/cases"
	"holdthering/regime/calendar"
	"holdthering/regime/surveillance"
	"holdthering/regime/words"
	"holdthering/screen"
	"holdthering/verbs"
)

// begun is a group after it was started, or left alone.
type begun struct {
	Place   string `json:"place"`
	Name    string `json:"name"`
	Started bool   `json:"started"` // false: it was there already
	Ended   bool   `json:"ended,omitempty"`
	// Profile under which it runs; empty where it could not be asked.
	Profile string `json:"profile,omitempty"`
	Misfit  string `json:"misfit,omitempty"` // it is of other years
	// Of a group that was there already and could not be asked, the figures are left out.
	Members   int      `json:"members,omitempty"`
	Providers int      `json:"providers,omitempty"`
	Missing   []string `json:"missing,omitempty"` // of the minimum membership (R69)
	// Next is when the next meeting is due; of a group just started, the first.
	Next    time.Time `json:"next,omitzero"`
	Dead    bool      `json:"dead,omitempty"` // it was started once, and has died
	unasked bool
	wanted  surveillance.Opening // what it was to start from
	region  string               // of the group that is there
}

func (a *app) groupStartCommand(env verbs.Env) *cobra.Command {
	var which verbs.GroupStart
	return look{
		use: "start [flags]", example: "group start --area Q56",
		short: "Start the group of an area or region, with its members and trusts, or all of them",
		long: "Start the Quality Surveillance Group of an area or region: its members and trusts come from\n" +
			"the register. Groups that already exist are left alone, so that the same command may be\n" +
			"given again. Practices and care homes are added by 'group watch'.\n\n" +
			"Under ENGLAND_2022 the register knows neither boards nor who stands in their areas. A System\n" +
			"Quality Group is started by its board's code, its region and a name; all its providers are\n" +
			"added by 'group watch'. A Regional Quality Group is started by its region, with --boards:\n" +
			"  starter group start --profile ENGLAND_2022 --area QMM --region Y61 --name 'Example Vale'\n" +
			"  starter group start --profile ENGLAND_2022 --region Y61 --boards QMM,QJG",
		flags: func(set *pflag.FlagSet) { which.Bind(set, env) }, offers: which.Offers(),
		run: func(cmd *cobra.Command, _ []string, asJSON bool) error {
			openings, err := which.Openings()
			if err != nil {
				return err
			}
			return a.startGroups(cmd.Context(), openings, asJSON)
		},
	}.command()
}

func (a *app) startGroups(ctx context.Context, openings []surveillance.Opening, asJSON bool) error {
	c, err := a.connect(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	rows := []begun{}
	answers := true
	var dead error
	for i, o := range openings {
		b, err := a.startGroup(ctx, c, o)
		if gone := (*cases.Unreachable)(nil); len(openings) > 1 && errors.As(err, &gone) && gone.Dead {
			a.note(gone.Reason) // and go on with the others
			dead, b.Dead, b.unasked = silent(exitUnreachable), true, true
			rows = append(rows, b)
			continue
		}
		if err != nil {
			if i > 0 {
				a.note(fmt.Sprintf("%d of %d groups are there; the same command goes on.", i, len(openings)))
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
		if len(openings) > 1 {
			a.note(fmt.Sprintf("%d of %d: %s %s, %s", i+1, len(openings), b.Place, b.Name, b.state()))
		}
	}
	if err := a.answer(asJSON, rows, func() string { return begunText(rows, a.width()) }); err != nil {
		return err
	}
	if err := a.inTheWay(rows); err != nil {
		return err
	}
	return dead
}

// inTheWay is wrong input: the same command can never start these.
func (a *app) inTheWay(rows []begun) error {
	for _, b := range rows {
		switch {
		case b.otherProfile():
			a.note(fmt.Sprintf("%s has a group under %s, so that none of %s can be there: one place has one "+
				"group.", b.Place, b.Profile, b.wanted.Profile))
		case b.otherRegion():
			a.note(fmt.Sprintf("The group of %s that is there belongs to region %s, not to %s.", b.Place,
				b.region, b.wanted.Region))
		default:
			continue
		}
		return silent(exitInput)
	}
	return nil
}

func (a *app) startGroup(ctx context.Context, c cases.Cases, o surveillance.Opening) (b begun, err error) {
	g, err := surveillance.Open(o, a.now())
	if err != nil {
		return b, err
	}
	b = begun{Place: g.Place(), Name: o.PlaceName, wanted: o}
	if b.Started, err = c.StartGroup(ctx, o); err == nil && b.Started {
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

func (b *begun) figures(g *surveillance.Group) {
	b.Profile, b.Misfit, b.Name, b.region = g.Profile, g.Misfit(g.Opened), g.PlaceName, g.Region
	b.Members, b.Providers = len(g.Members), len(g.Watched)
	if n, ok := g.NextMeeting(); ok {
		b.Next = n.At
	}
	for _, p := range g.MembershipGaps() {
		b.Missing = append(b.Missing, g.Name(p))
	}
}

// otherProfile: a group of another profile has the place. One code is a region of both.
func (b begun) otherProfile() bool { return b.Profile != "" && b.Profile != b.wanted.Profile }

// otherRegion: by a slip of the pen now, or when it was started.
func (b begun) otherRegion() bool { return b.region != "" && b.region != b.wanted.Region }

// meets is the day of the next meeting; 'group show' has the hour.
func (b begun) meets() string {
	if b.Next.IsZero() {
		return "-"
	}
	return b.Next.In(calendar.London).Format("2 Jan 2006")
}

func (b begun) state() string {
	switch {
	case b.Started:
		return "started"
	case b.Dead:
		return "is dead"
	case b.Ended:
		return "has ended"
	case b.otherProfile():
		return "runs under " + b.Profile
	case b.otherRegion():
		return "runs in " + b.region
	}
	return "already running"
}

func begunText(rows []begun, width int) string {
	t := screen.Table{Heads: []string{"GROUP", "OF", "MEMBERS", "PROVIDERS", "NEXT MEETING", "MISSING (R69)", ""}, FixedColumns: 1}
	started, members, providers := 0, 0, 0
	for _, b := range rows {
		cells := []string{b.Place, b.Name, strconv.Itoa(b.Members), strconv.Itoa(b.Providers),
			b.meets(), cmp.Or(strings.Join(b.Missing, ", "), "-"), b.state()}
		if b.unasked {
			cells[2], cells[3], cells[4], cells[5] = "?", "?", "?", "?"
		}
		t.Rows = append(t.Rows, cells)
		members, providers = members+b.Members, providers+b.Providers
		if b.Started {
			started++
		}
	}
	end := fmt.Sprintf("%d started, %d left alone.", started, len(rows)-started)
	if len(rows) > 1 {
		end = fmt.Sprintf("%d groups, %d seats, %d places on a list: ", len(rows), members, providers) + end
	}
	for i, b := range rows { // those of one command run under one profile
		if b.Started && !slices.ContainsFunc(rows[:i], func(o begun) bool { return o.Started }) {
			end = words.Join(end, "What was started runs under profile "+b.Profile+".", b.Misfit)
		}
	}
	return strings.Join(append(t.Lines(width, ""), screen.Wrapped(end, width)...), "\n")
}
