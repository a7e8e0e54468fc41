package regime

import (
	"time"

	"holdthering/regime/calendar"
)

// Ring is who holds the ring, and how that came about.
type Ring struct {
	Holder Party           `json:"holder,omitempty"`
	Basis  RingHolderBasis `json:"basis,omitempty"`
	Since  time.Time       `json:"since,omitzero"`
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
	Party    Party   `json:"party"`
	By       Party   `json:"by"`
	Fitness  string  `json:"fitness,omitempty"` // legitimate, capability, capacity (R30)
	Accepted bool    `json:"accepted,omitempty"`
	Assents  []Party `json:"assents,omitempty"`
}

// Objection stands until it is withdrawn.
type Objection struct {
	By        Party  `json:"by"`
	To        Party  `json:"to"`
	Why       string `json:"why"`
	Withdrawn bool   `json:"withdrawn,omitempty"`
}

// PastRing is an earlier ring-holder.
type PastRing struct {
	Holder Party           `json:"holder"`
	Basis  RingHolderBasis `json:"basis"`
	Since  time.Time       `json:"since"`
	Until  time.Time       `json:"until"`
}

var ringVerbs = []Verb{
	{Path: "ring propose", Rules: "R30 R32 A8", New: func() Act { return new(ProposeRingHolder) },
		Summary: "Propose who holds the ring, also provisionally before the judgement",
		Example: `ring propose --case CASE --by CCG --candidate Monitor ` +
			`--fitness "regulates the trust; has a regional team free"`},
	{Path: "ring accept", Rules: "R29", New: func() Act { return new(AcceptRing) },
		Summary: "Accept to hold the ring (the candidate alone)",
		Example: `ring accept --case CASE --by Monitor`},
	{Path: "ring decline", Rules: "R29 A11", New: func() Act { return new(DeclineRing) },
		Summary: "Decline to hold the ring (the candidate alone)",
		Example: `ring decline --case CASE --by Monitor --reason "no capacity this month"`},
	{Path: "ring assent", Rules: "T6 A37", New: func() Act { return new(AssentToRingHolder) },
		Summary: "Assent to a candidate who has accepted",
		Example: `ring assent --case CASE --by CQC --candidate Monitor`},
	{Path: "ring object", Rules: "A37", New: func() Act { return new(ObjectToRingHolder) },
		Summary: "Object to a candidate, or withdraw the objection",
		Example: `ring object --case CASE --by CQC --candidate Monitor --reason "conflict of interest"`},
	{Path: "ring cannot-agree", Rules: "R31 T7", New: func() Act { return new(CannotAgree) },
		Summary: "Record that the members cannot agree: the default takes the ring at once",
		Example: `ring cannot-agree --case CASE --by CCG --reason "two candidates, neither yields"`},
	{Path: "ring hand-over", Rules: "R28 T11", New: func() Act { return new(HandOverRing) },
		Summary: "Hand the ring to another party, who takes it by 'ring accept'",
		Example: `ring hand-over --case CASE --by "NHS England" --to Monitor --reason "Monitor has the powers"`},
}

// beginRingHolderAgreement starts both clocks at the judgement: the agreement and the
// 24/48 hours (R27, T6, T8).
func (c *Case) beginRingHolderAgreement(now time.Time) {
	c.enterStage(RingHolderPending, now)
	c.event("N12", "The collective judgement has been recorded; the 24/48 hours have begun",
		"members", "region")
	c.owe(owed{kind: DutyFirstMeeting, role: "ring-holder", start: now})
	c.owe(owed{kind: DutyPublicQuestion, role: "chair", start: now})
	d := c.owe(owed{kind: DutyAgreeRingHolder, owner: c.support(), start: now})
	c.notify(Notice{Kind: "N13", Duty: d.ID, To: c.audiences([]string{"members"}, *d),
		Text: "The members are to agree quickly who holds the ring. A suggestion only: " +
			c.profile().BodyName(c.providerRow().SuggestedRingHolder)})
}

// defaultForTime is what follows when the time for agreement is up: a candidate who has
// accepted and has no standing objection is agreed (silence is no objection, A37), else
// the default takes the ring (R31).
func (c *Case) defaultForTime(d Duty, now time.Time) {
	if p, ok := c.unopposed(); ok {
		c.endDuty(DutyAgreeRingHolder, "", EndDone, Moment{Now: now})
		c.byClock(now, "Time for agreement is up; "+c.Name(p)+" has accepted and nobody objects (A37).")
		c.takeRing(p, Agreed, now)
		return
	}
	c.endDuty(DutyAgreeRingHolder, "", EndNotNeeded, Moment{Now: now})
	p := c.defaultRingHolder()
	c.byClock(now, "Time for agreement is up; by default "+c.Name(p)+" holds the ring (R31).")
	c.takeRing(p, DefaultTimeout, now)
}

// unopposed finds the one candidate who accepted and to whom nobody objects.
func (c *Case) unopposed() (Party, bool) {
	var one Party
	n := 0
	for _, k := range c.Ring.Candidates {
		if k.Accepted {
			one = k.Party
			n++
		}
	}
	return one, n == 1 && !c.objected(one)
}

func (c *Case) objected(p Party) bool {
	for _, o := range c.Ring.Objections {
		if o.To == p && !o.Withdrawn {
			return true
		}
	}
	return false
}

// defaultRingHolder cannot refuse (A11). Where its area team commissions the failing
// service itself, its region takes the ring (A10).
func (c *Case) defaultRingHolder() Party {
	b := c.profile().DefaultRingHolder
	if b != NHSCB {
		return c.Complete(Party(b))
	}
	if c.providerRow().DirectlyCommissioned {
		return c.region()
	}
	return c.support()
}

// takeRing makes p the one ring-holder; its duties come with it. The 24/48 hours run on
// from the judgement (T7).
func (c *Case) takeRing(p Party, basis RingHolderBasis, now time.Time) {
	r := &c.Ring
	if r.Holder != "" {
		r.Past = append(r.Past, PastRing{r.Holder, r.Basis, r.Since, now})
	}
	handedOver := r.Holder != ""
	r.Holder, r.Basis, r.Since, r.Candidates, r.Objections = p, basis, now, nil, nil
	c.addMember(p)
	if handedOver {
		c.event("N20", "The ring has been handed over: "+c.Name(p)+" holds it now", "members",
			"support", "region")
		return
	}
	to := []string{"members"}
	how := c.Name(p) + " holds the ring, as agreed"
	if basis != Agreed {
		how = c.Name(p) + " holds the ring by default"
		to = append(to, "ring-holder:executive", "region")
	}
	c.event("N14", how, to...)
	c.enterStage(Responding, now)
	c.owe(owed{kind: DutyKeepMoving, role: "ring-holder", start: now})
}

// memberOnly: relevant members agree on the ring-holder; the provider has no say (R8).
func (c *Case) memberOnly(m Moment) error {
	if m.By.For.Body() == ProviderBody {
		return refuse("R8", "the provider has no say in who holds the ring.")
	}
	if !c.IsMember(m.By.For) {
		return refuse("R15", "%s is not a member of this case.", c.Name(m.By.For))
	}
	return nil
}

func (c *Case) candidate(p Party) *Candidate {
	for i := range c.Ring.Candidates {
		if c.Ring.Candidates[i].Party == p {
			return &c.Ring.Candidates[i]
		}
	}
	return nil
}

func (c *Case) ringOpen() error {
	if c.Ring.Holder != "" {
		return refuse("R28", "%s holds the ring since %s; it can hand it over.",
			c.Name(c.Ring.Holder), calendar.Instant(c.Ring.Since))
	}
	if c.Stage == Closed || c.Stage == StoodDown || c.Trigger == nil {
		return refuse("T6", "there is no ring to hold: %s.", c.Stage.Words())
	}
	return nil
}

// ProposeRingHolder may come early; it takes effect after the judgement (A8).
type ProposeRingHolder struct {
	Candidate Party  `json:"candidate" flag:"candidate" usage:"who should hold the ring" need:"yes"`
	Fitness   string `json:"fitness,omitempty" flag:"fitness" usage:"why it is legitimate, capable and has the capacity (R30)"`
}

func (a *ProposeRingHolder) check(c *Case, m Moment) error {
	if err := c.ringOpen(); err != nil {
		return err
	}
	if err := c.memberOnly(m); err != nil {
		return err
	}
	if !c.IsMember(a.Candidate) {
		return refuse("R28", "%s is not a member of this case.", c.Name(a.Candidate))
	}
	if c.candidate(a.Candidate) != nil {
		return mistake("%s is proposed already.", c.Name(a.Candidate))
	}
	return nil
}

func (a *ProposeRingHolder) do(c *Case, m Moment) string {
	c.Ring.Candidates = append(c.Ring.Candidates,
		Candidate{Party: a.Candidate, By: m.By.For, Fitness: a.Fitness})
	text := "Proposed that " + c.Name(a.Candidate) + " holds the ring."
	if a.Fitness == "" {
		text += " (Not said: whether it is legitimate, capable and has the capacity, R30.)"
	}
	c.notify(Notice{Kind: "N13", Text: c.Name(a.Candidate) + " is proposed to hold the ring; it is " +
		"asked to accept or decline", To: []Recipient{{Party: a.Candidate, Level: LevelDuty}}})
	return sentence(text, a.Fitness, "")
}

// AcceptRing is the candidate's own acceptance; nobody accepts for another (R29).
type AcceptRing struct{}

func (a *AcceptRing) check(c *Case, m Moment) error {
	if c.candidate(m.By.For) == nil {
		if err := c.ringOpen(); err != nil {
			return err
		}
		return refuse("R29", "%s has not been proposed to hold the ring.", c.Name(m.By.For))
	}
	return nil
}

func (a *AcceptRing) do(c *Case, m Moment) string {
	k := c.candidate(m.By.For)
	k.Accepted = true
	if c.Ring.Holder != "" {
		c.takeRing(m.By.For, Agreed, m.Now)
		return "Took over the ring."
	}
	return "Accepted to hold the ring."
}

// DeclineRing takes the candidate out again.
type DeclineRing struct {
	Reason string `json:"reason" flag:"reason" usage:"why" need:"yes"`
}

func (a *DeclineRing) check(c *Case, m Moment) error {
	if c.Ring.Holder == m.By.For && c.Ring.Basis != Agreed {
		return refuse("A11", "the default cannot be refused; it can be handed over by agreement.")
	}
	if c.candidate(m.By.For) == nil {
		return refuse("R29", "%s has not been proposed to hold the ring.", c.Name(m.By.For))
	}
	return nil
}

func (a *DeclineRing) do(c *Case, m Moment) string {
	var left []Candidate
	for _, k := range c.Ring.Candidates {
		if k.Party != m.By.For {
			left = append(left, k)
		}
	}
	c.Ring.Candidates = left
	return "Declined to hold the ring: " + a.Reason
}

// AssentToRingHolder makes agreement possible before the time is up.
type AssentToRingHolder struct {
	Candidate Party `json:"candidate" flag:"candidate" usage:"to whom" need:"yes"`
}

func (a *AssentToRingHolder) check(c *Case, m Moment) error {
	if err := c.ringOpen(); err != nil {
		return err
	}
	if err := c.memberOnly(m); err != nil {
		return err
	}
	if c.candidate(a.Candidate) == nil {
		return mistake("%s has not been proposed.", c.Name(a.Candidate))
	}
	return nil
}

func (a *AssentToRingHolder) do(c *Case, m Moment) string {
	k := c.candidate(a.Candidate)
	k.Assents = append(k.Assents, m.By.For)
	return "Assented to " + c.Name(a.Candidate) + " holding the ring."
}

// agreedEarly: a candidate who accepted, to whom nobody objects and to whom every party at
// the summit has assented, is agreed before the time is up (A37).
func (c *Case) agreedEarly() (Party, bool) {
	p, ok := c.unopposed()
	if !ok {
		return "", false
	}
	k := c.candidate(p)
	for _, q := range c.Summit.Attended {
		if q == p || q == k.By || !c.IsMember(q) || contains(k.Assents, q) {
			continue
		}
		return "", false
	}
	return p, true
}

func contains(ps []Party, p Party) bool {
	for _, q := range ps {
		if p == q {
			return true
		}
	}
	return false
}

// ObjectToRingHolder stands until withdrawn.
type ObjectToRingHolder struct {
	Candidate Party  `json:"candidate" flag:"candidate" usage:"to whom" need:"yes"`
	Reason    string `json:"reason,omitempty" flag:"reason" usage:"why"`
	Withdraw  bool   `json:"withdraw,omitempty" flag:"withdraw" usage:"take your objection back"`
}

func (a *ObjectToRingHolder) check(c *Case, m Moment) error {
	if err := c.ringOpen(); err != nil {
		return err
	}
	if err := c.memberOnly(m); err != nil {
		return err
	}
	if c.candidate(a.Candidate) == nil {
		return mistake("%s has not been proposed.", c.Name(a.Candidate))
	}
	if !a.Withdraw && a.Reason == "" {
		return mistake("--reason is missing: an objection says why.")
	}
	return nil
}

func (a *ObjectToRingHolder) do(c *Case, m Moment) string {
	if a.Withdraw {
		for i := range c.Ring.Objections {
			if o := &c.Ring.Objections[i]; o.By == m.By.For && o.To == a.Candidate {
				o.Withdrawn = true
			}
		}
		return "Withdrew its objection to " + c.Name(a.Candidate) + "."
	}
	c.Ring.Objections = append(c.Ring.Objections,
		Objection{By: m.By.For, To: a.Candidate, Why: a.Reason})
	return "Objected to " + c.Name(a.Candidate) + " holding the ring: " + a.Reason
}

// CannotAgree brings the default at once, to avoid delay and confusion (003:L866).
type CannotAgree struct {
	Reason string `json:"reason,omitempty" flag:"reason" usage:"why"`
}

func (a *CannotAgree) check(c *Case, m Moment) error {
	if err := c.ringOpen(); err != nil {
		return err
	}
	if c.Stage != RingHolderPending {
		return refuse("T7", "the judgement comes first: %s.", c.Stage.Words())
	}
	return c.memberOnly(m)
}

func (a *CannotAgree) do(c *Case, m Moment) string {
	c.endDuty(DutyAgreeRingHolder, "", EndNotNeeded, m)
	p := c.defaultRingHolder()
	c.takeRing(p, DefaultNoAgreement, m.Now)
	return sentence("The members cannot agree; by default "+c.Name(p)+" holds the ring (R31).",
		a.Reason, "")
}

// HandOverRing names a successor; the ring passes when it accepts, so that there is always
// exactly one ring-holder (R28).
type HandOverRing struct {
	To     Party  `json:"to" flag:"to" usage:"the successor" need:"yes"`
	Reason string `json:"reason" flag:"reason" usage:"why" need:"yes"`
}

func (a *HandOverRing) check(c *Case, m Moment) error {
	if c.Ring.Holder == "" {
		return refuse("R28", "nobody holds the ring yet.")
	}
	if m.By.For != c.Ring.Holder {
		return refuse("T11", "only the ring-holder, %s, hands the ring over.", c.Name(c.Ring.Holder))
	}
	if !c.IsMember(a.To) || a.To == c.Ring.Holder {
		return refuse("R28", "%s cannot take over the ring: it is no other member of this case.",
			c.Name(a.To))
	}
	return nil
}

func (a *HandOverRing) do(c *Case, m Moment) string {
	c.Ring.Candidates = []Candidate{{Party: a.To, By: m.By.For, Fitness: a.Reason}}
	c.notify(Notice{Kind: "N20", Text: "You are asked to take over the ring; it passes to you when " +
		"you accept", To: []Recipient{{Party: a.To, Level: LevelDuty}}})
	return "Asked " + c.Name(a.To) + " to take over the ring: " + a.Reason
}
