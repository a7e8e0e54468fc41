package notices

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
)

// marker stands in every text that a person gives; no mail may show it.
const marker = "QZXMARK"

func markedCase(t *testing.T) *failure.Case {
	t.Helper()
	provider := regime.Provider{Code: marker + "1", Name: marker + " hospital", Town: marker + " town",
		Type: regime.FoundationTrust, LeadCCG: "07J", AreaTeam: "Q56", Region: "Y55"}
	c, err := failure.Open(failure.Opening{Ref: "HTR-2013-0001", Profile: "ENGLAND_2013", Provider: provider,
		Members: []regime.Party{"CQC", "MONITOR", "NHSCB/Q56", "NHSCB/Y55", "CCG/07J"},
		Units: []regime.UnitName{{Party: "CCG/07J", Name: "NHS West Norfolk CCG"},
			{Party: "NHSCB/Q56", Name: "NHS England East Anglia area team"}},
	}, start)
	require.NoError(t, err)
	return c
}

var start = time.Date(2013, 9, 10, 15, 10, 0, 0, time.UTC)

type step struct {
	by  regime.Party
	act failure.Act
}

// play does the steps an hour apart, and lets the clock of the case run for two years.
func play(t *testing.T, c *failure.Case, steps ...step) {
	t.Helper()
	now := start
	for _, s := range steps {
		now = now.Add(time.Hour)
		c.Tick(now)
		_, err := c.Perform(ledger.Request{By: ledger.Actor{For: s.by, Person: marker + " person",
			Role: marker, Channel: "test"}}, s.act, now)
		require.NoError(t, err)
	}
	end := now.AddDate(2, 0, 0)
	for a, ok := c.NextDue(); ok && a.At.Before(end); a, ok = c.NextDue() {
		c.Tick(a.At)
	}
}

func TestR80_NoMailOfAWholeCaseShowsWhomItIsAboutOrWhatWasSaid(t *testing.T) {
	c := markedCase(t)
	ring := regime.Party("NHSCB/Q56")
	play(t, c,
		step{"CQC", &failure.TriggerRiskSummit{Concern: marker, Source: "inspection", Routine: marker,
			Sites: marker, Immediate: true}},
		step{ring, &failure.ConveneSummit{At: start.Add(30 * time.Hour), Place: marker}},
		step{ring, &failure.OpenSummit{Attending: []regime.Party{"CQC", "MONITOR"}, Early: marker}},
		step{ring, &failure.EndSummit{Record: marker}},
		step{ring, &failure.JudgeCollectively{Value: failure.ActualFailure, Reason: marker}},
		step{"CQC", &failure.JudgeBreach{Value: failure.NotYetDetermined, Evidence: marker}},
		step{"CCG/07J", &failure.ProposeRingHolder{Candidate: "MONITOR", Fitness: marker}},
		step{"CQC", &failure.CannotAgree{Reason: marker}},
		step{ring, &failure.ScheduleMeeting{At: start.Add(40 * time.Hour), Place: marker}},
		step{ring, &failure.ProposeAction{Owner: "MONITOR", Aim: failure.SafeguardPatients, What: marker,
			Due: start.AddDate(0, 1, 0)}},
		step{"MONITOR", &failure.AcceptAction{Action: "A1"}},
		step{ring, &failure.HandOverRing{To: "MONITOR", Reason: marker}},
		step{"MONITOR", &failure.AcceptRing{}},
		step{"CQC", &failure.RecommendMeasures{Reason: marker}},
		step{"MONITOR", &failure.DecideMeasures{Outcome: failure.Place, Reason: marker}},
		step{"CQC", &failure.UsePower{Power: "P-CQC-1", Reason: marker, Details: marker, Immediate: true}},
		step{"CQC", &failure.ServeWarning{View: marker, Care: marker, Reasons: marker, Require: marker,
			Due: start.AddDate(0, 2, 0)}},
		step{"CQC", &failure.DetermineWarning{Warning: "W1", Complied: "no", Evidence: marker, Action: marker,
			Administration: "yes"}},
		step{"CQC", &failure.RequireAdministration{Reason: marker, Consulted: marker}},
		step{"MONITOR", &failure.OrderAdministration{Reason: marker}},
	)
	kinds, seen := map[regime.NoticeKind]bool{}, map[string]bool{}
	for _, n := range c.Notices {
		kinds[n.Kind] = true
		if seen[n.Text] {
			continue // a reminder of what was asked before
		}
		seen[n.Text] = true
		for _, m := range mails(t, c, c.Ref, n) {
			requireDiscreet(t, m, n)
			require.Contains(t, m.Subject, "[HTR-2013-0001] ")
		}
	}
	require.GreaterOrEqual(t, len(kinds), 20, "the case told of only %v", kinds)
}

// told is a case or a group, as far as its mails go.
type told interface {
	message.Source
}

func mails(t *testing.T, from told, ref string, n ledger.Notice) []Mail {
	t.Helper()
	b := message.Batch{Ref: ref, Profile: "ENGLAND_2013"}
	b.Put(from, n)
	var out []Mail
	for _, to := range n.To {
		m, err := Render(b, n, Recipient{Party: to.Party, Levels: []regime.Level{to.Level}})
		require.NoError(t, err)
		out = append(out, m)
	}
	return out
}

func requireDiscreet(t *testing.T, m Mail, n ledger.Notice) {
	t.Helper()
	for _, part := range []string{m.Subject, m.Text, m.HTML} {
		require.NotContains(t, strings.ToUpper(part), marker, "%s: %s", n.Kind, n.Text)
	}
	require.LessOrEqual(t, len([]rune(m.Subject)), 150)
}

func TestNoMailOfASurveillanceGroupShowsAProvider(t *testing.T) {
	support := regime.Party("NHSCB/Q56")
	g, err := surveillance.Open(surveillance.Opening{Profile: "ENGLAND_2013", Tier: "local", Area: "Q56",
		Region: "Y55", PlaceName: "East Anglia", Members: []regime.Party{support, "CQC", "MONITOR", "CCG/07J"},
		Watched: []surveillance.Watched{{Code: marker, Name: marker + " hospital", Type: regime.NHSTrust},
			{Code: marker + "2", Name: marker + " practice", Type: regime.GPPractice}}}, start)
	require.NoError(t, err)
	act := func(by regime.Party, a surveillance.Act) {
		_, err := g.Perform(ledger.Request{By: ledger.Actor{For: by, Person: marker, Channel: "test"}}, a,
			start.Add(time.Hour))
		require.NoError(t, err)
	}
	act("CQC", &surveillance.RaiseConcern{Provider: marker, What: marker, Urgent: true})
	act("CCG/07J", &surveillance.RaiseConcern{Provider: marker, What: marker})
	act("MONITOR", &surveillance.RaiseConcern{Provider: marker, What: marker})
	act(support, &surveillance.AgreeLevel{Provider: marker, Level: "enhanced", Reason: marker})
	for a, ok := g.NextDue(); ok && a.At.Before(start.AddDate(1, 0, 0)); a, ok = g.NextDue() {
		g.Tick(a.At)
	}
	kinds := map[regime.NoticeKind]bool{}
	for _, n := range g.Notices {
		kinds[n.Kind] = true
		for _, m := range mails(t, g, g.Ref(), n) {
			requireDiscreet(t, m, n)
			require.Contains(t, m.Text, "Group: group-Q56")
			require.NotContains(t, m.Text, "starter show")
		}
	}
	for _, k := range []regime.NoticeKind{"N38", "N39", "N40"} {
		require.True(t, kinds[k], "the group told of only %v", kinds)
	}
}

func TestAGroupsNoticeIsAnsweredWithItsOwnCommands(t *testing.T) {
	m, err := Shipped().Preview("N38", ByProgram)
	require.NoError(t, err)
	require.Contains(t, m.Text, `starter group hold --group SAMPLE --by "Your body" --present "PRESENT"`)
}

func TestTheProviderIsNotNamedEvenWhereACaseGivesItsName(t *testing.T) {
	b, n, err := sample("N28")
	require.NoError(t, err)
	party := regime.Party("PROVIDER/" + marker)
	b.Names = []regime.UnitName{{Party: party, Name: marker + " Hospital"}}
	b.Hows[0].Of = []regime.Party{party}
	n.Text = marker + " Hospital is to publish its action plan"
	m, err := Render(b, n, Recipient{Party: party, Levels: []regime.Level{regime.LevelDuty}, Program: true})
	require.NoError(t, err)
	require.NotContains(t, m.Subject+m.Text+m.HTML, marker)
	require.Contains(t, m.Text, "Please publish your action plan by ")
	require.Contains(t, m.Text, `starter measures plan --case HTR-SAMPLE --by "provider"`)
}
