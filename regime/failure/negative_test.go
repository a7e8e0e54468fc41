package failure

import (
	"encoding/json"
	"slices"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// copied is the same case at the same moment, so that two things can be tried in it.
func (s *script) copied() *script { return s.copier()() }

// copier makes as many copies as are asked for.
func (s *script) copier() func() *script {
	s.Helper()
	raw, err := json.Marshal(s.c)
	if err != nil {
		s.Fatal(err)
	}
	return func() *script {
		c := new(Case)
		if err := json.Unmarshal(raw, c); err != nil {
			s.Fatal(err)
		}
		return &script{T: s.T, c: c, now: s.now, idle: s.idle}
	}
}

// tried are acts of every kind by those who may do them at one stage or another.
var tried = []func(s *script) (regime.Party, Act){
	func(s *script) (regime.Party, Act) { return "CQC", &TriggerRiskSummit{Concern: "x", Source: "media"} },
	func(s *script) (regime.Party, Act) {
		return regimetest.Nhse, &ConveneSummit{At: s.now.AddDate(0, 0, 1)}
	},
	func(s *script) (regime.Party, Act) {
		return regimetest.Nhse, &OpenSummit{Attending: []regime.Party{"CQC"}}
	},
	func(s *script) (regime.Party, Act) { return regimetest.Nhse, &EndSummit{} },
	func(s *script) (regime.Party, Act) { return "CQC", &JudgeBreach{Value: BreachSignificant} },
	func(s *script) (regime.Party, Act) { return "MONITOR", &JudgeForOneself{View: "x"} },
	func(s *script) (regime.Party, Act) { return regimetest.Nhse, &JudgeCollectively{Value: ActualFailure} },
	func(s *script) (regime.Party, Act) { return "CCG/07J", &ProposeRingHolder{Candidate: "MONITOR"} },
	func(s *script) (regime.Party, Act) { return "CCG/07J", &CannotAgree{} },
	func(s *script) (regime.Party, Act) { return regimetest.Nhse, &HandOverRing{To: "MONITOR", Reason: "x"} },
	func(s *script) (regime.Party, Act) {
		return regimetest.Nhse, &ScheduleMeeting{At: s.now.AddDate(0, 0, 1)}
	},
	func(s *script) (regime.Party, Act) {
		return regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}, Record: "x"}
	},
	func(s *script) (regime.Party, Act) {
		return regimetest.Nhse, &ProposeAction{Owner: "CQC", Aim: SafeguardPatients, What: "x",
			Due: s.now.AddDate(0, 0, 1)}
	},
	func(s *script) (regime.Party, Act) { return "CQC", &RecommendMeasures{Reason: "x"} },
	func(s *script) (regime.Party, Act) { return "MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"} },
	func(s *script) (regime.Party, Act) { return s.c.chair(), &AnswerPublic{Answer: "no", Reason: "x"} },
	func(s *script) (regime.Party, Act) { return s.c.chair(), &SendLetter{} },
	func(s *script) (regime.Party, Act) { return "CCG/07J", &SetLevel{Level: "enhanced", Reason: "x"} },
	func(s *script) (regime.Party, Act) { return regimetest.Nhse, &BeginMonitoring{Reason: "x"} },
	func(s *script) (regime.Party, Act) {
		return "CQC", &RequestImpact{Considers: "x", Asked: []regime.Party{"MONITOR"}}
	},
	func(s *script) (regime.Party, Act) {
		return "CCG/07J", &RegisterDifference{Other: "CQC", Subject: "x", Safety: "yes"}
	},
	func(s *script) (regime.Party, Act) { return "PROVIDER", &WarnPublic{} },
	func(s *script) (regime.Party, Act) {
		return "CCG/07K", &RecordConcern{Kind: "immediate-risk", What: "x"}
	},
	func(s *script) (regime.Party, Act) { return "CQC", &AddNote{Text: "x"} },
}

// blocksNothing proves that what spoil does stands in nobody's way: at every stage each act
// is taken or refused as it would be without it, and the clock does the same.
func blocksNothing(t *testing.T, spoil func(*script)) {
	t.Helper()
	taken := 0
	for stage, plain := range everyState(t) {
		spoiled := plain.copied()
		spoil(spoiled)
		another, anotherSpoiled := plain.copier(), spoiled.copier()
		for _, try := range tried {
			a, b := another(), anotherSpoiled()
			by, act := try(a)
			_, same := try(b)
			errA, errB := a.perform(by, act), b.perform(by, same)
			if (errA == nil) != (errB == nil) || regime.RefusedBy(errA) != regime.RefusedBy(errB) {
				t.Errorf("%s: %s by %s: %v; without: %v", stage, VerbOf(act).Path, by, errB, errA)
			}
			if errB == nil {
				taken++
			}
		}
		sameClock(t, stage, plain, spoiled)
	}
	if taken < 100 {
		t.Fatalf("only %d acts were taken at all: nothing is proved", taken)
	}
}

func sameClock(t *testing.T, stage string, plain, spoiled *script) {
	t.Helper()
	later := plain.now.AddDate(0, 0, 40)
	plain.until(later)
	spoiled.until(later)
	if plain.c.Stage != spoiled.c.Stage || plain.c.Ring.Holder != spoiled.c.Ring.Holder ||
		plain.c.Ring.Basis != spoiled.c.Ring.Basis {
		t.Errorf("%s: after 40 days %s, %+v; without: %s, %+v", stage, spoiled.c.Stage, spoiled.c.Ring,
			plain.c.Stage, plain.c.Ring)
	}
	for _, d := range plain.c.Duties {
		same := func(e ledger.Duty) bool {
			return e.Kind == d.Kind && e.Subject == d.Subject && e.Due.Equal(d.Due) && e.End == d.End &&
				e.Overdue == d.Overdue && spoiled.c.OwnerOf(e) == plain.c.OwnerOf(d)
		}
		if !slices.ContainsFunc(spoiled.c.Duties, same) {
			t.Errorf("%s: the clock does not treat %s as without it: %+v", stage, d.Kind, d)
		}
	}
}
