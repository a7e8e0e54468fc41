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

// Calendar is a valid calendar entry.
func Calendar() []mail.Entry {
	due := time.Date(2013, 4, 2, 8, 5, 0, 0, time.UTC)
	return []mail.Entry{{UID: "5f1c6f2e-0000-5000-8000-000000000001", Sequence: 7,
		Stamp: time.Date(2013, 3, 31, 8, 5, 0, 0, time.UTC), Start: due, Length: 2 * time.Hour,
		Title: "Risk summit, Zoë; “König’s Lynn” (HTR-2013-0007)", Note: `starter show "HTR-2013-0007"`,
		Busy: true, Alarm: time.Hour}}
}
