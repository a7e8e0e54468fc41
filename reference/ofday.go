package reference

import (
	"strings"
	"time"
	"unicode"

	"holdthering/regime"
	"holdthering/regime/calendar"
)

// The days from which the later lists of trusts are taken to hold: one is of late 2015, one of the summer of
// 2018, one of early 2025, which has the days on which trusts closed. What else became of a trust between two lists the data says without a day.
var (
	late2015   = calendar.MustInstant("2016-01-01 00:00")
	summer2018 = calendar.MustInstant("2018-07-01 00:00")
	early2025  = calendar.MustInstant("2025-01-01 00:00")
)

// TrustOn is a trust as it was on a day, as far as the data can say, and what is to be known of that: that it
// had closed, had become a foundation trust, is called otherwise. The trust itself is that of February 2014.
func (r *Reference) TrustOn(code string, day time.Time) (p regime.Provider, remarks []string) {
	t, ok := r.TrustRecord(code)
	if !ok {
		return p, nil
	}
	p = t.Provider
	if !t.Closed.IsZero() && !day.Before(t.Closed) {
		remarks = append(remarks, "The register has "+p.Name+" as closed since "+calendar.Day(t.Closed)+".")
	}
	if day.Before(late2015) {
		return p, remarks
	}
	switch {
	case t.TypeLater == "" && !t.Closed.IsZero(): // its end is said with its day
	case t.TypeLater == "":
		remarks = append(remarks, p.Name+" is on the list of trusts of February 2014, and not on that of late 2015: it had ended, or had "+
			"another code.")
	case t.TypeLater != p.Type:
		p.Type = t.TypeLater
		remarks = append(remarks, "It is taken for what it is on the list of late 2015: it had become an NHS foundation trust.")
	}
	name, of := t.Name2015, "late 2015"
	if !day.Before(summer2018) && t.Name2018 != "" {
		name, of = t.Name2018, "2018"
	}
	if !day.Before(early2025) && t.Name2025 != "" {
		name, of = t.Name2025, "early 2025"
	}
	if name != "" && letters(name) != letters(p.Name) {
		remarks = append(remarks, "On the list of "+of+" it is called "+name+".")
	}
	switch {
	case !t.Closed.IsZero():
	case t.Name2025 == "" && !day.Before(summer2018):
		remarks = append(remarks, "What has become of it since 2018 the register does not say.")
	case t.Name2025 != "" && !day.Before(early2025):
		remarks = append(remarks, "What has become of it since early 2025 the register does not say.")
	}
	return p, remarks
}

// letters are those of a name, without its case and its signs.
func letters(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}
