package notices

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"holdthering/message"
	"holdthering/notices/content"
	"holdthering/notices/markdown"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// Mail is a notice as it is sent. Text is complete without HTML.
type Mail struct {
	Subject string
	Text    string
	HTML    string
}

// Render writes the mail of a notice with the shipped templates.
func Render(b message.Batch, n ledger.Notice, r Recipient) (Mail, error) {
	return Shipped().Render(b, n, r)
}

// Render writes the mail of a notice of the batch to one recipient. The same arguments give
// the same bytes. An error means that the kind has no template, or one that does not work.
func (l *Library) Render(b message.Batch, n ledger.Notice, r Recipient) (Mail, error) {
	k, ok := l.kinds[n.Kind]
	if !ok {
		return Mail{}, fmt.Errorf("notice %s has no template", n.Kind)
	}
	f, err := fields(b, n, r)
	if err != nil {
		return Mail{}, fmt.Errorf("notice %s: %w", n.Kind, err)
	}
	m, err := k.render(f)
	if err != nil {
		return Mail{}, fmt.Errorf("notice %s: %w", n.Kind, err)
	}
	return m, nil
}

func fields(b message.Batch, n ledger.Notice, r Recipient) (Fields, error) {
	f := Fields{
		Ref: b.Ref, At: calendar.Instant(n.At),
		Rule: rule(b.Profile, n.Kind), Profile: b.Profile, To: name(b, r.Party), Contact: r.contact(),
		Owed:     n.Duty != "",
		Reminder: n.Rung > 0, Demonstration: b.Demonstration, Group: strings.HasPrefix(b.Ref, groupPrefix),
		Show: Show(b.Ref), ref: b.Ref, by: typed(b, b.Behind(r.Party)),
		Unconfirmed: slices.Contains(b.Unconfirmed, n.ID),
	}
	if !n.By.IsZero() {
		f.By = calendar.Instant(n.By)
		f.Overdue = f.Reminder && n.Overdue || n.Items != nil && !n.At.Before(n.By)
	}
	f.profileWords(b)
	for _, item := range n.Items {
		f.Items = append(f.Items, hideProvider(b, item))
	}
	f.Items = counted(f.Items)
	for i, item := range f.Items {
		f.Items[i] = sentences(item)
	}
	if err := f.ask(b, n, r.Party); err != nil {
		return Fields{}, err
	}
	f.Why = r.why(f)
	f.answeredOn(n, r)
	return f, nil
}

// answeredOn says by which ways the reader can answer: on a page, by commands, through the secretariat.
func (f *Fields) answeredOn(n ledger.Notice, r Recipient) {
	if r.Link != nil && (f.Asked || len(f.Can) > 0) && len(r.Levels) > 0 {
		f.Link = r.Link(n, r.Levels[0])
	}
	if r.Secretariat.Known() {
		f.Reach = r.Secretariat.Words()
	}
	f.Telephone, f.ReplyTo = r.Secretariat.Telephone, cmp.Or(r.ReplyTo, r.Secretariat.Mailbox)
	f.Commands = r.Program
}

// Show is the command that shows the case, or the group, of a reference.
func Show(ref string) string {
	if group, ok := strings.CutPrefix(ref, groupPrefix); ok {
		return "starter group show " + quoted(group)
	}
	return "starter show " + quoted(ref)
}

// profileWords are the case's own where the batch has them, else the profile's.
func (f *Fields) profileWords(b message.Batch) {
	p, ok := regime.ProfileNamed(b.Profile)
	if !ok {
		return
	}
	labels := b.Labels
	if labels == (regime.Labels{}) {
		labels = p.Labels
	}
	f.Summit, f.Measures, f.ChildBoard = labels.Summit, labels.Measures, "The "+p.ChildBoard()
	f.GroupName, f.Inspector = labels.Group, p.PartName(regime.Inspects)
}

func rule(profile string, k regime.NoticeKind) string {
	p, ok := regime.ProfileNamed(profile)
	if !ok {
		return ""
	}
	row, _ := p.Notice(k)
	return row.Rule
}

// groupPrefix begins the reference of a surveillance group.
const groupPrefix = "group-"

// code is a provider told by its code, as a group's duties tell them apart.
var code = regexp.MustCompile(`\bprovider [A-Z0-9][A-Z0-9-]+\b`)

const oneProvider = "one provider"

// hideProvider takes a provider's name or code out of a sentence: a code is as good as a name
// to who looks it up.
func hideProvider(b message.Batch, text string) string {
	text = code.ReplaceAllString(text, oneProvider)
	for _, n := range b.Names {
		if n.Party.Body() == regime.ProviderBody && n.Name != "" {
			text = strings.ReplaceAll(text, n.Name, theProvider)
		}
	}
	return text
}

// sentences ends a text as a sentence does, and begins it with a capital.
func sentences(s string) string {
	s = words.Capital(strings.TrimSpace(s))
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

func (k kind) render(f Fields) (Mail, error) {
	var about, source strings.Builder
	if err := k.subject.Execute(&about, f); err != nil {
		return Mail{}, err
	}
	if err := k.mail.Execute(&source, f.escaped()); err != nil {
		return Mail{}, err
	}
	return f.mail(about.String(), source.String())
}

// mail is a whole mail from its Markdown.
func (f Fields) mail(about, source string) (Mail, error) {
	if strings.TrimSpace(markdown.Plain(about)) == "" {
		return Mail{}, content.As("subject", content.ErrEmpty)
	}
	text, body, err := markdown.Both(source)
	if err != nil {
		return Mail{}, err
	}
	subject := f.subject(about)
	page := markdown.Page{Title: subject, Width: "40em", Body: body}
	m := Mail{Subject: subject, Text: text, HTML: page.String()}
	return m, content.Check(m.Subject, m.Text, m.HTML)
}

// subject is what a list of mails shows: that it is not real, which case, how pressing.
func (f Fields) subject(about string) string {
	out := "[" + f.Ref + "] "
	switch {
	case f.Overdue && f.Reminder:
		out += "Overdue: "
	case f.Reminder:
		out += "Reminder: "
	}
	out = markdown.Plain(out + about)
	if f.Demonstration {
		return "[Demonstration] " + out
	}
	return out
}
