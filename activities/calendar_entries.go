package activities

import (
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"holdthering/activities/mail"
	"holdthering/message"
	"holdthering/notices"
	"holdthering/regime"
	"holdthering/regime/ledger"
)

// entries is the name space of the ids of calendar entries and threads (RFC 9562, version 5).
var entries = uuid.MustParse("6f0d7a52-3c0b-4a57-9a0e-5b0f7a6f2d11")

// How a deadline is shown: a quarter of an hour, so that calendars draw it; reminded of an hour
// before, or a day where it is further off. Our choice.
const (
	deadlineLength = 15 * time.Minute
	shortAlarm     = time.Hour
	longAlarm      = 24 * time.Hour
)

// entriesOf are the calendar entries of a letter: one for each of its notices that has a time
// ahead. Notices of one duty are the same entry again, so that a calendar keeps one and moves it,
// and what is withdrawn goes out of it.
func (s *sending) entriesOf(l letter, program bool) []mail.Entry {
	var out []mail.Entry
	for _, p := range l.parts {
		for _, d := range s.batch.Dates {
			if d.Notice == p.notice.ID {
				out = append(out, s.entry(p.notice, d, l.party, program))
			}
		}
	}
	return out
}

func (s *sending) entry(n ledger.Notice, d message.Date, to regime.Party, program bool) mail.Entry {
	note := "The mail with this entry says how to answer."
	if program {
		note = notices.Show(s.batch.Ref)
	}
	e := mail.Entry{
		UID: opaque("deadline", s.batch.Ref, n.Enters(), to), Sequence: sequence(n), Stamp: n.At, Start: n.By,
		Length: deadlineLength, Title: notices.EntryTitle(s.batch, d.CalendarEntry, to),
		Note: note, Alarm: shortAlarm, Withdrawn: n.Kind == regime.EntryWithdrawn,
	}
	if d.Title != "" {
		e.Busy, e.Length = true, d.Lasts.After(n.By).Sub(n.By)
	} else if n.By.Sub(n.At) > 2*longAlarm {
		e.Alarm = longAlarm
	}
	return e
}

func opaque(kind, ref, about string, p regime.Party) string {
	return uuid.NewSHA1(entries, []byte(kind+"\x00"+ref+"\x00"+about+"\x00"+string(p))).String()
}

// sequence is the number of the notice within its case: it only ever grows, so that a calendar
// takes the later of two.
func sequence(n ledger.Notice) int {
	number, _ := strconv.Atoi(strings.TrimPrefix(n.ID, "n"))
	return number
}

// thread is what the mails about a duty, or an event, to one body have in common, and the first of
// them. A mail that gathers several kinds belongs to none.
func (s *sending) thread(l letter) (thread, after string) {
	first := l.parts[0].notice
	for _, p := range l.parts[1:] {
		if p.notice.Kind != first.Kind {
			return "", ""
		}
	}
	about := first.Enters()
	if about == "" {
		about = first.ID
	}
	for _, t := range s.batch.Threads {
		if t.Notice == first.ID && t.Party == l.party {
			after = t.Mail
		}
	}
	return opaque("thread", s.batch.MailRef(), about, l.party), after
}
