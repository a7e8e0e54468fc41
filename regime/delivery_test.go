package regime

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

// posted is a case whose first notice has been given to a service that tells what becomes of
// its mails: in batches a minute apart, one for each recipient.
func posted(t *testing.T, confirm time.Duration) *script {
	s := unposted(t)
	n := s.c.Notices[0]
	for _, r := range n.To {
		s.now = s.now.Add(time.Minute)
		s.c.Tell([]Telling{{Notice: n.ID, Party: r.Party, Level: r.Level, State: ToldAccepted,
			Retry: confirm, Awaits: true}}, s.now)
	}
	return s
}

func (s *script) mailOf(i int) string {
	n := s.c.Notices[0]
	return MailID(s.c.Ref, n.ID, n.To[i])
}

func (s *script) hears(i int, states ...Told) int {
	news := 0
	for _, state := range states {
		s.now = s.now.Add(time.Second)
		news += s.c.Hear([]MailEvent{{Mail: s.mailOf(i), State: state, At: s.now}}, s.now)
	}
	return news
}

func TestTheIDOfAMailIsAUUIDThatStaysTheSame(t *testing.T) {
	r := Recipient{Party: "CQC", Level: LevelDuty}
	space := uuid.MustParse("6f0d7a52-3c0b-4a57-9a0e-5b0f7a6f2d11")
	want := uuid.NewSHA1(space, []byte("K7QM-3XRD\x00n1\x00CQC\x00duty")).String()
	if got := MailID("K7QM-3XRD", "n1", r); got != want {
		t.Fatalf("%s, want %s", got, want)
	}
}

func TestAMailNeverGoesBackInWhateverOrderWordOfItComes(t *testing.T) {
	for _, row := range []struct {
		heard []Told
		news  int
		state Told
	}{
		{[]Told{ToldAccepted, ToldDeferred, ToldDelivered}, 2, ToldDelivered},
		{[]Told{ToldDelivered, ToldDeferred, ToldAccepted}, 1, ToldDelivered},
		{[]Told{ToldDelivered, ToldDelivered, ToldDelivered}, 1, ToldDelivered},
		{[]Told{ToldDelivered, ToldBounced}, 2, ToldBounced},
		{[]Told{ToldBounced, ToldDelivered, ToldBounced}, 1, ToldBounced},
		{[]Told{ToldDelivered, ToldComplained, ToldBounced}, 2, ToldComplained},
	} {
		s := posted(t, time.Hour)
		news := s.hears(0, row.heard...)
		r := s.c.Notices[0].To[0]
		if news != row.news || r.State != row.state || !r.Retry.IsZero() || r.Way.Heard.IsZero() {
			t.Errorf("%v: %d news, %+v", row.heard, news, r)
		}
	}
}

func TestWordThatComesBeforeTheSendersOwnReportIsNotLost(t *testing.T) {
	s := unposted(t)
	n := s.c.Notices[0]
	s.hears(0, ToldDelivered)
	s.c.Tell([]Telling{{Notice: n.ID, Party: n.To[0].Party, Level: n.To[0].Level, State: ToldUnknown,
		Retry: time.Minute, Awaits: true}}, s.now)
	r := s.c.Notices[0].To[0]
	if r.State != ToldDelivered || !r.Retry.IsZero() || r.Way.Sent.IsZero() {
		t.Fatalf("%+v", r)
	}
}

func TestWordThatComesBeforeTheReportCountsForEveryContactWhoSharesTheMail(t *testing.T) {
	for _, word := range []Told{ToldDelivered, ToldBounced} {
		s := unposted(t)
		n := &s.c.Notices[0]
		n.To = append(n.To[:1:1], Recipient{Party: n.To[0].Party, Level: LevelExecutive})
		s.hears(0, ToldAccepted, word)
		told := Telling{Notice: n.ID, Party: n.To[0].Party, Level: LevelDuty, State: ToldAccepted, Retry: time.Hour,
			Awaits: true}
		shared := told
		shared.Level, shared.Mail = LevelExecutive, s.mailOf(0)
		s.now = s.now.Add(time.Minute)
		s.c.Tell([]Telling{told, shared}, s.now)
		r := s.c.Notices[0].To[1]
		if r.State != word || !r.Retry.IsZero() || r.Way.Accepted.IsZero() {
			t.Errorf("%s: the mail that it shares goes again: %+v", word, r)
		}
	}
}

func TestABounceIsAPersonsDutyAndTheNextContactGetsTheMailOnce(t *testing.T) {
	for _, bad := range []Told{ToldBounced, ToldDropped, ToldComplained} {
		s := posted(t, time.Hour)
		first := s.c.Notices[0].To[0]
		before := len(s.c.Notices[0].To)
		s.hears(0, ToldDelivered, bad, bad, ToldDelivered)
		to := s.c.Notices[0].To
		if len(to) != before+1 {
			t.Fatalf("%s: %d recipients after %d", bad, len(to), before)
		}
		next := to[before]
		if next.Party != first.Party || next.Level != LevelLead || next.After != LevelDuty || next.State != "" {
			t.Fatalf("%s: %+v", bad, next)
		}
		who := s.c.Name(first.Party) + ", duty contact"
		d := s.duty(DutyMendDirectory, who)
		if d.Owner != s.c.support() {
			t.Fatalf("%s: %+v", bad, d)
		}
		last := s.c.Notices[len(s.c.Notices)-1]
		if last.Kind != "N43" || !strings.HasSuffix(last.Text, "The same notice has gone to the lead contact") {
			t.Fatalf("%s: %+v", bad, last)
		}
		if asked, ok := s.c.Unreached(last); !ok || asked != (Mailbox{first.Party, LevelDuty}) {
			t.Fatalf("%s: whom is to be found: %+v", bad, asked)
		}
	}
}

func TestTheDutyToFindAContactIsThatOfAPersonByName(t *testing.T) {
	s := posted(t, time.Hour)
	s.hears(0, ToldBounced)
	n := s.c.Notices[len(s.c.Notices)-1]
	with := func(p Party, state Told, name string) string {
		s.c.Tell([]Telling{{Notice: n.ID, Party: p, Level: LevelDuty, State: state, With: name}}, s.now)
		return s.duty(DutyMendDirectory, s.c.Name(s.c.Notices[0].To[0].Party)+", duty contact").With
	}
	if got := with("CQC", ToldAccepted, "Another (duty contact)"); got != "" {
		t.Errorf("who only hears of it: %q", got)
	}
	if got := with(nhse, ToldAccepted, "Jo Bloggs (duty contact)"); got != "Jo Bloggs (duty contact)" {
		t.Errorf("with %q", got)
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
	s.hears(0, ToldBounced)
	for i, want := range []Level{LevelLead, LevelDeputy, LevelExecutive} {
		if got := s.c.Notices[0].To[n+i].Level; got != want {
			t.Fatalf("contact %d is %s", i, got)
		}
		s.hears(n+i, ToldBounced)
	}
	if len(s.c.Notices[0].To) != n+3 {
		t.Fatalf("%+v", s.c.Notices[0].To[n:])
	}
}

func TestAContactWithoutAMailboxOfItsOwnIsPassedOverWithoutADutyOfItsOwn(t *testing.T) {
	s := posted(t, time.Hour)
	n := s.c.Notices[0]
	s.hears(0, ToldBounced)
	duties := len(s.c.Duties)
	s.c.Tell([]Telling{{Notice: n.ID, Party: n.To[0].Party, Level: LevelLead, State: ToldNobody,
		Note: "no mailbox of its own"}}, s.now)
	to := s.c.Notices[0].To
	if last := to[len(to)-1]; last.Level != LevelDeputy || last.After != LevelLead || len(s.c.Duties) != duties {
		t.Fatalf("%+v, %d duties after %d", last, len(s.c.Duties), duties)
	}
}

func TestSilenceCountsOnlyWhereLaterMailsWereHeardOf(t *testing.T) {
	s := posted(t, time.Hour)
	last := len(s.c.Notices[0].To) - 1
	s.now = s.now.Add(2 * time.Hour)
	first := func() []Recipient {
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
	s.hears(2, ToldDelivered)
	if to := first(); len(to) != 3 {
		t.Fatalf("the two before the one that was heard of, and the last: %+v", to)
	}
}

func TestAMailThatWentThreeTimesWithoutAWordIsAPersonsDuty(t *testing.T) {
	s := posted(t, time.Minute)
	n := s.c.Notices[0]
	for range 2 {
		s.c.Tell([]Telling{{Notice: n.ID, Party: n.To[0].Party, Level: n.To[0].Level, State: ToldUnknown,
			Retry: time.Minute, Awaits: true}}, s.now)
	}
	s.duty(DutyMendDirectory, s.c.Name(n.To[0].Party)+", duty contact")
	if r := s.c.Notices[0].To[0]; r.State != ToldAccepted || r.Way.Again != 2 {
		t.Fatalf("%+v", r)
	}
}

func TestSilenceIsTheServicesOnlyWhereItToldOfNoLaterMail(t *testing.T) {
	s := posted(t, time.Minute)
	n := s.c.Notices[0]
	again := func() Way {
		s.now = s.now.Add(time.Hour)
		s.c.Tell([]Telling{{Notice: n.ID, Party: n.To[0].Party, Level: n.To[0].Level, State: ToldAccepted,
			Retry: time.Minute, Awaits: true}}, s.now)
		return s.c.Notices[0].To[0].Way
	}
	s.hears(1, ToldDelivered)
	if w := again(); w.Again != 1 || w.Silent != 0 {
		t.Fatalf("a later mail was heard of: %+v", w)
	}
	if w := again(); w.Again != 2 || w.Silent != 1 {
		t.Fatalf("nothing that was sent later was heard of: %+v", w)
	}
}

func TestAMailOfNoNoticeAndAnEventThatNobodyTellsAreNotTaken(t *testing.T) {
	s := posted(t, time.Hour)
	if s.c.Hear([]MailEvent{{Mail: strings.Repeat("0", 36), State: ToldBounced, At: s.now}}, s.now) != 0 {
		t.Fatal("a mail of another case changed this one")
	}
	for _, es := range [][]MailEvent{nil, {{Mail: "x", State: ToldBounced}},
		{{Mail: strings.Repeat("0", 36), State: "opened"}}, make([]MailEvent, MaxEvents+1)} {
		if CheckEvents(es) == nil {
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
		d.End, d.Ended, d.EndedBy = EndDone, s.now, n.To[0].Party
		if got := s.c.Answered(n, n.To[0]); !got.Equal(s.now) {
			t.Fatalf("%s", got)
		}
		return
	}
	t.Fatal("nothing is asked")
}
