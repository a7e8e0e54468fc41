package notices

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"holdthering/message"
	"holdthering/notices/markdown"
	"holdthering/regime"
	"holdthering/regime/ledger"
)

// Part is one notice of a mail that gathers several, and for which of the contacts it is.
type Part struct {
	Notice ledger.Notice
	Levels []regime.Level
}

// Gathered is one notice within a mail of several, as the layout may use it.
type Gathered struct {
	Subject, Text string
	Rule          string
}

// Gather writes one mail of several notices of the batch to one recipient, in the order given:
// routine ones, or urgent ones of one kind and moment. What they have in common stands in it once.
func (l *Library) Gather(b message.Batch, parts []Part, r Recipient) (Mail, error) {
	var each []Fields
	var bys []time.Time
	for _, p := range parts {
		if _, ok := l.kinds[p.Notice.Kind]; !ok {
			return Mail{}, fmt.Errorf("notice %s has no template", p.Notice.Kind)
		}
		one := r
		one.Levels = p.Levels
		f, err := fields(b, p.Notice, one)
		if err != nil {
			return Mail{}, fmt.Errorf("notice %s: %w", p.Notice.Kind, err)
		}
		each, bys = append(each, f), append(bys, p.Notice.By)
	}
	all := each[0]
	all.Contact, all.Overdue, all.Reminder = r.contact(), false, false
	all.AtOnce, all.Lead, all.Why = atOnce(b, parts[0].Notice), leadOf(each, bys), whyOf(each)
	subjects, err := l.gatherParts(&all, parts, each)
	if err != nil {
		return Mail{}, err
	}
	return l.kinds[parts[0].Notice.Kind].gathered(all, fmt.Sprintf("%d notices: %s", len(parts), shortened(subjects)))
}

// gatherParts writes each notice, and gives the subjects, each once.
func (l *Library) gatherParts(all *Fields, parts []Part, each []Fields) (subjects []string, err error) {
	shown, kinds := map[string]bool{}, map[regime.NoticeKind]bool{}
	for i, p := range parts {
		f := each[i]
		f.Part, f.Again = true, kinds[p.Notice.Kind]
		kinds[p.Notice.Kind] = true
		if f.Lead == all.Lead || !f.Asked {
			f.Lead = ""
		}
		f.tidy(shown)
		g, about, err := l.kinds[p.Notice.Kind].part(f)
		if err != nil {
			return nil, fmt.Errorf("notice %s: %w", p.Notice.Kind, err)
		}
		all.Gathered = append(all.Gathered, g)
		if !slices.Contains(subjects, about) {
			subjects = append(subjects, about)
		}
	}
	return subjects, nil
}

// whyOf is why a mail of several notices is sent: what asks goes before what tells.
func whyOf(each []Fields) string {
	for _, f := range each {
		if f.Asked {
			return f.Why
		}
	}
	return each[0].Why
}

func atOnce(b message.Batch, n ledger.Notice) bool {
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
		Rule: markdown.Escape(f.Rule)}, about.String(), nil
}

func (k kind) gathered(f Fields, about string) (Mail, error) {
	var source strings.Builder
	if err := k.mail.ExecuteTemplate(&source, "gathered", f.escaped()); err != nil {
		return Mail{}, err
	}
	return f.mail(about, source.String())
}

// maxSubject is in runes; programs cut off what is longer.
const maxSubject = 90

func shortened(subjects []string) string {
	out := subjects[0]
	for i, s := range subjects[1:] {
		if len([]rune(out))+len([]rune(s)) > maxSubject {
			return fmt.Sprintf("%s and %d more", out, len(subjects)-1-i)
		}
		out += "; " + s
	}
	return out
}
