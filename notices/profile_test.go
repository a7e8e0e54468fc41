package notices

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
)

var toDuty = Recipient{Party: sampleParty, Levels: []regime.Level{regime.LevelDuty}}

// under2022 is the sample of a kind as a case of 2022 about a trust sends it.
func under2022(t *testing.T, k regime.NoticeKind) (message.Batch, ledger.Notice) {
	p, ok := regime.ProfileNamed("ENGLAND_2022")
	require.True(t, ok)
	b, n, ok := sampleUnder(p, k)
	require.True(t, ok)
	row, _ := p.Notice(k)
	b.Labels, n.Text = p.Labels, row.Subject
	b.Labels.Measures = "the Recovery Support Programme"
	return b, n
}

func TestNoMailOf2022SpeaksInTheWordsOf2013(t *testing.T) {
	for _, k := range Kinds() {
		b, n := under2022(t, k)
		m, err := Render(b, n, toDuty)
		require.NoError(t, err)
		text := strings.Join(strings.Fields(m.Subject+" "+m.Text), " ")
		for _, old := range []string{"isk summit", "area team", "Monitor", "TDA", "Children Board", "CCG",
			"urveillance group", "urveillance Group", "QSG"} {
			require.NotContains(t, text, old, "%s", k)
		}
		// Both regimes are named by these subjects, or only special measures are meant (N31, N32).
		if !slices.Contains([]regime.NoticeKind{"N25", "N26", "N31", "N32"}, k) {
			require.NotContains(t, text, "pecial measures", "%s", k)
		}
	}
}

func TestAMailOf2013And2022AreEachInTheirOwnWords(t *testing.T) {
	b, n := under2022(t, "N1")
	m, err := Render(b, n, toDuty)
	require.NoError(t, err)
	require.Equal(t, "[HTR-SAMPLE] Rapid quality review meeting triggered", m.Subject)
	b, n, err = sample("N1")
	require.NoError(t, err)
	m, err = Render(b, n, toDuty)
	require.NoError(t, err)
	require.Equal(t, "[HTR-SAMPLE] Risk summit triggered", m.Subject)
}

func TestAMailAboutAnUnconfirmedDutySaysSo(t *testing.T) {
	b, n := under2022(t, "N15")
	n.Duty, n.By = "D1", n.At.Add(time.Hour)
	b.Unconfirmed = []string{n.ID}
	m, err := Render(b, n, toDuty)
	require.NoError(t, err)
	text := strings.Join(strings.Fields(m.Text), " ")
	require.Contains(t, text, "Rule: R33, UNCONFIRMED under profile ENGLAND_2022: not to be taken for law")
	b.Unconfirmed = nil
	m, err = Render(b, n, toDuty)
	require.NoError(t, err)
	require.NotContains(t, m.Text, "UNCONFIRMED")
}

func TestAMailOfAGroupCallsItWhatThoseOfItsTierAreCalledUnderItsProfile(t *testing.T) {
	for profile, called := range map[string]map[regime.GroupTier][2]string{
		"ENGLAND_2013": {
			regime.LocalTier: {"Local Quality Surveillance Group meeting", "From a local Quality Surveillance Group"},
			regime.RegionalTier: {"Regional Quality Surveillance Group meeting",
				"From a regional Quality Surveillance Group"}},
		"ENGLAND_2022": {
			regime.LocalTier:    {"System Quality Group meeting", "From a System Quality Group"},
			regime.RegionalTier: {"Regional Quality Group meeting", "From a Regional Quality Group"}},
	} {
		for tier, subjects := range called {
			o := surveillance.Opening{Profile: profile, Tier: tier, Region: "Y61", PlaceName: "Example Vale"}
			if tier == regime.LocalTier {
				o.Area = "EX-ICB1"
			}
			g, err := surveillance.Open(o, sampleTime)
			require.NoError(t, err)
			for i, k := range []regime.NoticeKind{"N38", "N46"} {
				b, n, err := sample(k)
				require.NoError(t, err)
				b.Ref, b.Profile, b.Labels = g.Ref(), g.Profile, g.Labels()
				m, err := Render(b, n, toDuty)
				require.NoError(t, err)
				require.Equal(t, "["+g.Ref()+"] "+subjects[i], m.Subject)
			}
		}
	}
}
