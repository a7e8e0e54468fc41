package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdthering/cases/casestest"
	"holdthering/regime/calendar"
)

func TestACaseOf2022IsOpenedShownAndListedUnderItsProfile(t *testing.T) {
	o := at(t)
	o.must(`trigger --profile ENGLAND_2022 --by ICB --source media --what "unsafe staffing" ` +
		`--provider-name "Example Hospitals" --provider-code EX-FT9 --provider-type FOUNDATION_TRUST ` +
		`--area EX-ICB1 --region Y61`)
	list := o.must("list --area ICB/EX-ICB1")
	if !strings.Contains(list, "Example Hospitals") && !strings.Contains(list, "EX-FT9") {
		t.Error(list)
	}
	if list := o.must("list --area QMM"); strings.Contains(list, "EX-FT9") {
		t.Error(list)
	}
	ref := asJSON[[]struct{ Ref string }](t, o.must("list --json"))[0].Ref
	shown := strings.Join(strings.Fields(o.must("show "+ref)), " ")
	for _, want := range []string{"Under profile ENGLAND_2022. Much of it is unconfirmed",
		"convening the rapid quality review meeting", "Integrated care board (EX-ICB1)"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not in %s", want, shown)
		}
	}
}

func TestTheBodiesOfEachProfileAreListedWithWhatIsUnconfirmed(t *testing.T) {
	o := at(t)
	later := o.must("bodies --profile england_2022")
	for _, want := range []string{"ICB", "BASIS", "unconfirmed", "source"} {
		if !strings.Contains(later, want) {
			t.Errorf("%q is not in %s", want, later)
		}
	}
	if strings.Contains(later, "MONITOR") || strings.Contains(o.must("bodies"), "BASIS") {
		t.Error(later)
	}
	o.env["COLUMNS"] = "80"
	for l := range strings.Lines(o.must("bodies --profile ENGLAND_2022")) {
		if len([]rune(strings.TrimRight(l, "\n"))) > 80 {
			t.Errorf("too wide: %s", l)
		}
	}
}

func TestThePowersAreThoseOfTheProfileThatIsNamed(t *testing.T) {
	o := at(t)
	o.env["COLUMNS"] = "160"
	board := o.must("powers --profile england_2022 --by ICB --provider-type GP_PRACTICE")
	has(t, board, "P-COM-6  Integrated care board, NHS England", "STANDING", "unconfirmed")
	lacks(t, board, "P-CQC-1")
	lacks(t, o.must("powers --profile ENGLAND_2022"), "  Monitor  ")
	o.env["COLUMNS"] = "80"
	for l := range strings.Lines(o.must("powers --profile ENGLAND_2022")) {
		if len([]rune(strings.TrimRight(l, "\n"))) > 80 {
			t.Errorf("too wide: %s", l)
		}
	}
	has(t, o.must("powers"), "Monitor")
	lacks(t, o.must("powers"), "STANDING")
	has(t, o.must("powers --profile ENGLAND_2022 --by QSG_REGIONAL/Y61"), "No such power under ENGLAND_2022.")
	for command, says := range map[string]string{
		"powers --profile ENGLAND_2022 --by Monitor": "NHS England stands in its place",
		"powers --by ICB":               "is no body of profile ENGLAND_2013",
		"powers --profile ENGLAND_1948": "There are ENGLAND_2013, ENGLAND_2022",
		"powers --provider-type x":      "not one of NHS_TRUST",
	} {
		if a := o.run(line(command)...); a.code != 2 || !strings.Contains(strings.ToLower(a.err), strings.ToLower(says)) {
			t.Errorf("%s: %+v", command, a)
		}
	}
}

func TestTheDirectoryIsCheckedAgainstTheProfileThatIsNamed(t *testing.T) {
	o := at(t)
	has(t, o.must("directory check --profile ENGLAND_2022"), "Nothing to mend")
	path := filepath.Join(t.TempDir(), "directory.csv")
	text := "party,name,duty,lead,deputy,executive,absent_from,absent_to,calendar,note\n" +
		"ICB/QMM,A board,duty@board.example,,,,,,no,\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	a := o.run("directory", "check", path, "--profile", "ENGLAND_2022")
	has(t, a.out, "R69: the group of QMM (QSG_LOCAL/QMM) lacks NHSCB")
	lacks(t, a.out, "MONITOR")
	if a.code != 2 {
		t.Errorf("exit %d", a.code)
	}
	has(t, o.run("directory", "check", path).out, "MONITOR is not in the directory")
}

func TestTheListNamesAHolderOfAnyProfile(t *testing.T) {
	o := at(t)
	o.must(`trigger --profile ENGLAND_2022 --by ICB --source media --what "unsafe staffing" ` +
		`--provider-name "Example Hospitals" --provider-code EX-FT9 --provider-type FOUNDATION_TRUST ` +
		`--area EX-ICB1 --region Y61`)
	o.env["HTR_CASE"] = asJSON[[]struct{ Ref string }](t, o.must("list --json"))[0].Ref
	o.must(`summit convene --by ICB --at "2013-09-11 10:00"`)
	o.memory.Pass(26 * time.Hour)
	o.must(`summit open --by ICB --present CQC`)
	o.must(`judgement collective --by ICB --value actual-failure`)
	o.memory.Pass(13 * time.Hour)
	has(t, strings.Join(strings.Fields(o.must("list --json")), " "),
		`"ringHolder": "ICB/EX-ICB1"`, `"ringHolderName": "Integrated care board (EX-ICB1)"`)
}

func TestTheAreasOf2022AreItsRegionsSinceNoListOfBoardsIsShipped(t *testing.T) {
	o := at(t)
	later := o.must("bodies --areas --profile ENGLAND_2022")
	has(t, later, "Y61   East of England\n", "list of the boards is shipped.")
	lacks(t, later, "East Anglia")
	has(t, o.must("bodies --areas"), "East Anglia")
	if rows := asJSON[[]struct{ Code string }](t, o.must("bodies --areas --json --profile ENGLAND_2022")); len(rows) != 7 {
		t.Errorf("%+v", rows)
	}
}

// on is a desk on a day.
func on(t *testing.T, day time.Time) *office {
	t.Helper()
	return &office{t: t, memory: casestest.At(day), env: map[string]string{"HTR_PERSON": "A. Tester"}}
}

func TestACaseGetsTheProfileOfItsDayAndIsToldWhich(t *testing.T) {
	for _, x := range []struct {
		day              time.Time
		profile, command string
	}{
		{time.Date(2013, 9, 10, 9, 0, 0, 0, calendar.London), "ENGLAND_2013", ``},
		{time.Date(2018, 9, 13, 9, 0, 0, 0, calendar.London), "ENGLAND_2013", ``},
		{time.Date(2021, 11, 1, 9, 0, 0, 0, calendar.London), "ENGLAND_2013", ``}, // with UKHSA in the seat of PHE
		{time.Date(2022, 7, 1, 0, 0, 0, 0, calendar.London), "ENGLAND_2022", ` --area QMM --region Y61`},
		{time.Date(2025, 9, 8, 0, 0, 0, 0, calendar.London), "ENGLAND_2026", ` --area QMM --region Y61`},
		{time.Date(2026, 11, 26, 9, 0, 0, 0, calendar.London), "ENGLAND_2026", ` --area QMM --region Y61`},
	} {
		o := on(t, x.day)
		command := `trigger --provider RCX --by CQC --source media --what "unsafe staffing"` + x.command
		has(t, o.must(command), "It runs under profile "+x.profile+".\n")
		ref := asJSON[[]struct{ Ref string }](t, o.must("list --json"))[0].Ref
		lacks(t, o.must("show "+ref), "is the law")
		if got := asJSON[struct{ Profile string }](t, o.must("show --json "+ref)).Profile; got != x.profile {
			t.Errorf("%s: %s", x.day, got)
		}
	}
}

func TestAProfileThatDoesNotFitTheDayIsTakenWithARemark(t *testing.T) {
	const says = "ENGLAND_2013 is the law from 1 January 2013 until 30 June 2022, and not on 26 November 2026: that is ENGLAND_2026."
	o := on(t, time.Date(2026, 11, 26, 9, 0, 0, 0, calendar.London))
	out := o.must(`trigger --provider RCX --by "NHS England" --source media --what "unsafe staffing" --profile ENGLAND_2013`)
	has(t, strings.Join(strings.Fields(out), " "), "It runs under profile ENGLAND_2013. "+says)
	ref := asJSON[[]struct{ Ref string }](t, o.must("list --json"))[0].Ref
	for _, command := range []string{"show ", "record "} {
		has(t, strings.Join(strings.Fields(o.must(command+ref)), " "), says)
	}
	o.env["HTR_PROFILE"] = "england_2013"
	out = o.must(`group start --area Q56`)
	has(t, strings.Join(strings.Fields(out), " "), "What was started runs under profile ENGLAND_2013. "+says)
	has(t, strings.Join(strings.Fields(o.must("group show Q56")), " "), says)
	has(t, o.must("powers"), "Monitor")
	has(t, o.must(`trigger --provider RGP --by CQC --source media --what x --json`), `"profile": "ENGLAND_2013"`, `"misfit": "ENGLAND_2013 is`)
}

func TestWhereTheProfileOfTheDayKnowsNoAreaTeamsTheAnswerSaysHowToGoOn(t *testing.T) {
	o := on(t, time.Date(2026, 11, 26, 9, 0, 0, 0, calendar.London))
	for command, says := range map[string]string{
		`trigger --provider RCX --by CQC --source media --what x`:            "It would run under ENGLAND_2026, the law from 8 September 2025",
		`trigger --provider RCX --by CQC --source media --what x --area Q56`: "Q56 is an area team, of ENGLAND_2013",
		`group start --area Q56`:   "say --profile ENGLAND_2013",
		`group start --region Y55`: "say --profile ENGLAND_2013",
		`group start --everywhere`: "--profile ENGLAND_2013 starts those of area teams",
	} {
		if a := o.run(line(command)...); a.code != 2 || !strings.Contains(a.err, says) {
			t.Errorf("%s: %+v", command, a)
		}
	}
	has(t, o.run(line(`trigger --provider RCX --by CQC --source media --what x`)...).err, "lies in QMM")
}

func TestALookGoesByTheLawOfTheDayThatIsNamed(t *testing.T) {
	o := at(t)
	has(t, o.must("bodies --on 2017-01-01"), "NHS Improvement (in law Monitor)")
	has(t, o.must("powers --on 2023-04-01 --provider-type NHS_TRUST"), "P-MON-1")
	lacks(t, o.must("powers --on 2023-03-31 --provider-type NHS_TRUST"), "P-MON-1 ")
	has(t, o.must("bodies --on 2024-01-01"), "HSSIB")
	if a := o.run(line("bodies --on yesterday")...); a.code != 2 || !strings.Contains(a.err, "--on") {
		t.Errorf("%+v", a)
	}
}

func TestACaseIsToldWhatTheRegisterSaysOfItsProviderByThatDay(t *testing.T) {
	for _, x := range []struct {
		day                time.Time
		provider, more     string
		says, kind, lacked string
	}{
		{time.Date(2014, 9, 10, 9, 0, 0, 0, calendar.London), "RR1", "", "", "FOUNDATION_TRUST", "register"},
		{time.Date(2019, 5, 1, 9, 0, 0, 0, calendar.London), "RR1", "", "Heart Of England NHS Foundation Trust as closed since 1 April 2018.", "FOUNDATION_TRUST", "the register does not say"},
		{time.Date(2022, 9, 1, 9, 0, 0, 0, calendar.London), "RR1", " --area QHL --region Y60", "as closed since 1 April 2018.", "FOUNDATION_TRUST", "the register does not say"},
		{time.Date(2015, 3, 1, 9, 0, 0, 0, calendar.London), "RD1", "", "", "NHS_TRUST", "late 2015"},
		{time.Date(2016, 3, 1, 9, 0, 0, 0, calendar.London), "RD1", "", "it had become an NHS foundation trust. On the list of late 2015 it is called ROYAL UNITED", "FOUNDATION_TRUST", "closed"},
		{time.Date(2016, 3, 1, 9, 0, 0, 0, calendar.London), "RD7", "", "as closed since 30 September 2014.", "FOUNDATION_TRUST", "not on that of late 2015"},
		{time.Date(2026, 11, 1, 9, 0, 0, 0, calendar.London), "RCX", " --area QMM --region Y61", "What has become of it since early 2025 the register does not say.", "FOUNDATION_TRUST", "is called"},
	} {
		o := on(t, x.day)
		out := strings.Join(strings.Fields(o.must(`trigger --provider `+x.provider+` --by CQC --source media --what x`+x.more)), " ")
		has(t, out, x.says)
		lacks(t, out, x.lacked)
		if rows := asJSON[[]struct{ ProviderType string }](t, o.must("list --json")); rows[0].ProviderType != x.kind {
			t.Errorf("%s on %s is %s", x.provider, x.day, rows[0].ProviderType)
		}
	}
}
