package cli_test

import (
	"strings"
	"testing"
	"time"

	"holdthering/cases"
)

var killed = cases.Standing{State: cases.Terminated, Since: began.Add(time.Hour),
	Says: "Case K was terminated by an operator of the server.", Do: "'starter revive K --reason TEXT' brings it back."}

// A case that died says of itself that it is being convened. Nothing that is printed of it may leave
// it at that.
func TestADeadCaseIsShownAsDeadEverywhere(t *testing.T) {
	o := at(t)
	o.open()
	ref := o.env["HTR_CASE"]
	alive := o.must("timetable --for 3mo")
	has(t, alive, "is to convene the risk summit")
	o.memory.Standings = map[string]cases.Standing{ref: killed}
	for _, command := range []string{"show", "timetable --for 3mo", "record", "record --format html", "record --json",
		"show --json", "why R11", "why --json R11", "list", "list --overdue", "list --json", "timetable --json"} {
		a := o.run(line(command)...)
		if a.code != 0 || !strings.Contains(strings.Join(strings.Fields(a.out+a.err), " "), "was terminated by an operator of the server") ||
			!strings.Contains(a.out+a.err, "revive K") {
			t.Errorf("%s: exit %d\n%s%s", command, a.code, a.out, a.err)
		}
	}
	show, list := o.must("show"), o.must("list")
	has(t, show, "TERMINATED: ", "its last moment alive", "when it died")
	lacks(t, show, "OVERDUE")
	has(t, list, "No case that is alive is like that", "DEAD")
	lacks(t, list, "NEXT DUE")
	lacks(t, o.must("timetable --for 3mo"), "is to convene")
	a := o.run(line("note add --by CQC --what x")...)
	if a.code != 3 || !strings.Contains(a.err, "Nothing was recorded") {
		t.Errorf("exit %d, %s", a.code, a.err)
	}
	o.must(`revive --reason "by a slip"`)
	has(t, o.must("timetable --for 3mo"), "is to convene the risk summit")
	if a := o.run("revive", "--reason", "x"); a.code != 2 || !strings.Contains(a.err, "is not dead") {
		t.Errorf("exit %d, %s", a.code, a.err)
	}
	for _, reason := range []string{"the patient with 943 476 5919 asked", "a\x1b[2Jb"} {
		if a := o.run("revive", "--reason", reason); a.code != 2 || !strings.Contains(a.err, "--reason holds") {
			t.Errorf("%+v", a)
		}
	}
	if a := o.run("revive"); a.code != 2 {
		t.Errorf("exit %d, %s", a.code, a.err)
	}
}

func TestADeadCaseIsInNobodysWay(t *testing.T) {
	o := at(t)
	o.open()
	o.memory.Standings = map[string]cases.Standing{o.env["HTR_CASE"]: killed}
	o.env["HTR_CASE"] = ""
	a := o.run(line(strings.Replace(firstTrigger, "k1", "k2", 1))...)
	if a.code != 0 || !strings.Contains(a.err, "TERMINATED: ") || !strings.Contains(a.out, "Opened case") {
		t.Errorf("exit %d\n%s%s", a.code, a.out, a.err)
	}
}

func TestWhatStandsStillIsListedWithWhatToDo(t *testing.T) {
	o := at(t)
	o.open()
	for _, state := range []cases.State{cases.Stuck, cases.OfAnother, cases.Paused, cases.Unattended} {
		o.memory.Standings = map[string]cases.Standing{o.env["HTR_CASE"]: {State: state,
			Says: "It stands still.", Do: "Do this."}}
		out := strings.Join(strings.Fields(o.must("list")), " ")
		has(t, out, "NEXT DUE", "Do this.")
		if strings.Contains(out, "DEAD") {
			t.Errorf("%s:\n%s", state, out)
		}
	}
}

func TestADeadGroupIsShownAsDeadEverywhere(t *testing.T) {
	o := at(t)
	o.must("group start --area Q56")
	o.env["HTR_GROUP"] = "Q56"
	o.memory.Standings = map[string]cases.Standing{"Q56": killed}
	for _, command := range []string{"show", "timetable", "file", "file --json", "file --format html", "show --json",
		"why R74", "list", "list --json", "list --overdue", "agenda", "agenda --json", "log", "timetable --json"} {
		a := o.run(line("group " + command)...)
		if a.code != 0 || !strings.Contains(strings.Join(strings.Fields(a.out+a.err), " "), "was terminated by an operator of the server") {
			t.Errorf("%s: exit %d\n%s%s", command, a.code, a.out, a.err)
		}
	}
	lacks(t, o.must("group timetable"), "WHEN")
	if a := o.run(line("group leave --by CQC --reason x")...); a.code != 3 {
		t.Errorf("exit %d, %s", a.code, a.err)
	}
	if a := o.run(line("group start --area Q56")...); a.code != 3 || !strings.Contains(a.err, "was terminated") {
		t.Errorf("started anew: exit %d, %s", a.code, a.err)
	}
	if a := o.run(line("group start --everywhere")...); a.code != 3 || !strings.Contains(a.out, "is dead") ||
		!strings.Contains(a.out, " started, 1 left alone") {
		t.Errorf("everywhere: exit %d, %s", a.code, a.out+a.err)
	}
	o.must(`group revive --reason "by a slip"`)
	lacks(t, o.must("group list"), "DEAD")
}
