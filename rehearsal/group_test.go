package rehearsal

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"holdthering/regime/calendar"
)

const watching = "2013-09-01 09:00  group start --area Q56\n"

func TestNewsOfACaseReachesItsGroupAtItsOwnMoment(t *testing.T) {
	r := rehearsed(t, written(t, watching+`2013-09-01 09:01  group start --region Y55
2013-09-02 09:00  trigger --provider RCX --by CQC --source inspection --what "Unsafe"
2013-09-02 10:00  summit open --by "NHS England" --present CQC
2013-09-02 11:00  summit end --by "NHS England"
2013-09-02 12:00  judgement collective --by "NHS England" --value actual-failure
2013-09-05 12:00  expect ring-basis DEFAULT_TIMEOUT
2013-09-05 12:00  expect group case RCX RESPONDING
2013-09-05 12:00  expect group Q56 case RCX RESPONDING
2013-09-05 12:00  expect group Q56 level RCX routine
`))
	heard := map[string]string{}
	for _, e := range r.Events {
		if e.Group != "" && strings.Contains(e.Text, "response under way") {
			heard[e.Group] = calendar.Short(e.At)
		}
	}
	for _, place := range []string{"Q56", "Y55"} {
		if heard[place] != "Tue 3 Sep 2013 00:00" { // twelve hours after the judgement
			t.Errorf("%s heard of the default on %q", place, heard[place])
		}
	}
	if r.Wrong != 1 { // the level is the case's
		t.Errorf("%d lines came otherwise", r.Wrong)
	}
}

func TestAGroupsLineThatCannotBeMeantIsRefusedBeforeAnythingIsPlayed(t *testing.T) {
	for says, text := range map[string]string{
		"no line above starts the group of Q56": `2013-09-01 09:00  group concern --group Q56 --by CQC --provider RCX --what x`,
		"which group":                           `2013-09-01 09:00  group concern --by CQC --provider RCX --what x`,
		"already been started":                  watching + `2013-09-01 10:00  group start --area Q56`,
		"cannot be refused":                     strings.TrimSpace(watching) + " !! R72",
		"no line opens the case":                watching,
		`no concern "C9"`:                       watching + `2013-09-02 09:00  trigger --from-concern C9 --by CQC`,
		"starts the group of Y55":               watching + `2013-09-02 09:00  expect group Y55 meetings = 0`,
		`"rain" cannot be expected of a group`:  watching + `2013-09-02 09:00  expect group rain`,
		"one of routine, enhanced":              watching + `2013-09-02 09:00  expect group level RCX high`,
		"a sign and a number":                   watching + `2013-09-02 09:00  expect group bodies RCX 3`,
		"such as":                               watching + `2013-09-02 09:00  group`,
	} {
		var out strings.Builder
		_, err := Rehearse(t.Context(), written(t, text+"\n"), Options{Out: &out})
		var m *Malformed
		if !errors.As(err, &m) || !strings.Contains(strings.ToLower(m.Reason), strings.ToLower(says)) || out.Len() > 0 {
			t.Errorf("want %q, got %v, printed %q", says, err, out.String())
		}
	}
}

func TestThreeWeakConcernsAreTheCasesOnceItIsTriggered(t *testing.T) {
	r := rehearsed(t, filepath.Join(folder, "three-weak-concerns.txt"))
	said := ""
	for _, e := range r.Events {
		if e.Verb == "trigger" {
			said = e.Text
		}
		if e.Notice == "N45" && e.Group != "Q56" && e.Group != "Y55" { // the region counts what its groups have (R103)
			t.Errorf("%s told of concerns", e.Group)
		}
		if strings.Contains(e.Text, "beside Local Education") || e.Group != "" && e.Kind == Mailed &&
			strings.Contains(e.Text, "Training Board") && e.Notice != "N18" && e.Notice != "N19" {
			t.Errorf("who spoke in confidence is named: %s", e.Text)
		}
	}
	for _, part := range []string{"nobody senior", "waits at night", "letters"} {
		if !strings.Contains(said, part) {
			t.Errorf("the trigger lacks %q: %s", part, said)
		}
	}
	want := []GroupSummary{{Place: "Y55", Meetings: 1, Watched: 75, Runs: 1},
		{Place: "Q56", Meetings: 3, Concerns: 3, Watched: 14, Runs: 1}}
	for i, g := range r.Groups {
		g.Name, g.Entries, g.Mails = "", 0, 0
		if g != want[i] {
			t.Errorf("%+v", g)
		}
	}
}
