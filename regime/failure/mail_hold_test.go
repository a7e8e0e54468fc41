package failure

import (
	"slices"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

func takes(ledger.Notice, ledger.Recipient) ledger.SendResult {
	return ledger.SendResult{State: ledger.StateAccepted}
}

func refusesAll(about ledger.Matter) func(ledger.Notice, ledger.Recipient) ledger.SendResult {
	return func(ledger.Notice, ledger.Recipient) ledger.SendResult {
		return ledger.SendResult{State: ledger.StateWaiting, About: about, Note: "status 401 (account)", Reason: "no credits left",
			RetryAfter: time.Minute, Sign: "401"}
	}
}

func refusesRecipients(_ ledger.Notice, r ledger.Recipient) ledger.SendResult {
	return ledger.SendResult{State: ledger.StateRefused, About: ledger.MatterRecipient, Note: "550 5.1.1 (recipient)", Sign: "550 5.1.1",
		Reason: "no such user", Domain: 1 + slices.Index(domainsOf, r.Party.Body())}
}

var domainsOf = []regime.Body{"CQC", "MONITOR", "CCG", "NHSCB", "PROVIDER"}

// mailer plays a mail service to a ledger in a test: what it answers each mail, and what came of all.
type mailer struct {
	*script
	answer   func(n ledger.Notice, r ledger.Recipient) ledger.SendResult
	taken    map[string]int // by mail id
	requests []time.Time
	batches  int
}

func mailed(t *testing.T) *mailer {
	return &mailer{script: unposted(t), taken: map[string]int{}}
}

// run has the ledger's mails go as its workflow does, until a time.
func (m *mailer) run(until time.Time) {
	for {
		batch := m.c.ToSend(m.now)
		if len(batch) == 0 {
			next := m.c.NextRetry()
			if next.IsZero() || next.After(until) {
				m.now = until
				return
			}
			if next.After(m.now) {
				m.now = next
			}
			continue
		}
		m.batches++
		var ts []ledger.SendResult
		for _, n := range batch {
			for _, r := range n.To {
				m.requests = append(m.requests, m.now)
				t := m.answer(n, r)
				t.Notice, t.Party, t.Level, t.Round = n.ID, r.Party, r.Level, r.Round
				if t.State == ledger.StateAccepted {
					m.taken[n.ID+" "+string(r.Party)+" "+string(r.Level)]++
				}
				ts = append(ts, t)
			}
		}
		m.c.pen.RecordSent(ts, m.now)
		m.now = m.now.Add(time.Second)
	}
}

func (m *mailer) duties() int {
	n := 0
	for _, d := range m.c.Duties {
		n += words.Flag(d.Kind == regime.DutyMendDirectory)
	}
	return n
}

func (m *mailer) wantOnce(notices int) {
	m.Helper()
	for _, n := range m.c.Notices[:notices] {
		for _, r := range n.To {
			if got := m.taken[n.ID+" "+string(r.Party)+" "+string(r.Level)]; got != 1 && r.State != ledger.StateSuperseded {
				m.Errorf("%s to %s, %s went %d times: %+v", n.ID, r.Party, r.Level, got, r)
			}
		}
	}
	for _, n := range m.c.Notices {
		for _, r := range n.To {
			if r.Level != regime.LevelDuty {
				m.Errorf("%s went on to %s, %s", n.ID, r.Party, r.Level)
			}
		}
	}
}

func TestWhatIsAboutUsIsHeldAndGoesOnceWhenItWorksAgain(t *testing.T) {
	for name, answer := range map[string]func(ledger.Notice, ledger.Recipient) ledger.SendResult{
		"the account": refusesAll(ledger.MatterAccount), "the sender": refusesAll(ledger.MatterSender),
		"not there": refusesAll(ledger.MatterSystem), "every recipient alike": refusesRecipients,
	} {
		t.Run(name, func(t *testing.T) {
			m := mailed(t)
			notices := len(m.c.Notices)
			m.answer = answer
			m.run(m.now.Add(20 * time.Hour))
			h, held := m.c.HeldMails(m.now)
			if !held || h.Mails < len(m.c.Notices[0].To) || m.duties() != 0 || len(m.taken) != 0 {
				t.Fatalf("%+v, %d duties, taken %v", h, m.duties(), m.taken)
			}
			if board := m.c.Board(m.now); !strings.Contains(board, h.Words()) || strings.Contains(board, h.Said) {
				t.Errorf("the board says nothing of it, or too much: %s", board)
			}
			if n := len(m.requests); n > 130 {
				t.Errorf("%d requests in 20 hours", n)
			}
			m.answer = takes
			m.run(m.now.Add(15*time.Minute + time.Minute))
			m.wantOnce(notices)
			if h, held := m.c.HeldMails(m.now); held || m.duties() != 0 {
				t.Errorf("%+v, %d duties", h, m.duties())
			}
		})
	}
}

func TestATimeThatTheServiceNamesIsKeptToByAllMails(t *testing.T) {
	m := mailed(t)
	m.answer = func(ledger.Notice, ledger.Recipient) ledger.SendResult {
		return ledger.SendResult{State: ledger.StateWaiting, About: ledger.MatterRate, RetryAfter: time.Hour,
			Note: "status 429 (rate)"}
	}
	m.run(m.now.Add(59 * time.Minute))
	if m.batches != 1 {
		t.Fatalf("%d batches within the hour", m.batches)
	}
	m.run(m.now.Add(2 * time.Minute))
	if m.batches != 2 {
		t.Fatalf("%d batches", m.batches)
	}
}

func TestWorkersThatDieAsAMailTriesWhetherTheServiceIsBackKeepNoneWaiting(t *testing.T) {
	m := mailed(t)
	m.answer = refusesAll(ledger.MatterAccount)
	m.run(m.now.Add(20 * time.Minute))
	asked := len(m.requests)
	m.answer = func(n ledger.Notice, r ledger.Recipient) ledger.SendResult {
		if len(m.requests) <= asked+3 {
			return ledger.SendResult{State: ledger.StateUnknown, Interrupted: true, RetryAfter: 10 * time.Minute, Note: "x"}
		}
		return takes(n, r)
	}
	m.run(m.c.Hold.Next.Add(time.Minute))
	if h, held := m.c.HeldMails(m.now); held || len(m.taken) == 0 {
		t.Fatalf("%d mails taken, and %+v", len(m.taken), h)
	}
}

// The mail that tries has bad luck: it alone is not answered, while the service takes those of other cases.
func TestAMailWithoutAnAnswerKeepsNoneWaitingWhereTheServiceTakesOtherCasesMails(t *testing.T) {
	for _, works := range []bool{false, true} {
		m := mailed(t)
		m.answer = refusesAll(ledger.MatterSystem)
		m.run(m.now.Add(20 * time.Minute))
		asked := len(m.requests)
		m.answer = func(n ledger.Notice, r ledger.Recipient) ledger.SendResult {
			if len(m.requests) <= asked+1 {
				return ledger.SendResult{State: ledger.StateUnknown, Works: works, RetryAfter: 10 * time.Minute, Note: "x"}
			}
			return takes(n, r)
		}
		m.run(m.c.Hold.Next.Add(time.Minute))
		if _, held := m.c.HeldMails(m.now); held == works || (len(m.taken) > 0) != works {
			t.Errorf("the service works: %v; held: %v, %d mails taken", works, held, len(m.taken))
		}
	}
}

func TestWhatWasRefusedAlikeIsNotWhatTriesWhileAnotherMailIsThere(t *testing.T) {
	m := mailed(t)
	notice := &m.c.Notices[0]
	m.c.Hold = &ledger.MailHold{Since: m.now, Next: m.now, Sign: "550 5.1.1", About: ledger.MatterSystem}
	for i := range notice.To {
		r := &notice.To[i]
		r.State, r.About, r.Sign, r.Refused, r.RetryAt = ledger.StateWaiting, ledger.MatterSystem, "550 5.1.1", m.now, m.now
	}
	last := &notice.To[len(notice.To)-1]
	last.State, last.About, last.Sign, last.Refused, last.Tries = ledger.StateUnknown, "", "", time.Time{}, 5
	if got := m.c.ToSend(m.now); len(got) != 1 || len(got[0].To) != 1 || got[0].ID == notice.ID && got[0].To[0].Party != last.Party {
		t.Fatalf("%+v", got)
	}
	for i := range m.c.Notices[1:] {
		m.c.Notices[1+i].Settled = true
	}
	if got := m.c.ToSend(m.now); len(got) != 1 || got[0].To[0].Party != last.Party {
		t.Fatalf("%+v", got)
	}
}

func TestARefusalOfOneRecipientAmongMailsThatAreTakenIsThatRecipients(t *testing.T) {
	m := mailed(t)
	m.answer = func(n ledger.Notice, r ledger.Recipient) ledger.SendResult {
		if r.Party == "CQC" && r.Level == regime.LevelDuty {
			return refusesRecipients(n, r)
		}
		return ledger.SendResult{State: ledger.StateAccepted}
	}
	m.run(m.now.Add(time.Hour))
	if m.taken[m.c.Notices[0].ID+" CQC lead"] != 1 || m.duties() != 1 || m.c.Hold != nil {
		t.Fatalf("%d duties, %v", m.duties(), m.taken)
	}
	d := m.duty(regime.DutyMendDirectory, "CQC, duty contact")
	if d.Said != "no such user" || m.c.How(d) != "note add --directory-mended CQC:duty" {
		t.Errorf("%+v, %s", d, m.c.How(d))
	}
}

// One mail alone is refused first, as by a case that has only one to send: when others are
// refused alike, what was made of the first is taken back.
func TestWhatWasBlamedOnTheFirstIsTakenBackWhenOthersAreRefusedAlike(t *testing.T) {
	m := mailed(t)
	first := m.c.Notices[0]
	refuse := func(n ledger.Notice, r ledger.Recipient) {
		x := refusesRecipients(n, r)
		x.Notice, x.Party, x.Level = n.ID, r.Party, r.Level
		m.c.pen.RecordSent([]ledger.SendResult{x}, m.now)
		m.now = m.now.Add(10 * time.Second)
	}
	refuse(first, first.To[0])
	if m.duties() != 1 {
		t.Fatal("one alone is that contact's")
	}
	refuse(first, first.To[1])
	refuse(first, first.To[2])
	for _, d := range m.c.Duties {
		if d.Kind == regime.DutyMendDirectory && (d.Open() || d.End != ledger.EndNotNeeded) {
			t.Errorf("%+v", d)
		}
	}
	m.answer = takes
	m.run(m.now.Add(time.Hour))
	for _, r := range first.To {
		if got := m.taken[first.ID+" "+string(r.Party)+" "+string(r.Level)]; got != 1 {
			t.Errorf("%s: %d", r.Party, got)
		}
	}
	for key := range m.taken {
		if strings.HasSuffix(key, "lead") {
			t.Errorf("%s went", key)
		}
	}
	for _, n := range m.c.Notices {
		if n.Kind == "N43" && n.To[0].State != ledger.StateSuperseded {
			t.Errorf("a mail tells of a contact that need not be found: %+v", n.To)
		}
	}
}

func TestAMailRefusedByARuleForHoursWhileOthersAreTakenIsForTheNextContact(t *testing.T) {
	refusedForHours(t, ledger.MatterPolicy)
}

func TestAMailPutOffForHoursWhileOthersAreTakenIsForTheNextContact(t *testing.T) {
	refusedForHours(t, ledger.MatterMail)
}

func refusedForHours(t *testing.T, about ledger.Matter) {
	m := mailed(t)
	m.answer = func(n ledger.Notice, r ledger.Recipient) ledger.SendResult {
		if r.Party == "CQC" && r.Level == regime.LevelDuty {
			return ledger.SendResult{State: ledger.StateWaiting, About: about,
				RetryAfter: 10 * time.Minute, Note: "not now"}
		}
		return ledger.SendResult{State: ledger.StateAccepted}
	}
	m.run(m.now.Add(90 * time.Minute))
	if h, held := m.c.HeldMails(m.now); m.duties() != 0 || !held || h.Mails != 1 || h.About != about {
		t.Fatalf("%d duties, %+v", m.duties(), h)
	}
	m.c.pen.RecordSent([]ledger.SendResult{{Notice: m.c.Notices[0].ID, Party: "MONITOR",
		Level: regime.LevelDuty, State: ledger.StateAccepted}}, m.now)
	m.run(m.now.Add(2 * time.Hour))
	if m.duties() != 1 || m.taken[m.c.Notices[0].ID+" CQC lead"] != 1 {
		t.Fatalf("%d duties, %v", m.duties(), m.taken)
	}
}

func TestAFaultOfOurOwnTextIsNobodyElses(t *testing.T) {
	m := mailed(t)
	m.answer = func(n ledger.Notice, r ledger.Recipient) ledger.SendResult {
		if r.Party == "CQC" {
			return ledger.SendResult{State: ledger.StateWaiting, About: ledger.MatterContent,
				RetryAfter: 10 * time.Minute, Note: "the subject is too long"}
		}
		return ledger.SendResult{State: ledger.StateAccepted}
	}
	m.run(m.now.Add(72 * time.Hour))
	if h, held := m.c.HeldMails(m.now); m.duties() != 0 || !held || h.About != ledger.MatterContent {
		t.Fatalf("%d duties, %+v", m.duties(), h)
	}
}

func TestAMailThatCameBackThroughNoFaultOfItsRecipientGoesAgainUnderAnotherID(t *testing.T) {
	s := posted(t, time.Hour)
	n := len(s.c.Notices[0].To)
	old := s.mailOf(0)
	s.hears(1, ledger.StateDelivered)
	blocked := ledger.MailEvent{Mail: old, State: ledger.StateBlocked, At: s.now, About: ledger.MatterPolicy,
		Reason: "low reputation"}
	if s.c.pen.RecordDeliveryEvents([]ledger.MailEvent{blocked, blocked}, s.now) != 1 {
		t.Error("word that comes twice is news once")
	}
	r := s.c.Notices[0].To[0]
	if r.State != ledger.StateWaiting || r.RetryAt.IsZero() || len(s.c.Notices[0].To) != n || s.mailOf(0) == old {
		t.Fatalf("%+v", r)
	}
	s.now = r.RetryAt
	s.c.pen.RecordSent([]ledger.SendResult{{Notice: s.c.Notices[0].ID, Party: r.Party, Level: r.Level, Round: r.Round, State: ledger.StateAccepted,
		AwaitsEvents: true, RetryAfter: time.Hour}}, s.now)
	if s.c.pen.RecordDeliveryEvents([]ledger.MailEvent{blocked}, s.now) != 0 || s.hears(0, ledger.StateDelivered, ledger.StateBlocked) != 1 {
		t.Error("late word of the mail before, or of one that arrived, changes something")
	}
	if got := s.c.Notices[0].To[0].State; got != ledger.StateDelivered {
		t.Error(got)
	}
}

func TestWhatTheServiceBlocksOrDropsForEveryBodyIsHeldUntilOneArrives(t *testing.T) {
	for _, state := range []ledger.DeliveryState{ledger.StateBlocked, ledger.StateDropped} {
		s := posted(t, time.Hour)
		to := len(s.c.Notices[0].To)
		var es []ledger.MailEvent
		for i := range s.c.Notices[0].To {
			es = append(es, ledger.MailEvent{Mail: s.mailOf(i), State: state, At: s.now, Sign: "same"})
		}
		s.c.pen.RecordDeliveryEvents(es, s.now)
		if s.c.Hold == nil || !s.c.Hold.FromEvent || len(s.c.Notices[0].To) != to {
			t.Fatalf("%s: %+v", state, s.c.Notices[0].To)
		}
		for _, d := range s.c.Duties {
			if d.Kind == regime.DutyMendDirectory && d.Open() {
				t.Errorf("%s: %+v", state, d)
			}
		}
		s.now = s.c.Hold.Next
		batch := s.c.ToSend(s.now)
		if len(batch) != 1 || len(batch[0].To) != 1 {
			t.Fatalf("%s: %d notices go at once", state, len(batch))
		}
		r := batch[0].To[0]
		s.c.pen.RecordSent([]ledger.SendResult{{Notice: batch[0].ID, Party: r.Party, Level: r.Level, Round: r.Round, State: ledger.StateAccepted,
			AwaitsEvents: true, RetryAfter: time.Hour}}, s.now)
		if s.c.Hold == nil || len(s.c.ToSend(s.now)) != 0 {
			t.Fatalf("%s: a mail that is accepted says nothing", state)
		}
		s.c.pen.RecordDeliveryEvents([]ledger.MailEvent{{Mail: ledger.MailID(s.c.Ref, batch[0].ID, r),
			State: ledger.StateDelivered, At: s.now}}, s.now)
		if s.c.Hold != nil || len(s.c.ToSend(s.now.Add(15*time.Minute))) == 0 {
			t.Errorf("%s: one has arrived, and the others do not go", state)
		}
	}
}
