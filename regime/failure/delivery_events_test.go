package failure

import (
	"slices"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// posted is a case whose first notice has been given to a service that tells what becomes of
// its mails: in batches a minute apart, one for each recipient.
func posted(t *testing.T, confirm time.Duration) *script {
	s := unposted(t)
	n := s.c.Notices[0]
	for _, r := range n.To {
		s.now = s.now.Add(time.Minute)
		s.c.pen.RecordSent([]ledger.SendResult{{Notice: n.ID, Party: r.Party, Level: r.Level, State: ledger.StateAccepted,
			RetryAfter: confirm, AwaitsEvents: true}}, s.now)
	}
	return s
}

func (s *script) mailOf(i int) string {
	n := s.c.Notices[0]
	return ledger.MailID(s.c.Ref, n.ID, n.To[i])
}

func (s *script) hears(i int, states ...ledger.DeliveryState) int {
	news := 0
	for _, state := range states {
		s.now = s.now.Add(time.Second)
		news += s.c.pen.RecordDeliveryEvents([]ledger.MailEvent{{Mail: s.mailOf(i), State: state, At: s.now}}, s.now)
	}
	return news
}

func TestAMailNeverGoesBackInWhateverOrderWordOfItComes(t *testing.T) {
	for _, row := range []struct {
		heard []ledger.DeliveryState
		news  int
		state ledger.DeliveryState
	}{
		{[]ledger.DeliveryState{ledger.StateAccepted, ledger.StateDeferred, ledger.StateDelivered}, 2, ledger.StateDelivered},
		{[]ledger.DeliveryState{ledger.StateDelivered, ledger.StateDeferred, ledger.StateAccepted}, 1, ledger.StateDelivered},
		{[]ledger.DeliveryState{ledger.StateDelivered, ledger.StateDelivered, ledger.StateDelivered}, 1, ledger.StateDelivered},
		{[]ledger.DeliveryState{ledger.StateDelivered, ledger.StateBounced}, 2, ledger.StateBounced},
		{[]ledger.DeliveryState{ledger.StateBounced, ledger.StateDelivered, ledger.StateBounced}, 1, ledger.StateBounced},
		{[]ledger.DeliveryState{ledger.StateDelivered, ledger.StateComplained, ledger.StateBounced}, 2, ledger.StateComplained},
	} {
		s := posted(t, time.Hour)
		news := s.hears(0, row.heard...)
		r := s.c.Notices[0].To[0]
		if news != row.news || r.State != row.state || !r.RetryAt.IsZero() || r.Times.FirstEvent.IsZero() {
			t.Errorf("%v: %d news, %+v", row.heard, news, r)
		}
	}
}

func TestWordThatComesBeforeTheSendersOwnReportIsNotLost(t *testing.T) {
	s := unposted(t)
	n := s.c.Notices[0]
	s.hears(0, ledger.StateDelivered)
	s.c.pen.RecordSent([]ledger.SendResult{{Notice: n.ID, Party: n.To[0].Party, Level: n.To[0].Level, State: ledger.StateUnknown,
		RetryAfter: time.Minute, AwaitsEvents: true}}, s.now)
	r := s.c.Notices[0].To[0]
	if r.State != ledger.StateDelivered || !r.RetryAt.IsZero() || r.Times.Sent.IsZero() {
		t.Fatalf("%+v", r)
	}
}

func TestWordThatComesBeforeTheReportCountsForEveryContactWhoSharesTheMail(t *testing.T) {
	for _, word := range []ledger.DeliveryState{ledger.StateDelivered, ledger.StateBounced} {
		s := unposted(t)
		n := &s.c.Notices[0]
		n.To = append(n.To[:1:1], ledger.Recipient{Party: n.To[0].Party, Level: regime.LevelExecutive})
		s.hears(0, ledger.StateAccepted, word)
		told := ledger.SendResult{Notice: n.ID, Party: n.To[0].Party, Level: regime.LevelDuty, State: ledger.StateAccepted, RetryAfter: time.Hour,
			AwaitsEvents: true}
		shared := told
		shared.Level, shared.Mail = regime.LevelExecutive, s.mailOf(0)
		s.now = s.now.Add(time.Minute)
		s.c.pen.RecordSent([]ledger.SendResult{told, shared}, s.now)
		r := s.c.Notices[0].To[1]
		if r.State != word || !r.RetryAt.IsZero() || r.Times.Accepted.IsZero() {
			t.Errorf("%s: the mail that it shares goes again: %+v", word, r)
		}
	}
}

func TestABounceIsAPersonsDutyAndTheNextContactGetsTheMailOnce(t *testing.T) {
	for _, bad := range []ledger.DeliveryState{ledger.StateBounced, ledger.StateDropped, ledger.StateComplained} {
		s := posted(t, time.Hour)
		first := s.c.Notices[0].To[0]
		before := len(s.c.Notices[0].To)
		s.hears(0, ledger.StateDelivered, bad, bad, ledger.StateDelivered)
		to := s.c.Notices[0].To
		if len(to) != before+1 {
			t.Fatalf("%s: %d recipients after %d", bad, len(to), before)
		}
		next := to[before]
		if next.Party != first.Party || next.Level != regime.LevelLead || next.After != regime.LevelDuty || next.State != "" {
			t.Fatalf("%s: %+v", bad, next)
		}
		who := s.c.Name(first.Party) + ", duty contact"
		d := s.duty(regime.DutyMendDirectory, who)
		if d.Owner != s.c.support() {
			t.Fatalf("%s: %+v", bad, d)
		}
		last := s.c.Notices[len(s.c.Notices)-1]
		if last.Kind != "N43" || !strings.HasSuffix(last.Text, "The same notice has gone to the lead contact") {
			t.Fatalf("%s: %+v", bad, last)
		}
		if asked, ok := s.c.Unreached(last); !ok || asked != (ledger.Mailbox{Party: first.Party, Level: regime.LevelDuty}) {
			t.Fatalf("%s: whom is to be found: %+v", bad, asked)
		}
	}
}

func TestTheDutyToFindAContactIsThatOfAPersonByName(t *testing.T) {
	s := posted(t, time.Hour)
	s.hears(0, ledger.StateBounced)
	n := s.c.Notices[len(s.c.Notices)-1]
	with := func(p regime.Party, state ledger.DeliveryState, name string) string {
		s.c.pen.RecordSent([]ledger.SendResult{{Notice: n.ID, Party: p, Level: regime.LevelDuty, State: state,
			AssignedTo: name}}, s.now)
		return s.duty(regime.DutyMendDirectory, s.c.Name(s.c.Notices[0].To[0].Party)+", duty contact").AssignedTo
	}
	if got := with("CQC", ledger.StateAccepted, "Another (duty contact)"); got != "" {
		t.Errorf("who only hears of it: %q", got)
	}
	if got := with(regimetest.Nhse, ledger.StateAccepted, "Jo Bloggs (duty contact)"); got != "Jo Bloggs (duty contact)" {
		t.Errorf("with %q", got)
	}
	other := s.c.Notices[slices.IndexFunc(s.c.Notices,
		func(n ledger.Notice) bool { return n.Kind == regime.NoticeSummitToBeHeld })]
	s.c.pen.RecordSent([]ledger.SendResult{{Notice: other.ID, Party: other.To[0].Party, Level: regime.LevelDuty,
		State: ledger.StateAccepted, AssignedTo: "Jo Bloggs (duty contact)"}}, s.now)
	if d := s.duty(DutyConvene, ""); d.AssignedTo != "" {
		t.Errorf("no name is kept with what is not about a contact: %+v", d)
	}
	for _, said := range []string{n.Text, s.c.NextWords(), s.c.Board(s.now)} {
		if strings.Contains(said, "Bloggs") {
			t.Errorf("a name goes where nothing is sealed: %s", said)
		}
	}
}

func TestContactsAreTurnedToInOrderAndNeverTwice(t *testing.T) {
	s := posted(t, time.Hour)
	n := len(s.c.Notices[0].To)
	s.hears(0, ledger.StateBounced)
	for i, want := range []regime.Level{regime.LevelLead, regime.LevelDeputy, regime.LevelExecutive} {
		if got := s.c.Notices[0].To[n+i].Level; got != want {
			t.Fatalf("contact %d is %s", i, got)
		}
		s.hears(n+i, ledger.StateBounced)
	}
	if len(s.c.Notices[0].To) != n+3 {
		t.Fatalf("%+v", s.c.Notices[0].To[n:])
	}
}

func TestAContactWithoutAMailboxOfItsOwnIsPassedOverWithoutADutyOfItsOwn(t *testing.T) {
	s := posted(t, time.Hour)
	n := s.c.Notices[0]
	s.hears(0, ledger.StateBounced)
	duties := len(s.c.Duties)
	s.c.pen.RecordSent([]ledger.SendResult{{Notice: n.ID, Party: n.To[0].Party, Level: regime.LevelLead, State: ledger.StateNoContact,
		Note: "no mailbox of its own"}}, s.now)
	to := s.c.Notices[0].To
	if last := to[len(to)-1]; last.Level != regime.LevelDeputy || last.After != regime.LevelLead || len(s.c.Duties) != duties {
		t.Fatalf("%+v, %d duties after %d", last, len(s.c.Duties), duties)
	}
}

func TestSilenceCountsOnlyWhereLaterMailsWereHeardOf(t *testing.T) {
	s := posted(t, time.Hour)
	last := len(s.c.Notices[0].To) - 1
	s.now = s.now.Add(2 * time.Hour)
	first := func() []ledger.Recipient {
		for _, n := range s.c.ToSend(s.now) {
			if n.ID == s.c.Notices[0].ID {
				return n.To
			}
		}
		return nil
	}
	if to := first(); len(to) != 1 || to[0].Party != s.c.Notices[0].To[last].Party {
		t.Fatalf("without any word only the last is tried again: %+v", to)
	}
	s.hears(2, ledger.StateDelivered)
	if to := first(); len(to) != 3 {
		t.Fatalf("the two before the one that was heard of, and the last: %+v", to)
	}
}

func TestAMailThatWentThreeTimesWithoutAWordIsAPersonsDuty(t *testing.T) {
	s := posted(t, time.Minute)
	n := s.c.Notices[0]
	for range 2 {
		s.c.pen.RecordSent([]ledger.SendResult{{Notice: n.ID, Party: n.To[0].Party, Level: n.To[0].Level, State: ledger.StateUnknown,
			RetryAfter: time.Minute, AwaitsEvents: true}}, s.now)
	}
	s.duty(regime.DutyMendDirectory, s.c.Name(n.To[0].Party)+", duty contact")
	if r := s.c.Notices[0].To[0]; r.State != ledger.StateAccepted || r.Times.Again != 2 {
		t.Fatalf("%+v", r)
	}
}

func TestSilenceIsTheServicesOnlyWhereItToldOfNoLaterMail(t *testing.T) {
	s := posted(t, time.Minute)
	n := s.c.Notices[0]
	again := func() ledger.DeliveryTimes {
		s.now = s.now.Add(time.Hour)
		s.c.pen.RecordSent([]ledger.SendResult{{Notice: n.ID, Party: n.To[0].Party, Level: n.To[0].Level, State: ledger.StateAccepted,
			RetryAfter: time.Minute, AwaitsEvents: true}}, s.now)
		return s.c.Notices[0].To[0].Times
	}
	s.hears(1, ledger.StateDelivered)
	if w := again(); w.Again != 1 || w.Silent != 0 {
		t.Fatalf("a later mail was heard of: %+v", w)
	}
	if w := again(); w.Again != 2 || w.Silent != 1 {
		t.Fatalf("nothing that was sent later was heard of: %+v", w)
	}
}

func TestLateWordOfAnEarlierMailDoesNotPutBackHowFarTheServiceHasTold(t *testing.T) {
	s := posted(t, time.Hour)
	s.hears(2, ledger.StateDelivered)
	told := s.c.EventsUpTo
	s.hears(0, ledger.StateDelivered)
	if !told.Equal(s.c.Notices[0].To[2].Times.Tried) || !s.c.EventsUpTo.Equal(told) {
		t.Errorf("%s, then %s", told, s.c.EventsUpTo)
	}
}

func TestAMailOfNoNoticeAndAnEventThatNobodyTellsAreNotTaken(t *testing.T) {
	s := posted(t, time.Hour)
	if s.c.pen.RecordDeliveryEvents([]ledger.MailEvent{{Mail: strings.Repeat("0", 36), State: ledger.StateBounced, At: s.now}}, s.now) != 0 {
		t.Fatal("a mail of another case changed this one")
	}
	for _, es := range [][]ledger.MailEvent{nil, {{Mail: "x", State: ledger.StateBounced}},
		{{Mail: strings.Repeat("0", 36), State: "opened"}}, make([]ledger.MailEvent, ledger.MaxEvents+1)} {
		if ledger.CheckEvents(es) == nil {
			t.Errorf("%d events were taken", len(es))
		}
	}
}

func TestWhenAPartyDidWhatWasAskedOfItIsTheEndOfAMailsWay(t *testing.T) {
	s := unposted(t)
	for _, n := range s.c.Notices {
		if n.Duty == "" {
			continue
		}
		if !s.c.Answered(n, n.To[0]).IsZero() {
			t.Fatalf("%+v is not done", n)
		}
		d := &s.c.Duties[0]
		for i := range s.c.Duties {
			if s.c.Duties[i].ID == n.Duty {
				d = &s.c.Duties[i]
			}
		}
		d.End, d.Ended, d.EndedBy = ledger.EndDone, s.now, n.To[0].Party
		if got := s.c.Answered(n, n.To[0]); !got.Equal(s.now) {
			t.Fatalf("%s", got)
		}
		return
	}
	t.Fatal("nothing is asked")
}
