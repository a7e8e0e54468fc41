package failure

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
	"holdthering/regime/words"
)

// mailTo is a ledger with one notice of two days ago to one contact, of which so much is known.
func mailTo(t *testing.T, r ledger.Recipient) *script {
	s := unposted(t)
	s.now = regimetest.At("2013-09-12 09:00")
	r.Party, r.Level = "CQC", regime.LevelDuty
	s.c.Notices = []ledger.Notice{{ID: "n1", Kind: "N1", At: regimetest.At("2013-09-10 09:00"),
		To: []ledger.Recipient{r}}}
	return s
}

func (s *script) heard(state ledger.DeliveryState, when string) (int, ledger.Recipient) {
	news := s.c.pen.RecordDeliveryEvents([]ledger.MailEvent{{Mail: s.mailOf(0), State: state,
		At: regimetest.At(when)}}, s.now)
	return news, s.c.Notices[0].To[0]
}

func TestTheTimeOfAnEventIsTheServicesUnlessItCannotBe(t *testing.T) {
	for when, want := range map[string]string{
		"2013-09-11 10:00": "2013-09-11 10:00", "2013-09-10 09:00": "2013-09-10 09:00",
		"2013-09-12 09:00": "2013-09-12 09:00", "2013-09-10 08:59": "2013-09-12 09:00",
		"2013-09-12 09:01": "2013-09-12 09:00",
	} {
		if _, r := mailTo(t, ledger.Recipient{State: ledger.StateAccepted}).
			heard(ledger.StateDelivered, when); !r.Times.Delivered.Equal(regimetest.At(want)) {
			t.Errorf("told of %s, and taken for %s", when, r.Times.Delivered)
		}
	}
}

func TestWordOfAMailSettlesItButNotOneThatStillWaitsToGo(t *testing.T) {
	retry := regimetest.At("2013-09-13 09:00")
	for _, x := range []struct {
		was, heard ledger.DeliveryState
		news       int
		state      ledger.DeliveryState
	}{
		{ledger.StateAccepted, ledger.StateDelivered, 1, ledger.StateDelivered}, {ledger.StateAccepted, ledger.StateAccepted, 0, ledger.StateAccepted},
		{ledger.StateUnknown, ledger.StateAccepted, 1, ledger.StateAccepted}, {ledger.StateDelivered, ledger.StateDeferred, 0, ledger.StateDelivered},
		{ledger.StateWaiting, ledger.StateDeferred, 1, ledger.StateDeferred}, {ledger.StateComplained, ledger.StateBounced, 0, ledger.StateComplained},
	} {
		s := mailTo(t, ledger.Recipient{State: x.was, RetryAt: retry})
		news, r := s.heard(x.heard, "2013-09-11 10:00")
		if news != x.news || r.State != x.state || !r.RetryAt.IsZero() || !r.Times.FirstEvent.Equal(s.now) {
			t.Errorf("%+v: %d news, %+v", x, news, r)
		}
	}
	s := mailTo(t, ledger.Recipient{State: ledger.StateWaiting, RetryAt: retry,
		Times: ledger.DeliveryTimes{FirstEvent: regimetest.At("2013-09-11 09:00")}})
	if news, r := s.heard(ledger.StateWaiting, "2013-09-11 10:00"); news != 0 || !r.RetryAt.Equal(retry) ||
		!r.Times.FirstEvent.Equal(regimetest.At("2013-09-11 09:00")) {
		t.Errorf("a mail that waits to go: %d news, %+v", news, r)
	}
}

func TestAMailboxThatTwoShareIsHeardOfForBothByTheIDOfTheOneMail(t *testing.T) {
	s := mailTo(t, ledger.Recipient{State: ledger.StateAccepted})
	n := &s.c.Notices[0]
	n.To = append(n.To, ledger.Recipient{Party: "MONITOR", Level: regime.LevelDuty, State: ledger.StateAccepted,
		Mail: s.mailOf(0)},
		ledger.Recipient{Party: "TDA", Level: regime.LevelDuty, State: ledger.StateAccepted})
	if news, _ := s.heard(ledger.StateDelivered, "2013-09-11 10:00"); news != 2 || n.To[1].State != ledger.StateDelivered ||
		n.To[2].State != ledger.StateAccepted {
		t.Errorf("%d news, %+v", news, n.To)
	}
}

func TestASecondFailureOfTheSameMailTurnsToNobodyElse(t *testing.T) {
	s := mailTo(t, ledger.Recipient{State: ledger.StateBounced})
	if news, _ := s.heard(ledger.StateComplained, "2013-09-11 10:00"); news != 1 || len(s.c.Notices[0].To) != 1 {
		t.Errorf("%d news, %+v", news, s.c.Notices[0].To)
	}
	s = mailTo(t, ledger.Recipient{State: ledger.StateDelivered})
	if news, _ := s.heard(ledger.StateBounced, "2013-09-11 10:00"); news != 1 || len(s.c.Notices[0].To) != 2 ||
		s.c.Notices[0].Settled {
		t.Errorf("%d news, %+v", news, s.c.Notices[0])
	}
}

// Silence about a mail says nothing as long as a later one is as silent: of all of which the
// service is yet to tell, only the last is tried again.
func TestOfSeveralSilentMailsOnlyTheLastIsTriedAgain(t *testing.T) {
	tried := func(when string, awaits bool) ledger.Recipient {
		return ledger.Recipient{Level: regime.LevelDuty, State: ledger.StateAccepted, RetryAt: regimetest.At("2013-09-11 09:00"),
			Times: ledger.DeliveryTimes{Tried: regimetest.At(when), AwaitsEvents: awaits}}
	}
	for _, x := range []struct {
		what    string
		heardOf string
		mails   []ledger.Recipient
		again   string // which go, by their places
	}{
		{"one alone", "", []ledger.Recipient{tried("2013-09-10 10:00", true)}, "0"},
		{"the later of two", "", []ledger.Recipient{tried("2013-09-10 11:00", true),
			tried("2013-09-10 10:00", true)}, "0"},
		{"the last of one time", "", []ledger.Recipient{tried("2013-09-10 10:00", true),
			tried("2013-09-10 10:00", true)}, "1"},
		{"a later one heard of", "2013-09-10 10:30",
			[]ledger.Recipient{tried("2013-09-10 10:00", true), tried("2013-09-10 11:00", true)}, "0 1"},
		{"it was heard of itself", "2013-09-10 10:00",
			[]ledger.Recipient{tried("2013-09-10 10:00", true), tried("2013-09-10 11:00", true)}, "0 1"},
		{"one of which nothing is to be told", "",
			[]ledger.Recipient{tried("2013-09-10 10:00", false), tried("2013-09-10 11:00", true)}, "0 1"},
		{"a later one of which nothing is to be told", "",
			[]ledger.Recipient{tried("2013-09-10 10:00", true), tried("2013-09-10 11:00", false)}, "0 1"},
	} {
		for _, together := range []bool{true, false} { // in one notice, or in one each
			s := unposted(t)
			s.now, s.c.Notices = regimetest.At("2013-09-12 09:00"), nil
			if x.heardOf != "" {
				s.c.EventsUpTo = regimetest.At(x.heardOf)
			}
			for i, r := range x.mails {
				r.Party = []regime.Party{"CQC", "MONITOR"}[i]
				if together && i > 0 {
					s.c.Notices[0].To = append(s.c.Notices[0].To, r)
					continue
				}
				s.c.Notices = append(s.c.Notices, ledger.Notice{ID: "n" + strconv.Itoa(i+1), Kind: "N1",
					At: regimetest.At("2013-09-10 09:00"), To: []ledger.Recipient{r}})
			}
			var again []string
			for _, n := range s.c.ToSend(s.now) {
				for _, r := range n.To {
					again = append(again, strconv.Itoa(words.Flag(r.Party == "MONITOR")))
				}
			}
			if got := strings.Join(again, " "); got != x.again {
				t.Errorf("%s, together %v: %s, want %s", x.what, together, got, x.again)
			}
			if r := s.c.NextRetry(); !r.Equal(regimetest.At("2013-09-11 09:00")) {
				t.Errorf("%s: the clock wakes %s", x.what, r)
			}
		}
	}
}

func TestWhatWaitsToBeSentIsSentWhenItsTimeHasComeAndAsLongAsItIsNeeded(t *testing.T) {
	now := regimetest.At("2013-09-12 09:00")
	for _, x := range []struct {
		what                string
		r                   ledger.Recipient
		rung                int
		ended               time.Duration // after the notice, its duty has; 0: it is open
		goes, fresh, unsent bool
		retry               time.Time
	}{
		{"never tried", ledger.Recipient{}, 0, 0, true, true, true, time.Time{}},
		{"held until now", ledger.Recipient{NotBefore: now}, 0, 0, true, false, true, now},
		{"held for longer", ledger.Recipient{NotBefore: now.Add(1)}, 0, 0, false, false, true, now.Add(1)},
		{"to be tried now", ledger.Recipient{State: ledger.StateWaiting, RetryAt: now}, 0, 0, true, false, true, now},
		{"to be tried later", ledger.Recipient{State: ledger.StateWaiting, RetryAt: now.Add(1)}, 0, 0, false, false,
			true, now.Add(1)},
		{"tried once for all", ledger.Recipient{State: ledger.StateRefused}, 0, 0, false, false, false, time.Time{}},
		{"accepted", ledger.Recipient{State: ledger.StateAccepted}, 0, 0, false, false, false, time.Time{}},
		{"accepted, silent twice", ledger.Recipient{State: ledger.StateAccepted, RetryAt: now, Times: ledger.DeliveryTimes{Again: 2}}, 0, 0,
			true, false, false, now},
		{"accepted, silent once", ledger.Recipient{State: ledger.StateAccepted, RetryAt: now, Times: ledger.DeliveryTimes{Again: 1}}, 0, 0,
			true, false, true, now},
		{"waiting after two tries", ledger.Recipient{State: ledger.StateWaiting, RetryAt: now, Times: ledger.DeliveryTimes{Again: 2}}, 0, 0,
			true, false, true, now},
		{"an event of what is done", ledger.Recipient{}, 0, time.Hour, true, true, true, time.Time{}},
		{"a held event of what is done", ledger.Recipient{NotBefore: now}, 0, time.Hour, false, false, false,
			time.Time{}},
		{"a reminder of what is done", ledger.Recipient{}, 1, time.Hour, false, false, false, time.Time{}},
		{"a reminder of what is open", ledger.Recipient{}, 1, 0, true, true, true, time.Time{}},
		{"a reminder that went with the end", ledger.Recipient{}, 1, -1, true, true, true, time.Time{}},
	} {
		s := unposted(t)
		d := &s.c.Duties[0]
		n := ledger.Notice{ID: "n1", Kind: "N1", At: regimetest.At("2013-09-10 09:00"), Duty: d.ID, Rung: x.rung}
		if x.ended != 0 {
			d.End, d.Ended = ledger.EndDone, n.At.Add(max(0, x.ended))
		}
		x.r.Party, x.r.Level = "CQC", regime.LevelDuty
		n.To = []ledger.Recipient{x.r}
		s.c.Notices = []ledger.Notice{n}
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
		s.c.pen.MarkSettled()
		if got := s.c.Notices[0].Settled; got == (x.unsent || x.r.State == ledger.StateAccepted &&
			!x.r.RetryAt.IsZero()) {
			t.Errorf("%s: put away %v", x.what, got)
		}
	}
}
