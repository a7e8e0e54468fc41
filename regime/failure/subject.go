package failure

import (
	"slices"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// subject is the case as its ledger knows it. It is a type of its own so that the case has no
// exported method more than its callers need.
type subject struct{ *Case }

var _ ledger.Subject = subject{}

func (c *Case) takeUpPen() { c.pen = ledger.NewPen(&c.Ledger, subject{c}) }

func (s subject) Profile() *regime.Profile { return s.profile() }

func (s subject) Reference() string { return s.reference() }

func (s subject) Labels() regime.Labels { return s.labels() }

func (s subject) RoleParties(role regime.Role, d ledger.Duty) []regime.Party {
	return s.roleParties(role, d)
}

func (s subject) Gone(p regime.Party) bool { return s.gone(p) }

func (s subject) Support() regime.Party { return s.support() }

func (s subject) Holds(circumstance string, d ledger.Duty) bool { return s.holds(circumstance, d) }

func (s subject) TimeIsUp(d ledger.Duty, now time.Time) bool { return s.timeIsUp(d, now) }

func (s subject) What(e ledger.Entry) string { return s.what(e) }

func (s subject) How(row regime.DutyRow) string { return s.how(row) }

func (s subject) RulesOf(path string) string { return s.rulesOf(path) }

func (s subject) FollowLaw(now time.Time) { s.followLaw(now) }

func (s subject) NextLaw() time.Time { return s.nextLaw() }

// Stands is what each digest says to all as long as it is so.
func (s subject) Stands() []string {
	if text := s.nobodyActs(); text != "" {
		return []string{words.Capital(text)}
	}
	return nil
}

func (s subject) Settle(now time.Time) { s.settle(now) }

// Tick does all that has fallen due by now: reminders, marks, and the few things that happen by
// themselves. Calling it again at the same time does nothing.
func (c *Case) Tick(now time.Time) { c.pen.Tick(now) }

// RecordSent records what became of mails that were given to the mail service.
func (c *Case) RecordSent(results []ledger.SendResult, now time.Time) {
	c.pen.RecordSent(results, now)
}

// RecordDeliveryEvents records what the mail service reports, and returns how much of it was news.
func (c *Case) RecordDeliveryEvents(events []ledger.MailEvent, now time.Time) int {
	return c.pen.RecordDeliveryEvents(events, now)
}

// Over is a copy of what is over, as everybody may see it: notices that have been told, duties that have
// ended and entries of long ago. What a rule may still ask of it is not in it.
func (c *Case) Over(now time.Time) ledger.Over {
	month := "" // the latest progress report that was owed, which the next one counts on from
	for _, d := range c.Duties {
		if d.Kind == DutyProgress {
			month = d.ID
		}
	}
	copies := slices.ContainsFunc(c.Duties, func(d ledger.Duty) bool { return d.Kind == regime.DutySendCopies && d.Open() })
	return c.Ledger.Over(now, ledger.Needs{
		Duty: func(d ledger.Duty) bool {
			return d.ID == month || d.Kind == DutyBestPlaced || d.Kind == DutyPassConcern // each is asked once
		},
		Notice: func(n ledger.Notice) bool { // those who were alerted are told if it was a mistake
			return c.Stage == regime.Convening && c.Trigger != nil && !n.At.Before(c.Trigger.At) ||
				copies && n.Kind == regime.NoticeStatutoryCopy
		},
	})
}

// LetGo takes out what is on file now, as the part of the register with this digest; what has changed since
// stays.
func (c *Case) LetGo(o ledger.Over, digest string, now time.Time) { c.pen.LetGo(o, digest, now) }

// Whole is a copy of the case as everybody may see it, with what has left it.
func (c *Case) Whole(parts []ledger.Over) *Case {
	k := c.Public()
	k.pen.PutBack(parts)
	return k
}

// Timetable lists all that will fall due from now until a time if nothing is done, and who will be
// reminded. The case is not changed.
func (c *Case) Timetable(now, until time.Time) []ledger.Forecast {
	return c.clone().pen.Forecast(now, until)
}

// clone copies the case with all that belongs to it.
func (c *Case) clone() *Case {
	k := *c
	k.takeUpPen()
	ledger.OwnCopy(&k)
	return &k
}
