package mail

import (
	"errors"
	"fmt"
	"time"

	"holdthering/notices/content"
)

// Entry is a calendar entry to import, never an invitation: it has no attendees, so that nobody
// else's address is shown and no answers are sent. Package ics writes it.
type Entry struct {
	// UID stays the same while the entry moves and when it is withdrawn; Sequence only ever grows.
	UID      string `json:"uid"`
	Sequence int    `json:"sequence"`
	// Stamp is when the entry became what it is: the same in every try.
	Stamp  time.Time     `json:"stamp"`
	Start  time.Time     `json:"start"`
	Length time.Duration `json:"length"`
	Title  string        `json:"title"`
	Note   string        `json:"note,omitempty"`
	// Busy: it takes up its time, as a meeting does and a deadline does not.
	Busy bool `json:"busy,omitempty"`
	// Alarm is how long before Start a calendar reminds; zero: not at all.
	Alarm time.Duration `json:"alarm,omitempty"`
	// Withdrawn: calendars are to take the entry out.
	Withdrawn bool `json:"withdrawn,omitempty"`
}

const (
	maxTitle   = 200 // characters
	maxEntries = 100 // of one mail
	longest    = 31 * 24 * time.Hour
)

func (m Message) checkEntries() error {
	if len(m.Calendar) > maxEntries {
		return fmt.Errorf("the mail has more than %d calendar entries", maxEntries)
	}
	for _, e := range m.Calendar {
		if err := e.check(); err != nil {
			return content.As("calendar entry", err)
		}
	}
	return nil
}

func (e Entry) check() error {
	if !token.MatchString(e.UID) {
		return errors.New("has no usable id")
	}
	if err := content.Line(e.Title, maxTitle); err != nil {
		return fmt.Errorf("has a title that %w", err)
	}
	if err := content.Line(e.Note, maxTitle); err != nil {
		return fmt.Errorf("has a note that %w", err)
	}
	for _, t := range []time.Time{e.Stamp, e.Start} {
		if year := t.UTC().Year(); t.IsZero() || year < 1 || year > 9998 {
			return errors.New("has no usable time")
		}
	}
	switch {
	case e.Title == "":
		return errors.New("has no title")
	case e.Length <= 0 || e.Length > longest:
		return errors.New("has no usable length")
	case e.Alarm < 0 || e.Alarm > longest:
		return errors.New("has no usable alarm")
	case e.Sequence < 0:
		return errors.New("has a sequence below zero")
	}
	return nil
}
