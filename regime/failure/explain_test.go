package failure

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// why asks and gives the answer as one text.
func (s *script) why(what string) string {
	s.Helper()
	e, err := s.c.Why(what)
	if err != nil {
		s.Fatal(err)
	}
	raw, err := json.Marshal(e)
	if err != nil {
		s.Fatal(err)
	}
	return string(raw)
}

func (s *script) holds(text string, parts ...string) {
	s.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			s.Errorf("%q is not in %s", p, text)
		}
	}
}

func TestADutyIsExplainedFromItsEntryToItsLastRung(t *testing.T) {
	s := responding(t, kingsLynn)
	d := s.duty(DutyFirstMeeting, "")
	text := s.why(strings.ToLower(d.ID))
	s.holds(text, `"about":"`+d.ID+`"`, "recorded the collective judgement: potential failure",
		"48 elapsed hours after the collective judgement of Thursday 12 September 2013, 16:10 UK time = "+
			"Saturday 14 September 2013, 16:10 UK time", "laid down by a source", "003:L858")
	e, _ := s.c.Why(d.ID)
	row, _ := s.c.profile().Duty(d.Kind)
	if len(e.Rungs) < len(row.Ladder) || len(e.Rules) != 1 || e.Rules[0].ID != row.Rule {
		t.Errorf("%d rungs, rules %v", len(e.Rungs), e.Rules)
	}
	s.at("2013-09-15 10:00")
	s.holds(s.why(d.ID), "open, and overdue", `"mails":[{"notice":"n`)
}

func TestAMailIsExplainedByItsEventOrItsRung(t *testing.T) {
	s := responding(t, kingsLynn).at("2013-09-14 12:00")
	rung, event := false, false
	for _, n := range s.c.Notices {
		e, err := s.c.Why(n.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(e.Told) != len(n.To) || len(e.Rules) != 1 {
			t.Errorf("%s: %+v", n.ID, e)
		}
		for _, to := range e.Told {
			if to.Why == "" || to.Came != "accepted by the mail service" &&
				!strings.HasPrefix(to.Came, "goes Mon 16 Sep 2013 08:00") {
				t.Errorf("%s (%s) does not say why %s", n.ID, n.Kind, to.Party)
			}
		}
		rung = rung || strings.Contains(s.why(n.ID), ", rung ")
		event = event || strings.Contains(s.why(n.ID), "entry ")
	}
	if !rung || !event {
		t.Error("no mail of a rung, or none of an event")
	}
}

func TestEveryEntryDutyMailMemberAndRuleHasAnExplanation(t *testing.T) {
	for stage, s := range everyStage(t) {
		listed := s.c.Explained()
		if len(listed) < len(s.c.Duties)+len(s.c.Notices)+len(s.c.Entries) {
			t.Errorf("%s: %d are listed", stage, len(listed))
		}
		for _, p := range listed {
			if e, err := s.c.Why(p.On); err != nil || e.Title == "" || len(e.Points) == 0 {
				t.Errorf("%s, %s: %v", stage, p.On, err)
			}
		}
		for _, m := range s.c.Members {
			if _, err := s.c.Why(string(m.Party)); err != nil {
				t.Errorf("%s, %s: %v", stage, m.Party, err)
			}
		}
	}
	s := responding(t, kingsLynn)
	for _, r := range regime.Rules() {
		if e, err := s.c.Why(r.ID); err != nil || e.Title != r.Says {
			t.Errorf("%s: %v", r.ID, err)
		}
	}
}

func TestAPartyIsToldWhyItWasInvitedOrLeftOut(t *testing.T) {
	s := triggered(t, kingsLynn).by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 10:00"),
		Also: []regime.Party{"GMC"}, Why: "trainees", LeftOut: []regime.Party{"POLICE"}, WhyNot: "no crime"})
	s.holds(s.why("police"), "considered and left out: no crime")
	s.holds(s.why("GMC"), "invited by the circumstances: trainees", "brought in")
	s.holds(s.why("CQC"), "relevant to this type of provider", "has not answered")
	s.holds(s.why("NMC"), "neither invited")
	s.holds(s.why("provider"), "never a member")
}

func TestAnExplanationTellsNothingThatIsSealedOrProtected(t *testing.T) {
	s := inSession(t, kingsLynn)
	s.by("CQC", &JudgeForOneself{View: "the ward must close", Sealed: true})
	s.by("CCG/07J", &RecordConcern{Kind: "training-unsafe", Profession: "doctor", What: "nights",
		Source: "whistleblower", SourceNote: "the night registrar", Protect: true})
	for _, p := range s.c.Explained() {
		text := s.why(p.On)
		for _, secret := range []string{"the ward must close", "night registrar"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s tells %q: %s", p.On, secret, text)
			}
		}
	}
}

func TestExplainingChangesNothing(t *testing.T) {
	s := responding(t, kingsLynn)
	before, _ := json.Marshal(s.c)
	for _, p := range s.c.Explained() {
		s.why(p.On)
	}
	if after, _ := json.Marshal(s.c); !slices.Equal(before, after) {
		t.Error("the case has changed")
	}
}

func TestWhatACaseDoesNotHoldIsAMistake(t *testing.T) {
	s := triggered(t, kingsLynn)
	for _, what := range []string{"", "D999", "n999", "999", "R999", "the moon", "9999999999999999"} {
		if _, err := s.c.Why(what); err == nil || regime.RefusedBy(err) != "" {
			t.Errorf("%q: %v", what, err)
		}
	}
}

// opened puts a duty of the kind, with its row's period, into an empty case.
func opened(t *testing.T, row regime.DutyRow, period calendar.Period, start string) (*script, ledger.Duty) {
	s := open(t, kingsLynn, start)
	o := ledger.DutySpec{Kind: row.Kind, Owner: "CQC", Subject: "1", Start: s.now, Period: period}
	if period.IsZero() && row.Period.IsZero() {
		o.Due = s.now.AddDate(0, 0, 9)
	}
	s.c.pen.OpenDuty(o)
	return s, s.c.Duties[len(s.c.Duties)-1]
}

// byHand adds a period without the calendar's own arithmetic.
func byHand(start time.Time, p calendar.Period) time.Time {
	n, _ := strconv.Atoi(strings.TrimRight(p.String(), "mohdw"))
	switch unit := strings.TrimLeft(p.String(), "-0123456789"); unit {
	case "h":
		return start.Add(time.Duration(n) * time.Hour)
	case "d":
		return start.AddDate(0, 0, n)
	case "mo":
		t := start.AddDate(0, n, 0)
		for t.Day() != start.Day() && t.Day() < 4 { // the month is too short: its last day
			t = t.AddDate(0, 0, -1)
			if t.Day() > 27 {
				break
			}
		}
		return t
	}
	t := start
	for !calendar.Working(t) {
		t = t.AddDate(0, 0, 1)
	}
	for ; n > 0; n-- {
		for t = t.AddDate(0, 0, 1); !calendar.Working(t); {
			t = t.AddDate(0, 0, 1)
		}
	}
	return t
}

// lastDay counts working days one by one, as on a wall calendar.
func lastDay(from time.Time, p calendar.Period, first regime.FirstDay) time.Time {
	n, _ := strconv.Atoi(strings.TrimSuffix(p.String(), "wd"))
	day := calendar.AtHour(from, 12)
	if first == regime.FirstDayNext {
		day = day.AddDate(0, 0, 1)
	}
	for ; ; day = day.AddDate(0, 0, 1) {
		if calendar.Working(day) {
			n--
		}
		if n == 0 {
			return calendar.AtHour(day, 23).Add(59 * time.Minute)
		}
	}
}

func TestTheArithmeticOfEveryKindOfDutyIsExplainedAndRight(t *testing.T) {
	explained := regexp.MustCompile(`^(\d+ [a-z ]+) (?:after (?:.* of )?|before )(\w+day \d+ \w+ \d+, \d\d:\d\d UK time)(.*) = ` +
		`(\w+day \d+ \w+ \d+, \d\d:\d\d UK time)`)
	for _, row := range england(t).Duties {
		for _, start := range []string{"2013-09-10 16:10", "2013-10-26 23:30", "2013-08-31 09:00", "2014-12-24 10:00"} {
			for _, period := range []calendar.Period{{}, row.UrgentPeriod} {
				s, d := opened(t, row, period, start)
				e, err := s.c.Why(d.ID)
				if err != nil {
					t.Fatal(err)
				}
				said := ""
				for _, p := range e.Points {
					if p.On == "due" {
						said = p.Says
					}
				}
				if d.Period.IsZero() {
					s.holds(said, calendar.Instant(d.Due), "a date that was given")
					continue
				}
				if row.FirstDay != "" {
					s.holds(said, d.Period.Words(), calendar.Day(s.now), "= "+calendar.Instant(lastDay(s.now, d.Period, row.FirstDay)))
					continue
				}
				m := explained.FindStringSubmatch(said)
				if m == nil || m[1] != strings.TrimSuffix(d.Period.Words(), " before") || m[2] != calendar.Instant(s.now) ||
					m[4] != calendar.Instant(byHand(s.now.In(calendar.London), d.Period)) {
					t.Errorf("%s from %s, %s: %s", row.Kind, start, d.Period, said)
				}
			}
		}
	}
}

func TestDatesAreExplainedFromWhatTheyCountFrom(t *testing.T) {
	s := responding(t, kingsLynn)
	s.holds(s.why(s.duty(DutyFirstMeeting, "").ID), "48 elapsed hours after the collective judgement of "+
		"Thursday 12 September 2013, 16:10 UK time = Saturday 14 September 2013, 16:10 UK time")
	s = placed(t)
	s.holds(s.why(s.duty(DutyReinspect, "").ID), "12 calendar months after the entry into special measures of "+
		"Friday 25 October 2013, 10:00 UK time = Saturday 25 October 2014, 10:00 UK time")
	s.holds(s.why(s.duty(DutyProgress, "1").ID), "1 calendar month after the entry into special measures of ")
	s.at("2014-01-26 10:00")
	s.holds(s.why(s.duty(DutyProgress, "3").ID), "3 calendar months after the entry into special measures of "+
		"Friday 25 October 2013, 10:00 UK time = Saturday 25 January 2014, 10:00 UK time")
}

func TestWhyAPartyWasToldIsKeptWhenItHasTheRoleNoLonger(t *testing.T) {
	s := responding(t, kingsLynn).by(regimetest.Nhse,
		&ScheduleMeeting{At: regimetest.At("2013-09-14 10:00")}).at("2013-09-14 18:00")
	var mail string
	for _, n := range s.c.Notices {
		for _, r := range n.To {
			if r.As == "ring-holder" || r.As == "owner" && r.Party == regimetest.Nhse {
				mail = n.ID
			}
		}
	}
	if mail == "" {
		t.Fatal("nobody was told as the ring-holder, or as who owes it")
	}
	before, _ := s.c.Why(mail)
	s.by(regimetest.Nhse, &HandOverRing{To: "MONITOR", Reason: "x"}).by("MONITOR", &AcceptRing{})
	after, _ := s.c.Why(mail)
	for i := range before.Told {
		if before.Told[i].Why == "" || before.Told[i].Why != after.Told[i].Why {
			t.Errorf("%s: first %q, then %q", before.Told[i].Name, before.Told[i].Why, after.Told[i].Why)
		}
	}
}

// Some notices name who they are for without a role; why each was told is then found by the rung.
func TestWhoWasToldByARungIsExplainedWithoutTheRoleAsWell(t *testing.T) {
	s := responding(t, kingsLynn).at("2013-09-20 10:00")
	last := 0
	for i := range s.c.Notices {
		n := &s.c.Notices[i]
		if n.Rung == 0 || n.Kind == regime.NoticeDigest {
			continue
		}
		for _, d := range s.c.Duties {
			if row, _ := s.c.profile().Duty(d.Kind); d.ID == n.Duty && n.Rung == len(row.Ladder) {
				want, _ := s.c.Why(n.ID)
				for j := range n.To {
					n.To[j].As = ""
				}
				got, _ := s.c.Why(n.ID)
				for j := range got.Told {
					if got.Told[j].Why != want.Told[j].Why {
						t.Errorf("%s, %s: %s, want %s", n.ID, d.Kind, got.Told[j].Why, want.Told[j].Why)
					}
				}
				last++
			}
		}
	}
	if last == 0 {
		t.Error("no ladder came to its end")
	}
}
