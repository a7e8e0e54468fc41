package regime

import (
	"cmp"
	"slices"

	"holdthering/regime/words"
)

// SurveillanceLevel is how closely a provider, or one of its services, is watched. Which levels there are, and all that
// follows from one, a profile says.
type SurveillanceLevel string

// The levels of England, as its profiles have them.
const (
	RoutineLevel    SurveillanceLevel = "routine"
	EnhancedLevel   SurveillanceLevel = "enhanced"
	RiskSummitLevel SurveillanceLevel = "risk-summit"
)

// Choices lists the levels of all profiles that can be set.
func (SurveillanceLevel) Choices() []string { return settable(outlines()) }

// Offered are those of the profiles that a day chooses.
func (SurveillanceLevel) Offered() []string {
	return settable(slices.DeleteFunc(slices.Clone(outlines()), func(o outline) bool { return o.ByName }))
}

func settable(os []outline) []string {
	live := map[SurveillanceLevel]bool{}
	for _, o := range os {
		for _, r := range o.Levels {
			live[r.Level] = live[r.Level] || r.Live
		}
	}
	return slices.DeleteFunc(levelsOf(os), func(l string) bool { return live[SurveillanceLevel(l)] })
}

// LevelsEver are the levels of all profiles, as they are typed.
func LevelsEver() []string { return levelsOf(outlines()) }

func levelsOf(os []outline) []string {
	var out []string
	for _, o := range os {
		for _, r := range o.Levels {
			if l := string(r.Level); l != "" && !slices.Contains(out, l) {
				out = append(out, l)
			}
		}
	}
	return out
}

// What a level can be of.
const (
	OfProvider = "provider"
	OfService  = "service"
)

// LevelRow is a level of a profile.
type LevelRow struct {
	Level SurveillanceLevel `json:"level"` // as it is typed
	// Rank orders the levels: a higher one is watched more closely.
	Rank int `json:"rank"`
	// Name is what the level is called; empty: as it is typed.
	Name string `json:"name,omitempty"`
	// Of says whether it is a level of the whole provider, of one service of it, or of either.
	Of []string `json:"of"`
	// SetBy lists the bodies each of which sets it alone; empty: the members agree on it (R68).
	SetBy []Body `json:"setBy,omitempty"`
	// Down is what must be shown to come down from it.
	Down string `json:"down,omitempty"`
	// Reviewed: it is looked at again by a day.
	Reviewed bool `json:"reviewed,omitempty"`
	// Live: it holds while a case about the provider is live, and nobody sets it.
	Live bool `json:"live,omitempty"`
	// AfterCase: a closed case leaves it behind, if no other was agreed.
	AfterCase bool `json:"afterCase,omitempty"`
	// Sign is its letter in pictures.
	Sign   string `json:"sign,omitempty"`
	Source string `json:"source"`
	Basis  Basis  `json:"basis"`
}

// Level finds the row of a level.
func (p *Profile) Level(l SurveillanceLevel) (LevelRow, bool) {
	for _, r := range p.Levels {
		if r.Level == l {
			return r, true
		}
	}
	return LevelRow{}, false
}

// Rank orders the levels of the profile; one that it does not have is as low as the lowest.
func (p *Profile) Rank(l SurveillanceLevel) int {
	r, _ := p.Level(l)
	return r.Rank
}

// LevelName is what the profile calls a level.
func (p *Profile) LevelName(l SurveillanceLevel) string {
	r, _ := p.Level(l)
	return cmp.Or(r.Name, string(l))
}

// LevelsDown are the levels, the highest first.
func (p *Profile) LevelsDown() []LevelRow {
	out := slices.Clone(p.Levels)
	slices.SortStableFunc(out, func(a, b LevelRow) int { return b.Rank - a.Rank })
	return out
}

// LowestLevel is at which a provider is when it comes on a list.
func (p *Profile) LowestLevel() SurveillanceLevel {
	all := p.LevelsDown()
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1].Level
}

// LiveLevel holds while a case is live; empty where the level stays what it was.
func (p *Profile) LiveLevel() SurveillanceLevel {
	return p.levelThat(func(r LevelRow) bool { return r.Live })
}

// LevelAfterCase is what a closed case leaves behind if no other was agreed; empty: what it was.
func (p *Profile) LevelAfterCase() SurveillanceLevel {
	return p.levelThat(func(r LevelRow) bool { return r.AfterCase })
}

func (p *Profile) levelThat(is func(LevelRow) bool) SurveillanceLevel {
	if i := slices.IndexFunc(p.Levels, is); i >= 0 {
		return p.Levels[i].Level
	}
	return ""
}

// CheckLevel says why a level cannot be set under the profile, of the whole provider or of a service. Whose part it is to
// set it, MaySetLevel says.
func (p *Profile) CheckLevel(l SurveillanceLevel, service string) error {
	r, ok := p.Level(l)
	of := OfProvider
	if service != "" {
		of = OfService
	}
	switch {
	case !ok:
		var names []string
		for _, r := range p.Levels {
			if !r.Live {
				names = append(names, string(r.Level))
			}
		}
		return Mistakef("%s has no level %q; it has %s.", p.Name, words.Clip(string(l), 40), words.List(names))
	case r.Live:
		return Mistakef("the %s level holds while a case is live; nobody sets it.", p.LevelName(l))
	case !slices.Contains(r.Of, of):
		return Mistakef("under %s the %s level is of %s.", p.Name, p.LevelName(l), words.List(levelOf(r)))
	}
	return CheckText("--service", service)
}

func levelOf(r LevelRow) []string {
	var out []string
	for _, of := range r.Of {
		out = append(out, map[string]string{OfProvider: "the whole provider", OfService: "one service of it"}[of])
	}
	return out
}

// SetAlone is the row by which bodies set a level alone when it goes from one to another; false where the members agree.
func (p *Profile) SetAlone(from, to SurveillanceLevel) (LevelRow, bool) {
	row, _ := p.Level(to)
	if was, _ := p.Level(from); was.Rank > row.Rank && len(was.SetBy) > 0 {
		row = was
	}
	return row, len(row.SetBy) > 0
}

// MaySetLevel refuses a level to a body whose part it is not to set it, where a source or our own choice says so. Where that
// is not confirmed it remarks.
func (p *Profile) MaySetLevel(by Body, from, to SurveillanceLevel) (remark string, err error) {
	row, alone := p.SetAlone(from, to)
	if !alone || slices.Contains(row.SetBy, by) {
		return "", nil
	}
	who := make([]string, len(row.SetBy))
	for i, b := range row.SetBy {
		who[i] = p.BodyName(b)
	}
	if row.Basis.Open() {
		return "That " + words.List(who) + " alone sets this level is not confirmed.", nil
	}
	return "", Refusef("R139", "the %s level is set by %s.", p.LevelName(row.Level), words.List(who))
}
