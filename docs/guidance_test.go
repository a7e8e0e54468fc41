package docs

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/words"
)

// guidance are the chapters of the guidance, each with the rules that it gives; of the periods it gives those of their rules.
var guidance = []struct{ title, rules string }{
	{"How a concern is dealt with", "R75 R14 R52 R78 R79 R103 R88 R87"},
	{"Where patients are at immediate risk", "R10 R3 R5 R102 R96 R66"},
	{"How and when the regime is triggered", "R11 R109 R13 R12 R104 R83 T3 R15 R17"},
	{"What follows", "R23 R24 R26 R98 T6 R31 R93 T8 T9 R94 R86 R95"},
	{"What the public is told, and how those affected are supported", "R64 R65 R67 R99 R111"},
	{"Where a body sees it otherwise", "R6 R7 R92 R131"},
}

const guidanceHead = `# Guidance: how the bodies work together where care may be failing

What the program does, told to whoever has to do with the regime and to the public: how concerns are dealt with, how and when the
regime is triggered, and what the public gets. Generated from ` + "`regime/rules.json`" + ` and the periods of the profile ENGLAND_2013 by
` + "`go test ./docs -update`" + `; a test keeps it true. It binds nobody: to adopt it, and to publish it as theirs, is for the bodies that
it speaks of. Which of it a source lays down and which is our choice is in [requirements.md](requirements.md).
`

func guidancePage(t *testing.T) string {
	t.Helper()
	profile, ok := regime.ProfileOn("ENGLAND_2013", time.Date(2014, 6, 1, 9, 0, 0, 0, time.UTC))
	if !ok {
		t.Fatal("no profile")
	}
	var b strings.Builder
	b.WriteString(guidanceHead)
	for _, chapter := range guidance {
		b.WriteString("\n## " + chapter.title + "\n\n")
		rules := strings.Fields(chapter.rules)
		for _, id := range rules {
			rule, ok := regime.RuleNamed(id)
			if !ok {
				t.Fatalf("there is no rule %s", id)
			}
			b.WriteString("- " + words.Full(rule.Says) + " (" + id + ")\n")
		}
		table := ""
		for _, d := range profile.Duties {
			if slices.Contains(rules, d.Rule) && !d.Period.IsZero() {
				table += "| " + strings.ReplaceAll(words.Capital(d.Says), "{}", "...") + " | " + d.Period.Words() + " | " + within(d.UrgentPeriod) + " | " + d.Rule + " |\n"
			}
		}
		if table != "" {
			b.WriteString("\n| What is owed | within | at immediate risk | Rule |\n|---|---|---|---|\n" + table)
		}
	}
	return b.String()
}

func within(p calendar.Period) string {
	if p.IsZero() {
		return ""
	}
	return p.Words()
}

func TestTheGuidanceSaysWhatTheRulesAndPeriodsSay(t *testing.T) {
	want := guidancePage(t)
	if *update {
		if err := os.WriteFile("guidance.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if textOf(t, "guidance.md") != want {
		t.Error("guidance.md does not say what the rules say: run go test ./docs -update")
	}
}
