package activities

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/temporal"

	"holdthering/activities/mail"
	"holdthering/message"
	"holdthering/regime/ledger"
)

// SendNotices tells every recipient of the batch and reports what became of each. It fails
// only when it is interrupted, and then the next attempt goes on after the last recipient
// that was noted. A mail that was under way may have gone; see Confirmation.
func (a *Activities) SendNotices(ctx context.Context, b message.Batch) (message.Report, error) {
	noted, err := readNotes(ctx)
	if err != nil {
		return message.Report{}, err
	}
	a.tellHeld(ctx, b)
	in := activity.GetInfo(ctx)
	s := sending{Activities: a, batch: b, run: in.WorkflowExecution.RunID, activity: in.ActivityID,
		ahead: announced{claims: a.Confirm.Claims}}
	s.done = s.unclaimed(noted)
	if err := s.markMaybeSent(ctx); err != nil {
		return message.Report{}, err
	}
	s.done = s.better(s.done)
	s.lookUpOthers()
	s.settleUnclear(ctx)
	for _, n := range b.Notices {
		for _, to := range n.To {
			if s.hasResult(n, to) {
				continue
			}
			if err := s.send(ctx, n, to); err != nil {
				return message.Report{}, errors.Join(s.keepOwed(ctx), err)
			}
		}
	}
	s.keepLaid(ctx)
	if s.Confirm.Note == nil || s.ahead.claims != nil {
		// The report says it. If it is lost, the claims do, or all go again without harm.
		return message.Report{Results: s.done}, nil
	}
	return message.Report{Results: s.done}, s.keepOwed(ctx)
}

// send has one mail go, unless nothing more is to be begun.
func (s *sending) send(ctx context.Context, n ledger.Notice, to ledger.Recipient) error {
	if err := s.interrupted(ctx); err != nil {
		return err
	}
	told, err := s.sendMail(ctx, n, to)
	if err != nil {
		return err
	}
	count(ctx, told[0].State)
	if ctx.Err() != nil && !told.settled() {
		return ctx.Err() // it may be the interruption that spoke
	}
	s.done = append(s.done, told...)
	return s.owe(ctx, told, s.idOf(n, to, told[0]))
}

// readNotes are the results of an earlier attempt that was cut short. Where they cannot be read
// nothing is sent: it may have gone.
func readNotes(ctx context.Context) ([]Noted, error) {
	if !activity.HasHeartbeatDetails(ctx) {
		return nil, nil
	}
	var done []Noted
	if err := activity.GetHeartbeatDetails(ctx, &done); err != nil {
		return nil, fmt.Errorf("what was sent before cannot be read: %w", err)
	}
	return done, nil
}

// interrupted reports whether nothing more should be begun: the case is cancelled, the time is up,
// or this worker is stopping and another can go on at once.
func (s *sending) interrupted(ctx context.Context) error {
	select {
	case <-activity.GetWorkerStopChannel(ctx):
		if err := s.keepOwed(ctx); err != nil {
			return err
		}
		letNotesOut(ctx)
		return temporal.NewApplicationErrorWithOptions("the worker is stopping", "WORKER_STOPPING",
			temporal.ApplicationErrorOptions{Category: temporal.ApplicationErrorCategoryBenign})
	default:
		return ctx.Err()
	}
}

// notesDelay is longer than a worker may hold back what was noted.
const notesDelay = time.Second

// letNotesOut waits until the last note has left: an answer that overtakes it would have the
// next attempt send again what went already.
func letNotesOut(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(notesDelay):
	}
}

// sending is one batch on its way.
type sending struct {
	*Activities
	batch         message.Batch
	run, activity string // that the batch was given to
	done          []ledger.SendResult
	ahead         announced
	// lasting is how many of them are known to last; see keepLaid.
	lasting int
	// held is why no more is sent: no mail at all would be taken.
	held mail.Result
	// domains numbers the mail domains of the batch.
	domains []string
	another bool   // contact of the same recipient: what is known of the mail is of the one before
	owed    []owed // what is not noted yet; the oldest since when
	since   time.Time
}

// idOf is the id under which a mail went.
func (s *sending) idOf(n ledger.Notice, r ledger.Recipient, t ledger.SendResult) string {
	return cmp.Or(t.Mail, r.Mail, ledger.MailID(s.batch.MailRef(), n.ID, r))
}

func (s *sending) hasResult(n ledger.Notice, r ledger.Recipient) bool {
	return hasResultOf(s.done, n.ID, r.Party, r.Level)
}

// inPlaceOf is what has become of the mail that another result is of.
func inPlaceOf(was, told ledger.SendResult) ledger.SendResult {
	told.Notice, told.Party, told.Level, told.Mail, told.Round = was.Notice, was.Party, was.Level, was.Mail, was.Round
	return told
}

// sendResults are what one mail came to, for each contact that it stands for.
type sendResults []ledger.SendResult

func (ts sendResults) settled() bool {
	for _, t := range ts {
		if t.RetryAfter != 0 {
			return false
		}
	}
	return true
}
