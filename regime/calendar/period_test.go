package calendar_test

import (
	"encoding/json"
	"strings"
	"testing"

	"holdthering/regime/calendar"
)

func TestAPeriodIsReadAndWrittenInItsTextForm(t *testing.T) {
	for _, c := range []struct{ in, text, words string }{
		{"48h", "48h", "48 elapsed hours"},
		{"1h", "1h", "1 elapsed hour"},
		{"0h", "0h", "0 elapsed hours"},
		{"-0h", "0h", "0 elapsed hours"},
		{"30m", "30m", "30 elapsed minutes"},
		{"7d", "7d", "7 days"},
		{"-7d", "-7d", "7 days before"},
		{"12mo", "12mo", "12 calendar months"},
		{"1mo", "1mo", "1 calendar month"},
		{"2wd", "2wd", "2 working days"},
		{"-1wd", "-1wd", "1 working day before"},
		{" 007d\n", "7d", "7 days"},
		{"1200mo", "1200mo", "1200 calendar months"},
	} {
		p, err := calendar.ParsePeriod(c.in)
		if err != nil {
			t.Errorf("%q: %v", c.in, err)
			continue
		}
		if p.String() != c.text || p.Words() != c.words {
			t.Errorf("%q is %q, %q; want %q, %q", c.in, p, p.Words(), c.text, c.words)
		}
	}
}

func TestWhatIsNoPeriodIsRefusedInOneSentence(t *testing.T) {
	notOne := " is not a period: write 30m or 48h (elapsed minutes, hours), 7d (days), " +
		"12mo (calendar months) or 2wd (working days), with - in front for before"
	for _, c := range []struct{ in, want string }{
		{"", `""` + notOne},
		{"48", `"48"` + notOne},
		{"h", `"h"` + notOne},
		{"2 weeks", `"2 weeks"` + notOne},
		{"1.5h", `"1.5h"` + notOne},
		{"+7d", `"+7d"` + notOne},
		{"--7d", `"--7d"` + notOne},
		{"7D", `"7D"` + notOne},
		{"1h30m", `"1h30m"` + notOne},
		{"٣d", `"٣d"` + notOne},
		{"7d\x00", `"7d\x00"` + notOne},
		{"1201mo", `"1201mo" is longer than a hundred years: at most 1200mo can be given`},
		{"-99999999999999999999h",
			`"-99999999999999999999h" is longer than a hundred years: at most 878400h can be given`},
	} {
		_, err := calendar.ParsePeriod(c.in)
		if err == nil || err.Error() != c.want {
			t.Errorf("%q: got error %v\nwant %s", c.in, err, c.want)
		}
	}
}

func TestNoPeriodIsNotTheSameAsAtOnce(t *testing.T) {
	var none calendar.Period
	if !none.IsZero() || none.String() != "" || none.Words() != "no period" {
		t.Errorf("the zero period is %q, %q, IsZero %v", none, none.Words(), none.IsZero())
	}
	if atOnce := calendar.MustPeriod("0h"); atOnce.IsZero() || atOnce == none {
		t.Error("0h counts as no period")
	}
}

func TestAPeriodSurvivesJSON(t *testing.T) {
	type row struct {
		Due  calendar.Period `json:"due"`
		None calendar.Period `json:"none"`
		Left calendar.Period `json:"left,omitzero"`
	}
	in := row{Due: calendar.MustPeriod("-2wd")}
	data, err := json.Marshal(in)
	if want := `{"due":"-2wd","none":""}`; err != nil || string(data) != want {
		t.Fatalf("got %s, %v; want %s", data, err, want)
	}
	out := row{None: calendar.MustPeriod("1d")}
	if err := json.Unmarshal(data, &out); err != nil || out != in {
		t.Errorf("read back as %+v, %v; want %+v", out, err, in)
	}
	if err := json.Unmarshal([]byte(`{"due":"soon"}`), &out); err == nil ||
		!strings.Contains(err.Error(), `"soon" is not a period`) {
		t.Errorf("a wrong period in JSON gives the error %v", err)
	}
}

func TestAWrongPeriodInTheProgramPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error(`MustPeriod("soon") returned`)
		}
	}()
	calendar.MustPeriod("soon")
}

func TestTimesCountsAsOnePeriodAndStopsAtAHundredYears(t *testing.T) {
	for _, c := range []struct {
		period string
		k      int64
		want   string
	}{
		{"1mo", 3, "3mo"}, {"-2wd", 3, "-6wd"}, {"2wd", -3, "-6wd"}, {"7d", 0, "0d"},
		{"1mo", 1 << 62, "1200mo"}, {"12mo", 101, "1200mo"}, {"-1mo", 1 << 62, "-1200mo"},
		{"52704000m", 1 << 62, "52704000m"},
	} {
		if got := calendar.MustPeriod(c.period).Times(c.k).String(); got != c.want {
			t.Errorf("%d times %s is %s, want %s", c.k, c.period, got, c.want)
		}
	}
	if got := (calendar.Period{}).Times(3); !got.IsZero() {
		t.Errorf("three times no period is %s", got)
	}
}
