package surveillance

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
)

// Schema is the number of the present shape of Group; a newer program reads every
// older one.
const Schema = 1

// Group is a Quality Surveillance Group: the watch over all providers of an area or region,
// before a case and after it. It is no body and has no power (R68): it brings together what
// its members know. Like a Case it is plain data, carried from run to run for years.
type Group struct {
	Schema  int              `json:"schema"`
	Profile string           `json:"profile"`
	Tier    regime.GroupTier `json:"tier"`
	Area    string           `json:"area,omitempty"` // ODS code of the area team; empty for a region's
	Region  string           `json:"region"`
	// PlaceName is the area's or region's: "East Anglia".
	PlaceName string `json:"placeName"`
	// NamedByHand: a person wrote that name, so that it stands in nothing that is open.
	NamedByHand bool `json:"namedByHand,omitempty"`
	// Demonstration: it belongs to a scenario and takes no news of real cases.
	Demonstration bool      `json:"demonstration,omitempty"`
	Opened        time.Time `json:"opened"`
	Ended         time.Time `json:"ended,omitzero"`

	Interval calendar.Period `json:"interval"` // between meetings (R72)
	Coverage calendar.Period `json:"coverage"` // in which every provider is considered (R74)
	Rotation regime.Rotation `json:"rotation"`

	Members []Member `json:"members"`
	// Minimum are the parties that the membership must include (R69).
	Minimum []regime.Party    `json:"minimum,omitempty" passes:"on"`
	Offered []regime.Party    `json:"offered,omitempty" passes:"on"` // a seat, beside the minimum (R71)
	Units   []regime.UnitName `json:"units,omitempty"`
	Chair   regime.Party      `json:"chair,omitempty" passes:"on"` // empty: who supports the group (R73)

	Watched  []Watched         `json:"watched,omitempty"`
	Meetings []Meeting         `json:"meetings"`
	Concerns []Concern         `json:"concerns,omitempty"`
	Confided []ProtectedSource `json:"confided,omitempty"` // shown to nobody; see Sources
	Outcomes []Outcome         `json:"outcomes,omitempty"`
	Actions  []Action          `json:"actions,omitempty"`
	Themes   []Theme           `json:"themes,omitempty"`  // issues of the whole system (R105)
	Reports  []LocalReport     `json:"reports,omitempty"` // sent to, or had by, the region

	Indicators   []Indicator   `json:"indicators,omitempty"`   // figures, as their sources give them (R132)
	Talks        []Talk        `json:"talks,omitempty"`        // between two bodies, beside the meetings (R133)
	Arrangements []Arrangement `json:"arrangements,omitempty"` // between commissioners (R134)

	// Gone counts what has left for the register, where numbers go on from it.
	Gone      gone        `json:"gone,omitzero"`
	Elsewhere []Elsewhere `json:"elsewhere,omitempty"` // what other groups have open (R103)
	Shares    []Share     `json:"shares,omitempty"`    // what this one tells them
	Told      []Told      `json:"told,omitempty"`
	// Handed counts what was handed over, so that each handing over has a key of its own.
	Handed int `json:"handed,omitempty"`

	ledger.Ledger
	pen *ledger.Pen // the only way to change the ledger

	// standIn supports the group while an act of its is judged; see judged.
	standIn regime.Party

	uncovered []string // providers whose time was up in this tick
}

// Watched is a provider on the group's list.
type Watched struct {
	Code string              `json:"code"`
	Name string              `json:"name"`
	Type regime.ProviderType `json:"type"`
	// District is the town or county by which the rotation may go (003:L814).
	District string `json:"district,omitempty"`
	// Areas are further places whose groups list it; ByHand: a person put it on the list, of which
	// the others do not know by themselves.
	Areas  []string  `json:"areas,omitempty"`
	ByHand bool      `json:"byHand,omitempty"`
	Added  time.Time `json:"added"`
	// Considered is when the group last spoke of it; zero: never yet.
	Considered time.Time                `json:"considered,omitzero"`
	Level      regime.SurveillanceLevel `json:"level"`
	History    []LevelChange            `json:"history,omitempty"`
	// Services are the levels of single services.
	Services []ServiceLevel `json:"services,omitempty"`
	// Through: it is watched through its live case, under a profile without a level that says so.
	Through bool `json:"through,omitempty"`
	// Lowering is a lower level that members can still object to.
	Lowering *LevelChange `json:"lowering,omitempty"`
	// Case is the reference of the live case, and how far it has come.
	Case      string       `json:"case,omitempty"`
	CaseStage regime.Stage `json:"caseStage,omitempty"`
	CaseSince time.Time    `json:"caseSince,omitzero"`
	// CaseTells: the news of the case come by themselves.
	CaseTells bool `json:"caseTells,omitempty"`
	// Measures are special measures as the latest case has them.
	Measures regime.MeasuresState `json:"measures,omitempty"`
}

// Opening is what a group starts from. Of Watched only code, name, type, district and areas
// count.
type Opening struct {
	Profile       string            `json:"profile"`
	Tier          regime.GroupTier  `json:"tier"`
	Area          string            `json:"area,omitempty"`
	Region        string            `json:"region"`
	PlaceName     string            `json:"placeName"`
	NamedByHand   bool              `json:"namedByHand,omitempty"`
	Members       []regime.Party    `json:"members"`
	Minimum       []regime.Party    `json:"minimum,omitempty"`
	Units         []regime.UnitName `json:"units,omitempty"`
	Watched       []Watched         `json:"watched,omitempty"`
	Demonstration bool              `json:"demonstration,omitempty"`
	// First is the first meeting; zero: one interval after the opening.
	First time.Time `json:"first,omitzero"`
	// The rest is the profile's where it is empty.
	Interval calendar.Period `json:"interval,omitzero"`
	Coverage calendar.Period `json:"coverage,omitzero"`
	Rotation regime.Rotation `json:"rotation,omitempty"`
}

// Open begins the watch: every provider is to be considered within the coverage
// interval from now, and the first meeting is due.
func Open(o Opening, now time.Time) (*Group, error) {
	profile, ok := regime.ProfileOn(o.Profile, now)
	if !ok {
		return nil, regime.Mistakef("there is no profile %q; there are %s.", o.Profile, regime.ProfileNames())
	}
	row, ok := profile.GroupRow(o.Tier)
	if !ok {
		return nil, regime.Mistakef("profile %[2]s has no groups of tier %[1]q.", o.Tier, profile.Name)
	}
	if err := o.check(profile, now); err != nil {
		return nil, err
	}
	g := &Group{
		Schema: Schema, Profile: o.Profile, Tier: o.Tier, Area: o.Area, Region: o.Region,
		PlaceName: o.PlaceName, NamedByHand: o.NamedByHand, Demonstration: o.Demonstration, Opened: now,
		Units: o.Units, Minimum: o.Minimum, Interval: cmp.Or(o.Interval, row.Interval),
		Coverage: cmp.Or(o.Coverage, row.Coverage), Rotation: cmp.Or(o.Rotation, regime.ByType),
	}
	if profile.Covers(now) {
		g.Law = now
	}
	g.takeUpPen()
	for _, member := range o.Members {
		g.addMember(member, now)
	}
	for _, watched := range o.Watched {
		g.watch(watched, now)
	}
	first := o.First
	if first.IsZero() {
		first = calendar.AtHour(g.Interval.After(now), row.MeetingHour)
	}
	g.fallsDue(first, now)
	g.inviteLate()
	g.keepShares()
	g.pen.Flush(now)
	return g, nil
}

func (o Opening) check(p *regime.Profile, now time.Time) error {
	for _, s := range []string{o.PlaceName, o.Area, o.Region} {
		if err := regime.CheckText("the opening of the group", s); err != nil {
			return err
		}
	}
	if o.Region == "" || o.PlaceName == "" || (o.Tier == regime.LocalTier) != (o.Area != "") {
		return regime.Mistakef("a group has a name and a region, and a local one has an area.")
	}
	for _, m := range slices.Concat(o.Members, o.Minimum) {
		if !p.Knows(m.Body()) || m.Body() == regime.ProviderBody {
			return regime.Mistakef("%q cannot be a member of a group.", m)
		}
	}
	for i, w := range o.Watched {
		if err := w.check(p); err != nil {
			return err
		}
		for _, other := range o.Watched[:i] {
			if other.Code == w.Code {
				return regime.Mistakef("provider %s stands on the list twice.", w.Code)
			}
		}
	}
	if !o.First.IsZero() && !o.First.After(now) {
		return regime.Mistakef("the first meeting, %s, lies in the past.", calendar.Instant(o.First))
	}
	row, _ := p.GroupRow(o.Tier)
	return checkIntervals(cmp.Or(o.Interval, row.Interval), cmp.Or(o.Coverage, row.Coverage), now)
}

// UnmarshalJSON reads a group back, of this shape or an older one.
func (g *Group) UnmarshalJSON(raw []byte) error {
	type plain Group
	if err := json.Unmarshal(raw, (*plain)(g)); err != nil {
		return err
	}
	g.takeUpPen()
	return nil
}

// Place is the code of the group's area, or of its region.
func (g *Group) Place() string {
	if g.Tier == regime.LocalTier {
		return g.Area
	}
	return g.Region
}

// Ref is the group's reference in mails and logs.
func (g *Group) Ref() string { return "group-" + g.Place() }

func (g *Group) reference() string { return g.Ref() }

func (g *Group) provider(code string) *Watched {
	return ledger.Find(g.Watched, func(x Watched) bool { return x.Code == code })
}
