package activities

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"holdthering/activities/mail"
	"holdthering/regime"
	"holdthering/regime/ledger"
)

// entries is the name space of the ids of calendar entries (RFC 9562, version 5).
var entries = uuid.MustParse("6f0d7a52-3c0b-4a57-9a0e-5b0f7a6f2d11")

// calendarOf is the calendar file of a letter: an entry for each of its notices that has a time
// ahead; nil if none has. Notices of one duty are the same entry again, so that a calendar
// keeps one and moves it, and what is withdrawn goes out of it.
func calendarOf(ref, subject string, l letter) *mail.CalendarPart {
	var events []string
	method := methodCancel
	for _, p := range l.parts {
		n := p.notice
		if !n.By.After(n.At) || n.Enters() == "" {
			continue
		}
		status := "CONFIRMED"
		if n.Kind == regime.EntryWithdrawn {
			status = "CANCELLED"
		} else {
			method = methodPublish
		}
		id := uuid.NewSHA1(entries, []byte("deadline\x00"+ref+"\x00"+n.Enters()+"\x00"+string(l.party)))
		events = append(events, "BEGIN:VEVENT", "UID:"+id.String(), "SEQUENCE:"+sequence(n),
			"DTSTAMP:"+utc(n.At), "DTSTART:"+utc(n.By), "SUMMARY:"+calendarText(subject), "STATUS:"+status,
			"TRANSP:TRANSPARENT", "END:VEVENT")
	}
	if len(events) == 0 {
		return nil
	}
	var text strings.Builder
	lines := append([]string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//holdthering//notices//EN",
		"METHOD:" + method}, events...)
	for _, line := range append(lines, "END:VCALENDAR") {
		text.WriteString(folded(line) + "\r\n")
	}
	return &mail.CalendarPart{FileName: "deadline.ics", Text: text.String(), Method: method}
}

// The methods of RFC 5546 that need no attendee.
const (
	methodPublish = "PUBLISH"
	methodCancel  = "CANCEL"
)

// sequence is the number of the notice within its case: it only ever grows, so that a calendar
// takes the later of two.
func sequence(n ledger.Notice) string { return strings.TrimPrefix(n.ID, "n") }

func utc(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// calendarText escapes as RFC 5545 3.3.11 has it; what is no printable ASCII becomes "?",
// since not every mail service takes more in a calendar entry.
func calendarText(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, s)
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`).Replace(s)
}

// folded breaks a line so that none is longer than 75 octets, the blank that goes before a
// continuation included (RFC 5545 3.1).
func folded(line string) string {
	const most = 74
	out := line[:min(most, len(line))]
	for rest := line[len(out):]; rest != ""; {
		n := min(most, len(rest))
		out += "\r\n " + rest[:n]
		rest = rest[n:]
	}
	return out
}
