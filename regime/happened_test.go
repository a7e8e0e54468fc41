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
		{&ConveneSummit{At: at("2014-01-13 10:00")}, ""}, // of the next year, and near
		{&ConveneSummit{At: at("2014-09-13 10:00")}, "?more than nine months ahead"},
		{&ConveneSummit{At: at("2103-09-13 10:00")}, "?more than nine months ahead"},
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

func TestWhatHappenedBeforeTheCaseIsAskedAboutUnlessItMayHave(t *testing.T) {
	opened := time.Date(2013, 9, 10, 9, 0, 0, 0, time.UTC)
	now, before := opened.AddDate(0, 0, 7), opened.Add(-time.Hour)
	for _, row := range []struct {
		when, day string
		asked     bool
	}{{whenPast, "", true}, {whenEver, "", false}, {whenPast, "start", false}, {whenAhead, "", true}} {
		err := Field{Flag: "at", When: row.when, Day: row.day}.doubt(before, opened, now)
		if (err != nil) != row.asked {
			t.Errorf("%+v: %v", row, err)
		}
	}
	if err := (Field{Flag: "on", When: whenPast, Day: "start"}).doubt(opened.AddDate(0, 0, -2), opened, now); err == nil {
		t.Error("a day before that of the opening is taken")
	}
}

// Every time that an act takes says which way it lies, or what may be asked of it is known here.
func TestEveryTimeOfAnActSaysWhetherItHasHappened(t *testing.T) {
	either := map[string]bool{"measures decide --announced": true}
	see := func(path string, act any) {
		for _, f := range Fields(act) {
			if f.Type != reflect.TypeFor[time.Time]() {
				continue
			}
			switch f.When {
			case whenPast, whenEver, whenAhead:
			default:
				if !either[path+" --"+f.Flag] {
					t.Errorf("%s --%s has no tag `when`", path, f.Flag)
				}
			}
			if f.Day != "" && f.Day != "start" && f.Day != "end" {
				t.Errorf("%s --%s: the tag `day` is %q", path, f.Flag, f.Day)
			}
			past, ahead := time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2016, 1, 1, 0, 0, 0, 0, time.UTC)
			now := time.Date(2013, 1, 1, 0, 0, 0, 0, time.UTC)
			for _, at := range []time.Time{past, ahead} {
				if f.doubt(at, now, now) == nil {
					t.Errorf("%s --%s: %s is taken in 2013", path, f.Flag, at)
				}
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
