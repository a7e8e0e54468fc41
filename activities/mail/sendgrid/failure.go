package sendgrid

import (
	"regexp"
	"strings"

	"holdthering/activities/mail"
)

// Failure is why a mail that the service had accepted did not arrive, as its event webhook tells.
type Failure struct {
	Event  string // "dropped" or "bounce"
	Type   string // of a bounce: "bounce", or "blocked" where it is no matter of the address
	Status string // the other side's status code, "5.7.1"
	Reason string // in words
}

// dropped are the service's reasons for a drop that say nothing of the recipient's address; the
// others are its lists of addresses that are not to be written to.
var dropped = []struct {
	words *regexp.Regexp
	about mail.About
}{
	{regexp.MustCompile(`(?i)quota|credit|package|account|suspend|\brate\b`), mail.AboutAccount},
	{regexp.MustCompile(`(?i)spam content|content|smtpapi|header|malformed|template|virus`), mail.AboutContent},
	{regexp.MustCompile(`(?i)sender|from address`), mail.AboutSender},
}

// About is what the failure is about.
func (f Failure) About() mail.About {
	if f.Event == "dropped" {
		for _, d := range dropped {
			if d.words.MatchString(f.Reason) {
				return d.about
			}
		}
		return mail.AboutRecipient
	}
	reply := mail.Reply{Step: mail.AtData, Code: 500, Text: strings.TrimSpace(f.Status + " " + f.Reason)}
	blocked := strings.EqualFold(f.Type, "blocked")
	if !strings.HasPrefix(reply.Status(), "5.") && !blocked {
		return mail.AboutRecipient // the service calls it a bounce: the address is at fault
	}
	about := mail.AboutPolicy
	if reply.Status() != "" {
		about = reply.About()
	}
	switch {
	case blocked && (about == mail.AboutRecipient || about == mail.AboutSystem || about == mail.AboutAccount):
		return mail.AboutPolicy // the system and the accounts are those of one recipient's side
	case !blocked && (about == mail.AboutSystem || about == mail.AboutAccount):
		return mail.AboutRecipient
	}
	return about
}

// Sign is the same for failures that are alike.
func (f Failure) Sign() string {
	word := strings.ToLower(strings.TrimSpace(f.Event + " " + f.Type))
	if f.Event == "dropped" {
		return clipped(word + " " + strings.ToLower(f.Reason))
	}
	return clipped(word + " " + f.Status)
}

func clipped(s string) string {
	s = mail.Words(strings.TrimSpace(s), mail.Address{})
	return s[:min(len(s), 60)]
}
