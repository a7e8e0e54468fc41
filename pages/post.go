package pages

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/verbs"
)

// channel is how an act by a page came in.
const channel = ledger.ChannelPage

// maxBody is for the texts of one act, each of which has MaxText characters at most.
const maxBody = 512 << 10

// keyForm is a key as newKey makes it.
var keyForm = regexp.MustCompile(`^[0-9a-f]{32}$`)

func newKey() string {
	var raw [16]byte
	_, _ = rand.Read(raw[:]) // which never fails
	return hex.EncodeToString(raw[:])
}

// act takes an answer.
func (p *Pages) act(w http.ResponseWriter, r *http.Request) {
	b, ok := p.bearer(w, r)
	if !ok {
		return
	}
	typed, status := posted(r)
	if status != 0 {
		p.sorry(w, status, "This could not be read",
			"What was sent is not a form of this page, or is too long. Nothing was recorded.")
		return
	}
	a, ok := b.find(r.PathValue("act"))
	if !ok {
		p.gone(w, b, r.PathValue("link"))
		return
	}
	f := b.newForm(a, typed)
	f.Action = addressOf(r.PathValue("link"), a.Slug)
	if !keyForm.MatchString(f.Key) {
		f.Key = newKey()
	}
	if f.Record.Value == recordNo {
		http.Redirect(w, r, addressOf(r.PathValue("link"), ""), http.StatusSeeOther)
		return
	}
	if !f.check() {
		p.showForm(w, http.StatusUnprocessableEntity, b, f, r.PathValue("link"))
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	got, err := p.perform(ctx, b, f)
	if err != nil {
		p.showRefusal(w, b, f, r.PathValue("link"), err)
		return
	}
	p.known.forget(b.Ref)
	http.Redirect(w, r, addressOf(r.PathValue("link"), got.page()), http.StatusSeeOther)
}

// answerTo is what an act came to.
type answerTo struct {
	receipt ledger.Receipt
	opened  string // the case that it has opened; empty for every other
	request ledger.Request
	act     failure.Act // nil in a group
}

// page is where it is shown.
func (a answerTo) page() string {
	if a.opened != "" {
		return "opened/" + a.opened
	}
	return "done/" + strconv.Itoa(a.receipt.Entry.N)
}

// posted reads a form; the status is why it cannot be.
func posted(r *http.Request) (url.Values, int) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return nil, http.StatusUnsupportedMediaType
	}
	r.Body = http.MaxBytesReader(nil, r.Body, maxBody) // behind a front that is another process
	var large *http.MaxBytesError
	switch err := r.ParseForm(); {
	case errors.As(err, &large):
		return nil, http.StatusRequestEntityTooLarge
	case err != nil:
		return nil, http.StatusBadRequest
	}
	return r.PostForm, 0
}

// perform does the act as the command line would: one reader understands both.
func (p *Pages) perform(ctx context.Context, b bearer, f *form) (answerTo, error) {
	// The link's own name is part of the key: who holds one link cannot ask for what another did.
	return b.send(ctx, p.Cases, f, verbs.Env{Channel: channel,
		NewKey: func() string { return f.request("page/" + b.ID) }}, b.signs)
}

// words are what was typed as words of the command line.
func (f *form) words() []string {
	words := strings.Fields(f.Answer.Path)
	for flag, value := range f.Answer.given {
		words = append(words, "--"+flag+"="+value)
	}
	words = append(words, f.flags()...)
	if f.Doubted == recordYes {
		words = append(words, "--"+regime.SureFlag)
	}
	return words
}

// send has the reader of the command line read a form, and sends the act; signs says of it by what right it is
// done.
func (b bearer) send(ctx context.Context, to cases.Cases, f *form, env verbs.Env, signs func(*ledger.Actor)) (answerTo, error) {
	env.By, env.Person, env.Role = string(b.Party), strings.TrimSpace(f.Person.Value), strings.TrimSpace(f.Role.Value)
	if f.Answer.about != "" {
		return b.opening(ctx, to, f, env, signs)
	}
	if b.group != nil {
		env.Group = b.group.Place()
		parsed, err := verbs.ParseGroup(f.words()[1:], env)
		if err != nil {
			return answerTo{}, typedWrong(err)
		}
		signs(&parsed.Request.By)
		receipt, err := to.ActInGroup(ctx, strings.TrimPrefix(b.Ref, groupPrefix), parsed.Request, parsed.Act)
		return answerTo{receipt: receipt}, err
	}
	env.Case = b.Ref
	parsed, err := verbs.Parse(f.words(), env)
	if err != nil {
		return answerTo{}, typedWrong(err)
	}
	if parsed.Opening != nil || parsed.Case != b.Ref {
		return answerTo{}, errors.New("this page opens no case")
	}
	signs(&parsed.Request.By)
	if act, ok := parsed.Act.(*failure.TriggerRiskSummit); ok { // of a case that was opened without a summit
		takeAlong(ctx, to, act, b.failure.Provider)
	}
	receipt, err := to.Act(ctx, b.Ref, parsed.Request, parsed.Act)
	return answerTo{receipt: receipt, request: parsed.Request, act: parsed.Act}, err
}

// request is the key of a request. What is answered is part of it: the same form sent again is recorded once, and
// gone back to, changed and sent it is another answer. The form's own key, which nobody else has, keeps what was
// answered from being guessed back.
func (f *form) request(from string) string {
	said := append(f.flags(), f.Key, strings.TrimSpace(f.Person.Value), strings.TrimSpace(f.Role.Value))
	sum := sha256.Sum256([]byte(strings.Join(said, "\x00")))
	return from + "/" + hex.EncodeToString(sum[:16])
}

// signs says by whose link an act is done.
func (b bearer) signs(a *ledger.Actor) { a.Contact, a.Notice, a.Link = b.Level, b.notice.ID, b.ID }

// typedWrong is what was found before any case was asked.
func typedWrong(err error) error {
	var known *regime.Mistake
	if errors.As(err, &known) {
		return err
	}
	return &regime.Mistake{Reason: err.Error()}
}

// showRefusal shows the form again with what was typed.
func (p *Pages) showRefusal(w http.ResponseWriter, b bearer, f *form, text string, err error) {
	status, known := f.failed(err)
	if !known {
		p.Log.Warn("Whether an answer was recorded is not known", "link", b.ID)
	}
	p.showForm(w, status, b, f, text)
}

// failed says on the form why nothing was recorded, or that it is not known whether anything was.
func (f *form) failed(err error) (status int, known bool) {
	var (
		refusal *regime.Refusal
		mistake *regime.Mistake
		gone    *cases.Unreachable
	)
	switch {
	case errors.As(err, &refusal):
		f.refused(refusal.Rule, refusal.Reason)
	case errors.As(err, &mistake):
		f.Doubt = mistake.Doubt
		f.refused("", mistake.Reason)
	case errors.As(err, &gone) && gone.Key == "":
		f.wrong(&f.Record, "The case could not be reached, and nothing was recorded. Please try again in a few minutes.")
		return http.StatusServiceUnavailable, true
	default:
		f.wrong(&f.Record, "There was no answer, so it is not known whether this was recorded. Please press the "+
			"button again: it is recorded once, however often you press.")
		return http.StatusServiceUnavailable, false
	}
	return http.StatusUnprocessableEntity, true
}
