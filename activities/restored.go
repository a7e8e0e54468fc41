package activities

import (
	"cmp"
	"context"
	"time"

	"go.temporal.io/sdk/activity"

	"holdthering/backup"
	"holdthering/regime/ledger"
)

// NoteRestored says of a mail that a person is to decide whether it goes; NoteTakenAsSent that one
// has decided.
const (
	NoteRestored = "the site was restored from a backup, and this mail may have gone before: " +
		"'starter restored' says how to decide"
	NoteTakenAsSent = "taken as sent before the site was restored from a backup"
)

// restoredRetry is how often it is looked whether a person has decided.
const restoredRetry = 5 * time.Minute

// settleUnclear tells about the mails that may or may not have gone: what may have sent them is
// lost, and an earlier backup was put in its place. They wait for a person's decision. Plays are
// never among them.
func (s *sending) settleUnclear(ctx context.Context) {
	if s.batch.Demonstration {
		return
	}
	mark, err := backup.ReadMark(s.Records)
	if err != nil {
		activity.GetLogger(ctx).Error("Until when mails may have gone before the site was restored cannot be read; "+
			"all of before are held", "reason", err)
	}
	if mark == nil {
		return
	}
	for _, n := range s.batch.Notices {
		for _, r := range n.To {
			if s.hasResult(n, r) || !mark.Unclear(WasDue(n, r)) {
				continue
			}
			t, settled := unclear(r, mark.Decided(cmp.Or(s.batch.Group, s.batch.Ref)))
			if !settled {
				continue
			}
			t.Notice, t.Party, t.Level, t.Mail = n.ID, r.Party, r.Level, r.Mail
			if t.State == ledger.StateWaiting {
				activity.GetLogger(ctx).Warn("A mail is held: the site was restored, and it may have gone before",
					"case", s.batch.Ref, "notice", n.ID, "kind", n.Kind)
			}
			s.done = append(s.done, t)
		}
	}
}

// WasDue is when the mail was to go.
func WasDue(n ledger.Notice, r ledger.Recipient) time.Time {
	switch {
	case !n.Fell.IsZero():
		return n.Fell
	case r.NotBefore.After(n.At):
		return r.NotBefore
	}
	return n.At
}

// unclear is what becomes of a mail that may have gone; settled is false where it is sent.
func unclear(r ledger.Recipient, d backup.Decision) (t ledger.SendResult, settled bool) {
	switch {
	case r.State == ledger.StateAccepted: // it went before the backup; only word of it is lost
		return ledger.SendResult{State: r.State, Note: r.Note}, true
	case d == backup.Went:
		return ledger.SendResult{State: ledger.StateUnknown, Note: NoteTakenAsSent}, true
	case d == backup.Send:
		return ledger.SendResult{}, false
	}
	return ledger.SendResult{State: ledger.StateWaiting, RetryAfter: restoredRetry, Note: NoteRestored}, true
}
