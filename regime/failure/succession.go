package failure

import (
	"cmp"
	"slices"
	"strings"
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
		Did:     "recorded that a body has ended and another takes its place",
		Summary: "Record that a body has ended and another takes its place: seat, duties, actions, ring",
		Example: `succession record --case CASE --by "NHS England" --from ICB/QMM --to ICB/QNS --on 2026-04-01 ` +
			`--why "the boards merge"`},
	{Path: "succession law", Update: "MoveLaw", Rules: "R121 R123",
		New:     func() Act { return new(MoveLaw) },
		Did:     "went over to the law of a later profile",
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

// LawSteps are what the law does to the case by itself from now until a moment, as it stands; without a moment the
// next change alone. The last may be one that waits for a person. The case is not changed.
func (c *Case) LawSteps(now, until time.Time) []ledger.LawStep {
	if c.Duty(DutyNameSuccessors, "") != nil {
		at := c.profile().NextChange(c.Law)
		return []ledger.LawStep{{On: at, Profile: regime.ProfileFor(at).Name, Waits: true}}
	}
	k := c.clone()
	var out []ledger.LawStep
	for at := k.nextLaw(); !at.IsZero() && (until.IsZero() && len(out) == 0 || !at.After(until)); at = k.nextLaw() {
		next := regime.ProfileFor(at)
		step := ledger.LawStep{On: at, Profile: next.Name, Waits: next.Name != k.Profile && !k.goesOver(next)}
		if step.Waits {
			return append(out, step)
		}
		step.Says = k.adopt(next, at, now, k.heirsIn(next), ledger.Succeeded{On: at})
		out = append(out, step)
	}
	return out
}

// goesOver reports whether every party of the case has its place under another profile without
// anybody saying which: no area is redrawn, and no body of many units ends.
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

// RecordSuccession says of one party of the case that it has ended and who stands in its place. It
// is undone by a second one the other way round.
type RecordSuccession struct {
	From regime.Party `json:"from" flag:"from" board:"from" usage:"the body that has ended, with its unit" need:"yes"`
	To   regime.Party `json:"to" flag:"to" board:"to" usage:"who takes its place" need:"yes"`
	Why  string       `json:"why" flag:"why" usage:"the order, the merger, the split: why, and why this one" need:"yes"`
	On   time.Time    `json:"on,omitzero" flag:"on" day:"start" when:"ever" usage:"the heir's first day, if earlier than today"`
}

// mayRecordLaw: who takes part may say what has become of the bodies.
func (c *Case) mayRecordLaw(m ledger.Moment) error {
	if c.atTable(m.By.For) {
		return nil
	}
	return regime.Refusef("R123", "a member of the case, or who supports it, records that; %s is neither.", c.Name(m.By.For))
}

func (a *RecordSuccession) check(c *Case, m ledger.Moment) error {
	if m.By.For != a.To {
		if err := c.mayRecordLaw(m); err != nil {
			return err
		}
	}
	heir, on := c.Heir(a.From, m.Now)
	switch {
	case a.From == a.To:
		return regime.Mistakef("--from and --to are the same body.")
	case heir != "":
		return regime.Mistakef("%s is no more since %s; %s stands in its place already.", c.Name(a.From), calendar.Day(on), c.Name(heir))
	case a.To.Body() == regime.ProviderBody || a.From.Body() == regime.ProviderBody:
		return regime.Mistakef("what becomes of a provider is recorded otherwise: this is about the bodies at the table.")
	case !c.takesPartNow(a.From):
		return regime.Mistakef("%s has no seat, duty or action in this case.", c.Name(a.From))
	}
	return c.CheckHeir(a.From, a.To)
}

// takesPartNow reports whether anything in the case would pass on from the party.
func (c *Case) takesPartNow(p regime.Party) bool {
	found := false
	regime.PassOn(c, func(q regime.Party) regime.Party {
		found = found || q == p
		return q
	})
	return found
}

// PassesOn lists what a body has in the case that would pass on to its heir; nothing where it has none.
func (c *Case) PassesOn(p regime.Party) []string {
	if !c.takesPartNow(p) {
		return nil
	}
	var out []string
	add := func(yes bool, what string) {
		if yes {
			out = append(out, what)
		}
	}
	add(c.IsMember(p), "its seat")
	add(c.support() == p, "the support of the case")
	add(c.Ring.Holder == p, "the ring")
	add(c.Summit.Chair == p, "the chair of the "+c.labels().Summit)
	for i := range c.Actions {
		a := &c.Actions[i]
		add(a.Owner == p && !a.Settled(), "action "+a.ID)
	}
	return append(out, c.Ledger.PassesOn(p)...)
}

func (a *RecordSuccession) do(c *Case, m ledger.Moment) string {
	moved := c.passOn(func(p regime.Party) regime.Party {
		if p == a.From {
			return a.To
		}
		return p
	}, ledger.Succeeded{On: m.At, By: m.By, Why: a.Why})
	c.movePlace(a.From, a.To)
	text := words.Join(c.PassedOn(moved), c.PlannedWords(a.From, a.To))
	c.pen.Event(regime.NoticeLawChanged, text, regime.RoleMembers, regime.RoleProvider)
	return words.Sentence(text, a.Why, "")
}

// movePlace keeps the places that the provider is found by in step with who holds them.
func (c *Case) movePlace(from, to regime.Party) {
	p := &c.Provider
	if from.Body() == c.holderOf(regime.SupportsGroup) && from.Unit() == p.AreaTeam && to.Body() == from.Body() {
		p.AreaTeam = to.Unit()
	}
	if from.Body() == c.holderOf(regime.RegionalOffice) && from.Unit() == p.Region && to.Body() == from.Body() {
		p.Region = to.Unit()
	}
	if from.Body() == c.holderOf(regime.LeadCommissioner) && from.Unit() == p.LeadCCG && to.Body() == from.Body() {
		p.LeadCCG = to.Unit()
	}
}

// MoveLaw takes a case from one profile to a later one where the areas are redrawn, so that no law
// says by itself which unit takes whose place.
type MoveLaw struct {
	To     string    `json:"to" flag:"to" usage:"the profile, such as ENGLAND_2022" need:"yes"`
	Area   string    `json:"area" flag:"area" usage:"the area in which the provider lies then: the code of its integrated care board" need:"yes"`
	Region string    `json:"region,omitempty" flag:"region" usage:"its region then; it may be left out where the regions stay"`
	On     time.Time `json:"on,omitzero" flag:"on" day:"start" when:"ever" usage:"the first day of the new law in this case, if earlier than today"`
}

func (a *MoveLaw) next(at time.Time) (*regime.Profile, bool) {
	return regime.ProfileOn(strings.ToUpper(a.To), at)
}

func (a *MoveLaw) check(c *Case, m ledger.Moment) error {
	if err := c.mayRecordLaw(m); err != nil {
		return err
	}
	p, ok := a.next(m.At)
	switch {
	case !ok:
		return regime.Mistakef("there is no profile %q; there are %s.", words.Clip(a.To, 40), regime.ProfileNames())
	case p.Name == c.Profile:
		return regime.Mistakef("the case runs under %s already.", p.Name)
	case !p.Covers(m.At):
		return regime.Refusef("R121", "%s is the law %s, and not on %s.", p.Name, p.Years(), calendar.Day(m.At))
	}
	if _, ok := p.ProviderRow(c.Provider.Type); !ok {
		return regime.Refusef("R121", "%s does not know %s.", p.Name, c.providerRow().Label)
	}
	if a.Region == "" && c.profile().Places.Register && !p.Places.Register {
		return regime.Mistakef("--region is missing: %s has other regions than %s, and London's alone has the same code.", p.Name, c.Profile)
	}
	return nil
}

func (a *MoveLaw) do(c *Case, m ledger.Moment) string {
	next, _ := a.next(m.At)
	old := c.Provider
	heir := a.heirIn(c, next)
	c.pen.Discharge(DutyNameSuccessors, "", m)
	c.Provider.AreaTeam, c.Provider.Region, c.Provider.OtherAreas = a.Area, cmp.Or(a.Region, old.Region), nil
	if old.LeadCCG != "" {
		c.Provider.LeadCCG = a.Area
	}
	return c.adopt(next, m.At, m.Now, heir, ledger.Succeeded{On: m.At, By: m.By})
}

// heirIn says who stands in whose place once the areas are redrawn. What is of an area is of the new one; what is of a
// place of its own, as a council is, stays what it was.
func (a *MoveLaw) heirIn(c *Case, next *regime.Profile) func(regime.Party) regime.Party {
	old := c.Provider
	wasSupport, wasRegion, board := c.holderOf(regime.SupportsGroup), c.holderOf(regime.RegionalOffice), next.Part(regime.SupportsGroup)
	region := cmp.Or(a.Region, old.Region)
	ofArea := func(p regime.Party) bool {
		return p.Unit() != "" && (p.Unit() == old.AreaTeam || slices.Contains(old.OtherAreas, p.Unit()))
	}
	return func(p regime.Party) regime.Party {
		b := p.Body()
		switch {
		case p == "" || b == regime.ProviderBody:
			return p
		case b == wasSupport && ofArea(p):
			return regime.PartyOf(board, a.Area)
		case b == wasRegion && p.Unit() == old.Region && next.Knows(b):
			return regime.PartyOf(b, region)
		case next.Knows(b) && next.OnePerArea(b) && ofArea(p):
			return regime.PartyOf(b, a.Area)
		case next.Knows(b):
			return p
		}
		switch h := next.Heir(b); {
		case h == "":
			return p
		case h == next.Part(regime.RegionalOffice):
			return regime.PartyOf(h, region)
		case h == board || next.OnePerArea(h) && (p.Unit() == "" || ofArea(p)):
			return regime.PartyOf(h, a.Area)
		case next.OnePerArea(h):
			return regime.PartyOf(h, p.Unit())
		default:
			return regime.Party(h)
		}
	}
}
