package cli_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// kept are what nobody else may be able to tell from what the screens show: who told, where it came from, what
// a sealed view says.
type kept struct {
	tellers, sources []string
	note, view       string
}

// deskCourse has people act at random in a group and a case, in confidence and openly, and gives after each few
// acts all that the screens show. The same seed gives the same course but for what is kept.
func deskCourse(t *testing.T, seed uint64, k kept) (shown []string) {
	o := at(t)
	o.must("group start --area Q56")
	o.must(`trigger --provider RCX --by "NHS England" --source ` + k.sources[0] + ` --protect-identity --what "Unsafe" --open-text --key 0191f2c1-5d6e-7f70-8a91-b2c3d4e5f601 --yes`)
	ref := o.listedRef()
	o.env["HTR_CASE"] = ref
	d := rand.New(rand.NewPCG(seed, 9))
	openly := []string{"CQC", "HEALTHWATCH_LOCAL/E10000020", "CCG/06L", "Monitor", `"NHS England"`}
	for n := range 14 {
		o.memory.Pass(time.Duration(1+d.IntN(60*50)) * time.Minute)
		one := d.IntN(len(k.tellers))
		switch d.IntN(7) {
		case 0, 1:
			urgent := []string{"", " --urgent"}[d.IntN(2)]
			o.must(fmt.Sprintf(`group concern --group Q56 --by %s --provider RCX --source %s --protect-identity --open-text%s --what "nights %d"`,
				k.tellers[one], k.sources[1], urgent, n))
		case 2:
			o.must(fmt.Sprintf(`concern record --by %s --kind serious-incident --what "as feared %d" --source %s --protect-identity --source-note "%s" --open-text`,
				openly[d.IntN(len(openly))], n, k.sources[0], k.note))
		case 3:
			o.must(fmt.Sprintf(`judgement own --by %s --view "%s" --sealed --open-text --again`, []string{"Monitor", "CQC"}[d.IntN(2)], k.view))
		case 4:
			o.must(fmt.Sprintf(`group concern --group Q56 --by %s --provider RCX --what "days %d"`, openly[d.IntN(len(openly))], n))
		case 5:
			o.must(fmt.Sprintf(`group note --group Q56 --by %s --what "noted %d"`, openly[d.IntN(len(openly))], n))
		case 6:
			shown = append(shown, o.tried("group acknowledge --group Q56 --by "+openly[d.IntN(len(openly))]))
		}
		if n%4 == 3 {
			shown = append(shown, o.screens(ref)...)
		}
	}
	return shown
}

func (o *office) listedRef() string {
	o.t.Helper()
	for _, w := range strings.Fields(o.must("list")) {
		if len(w) == 9 && w[4] == '-' {
			return w
		}
	}
	o.t.Fatal("no case is listed")
	return ""
}

func (o *office) tried(command string) string {
	o.t.Helper()
	a := o.run(line(command)...)
	return fmt.Sprintf("$ %s\n%s%s-> %d", command, a.out, a.err, a.code)
}

// screens are all that anybody can look at.
func (o *office) screens(ref string) (out []string) {
	o.t.Helper()
	for _, look := range []string{"show", "show --json", "timetable", "record --format md", "record --format html", "record --format json",
		"record --notices", "list --json", "owes --by CQC", "owes --by CCG/07K", "contacts", "why CQC", "why CCG/07K", "why 2", "group show Q56",
		"group show Q56 --json", "group agenda Q56", "group log Q56", "group timetable Q56", "group file Q56 --format md",
		"group file Q56 --format json", "group file Q56 --notices", "group list --json", "group why CCG/07K --group Q56", "group why LETB/Q56 --group Q56",
		"group why C1 --group Q56", "group contacts Q56"} {
		out = append(out, o.tried(look))
	}
	return out
}

// TestR14_R23_NoScreenTellsWhatIsKeptInConfidence plays each course twice.
func TestR14_R23_NoScreenTellsWhatIsKeptInConfidence(t *testing.T) {
	one := kept{[]string{"CCG/07K", "LETB/Q56"}, []string{"whistleblower", "patient"}, "a nurse", "Governance has failed"}
	two := kept{[]string{"LETB/Q56", "CCG/06M"}, []string{"media", "other"}, "somebody quite else, of another office", "All is well"}
	courses, size := 3, 0
	if s := os.Getenv("HTR_TWINS"); s != "" {
		n, _ := strconv.Atoi(s)
		courses = max(1, n/5) // each is many screens
	}
	for seed := range uint64(courses) {
		a, b := deskCourse(t, seed, one), deskCourse(t, seed, two)
		for i := range a {
			size += len(a[i])
			if a[i] == b[i] {
				continue
			}
			la, lb := strings.Split(a[i], "\n"), strings.Split(b[i], "\n")
			for j := range min(len(la), len(lb)) {
				if la[j] != lb[j] {
					t.Fatalf("course %d, %s parts at line %d:\n%s\n%s", seed, la[0], j, la[j], lb[j])
				}
			}
			t.Fatalf("course %d, %s: %d lines and %d", seed, la[0], len(la), len(lb))
		}
		if len(a) < 50 {
			t.Errorf("course %d: %d screens only", seed, len(a))
		}
	}
	t.Logf("%d courses, %d bytes of screens, files and records compared", courses, size)
}
