package directory

import (
	"strings"
	"testing"
	"time"

	"holdthering/regime"
)

const withProgram = `party,name,duty,lead,deputy,executive,absent_from,absent_to,calendar,note,program
NHSCB/Q56,East Anglia,duty@east.example,lead@east.example,,,,,no,,yes
CQC,CQC,duty@cqc.example,lead@cqc.example,,,,,no,seat 2,lead
MONITOR,Monitor,duty@monitor.example,,,,,,no
TDA,TDA,duty@tda.example,,,,,,no,,perhaps
`

func TestAFileMaySayWhichContactsHaveTheProgram(t *testing.T) {
	d, err := FromText(withProgram)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		party   regime.Party
		level   Level
		program bool
	}{{"NHSCB/Q56", Duty, true}, {"NHSCB/Q56", Lead, true}, {"CQC", Duty, false}, {"CQC", Lead, true},
		{"MONITOR", Duty, false}, {"TDA", Duty, false}} {
		got, err := d.Lookup(row.party, time.Now(), row.level)
		if err != nil || got.Program != row.program {
			t.Errorf("%s, %s: %t, %v", row.party, row.level, got.Program, err)
		}
	}
	old, err := FromText(strings.ReplaceAll(strings.SplitAfter(withProgram, "\n")[0], ",program", "") +
		"CQC,CQC,duty@cqc.example,,,,,,no,\n")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := old.Lookup("CQC", time.Now(), Duty); err != nil || got.Program {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestAContactIsKnownByAnyOfItsPartysAddresses(t *testing.T) {
	d, err := FromText(withProgram)
	if err != nil {
		t.Fatal(err)
	}
	is := func(want string) func(string) bool { return func(a string) bool { return a == want } }
	if !d.Has("CQC", is("lead@cqc.example")) || d.Has("CQC", is("duty@tda.example")) || d.Has("GMC", is("")) {
		t.Error("an address is missed, or taken for another party's")
	}
}
