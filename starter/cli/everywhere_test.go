package cli_test

import (
	"strings"
	"testing"
	"time"

	"holdthering/cases"
	"holdthering/regime/calendar"
)

const mergerOf2026 = `succession record --by "NHS England" --from ICB/QMM --to ICB/QNS --on 2026-04-01 --reason "the boards merge" --all`

// merging are two cases and two groups in which a board sits, and one case in which it does not, on the
// day of a merger.
func merging(t *testing.T) *office {
	t.Helper()
	o := on(t, time.Date(2026, 3, 30, 9, 0, 0, 0, calendar.London))
	o.must(`group start --area QMM --region Y61 --name "Norfolk and Waveney"`)
	o.must(`group start --region Y61 --boards QMM,QJG`)
	for provider, board := range map[string]string{"RCX": "QMM", "RM1": "QMM", "RDE": "QJG"} {
		o.must(`trigger --provider ` + provider + ` --by CQC --source media --what x --region Y61 --area ` + board)
	}
	o.memory.Pass(3 * 24 * time.Hour)
	return o
}

type everywhereJSON struct {
	Preview bool
	Rows    []struct {
		Case, Group, About, Rule, Why string
		Passes                        []string
		Entry                         int
		Done                          bool
	}
}

func TestR123_ASuccessionOfAllIsShownBeforeItIsRecorded(t *testing.T) {
	o := merging(t)
	shown := o.must(mergerOf2026)
	has(t, strings.Join(strings.Fields(shown), " "), "Nothing has been recorded: this is what would be, in 4; 0 recorded before", "its seat",
		"the support of the case", "group QMM", "group Y61", "RCX", "RM1")
	lacks(t, shown, "RDE")
	asked := o.must(mergerOf2026 + " --dry-run --yes --json")
	preview := asJSON[everywhereJSON](t, o.must(mergerOf2026+" --json"))
	if asked != o.must(mergerOf2026+" --json") {
		t.Errorf("with --preview: %s", asked)
	}
	if !preview.Preview || len(preview.Rows) != 4 {
		t.Fatalf("%+v", preview)
	}
	for _, r := range preview.Rows {
		if r.Entry != 0 || len(r.Passes) == 0 {
			t.Errorf("%+v", r)
		}
	}
	o.confirm = func(q string) bool {
		has(t, q, "Record it in these 4?")
		return false
	}
	has(t, o.must(mergerOf2026), "Nothing has been recorded")
	for ref := range strings.SplitSeq(o.members(), "\n") {
		lacks(t, ref, "QNS")
	}
}

// members are who sits where, as the cases say it.
func (o *office) members() string {
	var out []string
	for _, r := range asJSON[[]struct{ Ref string }](o.t, o.must("list --json")) {
		out = append(out, o.must("record "+r.Ref))
	}
	return strings.Join(out, "\n")
}

func TestR122_R123_ASuccessionOfAllIsRecordedInEachAndIsSafeToRepeat(t *testing.T) {
	o := merging(t)
	a := o.run(line(mergerOf2026 + " --yes")...)
	if a.code != 0 {
		t.Fatalf("%+v", a)
	}
	has(t, a.err, "1 of 4: ", "4 of 4: ", "recorded as entry")
	has(t, strings.Join(strings.Fields(a.out), " "), "4 recorded, 0 recorded before, 0 not done.")
	again := asJSON[everywhereJSON](t, o.must(mergerOf2026+" --yes --json"))
	for _, r := range again.Rows {
		if !r.Done || r.Entry != 0 {
			t.Errorf("done a second time: %+v", r)
		}
	}
	if len(again.Rows) != 4 {
		t.Errorf("%+v", again)
	}
	told := 0
	for _, r := range asJSON[[]struct{ Ref string }](t, o.must("list --json")) {
		s, err := o.memory.Snapshot(t.Context(), r.Ref)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range s.Case.Notices {
			if n.Kind == "N69" {
				told++
			}
		}
		if s.Case.IsMember("ICB/QMM") {
			t.Errorf("%s: the old board sits there still", r.Ref)
		}
		if s.Case.IsMember("ICB/QNS") {
			o.env["HTR_CASE"] = r.Ref
			if a := o.run(line(`note add --by ICB/QMM --what "too late"`)...); a.code != 1 || !strings.Contains(a.err, "R122") {
				t.Errorf("%+v", a)
			}
		}
	}
	if told != 2 {
		t.Errorf("told %d times in 2 cases", told)
	}
}

func TestASuccessionOfAllGoesPastWhatIsDeadOrRefusesAndSaysSo(t *testing.T) {
	o := merging(t)
	rows := asJSON[[]struct{ Ref, Provider string }](t, o.must("list --json"))
	dead := ""
	for _, r := range rows {
		if r.Provider == "RCX" {
			dead = r.Ref
		}
	}
	o.memory.Standings = map[string]cases.Standing{dead: {State: "terminated"}}
	a := o.run(line(mergerOf2026 + " --yes")...)
	if a.code != 3 || !strings.Contains(strings.Join(strings.Fields(a.out), " "), "3 recorded, 0 recorded before, 1 not done") {
		t.Errorf("%+v", a)
	}
	a = o.run(line(strings.Replace(mergerOf2026, "ICB/QNS", "GMC", 1) + " --yes")...)
	if a.code == 0 {
		t.Errorf("%+v", a)
	}
	o.must(`trigger --provider RGN --by CQC --source media --what x --region Y61 --area QJG`)
	a = o.run(line(`succession record --by CQC --from ICB/QJG --to NQB --reason x --all`)...)
	if a.code != 1 || !strings.Contains(a.out, "refused by R123") {
		t.Errorf("%+v", a)
	}
	for command, says := range map[string]string{
		mergerOf2026 + " --case " + dead:                       "leave out --case",
		strings.Replace(mergerOf2026, "--reason", "--when", 1): "--when",
	} {
		if a := o.run(line(command)...); a.code != 2 || !strings.Contains(a.err, says) {
			t.Errorf("%s: %+v", command, a)
		}
	}
	has(t, o.must(strings.Replace(mergerOf2026, "ICB/QMM", "ICB/QM7", 1)), "No open case and no group")
}
