package notices

import (
	"slices"

	"holdthering/notices/markdown"
	"holdthering/regime/words"
)

// Fields is what a template may use. Every text is made safe for Markdown before it gets
// here, and none names a provider, a patient or, but for Contacts, a person.
type Fields struct {
	Ref string // the case's reference, "K7QM-3XRD", or the group's, "group-Q56"
	// Lead is the first sentence of every mail: what is asked of the reader and by when, or that
	// nothing is.
	Lead string
	What string // what else there is to say of what happened, as whole sentences; may be empty
	At   string // when that was: "Tuesday 10 September 2013, 16:10 UK time"
	By   string // by when something is asked, in the same form; empty if nothing is
	Rule string // the rule of the regime: "R33"

	To      string // the body that is told: "Monitor"
	Contact string // which of its contacts: "duty contact"
	Why     string // why this body and this contact, as whole sentences

	// Summit, Measures, ChildBoard and GroupName are the profile's words, as for the case's provider
	// or the group's tier: "risk summit", "special measures", "The Local Safeguarding Children Board
	// is", "local Quality Surveillance Group".
	Summit, Measures, ChildBoard, GroupName string
	// Inspector is who inspects: "CQC".
	Inspector string
	// Unconfirmed: what is owed is so under the Profile by no text that was seen.
	Unconfirmed bool
	Profile     string

	// Owed: the notice is about something that a body owes; Asked: something is asked of the reader.
	Owed, Asked bool
	// Contacts are the contacts that the directory lists for a party that could not be told,
	// without the one that was tried: by role, and by name where it has one. Never with an address.
	Contacts []string
	// Said is what the mail service said of the mail that could not go, without any address.
	Said string
	// Items are the lines of a digest.
	Items []string
	// Asks is what is asked of the reader, the most pressing first; Can are commands that are open to
	// the reader though nothing is asked. Values explain the capitals of all these commands.
	Asks   []Asking
	Can    []Answer
	Values []Value
	// Link is the address of the page on which the reader answers; empty where nothing is asked or there
	// are no pages.
	Link string
	// Commands: the reader has the program and can run them.
	Commands bool
	// Reach is how the secretariat is reached, in one line: "Regional team, telephone 01223 555 0100".
	// Telephone and ReplyTo are its number, and the mailbox to which a reply goes. All may be empty.
	Reach, Telephone, ReplyTo string
	// Part: it is one notice of a mail that gathers several; Again: the mail has another of its kind
	// above, which says all that they have in common.
	Part, Again bool
	// Show is the command that shows the case, to be put between lines of ```.
	Show string

	Reminder      bool // the same was asked before
	Overdue       bool // its time has passed
	Demonstration bool // the case plays a scenario
	Group         bool // it is a surveillance group's notice, not a case's

	// Gathered are the notices of a mail that gathers several; AtOnce: they are urgent ones of
	// one kind that arose at one moment.
	AtOnce   bool
	Gathered []Gathered

	ref, by string // as they are typed
}

// Asking is one thing that is asked of the reader.
type Asking struct {
	Lead    string   // what and by when, as a sentence
	Answers []Answer // the commands that record the answer; there may be none
}

// Answer is a command that answers a notice, and what its capitals stand for.
type Answer struct {
	Command string  // one line, to be put between lines of ```
	Values  []Value // in the order of the command
}

// Value explains one word in capitals of a command.
type Value struct {
	Name, Means string
}

// Answer is the command of any verb, for the body that is told: {{.Answer "summit reply"}}.
func (f Fields) Answer(verb string) (Answer, error) { return answer(verb, f.ref, f.by) }

// Answers are all the commands by which the reader answers.
func (f Fields) Answers() []Answer {
	var out []Answer
	for _, a := range f.Asks {
		out = append(out, a.Answers...)
	}
	return out
}

// A puts the article before a word of the profile: {{.A .Summit}}.
func (Fields) A(noun string) string { return words.A(noun) }

// Capital begins a word of the profile as a sentence begins: {{.Capital .Summit}}.
func (f Fields) Capital(s string) string { return words.Capital(s) }

func (f Fields) escaped() Fields {
	for _, text := range []*string{&f.Ref, &f.Lead, &f.What, &f.At, &f.By, &f.Rule, &f.To, &f.Contact, &f.Why,
		&f.Summit, &f.Measures, &f.ChildBoard, &f.GroupName, &f.Inspector, &f.Profile, &f.Said, &f.Reach, &f.Telephone, &f.ReplyTo} {
		*text = markdown.Escape(*text)
	}
	f.Asks = slices.Clone(f.Asks)
	for i := range f.Asks {
		f.Asks[i].Lead = markdown.Escape(f.Asks[i].Lead)
	}
	f.Items, f.Contacts = escapedAll(f.Items), escapedAll(f.Contacts)
	return f
}

func escapedAll(texts []string) []string {
	out := make([]string, len(texts))
	for i, text := range texts {
		out[i] = markdown.Escape(text)
	}
	return out
}
