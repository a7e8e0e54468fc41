package regime

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// mailTo is a ledger with one notice of two days ago to one contact, of which so much is known.
func mailTo(t *testing.T, r Recipient) *script {
	s := unposted(t)
	s.now = at("2013-09-12 09:00")
	r.Party, r.Level = "CQC", LevelDuty
	s.c.Notices = []Notice{{ID: "n1", Kind: "N1", At: at("2013-09-10 09:00"), To: []Recipient{r}}}
	return s
}

func (s *script) heard(state Told, when string) (int, Recipient) {
	news := s.c.Hear([]MailEvent{{Mail: s.mailOf(0), State: state, At: at(when)}}, s.now)
	return news, s.c.Notices[0].To[0]
}

func TestTheTimeOfAnEventIsTheServicesUnlessItCannotBe(t *testing.T) {
	for when, want := range map[string]string{
		"2013-09-11 10:00": "2013-09-11 10:00", "2013-09-10 09:00": "2013-09-10 09:00",
		"2013-09-12 09:00": "2013-09-12 09:00", "2013-09-10 08:59": "2013-09-12 09:00",
		"2013-09-12 09:01": "2013-09-12 09:00",
	} {
		if _, r := mailTo(t, Recipient{State: ToldAccepted}).
			heard(ToldDelivered, when); !r.Way.Delivered.Equal(at(want)) {
			t.Errorf("told of %s, and taken for %s", when, r.Way.Delivered)
		}
	}
}

func TestWordOfAMailSettlesItButNotOneThatStillWaitsToGo(t *testing.T) {
	retry := at("2013-09-13 09:00")
	for _, x := range []struct {
		was, heard Told
		news       int
		state      Told
	}{
		{ToldAccepted, ToldDelivered, 1, ToldDelivered}, {ToldAccepted, ToldAccepted, 0, ToldAccepted},
		{ToldUnknown, ToldAccepted, 1, ToldAccepted}, {ToldDelivered, ToldDeferred, 0, ToldDelivered},
		{ToldWaiting, ToldDeferred, 1, ToldDeferred}, {ToldComplained, ToldBounced, 0, ToldComplained},
	} {
		s := mailTo(t, Recipient{State: x.was, Retry: retry})
		news, r := s.heard(x.heard, "2013-09-11 10:00")
		if news != x.news || r.State != x.state || !r.Retry.IsZero() || !r.Way.Heard.Equal(s.now) {
			t.Errorf("%+v: %d news, %+v", x, news, r)
		}
	}
	s := mailTo(t, Recipient{State: ToldWaiting, Retry: retry, Way: Way{Heard: at("2013-09-11 09:00")}})
	if news, r := s.heard(ToldWaiting, "2013-09-11 10:00"); news != 0 || !r.Retry.Equal(retry) ||
		!r.Way.Heard.Equal(at("2013-09-11 09:00")) {
		t.Errorf("a mail that waits to go: %d news, %+v", news, r)
	}
}

func TestAMailboxThatTwoShareIsHeardOfForBothByTheIDOfTheOneMail(t *testing.T) {
	s := mailTo(t, Recipient{State: ToldAccepted})
	n := &s.c.Notices[0]
	n.To = append(n.To, Recipient{Party: "MONITOR", Level: LevelDuty, State: ToldAccepted,
		Mail: s.mailOf(0)},
		Recipient{Party: "TDA", Level: LevelDuty, State: ToldAccepted})
	if news, _ := s.heard(ToldDelivered, "2013-09-11 10:00"); news != 2 || n.To[1].State != ToldDelivered ||
		n.To[2].State != ToldAccepted {
		t.Errorf("%d news, %+v", news, n.To)
	}
}

func TestASecondFailureOfTheSameMailTurnsToNobodyElse(t *testing.T) {
	s := mailTo(t, Recipient{State: ToldBounced})
	if news, _ := s.heard(ToldComplained, "2013-09-11 10:00"); news != 1 || len(s.c.Notices[0].To) != 1 {
		t.Errorf("%d news, %+v", news, s.c.Notices[0].To)
	}
	s = mailTo(t, Recipient{State: ToldDelivered})
	if news, _ := s.heard(ToldBounced, "2013-09-11 10:00"); news != 1 || len(s.c.Notices[0].To) != 2 ||
		s.c.Notices[0].Gone {
		t.Errorf("%d news, %+v", news, s.c.Notices[0])
	}
}

func TestEventsAreTakenFromOneToABatch(t *testing.T) {
	one := MailEvent{Mail: strings.Repeat("0", 36), State: ToldBounced}
	for n, taken := range map[int]bool{0: false, 1: true, MaxEvents: true, MaxEvents + 1: false} {
		if err := CheckEvents(slices.Repeat([]MailEvent{one}, n)); (err == nil) != taken {
			t.Errorf("%d events: %v", n, err)
		}
	}
	for _, state := range []Told{ToldAccepted, ToldDeferred, ToldDelivered, ToldBounced, ToldDropped,
		ToldComplained,
		ToldWaiting, ToldUnknown, ToldRefused, ToldNobody, ToldSpared, ""} {
		err := CheckEvents([]MailEvent{one, {Mail: one.Mail, State: state}})
		if told := slices.Contains(eventStates, state); (err == nil) != told {
			t.Errorf("%q: %v", state, err)
		}
	}
}

// Silence about a mail says nothing as long as a later one is as silent: of all of which the
// service is yet to tell, only the last is tried again.
func TestOfSeveralSilentMailsOnlyTheLastIsTriedAgain(t *testing.T) {
	tried := func(when string, awaits bool) Recipient {
		return Recipient{Level: LevelDuty, State: ToldAccepted, Retry: at("2013-09-11 09:00"),
			Way: Way{Tried: at(when), Awaits: awaits}}
	}
	for _, x := range []struct {
		what    string
		heardOf string
		mails   []Recipient
		again   string // which go, by their places
	}{
		{"one alone", "", []Recipient{tried("2013-09-10 10:00", true)}, "0"},
		{"the later of two", "", []Recipient{tried("2013-09-10 11:00", true),
			tried("2013-09-10 10:00", true)}, "0"},
		{"the last of one time", "", []Recipient{tried("2013-09-10 10:00", true),
			tried("2013-09-10 10:00", true)}, "1"},
		{"a later one heard of", "2013-09-10 10:30",
			[]Recipient{tried("2013-09-10 10:00", true), tried("2013-09-10 11:00", true)}, "0 1"},
		{"it was heard of itself", "2013-09-10 10:00",
			[]Recipient{tried("2013-09-10 10:00", true), tried("2013-09-10 11:00", true)}, "0 1"},
		{"one of which nothing is to be told", "",
			[]Recipient{tried("2013-09-10 10:00", false), tried("2013-09-10 11:00", true)}, "0 1"},
		{"a later one of which nothing is to be told", "",
			[]Recipient{tried("2013-09-10 10:00", true), tried("2013-09-10 11:00", false)}, "0 1"},
	} {
		for _, together := range []bool{true, false} { // in one notice, or in one each
			s := unposted(t)
			s.now, s.c.Notices = at("2013-09-12 09:00"), nil
			if x.heardOf != "" {
				s.c.HeardOf = at(x.heardOf)
			}
			for i, r := range x.mails {
				r.Party = []Party{"CQC", "MONITOR"}[i]
				if together && i > 0 {
					s.c.Notices[0].To = append(s.c.Notices[0].To, r)
					continue
				}
				s.c.Notices = append(s.c.Notices, Notice{ID: "n" + itoa(i+1), Kind: "N1",
					At: at("2013-09-10 09:00"), To: []Recipient{r}})
			}
			var again []string
			for _, n := range s.c.ToSend(s.now) {
				for _, r := range n.To {
					again = append(again, itoa(flag(r.Party == "MONITOR")))
				}
			}
			if got := strings.Join(again, " "); got != x.again {
				t.Errorf("%s, together %v: %s, want %s", x.what, together, got, x.again)
			}
			if r := s.c.NextRetry(); !r.Equal(at("2013-09-11 09:00")) {
				t.Errorf("%s: the clock wakes %s", x.what, r)
			}
		}
	}
}

func TestWhatWaitsToBeSentIsSentWhenItsTimeHasComeAndAsLongAsItIsNeeded(t *testing.T) {
	now := at("2013-09-12 09:00")
	for _, x := range []struct {
		what                string
		r                   Recipient
		rung                int
		ended               time.Duration // after the notice, its duty has; 0: it is open
		goes, fresh, unsent bool
		retry               time.Time
	}{
		{"never tried", Recipient{}, 0, 0, true, true, true, time.Time{}},
		{"held until now", Recipient{Hold: now}, 0, 0, true, false, true, now},
		{"held for longer", Recipient{Hold: now.Add(1)}, 0, 0, false, false, true, now.Add(1)},
		{"to be tried now", Recipient{State: ToldWaiting, Retry: now}, 0, 0, true, false, true, now},
		{"to be tried later", Recipient{State: ToldWaiting, Retry: now.Add(1)}, 0, 0, false, false,
			true, now.Add(1)},
		{"tried once for all", Recipient{State: ToldRefused}, 0, 0, false, false, false, time.Time{}},
		{"accepted", Recipient{State: ToldAccepted}, 0, 0, false, false, false, time.Time{}},
		{"accepted, silent twice", Recipient{State: ToldAccepted, Retry: now, Way: Way{Again: 2}}, 0, 0,
			true, false, false, now},
		{"accepted, silent once", Recipient{State: ToldAccepted, Retry: now, Way: Way{Again: 1}}, 0, 0,
			true, false, true, now},
		{"waiting after two tries", Recipient{State: ToldWaiting, Retry: now, Way: Way{Again: 2}}, 0, 0,
			true, false, true, now},
		{"an event of what is done", Recipient{}, 0, time.Hour, true, true, true, time.Time{}},
		{"a held event of what is done", Recipient{Hold: now}, 0, time.Hour, false, false, false,
			time.Time{}},
		{"a reminder of what is done", Recipient{}, 1, time.Hour, false, false, false, time.Time{}},
		{"a reminder of what is open", Recipient{}, 1, 0, true, true, true, time.Time{}},
		{"a reminder that went with the end", Recipient{}, 1, -1, true, true, true, time.Time{}},
	} {
		s := unposted(t)
		d := &s.c.Duties[0]
		n := Notice{ID: "n1", Kind: "N1", At: at("2013-09-10 09:00"), Duty: d.ID, Rung: x.rung}
		if x.ended != 0 {
			d.End, d.Ended = EndDone, n.At.Add(max(0, x.ended))
		}
		x.r.Party, x.r.Level = "CQC", LevelDuty
		n.To = []Recipient{x.r}
		s.c.Notices = []Notice{n}
		if got := len(s.c.ToSend(now)) == 1; got != x.goes {
			t.Errorf("%s: goes %v", x.what, got)
		}
		if got := len(s.c.FreshNotices()) == 1; got != x.fresh {
			t.Errorf("%s: fresh %v", x.what, got)
		}
		if got := s.c.Unsent(); got != x.unsent {
			t.Errorf("%s: unsent %v", x.what, got)
		}
		if got := s.c.NextRetry(); !got.Equal(x.retry) {
			t.Errorf("%s: to be tried again %s", x.what, got)
		}
		s.c.putAway()
		if got := s.c.Notices[0].Gone; got == (x.unsent || x.r.State == ToldAccepted &&
			!x.r.Retry.IsZero()) {
			t.Errorf("%s: put away %v", x.what, got)
		}
	}
}
