package pages

import (
	"cmp"
	"context"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/verbs"
)

// Clerk fills in the same forms as members do, in one case or group, for any body: who types at the desk of
// the secretariat holds no link of a mail.
type Clerk struct {
	// Case or Group, as it may be shown; the other is nil.
	Case  *failure.Case
	Group *surveillance.Group
	Place string    // by which the group is reached where that is not its own, in the play of a scenario
	Now   time.Time // its own
}

// Way is one act that can be done by a form.
type Way struct {
	Slug    string // names it in the form's address: "action-accept.D7"
	Summary string
	Part    string // of the page of the case or group, where the way is no form: "#silent"
}

// Due is one open duty with the acts that answer it.
type Due struct {
	ID      string
	Owner   regime.Party
	Name    string // of the owner
	With    string // the person of it who was asked, where that is known
	What    string
	By      time.Time
	Overdue bool
	Ways    []Way
}

func (c Clerk) bearer(p regime.Party) bearer {
	b := bearer{file: file{failure: c.Case, group: c.Group, now: c.Now}}
	b.Party = p
	if c.Group != nil {
		b.place, b.ledger = cmp.Or(c.Place, c.Group.Place()), &c.Group.Ledger
		b.Ref = cases.GroupRef(b.place)
	} else {
		b.ledger, b.Ref = &c.Case.Ledger, c.Case.Ref
	}
	return b
}

// Owed lists what anybody owes, the soonest first.
func (c Clerk) Owed() []Due {
	b := c.bearer("")
	var out []Due
	for _, d := range b.ledger.OpenDuties() {
		one := Due{ID: d.ID, Owner: d.Owner, Name: b.name(d.Owner), With: d.AssignedTo, What: upper(b.ledger.Says(d)),
			By: d.Due, Overdue: d.OverdueAt(c.Now)}
		for _, a := range answers(b.profile(), b.ledger.How(d), d.Subject, d.ID) {
			one.Ways = append(one.Ways, Way{Slug: a.Slug, Summary: a.Summary})
		}
		out = append(out, one)
	}
	return out
}

// Chapter is a step of the guidance with its acts.
type Chapter struct {
	Title string
	Ways  []Way
}

// Chapters lists every act that there is in such a case or group.
func (c Clerk) Chapters() []Chapter {
	chapters := verbs.Contents()
	if c.Group != nil {
		chapters = []verbs.Titled{{Title: "The group", Paths: c.paths()}}
	}
	var out []Chapter
	for _, one := range chapters {
		chapter := Chapter{Title: one.Title}
		for _, path := range one.Paths {
			if a, ok := c.answerBy(path); ok {
				chapter.Ways = append(chapter.Ways, Way{Slug: a.Slug, Summary: a.Summary})
			}
		}
		if len(chapter.Ways) > 0 {
			out = append(out, chapter)
		}
	}
	return out
}

// opens is the verb that opens a case; in one that was opened without a summit it is an act like others.
const opens = triggers

// answerBy is an act that no duty asks for.
func (c Clerk) answerBy(path string) (answer, bool) {
	law := c.bearer("").profile()
	if path != opens {
		return answerBy(law, path, "", "")
	}
	act := new(failure.TriggerRiskSummit)
	return answer{law: law, Path: path, Summary: law.Said(ways[path]), Slug: path + ".n", given: map[string]string{}, fields: regime.Fields(act)},
		c.Case != nil && c.Case.Stage == regime.UnderSurveillance
}

// Parties lists for whom somebody may act: those at the table, and who owes something.
func (c Clerk) Parties() []regime.Party {
	out := c.bearer("").members()
	for _, d := range c.Owed() {
		if !slices.Contains(out, d.Owner) {
			out = append(out, d.Owner)
		}
	}
	return out
}

// Form is the form of one act for one party, with what was typed and what is wrong with it.
type Form struct {
	b bearer
	f *form
}

// Form makes the form that a slug names; ok is false where it names none that is open. Without a party it is
// that of the duty's owner, or else of the first at the table.
func (c Clerk) Form(slug string, p regime.Party, typed url.Values) (Form, bool) {
	_, duty, _ := strings.Cut(slug, ".")
	b := c.bearer(p)
	a, ok := c.about(b, slug, duty)
	if duty == "n" {
		a, ok = c.open(slug)
	} else if d := b.duty(duty); ok && p == "" {
		b.Party = b.ledger.OwnerOf(*d)
	}
	if !ok {
		return Form{}, false
	}
	if all := b.members(); b.Party == "" && len(all) > 0 {
		b.Party = all[0]
	}
	if typed.Get(keyName) == "" {
		typed.Set(keyName, newKey())
	}
	f := b.newForm(a, typed)
	if !keyForm.MatchString(f.Key) {
		f.Key = newKey()
	}
	return Form{b, f}, true
}

// about finds the act that answers an open duty.
func (c Clerk) about(b bearer, slug, duty string) (answer, bool) {
	d := b.duty(duty)
	if d == nil || !d.Open() {
		return answer{}, false
	}
	for _, a := range answers(b.profile(), b.ledger.How(*d), d.Subject, d.ID) {
		if a.Slug == slug {
			return a, true
		}
	}
	return answer{}, false
}

// open finds an act that no duty asks for.
func (c Clerk) open(slug string) (answer, bool) {
	for _, path := range c.paths() {
		if a, ok := c.answerBy(path); ok && a.Slug == slug {
			return a, true
		}
	}
	return answer{}, false
}

// paths are those of the verbs of the case or group.
func (c Clerk) paths() []string {
	var out []string
	if c.Group != nil {
		for _, v := range surveillance.Verbs() {
			out = append(out, v.Path)
		}
		return out
	}
	for _, chapter := range verbs.Contents() {
		out = append(out, chapter.Paths...)
	}
	return out
}

// For is the party that the act is for, and its name.
func (f Form) For() (regime.Party, string) { return f.b.Party, f.f.Body }

// Title is what the act does.
func (f Form) Title() string { return f.f.Answer.Summary }

// Sheet is what the template "form" shows, posted to an address.
func (f Form) Sheet(action string) any {
	f.f.Action = action
	return f.f
}

// Faulty reports whether something is wrong with what was typed.
func (f Form) Faulty() bool { return len(f.f.Faults) > 0 }

// OnlyLooking reports whether who sent the form chose to record nothing.
func (f Form) OnlyLooking() bool { return f.f.Record.Value == recordNo }

// Typist is who typed, as typed.
func (f Form) Typist() (person, role string) { return f.f.Person.Value, f.f.Role.Value }

// Check finds what can be known to be missing at once.
func (f Form) Check() bool { return f.f.check() }

// Sent is what an act came to: its receipt, and the case that it has opened, where it opens one.
type Sent struct {
	ledger.Receipt
	Opened string
	// Unlinked: the group that told of it has not recorded that.
	Unlinked bool
}

// Send does the act; where that comes to nothing, the form says why, and the status how.
func (f Form) Send(ctx context.Context, to cases.Cases, channel string) (Sent, int) {
	got, err := f.linkBack(ctx, to, func() (answerTo, error) {
		return f.b.send(ctx, to, f.f, verbs.Env{Channel: channel,
			NewKey: func() string { return f.f.request(channel) }}, func(*ledger.Actor) {})
	})
	if err != nil {
		status, _ := f.f.failed(err)
		return Sent{}, status
	}
	return Sent{Receipt: got.receipt, Opened: got.opened}, http.StatusOK
}

// Posted reads a form of the pages; the status, where it is not zero, is why it cannot be read.
func Posted(r *http.Request) (url.Values, int) { return posted(r) }

// Templates are those that a form is made of, to be used on other pages: "form" and "faults", with what they call.
func Templates() *template.Template {
	out := template.New("")
	for _, name := range []string{"form", "faults", "field", "aria", "remarks"} {
		template.Must(out.AddParseTree(name, templates().Lookup(name).Tree.Copy()))
	}
	return out
}

// Style is the look of the pages.
func Style(w http.ResponseWriter, r *http.Request) { style(w, r) }
