package regime

import (
	"fmt"
	"strings"

	"holdthering/regime/words"
)

// Role is a place in a case or a group whose holder owes a duty or is told of something. The holder
// is worked out each time it is asked for.
type Role string

// The roles.
const (
	RoleOwner               Role = "owner"
	RoleMembers             Role = "members"
	RoleNews                Role = "news"   // who is told of news in the weekly digest
	RoleDigest              Role = "digest" // who gets the weekly digest
	RoleInvited             Role = "invited"
	RoleRelevant            Role = "relevant" // to the provider and its areas, or taking part: who is invited to respond
	RoleUnanswered          Role = "unanswered"
	RolePackless            Role = "packless"
	RoleYetToSend           Role = "yet-to-send"
	RoleRingHolder          Role = "ring-holder"
	RoleChair               Role = "chair"
	RoleSupport             Role = "support"
	RoleRegion              Role = "region"
	RoleProvider            Role = "provider"
	RoleDecider             Role = "decider"
	RolePerformanceManager  Role = "performance-manager"
	RoleOverseer            Role = "perf" // in the sharing matrix: who oversees the provider
	RoleInspector           Role = "inspector"
	RoleCommissioners       Role = "commissioners"
	RoleAdultSafeguarding   Role = "adult-safeguarding"
	RoleChildSafeguarding   Role = "child-safeguarding"
	RoleCouncil             Role = "council"
	RoleUnacknowledged      Role = "unacknowledged"
	RoleImprovementDirector Role = "improvement-director"
	RoleProposer            Role = "proposer"
	RoleGovernors           Role = "governors"
)

// RoleRow says what a role means and where there is one.
type RoleRow struct {
	Role            Role
	Words           string // "who owes it"
	InCase, InGroup bool
	// Events: an event may be told to it, with no duty that names it; of several that fit the first
	// says why somebody was told.
	Events bool
}

// RoleRows is the one table of roles. A role that is not in it is refused wherever it is met.
var RoleRows = []RoleRow{
	{RoleOwner, "who owes it", true, true, true},
	{RoleProvider, "the provider", true, false, true},
	{RoleRingHolder, "the ring-holder", true, false, true},
	{RoleChair, "the chair", true, true, true},
	{RoleDecider, "the decider", true, false, true},
	{RoleOverseer, "overseeing the provider", true, false, true},
	{RoleInspector, "the quality regulator", true, true, true},
	{RoleSupport, "supporting the group", true, true, true},
	{RoleRegion, "the region", true, true, true},
	{RoleAdultSafeguarding, "the council's safeguarding team", true, false, true},
	{RoleChildSafeguarding, "safeguarding children", true, false, true},
	{RoleCommissioners, "a commissioner", true, true, true},
	{RoleRelevant, "relevant to the provider and its areas, or taking part in the response", true, false, true},
	{RoleMembers, "a member", true, true, true},
	{RoleInvited, "invited to the meeting", true, false, true},
	{RoleUnanswered, "invited, without an answer", true, false, false},
	{RolePackless, "invited, without a page in the pack", true, false, false},
	{RoleYetToSend, "a member that had sent nothing", false, true, false},
	{RolePerformanceManager, "the performance manager", true, false, false},
	{RoleCouncil, "the council", true, false, false},
	{RoleUnacknowledged, "alerted, without an acknowledgement", true, true, false},
	{RoleImprovementDirector, "improvement director", true, false, false},
	{RoleProposer, "the proposer", true, true, false},
	{RoleGovernors, "the council of governors", true, false, true},
	{RoleNews, "a member, for the weekly digest", true, true, false},
	{RoleDigest, "a member, for the weekly digest", true, true, false},
}

// Row is the role's row; ok is false for a role that does not exist.
func (r Role) Row() (row RoleRow, ok bool) {
	for _, row := range RoleRows {
		if row.Role == r {
			return row, true
		}
	}
	return RoleRow{}, false
}

// Must returns the role, and panics where there is none of that name: what is meant for it would
// reach no one.
func (r Role) Must() Role {
	if _, ok := r.Row(); !ok {
		panic(fmt.Sprintf("regime: there is no role %q", string(r)))
	}
	return r
}

// UnmarshalText refuses a role that does not exist.
func (r *Role) UnmarshalText(text []byte) error {
	if _, ok := Role(text).Row(); !ok {
		return fmt.Errorf("there is no role %q", words.Clip(string(text), 30))
	}
	*r = Role(text)
	return nil
}

// Audience is a role, and which of its holder's contacts is told; with no level the duty contact.
type Audience struct {
	Role  Role
	Level Level
}

// Contacts are the duty contacts of some roles.
func Contacts(roles ...Role) []Audience {
	out := make([]Audience, len(roles))
	for i, r := range roles {
		out[i] = Audience{Role: r}
	}
	return out
}

// Words says who is meant: "the chair (executive)".
func (a Audience) Words() string {
	row, _ := a.Role.Row()
	if a.Level == "" || a.Level == LevelDuty {
		return row.Words
	}
	return row.Words + " (" + string(a.Level) + ")"
}

// String is the audience as a profile writes it: "owner:executive".
func (a Audience) String() string {
	if a.Level == "" {
		return string(a.Role)
	}
	return string(a.Role) + ":" + string(a.Level)
}

// MarshalText writes what UnmarshalText reads.
func (a Audience) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads "owner" or "owner:executive", and refuses a role or level that does not exist.
func (a *Audience) UnmarshalText(text []byte) error {
	role, level, named := strings.Cut(string(text), ":")
	a.Level = Level(level)
	switch a.Level {
	case LevelDuty, LevelLead, LevelDeputy, LevelExecutive:
	default:
		if named || level != "" {
			return fmt.Errorf("%q: there is no contact %q", words.Clip(string(text), 40), words.Clip(level, 20))
		}
	}
	return a.Role.UnmarshalText([]byte(role))
}
