package notices

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"holdthering/notices/markdown"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/workflows"
)

// Mail is a notice as it is sent. Text is complete without HTML.
type Mail struct {
	Subject string
	Text    string
	HTML    string
}

// Render writes the mail of a notice with the shipped templates.
func Render(b workflows.Batch, n regime.Notice, r Recipient) (Mail, error) {
	return Shipped().Render(b, n, r)
}

// Render writes the mail of a notice of the batch to one recipient. The same arguments give
// the same bytes. An error means that the kind has no template, or one that does not work.
func (l *Library) Render(b workflows.Batch, n regime.Notice, r Recipient) (Mail, error) {
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

func fields(b workflows.Batch, n regime.Notice, r Recipient) (Fields, error) {
	f := Fields{
		Ref: b.Ref, What: sentences(hideProvider(b, n.Text)), At: calendar.Instant(n.At),
		Rule: rule(b.Profile, n.Kind), Profile: b.Profile, To: name(b, r.Party), Contact: r.contact(),
		Owed: n.Duty != "", Asked: asked(b, n, r.Party),
		Reminder: n.Rung > 0, Demonstration: b.Demonstration, Group: strings.HasPrefix(b.Ref, groupPrefix),
		Show: "starter show " + quoted(b.Ref), ref: b.Ref, by: typed(b, r.Party),
	}
	if !n.By.IsZero() {
		f.By = calendar.Instant(n.By)
		f.Overdue = f.Reminder && !n.At.Before(n.By)
	}
	f.profileWords(b)
	for _, item := range n.Items {
		f.Items = append(f.Items, sentences(hideProvider(b, item)))
	}
	f.Why = r.why(f)
	for _, h := range b.Hows {
		if h.Notice != n.ID {
			continue
		}
		f.Unconfirmed, f.Contacts, f.Said = h.Unconfirmed, h.Contacts, hideProvider(b, h.Said)
		list, err := answers(h.Verb, f.ref, f.by)
		if err != nil {
			return Fields{}, err
		}
		f.Answers = append(f.Answers, list...)
	}
	return f, nil
}

// profileWords are the case's own where the batch has them, else the profile's.
func (f *Fields) profileWords(b workflows.Batch) {
	p, ok := regime.ProfileNamed(b.Profile)
	if !ok {
		return
	}
	labels := b.Labels
	if labels == (regime.Labels{}) {
		labels = p.Labels
	}
	f.Summit, f.Measures, f.ChildBoard = labels.Summit, labels.Measures, "The "+p.ChildBoard()
	f.GroupName = labels.Group
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

// hideProvider takes a provider's name or code out of a sentence: a code is as good as a name
// to who looks it up.
func hideProvider(b workflows.Batch, text string) string {
	text = code.ReplaceAllString(text, "one provider")
	for _, n := range b.Names {
		if n.Party.Body() == regime.ProviderBody && n.Name != "" {
			text = strings.ReplaceAll(text, n.Name, theProvider)
		}
	}
	return text
}

// sentences ends a text as a sentence does, and begins it with a capital.
func sentences(s string) string {
	s = upper(strings.TrimSpace(s))
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

func upper(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:n]) + s[n:]
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
	text, err := markdown.Text(source)
	if err != nil {
		return Mail{}, err
	}
	body, err := markdown.HTML(source)
	if err != nil {
		return Mail{}, err
	}
	subject := f.subject(about)
	page := markdown.Page{Title: subject, Width: "40em", Body: body}
	return Mail{Subject: subject, Text: text, HTML: page.String()}, nil
}

// subject is what a list of mails shows: that it is not real, which case, how pressing.
func (f Fields) subject(about string) string {
	out := "[" + f.Ref + "] "
	switch {
	case f.Overdue:
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
