package rehearsal

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"holdthering/pages/visitor"
	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/verbs"
)

// officerRole is what whoever answers on a page types as their role.
const officerRole = "duty officer"

// readPages reads the bodies that answer on pages, as the head of a scenario lists them.
func readPages(text string) ([]regime.Party, error) {
	var out []regime.Party
	for _, name := range strings.Split(text, ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		p, err := verbs.Party(name)
		if err != nil {
			return nil, fmt.Errorf("pages: %w", err)
		}
		out = append(out, p)
	}
	return out, nil
}

// visit is an answer on the page to which the link of a mail leads.
type visit struct {
	by    ledger.Actor
	mail  string // its id
	verb  string
	flags map[string]string
}

// visits is a backend with real mails and pages.
type visits interface {
	// visit answers on the page; done is false where the mail has no link.
	visit(ctx context.Context, v visit) (r ledger.Receipt, done bool, err error)
}

// act does a line's act: on the page of the mail that asks for it, where its body answers on pages.
func (p *player) act(ctx context.Context, s step) (ledger.Receipt, error) {
	req := s.parsed.Request
	if v, ok := p.visitOf(s); ok {
		req.By = v.by
		if b, real := p.backend.(visits); real {
			r, done, err := b.visit(ctx, v)
			if done || err != nil {
				return r, err
			}
			req.By = s.parsed.Request.By
		}
	}
	return p.backend.act(ctx, req, s.parsed.Act)
}

// visitOf finds the latest mail that went to the body and asks for the act. An act that a rule must refuse is
// typed.
func (p *player) visitOf(s step) (v visit, ok bool) {
	c := p.observer.c
	if c == nil || s.Refused != "" || s.parsed.Opening != nil {
		return v, false
	}
	v = visit{by: s.parsed.Request.By, verb: s.parsed.Verb.Path, flags: Flags(s.Words)}
	party := c.ResolveUnit(v.by.For)
	if !slices.ContainsFunc(p.script.pages, func(q regime.Party) bool {
		return q == party || q.Unit() == "" && q.Body() == party.Body()
	}) {
		return v, false
	}
	for _, n := range slices.Backward(c.Notices) {
		at := slices.IndexFunc(n.To, func(r ledger.Recipient) bool {
			return r.Party == party && !r.NoLink && (r.State == ledger.StateAccepted || r.State == ledger.StateDelivered)
		})
		if at < 0 || !asksFor(c.Asked(n), party, v.verb) || !about(&c.Ledger, n, s.parsed.Act) {
			continue
		}
		r := n.To[at]
		v.mail = cmp.Or(r.Mail, ledger.MailID(p.script.ref, n.ID, r))
		v.by.Channel, v.by.Contact, v.by.Notice, v.by.Role = ledger.ChannelPage, r.Level, n.ID, officerRole
		return v, true
	}
	return v, false
}

func asksFor(asks []ledger.Ask, p regime.Party, verb string) bool {
	return slices.ContainsFunc(asks, func(a ledger.Ask) bool {
		return slices.Contains(a.Of, p) && slices.ContainsFunc(strings.Split(a.How, ","),
			func(how string) bool { return strings.TrimSpace(how) == verb })
	})
}

// numbered is a thing of a case that has a number: an action, a flag, a warning.
var numbered = regexp.MustCompile(`^[A-Z][0-9]+$`)

// about reports whether a notice is about the numbered thing that an act names.
func about(l *ledger.Ledger, n ledger.Notice, act any) bool {
	at := slices.IndexFunc(l.Duties, func(d ledger.Duty) bool { return d.ID == n.Enters() })
	if at < 0 || l.Duties[at].Subject == "" {
		return true
	}
	parts := strings.FieldsFunc(l.Duties[at].Subject, func(r rune) bool { return r == '|' || r == '/' })
	v := reflect.ValueOf(act).Elem()
	for _, f := range regime.Fields(act) {
		one := v.Field(f.Index)
		if one.Kind() == reflect.String && f.Need && numbered.MatchString(one.String()) && !slices.Contains(parts, one.String()) {
			return false
		}
	}
	return true
}

// Flags are the flags of a line with their values, but for who acts.
func Flags(words []string) map[string]string {
	out := map[string]string{}
	for i := 0; i < len(words); i++ {
		name, long := strings.CutPrefix(words[i], "--")
		if !long {
			continue
		}
		name, value, given := strings.Cut(name, "=")
		if !given {
			value = "true"
			if i+1 < len(words) && !strings.HasPrefix(words[i+1], "--") {
				i++
				value = words[i]
			}
		}
		if name != "by" && name != "case" {
			out[name] = value
		}
	}
	return out
}

// visitTries is how often a page is opened again that does not show yet what has only just been mailed.
const visitTries = 4

func (s *online) visit(ctx context.Context, v visit) (r ledger.Receipt, done bool, err error) {
	if s.outbox == "" {
		return r, false, nil
	}
	links, err := visitor.InMail(s.outbox, v.mail)
	if err != nil || len(links) == 0 {
		return r, false, nil // the mail is another worker's, which writes no links
	}
	person := visitor.Person{Name: v.by.Person, Role: v.by.Role}
	who := visitor.Visitor{Client: http.DefaultClient, Scanner: true}
	for try := 1; ; try++ {
		err = who.Answer(ctx, links, v.verb, v.flags, person)
		if err == nil {
			break
		}
		if !errors.Is(err, visitor.ErrNotAsked) || try == visitTries {
			return r, false, fmt.Errorf("%s answers on its page: %w", v.by.For, err)
		}
		time.Sleep(time.Second)
	}
	snapshot, err := s.cases.Snapshot(ctx, s.ref)
	if err != nil {
		return r, false, err
	}
	for _, e := range slices.Backward(snapshot.Case.Entries) {
		if e.Verb == v.verb && e.By.Channel == ledger.ChannelPage {
			s.answered++
			return ledger.Receipt{Entry: e, Stage: snapshot.Case.Stage}, true, nil
		}
	}
	return r, false, fmt.Errorf("%s answered on its page, and the case has no entry of it", v.by.For)
}
