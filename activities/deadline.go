package activities

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"holdthering/activities/mail"
	"holdthering/regime"
)

// entries is the name space of the ids of calendar entries (RFC 9562, version 5).
var entries = uuid.MustParse("6f0d7a52-3c0b-4a57-9a0e-5b0f7a6f2d11")

// deadline is the calendar entry of what lies ahead; nil if nothing does. Reminders of one
// duty are the same entry again, so that a calendar keeps one.
func deadline(ref, subject string, n regime.Notice, p regime.Party) *mail.CalendarPart {
	if !n.By.After(n.At) {
		return nil
	}
	about := n.Duty
	if about == "" {
		about = n.ID
	}
	id := uuid.NewSHA1(entries, []byte("deadline\x00"+ref+"\x00"+about+"\x00"+string(p)))
	lines := []string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//holdthering//notices//EN", "METHOD:PUBLISH",
		"BEGIN:VEVENT", "UID:" + id.String(), "DTSTAMP:" + utc(n.At), "DTSTART:" + utc(n.By),
		"SUMMARY:" + calendarText(subject), "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR",
	}
	var text strings.Builder
	for _, l := range lines {
		text.WriteString(folded(l) + "\r\n")
	}
	return &mail.CalendarPart{FileName: "deadline.ics", Text: text.String()}
}

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
