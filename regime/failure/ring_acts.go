package failure

import (
	"cmp"
	"slices"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// ProposeRingHolder may come early; it takes effect after the judgement (A8).
type ProposeRingHolder struct {
	Candidate regime.Party `json:"candidate" flag:"candidate" board:"plain" usage:"who should hold the ring" need:"yes"`
	Fitness   string       `json:"fitness,omitempty" flag:"fitness" usage:"why it has the legitimacy, capability and capacity (R30)"`
	At        time.Time    `json:"at,omitzero" flag:"at" when:"past" usage:"when it was proposed, if earlier than now"`
}

func (a *ProposeRingHolder) check(c *Case, m ledger.Moment) error {
	if err := c.ringOpen(); err != nil {
		return err
	}
	if err := c.memberOnly(m); err != nil {
		return err
	}
	if !c.IsMember(a.Candidate) {
		return regime.Refusef("R28", "%s is not a member of this case.", c.Name(a.Candidate))
	}
	if c.candidate(a.Candidate) != nil {
		return regime.Mistakef("%s has already been proposed.", c.Name(a.Candidate))
	}
	return nil
}

func (a *ProposeRingHolder) do(c *Case, m ledger.Moment) string {
	c.Ring.Candidates = append(c.Ring.Candidates,
		Candidate{Party: a.Candidate, By: m.By.For, Fitness: a.Fitness})
	text := "Proposed that " + c.Name(a.Candidate) + " holds the ring."
	if a.Fitness == "" {
		text += " (Not said: whether it is legitimate, capable and has the capacity, R30.)"
	}
	n := ledger.Notice{Kind: regime.NoticeAgreeRingHolder, Text: c.Name(m.By.For) + " has proposed that " + c.Name(a.Candidate) + " holds the ring",
		Asks: ledger.Asking("say whether your body accepts to hold the ring", "ring accept, ring decline"),
		To:   []ledger.Recipient{{Party: a.Candidate, Level: regime.LevelDuty}}}
	if d := c.Duty(DutyAgreeRingHolder, ""); d != nil {
		n.By = d.Due
	}
	c.pen.Notify(n)
	return words.Sentence(text, a.Fitness, "")
}

// AcceptRing is the candidate's own acceptance; no body accepts for another (R29).
type AcceptRing struct {
	At time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was accepted, if earlier than now"`
}

func (a *AcceptRing) check(c *Case, m ledger.Moment) error {
	if c.candidate(m.By.For) == nil {
		if err := c.ringOpen(); err != nil {
			return err
		}
		return regime.Refusef("R29", "%s has not been proposed to hold the ring.", c.Name(m.By.For))
	}
	if c.handingOver() && c.objected(m.By.For) {
		return regime.Refusef("T11", "a member objects to %s taking over; the members agree on a change, and %s "+
			"holds the ring meanwhile.", c.Name(m.By.For), c.Name(c.Ring.Holder))
	}
	return nil
}

func (a *AcceptRing) do(c *Case, m ledger.Moment) string {
	k := c.candidate(m.By.For)
	k.Accepted, k.Agreed = true, calendar.Latest(k.Agreed, m.At)
	if c.Ring.Holder != "" && (c.Ring.Leaving.IsZero() || k.By == c.Ring.Holder) {
		c.pen.EndDuty(DutyAgreeRingHolder, "", ledger.EndDone, m)
		c.takeRing(m.By.For, Agreed, m.At)
		return "Took over the ring."
	}
	return "Accepted to hold the ring."
}

// DeclineRing takes the candidate out again.
type DeclineRing struct {
	Reason string    `json:"reason" flag:"reason" usage:"why" need:"yes"`
	At     time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was declined, if earlier than now"`
}

func (a *DeclineRing) check(c *Case, m ledger.Moment) error {
	if c.Ring.Holder == m.By.For && c.Ring.Basis != Agreed {
		return regime.Refusef("A11", "the default cannot be refused; it can be handed over by agreement.")
	}
	if c.candidate(m.By.For) == nil {
		return regime.Refusef("R29", "%s has not been proposed to hold the ring.", c.Name(m.By.For))
	}
	return nil
}

func (a *DeclineRing) do(c *Case, m ledger.Moment) string {
	var left []Candidate
	for _, k := range c.Ring.Candidates {
		if k.Party != m.By.For {
			left = append(left, k)
		}
	}
	kind := regime.NoticeKind(regime.NoticeAgreeRingHolder)
	if c.handingOver() {
		kind = regime.NoticeRingHandedOver
	}
	c.pen.Notify(ledger.Notice{Kind: kind, Text: c.Name(m.By.For) + " has declined to hold the ring",
		To: []ledger.Recipient{{Party: c.candidate(m.By.For).By, Level: regime.LevelDuty}}})
	c.Ring.Candidates = left
	return "Declined to hold the ring: " + a.Reason
}

// AssentToRingHolder makes agreement possible before the time is up.
type AssentToRingHolder struct {
	Candidate regime.Party `json:"candidate" flag:"candidate" board:"plain" usage:"the new ring-holder" need:"yes"`
	At        time.Time    `json:"at,omitzero" flag:"at" when:"past" usage:"when your body assented, if earlier than now"`
}

func (a *AssentToRingHolder) check(c *Case, m ledger.Moment) error {
	if err := c.ringOpen(); err != nil {
		return err
	}
	if err := c.memberOnly(m); err != nil {
		return err
	}
	if c.candidate(a.Candidate) == nil {
		return regime.Mistakef("%s has not been proposed.", c.Name(a.Candidate))
	}
	return nil
}

func (a *AssentToRingHolder) do(c *Case, m ledger.Moment) string {
	k := c.candidate(a.Candidate)
	k.Assents, k.Agreed = append(k.Assents, m.By.For), calendar.Latest(k.Agreed, m.At)
	return "Assented to " + c.Name(a.Candidate) + " holding the ring."
}

// agreedEarly: a candidate is agreed before the time is up if it accepted, no party objects, and
// every party at the summit has assented (A37).
func (c *Case) agreedEarly() (regime.Party, bool) {
	p, ok := c.unopposed()
	if !ok {
		return "", false
	}
	if len(c.AssentsAwaited(*c.candidate(p))) > 0 {
		return "", false
	}
	return p, true
}

// AssentsAwaited are the members at the summit that have not assented to a candidate; who proposed it and the
// candidate itself have.
func (c *Case) AssentsAwaited(k Candidate) []regime.Party {
	var out []regime.Party
	for _, q := range c.Summit.Attended {
		if q != k.Party && q != k.By && c.IsMember(q) && !slices.Contains(k.Assents, q) {
			out = append(out, q)
		}
	}
	return out
}

// agreedSince is when the last of them agreed; not before there was a ring to agree on.
func (c *Case) agreedSince(p regime.Party, now time.Time) time.Time {
	when := cmp.Or(c.candidate(p).Agreed, now)
	return calendar.Latest(when, calendar.Latest(c.sinceJudgement().At, c.Ring.Leaving))
}

// sinceRing is what any agreement on the ring follows: the trigger, or who holds it now.
func (c *Case) sinceRing() ledger.Bound {
	switch {
	case !c.Ring.Leaving.IsZero():
		return ledger.Since(c.Ring.Leaving, "the ring was given up")
	case c.Ring.Holder != "":
		return ledger.Since(c.Ring.Since, c.Name(c.Ring.Holder)+" took the ring")
	case c.Trigger != nil:
		return ledger.Since(c.Trigger.At, "the trigger")
	}
	return ledger.Bound{}
}

func (a *ProposeRingHolder) follows(c *Case, _ ledger.Moment) ledger.Bound  { return c.sinceRing() }
func (a *AcceptRing) follows(c *Case, _ ledger.Moment) ledger.Bound         { return c.sinceRing() }
func (a *DeclineRing) follows(c *Case, _ ledger.Moment) ledger.Bound        { return c.sinceRing() }
func (a *AssentToRingHolder) follows(c *Case, _ ledger.Moment) ledger.Bound { return c.sinceRing() }
func (a *ObjectToRingHolder) follows(c *Case, _ ledger.Moment) ledger.Bound { return c.sinceRing() }
func (a *WithdrawFromRing) follows(c *Case, _ ledger.Moment) ledger.Bound   { return c.sinceRing() }

func (a *CannotAgree) follows(c *Case, _ ledger.Moment) ledger.Bound {
	if c.Ring.Leaving.IsZero() {
		return c.sinceJudgement()
	}
	return c.sinceRing()
}

// ObjectToRingHolder stands until withdrawn.
type ObjectToRingHolder struct {
	Candidate regime.Party `json:"candidate" flag:"candidate" board:"plain" usage:"the new ring-holder" need:"yes"`
	Reason    string       `json:"reason,omitempty" flag:"reason" usage:"why"`
	Withdraw  bool         `json:"withdraw,omitempty" flag:"withdraw" usage:"withdraw your objection"`
	At        time.Time    `json:"at,omitzero" flag:"at" when:"past" usage:"when your body objected, if earlier than now"`
}

func (a *ObjectToRingHolder) check(c *Case, m ledger.Moment) error {
	if err := c.ringOpen(); err != nil && !c.handingOver() {
		return err
	}
	if err := c.memberOnly(m); err != nil {
		return err
	}
	if c.candidate(a.Candidate) == nil {
		return regime.Mistakef("%s has not been proposed.", c.Name(a.Candidate))
	}
	if !a.Withdraw && a.Reason == "" {
		return regime.Mistakef("--reason is missing: an objection says why.")
	}
	return nil
}

func (a *ObjectToRingHolder) do(c *Case, m ledger.Moment) string {
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
	Reason string    `json:"reason,omitempty" flag:"reason" usage:"why"`
	At     time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when that was found, if earlier than now"`
}

func (a *CannotAgree) check(c *Case, m ledger.Moment) error {
	if err := c.memberOnly(m); err != nil {
		return err
	}
	if err := c.ringOpen(); err != nil {
		return err
	}
	if !c.ringPending() {
		return regime.Refusef("T7", "the judgement comes first: %s.", c.stageWords())
	}
	return nil
}

func (a *CannotAgree) do(c *Case, m ledger.Moment) string {
	c.pen.EndDuty(DutyAgreeRingHolder, "", ledger.EndNotNeeded, m)
	p := c.defaultRingHolder()
	c.takeRing(p, DefaultNoAgreement, m.At)
	return words.Sentence("The members cannot agree; by default "+c.Name(p)+" holds the ring (R31)"+
		c.conflict(p)+".", a.Reason, "")
}
