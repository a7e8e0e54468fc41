package cli_test

import (
	"strings"
	"testing"
	"time"
)

// vale starts the groups of an invented board and of its region, and lets them hear of a trust.
func (o *office) vale() {
	o.t.Helper()
	o.env["HTR_GROUP"] = "EX-ICB1"
	o.must(`group start --profile ENGLAND_2022 --area EX-ICB1 --region Y61 --name "Example Vale"`)
	o.must(`group start --profile ENGLAND_2022 --region Y61 --boards EX-ICB1,EX-ICB2`)
	o.must(`group watch --by ICB --provider EX-FT9 --provider-name "Example Hospitals" --provider-type FOUNDATION_TRUST`)
	o.memory.Pass(24 * time.Hour)
	o.must(`group concern --by Healthwatch --provider EX-FT9 --what "Nobody comes at night" --source patient`)
}

func TestACaseOf2022ComesFromItsGroupAndIsHeardOfInTheRegion(t *testing.T) {
	o := at(t)
	o.vale()
	a := o.run(line(`trigger --from-concern C1 --by ICB`)...)
	if a.code != 0 {
		t.Fatalf("%+v", a)
	}
	ref := strings.TrimSuffix(strings.Fields(a.out)[2], ":")
	has(t, a.err, "Group EX-ICB1 has recorded that C1 led to case "+ref)
	has(t, o.must("show "+ref), "Under profile ENGLAND_2022", "Surveillance groups: EX-ICB1, Y61 East of England")
	for _, place := range []string{"EX-ICB1", "Y61"} {
		shown := strings.Join(strings.Fields(o.must("group show "+place)), " ")
		has(t, shown, "intensive, 1: EX-FT9 Example Hospitals (case "+ref+", convening the rapid quality review meeting)",
			"Under profile ENGLAND_2022. Much of it is unconfirmed")
		lacks(t, shown, "risk summit")
	}
}

func TestTheGroupsOf2022StandInTheList(t *testing.T) {
	o := at(t)
	o.vale()
	has(t, o.must("group list"), "EX-ICB1  an integrated care board  local", "Y61      East of England           regional")
	o.env["COLUMNS"] = "80"
	for _, command := range []string{"group show", "group list", "group start --profile ENGLAND_2022 --region Y61"} {
		for l := range strings.Lines(o.must(command)) {
			if len([]rune(strings.TrimRight(l, "\n"))) > 80 {
				t.Errorf("%s: too wide: %s", command, l)
			}
		}
	}
}

func TestWhereAGroupOfTheOtherProfileIsNoneIsStarted(t *testing.T) {
	o := at(t)
	o.must("group start --region London")
	a := o.run(line("group start --profile ENGLAND_2022 --region London")...)
	if a.code != 2 || !strings.Contains(a.out, "ENGLAND_2013") || !strings.Contains(a.err, "one place has one group") {
		t.Errorf("%+v", a)
	}
	has(t, o.must("group start --region London"), "already running")
}

func TestAGroupThatIsThereInAnotherRegionIsNoSuccess(t *testing.T) {
	o := at(t)
	o.must(`group start --profile ENGLAND_2022 --area QMM --region Y61 --name "Example Vale"`)
	a := o.run(line(`group start --profile ENGLAND_2022 --area QMM --region Y58 --name "Example Vale"`)...)
	if a.code != 2 || !strings.Contains(a.out, "runs in Y61") || !strings.Contains(a.err, "belongs to region Y61, not to Y58") {
		t.Errorf("%+v", a)
	}
}
