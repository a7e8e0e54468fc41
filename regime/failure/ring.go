package failure

import (
	"cmp"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
)

// The kinds of duty that are owed here.
const (
	DutyAgreeRingHolder regime.DutyKind = "AGREE_RING_HOLDER"
	DutyFirstMeeting    regime.DutyKind = "FIRST_RESPONSE_MEETING"
)

// Ring is who holds the ring, and how that came about.
type Ring struct {
	Holder regime.Party    `json:"holder,omitempty" passes:"on"`
	Basis  RingHolderBasis `json:"basis,omitempty"`
	Since  time.Time       `json:"since,omitzero"`
	// Conflict: the ring-holder commissions the failing service itself, or decides on special measures too (A10). A prompt.
	Conflict bool `json:"conflict,omitempty"`
	// Leaving is when the ring-holder withdrew without a successor; it holds the ring until
	// there is one.
	Leaving time.Time `json:"leaving,omitzero"`
	// Candidates before there is a ring-holder, and successors while there is one.
	Candidates []Candidate `json:"candidates,omitempty"`
	Objections []Objection `json:"objections,omitempty"`
	Past       []PastRing  `json:"past,omitempty"`
}

// RingHolderBasis is why the ring-holder is the ring-holder.
type RingHolderBasis string

// The bases of holding the ring.
const (
	Agreed             RingHolderBasis = "AGREED"
	DefaultNoAgreement RingHolderBasis = "DEFAULT_NO_AGREEMENT"
	DefaultTimeout     RingHolderBasis = "DEFAULT_TIMEOUT"
)

// Candidate is a party proposed to hold the ring.
type Candidate struct {
	Party    regime.Party   `json:"party" passes:"on"`
	By       regime.Party   `json:"by" passes:"on"`
	Fitness  string         `json:"fitness,omitempty"` // legitimate, capability, capacity (R30)
	Accepted bool           `json:"accepted,omitempty"`
	Assents  []regime.Party `json:"assents,omitempty" passes:"on"`
	// Agreed is the latest that it or a member assented.
	Agreed time.Time `json:"agreed,omitzero"`
}

// Objection stands until it is withdrawn.
type Objection struct {
	By        regime.Party `json:"by" passes:"on"`
	To        regime.Party `json:"to" passes:"on"`
	Why       string       `json:"why"`
	Withdrawn bool         `json:"withdrawn,omitempty"`
}

// Settled reports whether it stands no more.
func (o Objection) Settled() bool { return o.Withdrawn }

// PastRing is an earlier ring-holder.
type PastRing struct {
	Holder regime.Party    `json:"holder"`
	Basis  RingHolderBasis `json:"basis"`
	Since  time.Time       `json:"since"`
	Until  time.Time       `json:"until"`
}

var ringVerbs = []Verb{
	{Path: "ring propose", Update: "ProposeRingHolder", Rules: "R30 R32 A8",
		New:     func() Act { return new(ProposeRingHolder) },
		Did:     "proposed who holds the ring",
		Summary: "Propose who holds the ring, also provisionally before the judgement",
		Example: `ring propose --case CASE --by CCG --candidate Monitor ` +
			`--fitness "regulates the trust; has a regional team free"`},
	{Path: "ring accept", Update: "AcceptRing", Rules: "R29",
		New:     func() Act { return new(AcceptRing) },
		Did:     "accepted to hold the ring",
		Summary: "Accept to hold the ring (the candidate alone)",
		Example: `ring accept --case CASE --by Monitor`},
	{Path: "ring decline", Update: "DeclineRing", Rules: "R29 A11",
		New:     func() Act { return new(DeclineRing) },
		Did:     "declined to hold the ring",
		Summary: "Decline to hold the ring (the candidate alone)",
		Example: `ring decline --case CASE --by Monitor --reason "no capacity this month"`},
	{Path: "ring assent", Update: "AssentToRingHolder", Rules: "T6 A37",
		New:     func() Act { return new(AssentToRingHolder) },
		Did:     "assented to a candidate for the ring",
		Summary: "Assent to a candidate who has accepted",
		Example: `ring assent --case CASE --by CQC --candidate Monitor`},
	{Path: "ring object", Update: "ObjectToRingHolder", Rules: "A37",
		New:     func() Act { return new(ObjectToRingHolder) },
		Did:     "objected to a candidate for the ring, or withdrew the objection",
		Summary: "Object to a candidate, or withdraw the objection",
		Example: `ring object --case CASE --by CQC --candidate Monitor --reason "conflict of interest"`},
	{Path: "ring cannot-agree", Update: "CannotAgree", Rules: "R31 T7",
		New:     func() Act { return new(CannotAgree) },
		Did:     "recorded that the members cannot agree who holds the ring",
		Summary: "Record that the members cannot agree: the default takes the ring at once",
		Example: `ring cannot-agree --case CASE --by CCG --reason "two candidates, neither yields"`},
	{Path: "ring hand-over", Update: "HandOverRing", Rules: "R28 T11",
		New:     func() Act { return new(HandOverRing) },
		Did:     "handed the ring over",
		Summary: "Hand the ring to another party, who takes it by 'ring accept'",
		Example: `ring hand-over --case CASE --by "NHS England" --to Monitor --reason "Monitor has the powers"`},
	{Path: "ring withdraw", Update: "WithdrawFromRing", Rules: "T11 A11",
		New:     func() Act { return new(WithdrawFromRing) },
		Did:     "gave up the ring",
		Summary: "Give up the ring without a successor: the members agree again, in the same time as before",
		Example: `ring withdraw --case CASE --by Monitor --reason "no capacity any more"`},
}

// beginRingHolderAgreement starts both clocks at the judgement, or when the case is taken up
// again: the agreement and the 24/48 hours (R27, R86, T6, T8).
func (c *Case) beginRingHolderAgreement(said string, now time.Time) {
	c.enterStage(regime.RingHolderPending, now)
	c.pen.Event(regime.NoticeCollectiveJudgement, said, regime.RoleMembers, regime.RoleRegion)
	// The clock comes to the agreement first: what falls due at the same time is the new
	// ring-holder's.
	c.askForRingHolder("", now)
	c.beginHours(now)
}

func (c *Case) beginHours(now time.Time) {
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutyFirstMeeting, Role: regime.RoleRingHolder, Start: now, Urgent: c.immediateRisk()})
	if c.Questions.Public == nil {
		c.pen.OpenDuty(ledger.DutySpec{Kind: DutyPublicQuestion, Role: regime.RoleChair, Start: now})
	}
}

// askForRingHolder has the members agree, from now on.
func (c *Case) askForRingHolder(why string, now time.Time) {
	d := c.pen.OpenDuty(ledger.DutySpec{Kind: DutyAgreeRingHolder, Owner: c.support(), Start: now, Urgent: c.immediateRisk()})
	c.pen.Notify(ledger.Notice{Kind: regime.NoticeAgreeRingHolder, Duty: d.ID, To: c.Audiences(regime.Contacts(regime.RoleMembers), *d),
		Asks: ledger.Asking("agree with the other members who holds the ring", "ring propose, ring assent"),
		Text: why + "The members are to agree quickly who holds the ring. A suggestion only: " + c.suggestion()})
}

// suggestion is a hint only (R32): by the provider's type, or the region where several areas
// are concerned. Our choice, but for the two types that 003:L862 names.
func (c *Case) suggestion() string {
	if len(c.Provider.OtherAreas) > 0 {
		return c.Name(c.region())
	}
	return c.profile().BodyName(c.providerRow().SuggestedRingHolder)
}

// ringPending reports whether the members are to agree who holds the ring, for the first time or
// again.
func (c *Case) ringPending() bool {
	return c.Stage == regime.RingHolderPending || !c.Ring.Leaving.IsZero()
}

// defaultForTime is what follows when the time for agreement is up: a candidate who has
// accepted and has no standing objection is agreed (silence is no objection, A37), else
// the default takes the ring (R31).
func (c *Case) defaultForTime(d ledger.Duty, now time.Time) {
	if p, ok := c.unopposed(); ok {
		c.pen.EndDuty(DutyAgreeRingHolder, "", ledger.EndDone, ledger.Moment{Now: now})
		c.pen.EnterByClock(now, "Time for agreement is up; "+c.Name(p)+" has accepted and nobody objects (A37).")
		c.takeRing(p, Agreed, now)
		return
	}
	c.pen.EndDuty(DutyAgreeRingHolder, "", ledger.EndNotNeeded, ledger.Moment{Now: now})
	p := c.defaultRingHolder()
	c.pen.EnterByClock(now, "Time for agreement is up; by default "+c.Name(p)+" holds the ring (R31)"+
		c.conflict(p)+".")
	c.takeRing(p, DefaultTimeout, now)
}

// unopposed finds the one candidate who accepted and has no objections.
func (c *Case) unopposed() (regime.Party, bool) {
	var one regime.Party
	n := 0
	for _, k := range c.Ring.Candidates {
		if k.Accepted {
			one = k.Party
			n++
		}
	}
	return one, n == 1 && !c.objected(one)
}

func (c *Case) objected(p regime.Party) bool {
	for _, o := range c.Ring.Objections {
		if o.To == p && !o.Withdrawn {
			return true
		}
	}
	return false
}

// defaultRingHolder cannot refuse (A11). Where it commissions the failing service itself,
// the region takes the ring (A10).
func (c *Case) defaultRingHolder() regime.Party {
	b := cmp.Or(c.providerRow().DefaultRingHolder, c.holderOf(regime.DefaultRingHolder))
	if c.profile().Fills(b, regime.DirectCommissioner) && c.providerRow().DirectlyCommissioned {
		return c.region()
	}
	if b == c.holderOf(regime.SupportsGroup) {
		return c.support()
	}
	return c.Today(c.ResolveUnit(regime.Party(b)))
}

// takeRing makes p the one ring-holder; its duties come with it. The 24/48 hours run on
// from the judgement (T7).
func (c *Case) takeRing(p regime.Party, basis RingHolderBasis, now time.Time) {
	r := &c.Ring
	if r.Holder != "" {
		r.Past = append(r.Past, PastRing{r.Holder, r.Basis, r.Since, now})
	}
	handedOver := r.Holder != ""
	r.Holder, r.Basis, r.Since, r.Candidates, r.Objections = p, basis, now, nil, nil
	r.Conflict, r.Leaving = c.conflict(p) != "", time.Time{}
	c.addMember(p)
	if handedOver {
		c.pen.Event(regime.NoticeRingHandedOver, "The ring has been handed over: "+c.Name(p)+" holds it now", regime.RoleMembers,
			regime.RoleSupport, regime.RoleRegion)
		return
	}
	to := regime.Contacts(regime.RoleMembers)
	how := c.Name(p) + " holds the ring, as agreed"
	if basis != Agreed {
		how = c.Name(p) + " holds the ring by default" + c.conflict(p)
		to = append(to, regime.Audience{Role: regime.RoleRingHolder, Level: regime.LevelExecutive},
			regime.Audience{Role: regime.RoleRegion})
	}
	c.pen.Notify(ledger.Notice{Kind: regime.NoticeRingHolder, Text: how, To: c.Audiences(to, ledger.Duty{})})
	c.enterStage(regime.Responding, now)
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutyKeepMoving, Role: regime.RoleRingHolder, Start: now})
}

// memberOnly: relevant members agree on the ring-holder; the provider has no say (R8).
func (c *Case) memberOnly(m ledger.Moment) error {
	if m.By.For == c.Provider.Party() {
		return regime.Refusef("R8", "the provider has no say in who holds the ring.")
	}
	if !c.IsMember(m.By.For) {
		return regime.Refusef("R15", "%s is not a member of this case.", c.Name(m.By.For))
	}
	return nil
}

func (c *Case) candidate(p regime.Party) *Candidate {
	for i := range c.Ring.Candidates {
		if c.Ring.Candidates[i].Party == p {
			return &c.Ring.Candidates[i]
		}
	}
	return nil
}

func (c *Case) ringOpen() error {
	if c.Ring.Holder != "" && c.Ring.Leaving.IsZero() {
		return regime.Refusef("R28", "%s has held the ring since %s; it can hand it over.",
			c.Name(c.Ring.Holder), calendar.Instant(c.Ring.Since))
	}
	if c.Stage == regime.StoodDown || c.Trigger == nil {
		return regime.Refusef("T6", "there is no ring to hold: %s.", c.stageWords())
	}
	return nil
}
