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
		Did:     "took a seat",
		Summary: "Take a seat in the group, for your own body",
		Example: `group join --group GROUP --by GMC`},
	{Path: "group offer-seat", Update: "OfferSeat", Rules: "R69 R71",
		New:     func() Act { return new(OfferSeat) },
		Did:     "offered a seat",
		Summary: "Offer a seat to a body that the group has determined to have beside the minimum",
		Example: `group offer-seat --group GROUP --by "NHS England" --body GMC --reason "training was spoken of at three meetings"`},
	{Path: "group leave", Update: "LeaveGroup", Rules: "R69 R71",
		New:     func() Act { return new(LeaveGroup) },
		Did:     "gave up its seat",
		Summary: "Give up your body's seat in the group",
		Example: `group leave --group GROUP --by GMC --reason "no capacity this year"`},
}

func (g *Group) addMember(p regime.Party, now time.Time) {
	if !g.IsMember(p) {
		seat := g.profile().Seat(p.Body()).In(g.Tier)
		opted := seat == regime.SeatOptIn || seat == regime.SeatFeedsIn
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

// JoinGroup is each body's own decision (R71). The professional regulators, Health Education England and
// Healthwatch England sit in regional groups where they wish, and feed in to local ones; in a local group they sit
// where it has offered them a seat, since beyond the minimum members are determined locally (003:L804). Where no text
// confirms that a body only feeds in, it may join (R125).
type JoinGroup struct{}

func (a *JoinGroup) check(g *Group, m ledger.Moment) error {
	if g.IsMember(m.By.For) {
		return regime.Mistakef("%s is already a member.", g.Name(m.By.For))
	}
	if g.feedsIn(m.By.For) && !g.profile().Seat(m.By.For.Body()).Basis.Open() && !slices.Contains(g.Offered, m.By.For) {
		return regime.Refusef("R71", "%s is not a member of a %s; it tells the group what it knows by "+
			"'group concern', as regularly or sporadically as it has something to say. Who supports the group can "+
			"offer it a seat ('group offer-seat').", g.Name(m.By.For), g.row().Name)
	}
	return nil
}

func (a *JoinGroup) do(g *Group, m ledger.Moment) string {
	g.addMember(m.By.For, m.Now)
	if g.feedsIn(m.By.For) && !slices.Contains(g.Offered, m.By.For) {
		return "Joined the group. (Not confirmed: that it has no seat of its own under the law of this day. Nothing is refused on it, R125.)"
	}
	return "Joined the group."
}

// feedsIn reports whether the body has no seat by the profile, but tells the group what it knows.
func (g *Group) feedsIn(p regime.Party) bool {
	return g.profile().Seat(p.Body()).In(g.Tier) == regime.SeatFeedsIn
}

// OfferSeat says for the group whom else it wants to have (003:L804). The body takes the seat itself, or not (R71).
type OfferSeat struct {
	Party  regime.Party `json:"party" flag:"body" was:"party" board:"to" usage:"the body" need:"yes"`
	Reason string       `json:"reason" flag:"reason" usage:"why the group wants it to sit" need:"yes"`
}

func (a *OfferSeat) check(g *Group, m ledger.Moment) error {
	if err := g.supportOnly(m, "offers seats in it"); err != nil {
		return err
	}
	switch {
	case g.IsMember(a.Party):
		return regime.Mistakef("%s is already a member.", g.Name(a.Party))
	case slices.Contains(g.Offered, a.Party):
		return regime.Mistakef("%s has been offered a seat, and takes it by 'group join'.", g.Name(a.Party))
	case a.Party.Body() == regime.ProviderBody:
		return regime.Refusef("R8", "a provider is never a member of a %s.", g.labels().Group)
	case !g.feedsIn(a.Party):
		return regime.Mistakef("%s needs no offer: it takes a seat by 'group join'.", g.Name(a.Party))
	}
	return nil
}

func (a *OfferSeat) do(g *Group, m ledger.Moment) string {
	g.Offered = append(g.Offered, a.Party)
	g.pen.Notify(ledger.Notice{Kind: regime.NoticeGroupDecided, Text: "The group of " + g.PlaceName + " offers your body a seat, which it " +
		"takes by 'group join', or leaves", To: []ledger.Recipient{{Party: a.Party, Level: regime.LevelDuty}}})
	return words.Sentence("Offered "+g.Name(a.Party)+" a seat.", a.Reason, "")
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
