package activities

import (
	"context"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"

	"holdthering/activities/claim"
	"holdthering/regime/ledger"
)

// Confirmation is what is done about mails that may or may not have gone. Its zero value is for a
// channel that does no harm when a mail is sent again, such as the outbox.
type Confirmation struct {
	// Wait is how long word of such a mail is waited for before it goes again; zero is ten
	// minutes.
	Wait time.Duration
	// Awaited: the channel's service tells what becomes of every mail, so that one that it
	// accepted counts as sent only when it has.
	Awaited bool
	// Note keeps the results so far where another attempt finds them, and returns when they are
	// safe; no mail goes before that. Its error means that this attempt is not to go on. Nil leaves
	// it to a heartbeat now and then: each is a call to the server, and what a killed worker forgets does no harm.
	Note func(ctx context.Context, done []Noted) error
	// Claims is a folder that all workers share, so that one note does for several mails. Nil: each mail is noted.
	Claims *claim.Folder
	// Later tells a case about a mail that Note could not keep; an error has it tried again. Nil
	// leaves it to the next attempt.
	Later func(ctx context.Context, ref string, es []ledger.MailEvent) error

	// Lost gives the batches that a run which was brought back does not know of, though an earlier one
	// had begun with them. Nil sends them again.
	Lost func(ctx context.Context, workflow, run string) ([]LostBatch, error)

	pause time.Duration // before the second try of Later; 0: a second
}

// NoteThrough notes by a call to the server that is answered before a mail goes. It also
// finds out an attempt that another has taken the place of: the server does not take its notes.
func NoteThrough(c client.Client) func(context.Context, []Noted) error {
	return func(ctx context.Context, done []Noted) error {
		return c.RecordActivityHeartbeat(ctx, activity.GetInfo(ctx).TaskToken, done)
	}
}

const usualWait = 10 * time.Minute

// wait grows with the tries amid the service's silence, from Wait to sixty-four times as long:
// what was not heard of again and again is found out by a person. A service that does tell of
// mails sent later has lost this one, which then goes again after the plain Wait.
func (c Confirmation) wait(r ledger.Recipient) time.Duration {
	wait := c.Wait
	if wait <= 0 {
		wait = usualWait
	}
	return wait << min(r.Times.Silent, 6)
}

// unknown is a mail that may have gone.
func (c Confirmation) unknown(r ledger.Recipient, why string) ledger.SendResult {
	return ledger.SendResult{State: ledger.StateUnknown, RetryAfter: c.wait(r), AwaitsEvents: c.Awaited, Note: why}
}

// interrupted is a mail that may have gone, since whoever sent it did not live to say.
func (c Confirmation) interrupted(r ledger.Recipient, why string) ledger.SendResult {
	t := c.unknown(r, why)
	t.Interrupted = true
	return t
}

// accepted is a mail that the service took over.
func (c Confirmation) accepted(r ledger.Recipient) ledger.SendResult {
	t := ledger.SendResult{State: ledger.StateAccepted, AwaitsEvents: c.Awaited}
	if c.Awaited {
		t.RetryAfter = c.wait(r)
	}
	return t
}

// keep notes what became of the mails.
func (s *sending) keep(ctx context.Context) error {
	s.keepLaid(ctx)
	if s.Confirm.Note == nil {
		activity.RecordHeartbeat(ctx, s.done)
		return nil
	}
	s.ahead.of = nil
	return s.Confirm.Note(ctx, notedAs(s.done))
}

// owed is what a mail came to, which the server does not know yet.
type owed struct {
	results sendResults
	id      string
}

// unnoted is for how long what became of a mail may go unnoted while the next one is written: one note then says both.
const unnoted = 100 * time.Millisecond

// signOfLife is how often a batch is heard of whose mails may be sent again without harm: well within the time after
// which it is taken for dead.
const signOfLife = 5 * time.Second

// owe has what became of a mail noted, with the next mail's beginning if that comes at once.
func (s *sending) owe(ctx context.Context, ts sendResults, id string) error {
	if len(s.owed) == 0 {
		s.since = time.Now()
	}
	s.owed = append(s.owed, owed{ts, id})
	most := unnoted
	if s.Confirm.Note == nil || s.ahead.claims != nil {
		most = signOfLife
	}
	if time.Since(s.since) >= most {
		return s.keepOwed(ctx)
	}
	return nil
}

// keepOwed notes what is not noted yet.
func (s *sending) keepOwed(ctx context.Context) error {
	if len(s.owed) == 0 {
		return nil
	}
	return s.noteOrTell(func() error { return s.keep(ctx) })
}
