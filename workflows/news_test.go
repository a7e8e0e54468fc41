package workflows

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/surveillance"
)

// neighbours are a world with surveillance groups in it.
type neighbours struct {
	*outside
	heard []message.News
	fail  error
}

func (n *neighbours) TellGroups(_ context.Context, news message.News) error {
	n.heard = append(n.heard, news)
	return n.fail
}

func toTheClosing() []step {
	return append(toTheJudgement[:3:3],
		step{at: "2013-09-12 15:00", by: "NHSCB", act: &failure.JudgeCollectively{Value: failure.NoFailure}},
		step{at: "2013-09-12 15:01", by: "NHSCB", act: &failure.AnswerStandards{Answer: "no", Reason: "x"}},
		step{at: "2013-09-12 15:02", by: "NHSCB", act: &failure.SendLetter{}},
		step{at: "2013-09-12 15:05", by: "NHSCB", act: &failure.SetLevel{Level: "enhanced", Reason: "watch it"}},
		step{at: "2013-09-12 15:06", by: "NHSCB", act: &failure.ProposeClosing{}},
		step{at: "2013-09-15 16:00", by: "NHSCB", act: &failure.CloseCase{}})
}

func TestACaseTellsItsGroupsOfTheTriggerOfEveryStageAndOfTheClosing(t *testing.T) {
	o := &neighbours{outside: &outside{}}
	playWith(t, Input{Opening: &kingsLynn}, toTheClosing(), "2014-01-01", o)
	var stages []regime.Stage
	for _, n := range o.heard {
		stages = append(stages, n.Case.Stage)
		if len(n.Groups) != 2 || n.Groups[0] != "Q56" || n.Groups[1] != "Y55" || n.Case.Provider != "RCX" ||
			n.Request.By.For != "NHSCB/Q56" || n.Request.Key == "" {
			t.Fatalf("%+v", n)
		}
	}
	want := []regime.Stage{regime.Convening, regime.InSession, regime.StoodDown, regime.Closed}
	if len(stages) != len(want) {
		t.Fatalf("%v", stages)
	}
	for i := range want {
		if stages[i] != want[i] {
			t.Fatalf("%v", stages)
		}
	}
	if last := o.heard[3].Case; last.Level != regime.EnhancedLevel || last.Reason != "watch it" {
		t.Fatalf("%+v", last)
	}
}

func TestACaseGoesOnTheSameWhereNoGroupCanBeTold(t *testing.T) {
	alone := play(t, Input{Opening: &kingsLynn}, toTheJudgement, "2013-09-13 04:11", nil)
	o := &neighbours{outside: &outside{}, fail: errors.New("no connection")}
	failing := playWith(t, Input{Opening: &kingsLynn}, toTheJudgement, "2013-09-13 04:11", o)
	if len(o.heard) < 3 {
		t.Fatalf("tried %d times", len(o.heard))
	}
	for _, p := range []*played{alone, failing} {
		if p.state.Ring.Holder != "NHSCB/Q56" || len(p.sent) != len(alone.sent) {
			t.Fatalf("%+v, %d notices", p.state.Ring, len(p.sent))
		}
		for i, n := range p.sent {
			if !n.At.Equal(alone.sent[i].At) {
				t.Fatalf("notice %s waited until %s", n.Kind, n.At)
			}
		}
	}
}

func TestTheNextChapterDoesNotTellAgainWhatTheGroupsKnow(t *testing.T) {
	o := &neighbours{outside: &outside{}}
	steps := append([]step{{at: "2013-09-10 09:00", by: "NHSCB",
		act: &failure.TriggerRiskSummit{Concern: "x", Source: "media"}}}, placedInMeasures...)
	p := playWith(t, Input{Opening: &kingsLynn}, inChapters(steps), "2014-01-02 10:00", o)
	if p.runs != 6 || len(o.heard) != 2 { // of the trigger, and of special measures
		t.Fatalf("%d runs, told %d times", p.runs, len(o.heard))
	}
}

func TestACaseWithoutASummitIsNewsWhenItOpensAndAtEachTurnOfSpecialMeasures(t *testing.T) {
	o := &neighbours{outside: &outside{}}
	note := step{at: "2013-10-24 09:00", by: "MONITOR", act: &failure.AddNote{Text: "on its own evidence"}}
	p := playWith(t, Input{Opening: &kingsLynn}, append([]step{note}, placedInMeasures...), "2014-01-02 10:00", o)
	if p.state.Stage != regime.UnderSurveillance || len(o.heard) != 2 {
		t.Fatalf("%d: %+v", len(o.heard), o.heard)
	}
	first, then := o.heard[0].Case, o.heard[1].Case
	if first.Stage != regime.UnderSurveillance || first.Measures != "" || then.Measures != regime.MeasuresInForce ||
		o.heard[0].Request.Key == o.heard[1].Request.Key {
		t.Fatalf("%+v, %+v", first, then)
	}
	g, err := surveillance.Open(eastAnglia, at("2013-04-02 09:00"))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range o.heard {
		if _, err := g.Perform(n.Request, n.Act(), at("2013-10-26 09:00")); err != nil {
			t.Fatal(err)
		}
	}
	w := g.Watched[0]
	if w.Level != regime.RoutineLevel || w.Case == "" || w.Measures != regime.MeasuresInForce ||
		!strings.Contains(g.AgendaMarkdown(at("2013-10-26 09:00")), "no risk summit; special measures in force") {
		t.Fatalf("%+v", w)
	}
}

func TestNewsFromACaseIsAnActThatItsGroupTakes(t *testing.T) {
	o := &neighbours{outside: &outside{}}
	playWith(t, Input{Opening: &kingsLynn}, toTheClosing(), "2014-01-01", o)
	g, err := surveillance.Open(eastAnglia, at("2013-04-02 09:00"))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the same news may come twice
		for _, n := range o.heard {
			if _, err := g.Perform(n.Request, n.Act(), n.Case.Since.Add(time.Minute)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if w := g.Watched[0]; w.Level != regime.EnhancedLevel || w.Case != "" || len(w.History) != 2 {
		t.Fatalf("%+v", w)
	}
}

func TestWithinASceneACaseTellsTheGroupsOfThatSceneAlone(t *testing.T) {
	o := &neighbours{outside: &outside{}}
	playWith(t, Input{Opening: &kingsLynn, Scene: "K7QM-3XRD"}, toTheClosing(), "2014-01-01", o)
	for _, n := range o.heard {
		if n.Groups[0] != "Q56.K7QM-3XRD" || n.Groups[1] != "Y55.K7QM-3XRD" {
			t.Fatalf("%v", n.Groups)
		}
	}
	if len(o.heard) == 0 {
		t.Fatal("nobody was told")
	}
}

func TestACaseOf2022TellsTheGroupsOfItsBoardsAndItsRegion(t *testing.T) {
	provider := regime.Provider{Code: "EX-FT9", Name: "Example Hospitals", Type: regime.FoundationTrust,
		LeadCCG: "EX-ICB1", AreaTeam: "EX-ICB1", OtherAreas: []string{"EX-ICB2"}, Region: "Y61"}
	o := &neighbours{outside: &outside{}}
	opening := failure.Opening{Ref: "N3XT-2022", Profile: "ENGLAND_2022", Provider: provider,
		Members: []regime.Party{"ICB/EX-ICB1", "ICB/EX-ICB2", "NHSCB/Y61", "CQC"}}
	playWith(t, Input{Opening: &opening}, []step{{at: "2022-10-03 09:00", by: "ICB/EX-ICB1",
		act: &failure.TriggerRiskSummit{Concern: "unsafe staffing", Source: "inspection"}}}, "2022-10-03 10:00", o)
	if len(o.heard) != 1 {
		t.Fatalf("%+v", o.heard)
	}
	n := o.heard[0]
	if !slices.Equal(n.Groups, []string{"EX-ICB1", "EX-ICB2", "Y61"}) || n.Case.Profile != "ENGLAND_2022" ||
		n.Request.By.For != "NHSCB/Y61" { // who supports a case of several areas
		t.Errorf("%+v", n)
	}
}
