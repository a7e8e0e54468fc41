package surveillance

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
	"holdthering/regime/words"
)

func toPeriod(s string) calendar.Period { return calendar.MustPeriod(s) }

func TestR72_LocalGroupsMeetMonthlyAndRegionalOnesQuarterlyOnWorkingDays(t *testing.T) {
	for _, c := range []struct {
		opening Opening
		want    []string
	}{
		// 1 June 2013 is a Saturday, 1 September a Sunday; the day after each is no new start.
		{eastAnglia, []string{"2013-05-01 10:00", "2013-06-03 10:00", "2013-07-01 10:00", "2013-08-01 10:00",
			"2013-09-02 10:00", "2013-10-01 10:00"}},
		{inRegion(), []string{"2013-07-01 10:00", "2013-10-01 10:00", "2014-01-02 10:00", "2014-04-01 10:00"}},
	} {
		s := group(t, "2013-04-01 09:00", c.opening)
		for _, want := range c.want {
			if n := s.next(); !n.At.Equal(regimetest.At(want)) || !calendar.Working(n.At) {
				t.Fatalf("%s: meeting %d is due %s, want %s", c.opening.PlaceName, n.N, calendar.Short(n.At), want)
			}
			s.meet()
		}
	}
}

func TestR72_AGroupChangesHowOftenItMeets(t *testing.T) {
	s := group(t, "2013-04-01 09:00").meet().
		refused("R73", "CQC", &SetGroupInterval{Interval: toPeriod("2mo")}).
		refused("", regimetest.Nhse, &SetGroupInterval{Reason: "nothing said"}).
		refused("", regimetest.Nhse, &SetGroupInterval{Interval: toPeriod("7mo")}).
		by(regimetest.Nhse, &SetGroupInterval{Interval: toPeriod("2mo"), Coverage: toPeriod("12mo"),
			Rotation: regime.ByDistrict})
	if n := s.next(); !n.At.Equal(regimetest.At("2013-07-01 10:00")) {
		t.Fatalf("%s", calendar.Short(n.At))
	}
	for _, w := range s.g.Watched {
		if d := s.owes(DutyCoverage, w.Code); !d.Due.Equal(toPeriod("12mo").After(w.last())) {
			t.Fatalf("%+v", d)
		}
	}
	s.by(regimetest.Nhse, &ScheduleGroupMeeting{At: regimetest.At("2013-06-20 14:00")}).
		by(regimetest.Nhse, &SetGroupInterval{Interval: toPeriod("1mo")})
	if n := s.next(); !n.At.Equal(regimetest.At("2013-06-20 14:00")) {
		t.Fatalf("a fixed date was moved to %s", calendar.Short(n.At))
	}
}

func TestAMeetingPutOffCountsFromTheDayOnWhichItWasHeld(t *testing.T) {
	s := group(t, "2013-04-01 09:00").at("2013-05-08 17:20").
		by(regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC"},
			Held: regimetest.At("2013-05-08 12:00")})
	if n := s.next(); !n.At.Equal(regimetest.At("2013-06-10 10:00")) { // 8 June is a Saturday
		t.Fatalf("%s", calendar.Short(n.At))
	}
}

func TestTheHourOfAMeetingStaysWhenTheClocksChange(t *testing.T) {
	o := eastAnglia
	o.First = regimetest.At("2013-10-08 14:30")
	s := group(t, "2013-09-01 09:00", o).meet()
	if n := s.next(); !n.At.Equal(regimetest.At("2013-11-08 14:30")) || n.At.UTC().Hour() != 14 {
		t.Fatalf("%s", n.At)
	}
}

func TestN38_MembersAreRemindedAndAnOverdueMeetingIsChased(t *testing.T) {
	s := group(t, "2013-04-01 09:00").at("2013-05-20 10:00")
	got := s.told("N38")
	all := "NHSCB/Q56 duty, CCG/07J duty, CCG/07K duty, LA_COMM/Q56 duty, MONITOR duty, CQC duty, " +
		"LETB/Q56 duty, HEALTHWATCH_LOCAL/Q56 duty, PHE/Q56 duty"
	want := []string{
		"Wed 17 Apr 2013 10:00: " + all, "Sun 28 Apr 2013 10:00: " + all,
		"Thu 2 May 2013 10:00: NHSCB/Q56 duty, NHSCB/Y55 duty",
		"Thu 9 May 2013 10:00: NHSCB/Q56 duty, NHSCB/Y55 duty",
		"Thu 16 May 2013 10:00: NHSCB/Q56 duty, NHSCB/Y55 duty",
	}
	if !slices.Equal(got, want) {
		t.Fatalf("%s", strings.Join(got, "\n"))
	}
	asked := s.g.Asked(s.g.Notices[0])
	if len(asked) != 2 || !strings.HasPrefix(asked[0].Says, "send what your body knows") || slices.Contains(asked[0].Of, regimetest.Nhse) ||
		!slices.Equal(asked[1].Of, []regime.Party{regimetest.Nhse}) {
		t.Fatalf("%+v", asked)
	}
	if d := s.owes(DutyGroupMeeting, "1"); !d.Overdue || d.Owner != regimetest.Nhse {
		t.Fatalf("%+v", d)
	}
	s.by(regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC"}, Record: "x"}).at("2013-05-31 10:00")
	if n := s.next(); !n.At.Equal(regimetest.At("2013-06-20 10:00")) || len(s.told("N38")) != 6 {
		t.Fatalf("%s\n%s", calendar.Short(n.At), strings.Join(s.told("N38"), "\n"))
	}
}

func TestAMeetingThatIsFixedInvitesTheMembersAtOnce(t *testing.T) {
	s := group(t, "2013-04-01 09:00").
		refused("R73", "CCG/07J", &ScheduleGroupMeeting{At: regimetest.At("2013-04-20 10:00")}).
		refused("", regimetest.Nhse, &ScheduleGroupMeeting{At: regimetest.At("2013-03-20 10:00")}).
		refused("R69", regimetest.Nhse, &ScheduleGroupMeeting{At: regimetest.At("2013-04-20 10:00"), Chair: "GMC"}).
		by(regimetest.Nhse, &ScheduleGroupMeeting{At: regimetest.At("2013-04-11 10:00"), Theme: "maternity",
			Chair: "CCG/07J"})
	if got := s.told("N38"); len(got) != 1 || !strings.Contains(got[0], "PHE/Q56 duty") {
		t.Fatalf("%v", got)
	}
	if by := s.g.Notices[0].By; !by.Equal(regimetest.At("2013-04-11 10:00")) {
		t.Fatalf("%s", by)
	}
	s.at("2013-04-11 12:00").by("CCG/07J", &HoldGroupMeeting{Present: []regime.Party{"CQC"}})
	if m, _ := s.g.LastMeeting(); m.Chair != "CCG/07J" || !slices.Contains(m.Present, "CCG/07J") {
		t.Fatalf("%+v", m)
	}
	s.by("CCG/07J", &LeaveGroup{}).refused("R73", "CCG/07J", &RecordGroupMeeting{Record: "x"})
}

func TestR73_TheRecordIsOwedWithinADayAndItsLackIsChased(t *testing.T) {
	s := group(t, "2013-04-01 09:00").at("2013-05-01 12:00").
		by(regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC"}, Considered: "RCX rgp,"})
	if d := s.owes(DutyGroupRecord, "1"); d == nil || d.Due.Sub(s.now) != 24*time.Hour || d.Owner != regimetest.Nhse {
		t.Fatalf("%+v", d)
	}
	s.at("2013-05-03 13:00").refused("R73", "CQC", &RecordGroupMeeting{Record: "x"})
	if got := s.told("N38"); len(got) < 2 || !strings.HasSuffix(got[len(got)-1], "NHSCB/Q56 duty, NHSCB/Y55 duty") {
		t.Fatalf("%v", got)
	}
	s.by(regimetest.Nhse, &RecordGroupMeeting{Record: "agreed"}).refused("", regimetest.Nhse,
		&RecordGroupMeeting{Record: "again"})
	if got := s.told("N38"); !strings.Contains(got[len(got)-1], "LETB/Q56 duty") || s.owes(DutyGroupRecord, "1") != nil {
		t.Fatalf("the members do not hear of the record: %v", got)
	}
	if m := s.g.Meetings[0]; !slices.Equal(m.Considered, []string{"RCX", "RGP"}) || m.Record != "agreed" {
		t.Fatalf("%+v", m)
	}
}

func TestAMeetingCannotBeHeldInTheFutureOrBeforeTheLastOne(t *testing.T) {
	s := group(t, "2013-04-01 09:00").meet().at("2013-06-03 10:00")
	for _, a := range []*HoldGroupMeeting{
		{Present: []regime.Party{"CQC"}, Held: regimetest.At("2013-06-04 10:00")},
		{Present: []regime.Party{"CQC"}, Held: regimetest.At("2013-04-20 10:00"), Early: "x"},
		{Present: []regime.Party{"CQC"}, Next: regimetest.At("2013-04-20 10:00")},
		{Present: []regime.Party{"CQC"}, Considered: "RZZ"},
		{Present: []regime.Party{"MARTIANS"}},
		{},
	} {
		s.refused("", regimetest.Nhse, a)
	}
}

// A group that meets every month for ten years carries no more at the end than half way.
func TestWhatIsOverLeavesAGroupAndNumbersGoOn(t *testing.T) {
	s := group(t, "2013-04-01 09:00")
	var left []Over
	for range 40 {
		s.meet()
		for i := range s.g.Notices {
			s.g.Notices[i].Settled = true
			for j := range s.g.Notices[i].To {
				s.g.Notices[i].To[j].State = ledger.StateAccepted
			}
		}
		if o := s.g.Over(s.now); !o.Empty() {
			left = append(left, o)
			s.g.LetGo(o, "d", s.now)
		}
	}
	if len(s.g.Meetings) > 4 || len(s.g.Entries) > 20 || len(s.g.Notices) > 60 || s.g.Past.Parts != len(left) {
		t.Fatalf("%d entries, %d meetings, %d notices", len(s.g.Entries), len(s.g.Meetings), len(s.g.Notices))
	}
	if n, _ := s.g.NextMeeting(); n.N != 41 {
		t.Fatalf("the next meeting is number %d", n.N)
	}
	if w := s.g.Whole(left); len(w.Meetings) != 41 || w.Entries[0].N != 1 || len(w.Entries) != w.LastEntry {
		t.Fatalf("whole: %d meetings, %d entries of %d", len(w.Meetings), len(w.Entries), w.LastEntry)
	}
}

func TestTheTimetableOfAGroupTellsWhatComesAndChangesNothing(t *testing.T) {
	s := group(t, "2013-04-01 09:00")
	before := len(s.g.Entries) + len(s.g.Notices)
	tt := s.g.Timetable(s.now, regimetest.At("2013-10-02 10:00"))
	if len(s.g.Entries)+len(s.g.Notices) != before || len(s.g.uncovered) != 0 {
		t.Fatal("the timetable changed the group")
	}
	s.at("2013-10-02 10:00")
	said, came := 0, 0
	for _, f := range tt {
		said += words.Flag(f.Kind == "N39")
	}
	came = len(s.told("N39"))
	digests := len(s.told("N44")) // they sum up, and are not foretold
	if said != 1 || came != 1 || len(tt) != len(s.g.Notices)-digests+len(s.g.Entries) {
		t.Fatalf("%d said, %d came; %d forecasts, %d notices, %d entries", said, came, len(tt),
			len(s.g.Notices), len(s.g.Entries))
	}
}

func TestR72_ANewIntervalMovesAMeetingThatNobodyFixedAndNeverIntoThePast(t *testing.T) {
	open := func() *groupScript { return group(t, "2013-04-01 09:00") }
	every := func(interval string) Act { return &SetGroupInterval{Interval: toPeriod(interval)} }
	first := open().next()
	for _, x := range []struct {
		what string
		s    *groupScript
		act  Act
		at   string
	}{
		{"none given", open(), &SetGroupInterval{Coverage: toPeriod("8mo")}, ""},
		{"longer", open(), every("2mo"), "2013-06-03"},
		{"a day at least", open(), every("1d"), "2013-04-02"},
		{"long gone by", open().at("2013-04-20 09:00"), every("7d"), "2013-04-22"},
		{"from the last meeting", open().meet("CQC"), every("3mo"), "2013-08-01"},
		{"fixed", open().by(regimetest.Nhse, &ScheduleGroupMeeting{At: regimetest.At("2013-04-25 10:00")}), every("2mo"),
			"2013-04-25"},
	} {
		x.s.by(regimetest.Nhse, x.act)
		want := first.At
		if x.at != "" {
			want = calendar.AtTimeOf(regimetest.At(x.at), first.At)
		}
		if x.what == "fixed" {
			want = regimetest.At("2013-04-25 10:00")
		}
		n := x.s.next()
		if d := x.s.owes(DutyGroupMeeting, strconv.Itoa(n.N)); !n.At.Equal(want) || !d.Due.Equal(want) {
			t.Errorf("%s: %s, owed by %s, want %s", x.what, n.At, d.Due, want)
		}
	}
	s := open()
	tryAllInGroup(t, groupTrial{s, regimetest.Nhse, every("1d"), ""},
		groupTrial{s, regimetest.Nhse, every("23h"), "at least a day"},
		groupTrial{s, regimetest.Nhse, every("6mo"), ""},
		groupTrial{s, regimetest.Nhse, &SetGroupInterval{Interval: toPeriod("6mo"), Coverage: toPeriod("5mo")},
			"not every provider"},
		groupTrial{s, "CQC", every("2mo"), "R73: "})
	s.by(regimetest.Nhse, &SetGroupInterval{Coverage: toPeriod("8mo"), Rotation: regime.ByDistrict})
	if d := s.owes(DutyCoverage, "RCX"); !d.Due.Equal(regimetest.At("2013-12-01 09:00")) ||
		s.g.Rotation != regime.ByDistrict {
		t.Errorf("%+v, by %s", d, s.g.Rotation)
	}
	if s.by(regimetest.Nhse, every("2mo")); s.g.Rotation != regime.ByDistrict ||
		!s.owes(DutyCoverage, "RCX").Due.Equal(regimetest.At("2013-12-01 09:00")) {
		t.Error("what is not given stays")
	}
}

func TestAMeetingHeldOnAnotherDayThanItWasFixedForSaysSo(t *testing.T) {
	group(t, "2013-04-01 09:00").by(regimetest.Nhse, &ScheduleGroupMeeting{At: regimetest.At("2013-04-20 10:00")}).
		at("2013-04-18 10:00").by(regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC"}, Record: "x",
		Early: "the hall is closed"}).
		saysIn("It was fixed for 20 April 2013.")
}

func TestR72_TheRecordOfAMeetingSaysWhenTheNextOneIs(t *testing.T) {
	s := group(t, "2013-04-01 09:00").by(regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC"},
		Early: "x"}).
		by(regimetest.Nhse, &RecordGroupMeeting{Record: "what was agreed"})
	n := s.g.Notices[len(s.g.Notices)-1]
	if !strings.Contains(n.Text, "The draft record of meeting 1") || !strings.Contains(n.Text, "; the next is "+s.g.meetingWords(*s.g.next())) {
		t.Errorf("%+v", n)
	}
}
