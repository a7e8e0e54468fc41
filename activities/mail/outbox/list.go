package outbox

import (
	"errors"
	"fmt"
	"io"
	"mime"
	netmail "net/mail"
	"os"
	"strings"
	"time"

	"holdthering/activities/mail"
)

// Entry is what a list shows of a mail.
type Entry struct {
	Name    string       `json:"name"` // file name, for Read
	At      time.Time    `json:"at"`   // the Date header
	To      mail.Address `json:"to"`
	Subject string       `json:"subject"`
	CaseRef string       `json:"caseRef"`
	Notice  string       `json:"notice"` // Message.ID
	Urgent  bool         `json:"urgent,omitempty"`
}

// SkippedError comes with the entries that could be read and names the .eml files that
// could not, each with its reason.
type SkippedError struct {
	Files []string
}

func (e *SkippedError) Error() string {
	return "left out of the outbox list: " + strings.Join(e.Files, "; ")
}

// List reads the mails in dir in the order of their names, which is that of time. With a
// *SkippedError the entries are still good.
func List(dir string) ([]Entry, error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("list the outbox: %w", err)
	}
	var entries []Entry
	var skipped []string
	for _, f := range files {
		if !isMail(f.Name()) {
			continue
		}
		entry, err := readEntry(dir, f.Name())
		if err != nil {
			skipped = append(skipped, fmt.Sprintf("%s (%v)", f.Name(), err))
			continue
		}
		entries = append(entries, entry)
	}
	if skipped != nil {
		return entries, &SkippedError{Files: skipped}
	}
	return entries, nil
}

func isMail(name string) bool {
	return strings.HasSuffix(name, suffix) && !strings.HasPrefix(name, ".")
}

func readEntry(dir, name string) (Entry, error) {
	file, err := open(dir, name)
	if err != nil {
		return Entry{}, err
	}
	defer file.Close()
	msg, err := netmail.ReadMessage(io.LimitReader(file, maxFile))
	if err != nil {
		return Entry{}, errors.New("not a mail")
	}
	return entryOf(name, msg.Header)
}

var words mime.WordDecoder

func entryOf(name string, h netmail.Header) (Entry, error) {
	e := Entry{
		Name:    name,
		CaseRef: h.Get(mail.CaseHeader),
		Notice:  h.Get(mail.NoticeHeader),
		Urgent:  h.Get("Importance") == "high",
	}
	if e.CaseRef == "" || e.Notice == "" {
		return Entry{}, errors.New("not a mail of ours")
	}
	at, err := h.Date()
	if err != nil {
		return Entry{}, errors.New("has no date")
	}
	to, err := h.AddressList("To")
	if err != nil || len(to) != 1 {
		return Entry{}, errors.New("has no recipient")
	}
	subject, err := words.DecodeHeader(h.Get("Subject"))
	if err != nil {
		return Entry{}, errors.New("has no readable subject")
	}
	e.At, e.Subject = at, subject
	e.To = mail.Address{Name: to[0].Name, Email: to[0].Address}
	return e, nil
}
