package workflows

import (
	"slices"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
)

var placedInMeasures = []step{
	{at: "2013-10-25 10:00", by: "MONITOR", act: &failure.DecideMeasures{Outcome: failure.Place, Reason: "x"}},
	{at: "2013-11-04 10:00", by: "PROVIDER", act: &failure.PublishPlan{URL: "p"}},
	{at: "2013-11-22 10:00", by: "PROVIDER", act: &failure.PublishProgress{URL: "1"}, key: "month 1"},
	{at: "2013-12-23 10:00", by: "PROVIDER", act: &failure.PublishProgress{URL: "2"}, key: "month 2"},
}

func TestR82_TheNextChapterCarriesTheWholeState(t *testing.T) {
	p := play(t, Input{Opening: &kingsLynn}, inChapters(placedInMeasures), "2014-10-25 11:00", nil)
	if p.runs != 5 {
		t.Fatalf("%d runs, want 5", p.runs)
	}
	e, _ := p.state.Episode()
	if len(e.Publications) != 2 || len(p.state.Entries) < 6 {
		t.Fatalf("%+v", e)
	}
	if got := p.state.OpenDuties(); !slices.ContainsFunc(got, func(d ledger.Duty) bool {
		return d.Kind == failure.DutyReinspect && d.Due.Equal(at("2014-10-25 10:00")) && d.Overdue
	}) {
		t.Fatalf("the re-inspection of twelve months ago is not owed: %+v", got)
	}
}

func TestAKeyIsRememberedInTheNextChapter(t *testing.T) {
	steps := append(slices.Clone(placedInMeasures), step{
		at: "2014-01-02 10:00", by: "PROVIDER", act: &failure.PublishProgress{URL: "2"}, key: "month 2"})
	p := play(t, Input{Opening: &kingsLynn}, inChapters(steps), "2014-01-03 10:00", nil)
	if e, _ := p.state.Episode(); len(e.Publications) != 2 {
		t.Fatalf("the repeated request published again: %+v", e.Publications)
	}
}

func TestAMailThatMayHaveGoneIsSentAgainUnderTheSameID(t *testing.T) {
	o := &outside{tell: func(tries int, n ledger.Notice, r ledger.Recipient) ledger.SendResult {
		if r.Party == "CQC" && tries == 0 {
			return ledger.SendResult{State: ledger.StateUnknown, RetryAfter: 10 * time.Minute}
		}
		return ledger.SendResult{State: ledger.StateAccepted}
	}}
	p := play(t, Input{Opening: &kingsLynn}, toTheJudgement[:1], "2013-09-10 10:00", o)
	if len(p.sent) != 3 || p.sent[2].ID != p.sent[0].ID || len(p.sent[2].To) != 1 ||
		p.sent[2].To[0].Party != "CQC" {
		t.Fatalf("%+v", p.sent)
	}
}

func TestAMailRefusedForGoodBecomesADutyForAPerson(t *testing.T) {
	o := &outside{tell: func(_ int, _ ledger.Notice, r ledger.Recipient) ledger.SendResult {
		if r.Party == "CQC" && r.Level == regime.LevelDuty {
			return ledger.SendResult{State: ledger.StateRefused, Note: "no such address"}
		}
		return ledger.SendResult{State: ledger.StateAccepted}
	}}
	p := play(t, Input{Opening: &kingsLynn}, toTheJudgement, "2013-09-12 17:00", o)
	n := 0
	for _, d := range p.state.Duties {
		if d.Kind == regime.DutyMendDirectory {
			n++
		}
	}
	if n != 1 {
		t.Fatalf("%d duties to find CQC's contact, want one for all its mails", n)
	}
}

func TestAClosedCaseTakesCorrectionsForAWhileAndThenEnds(t *testing.T) {
	steps := append(slices.Clone(toTheJudgement[:3]),
		step{at: "2013-09-12 15:00", by: "NHSCB", act: &failure.JudgeCollectively{Value: failure.NoFailure}},
		step{at: "2013-09-12 15:01", by: "NHSCB", act: &failure.AnswerStandards{Answer: "no", Reason: "x"}},
		step{at: "2013-09-12 15:02", by: "NHSCB", act: &failure.SendLetter{}},
		step{at: "2013-09-12 15:03", by: "NHSCB", act: &failure.CloseCase{}, refused: "T12"},
		step{at: "2013-09-12 15:04", by: "NHSCB", act: &failure.ProposeClosing{}, refused: "2.4"},
		step{at: "2013-09-12 15:05", by: "NHSCB", act: &failure.SetLevel{Level: "enhanced", Reason: "x"}},
		step{at: "2013-09-12 15:06", by: "NHSCB", act: &failure.ProposeClosing{}},
		step{at: "2013-09-15 16:00", by: "NHSCB", act: &failure.CloseCase{}},
		step{at: "2013-09-20 15:00", by: "CQC", act: &failure.AddNote{Text: "filed", Corrects: 2}},
		step{at: "2013-09-21 15:00", by: "CQC", act: &failure.JudgeForOneself{View: "x"}, refused: "2.4"},
	)
	p := play(t, Input{Opening: &kingsLynn}, steps, "2014-01-01", nil)
	if !p.ended || !p.now.Equal(at("2013-10-13 16:00")) || p.files.Load() < 2 {
		t.Fatalf("ended %v at %s with %d files", p.ended, p.now, p.files.Load())
	}
}

func TestACaseDoesNotEndOverAMailThatWaits(t *testing.T) {
	o := &outside{tell: func(tries int, n ledger.Notice, _ ledger.Recipient) ledger.SendResult {
		if tries == 0 && n.Kind == "N21" {
			return ledger.SendResult{State: ledger.StateWaiting, RetryAfter: 3 * time.Hour}
		}
		return ledger.SendResult{State: ledger.StateAccepted}
	}}
	steps := append(toTheClosing(),
		step{at: "2013-10-13 15:30", by: "CQC", act: &failure.UsePower{Power: "P-CQC-7"}})
	p := play(t, Input{Opening: &kingsLynn}, steps, "2014-01-01", o)
	if last := p.sent[len(p.sent)-1]; !p.ended || last.Kind != "N21" || last.To[0].Tries != 1 {
		t.Fatalf("ended %v; the last to go was %+v", p.ended, last)
	}
	if !p.now.Equal(at("2013-10-13 18:30")) || p.files.Load() < 2 {
		t.Fatalf("ended at %s with %d files", p.now, p.files.Load())
	}
}

func TestEveryVerbIsAnUpdateAndAMistakeIsExplained(t *testing.T) {
	if len(failure.Verbs()) < 40 {
		t.Fatalf("%d verbs", len(failure.Verbs()))
	}
	seen := map[string]bool{}
	for _, v := range failure.Verbs() {
		if v.Summary == "" || v.Rules == "" || !strings.HasPrefix(v.Example, v.Path) || seen[v.Name()] {
			t.Errorf("%s: %+v", v.Path, v)
		}
		seen[v.Name()] = true
	}
}
