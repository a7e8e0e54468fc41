package activities

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"time"

	"go.temporal.io/sdk/activity"

	"holdthering/activities/claim"
	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/ledger"
)

// Each note is a call that the server answers when it is safe. Where all workers share a folder, one note
// announces the next few mails, and each is claimed there before it goes: an attempt that finds the note asks the folder
// which of them had begun. Without the folder, all that were announced may have gone.
const (
	announcedMails = 24
	announcedFor   = 2 * time.Second // well within the time after which a batch is taken for dead
)

// Noted is a result as it is noted.
type Noted struct {
	ledger.SendResult
	// Claims names the folder that knows whether a mail which was announced had begun; empty where it may have gone.
	Claims string `json:"claims,omitempty"`
}

func notedAs(ts []ledger.SendResult) []Noted {
	out := make([]Noted, 0, len(ts)+announcedMails)
	for _, t := range ts {
		out = append(out, Noted{SendResult: t})
	}
	return out
}

// announced are the mails of which the server has a note that says where their claims are.
type announced struct {
	claims *claim.Folder // nil: each mail is noted alone
	of     []ledger.SendResult
	since  time.Time
}

// has reports whether a mail may go without another note.
func (a *announced) has(ts sendResults) bool {
	if time.Since(a.since) > announcedFor {
		return false
	}
	for _, t := range ts {
		if !hasResultOf(a.of, t.Notice, t.Party, t.Level) {
			return false
		}
	}
	return true
}

func hasResultOf(in []ledger.SendResult, notice string, p regime.Party, l regime.Level) bool {
	return slices.ContainsFunc(in, func(t ledger.SendResult) bool {
		return t.Notice == notice && t.Party == p && t.Level == l
	})
}

// elsewhere is the error of a mail that another attempt has in hand, or has sent.
type elsewhere struct{ gone bool }

func (elsewhere) Error() string { return "another attempt has begun with the mail" }

// begin has a mail known as one that may have gone, before it goes: that is what another attempt is to take it for.
// What the mails before it came to is noted with it. The error is elsewhere where the mail is not this attempt's.
func (s *sending) begin(ctx context.Context, ts sendResults) error {
	if s.Confirm.Note == nil {
		return nil
	}
	s.keepLaid(ctx)
	if s.ahead.claims != nil {
		if err := s.announce(ctx, ts); err != nil {
			return err
		}
		err := s.claim(ts)
		if err == nil || errors.As(err, new(elsewhere)) {
			return err
		}
		activity.GetLogger(ctx).Warn("Mails cannot be claimed in the folder of records, and are noted one by one", "reason", err)
		s.ahead = announced{}
	}
	return s.noteOrTell(func() error { return s.Confirm.Note(ctx, notedAs(append(s.done[:len(s.done):len(s.done)], ts...))) })
}

// announce notes a mail with those that come after it, if that is not done yet.
func (s *sending) announce(ctx context.Context, ts sendResults) error {
	if s.ahead.has(ts) {
		return nil
	}
	next := s.withNext(ts)
	note := notedAs(s.done)
	for _, t := range next {
		note = append(note, Noted{t, s.ahead.claims.Name()})
	}
	s.ahead.of = nil
	if err := s.noteOrTell(func() error { return s.Confirm.Note(ctx, note) }); err != nil {
		return err
	}
	s.ahead.of, s.ahead.since = next, time.Now()
	return nil
}

// withNext adds to a mail those that come after it in the batch.
func (s *sending) withNext(ts sendResults) []ledger.SendResult {
	next, reached := slices.Clone([]ledger.SendResult(ts)), false
	for _, n := range s.batch.Notices {
		for _, r := range n.To {
			switch {
			case len(next) >= announcedMails:
				return next
			case !reached:
				reached = n.ID == ts[0].Notice && r.Party == ts[0].Party && r.Level == ts[0].Level
				continue
			case s.hasResult(n, r), hasResultOf(next, n.ID, r.Party, r.Level):
				continue
			}
			if contact, err := s.contact(r); err == nil { // else it is announced when its turn comes
				next = append(next, s.result(s.letter(n, r, contact.Address), s.Confirm.interrupted(r, ts[0].Note))...)
			}
		}
	}
	return next
}

// claim takes a mail, for each contact that it stands for.
func (s *sending) claim(ts sendResults) error {
	for i, t := range ts {
		state, err := s.ahead.claims.Take(s.claimKey(t))
		if err == nil && state == claim.Mine {
			continue
		}
		s.released(ts[:i])
		if err == nil {
			s.ahead.of = nil // the next note finds out whether this attempt is still the one
			err = elsewhere{state == claim.Gone}
		}
		return err
	}
	return nil
}

// settleClaim keeps in the folder what a mail that was claimed came to.
func (s *sending) settleClaim(ts sendResults, state ledger.DeliveryState) {
	switch {
	case s.ahead.claims == nil, state == ledger.StateUnknown:
	case state == ledger.StateAccepted:
		for _, t := range ts {
			_ = s.ahead.claims.Went(s.claimKey(t)) // else it stays one that may have gone
		}
	default:
		s.released(ts)
	}
}

func (s *sending) released(ts sendResults) {
	if s.ahead.claims == nil {
		return
	}
	for _, t := range ts {
		_ = s.ahead.claims.Release(s.claimKey(t)) // else it stays one that may have gone
	}
}

// claimKey stands for one contact's mail in one batch of one run. The notice's kind and time are in it since a site that
// was restored from a backup gives its numbers out again.
func (s *sending) claimKey(t ledger.SendResult) string {
	return claimKey(s.run, s.activity, s.batch.Notices, t)
}

func claimKey(run, activity string, notices []ledger.Notice, t ledger.SendResult) string {
	of := []string{run, activity, t.Notice, string(t.Party), string(t.Level)}
	for _, n := range notices {
		if n.ID == t.Notice {
			of = append(of, string(n.Kind), n.At.UTC().Format(time.RFC3339Nano))
		}
	}
	sum := sha256.Sum256([]byte(strings.Join(of, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// unclaimed takes those out of what an earlier attempt has announced that had not begun, and says of the others what
// became of them.
func (s *sending) unclaimed(noted []Noted) []ledger.SendResult {
	var out []ledger.SendResult
	for _, one := range noted {
		t := one.SendResult
		if s.ahead.claims == nil || one.Claims != s.ahead.claims.Name() {
			out = append(out, t)
			continue
		}
		switch state, _ := s.ahead.claims.Look(s.claimKey(t)); state { // where it cannot be seen, it may have gone
		case claim.Free:
		case claim.Gone:
			out = append(out, s.went(t))
		default:
			out = append(out, t)
		}
	}
	return out
}

// went is what a mail came to that the folder says was taken: the rest is as it would be now.
func (s *sending) went(t ledger.SendResult) ledger.SendResult {
	r := s.recipientOf(t)
	told := inPlaceOf(t, s.Confirm.accepted(r))
	contact, err := s.contact(r)
	for _, n := range s.batch.Notices {
		if n.ID == t.Notice && err == nil {
			told.AssignedTo = s.asked(n, contact)
			told.Entry = contact.Calendar && slices.ContainsFunc(s.batch.Dates, func(d message.Date) bool { return d.Notice == n.ID })
		}
	}
	return told
}
