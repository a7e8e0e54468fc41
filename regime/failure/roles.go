package failure

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// DutyAcknowledgeRing is the kind of duty that is owed here.
const DutyAcknowledgeRing regime.DutyKind = "ACKNOWLEDGE_RING"

// roleParties are the parties behind a role; empty for a role without a holder.
func (c *Case) roleParties(role regime.Role, d ledger.Duty) []regime.Party {
	if p, ok := c.roleParty(role, d); ok {
		return []regime.Party{p}
	}
	switch role {
	case regime.RoleMembers:
		return c.parties(nil)
	case regime.RoleNews: // in monitoring, what is published is there for all to see
		if c.Stage == regime.Monitoring || c.Stage == regime.StoodDown || c.Stage == regime.Closed {
			return nil
		}
		return c.parties(nil)
	case regime.RoleDigest:
		if c.Stage == regime.Closed {
			return nil
		}
		return c.parties(nil)
	case regime.RoleInvited:
		return c.Summit.invited()
	case regime.RoleUnanswered:
		return c.Summit.unanswered()
	case regime.RoleRelevant:
		return c.responding()
	case regime.RoleGovernors:
		if c.Provider.Type != regime.FoundationTrust {
			return nil
		}
		return []regime.Party{regime.PartyOf(regime.Governors, c.Provider.Code)}
	case regime.RoleCommissioners:
		return c.parties(func(p regime.Party) bool { return c.profile().Fills(p.Body(), regime.LocalCommissioners) })
	case regime.RoleAdultSafeguarding:
		return c.boardsOf(regime.Adult, d.Subject)
	case regime.RoleChildSafeguarding:
		return c.boardsOf(regime.Child, d.Subject)
	case regime.RoleUnacknowledged:
		return c.chased(d)
	case regime.RolePackless:
		return c.Summit.packless()
	case regime.RoleImprovementDirector:
		return c.underDirector()
	case regime.RoleCouncil:
		return c.serving(c.holderOf(regime.CouncilOf))
	}
	return nil
}

// roleParty is the party behind a role that one party has.
func (c *Case) roleParty(role regime.Role, d ledger.Duty) (p regime.Party, ok bool) {
	switch role {
	case regime.RoleOwner:
		return c.OwnerOf(d), true
	case regime.RoleRingHolder:
		return c.Ring.Holder, true
	case regime.RoleChair:
		return c.chair(), true
	case regime.RoleSupport:
		return c.support(), true
	case regime.RoleRegion:
		return c.region(), true
	case regime.RoleProvider:
		return c.Provider.Party(), true
	case regime.RoleDecider:
		return c.decider(), true
	case regime.RolePerformanceManager:
		return c.Today(c.ResolveUnit(regime.Party(c.providerRow().PerformanceManager))), true
	case regime.RoleOverseer:
		return c.Today(c.ResolveUnit(regime.Party(c.providerRow().Perf))), true
	case regime.RoleProposer:
		return c.proposerOf(d.Subject), true
	case regime.RoleInspector:
		return c.Inspector(), true
	}
	return "", false
}

// tellGovernors lets a foundation trust's council of governors know what its board knows by then: governors hold
// the board to account for the quality of care (003:L424, L426). They sit at no table.
func (c *Case) tellGovernors(what string) {
	c.pen.Event(regime.NoticeGovernors, what, regime.RoleGovernors)
}

func (c *Case) how(row regime.DutyRow) string { return row.How }

func (c *Case) rulesOf(path string) string { return ledger.RulesAt(verbs, path) }

// timeIsUp does what happens by itself at the end of a duty's time, for the few duties that
// have such an end.
func (c *Case) timeIsUp(d ledger.Duty, now time.Time) bool {
	if rest := c.AgreementBehind(d); rest != nil {
		c.takeEffect(rest, now)
		return true
	}
	switch d.Kind {
	case DutyAgreeRingHolder:
		c.defaultForTime(d, now)
	case DutyKeepMoving:
		c.alertStale(d, now)
	case DutyGatherPack:
		c.packDue(now)
	case DutyAcknowledgeTrigger, regime.DutyAcknowledgeRisk, DutyAcknowledgeRing:
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
	case "shortened": // for patients at immediate risk
		return c.shortened(d)
	case "of full length":
		return !c.shortened(d)
	case "reminded": // the first rung has reminded of it
		return c.Reminded(d, 1)
	}
	return false
}
