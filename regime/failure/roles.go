package failure

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// roleParties are the parties behind a role; a role that nobody has yields nobody.
func (c *Case) roleParties(role string, d ledger.Duty) []regime.Party {
	switch role {
	case "owner":
		return []regime.Party{c.OwnerOf(d)}
	case "members":
		return c.parties(nil)
	case "news": // in monitoring, what is published is there for all to see
		if c.Stage == regime.Monitoring || c.Stage == regime.StoodDown || c.Stage == regime.Closed {
			return nil
		}
		return c.parties(nil)
	case "digest":
		if c.Stage == regime.Closed {
			return nil
		}
		return c.parties(nil)
	case "invited":
		return c.Summit.invited()
	case "unanswered":
		return c.Summit.unanswered()
	case "ring-holder":
		return []regime.Party{c.Ring.Holder}
	case "chair":
		return []regime.Party{c.chair()}
	case "support":
		return []regime.Party{c.support()}
	case "region":
		return []regime.Party{c.region()}
	case "provider":
		return []regime.Party{c.Provider.Party()}
	case "decider":
		return []regime.Party{c.decider()}
	case "performance-manager":
		return []regime.Party{c.ResolveUnit(regime.Party(c.providerRow().PerformanceManager))}
	case "perf":
		return []regime.Party{c.ResolveUnit(regime.Party(c.providerRow().Perf))}
	case "cqc":
		return []regime.Party{regime.Party(regime.CQC)}
	case "commissioners":
		return c.parties(func(p regime.Party) bool { return c.profile().Fills(p.Body(), regime.LocalCommissioners) })
	case "la-safeguarding":
		return []regime.Party{c.ResolveUnit(regime.Party(c.holderOf(regime.AdultSafeguarding)))}
	case "lscb":
		return []regime.Party{c.ResolveUnit(regime.Party(c.holderOf(regime.ChildSafeguarding)))}
	case "unacknowledged":
		return c.Unacknowledged(d)
	case "packless":
		return c.Summit.packless()
	case "improvement-director":
		return c.underDirector()
	case "la-comm":
		return []regime.Party{c.ResolveUnit(regime.Party(regime.LAComm))}
	case "proposer":
		return []regime.Party{c.proposerOf(d.Subject)}
	}
	return nil
}

func (c *Case) how(row regime.DutyRow) string { return row.How }

func (c *Case) rulesOf(path string) string { return ledger.RulesAt(verbs, path) }

// timeIsUp does what happens by itself at the end of a duty's time, for the few duties that
// have such an end.
func (c *Case) timeIsUp(d ledger.Duty, now time.Time) bool {
	switch d.Kind {
	case regime.DutyAgreeRingHolder:
		c.defaultForTime(d, now)
	case regime.DutyKeepMoving:
		c.alertStale(d, now)
	case regime.DutyGatherPack:
		c.packDue(now)
	case regime.DutyAcknowledgeTrigger, regime.DutyAcknowledgeRisk, regime.DutyAcknowledgeRing:
		return c.pen.GiveUp(d, now)
	default:
		return false
	}
	return true
}

// holds answers the circumstances that a rung may be passed over for.
func (c *Case) holds(circumstance string, d ledger.Duty) bool {
	switch circumstance {
	case "scheduled":
		n := c.nextMeeting()
		return n != nil && !n.At.After(d.Due)
	case "reminded": // the first rung has reminded of it
		return c.Reminded(d, 1)
	}
	return false
}
