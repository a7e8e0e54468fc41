package workflows

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"go.temporal.io/sdk/testsuite"

	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
)

var eastAnglia = surveillance.Opening{
	Profile: "ENGLAND_2013", Tier: regime.LocalTier, Area: "Q56", Region: "Y55", PlaceName: "East Anglia",
	Members: []regime.Party{"NHSCB/Q56", "CCG/07J", "CCG/07K", "LA_COMM/Q56", "TDA", "LETB/Q56",
		"HEALTHWATCH_LOCAL/Q56", "MONITOR", "CQC"},
	Watched: []surveillance.Watched{
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
	act     func(g *surveillance.Group, now time.Time) surveillance.Act
	refused string
	key     string
}

func does(a surveillance.Act) func(*surveillance.Group, time.Time) surveillance.Act {
	return func(*surveillance.Group, time.Time) surveillance.Act { return a }
}

// playedGroup is what a script came to.
type playedGroup struct {
	testRun
	state   surveillance.Group
	sent    []ledger.Notice
	batches []message.Batch
	news    []message.News
	files   []message.Register
}

func (p *playedGroup) SendNotices(_ context.Context, b message.Batch) (message.Report, error) {
	p.batches = append(p.batches, b)
	var r message.Report
	for _, n := range b.Notices {
		p.sent = append(p.sent, n)
		for _, to := range n.To {
			r.Results = append(r.Results, ledger.SendResult{Notice: n.ID, Party: to.Party, Level: to.Level,
				State: ledger.StateAccepted})
		}
	}
	return r, nil
}

func (p *playedGroup) KeepRecord(_ context.Context, r message.Register) error {
	p.files = append(p.files, r)
	return nil
}

func (p *playedGroup) TellGroups(_ context.Context, n message.News) error {
	p.news = append(p.news, n)
	return nil
}

// playGroup runs a script through as many runs as it takes, until a time.
func playGroup(t *testing.T, in GroupInput, steps []groupStep, until string) *playedGroup {
	t.Helper()
	p := &playedGroup{testRun: testRun{t: t, name: GroupWorkflow, program: SurveillanceGroup, until: at(until),
		now: at(steps[0].at).Add(-time.Minute)}} // it opens before anybody acts
	p.testRun.look, p.testRun.outside = p.look, p
	var script []timed
	for i, s := range steps {
		script = append(script, timed{at(s.at), func(env *testsuite.TestWorkflowEnvironment) { p.do(env, s, i) }})
	}
	follow(&p.testRun, in, script)
	return p
}

func (p *playedGroup) look(env *testsuite.TestWorkflowEnvironment) {
	if snap, ok := stateOf[GroupSnapshot](p.t, env); ok {
		p.state = *snap.Group
	}
}

func (p *playedGroup) do(env *testsuite.TestWorkflowEnvironment, s groupStep, i int) {
	if s.act == nil {
		endChapter(env)
		return
	}
	p.look(env)
	again := p.state
	act := s.act(&again, at(s.at))
	v := surveillance.VerbOf(act)
	p.ask(env, asked{at: s.at, key: s.key, n: i, by: s.by, update: v.Name(), path: v.Path, act: act,
		refused: s.refused})
}

func groupInChapters(steps []groupStep) []groupStep {
	var out []groupStep
	for _, s := range steps {
		out = append(out, s, groupStep{at: at(s.at).Add(time.Minute).Format("2006-01-02 15:04")})
	}
	return out
}

// agreedAgenda holds the meeting that is due and considers what the agenda has.
func agreedAgenda(g *surveillance.Group, now time.Time) surveillance.Act {
	return &surveillance.HoldGroupMeeting{Present: []regime.Party{"CCG/07J", "LETB/Q56"}, Record: "x",
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
	steps := append([]groupStep{{at: "2013-04-01 09:00", by: "CQC", act: does(&surveillance.AddGroupNote{Text: "opened"})}},
		aYear()...)
	p := playGroup(t, GroupInput{Opening: &eastAnglia}, groupInChapters(steps), "2014-04-10")
	if p.runs != 14 || len(p.state.Meetings) != 13 {
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
	// a note, twelve meetings, and twelve records that became final
	if d := p.state.Entries; d[0].Text != "Note: opened" || len(d) != 25 {
		t.Errorf("the chronology was not carried: %d entries", len(d))
	}
}

func TestThreeWeakConcernsFromThreeBodiesEndInATrigger(t *testing.T) {
	concern := func(what string) func(*surveillance.Group, time.Time) surveillance.Act {
		return does(&surveillance.RaiseConcern{Provider: "RCX", What: what})
	}
	news := &surveillance.NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Convening}
	closed := &surveillance.NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Closed, Level: "enhanced",
		Review: at("2014-03-03")}
	p := playGroup(t, GroupInput{Opening: &eastAnglia}, []groupStep{
		{at: "2013-04-01 09:00", by: "LETB", act: concern("trainees alone at night")},
		{at: "2013-04-10 09:00", by: "HEALTHWATCH_LOCAL", act: concern("complaints about waits")},
		{at: "2013-04-18 09:00", by: "CCG/07K", act: concern("letters come late")},
		{at: "2013-05-01 11:00", by: "NHSCB", act: agreedAgenda},
		{at: "2013-05-01 11:20", by: "NHSCB", act: does(&surveillance.ConsiderProvider{Provider: "RCX",
			Outcome: surveillance.TriggerSummit, Conclusion: "three see the same"})},
		{at: "2013-05-01 12:00", by: "NHSCB", act: does(news), key: "case/K7QM-3XRD/1"},
		{at: "2013-05-01 12:01", by: "NHSCB", act: does(news), key: "case/K7QM-3XRD/1"},
		{at: "2013-05-01 12:10", by: "CCG/07J", act: does(&surveillance.LinkConcern{Concerns: "C1,C2,C3", Case: "K7QM-3XRD"})},
		{at: "2013-05-01 12:20", by: "GMC", refused: "R71", act: does(&surveillance.JoinGroup{})},
		{at: "2013-06-03 11:00", by: "NHSCB", act: agreedAgenda},
		{at: "2013-11-04 12:00", by: "NHSCB", act: does(closed)},
	}, "2013-11-20")
	var together []ledger.Notice
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
		{at: "2013-04-01 09:00", by: "CQC", act: does(&surveillance.AddGroupNote{Text: "opened"})},
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
	if n, _ := p.state.NextMeeting(); !n.At.Equal(at("2013-07-12 10:00")) {
		t.Fatalf("%+v in %d runs", n, p.runs)
	}
}

func TestALocalReportIsHandedToTheRegionOnce(t *testing.T) {
	p := playGroup(t, GroupInput{Opening: &eastAnglia}, []groupStep{
		{at: "2013-04-01 09:00", by: "NHSCB", act: does(&surveillance.ReportToRegion{Themes: "nights"})},
		{at: "2013-05-01 11:00", by: "NHSCB", act: agreedAgenda},
		{at: "2013-05-02 11:00", by: "NHSCB", act: does(&surveillance.EndGroup{Reason: "merged"})},
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
	note := does(&surveillance.AddGroupNote{Text: "once"})
	p := playGroup(t, GroupInput{Opening: &eastAnglia}, groupInChapters([]groupStep{
		{at: "2013-04-01 09:00", by: "CQC", act: note, key: "k"},
		{at: "2013-05-01 11:00", by: "NHSCB", act: agreedAgenda},
		{at: "2013-05-02 11:00", by: "CQC", act: note, key: "k"},
	}), "2013-05-03")
	if len(p.state.Entries) != 2 || p.runs != 4 {
		t.Fatalf("%d entries", len(p.state.Entries))
	}
}

func TestR103_WhatAGroupHasOpenIsHandedToItsRegionAndToThoseThatListIt(t *testing.T) {
	p := playGroup(t, GroupInput{Opening: &eastAnglia}, []groupStep{
		{at: "2013-04-01 09:00", by: "NHSCB", act: does(&surveillance.WatchProvider{Provider: "RYC", Name: "F trust",
			Type: regime.NHSTrust, Areas: "Q57"})},
		{at: "2013-04-02 09:00", by: "CCG/07J", act: does(&surveillance.RaiseConcern{Provider: "RYC", What: "waits"})},
		{at: "2013-04-03 09:00", by: "LETB", act: does(&surveillance.RaiseConcern{Provider: "RCX", What: "nights", Confidential: true})},
		{at: "2013-05-01 11:00", by: "NHSCB", act: agreedAgenda},
	}, "2013-05-02")
	heard := map[string][]string{}
	keys := map[string]bool{}
	for _, n := range p.news {
		if n.Shared == nil || len(n.Groups) != 1 || n.Request.By.For != "NHSCB/Q56" || keys[n.Request.Key] {
			t.Fatalf("%+v", n)
		}
		keys[n.Request.Key] = true
		for _, s := range n.Shared.Shares {
			for _, c := range s.Open {
				heard[n.Groups[0]] = append(heard[n.Groups[0]], c.ID+" "+string(c.By))
			}
		}
	}
	// Each once when it is raised, and both again at the meeting.
	if got := strings.Join(heard["Q57"], ","); got != "Q56/C1 CCG/07J,Q56/C1 CCG/07J" {
		t.Errorf("Q57 hears %s", got)
	}
	if got := heard["Y55"]; len(got) != 4 || !slices.Contains(got, "Q56/C2 UNNAMED/Q56-C2") {
		t.Errorf("Y55 hears %v", got)
	}
	if p.runs != 1 {
		t.Errorf("%d runs", p.runs)
	}
}
