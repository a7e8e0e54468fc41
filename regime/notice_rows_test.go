package regime

import (
	"testing"

	"holdthering/regime/calendar"
)

func TestTheDigestGoesAtItsHourOfTheNextSuchDayInUKTime(t *testing.T) {
	row := DigestRow{Weekday: "Monday", Hour: 8}
	if err := row.parse(); err != nil {
		t.Fatal(err)
	}
	for after, want := range map[string]string{
		"2013-09-09 07:59": "2013-09-09 08:00", // a Monday
		"2013-09-09 08:00": "2013-09-16 08:00",
		"2013-09-10 00:00": "2013-09-16 08:00",
		"2013-10-26 23:00": "2013-10-28 08:00", // over the end of summer time
		"2014-03-30 12:00": "2014-03-31 08:00",
	} {
		if got := row.After(calendar.MustInstant(after)); !got.Equal(calendar.MustInstant(want)) {
			t.Errorf("after %s: %s", after, got)
		}
	}
}
