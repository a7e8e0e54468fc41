package regime

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestATimeThatIsHardlyMeantIsAskedAboutAndTakenOnceItIsSaidToBe(t *testing.T) {
	now := at("2013-09-12 10:00")
	for _, row := range []struct {
		act  Act
		says string // empty: taken; "?" before it: taken if it is said to be meant
	}{
		{&ConveneSummit{At: at("2013-09-13 10:00")}, ""},
		{&ConveneSummit{At: at("2013-11-01 10:00")}, ""},
		{&ConveneSummit{At: at("2014-09-13 10:00")}, "is the year right?"},
		{&ConveneSummit{At: at("2103-09-13 10:00")}, "is the year right?"},
		{&ConveneSummit{At: at("2012-09-13 10:00")}, "lies in the past"},
		{&TriggerRiskSummit{Concern: "x", Source: "inspection", Learned: at("2013-09-11 10:00")}, ""},
		{&TriggerRiskSummit{Concern: "x", Source: "inspection", Learned: at("2012-09-11 10:00")}, "?more than nine months ago"},
		{&TriggerRiskSummit{Concern: "x", Source: "inspection", Learned: at("2013-09-12 11:00")}, "lies in the future"},
	} {
		try := func(sure bool) error {
			c := open(t, kingsLynn, "2013-09-10 09:00").c
			req := func(key string, sure bool) Request {
				return Request{Key: key, Sure: sure, By: Actor{For: "CQC", Person: "x", Channel: "test"}}
			}
			if _, is := row.act.(*ConveneSummit); is {
				_, err := c.Perform(req("t", false), &TriggerRiskSummit{Concern: "x", Source: "inspection"}, at("2013-09-10 09:00"))
				if err != nil {
					t.Fatal(err)
				}
			}
			return c.Check(req("k", sure), row.act, now)
		}
		err := try(false)
		want, asked := strings.CutPrefix(row.says, "?")
		var m *Mistake
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%+v: %v, want %q", row.act, err, row.says)
		}
		if doubt := errors.As(err, &m) && m.Doubt; doubt != asked || asked && !strings.Contains(err.Error(), "--yes") {
			t.Errorf("%+v: doubt %t, %v", row.act, doubt, err)
		}
		if err := try(true); asked && err != nil {
			t.Errorf("%+v, said to be meant: %v", row.act, err)
		}
	}
}

// Every time that an act takes says which way it lies, or what may be asked of it is known here.
func TestEveryTimeOfAnActSaysWhetherItHasHappened(t *testing.T) {
	see := func(path string, act any) {
		for _, f := range Fields(act) {
			if f.Type != reflect.TypeFor[time.Time]() {
				continue
			}
			switch f.When {
			case Past, Ever, Ahead, Either:
			default:
				t.Errorf("%s --%s has no tag `when`", path, f.Flag)
			}
			if f.Day != "" && f.Day != "start" && f.Day != "end" {
				t.Errorf("%s --%s: the tag `day` is %q", path, f.Flag, f.Day)
			}
		}
	}
	for _, v := range Verbs() {
		see(v.Path, v.New())
	}
	for _, v := range GroupVerbs() {
		see(v.Path, v.New())
	}
}
