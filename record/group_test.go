package record_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/record"
	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
)

// met is a group that has heard something openly and in confidence, and met once.
func met(t *testing.T) (*surveillance.Group, time.Time) {
	t.Helper()
	return metHaving(t, "LETB", "P. Erson", "whistleblower")
}

// metHaving has somebody else tell it in confidence.
func metHaving(t *testing.T, teller regime.Party, person string, source regime.SourceKind) (*surveillance.Group, time.Time) {
	t.Helper()
	now := at(t, "2013-04-02 09:00")
	g, err := surveillance.Open(surveillance.Opening{Profile: "ENGLAND_2013", Tier: regime.LocalTier, Area: "Q56",
		Region: "Y55", PlaceName: "East Anglia", First: at(t, "2013-05-02 10:00"),
		Members: []regime.Party{"NHSCB/Q56", "CCG/07J", "CQC", "LETB/Q56"},
		Watched: []surveillance.Watched{{Code: "RCX", Name: "A trust", Type: regime.FoundationTrust}}}, now)
	require.NoError(t, err)
	by := func(by regime.Party, person string, a surveillance.Act) {
		now = now.Add(time.Minute)
		_, err := g.Perform(ledger.Request{By: ledger.Actor{For: by, Person: person, Channel: "test"}, Key: now.String(),
			Fingerprint: string(by) + person + now.String()}, a, now)
		require.NoError(t, err)
	}
	act := func(party regime.Party, a surveillance.Act) { by(party, "P. Erson", a) }
	by(teller, person, &surveillance.RaiseConcern{Provider: "RCX", What: "nights | alone", Source: source,
		Confidential: true})
	act("CCG/07J", &surveillance.RaiseConcern{Provider: "RCX", What: "complaints", Source: "patient"})
	act("CQC", &surveillance.SendPack{What: "falls on two wards"})
	now = at(t, "2013-05-02 10:00")
	g.Tick(now)
	act("NHSCB", &surveillance.HoldGroupMeeting{Present: []regime.Party{"CQC"}, Considered: "RCX", Record: "agreed"})
	act("NHSCB", &surveillance.AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel, Reason: "two bodies"})
	act("NHSCB", &surveillance.ProposeGroupAction{Owner: "CQC", What: "say when it inspects",
		Due: at(t, "2013-07-01 10:00"), Provider: "RCX"})
	act("CQC", &surveillance.AddGroupNote{Text: "three wards", Corrects: 3})
	act("NHSCB", &surveillance.ReportToRegion{Themes: "nights"})
	return g, now
}

func TestR14_TheRecordOfAGroupIsTheSameWhoeverToldItInConfidence(t *testing.T) {
	forms := func(g *surveillance.Group, now time.Time) []string {
		g.Tick(now.AddDate(0, 0, 40))
		html, err := record.GroupHTML(g.Public(), now, record.Notices)
		require.NoError(t, err)
		raw, err := record.GroupJSON(g.Public(), now)
		require.NoError(t, err)
		return []string{record.GroupMarkdown(g.Public(), now, record.Notices), html, string(raw),
			record.GroupMarkdown(g, now, record.Notices)}
	}
	want := forms(met(t))
	for _, teller := range []regime.Party{"CCG/07J", "CQC", "NHSCB/Q56", "GMC"} {
		require.Equal(t, want, forms(metHaving(t, teller, "somebody else altogether", "media")), teller)
	}
}

func TestTheRecordOfAGroupStaysAsItIs(t *testing.T) {
	g, now := met(t)
	golden(t, "group.md", record.GroupMarkdown(g, now, record.Notices))
}

func TestR14_WhoSpokeToAGroupInConfidenceStandsInNoFormOfItsRecord(t *testing.T) {
	g, now := met(t)
	html, err := record.GroupHTML(g, now)
	require.NoError(t, err)
	raw, err := record.GroupJSON(g, now)
	require.NoError(t, err)
	for _, form := range []string{record.GroupMarkdown(g, now), html, string(raw)} {
		require.NotContains(t, form, "whistleblower")
		require.Contains(t, form, "nights")
	}
	require.Contains(t, string(raw), `"for": "UNNAMED/C1"`)
	require.Contains(t, record.GroupMarkdown(g, now), "a body not named")
}
