package activities

import (
	"cmp"
	"context"
	"errors"
	"time"

	"go.temporal.io/sdk/activity"

	"holdthering/activities/directory"
	"holdthering/activities/mail"
	"holdthering/notices"
	"holdthering/regime"
)

// tell sends one mail, which also stands for those further contacts of the same party that
// share its mailbox (R81).
// The error is why nothing more may be sent by this attempt.
func (s *sending) tell(ctx context.Context, n regime.Notice, r regime.Recipient) (tellings, error) {
	contact, err := s.contact(r)
	if err != nil {
		return s.result(n, []regime.Recipient{r}, regime.Telling{State: regime.ToldNobody, Note: gap(err)}), nil
	}
	rs := s.sharing(n, r, contact.Address)
	m, err := s.message(n, rs, contact)
	if err != nil {
		activity.GetLogger(ctx).Error("A notice could not be written", "kind", n.Kind, "reason", err)
		return s.result(n, rs, regime.Telling{State: regime.ToldRefused, Note: err.Error()}), nil
	}
	if s.held != "" {
		return s.result(n, rs, s.waiting(r, mail.Result{Detail: s.held})), nil
	}
	interrupted := s.result(n, rs, s.Confirm.unknown(r, "the sender was interrupted"))
	if err := s.begin(ctx, interrupted); err != nil {
		return nil, err
	}
	return s.result(n, rs, s.became(ctx, r, s.Channel.Send(ctx, m))), nil
}

// contact is who answers. One who is told in another's place has a mailbox of its own.
func (s *sending) contact(r regime.Recipient) (directory.Contact, error) {
	c, err := s.Directory.Lookup(r.Party, s.batch.Now, directory.Level(r.Level))
	if err != nil || r.After == "" {
		return c, err
	}
	before, err := s.Directory.Lookup(r.Party, s.batch.Now, directory.Level(r.After))
	if regime.Level(c.Level) != r.Level || err == nil && before.Address == c.Address {
		return c, directory.Gap{Party: r.Party, Level: directory.Level(r.Level), Reason: "no mailbox of its own"}
	}
	return c, nil
}

// gap is why nobody can be told, without an address.
func gap(err error) string {
	var g directory.Gap
	if errors.As(err, &g) {
		return g.Reason
	}
	return err.Error()
}

// sharing lists r and, after it, what is still to be told through the same mailbox.
func (s *sending) sharing(n regime.Notice, r regime.Recipient, address string) []regime.Recipient {
	out := []regime.Recipient{r}
	for _, o := range n.To {
		if o.Party != r.Party || o.Level == r.Level || s.told(n, o) {
			continue
		}
		c, err := s.Directory.Lookup(o.Party, s.batch.Now, directory.Level(o.Level))
		if err == nil && c.Address == address {
			out = append(out, o)
		}
	}
	return out
}

// became says what the answer of the channel means for the case.
func (s *sending) became(ctx context.Context, r regime.Recipient, res mail.Result) regime.Telling {
	switch res.Outcome {
	case mail.Accepted:
		return s.Confirm.accepted(r)
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
	return s.Confirm.unknown(r, res.Detail)
}

// waiting has a mail tried again when the channel says so, or after a pause that doubles
// from half a minute to half an hour: an outage of a week costs some hundred tries.
func (s *sending) waiting(r regime.Recipient, res mail.Result) regime.Telling {
	retry := res.RetryAfter
	if retry <= 0 {
		retry = min(30*time.Second<<min(r.Tries, 6), 30*time.Minute)
	}
	return regime.Telling{State: regime.ToldWaiting, Retry: retry, Note: res.Detail}
}

// result is what became of a mail, for each contact that it stands for; the first gives it
// its id.
func (s *sending) result(n regime.Notice, rs []regime.Recipient, t regime.Telling) tellings {
	var out tellings
	id := s.mailID(n, rs[0])
	for _, r := range rs {
		t.Notice, t.Party, t.Level, t.Mail = n.ID, r.Party, r.Level, ""
		if id != regime.MailID(s.batch.Ref, n.ID, r) {
			t.Mail = id
		}
		out = append(out, t)
	}
	return out
}

func (s *sending) message(n regime.Notice, rs []regime.Recipient, c directory.Contact) (mail.Message, error) {
	to := notices.Recipient{Party: rs[0].Party, Answering: regime.Level(c.Level), Instead: c.Instead}
	for _, r := range rs {
		to.Levels = append(to.Levels, r.Level)
	}
	m, err := notices.Render(s.batch, n, to)
	if err != nil {
		return mail.Message{}, err
	}
	out := mail.Message{
		ID: s.mailID(n, rs[0]), CaseRef: s.batch.Ref, At: n.At,
		To:      mail.Address{Email: c.Address}, // no name: the provider's own would tell
		Subject: m.Subject, Text: m.Text, HTML: m.HTML, Urgent: s.urgent(n.Kind),
	}
	if c.Calendar {
		out.Calendar = deadline(s.batch.Ref, m.Subject, n, rs[0].Party)
	}
	return out, nil
}

// mailID stays the same in every try, also where a mail that stood for several contacts goes
// again to one of them.
func (s *sending) mailID(n regime.Notice, r regime.Recipient) string {
	return cmp.Or(r.Mail, regime.MailID(s.batch.Ref, n.ID, r))
}

func (s *sending) urgent(k regime.NoticeKind) bool {
	p, ok := regime.ProfileNamed(s.batch.Profile)
	if !ok {
		return false
	}
	row, _ := p.Notice(k)
	return row.Urgent
}
