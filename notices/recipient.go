package notices

import (
	"strings"

	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// Recipient is one mailbox of one party, and why it is this one.
type Recipient struct {
	Party regime.Party
	// Levels of contact that the mail is for; two where one mailbox serves both.
	Levels []regime.Level
	// Answering is the level whose mailbox it is, and Instead why that is none of Levels:
	// "no duty is listed". Both may be empty.
	Answering regime.Level
	Instead   string
	// Link is the address of the page on which the contact of a level answers a notice; nil where there
	// are no pages.
	Link func(n ledger.Notice, l regime.Level) string
	// Program: the contact has the program, and can run its commands.
	Program bool
	// Secretariat is how members reach those who run the cases, where that is known.
	Secretariat Secretariat
	// ReplyTo is the mailbox to which a reply goes, where it is known.
	ReplyTo string
}

// name is what the party is called in the case. The provider is never called by its name.
func name(b message.Batch, p regime.Party) string {
	if p.Body() == regime.ProviderBody {
		return theProvider
	}
	for _, n := range b.Names {
		if n.Party == p && n.Name != "" {
			return n.Name
		}
	}
	return string(p)
}

const theProvider = "the provider"

// typed is the party as a command takes it. A name that only shows the unit's code is no
// name of a party; the code is.
func typed(b message.Batch, p regime.Party) string {
	n := name(b, p)
	switch {
	case n == theProvider:
		return "provider"
	case p.Unit() != "" && strings.HasSuffix(n, "("+p.Unit()+")"):
		return string(p)
	}
	return n
}

func (r Recipient) contact() string {
	var names []string
	for _, l := range r.Levels {
		names = append(names, string(l))
	}
	return strings.Join(names, " and ") + " contact"
}

func (r Recipient) has(l regime.Level) bool {
	for _, m := range r.Levels {
		if l == m {
			return true
		}
	}
	return false
}

// why says in sentences why this body and this contact are told.
func (r Recipient) why(f Fields) string {
	out := words.Capital(f.To) + " gets this mail because " + f.about() + " concerns it."
	switch {
	case f.Asked:
		out = words.Capital(f.To) + " gets this mail because it has to act."
	case f.Owed:
		out = words.Capital(f.To) + " gets this mail to know what another body has to do in " + f.about() + "."
	}
	switch {
	case r.has(regime.LevelExecutive) && f.Overdue:
		out += " It goes to the executive contact because the time has passed."
	case r.has(regime.LevelExecutive):
		out += " It goes to the executive contact because the duty desk alone is not enough."
	}
	if len(r.Levels) > 1 {
		out += " One mail goes to both contacts, who share a mailbox."
	}
	if r.Instead != "" {
		out += " It goes to the " + string(r.Answering) + " contact instead: " + r.Instead + "."
	}
	return out
}

func (f Fields) about() string {
	if f.Group {
		return "this group"
	}
	return "this case"
}
