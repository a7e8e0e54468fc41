package cli_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
)

const lawOf2022 = `succession law --all --by "NHS England" --to ENGLAND_2022 --area QMM --region Y61 --on 2022-07-01`

// beforeJuly2022 are three cases in three places and a group, some days before the areas are cut anew.
func beforeJuly2022(t *testing.T) *office {
	t.Helper()
	o := on(t, time.Date(2022, 6, 20, 9, 0, 0, 0, calendar.London))
	o.must(`group start --area Q56`)
	for _, provider := range []string{"RCX", "RGQ", "R1A"} {
		o.must(`trigger --provider ` + provider + ` --by CQC --source media --what x`)
	}
	return o
}

type lawJSON struct {
	Preview bool
	Rows    []struct {
		Case, Group, About, Why, Elsewhere string
		Passes                             []string
		On                                 time.Time
		Entry                              int
		Done                               bool
	}
}

func TestR121_WhatTheLawDoesIsShownOfAllBeforeItsDay(t *testing.T) {
	o := beforeJuly2022(t)
	before := o.must("list --json")
	shown := asJSON[lawJSON](t, o.must("succession law --all --json"))
	if len(shown.Rows) != 4 {
		t.Fatalf("%+v", shown)
	}
	for _, r := range shown.Rows {
		if !r.On.Equal(time.Date(2022, 7, 1, 0, 0, 0, 0, calendar.London)) || !strings.Contains(r.Elsewhere, "waits then for a person") ||
			!strings.Contains(strings.Join(r.Passes, " "), "ENGLAND_2022") {
			t.Errorf("%+v", r)
		}
	}
	has(t, strings.Join(strings.Fields(o.must("succession law --all --on 2023-06-01 --preview")), " "), "WHAT THE LAW DOES", "group Q56",
		"nothing has to be for what the law does by itself")
	if o.must("list --json") != before {
		t.Error("a look has changed a case")
	}
}

// What follows by itself is said with what it does, and again and again until the day that is asked for.
func TestR121_R123_EachChangeUntilADayIsSaidWithWhatItDoes(t *testing.T) {
	o := on(t, time.Date(2019, 9, 2, 9, 0, 0, 0, calendar.London))
	o.must(`trigger --provider RCX --by CQC --source media --what x`)
	o.must(`group start --area Q56`)
	shown := asJSON[lawJSON](t, o.must("succession law --all --on 2022-07-01 --json"))
	var days []string
	for _, r := range shown.Rows {
		days = append(days, r.On.In(calendar.London).Format(time.DateOnly))
		if len(r.Passes) != 1 || r.Passes[0] == "" {
			t.Errorf("%+v", r)
		}
	}
	p, _ := regime.ProfileOn("ENGLAND_2013", time.Date(2019, 9, 2, 9, 0, 0, 0, calendar.London))
	var want []string
	for at := p.NextChange(o.memory.Now()); p.Covers(at); at = p.NextChange(at) {
		want = append(want, at.In(calendar.London).Format(time.DateOnly))
	}
	want = append(want, "2022-07-01")
	if !slices.Equal(days, slices.Concat(want, want)) {
		t.Errorf("changes on %v, of the profile are %v", days, want)
	}
	has(t, o.must("succession law --all --on 2022-07-01 --json"), "UK Health Security Agency takes the place", "by itself on 1 October 2021")
	o.memory.Pass(26 * 31 * 24 * time.Hour)
	said := o.must("record " + asJSON[[]struct{ Ref string }](t, o.must("list --json"))[0].Ref)
	for _, r := range shown.Rows[:len(want)-1] {
		if !strings.Contains(strings.Join(strings.Fields(said), " "), strings.Join(strings.Fields(r.Passes[0]), " ")) {
			t.Errorf("foretold, and not so: %s", r.Passes[0])
		}
	}
}

func TestR121_R123_WhoseAreaTheDataKnowsIsMovedWithAllAndOthersAreLeftAlone(t *testing.T) {
	o := beforeJuly2022(t)
	o.memory.Pass(14 * 24 * time.Hour)
	shown := o.must(lawOf2022)
	has(t, strings.Join(strings.Fields(shown), " "), "Nothing has been recorded: this is what would be, in 1;", "3 left alone")
	preview := asJSON[lawJSON](t, o.must(lawOf2022+" --json"))
	said := map[string]string{}
	for _, r := range preview.Rows {
		said[r.About] = r.Elsewhere
		if r.About == "RCX" && (len(r.Passes) != 1 || !strings.Contains(r.Passes[0], "Integrated care board (QMM) takes the places of")) {
			t.Errorf("%+v", r)
		}
	}
	for about, says := range map[string]string{"RCX": "", "RGQ": "lie in QJG and QMM", "R1A": "it lies in QGH", "East Anglia": "group end"} {
		if e, ok := said[about]; !ok || !strings.Contains(e, says) || says == "" && e != "" {
			t.Errorf("%s: %q, not %q", about, e, says)
		}
	}
	a := o.run(line(lawOf2022 + " --yes")...)
	if a.code != 0 || !strings.Contains(strings.Join(strings.Fields(a.out), " "), "1 recorded, 0 recorded before, 0 not done") {
		t.Fatalf("%+v", a)
	}
	again := asJSON[lawJSON](t, o.must(lawOf2022+" --yes --json"))
	for _, r := range again.Rows {
		if r.Entry != 0 || r.Done != (r.About == "RCX") {
			t.Errorf("a second time: %+v", r)
		}
	}
	for _, r := range asJSON[[]struct{ Ref, Provider string }](t, o.must("list --json")) {
		s, err := o.memory.Snapshot(t.Context(), r.Ref)
		if err != nil {
			t.Fatal(err)
		}
		if moved := s.Case.Profile == "ENGLAND_2022"; moved != (r.Provider == "RCX") {
			t.Errorf("%s runs under %s", r.Provider, s.Case.Profile)
		}
	}
}

func TestTheAreaOfALaterLawIsReadAsItHasThem(t *testing.T) {
	o := beforeJuly2022(t)
	o.memory.Pass(14 * 24 * time.Hour)
	one := asJSON[[]struct{ Ref string }](t, o.must("list --json"))[0].Ref
	for command, says := range map[string]string{
		`succession law --case ` + one + ` --by "NHS England" --to ENGLAND_2022 --area Q56 --region Y61`:  "not the code of an integrated care board",
		`succession law --case ` + one + ` --by "NHS England" --to ENGLAND_2022 --area QMM --region East`: "is no region of",
		`succession law --case ` + one + ` --by "NHS England" --to ENGLAND_2022 --area QMM`:               "--region is missing",
		lawOf2022 + ` --case ` + one:                        "leave out --case",
		`succession law --all --on someday`:                 "--on",
		`succession law --all --to ENGLAND_2022 --area QMM`: "--by",
	} {
		if a := o.run(line(command)...); a.code != 2 || !strings.Contains(a.err, says) {
			t.Errorf("%s: %+v", command, a)
		}
	}
	o.must(`succession law --case ` + one + ` --by "NHS England" --to ENGLAND_2022 --area icb/qmm --region "East of England" --dry-run`)
}
