package regime

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// A routine mail of the day counts against the next one only if it went, that day, to the
// same contact, and before this moment.
func TestWhatCountsAsTheRoutineMailOfADay(t *testing.T) {
	now := at("2013-09-17 12:00") // a Tuesday
	me := Recipient{Party: "CQC", Level: LevelDuty}
	for _, x := range []struct {
		what  string
		n     Notice
		r     Recipient
		holds bool
	}{
		{"earlier that day", Notice{At: at("2013-09-17 11:59")}, me, true},
		{"held until that morning", Notice{At: at("2013-09-13 19:00")},
			Recipient{Party: "CQC", Level: LevelDuty,
				Hold: at("2013-09-17 08:00")}, true},
		{"at the same moment", Notice{At: now}, me, false},
		{"the evening before", Notice{At: at("2013-09-16 23:59")}, me, false},
		{"held for later", Notice{At: at("2013-09-17 11:00")},
			Recipient{Party: "CQC", Level: LevelDuty, Hold: at("2013-09-18 08:00")}, false},
		{"another body's", Notice{At: at("2013-09-17 11:00")},
			Recipient{Party: "MONITOR", Level: LevelDuty}, false},
		{"another contact's", Notice{At: at("2013-09-17 11:00")},
			Recipient{Party: "CQC", Level: LevelExecutive}, false},
		{"spared", Notice{At: at("2013-09-17 11:00")},
			Recipient{Party: "CQC", Level: LevelDuty, State: ToldSpared}, false},
		{"urgent by its rung", Notice{At: at("2013-09-17 11:00"), Urgent: true}, me, false},
		{"urgent by its kind", Notice{At: at("2013-09-17 11:00"), Kind: "N1"}, me, false},
		{"overtaken", Notice{At: at("2013-09-17 10:00"), Rung: 1, Duty: "D1"}, me, false},
	} {
		s := open(t, kingsLynn, "2013-09-10 09:00")
		if x.n.Kind == "" {
			x.n.Kind = "N16"
		}
		x.n.ID, x.n.To = "n1", []Recipient{x.r}
		s.c.Notices = []Notice{x.n}
		s.c.Duties = []Duty{{ID: "D1", Kind: DutyHoldMeeting, End: EndDone, Ended: at("2013-09-17 11:00")}}
		next := Notice{Kind: "N16", At: now, To: []Recipient{me}}
		s.c.hold(&next, now)
		if got := !next.To[0].Hold.IsZero(); got != x.holds || got &&
			!next.To[0].Hold.Equal(at("2013-09-18 08:00")) {
			t.Errorf("%s: held until %s", x.what, next.To[0].Hold)
		}
	}
}

func TestWhatWouldWaitTooLongGoesAtOnceToTheVeryMinute(t *testing.T) {
	night, morning := at("2013-09-17 20:00"), at("2013-09-18 08:00")
	for by, held := range map[time.Time]bool{{}: true, night: true, night.Add(time.Minute): false,
		morning: false, morning.Add(time.Minute): true} {
		n := Notice{Kind: "N16", At: night, By: by, To: []Recipient{{Party: "CQC", Level: LevelDuty}}}
		s := open(t, kingsLynn, "2013-09-10 09:00")
		s.c.hold(&n, night)
		if r := n.To[0]; r.held() != held || held && !r.Hold.Equal(morning) ||
			r.WaitsForHours(night) != held || r.WaitsForHours(morning) {
			t.Errorf("by %s: %+v", by, r)
		}
	}
}

func TestR81_ALaterNoticeSparesTheSameContactTheEarlierOfTheSameDuty(t *testing.T) {
	now, waits := at("2013-09-14 12:00"), at("2013-09-16 08:00")
	me := Recipient{Party: "CQC", Level: LevelDuty, Hold: waits}
	for _, x := range []struct {
		what   string
		n      Notice
		r      Recipient
		spared bool
	}{
		{"a reminder of the day before", Notice{Duty: "D1", At: at("2013-09-13 20:00")}, me, true},
		{"of two weeks ago", Notice{Duty: "D1", At: now.Add(-14 * 24 * time.Hour)}, me, true},
		{"of longer ago", Notice{Duty: "D1", At: now.Add(-14*24*time.Hour - 1)}, me, false},
		{"of the same moment", Notice{Duty: "D1", At: now}, me, false},
		{"of another duty", Notice{Duty: "D2", At: at("2013-09-13 20:00")}, me, false},
		{"an event's", Notice{At: at("2013-09-13 20:00")}, me, false},
		{"another body's", Notice{Duty: "D1", At: at("2013-09-13 20:00")},
			Recipient{Party: "MONITOR", Level: LevelDuty, Hold: waits}, false},
		{"another contact's", Notice{Duty: "D1", At: at("2013-09-13 20:00")},
			Recipient{Party: "CQC", Level: LevelLead, Hold: waits}, false},
		{"one that has gone", Notice{Duty: "D1", At: at("2013-09-13 20:00")},
			Recipient{Party: "CQC", Level: LevelDuty, Hold: waits, State: ToldAccepted}, false},
		{"one that never waited", Notice{Duty: "D1", At: at("2013-09-13 20:00")},
			Recipient{Party: "CQC", Level: LevelDuty}, false},
	} {
		s := open(t, kingsLynn, "2013-09-10 09:00")
		x.n.Kind, x.n.To = "N19", []Recipient{x.r}
		s.c.Notices = []Notice{x.n}
		s.c.hold(&Notice{Kind: "N19", Duty: "D1", At: now,
			To: []Recipient{{Party: "CQC", Level: LevelDuty}}}, now)
		if got := s.c.Notices[0].To[0].State == ToldSpared; got != x.spared {
			t.Errorf("%s: spared %v", x.what, got)
		}
		s.c.hold(&Notice{Kind: "N19", At: now, To: []Recipient{{Party: "CQC", Level: LevelDuty}}}, now)
	}
}

func TestR82_ADutyThatMovesTakesItsUnsentNoticesAlongAndForgetsWhatWasMarked(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00")
	old, due := at("2013-09-12 09:00"), at("2013-09-20 09:00")
	owe := func(subject string) *Duty {
		return s.c.owe(owed{kind: DutyHoldMeeting, owner: "CQC", subject: subject, start: s.now, due: old})
	}
	d := *owe("1")
	other := *owe("2")
	moved := &s.c.Duties[0]
	moved.Overdue, moved.Missed, moved.Counted, moved.Period = true, true, old, period("48h")
	held := []Recipient{{Party: "CQC", Hold: old}}
	s.c.Notices = []Notice{{ID: "n1", Duty: d.ID, By: old, To: held},
		{ID: "n2", Duty: d.ID, By: old, To: []Recipient{{Party: "CQC"}}},
		{ID: "n3", Duty: other.ID, By: old, To: held}}
	s.c.redate(DutyHoldMeeting, "1", old, s.now)
	if !moved.Overdue || moved.Period.IsZero() {
		t.Errorf("the same date again changes nothing: %+v", moved)
	}
	s.c.redate(DutyHoldMeeting, "1", due, s.now)
	if !moved.Due.Equal(due) || moved.Overdue || moved.Missed || !moved.Counted.IsZero() ||
		!moved.Period.IsZero() {
		t.Errorf("%+v", moved)
	}
	for i, want := range []time.Time{due, old, old} {
		if got := s.c.Notices[i].By; !got.Equal(want) {
			t.Errorf("notice %d is by %s", i+1, got)
		}
	}
}

func TestADutyIsLateAfterItsGraceAndOnlyWhenItIsDone(t *testing.T) {
	due := at("2013-09-12 09:00")
	for _, x := range []struct {
		end  DutyEnd
		at   string
		late bool
	}{
		{EndDone, "2013-09-12 13:00", false}, {EndDone, "2013-09-12 13:01", true},
		{EndWithdrawn, "2013-09-13 09:00", false}, {"", "2013-09-13 09:00", false},
	} {
		if got := (Duty{Due: due, Grace: period("4h"), End: x.end, Ended: at(x.at)}).Late(); got != x.late {
			t.Errorf("%+v: late %v", x, got)
		}
	}
}

func TestR10_ImmediateRiskShortensOnlyWhatHasAShorterTime(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00")
	for _, x := range []struct {
		o   owed
		due string
	}{
		{owed{kind: DutyConvene}, "2013-09-12 09:00"},
		{owed{kind: DutyConvene, urgent: true}, "2013-09-11 09:00"},
		{owed{kind: DutyNoteClosing, urgent: true}, "2013-09-17 09:00"},
		{owed{kind: DutyConvene, urgent: true, period: period("6h")}, "2013-09-10 15:00"},
		{owed{kind: DutyConvene, counted: at("2013-09-09 09:00")}, "2013-09-11 09:00"},
		{owed{kind: DutyConvene, due: at("2013-12-01 09:00")}, "2013-12-01 09:00"},
	} {
		c := s.copied()
		x.o.start = c.now
		if d := c.c.owe(x.o); !d.Due.Equal(at(x.due)) || !d.Counted.Equal(x.o.counted) {
			t.Errorf("%+v: due %s", x.o, d.Due)
		}
	}
}

func TestWhatIsOwedIsListedTheSoonestFirstAndWithoutWhatIsDone(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00")
	for i, due := range []string{"2013-09-14", "2013-09-12", "2013-09-13", "2013-09-11"} {
		s.c.owe(owed{kind: DutyHoldMeeting, owner: "CQC", subject: itoa(i), start: s.now, due: at(due)})
	}
	s.c.discharge(DutyHoldMeeting, "3", Moment{Now: s.now})
	var got []string
	for _, d := range s.c.OpenDuties() {
		got = append(got, d.Subject)
	}
	if !slices.Equal(got, []string{"1", "2", "0"}) {
		t.Errorf("%v", got)
	}
}

func TestN44_ADigestSaysWhatIsOverdueOrNearAndWhatOthersDidUnmailed(t *testing.T) {
	digest := at("2013-09-16 08:00")
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
			s.c.owe(owed{kind: DutyHoldMeeting, owner: "CQC", subject: "1", start: s.now, due: at(x.due)})
		}
		s.c.owe(owed{kind: DutyHoldMeeting, owner: "MONITOR", subject: "2", start: s.now, due: digest})
		if x.entry != "" {
			for _, verb := range []string{"letter send", "letter send", "note add", ByClock} {
				s.c.Entries = append(s.c.Entries, Entry{At: at(x.entry), Verb: verb, By: Actor{For: nhse}})
			}
		}
		got := strings.Join(s.c.digestOf("CQC", s.c.week(digest)), " / ")
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
		if x.entry != "" && strings.Contains(strings.Join(s.c.digestOf(nhse, s.c.week(digest)), " / "),
			"letter send") {
			t.Errorf("%s: a body is told of its own act", x.what)
		}
	}
}

func TestN44_WhatABodyWasMailedOfIsNoNews(t *testing.T) {
	when := at("2013-09-12 09:00")
	for _, x := range []struct {
		what  string
		n     Notice
		known bool
	}{
		{"a mail of that moment", Notice{At: when, Kind: "N16",
			To: []Recipient{{Party: "MONITOR"}, {Party: "CQC"}}}, true},
		{"of another moment", Notice{At: when.Add(1), Kind: "N16", To: []Recipient{{Party: "CQC"}}}, false},
		{"to another body", Notice{At: when, Kind: "N16", To: []Recipient{{Party: "MONITOR"}}}, false},
		{"of a calendar's entry", Notice{At: when, Kind: EntryWithdrawn,
			To: []Recipient{{Party: "CQC"}}}, false},
	} {
		s := open(t, kingsLynn, "2013-09-01 09:00")
		s.c.Notices = []Notice{x.n}
		if got := s.c.mailedAt(when, "CQC"); got != x.known {
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
		s.c.Entries = []Entry{{N: 1, At: s.now, Verb: ByClock}}
		if x.due != "" {
			s.c.owe(owed{kind: DutyNoteClosing, owner: "CQC", start: s.now, due: at("2013-12-30")})
			s.c.owe(owed{kind: DutyHoldMeeting, owner: "CQC", subject: "1", start: s.now, due: at(x.due)})
			done := s.c.owe(owed{kind: DutyHoldMeeting, owner: "CQC", subject: "2", start: s.now,
				due: s.now})
			done.End = EndDone
		}
		got, ok := s.c.nextDigest()
		if ok != (x.want != "") || ok && !got.Equal(at(x.want)) {
			t.Errorf("owed by %q: %s, %v", x.due, got, ok)
		}
	}
}
