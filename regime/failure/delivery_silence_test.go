package failure

import (
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// silent has the first mail of posted go three times without a word, and gives the duty to find its contact.
func silent(t *testing.T) (*script, *ledger.Duty) {
	t.Helper()
	s := posted(t, time.Minute)
	for range 2 {
		s.unheard(0)
	}
	d := s.mend(0)
	if d == nil {
		t.Fatal("there is no duty after three silent tries")
	}
	return s, d
}

// unheard has a mail of the first notice go once more.
func (s *script) unheard(i int) {
	n := s.c.Notices[0]
	r := n.To[i]
	s.now = s.now.Add(2 * time.Minute)
	s.c.pen.RecordSent([]ledger.SendResult{{Notice: n.ID, Party: r.Party, Level: r.Level, Round: r.Round,
		State: ledger.StateUnknown, RetryAfter: time.Minute, AwaitsEvents: true}}, s.now)
}

// mend is the open duty to find the contact of a mail.
func (s *script) mend(i int) *ledger.Duty {
	who := ledger.Mailbox{Party: s.c.Notices[0].To[i].Party, Level: s.c.Notices[0].To[i].Level}
	for j := range s.c.Duties {
		if d := &s.c.Duties[j]; d.Kind == regime.DutyMendDirectory && d.Unreached == who && d.Open() {
			return d
		}
	}
	return nil
}

func TestWordOfASilentMailEndsTheDutyToFindItsContact(t *testing.T) {
	for _, state := range []ledger.DeliveryState{ledger.StateAccepted, ledger.StateDeferred, ledger.StateDelivered} {
		s, _ := silent(t)
		asked := len(s.c.Duties)
		s.hears(0, state)
		if d := s.mend(0); d != nil || len(s.c.Duties) != asked {
			t.Errorf("%s: %+v", state, d)
		}
		for _, n := range s.c.Notices {
			for _, r := range n.To {
				if n.Kind == regime.NoticeUnreached && r.State == "" {
					t.Errorf("%s: %s is still asked to find a contact that is right", state, r.Party)
				}
			}
		}
	}
}

// A mail that came back for another reason than its contact: the service has spoken, and not against it.
func TestASilentMailThatCameBackThroughNoFaultOfItsContactEndsTheDuty(t *testing.T) {
	s, _ := silent(t)
	s.c.pen.RecordDeliveryEvents([]ledger.MailEvent{{Mail: s.mailOf(0), State: ledger.StateBlocked, At: s.now,
		About: ledger.MatterPolicy, Reason: "poor reputation", Sign: "5.7.1"}}, s.now)
	if d := s.mend(0); d != nil {
		t.Errorf("%+v", d)
	}
	if r := s.c.Notices[0].To[0]; r.State != ledger.StateWaiting || r.RetryAt.IsZero() {
		t.Errorf("it does not go again: %+v", r)
	}
}

func TestADutyAfterSilenceStaysWhereTheMailBounces(t *testing.T) {
	s, d := silent(t)
	s.hears(0, ledger.StateBounced, ledger.StateAccepted)
	if now := s.mend(0); now == nil || now.ID != d.ID || now.Silent {
		t.Errorf("%+v", now)
	}
}

func TestADutyAfterSilenceStaysWhileAnotherMailToTheContactIsAsSilent(t *testing.T) {
	s, d := silent(t)
	other := s.c.Notices[0]
	other.ID, other.To = "n99", []ledger.Recipient{s.c.Notices[0].To[0]}
	s.c.Notices = append(s.c.Notices, other)
	s.hears(0, ledger.StateDelivered)
	if now := s.mend(0); now == nil || now.ID != d.ID {
		t.Error("the duty has ended, and of the other mail nothing was heard")
	}
}

// Word may come while the third try is under way: then it is no silence.
func TestWordThatComesWhileAMailGoesTheThirdTimeMakesNoDuty(t *testing.T) {
	s := posted(t, time.Minute)
	s.unheard(0)
	s.hears(0, ledger.StateAccepted)
	s.unheard(0)
	if d := s.mend(0); d != nil {
		t.Errorf("%+v", d)
	}
}

// A try that the worker answers by itself, since another case's mail is the one that asks, has found
// out nothing: it does not lengthen the wait as a refusal does.
func TestATryThatDidNotReachTheServiceDoesNotPutTheNextOneOff(t *testing.T) {
	s := unposted(t)
	try := func(untried bool, after time.Duration) time.Duration {
		n := s.c.Notices[0]
		r := n.To[0]
		s.c.pen.RecordSent([]ledger.SendResult{{Notice: n.ID, Party: r.Party, Level: r.Level, Round: r.Round,
			State: ledger.StateWaiting, About: ledger.MatterSystem, RetryAfter: after, Untried: untried}}, s.now)
		return s.c.Hold.Next.Sub(s.now)
	}
	try(false, time.Second)
	tries := s.c.Hold.Tries
	s.now = s.now.Add(10 * time.Minute)
	if wait := try(true, 3*time.Second); wait != 10*time.Second || s.c.Hold.Tries != tries {
		t.Errorf("after a try that was none: %s, %d tries", wait, s.c.Hold.Tries)
	}
	s.now = s.c.Hold.Next
	if wait := try(true, 4*time.Minute); wait != 4*time.Minute {
		t.Errorf("not before it can be the one: %s", wait)
	}
	s.now = s.c.Hold.Next
	if wait := try(false, time.Second); wait < 5*time.Minute {
		t.Errorf("after a refusal: %s", wait)
	}
}
