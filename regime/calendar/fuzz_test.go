package calendar_test

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"holdthering/regime/calendar"
)

var hostile = []string{
	"", "-", "0", "h", "-0wd", "\x00", "7d\x1b[2J", "\xff\xfe", "7\u202ed", "9223372036854775808d",
	"2013-10-25\r\n10:00", "2013-10-25T10:00:00+99:99", "0000-00-00", "9999-12-31", "-2013-10-25",
}

// The megabytes are no seeds of the fuzz targets, which would spend their time on them.
func TestAMegabyteIsRefusedInOneShortSentence(t *testing.T) {
	for _, s := range []string{
		strings.Repeat("9", 1<<20) + "d",
		strings.Repeat("€", 1<<18),
		strings.Repeat("\x07", 1<<20),
		strings.Repeat("\xff", 1<<20),
		strings.Repeat(" ", 1<<20),
		"2013-10-25T10:00:00." + strings.Repeat("0", 1<<20) + "Z",
		"2013-10-25 10:00" + strings.Repeat("\x00", 1<<20),
	} {
		_, periodErr := calendar.ParsePeriod(s)
		_, instantErr := calendar.ParseInstant(s)
		if periodErr == nil || instantErr == nil {
			t.Errorf("%.20q... is taken: period %v, instant %v", s, periodErr, instantErr)
			continue
		}
		checkSentence(t, periodErr)
		checkSentence(t, instantErr)
	}
}

// checkSentence holds an error to one short printable line.
func checkSentence(t *testing.T, err error) {
	t.Helper()
	said := err.Error()
	if len(said) > 500 || !utf8.ValidString(said) {
		t.Errorf("the error has %d bytes: %.200q", len(said), said)
	}
	if i := strings.IndexFunc(said, func(r rune) bool { return !unicode.IsPrint(r) }); i >= 0 {
		t.Errorf("the error does not print at byte %d: %q", i, said)
	}
}

func FuzzParsePeriod(f *testing.F) {
	for _, s := range append(hostile, "48h", "30m", "7d", "12mo", "2wd", "-7d") {
		f.Add(s)
	}
	start := time.Date(2013, 9, 10, 15, 10, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, s string) {
		p, err := calendar.ParsePeriod(s)
		if err != nil {
			checkSentence(t, err)
			return
		}
		if back, err := calendar.ParsePeriod(p.String()); err != nil || back != p {
			t.Errorf("%q is read back as %s, %v", p, back, err)
		}
		if _, err := p.After(start).MarshalJSON(); err != nil {
			t.Errorf("%s after the start: %v", p, err)
		}
	})
}

func FuzzParseInstant(f *testing.F) {
	for _, s := range append(hostile, "2013-10-25 10:00", "2013-10-25T10:00", "2013-10-25",
		"2013-10-25T10:00:00+01:00", "2013-03-31 01:30", "2013-10-27 01:30", "2013-02-30") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := calendar.ParseInstant(s)
		if err != nil {
			checkSentence(t, err)
			return
		}
		if got.Year() < 1990 || got.Year() > 2199 {
			t.Errorf("%q is taken, in the year %d", s, got.Year())
		}
		back, err := calendar.ParseInstant(got.Format(time.RFC3339Nano))
		if err != nil || !back.Equal(got) {
			t.Errorf("%q is %v, read back as %v, %v", s, got, back, err)
		}
	})
}
