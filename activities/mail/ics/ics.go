// Package ics writes calendar entries as iCalendar files (RFC 5545, RFC 5546).
package ics

import (
	"fmt"
	"strings"
	"time"

	ical "github.com/arran4/golang-ical"

	"holdthering/activities/mail"
)

// File is a calendar file. All its entries have one method, as RFC 5546 asks.
type File struct {
	Name   string // plain ASCII
	Method string // "PUBLISH" or "CANCEL"
	Text   string // UTF-8, with CRLF line ends
}

// Files are the calendar files of a message that Validate has passed: what enters calendars, and
// what is taken out of them.
func Files(m mail.Message) []File {
	var out []File
	for _, f := range []struct {
		name   string
		method ical.Method
	}{{"entry.ics", ical.MethodPublish}, {"withdrawn.ics", ical.MethodCancel}} {
		calendar := ical.NewCalendar()
		calendar.SetProductId("-//Hold the Ring//Notices//EN")
		calendar.SetCalscale("GREGORIAN")
		calendar.SetMethod(f.method)
		for _, e := range m.Calendar {
			if e.Withdrawn == (f.method == ical.MethodCancel) {
				add(calendar, e, m)
			}
		}
		if len(calendar.Events()) > 0 {
			text := calendar.Serialize(ical.WithNewLine("\r\n"))
			out = append(out, File{Name: f.name, Method: string(f.method), Text: text})
		}
	}
	return out
}

func add(calendar *ical.Calendar, e mail.Entry, m mail.Message) {
	event := calendar.AddEvent(e.UID)
	event.SetDtStampTime(e.Stamp)
	event.SetSequence(e.Sequence)
	event.SetStartAt(e.Start)
	event.SetEndAt(e.Start.Add(e.Length))
	title := plainText(e.Title)
	event.SetSummary(title)
	if e.Note != "" {
		event.SetDescription(plainText(e.Note))
	}
	// PUBLISH and CANCEL need an organizer. It is the mailbox that somebody reads.
	organizer := []ical.PropertyParameter{}
	if name := plainName(m.From.Name); name != "" {
		organizer = append(organizer, ical.WithCN(name))
	}
	event.SetOrganizer("mailto:"+m.ReplyTo.Email, organizer...)
	status, transparency := ical.ObjectStatusConfirmed, ical.TransparencyTransparent
	if e.Withdrawn {
		status = ical.ObjectStatusCancelled
	}
	if e.Busy && !e.Withdrawn {
		transparency = ical.TransparencyOpaque
	}
	event.SetStatus(status)
	event.SetTimeTransparency(transparency)
	if e.Alarm > 0 && !e.Withdrawn {
		alarm := event.AddAlarm()
		alarm.SetAction(ical.ActionDisplay)
		alarm.SetTrigger("-" + duration(e.Alarm))
		alarm.SetProperty(ical.ComponentPropertyDescription, title)
	}
}

// duration is a length of time in whole minutes, as RFC 5545 3.3.6 writes it.
func duration(d time.Duration) string { return fmt.Sprintf("PT%dM", int(d/time.Minute)) }

// plainText has no backslash: node-ical takes an escaped one before an "n" for a line end.
func plainText(s string) string { return strings.ReplaceAll(s, `\`, "/") }

// plainName has no character that a parameter cannot hold without quotes: the library escapes
// those in its own way, which other parsers do not undo.
func plainName(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer(`"`, " ", `\`, " ", ",", " ", ";", " ", ":", " ",
		"'", "’").Replace(s)), " ")
}
