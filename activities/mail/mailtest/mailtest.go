// Package mailtest gives tests a whole, valid mail.
package mailtest

import (
	"time"

	"holdthering/activities/mail"
)

// Secret stands in both bodies and in no other place: a test that finds it elsewhere has
// found a leak.
const Secret = "the-body-stays-in-the-body"

// Recipient is the address that every Message goes to.
const Recipient = "chief.nurse@trust.example"

// Message is a valid mail with every field set but Calendar; the id is the caller's.
func Message(id string) mail.Message {
	return mail.Message{
		ID:      id,
		CaseRef: "HTR-2013-0007",
		To:      mail.Address{Name: `Zoë "Chief" O’Neill, RN`, Email: Recipient},
		From:    mail.Address{Name: "Hold the Ring", Email: "ring@qsg.example"},
		ReplyTo: mail.Address{Name: "QSG office", Email: "office@qsg.example"},
		Subject: "Case HTR-2013-0007: your answer is due – 48 hours left of the time that was agreed",
		Text:    "Café £5.\n.\nFrom here on: " + Secret + "\n",
		HTML: `<!doctype html><html lang="en"><head><title>Due</title></head>` +
			`<body><p>Café £5. ` + Secret + `</p></body></html>`,
		Urgent: true,
		At:     time.Date(2013, 3, 31, 9, 5, 0, 0, time.FixedZone("BST", 3600)),
	}
}

// Calendar is a valid calendar part.
func Calendar() *mail.CalendarPart {
	return &mail.CalendarPart{
		FileName: "due.ics", Method: "PUBLISH",
		Text: "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//holdthering//EN\r\nMETHOD:PUBLISH\r\n" +
			"BEGIN:VEVENT\r\nUID:n1@qsg.example\r\nDTSTAMP:20130331T080500Z\r\n" +
			"DTSTART:20130402T080500Z\r\nSUMMARY:Due\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
	}
}
