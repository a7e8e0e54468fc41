package activities

import (
	"context"
	"crypto/sha256"
	"sync"
	"time"
	"unique"

	"holdthering/regime/ledger"
)

// memory is what a worker knows of the mails that it gave to the service, whatever became of the
// notes about them: while the Temporal server is away no note can be kept, and a later attempt
// would know only that the mail may have gone. Its zero value is ready.
type memory struct {
	mu    sync.Mutex
	known map[mailKey]remembered
	order []mailKey // the oldest first
}

// mailKey stands for the id of a mail, in less room.
type mailKey [16]byte

func keyOf(id string) mailKey {
	sum := sha256.Sum256([]byte(id))
	return mailKey(sum[:16])
}

// remembered is what one try of a mail came to: most come to the same, of which one copy is kept.
type remembered struct {
	tries int32 // the recipient's, before this one
	told  unique.Handle[ledger.SendResult]
}

// maxRemembered is some days of a whole country's mails, and one or two megabytes.
const maxRemembered = 20000

func (m *memory) put(id string, r ledger.Recipient, t ledger.SendResult) {
	if t.State == ledger.StateWaiting {
		return // nothing was taken
	}
	key, kept := keyOf(id), remembered{int32(r.Tries), unique.Make(t)}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known == nil {
		m.known = map[mailKey]remembered{}
	}
	if _, again := m.known[key]; !again {
		m.order = append(m.order, key)
	}
	m.known[key] = kept
	for len(m.order) > maxRemembered {
		delete(m.known, m.order[0])
		m.order = m.order[1:]
	}
}

// of is what became of the mail, where the case does not know: in an earlier attempt at the same
// try, or at one that told the case only that the mail may have gone.
func (m *memory) of(id string, r ledger.Recipient) (ledger.SendResult, bool) {
	m.mu.Lock()
	k, ok := m.known[keyOf(id)]
	m.mu.Unlock()
	if !ok {
		return ledger.SendResult{}, false
	}
	told := k.told.Value()
	lost := r.State == ledger.StateUnknown && told.State == ledger.StateAccepted
	return told, int(k.tries) == r.Tries || lost
}

// better replaces, in what an earlier attempt has noted, the mails that may have gone by what this
// worker knows of them.
func (s *sending) better(done []ledger.SendResult) []ledger.SendResult {
	for i, t := range done {
		if t.State != ledger.StateUnknown {
			continue
		}
		for _, n := range s.batch.Notices {
			for _, r := range n.To {
				if n.ID != t.Notice || r.Party != t.Party || r.Level != t.Level {
					continue
				}
				id := t.Mail
				if id == "" {
					id = ledger.MailID(s.batch.MailRef(), n.ID, r)
				}
				if known, ok := s.memory.of(id, r); ok {
					done[i] = inPlaceOf(t, known)
				}
			}
		}
	}
	return done
}

// noteOrTell notes what became of mails. A note is tried for up to a minute while the server is away: where it takes
// long, the case is told besides, since a worker that dies meanwhile would take what it knows with it.
func (s *sending) noteOrTell(note func() error) error {
	late := s.owed
	s.owed = nil
	tell := func() {
		for _, o := range late {
			s.lastingly(o.results, o.id)
		}
	}
	timer := time.AfterFunc(3*s.Confirm.firstPause(), tell)
	err := note()
	if timer.Stop() && err != nil {
		tell()
	}
	return err
}

// longestPause is between two tries to tell a case of a mail: few mails are told of so, each of them one that goes
// twice if the worker dies before.
const longestPause = 3 * time.Second

func (c Confirmation) firstPause() time.Duration {
	if c.pause > 0 {
		return c.pause
	}
	return time.Second
}

// lastingly tells the case about a mail that was taken and could not be noted, as soon as the
// server is back: the next attempt may be another worker's, which knows nothing.
func (s *sending) lastingly(ts sendResults, id string) {
	if s.Confirm.Later == nil || s.Confirm.Awaited || ts[0].State != ledger.StateAccepted {
		return
	}
	ref, later := s.batch.Ref, s.Confirm.Later
	event := []ledger.MailEvent{{Mail: id, State: ledger.StateAccepted, At: time.Now().UTC(), Ours: true}}
	first := s.Confirm.firstPause()
	go func() {
		for n := 0; ; n++ {
			ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
			err := later(ctx, ref, event)
			cancel()
			if err == nil {
				return
			}
			time.Sleep(min(first<<min(n, 10), longestPause))
		}
	}()
}
