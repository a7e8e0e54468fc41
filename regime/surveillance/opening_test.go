package surveillance

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

func TestR72_AReportIsToldToTheRegion(t *testing.T) {
	g := group(t, "2013-04-01 09:00").by(regimetest.Nhse, &ReportToRegion{})
	if got := g.told("N46"); len(got) != 1 || !strings.HasSuffix(got[0], "NHSCB/Y55 duty") {
		t.Errorf("%v", got)
	}
}

// Of a body with two seats none is meant by the body alone; of one with a single seat that one.
func TestInAGroupABodyAloneMeansItsOnlySeat(t *testing.T) {
	g := group(t, "2013-04-01 09:00")
	g.g.Units = []regime.UnitName{{Party: "CCG/07J", Name: "West Norfolk CCG"},
		{Party: "CCG/07K", Name: "West Suffolk CCG"}}
	g.g.Members = []Member{{Party: "LETB/Q1"}, {Party: "CCG/07J"}, {Party: "CCG/07K"}}
	for body, want := range map[regime.Party]regime.Party{"LETB": "LETB/Q1", "CCG": "CCG", "NHSCB": regimetest.Nhse,
		"GMC": "GMC", "CCG/07K": "CCG/07K"} {
		if got := g.g.ResolveUnit(body); got != want {
			t.Errorf("in the group %s is %s", body, got)
		}
	}
	if got := g.g.Name("CCG/07K"); got != "West Suffolk CCG" {
		t.Error(got)
	}
	for p, want := range map[regime.Party]bool{"NHSCB/Q49": true, "NHSCB/Y55": true, "CQC": false} {
		if g.g.supports(p.Body()) != want {
			t.Errorf("%s supports groups: %v", p, !want)
		}
	}
}

func TestAGroupOpensOnlyWithWhatItNeeds(t *testing.T) {
	for says, spoil := range map[string]func(*Opening){
		"there is no profile": func(o *Opening) { o.Profile = "X" },
		"no groups of tier":   func(o *Opening) { o.Tier = "PARISH" },
		"a region":            func(o *Opening) { o.Region = "" },
		"has a name":          func(o *Opening) { o.PlaceName = "" },
		"a local one has an":  func(o *Opening) { o.Area = "" },
		"control character":   func(o *Opening) { o.Area = "Q56\x07" },
		`"NOBODY" cannot be`:  func(o *Opening) { o.Minimum = []regime.Party{"NOBODY"} },
		`"PROVIDER" cannot`:   func(o *Opening) { o.Members = []regime.Party{"PROVIDER"} },
		"code in capitals": func(o *Opening) {
			o.Watched = []Watched{{Code: "rcx", Name: "x",
				Type: regime.NHSTrust}}
		},
		"and a name": func(o *Opening) {
			o.Watched = []Watched{{Code: "RCX",
				Type: regime.NHSTrust}}
		},
		"letters, digits": func(o *Opening) {
			o.Watched = []Watched{{Code: "R_X", Name: "x",
				Type: regime.NHSTrust}}
		},
		"control charact": func(o *Opening) {
			o.Watched = []Watched{{Code: "RCX", Name: "x", Type: regime.NHSTrust, District: "\x07"}}
		},
		"has no provider type": func(o *Opening) {
			o.Watched = []Watched{{Code: "RCX", Name: "x",
				Type: "SHIP"}}
		},
	} {
		o := eastAnglia
		spoil(&o)
		if g, err := Open(o, regimetest.At("2013-04-01")); err == nil ||
			!strings.Contains(err.Error(), says) || g != nil {
			t.Errorf("%q: %v", says, err)
		}
	}
}

func TestR85_AMeetingHeldBeforeItsDaySaysWhy(t *testing.T) {
	g := group(t, "2013-04-01 09:00").at("2013-04-10 10:00")
	meet := &HoldGroupMeeting{Present: []regime.Party{"CQC"}, Record: "x"}
	g.refused("R72", regimetest.Nhse, meet)
	meet.Early = "one provider could not wait"
	g.by(regimetest.Nhse, meet).saysIn("Before its day, because: one provider could not wait.")
}
