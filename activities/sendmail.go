package activities

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"go.temporal.io/sdk/activity"

	"holdthering/activities/directory"
	"holdthering/activities/mail"
	"holdthering/notices"
	"holdthering/regime"
	"holdthering/regime/ledger"
)

// sendMail sends one mail, which also stands for what goes with it (see letter). The error is why
// nothing more may be sent by this attempt.
func (s *sending) sendMail(ctx context.Context, n ledger.Notice, r ledger.Recipient) (sendResults, error) {
	if r.Party.Body() == regime.Unnamed {
		return s.sendToVoice(ctx, n, r)
	}
	contact, err := s.contact(r)
	if err != nil {
		return s.noContact(n, r, err), nil
	}
	return s.sendTo(ctx, n, r, contact)
}

func (s *sending) noContact(n ledger.Notice, r ledger.Recipient, err error) sendResults {
	alone := letter{party: r.Party, parts: []letterPart{{n, []ledger.Recipient{r}}}}
	return s.result(alone, ledger.SendResult{State: ledger.StateNoContact, Note: gap(err)})
}

// sendTo sends one mail to a contact.
func (s *sending) sendTo(ctx context.Context, n ledger.Notice, r ledger.Recipient, contact directory.Contact) (sendResults, error) {
	l := s.letter(n, r, contact.Address)
	m, err := s.message(l, contact)
	if err != nil && len(l.parts) > 1 { // one that cannot be written keeps no other from going
		l = l.only(n)
		m, err = s.message(l, contact)
	}
	if err != nil {
		activity.GetLogger(ctx).Error("A notice is held: it could not be written", "kind", n.Kind, "reason", err)
		return s.result(l, s.faulty(r, err.Error())), nil
	}
	if s.held.About != "" {
		held := s.held
		held.Untried = true
		return s.result(l, s.waiting(r, held)), nil
	}
	if known, ok := s.memory.of(m.ID, r); ok && !s.another {
		return s.result(l, known), nil
	}
	begun := s.result(l, s.Confirm.interrupted(r, "the sender was interrupted"))
	answer, err := s.give(ctx, m, begun)
	var other elsewhere
	switch {
	case errors.As(err, &other) && other.gone:
		return s.result(l, s.went(begun[0])), nil
	case errors.As(err, &other):
		return begun, nil
	case err != nil:
		return nil, err
	}
	told := s.became(ctx, r, answer)
	s.settleClaim(begun, told.State)
	if told.About != "" {
		told.Domain = s.domain(m.To.Domain())
	}
	if told.State == ledger.StateAccepted || told.State == ledger.StateUnknown {
		told.AssignedTo = s.asked(n, contact)
	}
	told.Entry = len(m.Calendar) > 0 && (told.State == ledger.StateAccepted || told.State == ledger.StateUnknown)
	s.memory.put(m.ID, r, told)
	return s.result(l, told), nil
}

// aMoment is how long a mail waits for another to find out whether the service takes mails again.
const aMoment = 5 * time.Second

// give notes that the mail is about to go, and gives it to the channel. Where the channel holds all for a moment
// only, it waits for that to be over: else a bad moment that one case's mail met would cost every other case the
// long wait of an outage, and the one after it again.
func (s *sending) give(ctx context.Context, m mail.Message, begun sendResults) (mail.Result, error) {
	for patience := aMoment; ; {
		if err := s.begin(ctx, begun); err != nil {
			return mail.Result{}, err
		}
		answer := s.hand(ctx, m)
		if !answer.Untried || answer.RetryAfter <= 0 || answer.RetryAfter > patience {
			return answer, nil
		}
		patience -= answer.RetryAfter
		s.released(begun)
		if err := s.keep(ctx); err != nil { // it was not given to the service: who is killed now leaves no doubt of it
			return mail.Result{}, err
		}
		select {
		case <-ctx.Done():
			return answer, nil
		case <-activity.GetWorkerStopChannel(ctx):
			return answer, nil
		case <-time.After(answer.RetryAfter):
		}
	}
}

// contact is the contact that answers. One that is told in another's place has a mailbox of its
// own.
func (s *sending) contact(r ledger.Recipient) (directory.Contact, error) {
	r.Party = s.batch.Behind(r.Party)
	if r.Party.Body() == regime.Guest {
		return s.guest(r)
	}
	c, err := s.Directory.Lookup(r.Party, s.batch.Now, directory.Level(r.Level))
	if err != nil || r.After == "" {
		return c, err
	}
	before, err := s.Directory.Lookup(r.Party, s.batch.Now, directory.Level(r.After))
	if regime.Level(c.Level) != r.Level || err == nil && strings.EqualFold(before.Address, c.Address) {
		return c, directory.Gap{Party: r.Party, Level: directory.Level(r.Level), Reason: "no mailbox of its own"}
	}
	return c, nil
}

// guest is the one contact of a guest, which stands in the case and in no directory.
func (s *sending) guest(r ledger.Recipient) (directory.Contact, error) {
	for _, g := range s.batch.Guests {
		if g.Party == r.Party && r.After == "" {
			name := string(g.Party)
			for _, n := range s.batch.Names {
				if n.Party == g.Party {
					name = n.Name
				}
			}
			return directory.Contact{Party: g.Party, Name: name, Address: g.Contact, Level: directory.Duty,
				Asked: directory.Level(r.Level)}, nil
		}
	}
	return directory.Contact{}, directory.Gap{Party: r.Party, Level: directory.Level(r.Level), Reason: "a guest has one contact alone"}
}

// gap is why there is no one to tell, without an address.
func gap(err error) string {
	var g directory.Gap
	if errors.As(err, &g) {
		return g.Reason
	}
	return err.Error()
}

// became says what the answer of the channel means for the case.
func (s *sending) became(ctx context.Context, r ledger.Recipient, res mail.Result) ledger.SendResult {
	switch res.Outcome {
	case mail.Accepted:
		return s.Confirm.accepted(r)
	case mail.RefusedForGood:
		if res.About == "" || res.About == mail.AboutRecipient {
			return ledger.SendResult{State: ledger.StateRefused, Note: res.Detail, About: ledger.MatterRecipient,
				Reason: res.Reason, Sign: cmp.Or(res.Sign, res.Detail)}
		}
		if res.About == mail.AboutContent && res.Sign == mail.Unfit {
			activity.GetLogger(ctx).Error("A mail is held: its content is at fault", "reason", res.Detail)
			return s.faulty(r, res.Detail)
		}
		return s.waiting(r, res) // it is somebody's rule: no contact is at fault
	case mail.RefusedForNow, mail.Misconfigured:
		if res.Outcome == mail.Misconfigured && res.About == "" {
			res.About = mail.AboutSystem
		}
		if res.About.All() {
			s.held = res
			activity.GetLogger(ctx).Error("No mail can be sent; all are held until this is mended",
				"channel", s.Channel.Name(), "reason", res.Detail)
		} else {
			activity.GetLogger(ctx).Warn("A mail could not go and is tried again", "channel", s.Channel.Name(),
				"reason", res.Detail)
		}
		return s.waiting(r, res)
	}
	told := s.Confirm.unknown(r, res.Detail)
	told.Works = res.Works
	return told
}

// faulty holds a mail whose own content is at fault. It goes when that has been mended, and no
// recipient is blamed.
func (s *sending) faulty(r ledger.Recipient, why string) ledger.SendResult {
	return s.waiting(r, mail.Result{Detail: ourContent + why, About: mail.AboutContent, Sign: mail.Unfit})
}

// ourContent begins the note of a mail that is held for its own content.
const ourContent = "held, our own text is at fault: "

// waiting has a mail tried again when the channel says so, or after a pause that doubles
// from half a minute to half an hour: an outage of a week costs some hundred tries. One that met a bad moment of a
// service that works goes soon again: its pause doubles from ten seconds, and is at most half as long as it has been
// refused, however often it was tried while none was taken.
func (s *sending) waiting(r ledger.Recipient, res mail.Result) ledger.SendResult {
	retry := res.RetryAfter
	switch {
	case retry > 0:
	case res.About == mail.AboutMail:
		retry = shortest
		if !r.Refused.IsZero() {
			retry = max(shortest, min(s.batch.Now.Sub(r.Refused)/2, shortest<<min(r.Tries, 8), 30*time.Minute))
		}
	default:
		retry = min(30*time.Second<<min(r.Tries, 6), 30*time.Minute)
	}
	return ledger.SendResult{State: ledger.StateWaiting, RetryAfter: retry, Note: res.Detail,
		About: ledger.Matter(res.About), Reason: res.Reason, Sign: res.Sign, Untried: res.Untried}
}

// shortest is how long a mail waits that met a bad moment of a service that works.
const shortest = 10 * time.Second

// domain numbers a mail domain within the batch.
func (s *sending) domain(name string) int {
	name = strings.ToLower(name)
	if i := slices.Index(s.domains, name); i >= 0 {
		return i + 1
	}
	s.domains = append(s.domains, name)
	return len(s.domains)
}

func (s *sending) message(l letter, c directory.Contact) (mail.Message, error) {
	m, err := s.write(l, c)
	if err != nil {
		return mail.Message{}, err
	}
	first := l.parts[0].notice
	out := mail.Message{
		ID: s.mailID(l), CaseRef: s.batch.Ref, At: first.At,
		To:      mail.Address{Email: c.Address}, // no name: the provider's own would tell
		Subject: m.Subject, Text: m.Text, HTML: m.HTML, Urgent: s.urgent(first), Sent: s.sent(),
	}
	out.Thread, out.After = s.thread(l)
	if c.Calendar {
		out.Calendar = s.entriesOf(l, c.Program)
	}
	return out, nil
}

// sent is the time of sending. A demonstration keeps its own clock.
func (s *sending) sent() time.Time {
	if s.batch.Demonstration {
		return s.batch.Now
	}
	return time.Now()
}

// mailID stays the same in every try, also where a part of what a mail stood for goes again.
func (s *sending) mailID(l letter) string {
	first := l.parts[0]
	return cmp.Or(first.to[0].Mail, ledger.MailID(s.batch.MailRef(), first.notice.ID, first.to[0]))
}

func (s *sending) templates() *notices.Library {
	if s.Templates == nil {
		return notices.Shipped()
	}
	return s.Templates
}

func (s *sending) urgent(n ledger.Notice) bool {
	p, ok := regime.ProfileNamed(s.batch.Profile)
	return ok && p.GoesAtOnce(n.Kind, n.Urgent)
}
