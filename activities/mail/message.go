package mail

import "time"

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
	At       time.Time     `json:"at"`
	Calendar *CalendarPart `json:"calendar,omitempty"`
}

// CalendarPart is a calendar entry to import, never an invitation: METHOD:PUBLISH or METHOD:CANCEL
// and no attendees, so that nobody else's address is shown and no answers are sent.
type CalendarPart struct {
	FileName string `json:"fileName"` // "....ics"
	Text     string `json:"text"`     // iCalendar, ASCII
	Method   string `json:"method"`   // "PUBLISH", or "CANCEL" to take it out again
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
	if m.Urgent {
		headers = append(headers, Header{"Importance", "high"}, Header{"X-Priority", "1"})
	}
	return headers
}
