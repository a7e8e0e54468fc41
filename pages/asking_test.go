package pages_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"holdthering/cases"
	"holdthering/message"
	"holdthering/notices"
	"holdthering/pages/link"
	"holdthering/pages/visitor"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/verbs"
)

// asker adds one duty and one notice to the case or group that it is asked for.
type asker struct {
	cases.Cases
	duty   ledger.Duty
	notice ledger.Notice
}

func (a *asker) to(l *ledger.Ledger) {
	if a.duty.ID != "" {
		l.Duties = append(l.Duties, a.duty)
	}
	l.Notices = append(l.Notices, a.notice)
}

func (a *asker) Snapshot(ctx context.Context, ref string) (cases.Snapshot, error) {
	s, err := a.Cases.Snapshot(ctx, ref)
	if err == nil {
		a.to(&s.Case.Ledger)
		if len(s.Case.Ratings) == 0 { // what there is to improve on
			s.Case.Ratings = []failure.PublishedRating{{Published: s.Now}}
		}
	}
	return s, err
}

func (a *asker) Group(ctx context.Context, place string) (cases.GroupSnapshot, error) {
	s, err := a.Cases.Group(ctx, place)
	if err == nil {
		a.to(&s.Group.Ledger)
	}
	return s, err
}

// asking is a site over one case and one group of a profile, to which any question can be added.
type asking struct {
	*bench
	asker   *asker
	profile *regime.Profile
	place   string
	n       int
	tried   map[string]bool // verbs whose forms have been sent
}

func newAsking(t *testing.T, p *regime.Profile) *asking {
	t.Helper()
	a := &asking{bench: newBench(t), profile: p, place: "Q56", tried: map[string]bool{}}
	a.asker = &asker{Cases: a.memory}
	a.pages.Cases = a.asker
	by, area := "NHS England East Anglia", []string{"--source=media"}
	start := []string{"start", "--area", "Q56"}
	if p.Name != "ENGLAND_2013" {
		by, area = "CQC", append(area, "--profile", p.Name, "--area", "QMM", "--region", "Y61")
		start, a.place = []string{"start", "--profile", p.Name, "--area", "QMM", "--region", "Y61", "--name", "Example Vale"}, "QMM"
	}
	a.do("trigger --provider RCX --by", append([]string{by, "--what=unsafe staffing on the wards", "--key=k1"}, area...)...)
	parsed, err := verbs.ParseGroup(start, verbs.Env{Person: "A. Tester"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.memory.StartGroup(t.Context(), parsed.Starts[0]); err != nil {
		t.Fatal(err)
	}
	return a
}

// verbAt is a verb's struct and example.
func verbAt(t *testing.T, path string) (act any, example string) {
	t.Helper()
	for _, v := range failure.Verbs() {
		if v.Path == path {
			return v.New(), v.Example
		}
	}
	for _, v := range surveillance.Verbs() {
		if v.Path == path {
			return v.New(), v.Example
		}
	}
	t.Fatalf("there is no verb %q", path)
	return nil, ""
}

// subjectOf is what a duty is about whose verb names numbered things.
func subjectOf(t *testing.T, how string) string {
	first, _, _ := strings.Cut(how, ",")
	path, _, _ := strings.Cut(first, " --")
	act, _ := verbAt(t, path)
	var parts []string
	for _, f := range regime.Fields(act) {
		switch {
		case !f.Need:
		case f.Flag == "provider":
			parts = append(parts, "RCX")
		case f.Flag == "version" || f.Flag == "requirement":
			parts = append(parts, "2")
		case slices.Contains([]string{"action", "flag", "request", "referral", "difference", "concern", "warning", "use",
			"criterion", "suggestion", "death"}, f.Flag):
			parts = append(parts, strings.ToUpper(f.Flag[:1])+"1")
		}
	}
	if path == "trigger" {
		return "RCX"
	}
	return strings.Join(parts, "/")
}

// put has the case or group ask a question of CQC or, where the table asks others, of those.
func (a *asking) put(q question) (subject message.Source, ref string) {
	a.t.Helper()
	a.n++
	l := a.sourceOf(q, &ref)
	id, by := fmt.Sprintf("n9%03d", a.n), a.memory.Now().Add(48*time.Hour)
	a.asker.duty = ledger.Duty{}
	a.asker.notice = ledger.Notice{ID: id, Kind: q.kind, At: a.memory.Now(), Rung: q.rung, Text: "Something is asked", By: by}
	for _, p := range l.members {
		as := q.of
		if as == "" && p == "CQC" {
			as = regime.RoleOwner
		}
		a.asker.notice.To = append(a.asker.notice.To, ledger.Recipient{Party: p, Level: regime.LevelDuty, As: as})
	}
	if q.duty.Kind != "" {
		a.asker.duty = ledger.Duty{ID: fmt.Sprintf("D9%03d", a.n), Kind: q.duty.Kind, Owner: "CQC", Subject: subjectOf(a.t, q.how),
			Start: a.memory.Now(), Due: by}
		if q.duty.Kind == regime.DutyMendDirectory {
			a.asker.duty.Unreached = ledger.Mailbox{Party: "CQC", Level: regime.LevelDuty}
		}
		a.asker.notice.Duty = a.asker.duty.ID
	} else {
		a.asker.notice.Asks = ledger.Asking("do what is asked", q.how)
	}
	return a.sourceOf(q, &ref).Source, ref
}

type sourced struct {
	message.Source
	members []regime.Party
}

// sourceOf is the case or the group, with what has been added.
func (a *asking) sourceOf(q question, ref *string) (out sourced) {
	a.t.Helper()
	if q.inGroup {
		s, err := a.asker.Group(a.t.Context(), a.place)
		if err != nil {
			a.t.Fatal(err)
		}
		*ref, out.Source = "group-"+a.place, s.Group
		for _, m := range s.Group.Members {
			out.members = append(out.members, m.Party)
		}
		return out
	}
	s, err := a.asker.Snapshot(a.t.Context(), a.ref)
	if err != nil {
		a.t.Fatal(err)
	}
	*ref, out.Source = a.ref, s.Case
	for _, m := range s.Case.Members {
		out.members = append(out.members, m.Party)
	}
	return out
}

// mailed is the link in the mail of what was put, as it goes to a party.
func (a *asking) mailed(s message.Source, ref string, p *regime.Profile, to regime.Party) string {
	a.t.Helper()
	n := a.asker.notice
	b := message.Batch{Ref: ref, Profile: p.Name, Now: a.memory.Now()}
	b.Put(s, n)
	issuer := link.Issuer{Keys: a.keys, Base: a.site.URL + "/a/"}
	m, err := notices.Render(b, n, notices.Recipient{Party: to, Levels: []regime.Level{regime.LevelDuty},
		Link: func(n ledger.Notice, l regime.Level) string {
			text, err := issuer.To(ref, n, to, l, a.book.address(to))
			if err != nil {
				a.t.Fatal(err)
			}
			return text
		}})
	if err != nil {
		a.t.Fatal(err)
	}
	links := visitor.Links(m.Text)
	if len(links) != 1 {
		a.t.Fatalf("the mail of %s to %s has %d links:\n%s", n.Kind, to, len(links), m.Text)
	}
	lacks(a.t, m.Text, "starter ")
	return strings.TrimPrefix(links[0], a.site.URL)
}

// from opens a page as somebody whose address nobody else has: the limits are not looked at here.
func (a *asking) from(method, path string, form url.Values) reply {
	a.t.Helper()
	a.n++
	return a.ask(method, path, form, "X-Forwarded-For", fmt.Sprintf("203.0.%d.%d", a.n/250, a.n%250))
}

// example fills in a form as the verb's example says it.
func example(t *testing.T, path, form string) url.Values {
	t.Helper()
	_, line := verbAt(t, path)
	out := url.Values{}
	words := unquoted(line)
	for i, w := range words {
		name, long := strings.CutPrefix(w, "--")
		name = "f-" + name
		if !long || !strings.Contains(form, `name="`+name+`"`) {
			continue
		}
		value := "true"
		if i+1 < len(words) && !strings.HasPrefix(words[i+1], "--") {
			value = words[i+1]
		}
		switch {
		case strings.Contains(form, `name="`+name+`.hour"`):
			day, hour, _ := strings.Cut(value, " ")
			out.Set(name, day)
			out.Set(name+".hour", hour)
		case strings.Contains(form, `name="`+name+`.more"`):
			out.Set(name+".more", value)
		default:
			out.Set(name, value)
		}
	}
	return out
}

// unquoted splits a command line with double quotation marks.
func unquoted(line string) []string {
	var out []string
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 0 {
			out = append(out, strings.Fields(part)...)
		} else {
			out = append(out, part)
		}
	}
	return out
}

// answered looks at the page that a mail leads to, opens the form of each verb that is asked, sends it empty and sends
// it filled in as the verb's example is. What is asked here is made up, so the rules may refuse the act; but in
// their own words, and never for how the page has put it.
func (a *asking) answered(q question, path string, ask ledger.Ask, each func(path string)) {
	a.t.Helper()
	page := a.from(http.MethodGet, path, nil)
	if page.status != http.StatusOK {
		a.t.Fatalf("%s: %d", q, page.status)
	}
	each(path)
	lead, _, _ := strings.Cut(ask.Says, " {on}")
	has(a.t, strings.ReplaceAll(page.body, "&#39;", "'"), lead)
	for _, verb := range strings.Split(ask.How, ",") {
		verb, _, _ := strings.Cut(strings.TrimSpace(verb), " --")
		slug := ""
		for _, found := range slugs.FindAllStringSubmatch(page.body, -1) {
			if strings.HasPrefix(found[1], strings.ReplaceAll(verb, " ", "-")+".") {
				slug = found[1]
			}
		}
		if slug == "" {
			a.t.Errorf("%s: the page has no form of %s", q, verb)
			continue
		}
		if a.tried[verb] {
			continue
		}
		a.tried[verb] = true
		form := a.from(http.MethodGet, path+"/"+slug, nil)
		each(path + "/" + slug)
		act, _ := verbAt(a.t, verb)
		for _, f := range regime.Fields(act) {
			if f.Need && !strings.Contains(form.body, `name="f-`+f.Flag) && !strings.Contains(form.body, `class="filled"`) {
				a.t.Errorf("%s: the form of %s has no place for --%s", q, verb, f.Flag)
			}
		}
		for name, values := range map[string]url.Values{"empty": {"person": {""}}, "filled in": example(a.t, verb, form.body)} {
			to, key := actionOf.FindStringSubmatch(form.body), keyOf.FindStringSubmatch(form.body)
			if to == nil || key == nil {
				a.t.Fatalf("%s: there is no form in:\n%s", q, form.body)
			}
			whole := url.Values{"key": {key[1]}, "person": {"Jo Bloggs"}, "role": {"medical director"}, "record": {"yes"}}
			for k, v := range values {
				whole[k] = v
			}
			got := a.from(http.MethodPost, to[1], whole)
			if got.status != http.StatusOK && got.status != http.StatusUnprocessableEntity || name == "empty" && got.status == http.StatusOK {
				a.t.Errorf("%s: %s %s is answered %d", q, verb, name, got.status)
			}
			lacks(a.t, secret.ReplaceAllString(got.body, ""), "--", "starter", "command")
		}
	}
}

func TestEveryNoticeThatAsksLeadsToTheFormOfTheVerbThatItAsks(t *testing.T) {
	for _, p := range regime.Profiles() {
		t.Run(p.Name, func(t *testing.T) {
			a := newAsking(t, p)
			kinds, n := map[regime.NoticeKind]bool{}, 0
			for _, q := range questions(p) {
				s, ref := a.put(q)
				for _, ask := range s.Asked(a.asker.notice) {
					if ask.How == "" {
						continue
					}
					to := ask.Of[0]
					if slices.Contains(ask.Of, regime.Party("CQC")) {
						to = "CQC"
					}
					a.answered(q, a.mailed(s, ref, p, to), ask, func(string) {})
					kinds[q.kind] = true
					n++
				}
			}
			t.Logf("%d kinds of notices ask in %d ways", len(kinds), n)
			if len(kinds) < 38 {
				t.Errorf("only %d kinds ask", len(kinds))
			}
		})
	}
}
