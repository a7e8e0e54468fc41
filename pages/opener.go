package pages

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"time"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/verbs"
)

// Opener fills in the form that opens a case, for who types at the desk of the secretariat.
type Opener struct {
	// Path is how: "trigger" or "open".
	Path string
	// Provider is the code of one of the register, Name what it is called; empty: both are typed.
	Provider, Name string
	// Group and Concerns are set where the case comes from what a surveillance group was told.
	Group, Concerns string
	// Given is typed where nobody has typed anything yet.
	Given url.Values
	Now   time.Time
}

// ways open a case, each with what it does.
var ways = map[string]string{
	opens:         "Trigger a risk summit: opens the case and alerts every member",
	opensSilently: "Open a case without a risk summit, as for special measures on own evidence",
}

// opensSilently is the command that opens a case and alerts nobody.
const opensSilently = "open"

// What the forms of a new case ask for beside the verb's own fields.
var (
	whoOpens = regime.Field{Flag: "by", Usage: "the body that opens it, such as CQC", Need: true, Type: reflect.TypeFor[regime.Party]()}
	whyOpens = regime.Field{Flag: "reason", Usage: "why the case is opened", Need: true, Type: reflect.TypeFor[string]()}
	besides  = regime.Field{Flag: "again", Usage: "open another one beside a case of this provider that is open", Type: reflect.TypeFor[bool]()}
)

// Form makes the form; ok is false where there is no such way to open a case.
func (o Opener) Form(typed url.Values) (Form, bool) {
	summary, ok := ways[o.Path]
	if !ok {
		return Form{}, false
	}
	if typed.Get(keyName) == "" {
		for name, v := range o.Given {
			typed[name] = v
		}
		typed.Set(keyName, newKey())
	}
	draft := o.draft()
	b := bearer{file: file{failure: draft, ledger: &draft.Ledger, now: o.Now}}
	f := b.newForm(answer{Summary: summary, Slug: o.Path, fields: o.fields()}, typed)
	f.Filled, f.Answer.Path, f.Answer.given = nil, o.Path, map[string]string{}
	if o.Provider != "" {
		f.Answer.given["provider"] = o.Provider
	}
	if o.Concerns != "" {
		f.Answer.given["group"], f.Answer.given["from-concern"] = o.Group, o.Concerns
	}
	for i := range f.Needed {
		if f.Needed[i].Name == prefix+"provider-type" {
			typesNamed(f.Needed[i].Choices, draft.LawNow())
		}
	}
	for _, m := range b.members() {
		f.Names = append(f.Names, choice{string(m), b.name(m)})
	}
	f.OptionalIsOpen = f.OptionalIsOpen || o.Path == opens // whether there is a risk at once, or somebody to protect, is not to be passed over
	f.Record.Label, f.Record.Choices = "Open the case?", []choice{{recordNo, "No, I am only looking"}, {recordYes, "Yes, open it"}}
	if o.Path == opens {
		f.Record.Choices[1].Words += ": every member is alerted"
	}
	if !keyForm.MatchString(f.Key) {
		f.Key = newKey()
	}
	return Form{b, f}, true
}

// typesNamed says in words what types of provider there are.
func typesNamed(list []choice, p *regime.Profile) {
	for i := range list {
		if row, ok := p.ProviderRow(regime.ProviderType(list[i].Value)); ok {
			list[i].Words = upper(row.Label)
		}
	}
}

// fields are those of the verb, and what is asked of the provider.
func (o Opener) fields() []regime.Field {
	said := []regime.Field{whyOpens}
	if o.Path == opens {
		said = regime.Fields(new(failure.TriggerRiskSummit))
	}
	byHand := []string{"provider-name", "provider-code", "provider-type", "area"}
	var first, last []regime.Field
	for _, f := range verbs.OpeningFields() {
		hand := slices.Contains(byHand, f.Flag)
		if name, ok := asks[f.Flag]; ok {
			f.Usage = name
		}
		switch {
		case f.Flag == "provider" || f.Flag == regime.SureFlag, hand && o.Provider != "" && f.Flag != "area":
		case hand && o.Provider == "":
			f.Need = true
			first = append(first, f)
		default:
			last = append(last, f)
		}
	}
	return slices.Concat(first, []regime.Field{whoOpens}, said, last, []regime.Field{besides})
}

// asks say in words of their own what flags say in one sentence together.
var asks = map[string]string{
	"provider-name": "the provider's name", "provider-code": "its code", "provider-type": "its type",
	"area":    "the area where it stands, by name or code: of an area team, since July 2022 of an integrated care board",
	"region":  "the region of NHS England, since July 2022, by name or code",
	"profile": "the rules under which it runs; without them those of the day",
}

// draft is the case as it would be begun, which knows who is at the table; where what is typed does not suffice
// for one, an empty one.
func (o Opener) draft() *failure.Case {
	if o.Provider != "" {
		p, err := verbs.Parse([]string{opensSilently, "--provider=" + o.Provider, "--by=CQC", "--reason=draft"},
			verbs.Env{Now: o.Now, Person: "draft"})
		if err == nil {
			if c, err := failure.Open(*p.Opening, o.Now); err == nil {
				return c
			}
		}
	}
	return &failure.Case{Profile: regime.ProfileFor(o.Now).Name}
}

// Open opens the case; where that comes to nothing, the form says why, and the status how.
func (f Form) Open(ctx context.Context, to cases.Cases, channel string, now time.Time) (Sent, int) {
	got, err := f.open(ctx, to, verbs.Env{Channel: channel, Now: now, NewKey: func() string { return f.f.request(channel) },
		Person: f.f.Person.Value, Role: f.f.Role.Value, Concerns: concernsFrom(ctx, to)})
	if err != nil {
		status, _ := f.f.failed(err)
		return Sent{}, status
	}
	return got, http.StatusOK
}

func (f Form) open(ctx context.Context, to cases.Cases, env verbs.Env) (Sent, error) {
	p, err := verbs.Parse(f.f.words(), env)
	if err != nil {
		return Sent{}, typedWrong(err)
	}
	if p.Opening == nil {
		return Sent{}, errors.New("this page opens a case and does nothing else")
	}
	if act, ok := p.Act.(*failure.TriggerRiskSummit); ok {
		takeAlong(ctx, to, act, p.Opening.Provider)
	}
	receipt, err := to.Open(ctx, *p.Opening, p.Request, p.Act)
	var taken *cases.Taken
	if errors.As(err, &taken) {
		return Sent{}, &regime.Mistake{Reason: "a case about this provider is open already: " + taken.Ref + ". Nothing was recorded. Go on in " +
			"that one, or say with --again that another is meant"}
	}
	if err != nil {
		return Sent{}, err
	}
	out := Sent{Receipt: receipt, Opened: p.Opening.Ref}
	if req, act := p.Link(receipt.Entry.By); act != nil { // the case is open whatever comes of it
		_, err := to.ActInGroup(ctx, p.From.Place, req, act)
		out.Unlinked = err != nil
	}
	return out, nil
}

// concernsFrom asks a group what it was told.
func concernsFrom(ctx context.Context, to cases.Cases) func(string, []string) (verbs.GroupConcerns, error) {
	return func(place string, ids []string) (verbs.GroupConcerns, error) {
		s, err := to.Group(ctx, place)
		if err != nil {
			return verbs.GroupConcerns{}, err
		}
		return verbs.ConcernsOf(s.Group, ids)
	}
}

// linkBack records in the other case too that the two are linked, as the command line does; one that is nowhere is
// refused before anything is recorded.
func (f Form) linkBack(ctx context.Context, to cases.Cases, do func() (answerTo, error)) (answerTo, error) {
	other := ""
	if f.b.failure != nil && f.f.Answer.Path == failure.VerbOf(&failure.LinkCase{}).Path {
		for _, one := range f.f.Needed {
			if one.Name == prefix+"with-case" {
				other = strings.ToUpper(one.typed())
			}
		}
	}
	if other == "" {
		return do()
	}
	if _, err := to.Snapshot(ctx, other); err != nil {
		return answerTo{}, err
	}
	got, err := do()
	if l, ok := got.act.(*failure.LinkCase); ok && err == nil {
		got.request.Key += "-back"
		_, _ = to.Act(ctx, other, got.request, &failure.LinkCase{To: f.b.Ref, Reason: l.Reason}) // the case's own link stands
	}
	return got, err
}
