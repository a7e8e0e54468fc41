package cli_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
)

func TestWhyExplainsADutyAMailAnEntryAPartyAndARule(t *testing.T) {
	o := at(t)
	o.story()
	var all []string
	meeting := o.named("D", "get the members to meet")
	for _, what := range []string{meeting, o.named("n", "N15, First response meeting"), "5", "Police", "R27"} {
		out := o.must("why " + what)
		all = append(all, "$ starter why "+what, out)
		e := asJSON[ledger.Explanation](t, o.must("why "+what+" --json"))
		if e.Title == "" || len(e.Points) == 0 {
			t.Errorf("%s: %+v", what, e)
		}
	}
	golden(t, "why", strings.Join(all, "\n"))
	if named := o.must("why " + o.env["HTR_CASE"] + " " + meeting); named != o.must("why "+meeting) {
		t.Error("the case named and the case of the environment differ")
	}
}

// named is the number under which something in the case is explained in these words.
func (o *office) named(letter, words string) string {
	o.t.Helper()
	for i := 1; i < 200; i++ {
		what := letter + strconv.Itoa(i)
		if a := o.run("why", what); a.code == 0 && strings.Contains(a.out, words) {
			return what
		}
	}
	o.t.Fatalf("nothing is explained as %q", words)
	return ""
}

func TestWhyOfNothingIsWrongInput(t *testing.T) {
	o := at(t)
	o.open()
	for _, command := range []string{"why D999", "why a b c"} {
		if a := o.run(line(command)...); a.code != 2 {
			t.Errorf("%s: %+v", command, a)
		}
	}
}

func TestTheShellIsOfferedWhatCanBeExplained(t *testing.T) {
	o := at(t)
	o.open()
	for _, args := range [][]string{{"__complete", "why", ""}, {"__complete", "why", o.env["HTR_CASE"], ""}} {
		a := o.run(args...)
		if a.code != 0 || !strings.Contains(a.out, "n2\t") || !strings.Contains(a.out, "D1\t") {
			t.Errorf("%v: %+v", args, a)
		}
	}
}

func TestWhyOfTheLawNeedsNeitherCaseNorServer(t *testing.T) {
	o := on(t, time.Date(2026, 11, 26, 9, 0, 0, 0, calendar.London))
	o.memory.Err = errors.New("no server")
	for command, says := range map[string][]string{
		"why 2022-07-01":                            {"ENGLAND_2022 (from 1 July 2022", "begins body ICB", "46 rows laid down by a source"},
		"why 2016-04-01":                            {"ENGLAND_2013", "NHS Improvement (in law Monitor)", "changes next on 1 April 2017"},
		"why 2022-07-02":                            {"nothing changes on this day"},
		"why 2012-01-01":                            {"No profile is of 1 January 2012"},
		"why P-MON-1 --on 2023-04-01":               {"an NHS trust", "since 1 April 2023", "laid down by a source"},
		"why P-TDA-5 --on 2023-04-01":               {"UNCONFIRMED", "it refuses no act and is remarked on (R125)"},
		"why P-PRO-3 --on 2017-04-01":               {"there is no power P-PRO-3", "SI 2017/321"},
		"why Monitor --on 2018-01-01":               {"NHS Improvement (in law Monitor)", "until 31 March 2019", "P-MON-1"},
		"why Monitor":                               {"it is no more since 1 July 2022; NHS England stands in its place", "Health and Care Act 2022 s.33"},
		"why LSAMO --on 2018-01-01":                 {"nobody stands in its place"},
		"why R124 --on 2023-01-01":                  {"power P-TDA-4", "laid down by a source: NHS Act 2006 s.65B(2)(b)(ii)"},
		"why nhs-trust":                             {"default ring-holder NHS England", "Lords answer of 30 September 2025"},
		"why nhs-trust --on 2013-09-10":             {"decides on special measures NHS TDA"},
		"why default-ring-holder --on 2023-01-01":   {"Integrated care board", "UNCONFIRMED"},
		"why supports-group --profile ENGLAND_2013": {"NHS England"},
	} {
		if strings.Contains(command, "--profile") {
			o.env["HTR_PROFILE"], command = "ENGLAND_2013", strings.TrimSuffix(command, " --profile ENGLAND_2013")
		} else {
			delete(o.env, "HTR_PROFILE")
		}
		has(t, strings.Join(strings.Fields(o.must(command)), " "), says...)
	}
	for _, command := range []string{"why D7", "why P-XXX-1", "why R124 --on never"} {
		if a := o.run(line(command)...); a.code != 2 {
			t.Errorf("%s: %+v", command, a)
		}
	}
}

func TestWhyInACaseGoesByItsOwnLawOrByThatOfADay(t *testing.T) {
	o := at(t)
	o.open()
	has(t, strings.Join(strings.Fields(o.must("why P-MON-1")), " "), "who Monitor", "ENGLAND_2013")
	has(t, strings.Join(strings.Fields(o.must("why P-MON-1 --on 2024-01-01")), " "), "who NHS England", "ENGLAND_2022")
	has(t, strings.Join(strings.Fields(o.must("why 2013-09-10")), " "), "here entry 1:", "law here ENGLAND_2013")
	has(t, strings.Join(strings.Fields(o.must("why Monitor")), " "), "law body MONITOR")
	has(t, strings.Join(strings.Fields(o.must("why Monitor --on 2024-01-01")), " "), "it is no more since 1 July 2022; NHS England stands in its place")
	o.must("group start --area Q56")
	has(t, strings.Join(strings.Fields(o.must("group why Q56 CCG")), " "), "law body CCG", "law seat CCG")
	has(t, strings.Join(strings.Fields(o.must("group why Q56 P-CQC-1 --on 2023-01-01")), " "), "ENGLAND_2022")
}
