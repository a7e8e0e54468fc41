package surveillance

import (
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

type dated regimetest.Dated

func (s *groupScript) dated(by regime.Party, act func(time.Time) Act) func(time.Time) string {
	return func(at time.Time) string { return s.answer(by, act(at)) }
}

func TestADateOfAGroupIsWhereItHasToLieToTheVeryMinute(t *testing.T) {
	const past, future = "lies in the past", "lies in the future"
	s := group(t, "2013-04-01 09:00").at("2013-04-08 09:00")
	opened, soon := regimetest.At("2013-04-01 09:00"), s.now.Add(time.Minute)
	proposed := s.copied().by(regimetest.Nhse, &ProposeGroupAction{Owner: "CQC", What: "x",
		Due: regimetest.At("2013-05-01")})
	accepted := proposed.copied().by("CQC", &AcceptGroupAction{Action: "A1"})
	levelled := s.copied().by("CQC", &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel, Reason: "x"})
	for _, x := range []dated{
		{"group meeting", s.dated(regimetest.Nhse, func(at time.Time) Act { return &ScheduleGroupMeeting{At: at} }),
			soon, time.Time{}, past},
		{"group hold --at", s.dated(regimetest.Nhse, func(at time.Time) Act {
			return &HoldGroupMeeting{Present: []regime.Party{"CQC"}, Held: at, Early: "x"}
		}), opened, s.now, "lies "},
		{"group hold --next", s.dated(regimetest.Nhse, func(at time.Time) Act {
			return &HoldGroupMeeting{Present: []regime.Party{"CQC"}, Next: at, Early: "x"}
		}), soon, time.Time{}, past},
		{"group level --next-review", s.dated("CQC", func(at time.Time) Act {
			return &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel, Reason: "x", Review: at}
		}), soon, time.Time{}, past},
		{"group told-provider --at", levelled.dated("CQC", func(at time.Time) Act {
			return &TellProvider{Provider: "RCX", At: at}
		}), time.Time{}, s.now, future},
		{"group action-propose", s.dated(regimetest.Nhse, func(at time.Time) Act {
			return &ProposeGroupAction{Owner: "CQC", What: "x", Due: at}
		}), soon, time.Time{}, past},
		{"group action-accept", proposed.dated("CQC", func(at time.Time) Act {
			return &AcceptGroupAction{Action: "A1", Due: at}
		}), soon, time.Time{}, "R37: "},
		{"group action-redate", accepted.dated("CQC", func(at time.Time) Act {
			return &RedateGroupAction{Action: "A1", Due: at, Reason: "x"}
		}), soon, time.Time{}, past},
		{"group open --first", func(at time.Time) string {
			o := eastAnglia
			o.First = at
			_, err := Open(o, s.now)
			if err != nil {
				return err.Error()
			}
			return ""
		}, soon, time.Time{}, past},
	} {
		regimetest.Dated(x).Check(t)
	}
}
