package surveillance

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

func TestR105_AThemeOfTheWholeSystemStandsOnTheAgendaWithoutAProvider(t *testing.T) {
	s := group(t, "2013-04-02 09:00").by("GMC", &RaiseTheme{What: "beds in care homes are short"})
	if all := linesOf(s.item(itemThemes)); !strings.Contains(all, "T1, ") || !strings.Contains(all, "beds in care homes are short") {
		t.Fatalf("%s", all)
	}
	if got := s.g.ToConsider(s.now); strings.Contains(strings.Join(got, " "), "T1") {
		t.Errorf("a theme passes for a provider: %v", got)
	}
	s.refused("R69", "GMC", &ConsiderTheme{Theme: "T1", Conclusion: "x"})
	s.refused("R68", "CQC", &ConsiderTheme{Theme: "T1", Conclusion: "x", Lead: "GMC"})
	s.refused("", "CQC", &ConsiderTheme{Theme: "T2", Conclusion: "x"})
	s.by("CQC", &ConsiderTheme{Theme: "T1", Conclusion: "a count every month", Lead: "CCG/07K"}).saysIn("A1")
	if told := s.told("N18"); len(told) != 1 || !strings.Contains(told[0], "CCG/07K") {
		t.Errorf("%v", told)
	}
	if r := s.by(regimetest.Nhse, &ReportToRegion{}); !strings.Contains(r.said(), "beds in care homes are short") {
		t.Errorf("the region does not hear of it: %s", r.said())
	}
	s.by("GMC", &ConsiderTheme{Theme: "t1", Conclusion: "enough beds", Ends: true})
	if all := linesOf(s.item(itemThemes)); all != "" {
		t.Errorf("%s", all)
	}
	s.refused("", "CQC", &ConsiderTheme{Theme: "T1", Conclusion: "x"})
}

func TestR105_PracticesAndHomesComeOntoTheListInBulk(t *testing.T) {
	list := "code;name;type;district\nD81012;Hill Street Surgery;;Norwich\n1-110;Sea View;adult-social-care;Cromer\nRCX;Queen Elizabeth Hospital;FOUNDATION_TRUST;\n"
	s := group(t, "2013-04-02 09:00")
	s.refused("R69", "GMC", &WatchProviders{List: list, Type: regime.GPPractice})
	s.by(regimetest.Nhse, &WatchProviders{List: list, Type: regime.GPPractice}).saysIn("Put 2 providers on the list")
	for code, want := range map[string]regime.ProviderType{"D81012": regime.GPPractice, "1-110": regime.ProviderType("ADULT_SOCIAL_CARE")} {
		if w := s.g.provider(code); w == nil || w.Type != want || s.owes(DutyCoverage, code) == nil {
			t.Errorf("%s: %+v", code, w)
		}
	}
	s.by(regimetest.Nhse, &WatchProviders{List: list, Type: regime.GPPractice}).saysIn("stand on the list already")
	for wrong, why := range map[string]string{
		"D81013,A\nD81013,B": "line 2: D81013 stands in line 1", "D81014,": "line 1", "D81015,A,CASTLE": "line 1",
		"code,name": "names no provider",
	} {
		if got := s.answer(regimetest.Nhse, &WatchProviders{List: wrong, Type: regime.GPPractice}); !strings.Contains(got, why) {
			t.Errorf("%q: %s", wrong, got)
		}
	}
}

func TestR105_AThousandProvidersFitAndAreConsidered(t *testing.T) {
	var lines strings.Builder
	for i := range 1000 {
		lines.WriteString("P" + strings.Repeat("0", 1) + string(rune('A'+i%26)) + string(rune('A'+i/26%26)) + string(rune('A'+i/676)) + ",Practice,GP_PRACTICE,Norwich\n")
	}
	s := group(t, "2013-04-02 09:00").by(regimetest.Nhse, &WatchProviders{List: lines.String()})
	if n := len(s.g.Watched); n != 1004 {
		t.Fatalf("%d", n)
	}
	if _, shares, _ := s.g.UnsentShares(); len(shares) != 1000 {
		t.Errorf("the region is told of %d", len(shares))
	}
}

func TestR88_OnlyAMeetingEndsAThemeOfAnotherBodyAndTheBodyIsTold(t *testing.T) {
	s := group(t, "2013-04-02 09:00").by("GMC", &RaiseTheme{What: "beds"}).
		refused("R88", "CQC", &ConsiderTheme{Theme: "T1", Conclusion: "enough beds", Ends: true}).
		by("CQC", &ConsiderTheme{Theme: "T1", Conclusion: "a count every month"})
	s.meet().by("CQC", &ConsiderTheme{Theme: "T1", Conclusion: "enough beds", Ends: true}).saysIn("agreed at meeting 1 by")
	if told := s.told("N50"); len(told) != 1 || !strings.Contains(told[0], "GMC") || s.g.Themes[0].Ended.IsZero() {
		t.Errorf("%v", told)
	}
}
