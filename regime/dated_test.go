package regime

import (
	"strings"
	"testing"
	"time"

	"holdthering/regime/calendar"
)

// dated is an act with a date, and the first and the last moment that are taken for it; zero:
// there is none.
type dated struct {
	what     string
	answer   func(time.Time) string
	from, to time.Time
	says     string // in the refusal
}

func (s *script) dated(by Party, act func(time.Time) Act) func(time.Time) string {
	return func(at time.Time) string { return s.answer(by, act(at)) }
}

func (s *groupScript) dated(by Party, act func(time.Time) GroupAct) func(time.Time) string {
	return func(at time.Time) string { return s.answer(by, act(at)) }
}

func (x dated) check(t *testing.T) {
	t.Helper()
	for _, edge := range []struct {
		at    time.Time
		taken bool
	}{{x.from, true}, {x.from.Add(-time.Minute), false}, {x.to, true}, {x.to.Add(time.Minute), false}} {
		if edge.at.Year() < 2000 {
			continue // there is no such edge
		}
		got := x.answer(edge.at)
		if (got == "") != edge.taken || !edge.taken && !strings.Contains(got, x.says) {
			t.Errorf("%s with %s: %q", x.what, calendar.Instant(edge.at), got)
		}
	}
}

func TestADateIsWhereItHasToLieToTheVeryMinute(t *testing.T) {
	const past, future, minute = "lies in the past", "lies in the future", time.Minute
	convening, session, held := triggered(t, kingsLynn), inSession(t, kingsLynn), responding(t, kingsLynn)
	proposed := held.copied().by(nhse, propose("MONITOR"))
	accepted := proposed.copied().by("MONITOR", &AcceptAction{Action: "A1"})
	inMeasures, surveyed := placed(t).at("2014-10-20 10:00"), open(t, kingsLynn, "2014-03-03 09:00")
	entered := inMeasures.c.episode().Entered
	differing := held.copied().by("CCG", differ())
	used := surveyed.copied().by("CQC", &UsePower{Power: "P-CQC-6"})
	ordered := surveyed.copied().by("MONITOR", &OrderAdministration{}).at("2014-03-05 09:00")
	soon, now := held.now.Add(minute), func(s *script) time.Time { return s.now }
	for _, x := range []dated{
		{"action propose --due", held.dated(nhse, func(at time.Time) Act {
			a := propose("CQC")
			a.Due = at
			return a
		}), soon, time.Time{}, past},
		{"action accept --due", proposed.dated("MONITOR", func(at time.Time) Act {
			return &AcceptAction{Action: "A1", Due: at}
		}), soon, time.Time{}, "R37: "},
		{"action redate", accepted.dated("MONITOR", func(at time.Time) Act {
			return &RedateAction{Action: "A1", Due: at, Reason: "x"}
		}), soon, time.Time{}, past},
		{"meeting schedule", held.dated(nhse, func(at time.Time) Act {
			return &ScheduleMeeting{At: at}
		}), soon, time.Time{}, past},
		{"meeting hold --next", held.dated(nhse, func(at time.Time) Act {
			return &HoldMeeting{Present: []Party{"CQC"}, Next: at}
		}), soon, time.Time{}, past},
		{"meeting hold --at", held.dated(nhse, func(at time.Time) Act {
			return &HoldMeeting{Present: []Party{"CQC"}, Held: at}
		}), held.c.Collective.At, held.now, "lies "},
		{"summit convene", convening.dated(nhse, func(at time.Time) Act {
			return &ConveneSummit{At: at}
		}), convening.now.Add(minute), time.Time{}, past},
		{"summit adjourn", session.dated(nhse, func(at time.Time) Act {
			return &AdjournSummit{Until: at}
		}), session.now.Add(minute), time.Time{}, past},
		{"trigger --learned", surveyed.dated("CQC", func(at time.Time) Act {
			return &TriggerRiskSummit{Concern: "x", Source: "media", Learned: at}
		}), time.Time{}, now(surveyed), future},
		{"measures decide --report", surveyed.dated("MONITOR", func(at time.Time) Act {
			return &DecideMeasures{Outcome: Place, Reason: "x", Report: at}
		}), time.Time{}, now(surveyed), future},
		{"reinspection hold --from", inMeasures.dated("CQC", func(at time.Time) Act {
			return &Reinspect{From: at}
		}), entered, now(inMeasures), "--from lies"},
		{"reinspection hold --to", inMeasures.dated("CQC", func(at time.Time) Act {
			return &Reinspect{From: entered.Add(time.Hour), To: at}
		}), entered.Add(time.Hour), now(inMeasures), "--to must lie"},
		{"power use --at", surveyed.dated("CQC", func(at time.Time) Act {
			return &UsePower{Power: "P-CQC-6", Taken: at}
		}), time.Time{}, now(surveyed), future},
		{"power complete --at", used.dated("CQC", func(at time.Time) Act {
			return &CompletePower{Use: "U1", Taken: at}
		}), time.Time{}, now(used), future},
		{"public warn --planned", held.dated("CQC", func(at time.Time) Act {
			return &WarnPublic{Planned: at}
		}), soon, time.Time{}, past},
		{"warning serve --on", surveyed.dated("CQC", func(at time.Time) Act {
			w := warn()
			w.Served = at
			return w
		}), time.Time{}, now(surveyed), future},
		{"warning serve --due", surveyed.dated("CQC", func(at time.Time) Act {
			w := warn()
			w.Due = at
			return w
		}), surveyed.now.Add(minute), time.Time{}, "does not lie after"},
		{"administration order --on", surveyed.dated("MONITOR", func(at time.Time) Act {
			return &OrderAdministration{On: at}
		}), time.Time{}, now(surveyed), future},
		{"administration record --on", ordered.dated("MONITOR", func(at time.Time) Act {
			return &RecordAdministrationStep{Step: Appointed, On: at}
		}), at("2014-03-03 09:00"), now(ordered), "must lie between"},
		{"difference discuss --at", differing.dated("CQC", func(at time.Time) Act {
			return &DiscussDifference{Difference: "J1", Outcome: "resolved", At: at}
		}), time.Time{}, now(differing), future},
	} {
		x.check(t)
	}
}

func TestADateOfAGroupIsWhereItHasToLieToTheVeryMinute(t *testing.T) {
	const past, future = "lies in the past", "lies in the future"
	s := group(t, "2013-04-01 09:00").at("2013-04-08 09:00")
	opened, soon := at("2013-04-01 09:00"), s.now.Add(time.Minute)
	proposed := s.copied().by(nhse, &ProposeGroupAction{Owner: "CQC", What: "x", Due: at("2013-05-01")})
	accepted := proposed.copied().by("CQC", &AcceptGroupAction{Action: "A1"})
	levelled := s.copied().by("CQC", &AgreeLevel{Provider: "RCX", Level: EnhancedLevel, Reason: "x"})
	for _, x := range []dated{
		{"group meeting", s.dated(nhse, func(at time.Time) GroupAct { return &ScheduleGroupMeeting{At: at} }),
			soon, time.Time{}, past},
		{"group hold --at", s.dated(nhse, func(at time.Time) GroupAct {
			return &HoldGroupMeeting{Present: []Party{"CQC"}, Held: at, Early: "x"}
		}), opened, s.now, "lies "},
		{"group hold --next", s.dated(nhse, func(at time.Time) GroupAct {
			return &HoldGroupMeeting{Present: []Party{"CQC"}, Next: at, Early: "x"}
		}), soon, time.Time{}, past},
		{"group level --review", s.dated("CQC", func(at time.Time) GroupAct {
			return &AgreeLevel{Provider: "RCX", Level: EnhancedLevel, Reason: "x", Review: at}
		}), soon, time.Time{}, past},
		{"group told-provider --at", levelled.dated("CQC", func(at time.Time) GroupAct {
			return &TellProvider{Provider: "RCX", At: at}
		}), time.Time{}, s.now, future},
		{"group action-propose", s.dated(nhse, func(at time.Time) GroupAct {
			return &ProposeGroupAction{Owner: "CQC", What: "x", Due: at}
		}), soon, time.Time{}, past},
		{"group action-accept", proposed.dated("CQC", func(at time.Time) GroupAct {
			return &AcceptGroupAction{Action: "A1", Due: at}
		}), soon, time.Time{}, "R37: "},
		{"group action-redate", accepted.dated("CQC", func(at time.Time) GroupAct {
			return &RedateGroupAction{Action: "A1", Due: at, Reason: "x"}
		}), soon, time.Time{}, past},
		{"group open --first", func(at time.Time) string {
			o := eastAnglia
			o.First = at
			_, err := OpenGroup(o, s.now)
			if err != nil {
				return err.Error()
			}
			return ""
		}, soon, time.Time{}, past},
	} {
		x.check(t)
	}
}
