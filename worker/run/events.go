package run

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"

	"holdthering/activities"
	"holdthering/activities/claim"
	"holdthering/activities/mail"
	"holdthering/regime/ledger"
	"holdthering/textfile"
	"holdthering/worker/events"
)

// The variables that say whether the mail service tells what becomes of its mails.
const (
	eventsKey     = "HTR_EVENTS_KEY" // one or two public keys of the webhook; or _FILE
	eventsAddress = "HTR_EVENTS_ADDRESS"
	eventsHost    = "HTR_EVENTS_HOST" // the name that a proxy passes on, where it does
	eventsWait    = "HTR_EVENTS_WAIT"
)

// usualEvents is where events are received, unless the environment says otherwise.
const usualEvents = "127.0.0.1:8026"

// longestSecret is in bytes, of a file that holds keys.
const longestSecret = 64 << 10

// nowhere leaves the receiving to another worker.
const nowhere = "none"

// eventKeys are those of the webhook; none where it is not configured.
func (s Settings) eventKeys() (events.Keys, error) {
	text, file := s.getenv(eventsKey), s.getenv(eventsKey+"_FILE")
	switch {
	case text != "" && file != "":
		return nil, fmt.Errorf("%s and %[1]s_FILE are both set; one is meant", eventsKey)
	case file != "":
		var err error
		if text, err = textfile.Read(file, longestSecret); err != nil {
			return nil, fmt.Errorf("%s_FILE: %w", eventsKey, err)
		}
	case text == "":
		return nil, nil
	}
	keys, err := events.ParseKeys(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", eventsKey, err)
	}
	return keys, nil
}

// confirmation says how mails are confirmed that go through the channel.
func (s Settings) confirmation(c client.Client, channel mail.Channel) (activities.Confirmation, error) {
	keys, err := s.eventKeys()
	if err != nil || channel.Name() == "outbox" {
		return activities.Confirmation{}, err
	}
	reader := s.reader
	if reader == nil {
		reader = converter.GetDefaultDataConverter()
	}
	out := activities.Confirmation{Note: activities.NoteThrough(c), Later: later(c), Lost: activities.LostThrough(c, reader),
		Awaited: keys != nil && channel.Name() == "sendgrid"}
	if out.Wait, err = s.wait(); err != nil {
		return out, err
	}
	if s.getenv(registerAddress) == "" { // else each worker may have a folder of its own
		if out.Claims, err = claim.Open(filepath.Join(s.Records, "claims")); err != nil {
			s.Log.Warn("Mails cannot be claimed in the folder of records, and are noted one by one", "reason", err)
			err = nil
		}
	}
	return out, err
}

// wait is how long word of a mail is waited for; zero is the usual time.
func (s Settings) wait() (time.Duration, error) {
	text := s.getenv(eventsWait)
	if text == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < time.Second {
		return 0, fmt.Errorf("%s is a time such as 10m, of a second at least, not %q", eventsWait, text)
	}
	return d, nil
}

// checkEventsAddress refuses to listen for what could not be told from anybody's word.
func (s Settings) checkEventsAddress() error {
	address := s.getenv(eventsAddress)
	if address == "" || address == nowhere || s.getenv(eventsKey) != "" || s.getenv(eventsKey+"_FILE") != "" {
		return nil
	}
	return errors.New(eventsAddress + " is set and " + eventsKey + " is not: only signed events are taken")
}

// later tells a case of a mail by an update; a case that is not there any more need not know.
func later(c client.Client) func(context.Context, string, []ledger.MailEvent) error {
	return func(ctx context.Context, ref string, es []ledger.MailEvent) error {
		err := events.Temporal{Client: c}.Take(ctx, ref, es)
		if errors.Is(err, events.ErrNoCase) {
			return nil
		}
		return err
	}
}

// receive listens for events where they are configured; what it gives back stops that.
func (s Settings) receive(c client.Client) (stop func(), err error) {
	keys, err := s.eventKeys()
	if err != nil {
		return nil, err
	}
	address := s.getenv(eventsAddress)
	switch {
	case keys == nil && address != "" && address != nowhere:
		return nil, s.checkEventsAddress()
	case keys == nil || address == nowhere:
		return func() {}, nil
	case address == "":
		address = usualEvents
	}
	server, err := events.Listen(address, &events.Receiver{Keys: keys, Cases: events.Temporal{Client: c},
		Now: time.Now, Log: s.Log, Metrics: s.metrics},
		strings.Fields(strings.ToLower(s.getenv(eventsHost)))...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", eventsAddress, err)
	}
	s.health.Set("events", server.Serves)
	s.Log.Info("Receiving events of mails", "address", server.Address(), "path", events.Path)
	return s.closing(server, "The receiver of events did not stop in time"), nil
}
