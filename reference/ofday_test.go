package reference

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/calendar"
)

// A case of 2022 about a trust that closed in 2020 is told so; before that day nothing of it.
func TestATrustIsWhatItWasOnTheDay(t *testing.T) {
	r := loaded(t)
	for _, row := range []struct{ code, day, says, not string }{
		{"RA3", "2022-10-03 09:00", "closed since 31 March 2020", "does not say"},
		{"RA3", "2019-10-03 09:00", "", "closed"},
		{"RD7", "2014-12-01 09:00", "closed since 30 September 2014", ""},
		{"RGN", "2019-01-07 09:00", "On the list of 2018 it is called", "closed"},
		{"RAX", "2025-03-03 09:00", "KINGSTON AND RICHMOND", "closed"},
		{"RAX", "2025-03-03 09:00", "since early 2025 the register does not say", ""},
		{"RCX", "2022-10-03 09:00", "", "does not say"},
		{"TAJ", "2022-10-03 09:00", "since 2018 the register does not say", "closed"},
	} {
		p, remarks := r.TrustOn(row.code, calendar.MustInstant(row.day))
		text := strings.Join(remarks, " ")
		if p.Code != row.code || !strings.Contains(text, row.says) || row.not != "" && strings.Contains(text, row.not) {
			t.Errorf("%s on %s: %q", row.code, row.day, text)
		}
	}
}

func TestATrustHasItsTypeOfTheDay(t *testing.T) {
	r := loaded(t)
	changed := 0
	for _, c := range r.trusts {
		before, _ := r.TrustOn(c.Provider.Code, calendar.MustInstant("2014-03-03 09:00"))
		after, remarks := r.TrustOn(c.Provider.Code, calendar.MustInstant("2022-10-03 09:00"))
		if before.Type == after.Type {
			continue
		}
		changed++
		if after.Type != regime.FoundationTrust || !strings.Contains(strings.Join(remarks, " "), "had become an NHS foundation trust") {
			t.Errorf("%s: %s, then %s: %q", c.Provider.Code, before.Type, after.Type, remarks)
		}
	}
	if changed == 0 {
		t.Error("no trust has changed its type")
	}
}
