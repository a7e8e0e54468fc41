package failure

import (
	"slices"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// DutyNameSuccessors is the kind of duty that is owed here.
const DutyNameSuccessors regime.DutyKind = "NAME_SUCCESSORS"

var successionVerbs = []Verb{
	{Path: "succession record", Update: "RecordSuccession", Rules: "R122 R123",
		New:     func() Act { return new(RecordSuccession) },
		Summary: "Record that a body has ended and another takes its place: seat, duties, actions, ring",
		Example: `succession record --case CASE --by "NHS England" --from ICB/QMM --to ICB/QNS --on 2026-04-01 ` +
			`--why "the boards merge"`},
	{Path: "succession law", Update: "MoveLaw", Rules: "R121 R123",
		New:     func() Act { return new(MoveLaw) },
		Summary: "Go over to the law of a later profile, with the area and region as they are then",
		Example: `succession law --case CASE --by "NHS England" --to ENGLAND_2022 --area QMM --region Y61`},
}

// followLaw goes from one period of the law to the next when its day has come. A case of another
// time than its profile's keeps the law that it was opened under.
func (c *Case) followLaw(now time.Time) {
	for c.Stage != regime.Closed {
		at := c.nextLaw()
		if at.IsZero() || now.Before(at) {
			return
		}
		next := regime.ProfileFor(at)
		if next.Name != c.Profile && !c.goesOver(next) {
			c.awaitSuccessors(next, at, now)
			return
		}
		c.adopt(next, at, now, c.heirsIn(next), ledger.Succeeded{On: at})
	}
}

// nextLaw is when the law of the case changes next; zero where it does not by itself.
func (c *Case) nextLaw() time.Time {
	if c.Law.IsZero() || c.Stage == regime.Closed || c.Duty(DutyNameSuccessors, "") != nil {
		return time.Time{}
	}
	return c.profile().NextChange(c.Law)
}

// goesOver reports whether every party of the case has its place under another profile without
// anybody saying which: no area is cut anew, and no body of many units ends.
func (c *Case) goesOver(next *regime.Profile) bool {
	if next.Part(regime.SupportsGroup) != c.holderOf(regime.SupportsGroup) {
		return false
	}
	return !slices.ContainsFunc(c.Members, func(m Member) bool {
		return !next.Knows(m.Party.Body()) && m.Party.Unit() != "" && !next.OnePerArea(next.Heir(m.Party.Body()))
	})
}

// awaitSuccessors asks who takes the places that the new law does not name by itself. Until it is
// said the case goes on under the law that it has.
func (c *Case) awaitSuccessors(next *regime.Profile, at, now time.Time) {
	c.pen.EnterByClock(now, "Since "+calendar.Day(at)+" the law is another ("+next.Name+"). Until it is said who takes "+
		"the places of the bodies that have ended, the case goes on as it is.")
	c.pen.Ask(regime.NoticeLawChanged, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyNameSuccessors, Owner: c.support(), Start: now}))
}

// heirsIn says who stands in whose place where that follows from the profile alone.
func (c *Case) heirsIn(next *regime.Profile) func(regime.Party) regime.Party {
	return func(p regime.Party) regime.Party { return next.HeirOf(p, c.Provider.Region) }
}

// adopt takes a law up and passes on what each ended body held and owed. All are told once where a
// seat has changed hands, and nobody of a new name alone.
func (c *Case) adopt(next *regime.Profile, at, now time.Time, heir func(regime.Party) regime.Party, how ledger.Succeeded) string {
	text := "The law has changed on " + calendar.Day(at) + "."
	if next.Name != c.Profile {
		text = "Since " + calendar.Day(at) + " the law is " + next.Name + "."
	}
	var before []regime.UnitName
	for _, p := range c.parties(nil) {
		before = append(before, regime.UnitName{Party: p, Name: c.Name(p)})
	}
	c.pen.LeaveLaw(c.Profile, at)
	c.Profile = next.Name
	moved := c.passOn(heir, how)
	ended := c.dropEnded(now)
	text = words.Join(text, c.Renamed(before, moved), c.PassedOn(moved), ended)
	if how.By.For == "" {
		c.pen.EnterByClock(now, text)
	}
	if len(moved) > 0 || ended != "" {
		c.pen.Event(regime.NoticeLawChanged, text, regime.RoleMembers, regime.RoleProvider)
	}
	return text
}

// passOn puts the heirs in their places. Several bodies that have one heir are one member then.
func (c *Case) passOn(heir func(regime.Party) regime.Party, how ledger.Succeeded) []ledger.Succeeded {
	moved := c.pen.PutHeirs(c, func(p regime.Party) regime.Party {
		if p == "" || p.Body() == regime.ProviderBody {
			return p
		}
		return heir(p)
	}, how)
	c.Members = once(c.Members, func(m Member) regime.Party { return m.Party })
	c.Summit.Invited = once(c.Summit.Invited, func(i Invitee) regime.Party { return i.Party })
	c.Ring.Candidates = once(c.Ring.Candidates, func(k Candidate) regime.Party { return k.Party })
	return moved
}

// once keeps the first of those that have become one party.
func once[T any](rows []T, of func(T) regime.Party) []T {
	var out []T
	for _, r := range rows {
		if !slices.ContainsFunc(out, func(o T) bool { return of(o) == of(r) }) {
			out = append(out, r)
		}
	}
	return out
}

// dropEnded ends the seat and the duties of bodies in whose place nobody stands.
func (c *Case) dropEnded(now time.Time) string {
	gone := func(p regime.Party) bool {
		return p != "" && p.Body() != regime.ProviderBody && !c.profile().Knows(p.Body())
	}
	var out []string
	for _, p := range c.parties(gone) {
		out = append(out, c.Name(p)+" has ended, and nobody stands in its place")
	}
	c.Members = slices.DeleteFunc(c.Members, func(m Member) bool { return gone(m.Party) })
	return ledger.Sentences(append(out, c.pen.EndDutiesOf(gone, now)...))
}
