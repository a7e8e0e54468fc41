package failure

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
	"holdthering/regime/surveillance"
)

func TestATimeThatIsHardlyMeantIsAskedAboutAndTakenOnceItIsSaidToBe(t *testing.T) {
	now := regimetest.At("2013-09-12 10:00")
	for _, row := range []struct {
		act  Act
		says string // empty: taken; "?" before it: taken if it is said to be meant
	}{
		{&ConveneSummit{At: regimetest.At("2013-09-13 10:00")}, ""},
		{&ConveneSummit{At: regimetest.At("2013-11-01 10:00")}, ""},
		{&ConveneSummit{At: regimetest.At("2014-09-13 10:00")}, "is the year right?"},
		{&ConveneSummit{At: regimetest.At("2103-09-13 10:00")}, "is the year right?"},
		{&ConveneSummit{At: regimetest.At("2012-09-13 10:00")}, "lies in the past"},
		{&TriggerRiskSummit{Concern: "x", Source: "inspection", Learned: regimetest.At("2013-09-11 10:00")}, ""},
		{&TriggerRiskSummit{Concern: "x", Source: "inspection", Learned: regimetest.At("2012-09-11 10:00")}, "?more than nine months ago"},
		{&TriggerRiskSummit{Concern: "x", Source: "inspection", Learned: regimetest.At("2013-09-12 11:00")}, "lies in the future"},
	} {
		try := func(sure bool) error {
			c := open(t, kingsLynn, "2013-09-10 09:00").c
			req := func(key string, sure bool) ledger.Request {
				return ledger.Request{Key: key, Sure: sure, By: ledger.Actor{For: "CQC", Person: "x",
					Channel: "test"}}
			}
			if _, is := row.act.(*ConveneSummit); is {
				_, err := c.Perform(req("t", false), &TriggerRiskSummit{Concern: "x", Source: "inspection"},
					regimetest.At("2013-09-10 09:00"))
				if err != nil {
					t.Fatal(err)
				}
			}
			return c.Check(req("k", sure), row.act, now)
		}
		err := try(false)
		want, asked := strings.CutPrefix(row.says, "?")
		var m *regime.Mistake
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
		for _, f := range regime.Fields(act) {
			if f.Type != reflect.TypeFor[time.Time]() {
				continue
			}
			switch f.When {
			case regime.Past, regime.Ever, regime.Ahead, regime.Either:
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
	for _, v := range surveillance.Verbs() {
		see(v.Path, v.New())
	}
}
