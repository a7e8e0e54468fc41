package activities

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/sdk/activity"

	"holdthering/activities/directory"
	"holdthering/activities/mail"
	"holdthering/notices"
	"holdthering/regime"
)

// tell sends one mail, which also stands for what goes with it (see letter).
func (s *sending) tell(ctx context.Context, n regime.Notice, r regime.Recipient) tellings {
	contact, err := s.Directory.Lookup(r.Party, s.batch.Now, directory.Level(r.Level))
	if err != nil {
		alone := letter{party: r.Party, parts: []letterPart{{n, []regime.Recipient{r}}}}
		return alone.result(regime.Telling{State: regime.ToldNobody, Note: gap(err)})
	}
	l := s.letter(n, r, contact.Address)
	m, err := s.message(l, contact)
	if err != nil {
		activity.GetLogger(ctx).Error("A notice could not be written", "kind", n.Kind, "reason", err)
		return l.result(regime.Telling{State: regime.ToldRefused, Note: err.Error()})
	}
	if s.held != "" {
		return l.result(s.waiting(r, mail.Result{Detail: s.held}))
	}
	told := s.became(ctx, r, s.Channel.Send(ctx, m))
	told.Entry = m.Calendar != nil && (told.State == regime.ToldAccepted || told.State == regime.ToldUnknown)
	return l.result(told)
}

// gap is why nobody can be told, without an address.
func gap(err error) string {
	var g directory.Gap
	if errors.As(err, &g) {
		return g.Reason
	}
	return err.Error()
}

// became says what the answer of the channel means for the case.
func (s *sending) became(ctx context.Context, r regime.Recipient, res mail.Result) regime.Telling {
	switch res.Outcome {
	case mail.Accepted:
		return regime.Telling{State: regime.ToldAccepted}
	case mail.RefusedForGood:
		return regime.Telling{State: regime.ToldRefused, Note: res.Detail}
	case mail.RefusedForNow:
		return s.waiting(r, res)
	case mail.Misconfigured:
		s.held = res.Detail
		activity.GetLogger(ctx).Error("No mail can be sent; all are held until this is mended",
			"channel", s.Channel.Name(), "reason", res.Detail)
		return s.waiting(r, res)
	}
	return regime.Telling{State: regime.ToldUnknown, Retry: unknownRetry, Note: res.Detail}
}

// unknownRetry leaves time for the mail service's own word on a mail that it may have taken.
const unknownRetry = 10 * time.Minute

// waiting has a mail tried again when the channel says so, or after a pause that doubles
// from half a minute to half an hour: an outage of a week costs some hundred tries.
func (s *sending) waiting(r regime.Recipient, res mail.Result) regime.Telling {
	retry := res.RetryAfter
	if retry <= 0 {
		retry = min(30*time.Second<<min(r.Tries, 6), 30*time.Minute)
	}
	return regime.Telling{State: regime.ToldWaiting, Retry: retry, Note: res.Detail}
}

func (s *sending) message(l letter, c directory.Contact) (mail.Message, error) {
	m, err := s.write(l, c)
	if err != nil {
		return mail.Message{}, err
	}
	first := l.parts[0].notice
	out := mail.Message{
		ID: l.id(s.batch.Ref), CaseRef: s.batch.Ref, At: first.At,
		To:      mail.Address{Email: c.Address}, // no name: the provider's own would tell
		Subject: m.Subject, Text: m.Text, HTML: m.HTML, Urgent: s.urgent(first),
	}
	if c.Calendar {
		out.Calendar = calendarOf(s.batch.Ref, m.Subject, l)
	}
	return out, nil
}

func (s *sending) templates() *notices.Library {
	if s.Templates == nil {
		return notices.Shipped()
	}
	return s.Templates
}

func (s *sending) urgent(n regime.Notice) bool {
	p, ok := regime.ProfileNamed(s.batch.Profile)
	return ok && p.GoesAtOnce(n)
}

// mails is the name space of the ids of mails (RFC 9562, version 5).
var mails = uuid.MustParse("6f0d7a52-3c0b-4a57-9a0e-5b0f7a6f2d11")

// messageID is the same in every try of a mail, and says nothing to who does not know what
// it was made of.
func messageID(ref, notice string, r regime.Recipient) string {
	return uuid.NewSHA1(mails,
		[]byte(ref+"\x00"+notice+"\x00"+string(r.Party)+"\x00"+string(r.Level))).String()
}
