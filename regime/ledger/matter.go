package ledger

import (
	"slices"
)

// Matter is what a refusal of a mail is about. Only one about the recipient says anything of a
// contact.
type Matter string

// What a refusal can be about.
const (
	MatterRecipient Matter = "recipient"
	MatterContent   Matter = "content"
	MatterSize      Matter = "size"
	MatterPolicy    Matter = "policy"
	MatterRoute     Matter = "route"
	MatterSystem    Matter = "system"
	MatterSender    Matter = "sender"
	MatterAccount   Matter = "account"
	MatterRate      Matter = "rate"
	MatterMail      Matter = "mail" // this one mail, for now: others are taken
)

// Matters lists all that a refusal can be about.
var Matters = []Matter{MatterRecipient, MatterContent, MatterSize, MatterPolicy, MatterRoute, MatterSystem,
	MatterSender, MatterAccount, MatterRate, MatterMail}

// all reports whether every other mail would be refused alike.
func (m Matter) all() bool {
	return slices.Contains([]Matter{MatterSystem, MatterSender, MatterAccount, MatterRate}, m)
}

// ofText reports whether it is our own mail that is at fault: another contact would get the same.
func (m Matter) ofText() bool { return m == MatterContent || m == MatterSize }

// words say what the mail service refuses.
func (m Matter) words() string {
	switch m {
	case MatterRecipient:
		return "refuses the recipient"
	case MatterContent:
		return "does not take the mail as it is written"
	case MatterSize:
		return "finds the mail too big"
	case MatterPolicy:
		return "refuses by a rule of its own"
	case MatterRoute:
		return "finds no way to the other side"
	case MatterSender:
		return "refuses us as the sender"
	case MatterAccount:
		return "refuses the key, the login or the account"
	case MatterRate:
		return "takes no more for a time"
	case MatterMail:
		return "does not take it for the moment, while it takes others"
	}
	return "takes no mails"
}
