package regime

import (
	"slices"
	"time"
)

// roleParties are the parties behind a role; a role that nobody has yields nobody.
func (c *Case) roleParties(role string, d Duty) []Party {
	switch role {
	case "owner":
		return []Party{c.ownerOf(d)}
	case "members":
		return c.parties(nil)
	case "news": // in monitoring, what is published is there for all to see
		if c.Stage == Monitoring || c.Stage == StoodDown || c.Stage == Closed {
			return nil
		}
		return c.parties(nil)
	case "digest":
		if c.Stage == Closed {
			return nil
		}
		return c.parties(nil)
	case "invited":
		return c.Summit.invited()
	case "unanswered":
		return c.Summit.unanswered()
	case "ring-holder":
		return []Party{c.Ring.Holder}
	case "chair":
		return []Party{c.chair()}
	case "support":
		return []Party{c.support()}
	case "region":
		return []Party{c.region()}
	case "provider":
		return []Party{c.Provider.Party()}
	case "decider":
		return []Party{c.decider()}
	case "performance-manager":
		return []Party{c.Complete(Party(c.providerRow().PerformanceManager))}
	case "perf":
		return []Party{c.Complete(Party(c.providerRow().Perf))}
	case "cqc":
		return []Party{Party(CQC)}
	case "commissioners":
		return c.parties(func(p Party) bool { return c.profile().Takes(p.Body(), LocalCommissioners) })
	case "la-safeguarding":
		return []Party{c.Complete(Party(c.taking(AdultSafeguarding)))}
	case "lscb":
		return []Party{c.Complete(Party(c.taking(ChildSafeguarding)))}
	case "unacknowledged":
		return c.chased(d)
	case "packless":
		return c.Summit.packless()
	case "improvement-director":
		return c.underDirector()
	case "la-comm":
		return []Party{c.Complete(Party(LAComm))}
	case "proposer":
		return []Party{c.proposerOf(d.Subject)}
	}
	return nil
}

func (c *Case) how(row DutyRow) string { return row.How }

// timeIsUp does what happens by itself at the end of a duty's time, for the few duties that
// have such an end.
func (c *Case) timeIsUp(d Duty, now time.Time) bool {
	switch d.Kind {
	case DutyAgreeRingHolder:
		c.defaultForTime(d, now)
	case DutyKeepMoving:
		c.alertStale(d, now)
	case DutyGatherPack:
		c.packDue(now)
	case DutyAcknowledgeTrigger, DutyAcknowledgeRisk, DutyAcknowledgeRing:
		return c.giveUp(d, now)
	default:
		return false
	}
	return true
}

// holds answers the circumstances that a rung may be passed over for.
func (c *Case) holds(circumstance string, d Duty) bool {
	switch circumstance {
	case "scheduled":
		n := c.nextMeeting()
		return n != nil && !n.At.After(d.Due)
	case "reminded": // the first rung has reminded of it
		return c.reminded(d, 1)
	}
	return false
}

// reminded tells whether a rung has reminded of the duty as it is due now.
func (l *Ledger) reminded(d Duty, rung int) bool {
	return slices.ContainsFunc(l.Notices, func(n Notice) bool {
		return n.Duty == d.ID && n.Rung == rung && n.By.Equal(d.Due)
	})
}
