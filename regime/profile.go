package regime

import (
	"iter"
	"slices"
	"time"

	"holdthering/regime/calendar"
	"holdthering/regime/words"
)

// Profile is one way in which the regime has been laid down: who exists, what they are
// called, who decides, and every period and ladder, as it is in one stretch of its years
// (see law). From the first release on a shipped row is never edited: a change is a new row
// with a day, or a new profile.
type Profile struct {
	Name  string `json:"name"`
	About string `json:"about"`
	// BasedOn is the profile from which this one differs; Removed what it has not of that.
	BasedOn string       `json:"basedOn,omitempty"`
	Removed []RemovedRow `json:"removed,omitempty"`
	// ByName: no day chooses it; only who names it has it.
	ByName bool `json:"byName,omitempty"`
	// CarriedOver is where what it has from its base is from, if it is another country: such a row says that instead of its
	// base's source.
	CarriedOver string `json:"carriedOver,omitempty"`
	// Words are put in the place of others in what is carried over from the base: "NHS England".
	Words map[string]string `json:"words,omitempty"`
	// Places says by what the areas and regions of the profile are known.
	Places PlacesRow `json:"places"`
	Labels Labels    `json:"labels"`

	Bodies    []BodyRow     `json:"bodies"`
	Parts     []PartRow     `json:"parts"`
	Providers []ProviderRow `json:"providers"`
	Duties    []DutyRow     `json:"duties"`
	Notices   []NoticeRow   `json:"notices"`
	Powers    []PowerRow    `json:"powers"`
	Changes   []ChangeRow   `json:"changes"`
	Groups    []GroupRow    `json:"groups"`
	Seats     []SeatRow     `json:"seats"`
	Levels    []LevelRow    `json:"levels"`

	// Professions says who regulates which profession (R19), Matrix who is told of which concern
	// (R79).
	Professions []ProfessionRow `json:"professions"`
	Matrix      []MatrixRow     `json:"matrix"`

	// Answers are the times that the law gives for an answer to some bodies' requests.
	Answers []AnswerRow `json:"answers,omitempty"`
	// CareMeasures lists the special measures of primary care and adult social care, by date.
	CareMeasures []CareMeasuresRow `json:"careMeasures,omitempty"`

	// RepeatWindow is how long the same content from the same people is taken for a
	// command typed twice. Our choice.
	RepeatWindow calendar.Period `json:"repeatWindow"`
	// ExtensionLimit is how long an extension normally is at most [W20].
	ExtensionLimit calendar.Period `json:"extensionLimit"`
	// OldReport is after what time a report is remarked on as old where an exit rests on it. Our choice.
	OldReport calendar.Period `json:"oldReport,omitzero"`
	// Aftercare is how long a closed case still takes corrections and each body's own acts.
	// Our choice.
	Aftercare calendar.Period `json:"aftercare"`
	// Contacts says which contact of a party to turn to when another is not reached.
	Contacts ContactsRow `json:"contacts"`

	// Agreement is how many agree where something is put to rest.
	Agreement AgreementRow `json:"agreement"`

	// TwoRoles is the law by which who decides on special measures manages the conflict where it holds the ring too.
	TwoRoles *Standing `json:"twoRoles,omitempty"`

	// Hours are when routine notices go; Digest when each member is told what is open.
	Hours  *HoursRow  `json:"hours,omitempty"`
	Digest *DigestRow `json:"digest,omitempty"`
	// Reach is how far from the present a time may lie.
	Reach *ReachRow `json:"reach,omitempty"`

	law    *law
	at     time.Time // the first moment of the period as which it is read
	rows   func() []LawRow
	tables []byte           // as they were read, for a profile that is based on it
	duty   map[DutyKind]int // where in Duties a kind stands
	notice map[NoticeKind]int
	heirs  map[Body]Body // who stands in the place of a body that is no more
}

// ContactsRow is the order in which a party's contacts are turned to.
type ContactsRow struct {
	Order  []Level `json:"order"`
	Source string  `json:"source"`
	Basis  Basis   `json:"basis"`
}

// AgreementRow is how many bodies agree where a concern is set aside or a level lowered: one alone
// cannot undo what others have raised. How long there is to object stands with the duties.
type AgreementRow struct {
	Least  int    `json:"least"`
	Source string `json:"source"`
	Basis  Basis  `json:"basis"`
}

// Labels are the profile's words for things that were renamed over the years. Sentences are
// built so that a label may be one thing or many: "in special measures".
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
	// Seated: there is one in every area; the area's code is its unit.
	Seated bool `json:"seated,omitempty"`
	// Succeeds are bodies of the base that are no more and in whose place it stands.
	Succeeds []Body `json:"succeeds,omitempty"`
	// Planned are bodies whose place it is to take by a law that is not in force, or whose day is not known: a
	// person records that with its day (R123).
	Planned []Body `json:"planned,omitempty"`
	// ActsAs are the bodies in law that act under this name; the name is none itself.
	ActsAs []Body `json:"actsAs,omitempty"`
	Source string `json:"source"`
	Basis  Basis  `json:"basis,omitempty"` // empty in a profile that stands alone: source
}

// Standing is on what a part of a row rests.
type Standing struct {
	Source string `json:"source"`
	Basis  Basis  `json:"basis"`
}

// ProviderRow is a row of the guard matrix (regime 1.2).
type ProviderRow struct {
	Type    ProviderType `json:"type"`
	Label   string       `json:"label"`
	Decider Body         `json:"decider"` // of special measures
	// Perf is the oversight body of the information matrix: in 2013 TDA or Monitor for trusts.
	Perf               Body `json:"perf,omitempty"`
	PerformanceManager Body `json:"performanceManager"`
	// SuggestedRingHolder is a hint, never a decision (R32).
	SuggestedRingHolder Body `json:"suggestedRingHolder"`
	// DefaultRingHolder holds the ring of this type where no other is agreed on; empty: as for all.
	DefaultRingHolder Body `json:"defaultRingHolder,omitempty"`
	// SelfDecided: the recommending regulator itself places, extends and releases (R61).
	SelfDecided bool `json:"selfDecided,omitempty"`
	// Warning is the section under which CQC warns a trust, once the law has changed; empty: S29.
	Warning WarningSection `json:"warning,omitempty"`
	// AdministrationBy orders trust special administration; empty: there is none.
	AdministrationBy Body `json:"administrationBy,omitempty"`
	// AdministrationApprovedBy approves the order, unless CQC has required it; empty: nobody has to.
	AdministrationApprovedBy Body `json:"administrationApprovedBy,omitempty"`
	// CommissionedBy lists the bodies that have contracts with providers of this type as a matter of
	// course; another that has one says so (R112).
	CommissionedBy []Body `json:"commissionedBy,omitempty"`
	// Relevant lists the bodies convened to a summit without being asked for (R15).
	Relevant []Body `json:"relevant"`
	// Convening says on what Relevant and SuggestedRingHolder rest, where that is not what the row rests on.
	Convening *Standing `json:"convening,omitempty"`
	// DirectlyCommissioned by the one who takes that part, so that the region should take
	// the ring by default (A10).
	DirectlyCommissioned bool `json:"directlyCommissioned,omitempty"`
	// Measures is what the support regime is called for this type; empty: as for all.
	Measures string `json:"measures,omitempty"`
	// ExitCriteria: it is left when criteria agreed with the provider are met, and no
	// re-inspection is owed.
	ExitCriteria bool   `json:"exitCriteria,omitempty"`
	Source       string `json:"source"`
	Basis        Basis  `json:"basis,omitempty"`
}

// ProfileNamed finds a profile by its name, such as "ENGLAND_2013", as it was on its first day.
func ProfileNamed(name string) (*Profile, bool) { return ProfileOn(name, time.Time{}) }

// ProfileOn is a profile as it is at a moment. Outside its years it is as on its first day: whoever
// names it then wants it as it was laid down.
func ProfileOn(name string, at time.Time) (*Profile, bool) {
	read, ok := lawsByName[name]
	if !ok {
		return nil, false
	}
	return read().on(at), true
}

// ProfileFor is the law of a moment: the profile in whose years it lies, as it is then. Before the
// first there was none yet, and the first is the nearest.
func ProfileFor(at time.Time) *Profile {
	for _, s := range slices.Backward(shipped) {
		if s.byName {
			continue
		}
		if years()[s.name].covers(at) {
			return lawsByName[s.name]().on(at)
		}
	}
	return FirstProfile()
}

// Profiles lists all that this program ships, each as on its first day.
func Profiles() []*Profile {
	out := make([]*Profile, len(laws()))
	for i, l := range laws() {
		out[i] = l.on(time.Time{})
	}
	return out
}

// EachProfile goes through Profiles and reads each when it comes to it.
func EachProfile() iter.Seq[*Profile] {
	return func(yield func(*Profile) bool) {
		for _, s := range shipped {
			if !yield(lawsByName[s.name]().on(time.Time{})) {
				return
			}
		}
	}
}

// FirstProfile is the first of Profiles.
func FirstProfile() *Profile { return lawsByName[shipped[0].name]().on(time.Time{}) }

// NamesOfProfiles are the names of the shipped profiles.
func NamesOfProfiles() []string {
	var out []string
	for _, p := range outlines() {
		out = append(out, p.Name)
	}
	return out
}

// ProfileNames lists the shipped profiles as a sentence does.
func ProfileNames() string { return words.List(NamesOfProfiles()) }

// Body finds the row of a body; ok is false where the profile does not have it.
func (p *Profile) Body(b Body) (BodyRow, bool) {
	for _, r := range p.Bodies {
		if r.Code == b {
			return r, true
		}
	}
	return BodyRow{}, false
}

// Knows reports whether the body exists in this profile.
func (p *Profile) Knows(b Body) bool { _, ok := p.Body(b); return ok }

// OnePerArea reports whether there is one such body in every area.
func (p *Profile) OnePerArea(b Body) bool { r, _ := p.Body(b); return r.Seated }

// BodyName is what the body is called; an unknown one is called by its code.
func (p *Profile) BodyName(b Body) string {
	if r, ok := p.Body(b); ok {
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
	_, ok := p.duty[k]
	return *p.DutyRow(k), ok
}

// DutyRow is the row itself; one without anything for a kind that the profile has not.
func (p *Profile) DutyRow(k DutyKind) *DutyRow {
	if i, ok := p.duty[k]; ok {
		return &p.Duties[i]
	}
	return &DutyRow{Kind: k}
}

// Notice is the row of a kind of notice.
func (p *Profile) Notice(k NoticeKind) (NoticeRow, bool) {
	if i, ok := p.notice[k]; ok {
		return p.Notices[i], true
	}
	return NoticeRow{}, false
}
