package surveillance

import (
	"slices"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// Member is a party with a seat in the group.
type Member struct {
	Party regime.Party `json:"party" passes:"on"`
	// OptedIn: it joined because it wishes to be involved (R71).
	OptedIn bool      `json:"optedIn,omitempty"`
	Since   time.Time `json:"since"`
}

var groupMemberVerbs = []Verb{
	{Path: "group join", Update: "JoinGroup", Rules: "R69 R70 R71",
		New:     func() Act { return new(JoinGroup) },
		Summary: "Take a seat in the group, for your own body",
		Example: `group join --group GROUP --by GMC`},
	{Path: "group leave", Update: "LeaveGroup", Rules: "R69 R71",
		New:     func() Act { return new(LeaveGroup) },
		Summary: "Give up your body's seat in the group",
		Example: `group leave --group GROUP --by GMC --reason "no capacity this year"`},
}

func (g *Group) addMember(p regime.Party, now time.Time) {
	if !g.IsMember(p) {
		opted := g.profile().Seat(p.Body()).In(g.Tier) == regime.SeatOptIn
		g.Members = append(g.Members, Member{Party: p, OptedIn: opted, Since: now})
	}
}

// IsMember reports whether p has a seat.
func (g *Group) IsMember(p regime.Party) bool {
	return slices.ContainsFunc(g.Members, func(m Member) bool { return m.Party == p })
}

func (g *Group) parties(keep func(regime.Party) bool) []regime.Party {
	var out []regime.Party
	for _, m := range g.Members {
		if keep == nil || keep(m.Party) {
			out = append(out, m.Party)
		}
	}
	return out
}

// MembershipGaps lists who is missing of the minimum (R69). A gap is remarked and blocks
// nothing. The NHS TDA is missed only where the group watches an NHS trust (R70).
func (g *Group) MembershipGaps() []regime.Party {
	var out []regime.Party
	for _, s := range g.profile().Seats {
		switch s.In(g.Tier) {
		case regime.SeatRequired:
		case regime.SeatIfTrusts:
			if !g.watchesNHSTrust() {
				continue
			}
		default:
			continue
		}
		out = append(out, g.missing(s.Body)...)
	}
	return out
}

// missing lists the parties of a body that ought to sit here and do not; where the minimum
// names none, any one of the body will do.
func (g *Group) missing(b regime.Body) []regime.Party {
	var out []regime.Party
	named := false
	for _, p := range g.Minimum {
		if p.Body() == b {
			named = true
			if !g.IsMember(p) {
				out = append(out, p)
			}
		}
	}
	if !named && len(g.parties(func(p regime.Party) bool { return p.Body() == b })) == 0 {
		out = append(out, regime.Party(b))
	}
	return out
}

func (g *Group) watchesNHSTrust() bool {
	return slices.ContainsFunc(g.Watched, func(w Watched) bool { return w.Type == regime.NHSTrust })
}

// JoinGroup is each body's own decision (R71). Members are determined locally beyond the
// minimum (003:L804); the professional regulators, Health Education England and Healthwatch
// England sit in regional groups and feed in to local ones.
type JoinGroup struct{}

func (a *JoinGroup) check(g *Group, m ledger.Moment) error {
	if g.IsMember(m.By.For) {
		return regime.Mistakef("%s is already a member.", g.Name(m.By.For))
	}
	if g.profile().Seat(m.By.For.Body()).In(g.Tier) == regime.SeatFeedsIn {
		return regime.Refusef("R71", "%s is not a member of a %s; it tells the group what it knows by "+
			"'group concern', as regularly or sporadically as it has something to say.",
			g.Name(m.By.For), g.row().Name)
	}
	return nil
}

func (a *JoinGroup) do(g *Group, m ledger.Moment) string {
	g.addMember(m.By.For, m.Now)
	return "Joined the group."
}

// LeaveGroup is each member's own too. Who supports the group stays (R73).
type LeaveGroup struct {
	Reason string `json:"reason,omitempty" flag:"reason" usage:"why"`
}

func (a *LeaveGroup) check(g *Group, m ledger.Moment) error {
	if !g.IsMember(m.By.For) {
		return regime.Mistakef("%s is not a member.", g.Name(m.By.For))
	}
	if m.By.For == g.support() {
		return regime.Refusef("R73", "%s supports the group and cannot leave it.", g.Name(m.By.For))
	}
	return nil
}

func (a *LeaveGroup) do(g *Group, m ledger.Moment) string {
	g.Members = slices.DeleteFunc(g.Members, func(o Member) bool { return o.Party == m.By.For })
	text := "Left the group."
	if slices.Contains(g.MembershipGaps(), m.By.For) {
		text += " It belongs to the minimum membership (R69)."
	}
	return words.Sentence(text, a.Reason, "")
}
