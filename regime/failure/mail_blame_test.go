package failure

import (
	"testing"
	"time"

	"holdthering/regime/ledger"
)

// tell has one mail of the first notice come to something, ten seconds after the one before.
func (m *mailer) tell(to int, x ledger.SendResult) {
	n := m.c.Notices[0]
	x.Notice, x.Party, x.Level = n.ID, n.To[to].Party, n.To[to].Level
	m.c.pen.RecordSent([]ledger.SendResult{x}, m.now)
	m.now = m.now.Add(10 * time.Second)
}

func TestARefusalBeforeAMailThatWasTakenIsNotCountedWithOneAfterIt(t *testing.T) {
	m := mailed(t)
	n := m.c.Notices[0]
	m.tell(0, refusesRecipients(n, n.To[0]))
	m.tell(3, takes(n, n.To[3]))
	m.tell(1, refusesRecipients(n, n.To[1]))
	if m.c.Hold != nil || m.duties() != 2 {
		t.Errorf("%+v, %d duties", m.c.Hold, m.duties())
	}
}

func TestTwoMailsThatWereDroppedLaterAreTwoContactsAndThreeAreOurs(t *testing.T) {
	for dropped, held := range map[int]bool{2: false, 3: true} {
		s := posted(t, time.Hour)
		var es []ledger.MailEvent
		for i := range dropped {
			es = append(es, ledger.MailEvent{Mail: s.mailOf(i), State: ledger.StateDropped, At: s.now, Sign: "same"})
		}
		s.c.pen.RecordDeliveryEvents(es, s.now)
		if (s.c.Hold != nil) != held {
			t.Errorf("%d dropped: %+v", dropped, s.c.Hold)
		}
	}
}

func TestATryOfWhichNothingIsKnownDoesNotEndTheHold(t *testing.T) {
	m := mailed(t)
	m.answer = refusesAll(ledger.MatterSystem)
	m.run(m.now.Add(time.Hour))
	tries := m.c.Hold.Tries
	m.answer = func(ledger.Notice, ledger.Recipient) ledger.SendResult {
		return ledger.SendResult{State: ledger.StateUnknown, RetryAfter: time.Hour}
	}
	m.run(m.c.Hold.Next.Add(time.Second))
	if m.c.Hold == nil || m.c.Hold.Tries != tries+1 {
		t.Errorf("%+v after %d tries", m.c.Hold, tries)
	}
}

func TestAWorkersOwnWordThatAMailWasTakenKeepsItFromGoingAgainInWhateverOrderItComes(t *testing.T) {
	for _, first := range []bool{true, false} {
		s := unposted(t)
		n := s.c.Notices[0]
		unknown := func() {
			s.c.pen.RecordSent([]ledger.SendResult{{Notice: n.ID, Party: n.To[0].Party, Level: n.To[0].Level, State: ledger.StateUnknown,
				RetryAfter: 10 * time.Minute}}, s.now)
		}
		if !first {
			unknown()
		}
		s.c.pen.RecordDeliveryEvents([]ledger.MailEvent{{Mail: s.mailOf(0), State: ledger.StateAccepted,
			At: s.now, Ours: true}}, s.now)
		if first {
			unknown()
		}
		if r := s.c.Notices[0].To[0]; r.State != ledger.StateAccepted || !r.RetryAt.IsZero() || !s.c.EventsUpTo.IsZero() {
			t.Errorf("told first %v: %+v", first, r)
		}
	}
}

func TestAMailThatOnlyWaitsIsNoneThatCameBack(t *testing.T) {
	s := unposted(t)
	n := s.c.Notices[0]
	for i, r := range n.To[:3] {
		x := ledger.SendResult{Notice: n.ID, Party: r.Party, Level: r.Level, State: ledger.StateAccepted, AwaitsEvents: true, RetryAfter: time.Hour}
		if i == 2 {
			x = ledger.SendResult{Notice: n.ID, Party: r.Party, Level: r.Level, State: ledger.StateWaiting, About: ledger.MatterPolicy, Sign: "same", RetryAfter: time.Hour}
		}
		s.c.pen.RecordSent([]ledger.SendResult{x}, s.now)
	}
	for i := range 2 {
		s.c.pen.RecordDeliveryEvents([]ledger.MailEvent{{Mail: s.mailOf(i), State: ledger.StateBlocked, At: s.now, Sign: "same"}}, s.now)
	}
	if s.c.Hold != nil {
		t.Errorf("two came back, and all are held: %+v", s.c.Hold)
	}
}

// One mail domain refuses on its own account; two alike do not by chance.
func TestTwoBodiesOfOneMailDomainAreRefusedByItAndThoseOfTwoByOurFault(t *testing.T) {
	for _, domains := range []int{1, 2} {
		s := unposted(t)
		n := s.c.Notices[0]
		var ts []ledger.SendResult
		for i, r := range n.To[:2] {
			ts = append(ts, ledger.SendResult{Notice: n.ID, Party: r.Party, Level: r.Level, State: ledger.StateRefused,
				About: ledger.MatterRecipient, Sign: "550 5.1.1", Domain: 1 + i*(domains-1)})
		}
		s.c.pen.RecordSent(ts, s.now)
		if (s.c.Hold != nil) != (domains == 2) {
			t.Errorf("%d domains: %+v", domains, s.c.Hold)
		}
	}
}
