package notices

import (
	"fmt"
	"slices"
	"strings"

	"holdthering/notices/markdown"
	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/workflows"
)

// Part is one notice of a mail that gathers several, and for which of the contacts it is.
type Part struct {
	Notice ledger.Notice
	Levels []regime.Level
}

// Gathered is one notice within a mail of several, as the layout may use it.
type Gathered struct {
	Subject, Text string
	About         string // under which rule, and when it arose
}

// Gather writes one mail of several notices of the batch to one recipient, in the order given:
// routine ones, or urgent ones of one kind and moment. Each is as complete as in a mail of its own.
func (l *Library) Gather(b workflows.Batch, parts []Part, r Recipient) (Mail, error) {
	var all Fields
	var layout kind
	var subjects []string
	for i, p := range parts {
		k, ok := l.kinds[p.Notice.Kind]
		if !ok {
			return Mail{}, fmt.Errorf("notice %s has no template", p.Notice.Kind)
		}
		one := r
		one.Levels = p.Levels
		f, err := fields(b, p.Notice, one)
		if err != nil {
			return Mail{}, fmt.Errorf("notice %s: %w", p.Notice.Kind, err)
		}
		g, about, err := k.part(f)
		if err != nil {
			return Mail{}, fmt.Errorf("notice %s: %w", p.Notice.Kind, err)
		}
		if i == 0 {
			all, layout = f, k
		}
		all.Gathered = append(all.Gathered, g)
		if !slices.Contains(subjects, about) {
			subjects = append(subjects, about)
		}
	}
	all.Contact, all.Overdue, all.Reminder = r.contact(), false, false
	all.AtOnce = atOnce(b, parts[0].Notice)
	return layout.gathered(all, fmt.Sprintf("%d notices: %s", len(parts), shortened(subjects)))
}

func atOnce(b workflows.Batch, n ledger.Notice) bool {
	p, ok := regime.ProfileNamed(b.Profile)
	return ok && p.GoesAtOnce(n.Kind, n.Urgent)
}

// part is one notice, and its subject as a list of mails would show it.
func (k kind) part(f Fields) (Gathered, string, error) {
	var about, text strings.Builder
	if err := k.subject.Execute(&about, f); err != nil {
		return Gathered{}, "", err
	}
	if err := k.mail.ExecuteTemplate(&text, "item", f.escaped()); err != nil {
		return Gathered{}, "", err
	}
	return Gathered{Subject: markdown.Escape(about.String()), Text: text.String(),
		About: "Rule " + markdown.Escape(f.Rule) + ", arose " + markdown.Escape(f.At) + ". " +
			markdown.Escape(f.Why)}, about.String(), nil
}

func (k kind) gathered(f Fields, about string) (Mail, error) {
	var source strings.Builder
	if err := k.mail.ExecuteTemplate(&source, "gathered", f.escaped()); err != nil {
		return Mail{}, err
	}
	return f.mail(about, source.String())
}

// mostOfASubject is in runes; programs cut off what is longer.
const mostOfASubject = 90

func shortened(subjects []string) string {
	out := subjects[0]
	for i, s := range subjects[1:] {
		if len([]rune(out))+len([]rune(s)) > mostOfASubject {
			return fmt.Sprintf("%s and %d more", out, len(subjects)-1-i)
		}
		out += "; " + s
	}
	return out
}
