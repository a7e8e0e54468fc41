package failure

import (
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

type dated regimetest.Dated

func (s *script) dated(by regime.Party, act func(time.Time) Act) func(time.Time) string {
	return func(at time.Time) string { return s.answer(by, act(at)) }
}

func TestADateIsWhereItHasToLieToTheVeryMinute(t *testing.T) {
	const past, future, minute = "lies in the past", "lies in the future", time.Minute
	convening, session, held := triggered(t, kingsLynn), inSession(t, kingsLynn), responding(t, kingsLynn)
	proposed := held.copied().by(regimetest.Nhse, propose("MONITOR"))
	accepted := proposed.copied().by("MONITOR", &AcceptAction{Action: "A1"})
	inMeasures, surveyed := placed(t).at("2014-10-20 10:00"), open(t, kingsLynn, "2014-03-03 09:00")
	entered := inMeasures.c.episode().Entered
	differing := held.copied().by("CCG", differ())
	used := surveyed.copied().by("CQC", &UsePower{Power: "P-CQC-6"})
	ordered := surveyed.copied().by("MONITOR", &OrderAdministration{}).at("2014-03-05 09:00")
	soon, now := held.now.Add(minute), func(s *script) time.Time { return s.now }
	for _, x := range []dated{
		{"action propose --due", held.dated(regimetest.Nhse, func(at time.Time) Act {
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
		{"meeting schedule", held.dated(regimetest.Nhse, func(at time.Time) Act {
			return &ScheduleMeeting{At: at}
		}), soon, time.Time{}, past},
		{"meeting hold --next", held.dated(regimetest.Nhse, func(at time.Time) Act {
			return &HoldMeeting{Present: []regime.Party{"CQC"}, Next: at}
		}), soon, time.Time{}, past},
		{"meeting hold --at", held.dated(regimetest.Nhse, func(at time.Time) Act {
			return &HoldMeeting{Present: []regime.Party{"CQC"}, Held: at}
		}), held.c.Collective.At, held.now, "lies "},
		{"summit convene", convening.dated(regimetest.Nhse, func(at time.Time) Act {
			return &ConveneSummit{At: at}
		}), convening.now.Add(minute), time.Time{}, past},
		{"summit adjourn", session.dated(regimetest.Nhse, func(at time.Time) Act {
			return &AdjournSummit{Until: at}
		}), session.now.Add(minute), time.Time{}, past},
		{"trigger --learned", surveyed.dated("CQC", func(at time.Time) Act {
			return &TriggerRiskSummit{Concern: "x", Source: "media", Learned: at}
		}), time.Time{}, now(surveyed), future},
		{"measures decide --report-on", surveyed.dated("MONITOR", func(at time.Time) Act {
			return &DecideMeasures{Outcome: Place, Reason: "x", Report: at}
		}), time.Time{}, now(surveyed), future},
		{"reinspection hold --since", inMeasures.dated("CQC", func(at time.Time) Act {
			return &Reinspect{From: at}
		}), time.Time{}, now(inMeasures), "--since lies"},
		{"reinspection hold --until", inMeasures.dated("CQC", func(at time.Time) Act {
			return &Reinspect{From: entered.Add(time.Hour), To: at}
		}), entered.Add(time.Hour), now(inMeasures), "--until must lie"},
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
		}), regimetest.At("2014-03-03 00:00"), now(ordered), "must lie between"},
		{"difference discuss --at", differing.dated("CQC", func(at time.Time) Act {
			return &DiscussDifference{Difference: "J1", Outcome: "resolved", At: at}
		}), time.Time{}, now(differing), future},
	} {
		regimetest.Dated(x).Check(t)
	}
}
