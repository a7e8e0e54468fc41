package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// A routine mail of the day counts against the next one only if it went, that day, to the
// same contact, and before this moment.
func TestWhatCountsAsTheRoutineMailOfADay(t *testing.T) {
	now := regimetest.At("2013-09-17 12:00") // a Tuesday
	me := ledger.Recipient{Party: "CQC", Level: regime.LevelDuty}
	for _, x := range []struct {
		what  string
		n     ledger.Notice
		r     ledger.Recipient
		holds bool
	}{
		{"earlier that day", ledger.Notice{At: regimetest.At("2013-09-17 11:59")}, me, true},
		{"held until that morning", ledger.Notice{At: regimetest.At("2013-09-13 19:00")},
			ledger.Recipient{Party: "CQC", Level: regime.LevelDuty,
				NotBefore: regimetest.At("2013-09-17 08:00")}, true},
		{"at the same moment", ledger.Notice{At: now}, me, false},
		{"the evening before", ledger.Notice{At: regimetest.At("2013-09-16 23:59")}, me, false},
		{"held for later", ledger.Notice{At: regimetest.At("2013-09-17 11:00")},
			ledger.Recipient{Party: "CQC", Level: regime.LevelDuty, NotBefore: regimetest.At("2013-09-18 08:00")}, false},
		{"another body's", ledger.Notice{At: regimetest.At("2013-09-17 11:00")},
			ledger.Recipient{Party: "MONITOR", Level: regime.LevelDuty}, false},
		{"another contact's", ledger.Notice{At: regimetest.At("2013-09-17 11:00")},
			ledger.Recipient{Party: "CQC", Level: regime.LevelExecutive}, false},
		{"spared", ledger.Notice{At: regimetest.At("2013-09-17 11:00")},
			ledger.Recipient{Party: "CQC", Level: regime.LevelDuty, State: ledger.StateSuperseded}, false},
		{"urgent by its rung", ledger.Notice{At: regimetest.At("2013-09-17 11:00"), Urgent: true}, me, false},
		{"urgent by its kind", ledger.Notice{At: regimetest.At("2013-09-17 11:00"), Kind: "N1"}, me, false},
		{"overtaken", ledger.Notice{At: regimetest.At("2013-09-17 10:00"), Rung: 1, Duty: "D1"}, me, false},
	} {
		s := open(t, kingsLynn, "2013-09-10 09:00")
		if x.n.Kind == "" {
			x.n.Kind = "N16"
		}
		x.n.ID, x.n.To = "n1", []ledger.Recipient{x.r}
		s.c.Notices = []ledger.Notice{x.n}
		s.c.Duties = []ledger.Duty{{ID: "D1", Kind: DutyHoldMeeting, End: ledger.EndDone,
			Ended: regimetest.At("2013-09-17 11:00")}}
		next := ledger.Notice{Kind: "N16", At: now, To: []ledger.Recipient{me}}
		s.c.pen.DeferToHours(&next, now)
		if got := !next.To[0].NotBefore.IsZero(); got != x.holds || got &&
			!next.To[0].NotBefore.Equal(regimetest.At("2013-09-18 08:00")) {
			t.Errorf("%s: held until %s", x.what, next.To[0].NotBefore)
		}
	}
}

func TestN44_ADigestSaysWhatIsOverdueOrNearAndWhatOthersDidUnmailed(t *testing.T) {
	digest := regimetest.At("2013-09-16 08:00")
	for _, x := range []struct {
		what  string
		due   string // of something that CQC owes
		says  string
		entry string // when another body did something
	}{
		{"nothing", "", "", ""}, {"what is far off", "2013-09-30 08:01", "", ""},
		{"what is near", "2013-09-30 08:00", "hold response meeting 1, by", ""},
		{"what is due at this moment", "2013-09-16 08:00", "hold response meeting 1, by", ""},
		{"what is within its grace", "2013-09-16 04:01", "hold response meeting 1, by", ""},
		{"what is overdue", "2013-09-16 04:00", "overdue: hold response meeting 1, by", ""},
		{"another's act", "", "new in the last week, and not mailed before: 'letter send'",
			"2013-09-12 09:00"},
		{"another's act of this moment", "", "new in the last week", "2013-09-16 08:00"},
		{"another's act of later", "", "", "2013-09-16 08:01"},
		{"another's act of a week ago", "", "", "2013-09-09 08:00"},
		{"a near and an act", "2013-09-30 08:00", "hold response meeting 1, by / new in the last week",
			"2013-09-12 09:00"},
	} {
		s := open(t, kingsLynn, "2013-09-01 09:00")
		if x.due != "" {
			s.c.pen.OpenDuty(ledger.DutySpec{Kind: DutyHoldMeeting, Owner: "CQC", Subject: "1", Start: s.now,
				Due: regimetest.At(x.due)})
		}
		s.c.pen.OpenDuty(ledger.DutySpec{Kind: DutyHoldMeeting, Owner: "MONITOR", Subject: "2", Start: s.now,
			Due: digest})
		if x.entry != "" {
			for _, verb := range []string{"letter send", "letter send", "note add", ledger.ByClock} {
				s.c.Entries = append(s.c.Entries, ledger.Entry{At: regimetest.At(x.entry), Verb: verb,
					By: ledger.Actor{For: regimetest.Nhse}})
			}
		}
		got := strings.Join(s.c.DigestOf("CQC", s.c.Week(digest)), " / ")
		parts := strings.Split(x.says, " / ")
		if x.says == "" && got != "" || strings.Count(got, " / ") != strings.Count(x.says, " / ") ||
			strings.HasPrefix(got, "overdue") != strings.HasPrefix(x.says, "overdue") {
			t.Errorf("%s: %q", x.what, got)
		}
		for _, p := range parts {
			if !strings.Contains(got, p) {
				t.Errorf("%s: %q lacks %q", x.what, got, p)
			}
		}
		if strings.Count(got, "letter send") > 1 || strings.Contains(got, "note add") {
			t.Errorf("%s: %q", x.what, got)
		}
		if x.entry != "" && strings.Contains(strings.Join(s.c.DigestOf(regimetest.Nhse, s.c.Week(digest)), " / "),
			"letter send") {
			t.Errorf("%s: a body is told of its own act", x.what)
		}
	}
}

func TestN44_WhatABodyWasMailedOfIsNoNews(t *testing.T) {
	when := regimetest.At("2013-09-12 09:00")
	for _, x := range []struct {
		what  string
		n     ledger.Notice
		known bool
	}{
		{"a mail of that moment", ledger.Notice{At: when, Kind: "N16",
			To: []ledger.Recipient{{Party: "MONITOR"}, {Party: "CQC"}}}, true},
		{"of another moment", ledger.Notice{At: when.Add(1), Kind: "N16", To: []ledger.Recipient{{Party: "CQC"}}}, false},
		{"to another body", ledger.Notice{At: when, Kind: "N16", To: []ledger.Recipient{{Party: "MONITOR"}}}, false},
		{"of a calendar's entry", ledger.Notice{At: when, Kind: regime.EntryWithdrawn,
			To: []ledger.Recipient{{Party: "CQC"}}}, false},
	} {
		s := open(t, kingsLynn, "2013-09-01 09:00")
		s.c.Notices = []ledger.Notice{x.n}
		if got := s.c.MailedAt(when, "CQC"); got != x.known {
			t.Errorf("%s: %v", x.what, got)
		}
	}
}

// The clock wakes for a digest only when there will be something to say.
func TestN44_TheNextDigestIsTheFirstWithSomethingToSay(t *testing.T) {
	for _, x := range []struct {
		due, want string
	}{
		{"", ""}, {"2013-09-05 10:00", "2013-09-09 08:00"}, {"2013-09-23 08:00", "2013-09-09 08:00"},
		{"2013-09-23 08:01", "2013-09-16 08:00"}, {"2013-10-21 08:00", "2013-10-07 08:00"},
		{"2013-10-21 12:00", "2013-10-14 08:00"},
	} {
		s := open(t, kingsLynn, "2013-09-04 09:00")
		s.c.Entries = []ledger.Entry{{N: 1, At: s.now, Verb: ledger.ByClock}}
		if x.due != "" {
			s.c.pen.OpenDuty(ledger.DutySpec{Kind: DutyNoteClosing, Owner: "CQC", Start: s.now,
				Due: regimetest.At("2013-12-30")})
			s.c.pen.OpenDuty(ledger.DutySpec{Kind: DutyHoldMeeting, Owner: "CQC", Subject: "1", Start: s.now,
				Due: regimetest.At(x.due)})
			done := s.c.pen.OpenDuty(ledger.DutySpec{Kind: DutyHoldMeeting, Owner: "CQC", Subject: "2", Start: s.now,
				Due: s.now})
			done.End = ledger.EndDone
		}
		got, ok := s.c.NextDigest()
		if ok != (x.want != "") || ok && !got.Equal(regimetest.At(x.want)) {
			t.Errorf("owed by %q: %s, %v", x.due, got, ok)
		}
	}
}
