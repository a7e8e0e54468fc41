package surveillance

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// subject is the group as its ledger knows it. It is a type of its own so that the group has no
// exported method more than its callers need.
type subject struct{ *Group }

var _ ledger.Subject = subject{}

func (g *Group) takeUpPen() { g.pen = ledger.NewPen(&g.Ledger, subject{g}) }

func (s subject) Profile() *regime.Profile { return s.profile() }

func (s subject) Reference() string { return s.reference() }

func (s subject) Labels() regime.Labels { return s.labels() }

func (s subject) RoleParties(role regime.Role, d ledger.Duty) []regime.Party {
	return s.roleParties(role, d)
}

// Gone: a group outlives its members' own ends, which are its list's to follow.
func (s subject) Gone(regime.Party) bool { return false }

func (s subject) Support() regime.Party { return s.support() }

func (s subject) Holds(circumstance string, d ledger.Duty) bool { return s.holds(circumstance, d) }

func (s subject) TimeIsUp(d ledger.Duty, now time.Time) bool { return s.timeIsUp(d, now) }

func (s subject) What(e ledger.Entry) string { return s.what(e) }

func (s subject) How(row regime.DutyRow) string { return s.how(row) }

func (s subject) RulesOf(path string) string { return s.rulesOf(path) }

func (s subject) FollowLaw(now time.Time) { s.followLaw(now) }

func (s subject) NextLaw() time.Time { return s.nextLaw() }

// Stands: nothing is said in every digest of a group.
func (s subject) Stands() []string { return nil }

func (s subject) Settle(now time.Time) { s.settle(now) }

// Tick does all that has fallen due by now: reminders, marks, and the few things that happen by
// themselves. Calling it again at the same time does nothing.
func (g *Group) Tick(now time.Time) { g.pen.Tick(now) }

// RecordSent records what became of mails that were given to the mail service.
func (g *Group) RecordSent(results []ledger.SendResult, now time.Time) {
	g.pen.RecordSent(results, now)
}

// RecordDeliveryEvents records what the mail service reports, and returns how much of it was news.
func (g *Group) RecordDeliveryEvents(events []ledger.MailEvent, now time.Time) int {
	return g.pen.RecordDeliveryEvents(events, now)
}
