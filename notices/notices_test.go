package notices

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/ledger"
)

var update = flag.Bool("update", false, "write the golden mails anew")

func TestEveryKindOfEveryProfileHasItsTemplateAndEveryTemplateItsKind(t *testing.T) {
	var named []regime.NoticeKind
	for _, p := range regime.Profiles() {
		for _, row := range p.Notices {
			require.Contains(t, Kinds(), row.Kind, "profile %s", p.Name)
			named = append(named, row.Kind)
		}
	}
	for _, k := range Kinds() {
		require.Contains(t, named, k)
	}
}

func TestEveryDutyOfEveryProfileIsAnsweredByCommandsThatExist(t *testing.T) {
	for _, p := range regime.Profiles() {
		for _, d := range p.Duties {
			for _, how := range []string{d.How, d.HowInGroup} {
				if how == "" {
					continue
				}
				_, err := answers(how, "HTR-1", "CQC")
				require.NoError(t, err, "%s of %s", d.Kind, p.Name)
			}
		}
	}
}

func TestMailsStayAsTheyAre(t *testing.T) {
	for _, k := range Kinds() {
		m, err := Preview(k)
		require.NoError(t, err)
		golden(t, string(k), m)
	}
	for name, m := range variants(t) {
		golden(t, name, m)
	}
}

// variants are what the layout makes of one notice in other circumstances.
func variants(t *testing.T) map[string]Mail {
	b, n, err := sample("N28")
	require.NoError(t, err)
	duty := onAPage()
	reminder, overdue, demonstration := n, n, b
	reminder.Rung, reminder.At = 1, n.By.AddDate(0, 0, -1)
	overdue.Rung, overdue.At, overdue.Overdue = 3, n.By.AddDate(0, 0, 1), true
	demonstration.Demonstration = true
	gathered, err := Shipped().PreviewGathered()
	require.NoError(t, err)
	out := map[string]Mail{"gathered": gathered}
	add := func(name string, b message.Batch, n ledger.Notice, r Recipient) {
		m, err := Render(b, n, r)
		require.NoError(t, err)
		out[name] = m
	}
	add("reminder", b, reminder, duty)
	add("demonstration", demonstration, n, duty)
	add("told-only", b, overdue, Reader(OnPage, "TDA", regime.LevelDuty))
	two, instead := onAPage(), onAPage()
	two.Levels = []regime.Level{regime.LevelDuty, regime.LevelExecutive}
	add("overdue-two-levels", b, overdue, two)
	instead.Levels, instead.Answering = []regime.Level{regime.LevelLead}, regime.LevelDeputy
	instead.Instead = "its lead is away until 2 February 2014"
	add("instead", b, n, instead)
	add("program", b, n, Reader(ByProgram, sampleParty, regime.LevelDuty))
	add("secretariat", b, n, reached())
	return out
}

func golden(t *testing.T, name string, m Mail) {
	t.Helper()
	for ending, got := range map[string]string{
		".txt": "Subject: " + m.Subject + "\n\n" + m.Text, ".html": m.HTML} {
		path := filepath.Join("testdata", name+ending)
		if *update {
			require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
		}
		want, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, string(want), got, "%s; 'go test ./notices -update' takes it over", path)
	}
}

func TestEveryGoldenMailBelongsToAKindOrAVariant(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	require.Len(t, files, len(Kinds())+len(variants(t)))
}

func TestASubjectSaysFirstThatItIsADemonstrationThenTheCaseThenHowPressing(t *testing.T) {
	subjects := map[string]string{}
	for name, m := range variants(t) {
		subjects[name] = m.Subject
	}
	require.Equal(t, map[string]string{
		"gathered":           "[HTR-SAMPLE] 2 notices: Response meeting; Monthly progress",
		"reminder":           "[HTR-SAMPLE] Reminder: Monthly progress",
		"demonstration":      "[Demonstration] [HTR-SAMPLE] Monthly progress",
		"told-only":          "[HTR-SAMPLE] Overdue: Monthly progress",
		"overdue-two-levels": "[HTR-SAMPLE] Overdue: Monthly progress",
		"instead":            "[HTR-SAMPLE] Monthly progress",
		"program":            "[HTR-SAMPLE] Monthly progress",
		"secretariat":        "[HTR-SAMPLE] Monthly progress",
	}, subjects)
	require.Contains(t, variants(t)["demonstration"].Text, "Demonstration. This is not real")
}

func TestATimeIsSaidInUKTimeAlsoInSummer(t *testing.T) {
	b, n, err := sample("N15")
	require.NoError(t, err)
	n.By = time.Date(2014, 7, 1, 9, 0, 0, 0, time.UTC)
	m, err := Render(b, n, Recipient{Party: sampleParty, Levels: []regime.Level{regime.LevelDuty}, Program: true})
	require.NoError(t, err)
	require.Contains(t, m.Text, "by Tuesday 1 July 2014, 10:00 UK")
}

func TestOnlyTheBodyThatOwesItIsTaughtTheCommand(t *testing.T) {
	b, n, err := sample("N11")
	require.NoError(t, err)
	asked, err := Render(b, n, Recipient{Party: sampleParty, Levels: []regime.Level{regime.LevelDuty}, Program: true})
	require.NoError(t, err)
	told, err := Render(b, n, Recipient{Party: "TDA", Levels: []regime.Level{regime.LevelDuty}, Program: true})
	require.NoError(t, err)
	const command = `starter judgement regulatory --case HTR-SAMPLE --by "Your body" --value VALUE`
	require.Contains(t, asked.Text, command)
	require.NotContains(t, told.Text, "starter judgement")
	require.Contains(t, told.Text, "    starter show HTR-SAMPLE\n")
	require.Contains(t, told.Text, "You do not need to do anything.")
}

func TestNamesCannotBreakOutOfTheMailOrTheCommand(t *testing.T) {
	b, n, err := sample("N3")
	require.NoError(t, err)
	evil := "<b>\"$(reboot)`x`\" [a](http://b.example) *c*\r\nBcc: x"
	b.Names = []regime.UnitName{{Party: "CCG/07J", Name: evil}}
	n.Text, b.Hows[0].Of = evil+" is to hold the risk summit", []regime.Party{"CCG/07J"}
	m, err := Render(b, n, Recipient{Party: "CCG/07J", Levels: []regime.Level{regime.LevelDuty}, Program: true})
	require.NoError(t, err)
	require.Contains(t, m.Text,
		`--by "<b>\"\$(reboot)\`+"`x\\`"+`\" [a](http://b.example) *c* Bcc: x" --answer`)
	require.NotContains(t, m.HTML, "<b>")
	require.NotContains(t, m.HTML, "<a ")
	require.NotContains(t, m.HTML, "<em>")
}

func TestAUnitWithoutANameIsTypedByItsCode(t *testing.T) {
	b, n, err := sample("N3")
	require.NoError(t, err)
	b.Names, b.Hows[0].Of = []regime.UnitName{{Party: "CCG/07J", Name: "CCG (07J)"}}, []regime.Party{"CCG/07J"}
	m, err := Render(b, n, Recipient{Party: "CCG/07J", Levels: []regime.Level{regime.LevelDuty}, Program: true})
	require.NoError(t, err)
	require.Contains(t, m.Text, `--by "CCG/07J"`)
}

func TestAKindWithoutATemplateIsAnError(t *testing.T) {
	_, err := Render(message.Batch{}, ledger.Notice{Kind: "N99"}, Recipient{})
	require.ErrorContains(t, err, "notice N99 has no template")
	_, err = Preview("N99")
	require.Error(t, err)
}

func TestEveryKindSaysFirstWhatIsAskedAndByWhenOrThatNothingIs(t *testing.T) {
	asks := regexp.MustCompile(`^(Reminder: p|P)lease .* (by|on|it was due by) \w+day \d+ \w+ \d{4}, \d\d:\d\d UK time\.$`)
	all := variants(t)
	for _, k := range Kinds() {
		m, err := Preview(k)
		require.NoError(t, err)
		all[string(k)] = m
	}
	for name, m := range all {
		first, _, _ := strings.Cut(m.Text, "\n\n")
		first = strings.ReplaceAll(first, "\n", " ")
		if first != nothingAsked {
			require.Regexp(t, asks, first, name)
			require.NotContains(t, m.Text, nothingAsked, name)
		}
		require.NotContains(t, m.Text, "No answer is needed", name)
		require.Contains(t, m.HTML, strings.SplitN(first, " ", 2)[0], name)
	}
}

// The guidance of GOV.UK: short sentences, plain words.
func TestTheMailsAreWrittenInShortSentencesAndPlainWords(t *testing.T) {
	stiff := regexp.MustCompile(`(?i)\b(whom|whose|lest|shall|anew|whereas|thereof|herein|hereby|prior to|in order to|` +
		`utilise|commence|pursuant|nobody need|need not)\b`)
	for _, k := range Kinds() {
		m, err := Preview(k)
		require.NoError(t, err)
		text, _, _ := strings.Cut(m.Text, "-----")
		require.Empty(t, stiff.FindString(text), k)
		for paragraph := range strings.SplitSeq(text, "\n\n") {
			if strings.HasPrefix(paragraph, "    ") || strings.HasPrefix(paragraph, "- ") {
				continue
			}
			for sentence := range strings.SplitSeq(strings.ReplaceAll(paragraph, "\n", " "), ". ") {
				require.LessOrEqual(t, len(strings.Fields(sentence)), 28, "%s: %s", k, sentence)
			}
		}
	}
}

// begs is what asks something, also of some readers only.
var begs = regexp.MustCompile(`(?i)\bplease\b|\byou (must|should|have to|are asked)\b`)

func TestAMailThatSaysThatNothingIsToBeDoneAsksNothingFurtherDown(t *testing.T) {
	files, err := filepath.Glob("testdata/N*.txt")
	require.NoError(t, err)
	free := 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		require.NoError(t, err)
		said, _, _ := strings.Cut(string(raw), "-----")
		if !strings.Contains(said, "You do not need to do anything.") {
			continue
		}
		free++
		require.NotRegexp(t, begs, said, file)
	}
	require.Greater(t, free, 15)
}
