package outbox

import (
	"fmt"
	"io"
	netmail "net/mail"
	"os"
	"strings"

	"github.com/jhillyerd/enmime/v2"

	"holdthering/activities/mail"
)

// maxFile is above the largest file that a valid message makes: two bodies and a calendar
// entry of 256 KiB, each up to three times as long once encoded.
const maxFile = 3 << 20

// Mail is one mail of the outbox, decoded.
type Mail struct {
	Entry
	From     mail.Address `json:"from"`
	ReplyTo  mail.Address `json:"replyTo"`
	Text     string       `json:"text"` // line ends are "\n"
	HTML     string       `json:"html"`
	Calendar []string     `json:"calendar,omitempty"` // iCalendar files
}

// Read opens the mail with that file name, as List gives it; a name that leads out of dir
// is refused.
func Read(dir, name string) (Mail, error) {
	file, err := open(dir, name)
	if err != nil {
		return Mail{}, fmt.Errorf("read from the outbox: %w", err)
	}
	defer file.Close()
	// The parser may otherwise take a short text for another character set than it says.
	parser := enmime.NewParser(enmime.DisableCharacterDetection(true))
	env, err := parser.ReadEnvelope(io.LimitReader(file, maxFile))
	if err != nil {
		return Mail{}, fmt.Errorf("%s in the outbox is not a mail: %w", name, err)
	}
	entry, err := entryOf(name, netmail.Header(env.Root.Header))
	if err != nil {
		return Mail{}, fmt.Errorf("%s in the outbox: %w", name, err)
	}
	m := Mail{
		Entry:   entry,
		From:    address(env, "From"),
		ReplyTo: address(env, "Reply-To"),
		Text:    strings.ReplaceAll(env.Text, "\r\n", "\n"),
		HTML:    env.HTML,
	}
	for _, part := range env.Attachments {
		if part.ContentType == "text/calendar" {
			m.Calendar = append(m.Calendar, string(part.Content))
		}
	}
	return m, nil
}

func address(env *enmime.Envelope, header string) mail.Address {
	list, err := env.AddressList(header)
	if err != nil || len(list) == 0 {
		return mail.Address{}
	}
	return mail.Address{Name: list[0].Name, Email: list[0].Address}
}

func open(dir, name string) (*os.File, error) {
	if !isMail(name) || strings.ContainsAny(name, `/\`) {
		return nil, fmt.Errorf("%q is not the name of a mail", name)
	}
	file, err := os.OpenInRoot(dir, name)
	if err != nil {
		return nil, err
	}
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		file.Close()
		return nil, fmt.Errorf("%q is not a file", name)
	}
	return file, nil
}
