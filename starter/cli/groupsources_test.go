package cli_test

import (
	"strings"
	"testing"

	"holdthering/regime"
)

func TestR14_OnlyChairSupportAndTheBodyItselfLearnWhoSpokeInConfidence(t *testing.T) {
	o := at(t)
	o.watch() // CCG/07K has spoken in confidence
	has(t, o.must(`group sources Q56 --by "NHS England"`), "C3", "RCX", "NHS West Suffolk CCG", "For you alone")
	has(t, o.must(`group sources --by CCG/07K`), "C3")
	for _, by := range []string{"CQC", "Healthwatch"} {
		if a := o.run(line(`group sources Q56 --by ` + by)...); a.code != 1 || !strings.Contains(a.err, "R14") {
			t.Errorf("%s: %+v", by, a)
		}
	}
	if a := o.run("group", "sources", "Q56"); a.code != 2 || !strings.Contains(a.err, "Say --by") {
		t.Errorf("%+v", a)
	}
	for _, c := range []string{"group show --last 50", "group agenda", "group agenda --format md",
		"group show --json", "group file", "group file --format html", "group file --json"} {
		if text := o.must(c); !strings.Contains(text, "not named") && !strings.Contains(text, "UNNAMED/C3") {
			t.Errorf("%s does not tell that somebody spoke: %s", c, text)
		}
	}
}

func TestACaseTellsItsGroupsInMemoryTooAndALocalGroupItsRegion(t *testing.T) {
	o := at(t)
	o.must("group start --area Q56")
	o.must("group start --region Y55")
	o.must(`trigger --provider RCX --by CQC --what "x" --source media`)
	for _, place := range []string{"Q56", "Y55"} {
		s, err := o.memory.Group(t.Context(), place)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range s.Group.Watched {
			if w.Code == "RCX" && (w.Level != regime.RiskSummitLevel || w.CaseStage != regime.Convening) {
				t.Errorf("%s: %+v", place, w)
			}
		}
	}
	o.must(`group report --group Q56 --by "NHS England" --themes "night staffing"`)
	if s, err := o.memory.Group(t.Context(), "Y55"); err != nil || len(s.Group.Reports) != 1 {
		t.Errorf("%+v, %v", s.Group.Reports, err)
	}
}
