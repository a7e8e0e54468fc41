package surveillance

import (
	"slices"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

var groupSuccessionVerbs = []Verb{
	{Path: "group succession", Update: "RecordGroupSuccession", Rules: "R122 R123",
		New:     func() Act { return new(RecordGroupSuccession) },
		Did:     "recorded that a member has ended and another takes its seat",
		Summary: "Record that a member has ended and another body takes its seat, duties and actions",
		Example: `group succession --group GROUP --by "NHS England" --from ICB/QMM --to ICB/QNS --on 2026-04-01 ` +
			`--why "the boards merge"`},
}

// followLaw goes from one period of the group's profile to the next. Under another profile areas are
// redrawn: there the group ends, and another is opened.
func (g *Group) followLaw(now time.Time) {
	for at := g.nextLaw(); !at.IsZero() && !now.Before(at); at = g.nextLaw() {
		g.adopt(at, now)
	}
}

// adopt takes the law of a moment up, and says what that did.
func (g *Group) adopt(at, now time.Time) string {
	next, _ := regime.ProfileOn(g.Profile, at)
	var before []regime.UnitName
	for _, p := range g.parties(nil) {
		before = append(before, regime.UnitName{Party: p, Name: g.Name(p)})
	}
	g.pen.LeaveLaw(g.Profile, at)
	moved := g.passOn(func(p regime.Party) regime.Party { return next.HeirOf(p, g.Region) }, ledger.Succeeded{On: at})
	ended := g.dropEnded(now)
	text := words.Join("The law has changed on "+calendar.Day(at)+".", g.Renamed(before, moved), g.PassedOn(moved), ended)
	g.pen.EnterByClock(now, text)
	if len(moved) > 0 || ended != "" {
		g.pen.Event(regime.NoticeLawChanged, text, regime.RoleMembers)
	}
	return text
}

// LawSteps are what the law does to the group by itself from now until a moment, as it stands; without a moment the
// next change alone. Where its profile ends, that waits for a person. The group is not changed.
func (g *Group) LawSteps(now, until time.Time) []ledger.LawStep {
	k := g.clone()
	var out []ledger.LawStep
	more := func(at time.Time) bool { return !at.IsZero() && (until.IsZero() && len(out) == 0 || !at.After(until)) }
	for at := k.nextLaw(); more(at); at = k.nextLaw() {
		out = append(out, ledger.LawStep{On: at, Profile: k.Profile, Says: k.adopt(at, now)})
	}
	if k.Law.IsZero() || !k.Ended.IsZero() {
		return out
	}
	if at := k.profile().NextChange(k.Law); more(at) && !k.profile().Covers(at) {
		out = append(out, ledger.LawStep{On: at, Profile: regime.ProfileFor(at).Name, Waits: true})
	}
	return out
}

// nextLaw is when the law changes next within the years of the group's profile; zero where it does
// not.
func (g *Group) nextLaw() time.Time {
	if g.Law.IsZero() || !g.Ended.IsZero() {
		return time.Time{}
	}
	at := g.profile().NextChange(g.Law)
	if at.IsZero() || !g.profile().Covers(at) {
		return time.Time{}
	}
	return at
}

func (g *Group) passOn(heir func(regime.Party) regime.Party, how ledger.Succeeded) []ledger.Succeeded {
	moved := g.pen.PutHeirs(g, func(p regime.Party) regime.Party {
		if p == "" || p.Body() == unnamed {
			return p
		}
		return heir(p)
	}, how)
	var members []Member
	for _, m := range g.Members {
		if !slices.ContainsFunc(members, func(o Member) bool { return o.Party == m.Party }) {
			members = append(members, m)
		}
	}
	g.Members = members
	return moved
}

// dropEnded ends the seat and the duties of bodies in whose place nobody stands.
func (g *Group) dropEnded(now time.Time) string {
	gone := func(p regime.Party) bool { return p != "" && p.Body() != unnamed && !g.profile().Knows(p.Body()) }
	var out []string
	for _, p := range g.parties(gone) {
		out = append(out, g.Name(p)+" has ended, and nobody stands in its place")
	}
	g.Members = slices.DeleteFunc(g.Members, func(m Member) bool { return gone(m.Party) })
	g.Minimum = slices.DeleteFunc(g.Minimum, gone)
	return ledger.Sentences(append(out, g.pen.EndDutiesOf(gone, now)...))
}

// RecordGroupSuccession says of one member that it has ended and who takes its seat. It is undone by
// a second one the other way round.
type RecordGroupSuccession struct {
	From regime.Party `json:"from" flag:"from" board:"from" usage:"the member that has ended, with its unit" need:"yes"`
	To   regime.Party `json:"to" flag:"to" board:"to" usage:"who takes its seat" need:"yes"`
	Why  string       `json:"why" flag:"why" usage:"the order, the merger, the split: why, and why this one" need:"yes"`
	On   time.Time    `json:"on,omitzero" flag:"on" day:"start" when:"ever" usage:"the heir's first day, if earlier than today"`
}

func (a *RecordGroupSuccession) check(g *Group, m ledger.Moment) error {
	heir, since := g.Heir(a.From, m.Now)
	switch {
	case !g.IsMember(m.By.For) && m.By.For != a.To && !g.supports(m.By.For.Body()):
		return regime.Refusef("R123", "a member of the group, or who supports it, records that; %s is neither.", g.Name(m.By.For))
	case a.From == a.To:
		return regime.Mistakef("--from and --to are the same body.")
	case heir != "":
		return regime.Mistakef("%s is no more since %s; %s stands in its place already.", g.Name(a.From), calendar.Day(since), g.Name(heir))
	case !g.IsMember(a.From):
		return regime.Mistakef("%s has no seat in this group.", g.Name(a.From))
	case a.To.Body() == regime.ProviderBody:
		return regime.Refusef("R8", "a provider is never a member of a %s.", g.labels().Group)
	}
	return g.CheckHeir(a.From, a.To)
}

// PassesOn lists what a body has in the group that would pass on to its heir; nothing where it has no seat.
func (g *Group) PassesOn(p regime.Party) []string {
	if !g.IsMember(p) {
		return nil
	}
	out := []string{"its seat"}
	if g.Chair == p {
		out = append(out, "the chair")
	}
	for i := range g.Actions {
		if a := &g.Actions[i]; a.Owner == p && !a.Settled() {
			out = append(out, "action "+a.ID)
		}
	}
	return append(out, g.Ledger.PassesOn(p)...)
}

func (a *RecordGroupSuccession) do(g *Group, m ledger.Moment) string {
	moved := g.passOn(func(p regime.Party) regime.Party {
		if p == a.From {
			return a.To
		}
		return p
	}, ledger.Succeeded{On: m.At, By: m.By, Why: a.Why})
	text := words.Join(g.PassedOn(moved), g.PlannedWords(a.From, a.To))
	g.pen.Event(regime.NoticeLawChanged, text, regime.RoleMembers)
	return words.Sentence(text, a.Why, "")
}
