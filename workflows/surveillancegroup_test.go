package workflows

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"holdthering/regime"
)

var eastAnglia = regime.GroupOpening{
	Profile: "ENGLAND_2013", Tier: regime.LocalTier, Area: "Q56", Region: "Y55", PlaceName: "East Anglia",
	Members: []regime.Party{"NHSCB/Q56", "CCG/07J", "CCG/07K", "LA_COMM/Q56", "TDA", "LETB/Q56",
		"HEALTHWATCH_LOCAL/Q56", "MONITOR", "CQC"},
	Watched: []regime.Watched{
		{Code: "RCX", Name: "A trust", Type: regime.FoundationTrust, District: "Norfolk"},
		{Code: "RGP", Name: "B trust", Type: regime.FoundationTrust, District: "Norfolk"},
		{Code: "RGQ", Name: "C trust", Type: regime.NHSTrust, District: "Suffolk"},
		{Code: "RY3", Name: "D trust", Type: regime.NHSTrust, District: "Norfolk"},
		{Code: "RMY", Name: "E trust", Type: regime.FoundationTrust, District: "Suffolk"},
	},
}

// groupStep is one act of a group's script; act sees the group as it stands.
type groupStep struct {
	at      string
	by      regime.Party
	act     func(g *regime.Group, now time.Time) regime.GroupAct
	refused string
	key     string
}

func does(a regime.GroupAct) func(*regime.Group, time.Time) regime.GroupAct {
	return func(*regime.Group, time.Time) regime.GroupAct { return a }
}

// playedGroup is what a script came to.
type playedGroup struct {
	t       *testing.T
	runs    int
	state   regime.Group
	sent    []regime.Notice
	batches []Batch
	news    []News
	files   []Register
	ended   bool
	now     time.Time
}

func (p *playedGroup) SendNotices(_ context.Context, b Batch) (Report, error) {
	p.batches = append(p.batches, b)
	var r Report
	for _, n := range b.Notices {
		p.sent = append(p.sent, n)
		for _, to := range n.To {
			r.Tellings = append(r.Tellings, regime.Telling{Notice: n.ID, Party: to.Party, Level: to.Level,
				State: regime.ToldAccepted})
		}
	}
	return r, nil
}

func (p *playedGroup) KeepRecord(_ context.Context, r Register) error {
	p.files = append(p.files, r)
	return nil
}

func (p *playedGroup) TellGroups(_ context.Context, n News) error {
	p.news = append(p.news, n)
	return nil
}

// playGroup runs a script through as many runs as it takes, until a time.
func playGroup(t *testing.T, in GroupInput, steps []groupStep, until string) *playedGroup {
	t.Helper()
	p := &playedGroup{t: t, now: at(steps[0].at).Add(-time.Minute)} // it opens before anybody acts
	for !p.ended {
		if p.runs++; p.runs > 60 {
			t.Fatal("the group never comes to rest")
		}
		next, rest := p.run(in, steps, at(until))
		if next == nil {
			break
		}
		in, steps = *next, rest
	}
	return p
}

func (p *playedGroup) run(in GroupInput, steps []groupStep, until time.Time) (*GroupInput, []groupStep) {
	p.t.Helper()
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(quiet{})
	env := suite.NewTestWorkflowEnvironment()
	env.SetWorkerOptions(patient)
	env.SetTestTimeout(time.Minute)
	env.SetStartTime(p.now)
	env.RegisterWorkflowWithOptions(SurveillanceGroup, workflow.RegisterOptions{Name: GroupWorkflow})
	env.RegisterActivity(p)
	taken, stopped := 0, false
	for i, s := range steps {
		env.RegisterDelayedCallback(func() {
			taken = i + 1
			p.do(env, s, i)
		}, at(s.at).Sub(p.now))
	}
	env.RegisterDelayedCallback(func() {
		p.look(env)
		stopped = true
		env.SetContinueAsNewSuggested(true)
		env.SignalWorkflow("wake up", nil)
	}, until.Sub(p.now))
	env.ExecuteWorkflow(GroupWorkflow, in)
	p.now = env.Now()
	var again *workflow.ContinueAsNewError
	if stopped {
		return nil, nil
	}
	if err := env.GetWorkflowError(); errors.As(err, &again) {
		next := new(GroupInput)
		if err := converter.GetDefaultDataConverter().FromPayloads(again.Input, next); err != nil {
			p.t.Fatal(err)
		}
		return next, steps[taken:]
	} else if err != nil {
		p.t.Fatalf("the group failed: %v", err)
	}
	p.look(env)
	p.ended = true
	return nil, nil
}

func (p *playedGroup) look(env *testsuite.TestWorkflowEnvironment) {
	v, err := env.QueryWorkflow(QueryState)
	var snap GroupSnapshot
	if err == nil {
		err = v.Get(&snap)
	}
	if err != nil {
		p.t.Errorf("query: %v", err)
		return
	}
	p.state = *snap.Group
}

func (p *playedGroup) do(env *testsuite.TestWorkflowEnvironment, s groupStep, i int) {
	p.look(env)
	again := new(regime.Group)
	*again = p.state
	act := s.act(again, at(s.at))
	req := regime.Request{By: regime.Actor{For: s.by, Person: "an officer", Channel: "test"}, Key: s.key}
	if req.Key == "" {
		req.Key = fmt.Sprintf("%s/%d", s.at, i)
	}
	path := regime.GroupVerbOf(act).Path
	check := func(err error) {
		if got := regime.RefusedBy(Understand(err)); got != s.refused || (err != nil && got == "") {
			p.t.Errorf("%s %s by %s: %v, want refusal %q", s.at, path, s.by, err, s.refused)
		}
	}
	env.UpdateWorkflow(regime.GroupVerbOf(act).Name(), req.Key, &testsuite.TestUpdateCallback{
		OnAccept: func() {}, OnReject: check, OnComplete: func(_ any, err error) { check(err) },
	}, req, act)
}

// agreedAgenda holds the meeting that is due and considers what the agenda has.
func agreedAgenda(g *regime.Group, now time.Time) regime.GroupAct {
	return &regime.HoldGroupMeeting{Present: []regime.Party{"CCG/07J", "LETB/Q56"}, Record: "x",
		Considered: strings.Join(g.ToConsider(now), ",")}
}

// aYear is twelve monthly meetings on the days on which they fall due.
func aYear() []groupStep {
	var out []groupStep
	for _, day := range []string{"2013-05-01", "2013-06-03", "2013-07-01", "2013-08-01", "2013-09-02", "2013-10-01",
		"2013-11-01", "2013-12-02", "2014-01-02", "2014-02-03", "2014-03-03", "2014-04-01"} {
		out = append(out, groupStep{at: day + " 11:30", by: "NHSCB/Q56", act: agreedAgenda})
	}
	return out
}

func TestAYearOfMonthlyMeetingsCoversEveryProviderThroughTwelveChapters(t *testing.T) {
	steps := append([]groupStep{{at: "2013-04-01 09:00", by: "CQC", act: does(&regime.AddGroupNote{Text: "opened"})}},
		aYear()...)
	p := playGroup(t, GroupInput{Opening: &eastAnglia}, steps, "2014-04-10")
	if p.runs != 13 || len(p.state.Meetings) != 13 {
		t.Fatalf("%d runs, %d meetings", p.runs, len(p.state.Meetings))
	}
	for _, w := range p.state.Watched {
		n := 0
		for _, m := range p.state.Meetings {
			if slices.Contains(m.Considered, w.Code) {
				n++
			}
		}
		if n < 2 {
			t.Errorf("%s was considered %d times in a year", w.Code, n)
		}
	}
	f := p.state.CoverageNow(at("2014-04-10"))
	if f.Within != 5 || len(f.Overdue) != 0 {
		t.Errorf("%+v", f)
	}
	for _, n := range p.sent {
		if n.Kind == "N39" {
			t.Errorf("somebody was told of a gap that was none: %s", n.Text)
		}
	}
	if d := p.state.Entries; d[0].Text != "Note: opened" || len(d) != 13 {
		t.Errorf("the chronology was not carried: %d entries", len(d))
	}
}

func TestThreeWeakConcernsFromThreeBodiesEndInATrigger(t *testing.T) {
	concern := func(what string) func(*regime.Group, time.Time) regime.GroupAct {
		return does(&regime.RaiseConcern{Provider: "RCX", What: what})
	}
	news := &regime.NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Convening}
	closed := &regime.NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Closed, Level: "enhanced",
		Review: at("2014-03-03")}
	p := playGroup(t, GroupInput{Opening: &eastAnglia}, []groupStep{
		{at: "2013-04-01 09:00", by: "LETB", act: concern("trainees alone at night")},
		{at: "2013-04-10 09:00", by: "HEALTHWATCH_LOCAL", act: concern("complaints about waits")},
		{at: "2013-04-18 09:00", by: "CCG/07K", act: concern("letters come late")},
		{at: "2013-05-01 11:00", by: "NHSCB", act: agreedAgenda},
		{at: "2013-05-01 11:20", by: "NHSCB", act: does(&regime.ConsiderProvider{Provider: "RCX",
			Outcome: regime.TriggerSummit, Conclusion: "three see the same"})},
		{at: "2013-05-01 12:00", by: "NHSCB", act: does(news), key: "case/K7QM-3XRD/1"},
		{at: "2013-05-01 12:01", by: "NHSCB", act: does(news), key: "case/K7QM-3XRD/1"},
		{at: "2013-05-01 12:10", by: "CCG/07J", act: does(&regime.LinkConcern{Concerns: "C1,C2,C3", Case: "K7QM-3XRD"})},
		{at: "2013-05-01 12:20", by: "GMC", refused: "R71", act: does(&regime.JoinGroup{})},
		{at: "2013-06-03 11:00", by: "NHSCB", act: agreedAgenda},
		{at: "2013-11-04 12:00", by: "NHSCB", act: does(closed)},
	}, "2013-11-20")
	var together []regime.Notice
	for _, n := range p.sent {
		if n.Kind == "N45" {
			together = append(together, n)
		}
	}
	if len(together) != 2 || !strings.HasPrefix(together[1].Text, "3 bodies") || len(together[1].To) != 9 {
		t.Errorf("%+v", together)
	}
	w := p.state.Watched[0]
	if w.Level != regime.EnhancedLevel || len(w.History) != 2 || w.History[0].To != regime.RiskSummitLevel {
		t.Errorf("%+v", w)
	}
	if !slices.Contains(p.state.Meetings[1].Considered, "RCX") || p.state.Concerns[2].Case != "K7QM-3XRD" {
		t.Errorf("the open case is not on the agenda: %+v", p.state.Meetings[1])
	}
	if b := p.batches[0]; b.Group != "Q56" || b.Ref != "group-Q56" {
		t.Errorf("%+v", b)
	}
}

func TestAMissedMeetingIsChasedUntilItIsHeld(t *testing.T) {
	p := playGroup(t, GroupInput{Opening: &eastAnglia}, []groupStep{
		{at: "2013-04-01 09:00", by: "CQC", act: does(&regime.AddGroupNote{Text: "opened"})},
		{at: "2013-06-12 10:00", by: "NHSCB", act: agreedAgenda},
	}, "2013-06-13")
	var chased []string
	for _, n := range p.sent {
		if n.Kind == "N38" && n.Rung > 2 {
			for _, r := range n.To {
				chased = append(chased, string(r.Party))
			}
		}
	}
	if len(chased) != 12 || chased[0] != "NHSCB/Q56" || chased[1] != "NHSCB/Y55" { // 3, 10, 17, 24, 31 May, 7 June
		t.Fatalf("%v", chased)
	}
	if n, _ := p.state.NextMeeting(); !n.At.Equal(at("2013-07-12 10:00")) || p.runs != 2 {
		t.Fatalf("%+v in %d runs", n, p.runs)
	}
}

func TestALocalReportIsHandedToTheRegionOnce(t *testing.T) {
	p := playGroup(t, GroupInput{Opening: &eastAnglia}, []groupStep{
		{at: "2013-04-01 09:00", by: "NHSCB", act: does(&regime.ReportToRegion{Themes: "nights"})},
		{at: "2013-05-01 11:00", by: "NHSCB", act: agreedAgenda},
		{at: "2013-05-02 11:00", by: "NHSCB", act: does(&regime.EndGroup{Reason: "merged"})},
	}, "2013-06-13")
	if len(p.files) != 2 || p.files[0].Group.LastEntry != 2 || p.files[1].Group.Ended.IsZero() {
		t.Fatalf("put on file %d times", len(p.files))
	}
	if len(p.news) != 1 || p.news[0].Groups[0] != "Y55" || p.news[0].Report.From != "Q56" ||
		p.news[0].Report.Report.Themes != "nights" || !p.ended {
		t.Fatalf("%+v", p.news)
	}
}

func TestTheKeyOfAnActIsRememberedInTheNextChapterOfAGroup(t *testing.T) {
	note := does(&regime.AddGroupNote{Text: "once"})
	p := playGroup(t, GroupInput{Opening: &eastAnglia}, []groupStep{
		{at: "2013-04-01 09:00", by: "CQC", act: note, key: "k"},
		{at: "2013-05-01 11:00", by: "NHSCB", act: agreedAgenda},
		{at: "2013-05-02 11:00", by: "CQC", act: note, key: "k"},
	}, "2013-05-03")
	if len(p.state.Entries) != 2 || p.runs != 2 {
		t.Fatalf("%d entries", len(p.state.Entries))
	}
}
