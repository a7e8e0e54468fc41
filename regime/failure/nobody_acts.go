package failure

import (
	"slices"

	"holdthering/regime"
	"holdthering/regime/words"
)

// Whether somebody acts on what was found, and what follows where nobody does (R94, R95).

// failureStands is what calls for action: the latest collective judgement of failure or of focussed
// action; else empty.
func (c *Case) failureStands() bool {
	return c.Collective != nil && c.Collective.Value != NoFailure && c.Stage != regime.Closed
}

// breachStands reports whether CQC's latest judgement is a breach, actual or potential.
func (c *Case) breachStands() bool {
	if n := len(c.Regulatory); n > 0 && c.Stage != regime.Closed {
		v := c.Regulatory[n-1].Value
		return v == BreachSignificant || v == PotentialBreach
	}
	return false
}

// intervenes reports whether a use of a power changes anything at the provider: to find something out
// does not, nor what was taken back.
func intervenes(u IndividualAction, row regime.PowerRow) bool {
	return !row.FindsOut && u.Outcome != Withdraw
}

// acts reports whether a body has acted in this case: a power, a warning notice, special measures, an
// action that it accepted.
func (c *Case) acts(p regime.Party) bool {
	return c.anyActs(func(q regime.Party) bool { return p == q })
}

// somebodyActs reports whether any body has.
func (c *Case) somebodyActs() bool { return c.anyActs(func(regime.Party) bool { return true }) }

func (c *Case) anyActs(meant func(regime.Party) bool) bool {
	return slices.ContainsFunc(c.OwnActs, func(u IndividualAction) bool {
		_, row := c.used(u.ID)
		return meant(u.By.For) && intervenes(u, row)
	}) || slices.ContainsFunc(c.Warnings, func(w WarningNotice) bool {
		return meant(w.By.For) && w.Withdrawn.IsZero()
	}) || slices.ContainsFunc(c.Actions, func(a ResponseAction) bool {
		return meant(a.Owner) && a.taken()
	}) || slices.ContainsFunc(c.Measures, func(e Episode) bool {
		return meant(c.decider()) && !e.Entered.IsZero()
	}) || c.Administration != nil && c.Administration.Order != nil && meant(c.Administration.Order.By.For)
}

// taken reports whether its owner has taken it on: accepted it, done it, or carried it over.
func (a ResponseAction) taken() bool {
	return a.Status == regime.ActionAccepted || a.Status == regime.ActionDone || a.Status == regime.ActionTransferred
}

// nobodyActs says so as long as a failure or a breach stands and nobody acts; else it is empty. It is said on
// the board, in the digest and at each meeting, and blames nobody (R94).
func (c *Case) nobodyActs() string {
	if !c.failureStands() && !c.breachStands() || c.somebodyActs() {
		return ""
	}
	text := "nobody acts yet on what was judged (R94): no power used, no action accepted, no " + c.labels().Measures + " decided"
	var waiting, not []regime.Party
	for _, d := range c.OpenDuties() {
		if d.Kind == DutyAnswerActing {
			waiting = append(waiting, d.Owner)
		}
	}
	for _, a := range c.Acting {
		if p := a.By.For; c.declines(p) && !slices.Contains(not, p) {
			not = append(not, p)
		}
	}
	if len(waiting) > 0 {
		text += "; asked and not answered: " + c.names(waiting)
	}
	if len(not) > 0 {
		text += "; with its reasons does not act: " + c.names(not)
	}
	return text
}

// declines reports whether the latest word of a body is that it does not act, with its reasons. CQC says so
// also by its decision on a breach, unless that named another.
func (c *Case) declines(p regime.Party) bool {
	for i := len(c.Acting) - 1; i >= 0; i-- {
		if a := c.Acting[i]; a.By.For == p {
			return a.Acts == "no"
		}
	}
	n := len(c.BreachAnswers)
	return n > 0 && c.BreachAnswers[n-1].By.For == p && len(c.BreachAnswers[n-1].Acts) == 0
}

// mustSay are the bodies without whose word nobody knows whether anybody acts: CQC, and over a failure who
// decides on special measures and who commissions; and all that were named.
func (c *Case) mustSay() []regime.Party {
	out := []regime.Party{regime.Party(regime.CQC)}
	add := func(p regime.Party) {
		if p != "" && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	if c.failureStands() {
		add(c.decider())
		add(c.commissioner())
	}
	for _, n := range c.Named {
		add(n.Who)
	}
	return out
}

// commissioner is who commissions the service: the lead of the commissioning groups, NHS England of what it
// commissions itself, the council of social care.
func (c *Case) commissioner() regime.Party {
	row := c.providerRow()
	if c.profile().Fills(row.PerformanceManager, regime.Commissioners) {
		return c.ResolveUnit(regime.Party(row.PerformanceManager))
	}
	if row.DirectlyCommissioned {
		return c.ResolveUnit(regime.Party(c.holderOf(regime.DirectCommissioner)))
	}
	return c.ResolveUnit(regime.Party(c.holderOf(regime.LeadCommissioner)))
}

// overFailure refuses to go over to monitoring or to close over a failure on which nobody acts, unless each
// that could has said why not (R95).
func (c *Case) overFailure() error {
	if c.nobodyActs() == "" {
		return nil
	}
	var silent []regime.Party
	for _, p := range c.mustSay() {
		if !c.declines(p) {
			silent = append(silent, p)
		}
	}
	if len(silent) == 0 {
		return nil
	}
	return regime.Refusef("R95", "nobody acts on what was judged. Somebody accepts an action or uses a power; or each says why it "+
		"does not ('acting ask', 'acting answer'), which is still to be said by %s.", c.names(silent))
}

// withReasons is what is added where a case goes on or ends though nobody acts.
func (c *Case) withReasons() string {
	if text := c.nobodyActs(); text != "" {
		return " " + words.Full(words.Capital(text))
	}
	return ""
}

// andNobodyActs is what is added to a notice as long as nobody acts.
func (c *Case) andNobodyActs() string {
	if text := c.nobodyActs(); text != "" {
		return ". " + words.Capital(text)
	}
	return ""
}
