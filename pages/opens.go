package pages

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/verbs"
)

// triggers is the one verb of a case that a group asks a member for: it opens the case.
const triggers = "trigger"

// providerCode is how the subject of a duty names a provider.
var providerCode = numbered["provider"]

// opening triggers about the provider that the group has asked about, and no other.
func (b bearer) opening(ctx context.Context, to cases.Cases, f *form, env verbs.Env, signs func(*ledger.Actor)) (answerTo, error) {
	flags, err := verbs.Triggering(b.group, f.Answer.about)
	if err != nil {
		return answerTo{}, err
	}
	parsed, err := verbs.Parse(append(flags, f.words()[1:]...), env)
	if err != nil {
		return answerTo{}, typedWrong(err)
	}
	act, ok := parsed.Act.(*failure.TriggerRiskSummit)
	if parsed.Opening == nil || !ok {
		return answerTo{}, errors.New("this page opens a case and does nothing else")
	}
	takeAlong(ctx, to, act, parsed.Opening.Provider)
	signs(&parsed.Request.By)
	parsed.Request.By.Notice = "" // which is the group's, and no notice of the case
	receipt, err := to.Open(ctx, *parsed.Opening, parsed.Request, act)
	var taken *cases.Taken
	if errors.As(err, &taken) {
		return answerTo{}, &regime.Mistake{Reason: "a case about this provider is open already: " + taken.Ref + ". Nothing was " +
			"recorded here. Tell the group so: say why there is no summit of its own"}
	}
	return answerTo{receipt: receipt, opened: parsed.Opening.Ref}, err
}

// takeAlong gives the trigger what the provider's groups have open about it. A group that gives no answer keeps
// nobody from triggering.
func takeAlong(ctx context.Context, from cases.Cases, act *failure.TriggerRiskSummit, about regime.Provider) {
	places := verbs.GroupsOf(about)
	for _, place := range places {
		if s, err := from.Group(ctx, place); err == nil {
			act.Known = append(act.Known, verbs.OpenConcerns(s.Group, about.Code, places)...)
		}
	}
}

// caseRef is how a case is named.
var caseRef = regexp.MustCompile(`^[A-Z0-9]{4}-[A-Z0-9]{4}$`)

// opened says what case was opened by this link, and tells of no other.
func (p *Pages) opened(w http.ResponseWriter, r *http.Request) {
	b, ok := p.bearer(w, r)
	if !ok {
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	ref := r.PathValue("ref")
	if !caseRef.MatchString(ref) {
		p.gone(w, b, r.PathValue("link"))
		return
	}
	f, err := p.fetch(ctx, ref)
	at := -1
	if err == nil {
		at = slices.IndexFunc(f.ledger.Entries, func(e ledger.Entry) bool {
			return e.Verb == triggers && e.By.Link == b.ID && e.By.For == b.Party
		})
	}
	if at < 0 {
		p.gone(w, b, r.PathValue("link"))
		return
	}
	v := viewOf(b, addressOf(r.PathValue("link"), ""))
	given := givenOf(f.ledger.Entries[at])
	given.Text = strings.TrimSuffix(given.Text, ".") + ". This is case " + ref + "; the mails about it have links of their own."
	p.write(w, http.StatusOK, "done", page{Title: "Your answer is recorded", View: &v, Entry: given})
}
