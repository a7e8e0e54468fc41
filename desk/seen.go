package desk

import (
	"slices"
	"strings"
	"time"

	"holdthering/cases"
	"holdthering/pages"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/regime/words"
)

// seen is what is shown of one case or group among many.
type seen struct {
	ref    string
	place  string // of a group
	region string
	area   string
	// code and name are the provider's, or empty and the group's.
	code, name    string
	kind          regime.ProviderType
	stage         string // in words
	stageCode     regime.Stage
	since         time.Time
	ring          string
	measures      string
	owes          []pages.Due
	lost          []lost
	still         []string // why it stands still, each a sentence
	watched       []watched
	next          time.Time // meeting of a group
	demonstration bool

	last     time.Time
	offset   time.Duration
	standing cases.Standing
	now      time.Time // its own
}

// lost is a mail that reached nobody.
type lost struct {
	pages.Due
	Contact string // whom it was to reach
	Said    string // what the mail service said
}

// watched is a provider on a group's list.
type watched struct {
	Code, Name, Level, Case string
	near                    nearness
}

// nearness is how closely a provider is watched, among the levels of its profile.
type nearness int

// The kinds of nearness: the lowest level, those between, and the highest.
const (
	far nearness = iota
	near
	nearest
)

func closeness(g *surveillance.Group, l regime.SurveillanceLevel) nearness {
	switch all := g.LawNow().LevelsDown(); {
	case l == g.LawNow().LowestLevel():
		return far
	case l == all[0].Level:
		return nearest
	}
	return near
}

func seenCase(s cases.Snapshot, now time.Time) seen {
	c := s.Case.Public()
	out := seen{ref: c.Ref, region: c.Provider.Region, area: c.Provider.AreaTeam, code: c.Provider.Code, name: c.Provider.Name,
		kind: c.Provider.Type, stageCode: c.Stage, since: c.StageSince, demonstration: c.Demonstration,
		last: s.Now, offset: s.ClockOffset, standing: s.Standing}
	out.now = cases.Clock(now, s.Now, s.ClockOffset, s.Standing)
	out.stage = words.Capital(c.LawNow().Labels.Stage(c.Stage))
	if c.Ring.Holder != "" {
		out.ring = c.Name(c.Ring.Holder)
	}
	if e, ok := c.Episode(); ok {
		out.measures = e.Words()
	}
	out.owing(pages.Clerk{Case: c, Now: out.now}, &c.Ledger, c.Name)
	out.chases(c)
	out.standsStill(&c.Ledger, s.Standing)
	if at, still := standstill(&c.Ledger); still {
		out.still = append(out.still, "Nothing has moved in the response for two meeting intervals; its members were alerted on "+
			dayOf(at)+".")
	}
	return out
}

func seenGroup(place string, s cases.GroupSnapshot, now time.Time) seen {
	g := s.Group.Public()
	out := seen{ref: cases.GroupRef(place), place: place, region: g.Region, area: g.Area, name: g.PlaceName,
		demonstration: g.Demonstration, last: s.Now, offset: s.ClockOffset, standing: s.Standing}
	out.now = cases.Clock(now, s.Now, s.ClockOffset, s.Standing)
	for _, w := range g.Watched {
		out.watched = append(out.watched, watched{w.Code, w.Name, g.LevelName(w.Level), w.Case, closeness(g, w.Level)})
	}
	if m, ok := g.NextMeeting(); ok {
		out.next = m.At
	}
	out.owing(pages.Clerk{Group: g, Place: place, Now: out.now}, &g.Ledger, g.Name)
	out.standsStill(&g.Ledger, s.Standing)
	return out
}

// owing parts what is owed from mails that reached nobody. That each provider of a group is to be considered in
// time is one duty a provider, which the group's own page shows.
func (s *seen) owing(clerk pages.Clerk, l *ledger.Ledger, name func(regime.Party) string) {
	of := map[string]ledger.Duty{}
	for _, d := range l.Duties {
		of[d.ID] = d
	}
	for _, due := range clerk.Owed() {
		d := of[due.ID]
		switch {
		case d.Kind == surveillance.DutyCoverage && !due.Overdue:
		case d.Kind == regime.DutyMendDirectory:
			contact := d.Subject
			if d.Unreached.Party != "" {
				contact = name(d.Unreached.Party) + ", " + string(d.Unreached.Level) + " contact"
			}
			s.lost = append(s.lost, lost{due, contact, d.Said})
		default:
			s.owes = append(s.owes, due)
		}
	}
}

// chases leads from the duty to see that all have acknowledged an alert to those who have not; whoever owes it has
// perhaps acknowledged it long ago.
func (s *seen) chases(c *failure.Case) {
	for i, due := range s.owes {
		for _, d := range c.OpenDuties() {
			if d.ID != due.ID || !chased(d) {
				continue
			}
			silent := c.Unacknowledged(d)
			ways := slices.DeleteFunc(slices.Clone(due.Ways), func(w pages.Way) bool {
				return strings.HasPrefix(w.Slug, "acknowledge.") && !slices.Contains(silent, d.Owner)
			})
			if len(silent) > 0 {
				ways = slices.Insert(ways, 0, pages.Way{Summary: "See who has not, and record that one has", Part: "#silent"})
			}
			s.owes[i].Ways = ways
		}
	}
}

// standsStill says what keeps the program itself from going on.
func (s *seen) standsStill(l *ledger.Ledger, at cases.Standing) {
	if at.Wrong() {
		s.still = append(s.still, at.String())
	}
	if h, held := l.HeldMails(s.now); held {
		s.still = append(s.still, "Mails do not go: "+h.Words()+". "+h.Advice())
	}
}

// standstill reports whether the members were alerted that nothing moves, and nobody has done anything since.
func standstill(l *ledger.Ledger) (at time.Time, still bool) {
	var acted time.Time
	for _, e := range slices.Backward(l.Entries) {
		if e.Verb != ledger.ByClock {
			acted = e.At
			break
		}
	}
	if d := l.Duty(failure.DutyKeepMoving, ""); d == nil {
		return time.Time{}, false
	}
	for _, n := range slices.Backward(l.Notices) {
		if n.Kind == regime.NoticeStandstill {
			return n.At, n.At.After(acted)
		}
	}
	return time.Time{}, false
}
