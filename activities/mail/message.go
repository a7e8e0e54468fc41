package mail

import (
	"crypto/sha256"
	"fmt"
	"time"
)

// Message is one mail to one recipient.
type Message struct {
	// ID is the opaque id of the notice to this recipient. It is the same in every try, and
	// a service keeps it for good: it names no person.
	ID      string  `json:"id"`
	CaseRef string  `json:"caseRef"` // opaque, like ID
	To      Address `json:"to"`
	From    Address `json:"from"`
	ReplyTo Address `json:"replyTo"` // a mailbox that somebody reads
	Subject string  `json:"subject"`
	Text    string  `json:"text"` // complete by itself
	HTML    string  `json:"html"`
	Urgent  bool    `json:"urgent,omitempty"`
	// At is the case's own time when the notice arose: the same in every try.
	At time.Time `json:"at"`
	// Sent is the time of this try, for the Date header; zero stands for At.
	Sent time.Time `json:"sent,omitzero"`
	// Thread is what all mails about one duty or event to one body have in common, opaque like ID;
	// empty for a mail that belongs to no thread. After is the ID of the first mail of the thread,
	// where it is known and is not this one.
	Thread   string  `json:"thread,omitempty"`
	After    string  `json:"after,omitempty"`
	Calendar []Entry `json:"calendar,omitempty"`
}

// Names of the headers by which a mail is known again.
const (
	NoticeHeader = "X-Holdthering-Notice" // holds Message.ID
	CaseHeader   = "X-Holdthering-Case"   // holds Message.CaseRef
)

// Header is a header line that every channel adds; its value is plain ASCII.
type Header struct {
	Name, Value string
}

// Headers are the lines beyond sender, recipient, subject and date. Auto-Submitted
// (RFC 3834) keeps two automatic correspondents from answering each other for ever.
func (m Message) Headers() []Header {
	headers := []Header{
		{NoticeHeader, m.ID},
		{CaseHeader, m.CaseRef},
		{"Content-Language", "en"},
		{"Auto-Submitted", "auto-generated"},
	}
	headers = append(headers, m.threading()...)
	if m.Urgent {
		headers = append(headers, Header{"Importance", "high"}, Header{"X-Priority", "1"})
	}
	return headers
}

// MessageID is the value of the Message-ID header, without the angle brackets. It is the same in
// every try, so that a reader's mail program may fold doubles.
func (m Message) MessageID() string { return m.idOf(m.ID) }

// idOf is a digest because an id may hold characters that a Message-ID may not.
func (m Message) idOf(id string) string {
	sum := sha256.Sum256([]byte(id))
	return fmt.Sprintf("%x@%s", sum[:16], m.From.Domain())
}

// threading has a reader's mail program show a reminder below what it reminds of (RFC 5322
// 3.6.4). The thread's own id is the id of no mail: mails that share it belong together, even
// for a contact who never had the first of them.
func (m Message) threading() []Header {
	if m.Thread == "" {
		return nil
	}
	root := "<" + m.idOf("thread\x00"+m.Thread) + ">"
	if m.After == "" || m.After == m.ID {
		return []Header{{"In-Reply-To", root}, {"References", root}}
	}
	first := "<" + m.idOf(m.After) + ">"
	return []Header{{"In-Reply-To", first}, {"References", root + " " + first}}
}

// Date is the value for the Date header.
func (m Message) Date() time.Time {
	if m.Sent.IsZero() {
		return m.At
	}
	return m.Sent
}
