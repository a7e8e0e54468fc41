package cli_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// story brings the case to a response with something overdue.
func (o *office) story() {
	o.t.Helper()
	o.open()
	o.memory.Pass(2 * time.Hour)
	o.must(`summit convene --by "NHS England" --at "2013-09-12 10:00"`)
	o.memory.Pass(2*24*time.Hour - 90*time.Minute)
	o.must(`summit open --by "NHS England" --present CQC,Monitor,CCG --with-provider`)
	o.must(`judgement collective --by "NHS England" --value potential-failure`)
	o.must(`ring propose --by CCG --candidate Monitor --fitness "regulates the trust"`)
	o.must(`ring accept --by Monitor`)
	o.memory.Pass(13 * time.Hour)
	o.must(`meeting schedule --by Monitor --at "2013-09-13 15:00"`)
	o.must(`action propose --by Monitor --owner provider --aim safeguard-patients --due 2013-10-01 ` +
		`--what "Staff the wards"`)
	o.must(`measures recommend --by CQC --reason "inadequate"`)
	o.must(`measures decide --by Monitor --outcome place --reason "breach of licence"`)
	o.memory.Pass(24 * time.Hour)
}

func TestTheViewsOfACase(t *testing.T) {
	o := at(t)
	o.story()
	golden(t, "show", o.must("show"))
	golden(t, "list", o.must("list"))
	golden(t, "timetable", o.must("timetable --for 7d"))
	o.env["COLUMNS"] = "80"
	golden(t, "show80", o.must("show --last 3"))
	golden(t, "list80", o.must("list"))
}

func TestNothingIsWiderThanTheTerminal(t *testing.T) {
	o := at(t)
	o.story()
	for _, columns := range []string{"80", "100", "132"} {
		o.env["COLUMNS"] = columns
		width := map[string]int{"80": 80, "100": 100, "132": 132}[columns]
		for _, command := range []string{"show --last 50", "list", "timetable --for 60d", "bodies",
			"providers kings", "bodies --areas", "powers", "directory check"} {
			for _, l := range strings.Split(o.must(command), "\n") {
				if n := utf8.RuneCountInString(l); n > width {
					t.Errorf("%s in %s columns has a line of %d: %s", command, columns, n, l)
				}
			}
		}
	}
}

func TestTheViewsAsJSONHoldWhatTheTablesShow(t *testing.T) {
	o := at(t)
	o.story()
	shown := asJSON[struct {
		Ref  string
		Owed []struct {
			Overdue bool
			Who     string
			Verb    string
		}
		Last []ledger.Entry
	}](t, o.must("show --json --last 2"))
	if shown.Ref != o.env["HTR_CASE"] || len(shown.Owed) == 0 || !shown.Owed[0].Overdue ||
		len(shown.Last) != 2 {
		t.Errorf("%+v", shown)
	}
	rows := asJSON[[]struct {
		Ref, RingHolder, RingHolderName, ProviderName string
		Overdue                                       int
	}](t, o.must("list --json"))
	if len(rows) != 1 || rows[0].RingHolder != "MONITOR" || rows[0].RingHolderName != "Monitor" ||
		rows[0].Overdue == 0 {
		t.Errorf("%+v", rows)
	}
	table := asJSON[[]struct {
		At      time.Time
		What    string
		Reminds []string
	}](t, o.must("timetable --json --for 30d"))
	if len(table) == 0 || table[0].At.Before(o.memory.Now()) {
		t.Errorf("%+v", table)
	}
	found := asJSON[[]regime.Provider](t, o.must("providers rcx --json"))
	if len(found) != 1 || found[0].Code != "RCX" {
		t.Errorf("%+v", found)
	}
	if none := strings.TrimSpace(o.must("list --json --stage closed")); !strings.HasSuffix(none, "\"rows\": []\n}") {
		t.Errorf("an empty list is %q", none)
	}
}

func TestTheListIsNarrowedByItsFlags(t *testing.T) {
	o := at(t)
	o.story()
	for command, found := range map[string]bool{
		"list --stage responding": true, "list --stage RESPONDING": true, "list --stage closed": false,
		"list --provider RCX": true, "list --provider \"kings lynn\"": true, "list --provider RJZ": false,
		"list --area Q56": true, "list --area \"East Anglia\"": true, "list --area Q57": false,
		"list --overdue": true, "list --provider G123": false,
	} {
		if out := o.must(command); strings.Contains(out, o.env["HTR_CASE"]) != found {
			t.Errorf("%s:\n%s", command, out)
		}
	}
}

func TestTheTimetableChangesNothing(t *testing.T) {
	o := at(t)
	o.story()
	before := o.must("show --json --last 1000")
	o.must("timetable --for 12mo")
	if after := o.must("show --json --last 1000"); after != before {
		t.Error("the case has changed")
	}
}

func TestALookTakesItsCaseAsAWordOrAsTheFlagThatActsHave(t *testing.T) {
	o := at(t)
	o.story()
	ref := o.env["HTR_CASE"]
	delete(o.env, "HTR_CASE")
	for _, command := range []string{"show", "timetable", "record"} {
		if byFlag := o.must(command + " --case " + ref); byFlag != o.must(command+" "+ref) {
			t.Errorf("%s --case says: %s", command, byFlag)
		}
	}
	if byFlag := o.must("why --case " + ref + " D1"); byFlag != o.must("why "+ref+" D1") {
		t.Error(byFlag)
	}
	if a := o.run("show", "--case", ref, ref); a.code != 2 {
		t.Errorf("exit %d, %q", a.code, a.err)
	}
}
