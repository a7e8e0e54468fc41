package sendgrid

import (
	"context"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strings"
	"time"

	"github.com/sendgrid/rest"
	"golang.org/x/time/rate"

	"holdthering/activities/mail"
)

// Sender is the channel. All goroutines share its rate and its hold.
type Sender struct {
	cfg    Config
	client *rest.Client
	bucket *rate.Limiter
	// routine is what mails that are not urgent pass before the bucket: they leave room in it, so that an urgent
	// one does not wait behind thousands of theirs.
	routine *rate.Limiter
	breaker *mail.Breaker
}

// forRoutine is the part of the rate that mails take which are not urgent.
const forRoutine = 0.8

// New checks the configuration; it does not connect.
func New(cfg Config) (*Sender, error) {
	cfg, err := cfg.complete()
	if err != nil {
		return nil, err
	}
	// One second's worth may go at once: the mails of one event are that many.
	burst := int(math.Max(1, math.Min(cfg.Rate, math.MaxInt32)))
	some := int(math.Max(1, math.Min(cfg.Rate*forRoutine, math.MaxInt32)))
	return &Sender{
		cfg:     cfg,
		client:  newClient(cfg.Timeout),
		bucket:  rate.NewLimiter(rate.Limit(cfg.Rate), burst),
		routine: rate.NewLimiter(rate.Limit(cfg.Rate*forRoutine), some),
		breaker: &mail.Breaker{Hold: cfg.Hold},
	}, nil
}

// Name is "sendgrid".
func (s *Sender) Name() string { return "sendgrid" }

// String describes the channel without its key.
func (s *Sender) String() string {
	return fmt.Sprintf("SendGrid at %s, at most %g mails a second", s.cfg.Host, s.cfg.Rate)
}

// Send gives one mail to the service, in its turn.
func (s *Sender) Send(ctx context.Context, m mail.Message) mail.Result {
	if err := m.Validate(); err != nil {
		return m.Unfit(err)
	}
	if r, held := s.breaker.Held(); held {
		return r
	}
	if late, ok := s.turn(ctx, m.Urgent); !ok {
		return mail.Result{
			Outcome:    mail.RefusedForNow,
			Detail:     "its turn under the rate limit would not have come in the time for this try",
			RetryAfter: late,
			Untried:    true,
		}
	}
	// Asked again: the service may have refused all while this mail waited for its turn.
	try, r, held := s.breaker.Enter()
	if held {
		return r
	}
	return s.breaker.Leave(try, m.To.Domain(), s.post(ctx, m).result(m.To, time.Now()))
}

// longestTurn is how long a mail waits here for its turn. What would wait longer gives its turn
// up and comes again: long waits are the caller's, who remembers them.
const longestTurn = 5 * time.Second

// turn waits for the mail's turn under the rate; ok is false when it would come too late, and
// late says when.
func (s *Sender) turn(ctx context.Context, urgent bool) (late time.Duration, ok bool) {
	if !urgent {
		if late, ok := turn(ctx, s.routine); !ok {
			return late, false
		}
	}
	return turn(ctx, s.bucket)
}

func turn(ctx context.Context, bucket *rate.Limiter) (late time.Duration, ok bool) {
	mine := bucket.Reserve()
	wait := mine.Delay()
	if end, set := ctx.Deadline(); wait > longestTurn || set && time.Until(end) < wait {
		mine.Cancel()
		return wait, false
	}
	if wait == 0 {
		return 0, true
	}
	select {
	case <-ctx.Done():
		mine.Cancel()
		return 0, false
	case <-time.After(wait):
		return 0, true
	}
}

func (s *Sender) post(ctx context.Context, m mail.Message) sight {
	key, err := s.key()
	if err != nil {
		return sight{err: err}
	}
	ctx, way := follow(ctx)
	response, err := s.client.SendWithContext(ctx, rest.Request{
		Method:  rest.Post,
		BaseURL: s.cfg.Host + "/v3/mail/send",
		Headers: map[string]string{
			"Authorization": "Bearer " + key,
			"Content-Type":  "application/json",
			"Accept":        "application/json",
			"User-Agent":    "holdthering",
		},
		Body: body(m),
	})
	return sight{response: response, err: err, begun: way.begun(err)}
}

var errNoKey = errors.New("no usable API key")

// A key is one word; anything else in it would end the header early. Quotation marks around it were meant for
// whoever read the file that it stood in.
var keyForm = regexp.MustCompile(`^[!-~]+$`)

// CheckKey refuses what can be no API key. The error does not name it.
func CheckKey(key string) error {
	if !keyForm.MatchString(key) || strings.ContainsAny(key[:1]+key[len(key)-1:], `"'`) {
		return errors.New("an API key is one word of letters, digits and signs, without quotation marks around it")
	}
	return nil
}

func (s *Sender) key() (string, error) {
	key, err := s.cfg.Key()
	if err != nil || CheckKey(key) != nil {
		return "", errNoKey
	}
	return key, nil
}
