package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdthering/cases"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/regime/words"
)

// watch starts the group of East Anglia and lets it hear of a trust from three sides.
func (o *office) watch() {
	o.t.Helper()
	o.env["HTR_GROUP"] = "Q56"
	o.must("group start --area Q56")
	o.memory.Pass(24 * time.Hour)
	o.must(`group concern --by LETB --provider RCX --what "Trainees alone at night"`)
	o.must(`group concern --by "Healthwatch Norfolk" --provider RCX --what "Complaints about waits" --source patient`)
	o.memory.Pass(24 * time.Hour)
	o.must(`group concern --by CCG/07K --provider RCX --what "Letters come late" --protect-identity --open-text`)
	o.must(`group concern --by CQC --provider RGP --what "Theatre closed" --immediate`)
	o.must(`group level --by "NHS England" --provider RGQ --level enhanced --reason "two inspections" ` +
		`--agreed CQC`)
	o.must(`group action-propose --by "NHS England" --owner CQC --provider RCX --what "Say when it ` +
		`inspects" --due 2013-11-01`)
}

func TestTheViewsOfAGroup(t *testing.T) {
	o := at(t)
	o.watch()
	golden(t, "groupshow", o.must("group show"))
	golden(t, "groupagenda", o.must("group agenda"))
	golden(t, "grouplist", o.must("group list"))
	has(t, o.must(`group timetable "East Anglia" --for 60d`), "Group Q56, East Anglia: what will happen")
	o.env["COLUMNS"] = "80"
	for _, command := range []string{"group show", "group agenda", "group list", "group timetable --for 3mo",
		"group log --which actions", "group log --which report"} {
		for _, l := range strings.Split(o.must(command), "\n") {
			if len([]rune(l)) > 80 {
				t.Errorf("%s has a line wider than 80: %s", command, l)
			}
		}
	}
}

func TestTheWholeCountryIsStartedOnceByOneCommand(t *testing.T) {
	o := at(t)
	o.must(`group start --area "East Anglia"`)
	type begun struct {
		Place              string
		Started            bool
		Members, Providers int
	}
	first := o.run("group", "start", "--everywhere", "--json")
	rows := asJSON[[]begun](t, first.out)
	if first.code != 0 || len(rows) != 29 || !strings.Contains(first.err, "29 of 29") {
		t.Fatalf("%d rows, %s", len(rows), first.err)
	}
	for _, r := range rows {
		if r.Started != (r.Place != "Q56") || r.Members == 0 || r.Providers == 0 {
			t.Errorf("%+v", r)
		}
	}
	has(t, o.must("group start --everywhere"), "0 started, 29 left alone.", "already running", "10 Oct 2013")
	if groups := asJSON[[]struct{ Place, Name string }](t, o.must("group list --json")); len(groups) != 29 {
		t.Errorf("%d listed", len(groups))
	}
}

func TestACaseComesFromWhatAGroupWasTold(t *testing.T) {
	o := at(t)
	o.watch()
	a := o.run(line(`trigger --from-concern "C1, c2, C3" --by "NHS England" --key 0191f2c1-5d6e-7f70-8a91-b2c3d4e5f601`)...)
	if a.code != 0 {
		t.Fatalf("%+v", a)
	}
	ref := strings.TrimSuffix(strings.Fields(a.out)[2], ":")
	has(t, a.out, "(RCX)")
	has(t, a.err, "Group Q56 has recorded that C1, C2, C3 led to case "+ref)
	s, err := o.memory.Group(t.Context(), "Q56")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range s.Group.Concerns[:3] {
		if c.Case != ref || c.Settled.IsZero() {
			t.Errorf("%+v", c)
		}
	}
	made, err := o.memory.Snapshot(t.Context(), ref)
	said := "Trainees alone at night; Complaints about waits; Letters come late"
	if tr := made.Case.Trigger; err != nil || tr.Concern != said || tr.Source != "" ||
		!tr.Protect || tr.Immediate {
		t.Errorf("%+v, %v", tr, err)
	}
	again := o.run(line(`trigger --from-concern "C1, c2, C3" --by "NHS England" --key 0191f2c1-5d6e-7f70-8a91-b2c3d4e5f601`)...)
	if again.code != 0 || !strings.Contains(again.out, ref) {
		t.Errorf("the same request again: %+v", again)
	}
	second := o.run(line(`trigger --from-concern C1 --by CQC --again`)...)
	if second.code != 2 || !strings.Contains(second.err, "ase "+ref+" came from C1 already") {
		t.Errorf("a second case: %+v", second)
	}
	if s, err = o.memory.Group(t.Context(), "Q56"); err != nil || len(s.Group.Entries) != 8 { // with the news of the case
		t.Errorf("%d entries, %v", len(s.Group.Entries), err)
	}
	has(t, o.must("show "+ref), "Surveillance groups: Q56 East Anglia, Y55")
}

func TestATriggerFromAConcernMayBeSaidInOtherWords(t *testing.T) {
	o := at(t)
	o.watch()
	a := o.run(line(`trigger --from-concern C2 --group q56 --by CQC --what "Own words"`)...)
	if a.code != 0 || !strings.Contains(a.out, "Own words") {
		t.Fatalf("%+v", a)
	}
	ref := strings.TrimSuffix(strings.Fields(a.out)[2], ":")
	made, err := o.memory.Snapshot(t.Context(), ref)
	if err != nil || made.Case.Trigger.Source != "patient" {
		t.Errorf("%+v, %v", made.Case.Trigger, err)
	}
}

func TestWhatAGroupWasToldNamesNoFile(t *testing.T) {
	o := at(t)
	o.watch()
	t.Chdir(t.TempDir()) // a temporary folder's own name may hold an NHS number by chance
	path := "secret"
	if err := os.WriteFile(path, []byte("the secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	// Written by somebody whose program does not read files.
	_, err := o.memory.ActInGroup(t.Context(), "Q56", ledger.Request{Key: "k",
		By: ledger.Actor{For: "CQC", Person: "B"}}, &surveillance.RaiseConcern{Provider: "RGT", What: "@" + path})
	if err != nil {
		t.Fatal(err)
	}
	out := o.must(`trigger --from-concern C5 --by CQC`)
	has(t, out, "@"+path)
	lacks(t, out, "the secret")
}

func TestWhatGoesWrongInAGroupHasItsExitCode(t *testing.T) {
	o := at(t)
	o.watch()
	for _, row := range []struct {
		command string
		code    int
		says    string
	}{
		{`group note --by CQC --what x`, 0, ""},
		{`group join --by GMC`, 1, "Refused by R71: "},
		{`group note --by provider --what x`, 1, "Refused by R8: "},
		{`group hold --by CQC --present CQC`, 1, "Refused by R73: "},
		{`group note --by CQC --what x --corrects 99`, 2, "There is no entry 99"},
		{`group note --by CQC`, 2, "--what"},
		{`group note --by CQC --what x --group Q57`, 2, "There is no group of Q57"},
		{`group note --by CQC --what x --group nowhere`, 2, "is no area team or region"},
		{`group show Q57`, 2, "There is no group of Q57"},
		{`group shaw`, 2, "did you mean group show?"},
		{`group log --which minutes`, 2, "--which is outcome, actions or report"},
		{`group log --format pdf`, 2, "--format is table, csv or md"},
		{`group log --which report --number 3`, 2, "no such report"},
		{`group start`, 2, "Say one of --area"},
		{`group start --area Q56 --everywhere`, 2, "Say one of --area"},
		{`group start --area Y55`, 2, "--area takes an area team"},
		{`group start --area Q57 --first 2013-10-01`, 2, "no time of day"},
		{`group start --area Q57 --first "2013-01-01 10:00"`, 2, "lies in the past"},
		{`trigger --from-concern C99 --by CQC`, 2, `no concern "C99"`},
		{`trigger --from-concern "C1, C4" --by CQC`, 2, "a case is about one provider"},
		{`trigger --from-concern C1 --by CQC --provider RGP`, 2, "leave out --provider"},
		{`trigger --group Q56 --by CQC`, 2, "--group belongs to --from-concern"},
	} {
		a := o.run(line(row.command)...)
		if a.code != row.code || !strings.Contains(a.err, row.says) {
			t.Errorf("%s: exit %d, %q; want %d, %q", row.command, a.code, a.err, row.code, row.says)
		}
	}
	o.memory.Err = &cases.Unreachable{Reason: "No answer.", Key: "k9"}
	if a := o.run(line(`group note --by CQC --what y`)...); a.code != 3 || !strings.Contains(a.err, "--key k9") {
		t.Errorf("%+v", a)
	}
	delete(o.env, "HTR_GROUP")
	if a := o.run("group", "show"); a.code != 2 || !strings.Contains(a.err, "Which group?") {
		t.Errorf("%+v", a)
	}
}

func TestAnActInAGroupIsRecordedOnceUnderOneKey(t *testing.T) {
	o := at(t)
	o.watch()
	first := o.must(`group note --by CQC --what once --key k`)
	if again := o.must(`group note --by CQC --what once --key k`); !strings.Contains(again, "Recorded as") &&
		!strings.Contains(again, "Already recorded") {
		t.Errorf("%s, then %s", first, again)
	}
	has(t, o.must(`group note --by CQC --what once`), "Already recorded as entry")
	has(t, o.must(`group note --by CQC --what once --again`), "Recorded as entry")
	s, err := o.memory.Group(t.Context(), "Q56")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, e := range s.Group.Entries {
		if e.Text == "Note: once" {
			n++
		}
	}
	if n != 2 {
		t.Errorf("%d entries", n)
	}
}

func TestTheLogsOfAGroupComeAsTablesCSVAndMarkdown(t *testing.T) {
	o := at(t)
	o.watch()
	o.must(`group hold --by "NHS England" --present CQC,CCG/07K --considered "RCX, RGP" --record "all seen" --early "both at once"`)
	has(t, o.must("group log"), "OUTCOME", "RCX", "Trainees alone")
	has(t, o.must("group log --which actions"), "A1", "CQC", "Say when it inspects")
	has(t, o.must("group log --which report"), "as it would be sent now", "RGQ", "enhanced")
	has(t, o.must("group log --format md"), "| Group | Meeting |", "(protected)")
	path := filepath.Join(t.TempDir(), "log.csv")
	if a := o.run("group", "log", "--format", "csv", "--out", path); a.code != 0 || a.out != "" {
		t.Fatalf("%+v", a)
	}
	text, err := os.ReadFile(path)
	if err != nil || !strings.HasPrefix(string(text), "Group,Meeting,Date,Provider") {
		t.Errorf("%.200s, %v", text, err)
	}
	table := asJSON[words.Table](t, o.must("group log --which actions --json"))
	if len(table.Rows) != 1 || len(table.Columns) < 10 {
		t.Errorf("%+v", table)
	}
	o.must(`group report --by "NHS England" --themes "night staffing"`)
	has(t, o.must("group log --which report --number 1"), "Themes: night staffing")
}

func TestTheViewOfAGroupAsJSONHoldsWhatTheScreenShows(t *testing.T) {
	o := at(t)
	o.watch()
	v := asJSON[struct {
		Place    string
		Next     surveillance.Meeting
		Levels   []struct{ Providers []surveillance.Watched }
		Concerns []struct {
			Provider string
			Bodies   []string
		}
		Owed []struct{ Verb string }
	}](t, o.must("group show --json"))
	if v.Place != "Q56" || !v.Next.At.After(began) || len(v.Levels) != 3 || len(v.Levels[1].Providers) != 1 {
		t.Errorf("%+v", v)
	}
	if len(v.Concerns) != 2 || v.Concerns[0].Provider != "RGP" || len(v.Concerns[1].Bodies) != 3 {
		t.Errorf("%+v", v.Concerns)
	}
	if len(v.Owed) == 0 || v.Owed[0].Verb == "" {
		t.Errorf("%+v", v.Owed)
	}
	if items := asJSON[[]surveillance.AgendaItem](t, o.must("group agenda --json")); len(items) < 10 {
		t.Errorf("%d items", len(items))
	}
}

func TestAGroupThatForgetsAProviderIsOverdue(t *testing.T) {
	o := at(t)
	o.watch()
	o.memory.Pass(300 * 24 * time.Hour)
	out := o.must("group show")
	has(t, out, "OVERDUE", "Not considered in time (", calendar.Instant(o.memory.Now()))
	if rows := asJSON[[]struct{ Overdue int }](t, o.must("group list --overdue --json")); len(rows) != 1 ||
		rows[0].Overdue == 0 {
		t.Errorf("%+v", rows)
	}
}
