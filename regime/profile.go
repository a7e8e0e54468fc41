package regime

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"

	"holdthering/regime/calendar"
)

// Profile is one way in which the regime has been laid down: who exists, what they are
// called, who decides, and every period and ladder. A case keeps the profile that it
// started under for its whole life, so a shipped profile is never edited: a change is a
// new profile.
type Profile struct {
	Name   string `json:"name"`
	About  string `json:"about"`
	Labels Labels `json:"labels"`

	Bodies    []BodyRow     `json:"bodies"`
	Providers []ProviderRow `json:"providers"`
	Duties    []DutyRow     `json:"duties"`
	Notices   []NoticeRow   `json:"notices"`
	Powers    []PowerRow    `json:"powers"`
	Changes   []ChangeRow   `json:"changes"`
	Groups    []GroupRow    `json:"groups"`
	Seats     []SeatRow     `json:"seats"`

	// Professions says who regulates whom (R19); Matrix who is told of which concern (R79).
	Professions []ProfessionRow `json:"professions"`
	Matrix      []MatrixRow     `json:"matrix"`

	DefaultRingHolder Body `json:"defaultRingHolder"` // 003:L866
	// RepeatWindow is how long the same content from the same people is taken for a
	// command typed twice. Our choice.
	RepeatWindow calendar.Period `json:"repeatWindow"`
	// ExtensionLimit is how long an extension normally is at most [W20].
	ExtensionLimit calendar.Period `json:"extensionLimit"`
	// Aftercare is how long a closed case still takes corrections and each body's own acts.
	// Our choice.
	Aftercare calendar.Period `json:"aftercare"`

	// Hours are when routine notices go; Digest when each member is told what is open.
	Hours  *HoursRow  `json:"hours,omitempty"`
	Digest *DigestRow `json:"digest,omitempty"`

	duty map[DutyKind]int // where in Duties a kind stands
}

// Labels are the profile's words for things that were renamed over the years.
type Labels struct {
	Summit   string `json:"summit"`   // "risk summit"
	Measures string `json:"measures"` // "special measures"
	Group    string `json:"group"`    // "Quality Surveillance Group"
}

// BodyRow is a body of the catalogue (regime 1.1).
type BodyRow struct {
	Code  Body     `json:"code"`
	Names []string `json:"names"` // the first is shown, all are understood
	// Statutory bodies may trigger a summit (R11, A14).
	Statutory bool `json:"statutory,omitempty"`
	// Seated: there is one in every area; the area team's code is its unit.
	Seated bool   `json:"seated,omitempty"`
	Source string `json:"source"`
}

// ProviderRow is a row of the guard matrix (regime 1.2).
type ProviderRow struct {
	Type    ProviderType `json:"type"`
	Label   string       `json:"label"`
	Decider Body         `json:"decider"` // of special measures
	// Perf is the oversight body of the information matrix: TDA or Monitor for trusts.
	Perf               Body `json:"perf,omitempty"`
	PerformanceManager Body `json:"performanceManager"`
	// SuggestedRingHolder is a hint, never a decision (R32).
	SuggestedRingHolder Body `json:"suggestedRingHolder"`
	// SelfDecided: the recommending regulator itself places, extends and releases (R61).
	SelfDecided bool `json:"selfDecided,omitempty"`
	// Warning is the section under which CQC warns a trust, once the law has changed; empty: S29.
	Warning WarningSection `json:"warning,omitempty"`
	// AdministrationBy orders trust special administration; empty: there is none.
	AdministrationBy Body `json:"administrationBy,omitempty"`
	// Relevant lists the bodies convened to a summit without being asked for (R15).
	Relevant []Body `json:"relevant"`
	// DirectlyCommissioned by the default ring-holder's area team, so that the region
	// should take the default (A10).
	DirectlyCommissioned bool   `json:"directlyCommissioned,omitempty"`
	Source               string `json:"source"`
}

//go:embed profiles/*.json
var profileFiles embed.FS

var profiles = loadProfiles("england_2013")

// loadProfiles panics on a profile that this program ships broken; a test reads them all.
func loadProfiles(names ...string) []*Profile {
	var out []*Profile
	for _, n := range names {
		raw, err := profileFiles.ReadFile("profiles/" + n + ".json")
		if err != nil {
			panic(err)
		}
		p := new(Profile)
		dec := json.NewDecoder(strings.NewReader(string(raw)))
		dec.DisallowUnknownFields()
		if err := dec.Decode(p); err != nil {
			panic(fmt.Errorf("profile %s: %w", n, err))
		}
		if err := p.index(); err != nil {
			panic(fmt.Errorf("profile %s: %w", n, err))
		}
		out = append(out, p)
	}
	return out
}

// index prepares what is looked up again and again.
func (p *Profile) index() error {
	p.duty = map[DutyKind]int{}
	for i := range p.Duties {
		row := &p.Duties[i]
		p.duty[row.Kind] = i
		for j := range row.Ladder {
			if err := row.Ladder[j].parse(); err != nil {
				return fmt.Errorf("duty %s, rung %d: %w", row.Kind, j+1, err)
			}
		}
	}
	return nil
}

// ProfileNamed finds a profile by its name, such as "ENGLAND_2013".
func ProfileNamed(name string) (*Profile, bool) {
	for _, p := range profiles {
		if p.Name == name {
			return p, true
		}
	}
	return nil, false
}

// Profiles lists all that this program ships.
func Profiles() []*Profile { return profiles }

func profileNames() string {
	var out []string
	for _, p := range profiles {
		out = append(out, p.Name)
	}
	return list(out)
}

func (p *Profile) body(b Body) (BodyRow, bool) {
	for _, r := range p.Bodies {
		if r.Code == b {
			return r, true
		}
	}
	return BodyRow{}, false
}

// Knows tells whether the body exists in this profile.
func (p *Profile) Knows(b Body) bool { _, ok := p.body(b); return ok }

// Seated tells whether there is one such body in every area.
func (p *Profile) Seated(b Body) bool { r, _ := p.body(b); return r.Seated }

// BodyName is what the body is called; an unknown one is called by its code.
func (p *Profile) BodyName(b Body) string {
	if r, ok := p.body(b); ok {
		return r.Names[0]
	}
	return string(b)
}

// ProviderRow is the row of the guard matrix for a provider type.
func (p *Profile) ProviderRow(t ProviderType) (ProviderRow, bool) {
	for _, r := range p.Providers {
		if r.Type == t {
			return r, true
		}
	}
	return ProviderRow{}, false
}

// Duty is the row of a kind of duty.
func (p *Profile) Duty(k DutyKind) (DutyRow, bool) {
	i, ok := p.duty[k]
	if !ok {
		return DutyRow{}, false
	}
	return p.Duties[i], true
}

// Notice is the row of a kind of notice.
func (p *Profile) Notice(k NoticeKind) (NoticeRow, bool) {
	for _, r := range p.Notices {
		if r.Kind == k {
			return r, true
		}
	}
	return NoticeRow{}, false
}
