package desk_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"holdthering/cases"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
)

// played has the groups of a play: each is reached by its place and the case, and by that alone.
type played struct {
	cases.Cases
	scene string
}

func (p *played) own(place string) (string, error) {
	own, is := strings.CutSuffix(place, "."+p.scene)
	if !is {
		return "", &cases.Unreachable{Reason: "There is no group of " + place + "."}
	}
	return own, nil
}

func (p *played) Group(ctx context.Context, place string) (cases.GroupSnapshot, error) {
	own, err := p.own(place)
	if err != nil {
		return cases.GroupSnapshot{}, err
	}
	return p.Cases.Group(ctx, own)
}

func (p *played) ActInGroup(ctx context.Context, place string, req ledger.Request, act surveillance.Act) (ledger.Receipt, error) {
	own, err := p.own(place)
	if err != nil {
		return ledger.Receipt{}, err
	}
	return p.Cases.ActInGroup(ctx, own, req, act)
}

func (p *played) ListGroups(ctx context.Context, f cases.GroupFilter) ([]cases.GroupRow, error) {
	rows, err := p.Cases.ListGroups(ctx, f)
	for i := range rows {
		rows[i].Place += "." + p.scene
	}
	return rows, err
}

var groupLinks = regexp.MustCompile(`(?:href|action)="(/group/[^"/?#]+)`)

func TestAGroupOfAPlayIsActedInFromTheDeskAsAnyOther(t *testing.T) {
	b := summit(t)
	b.inGroup("Q56", "start --area Q56")
	b.inGroup("Q56", "concern --provider RGP --kind standards-of-care --source patient --by LETB", "--what", "trainees are alone at night")
	b.over(&played{b.memory, b.ref})
	b.signIn()
	at := "/group/Q56." + b.ref
	b.memory.Pass(120 * 24 * time.Hour) // the first meeting is overdue
	link := regexp.MustCompile(at + `/act/group-hold\.D[0-9]+`).FindString(b.page("/?look=again"))
	if link == "" {
		t.Fatal(b.page("/"))
	}
	form := b.get(link)
	for _, page := range []string{form.body, b.page(at), b.page(at + "/acts"), b.page("/case/" + b.ref)} {
		if len(groupLinks.FindAllString(page, -1)) == 0 {
			t.Errorf("no link to the group in\n%s", page)
		}
		for _, m := range groupLinks.FindAllStringSubmatch(page, -1) {
			if m[1] != at {
				t.Errorf("a link to %s", m[1])
			}
		}
	}
	has(t, b.page(at), "group=Q56."+b.ref) // from its concerns to a case
	done := b.fill(form, url.Values{"f-present": {"NHSCB/Q56", "CQC"}, "f-considered": {"AGENDA"}, "f-record": {"as agreed"}})
	if done.status != http.StatusOK {
		t.Fatalf("%d: %s", done.status, done.body)
	}
	has(t, done.body, "It is recorded", "Held meeting 1 of the group")
}

func TestWhoHasNotAcknowledgedIsOneStepFromToday(t *testing.T) {
	b := newBench(t)
	b.do("trigger --provider RCX --by CQC --source media --concern=unsafe")
	see, own := `<a href="/case/`+b.ref+`#silent">See who has not, and record that one has</a>`, "/case/"+b.ref+"/act/acknowledge.D"
	has(t, b.page("/"), see, own)
	has(t, b.page("/case/"+b.ref), see, `id="silent"`)
	b.do("acknowledge --by", "NHS England East Anglia")
	page := b.page("/?look=again")
	has(t, page, see)
	lacks(t, page, own) // it has
}

func TestACaseIsFoundByItsReferenceHoweverItIsPasted(t *testing.T) {
	b := summit(t)
	for _, typed := range []string{"[" + b.ref + "]", "case-RCX-" + b.ref, strings.ToLower(strings.ReplaceAll(b.ref, "-", "")), "Re: [" + b.ref + "] Risk summit"} {
		has(t, b.page("/find?q="+url.QueryEscape(typed)), `href="/case/`+b.ref+`"`)
	}
	lacks(t, b.page("/find?q=rcx"), "provider=RCX")
	has(t, b.page("/find?q=zzzz"), "/new/trigger", "not in the register")
	const chair = "--by=NHS England East Anglia"
	b.memory.Pass(49 * time.Hour)
	b.do("summit open --present CQC,TDA,CCG/07J", chair)
	b.memory.Pass(time.Hour)
	b.do("summit end", chair, "--record=The nights were covered")
	b.do("judgement collective --value no-failure", chair, "--reason=Nothing further is wanted")
	b.do("standards answer --answer no", chair, "--reason=Supervision was there")
	b.do("judgement regulatory --by CQC --value no-material-breach", "--evidence=Rotas")
	b.do("letter send", chair)
	b.do("level set --by CCG/07J --level routine --next-review 2013-12-01", "--reason=Looked at again later", "--evidence=The rota")
	b.memory.Pass(8 * 24 * time.Hour)
	b.do("case propose-closing", chair, "--lessons=Ask for the rota")
	b.memory.Pass(4 * 24 * time.Hour)
	b.do("case close", chair)
	has(t, b.page("/?look=again"), "0 open cases, 1 case closed that still takes corrections, and 0 surveillance groups")
	has(t, b.page("/find?q=rcx"), "Closed", "Open another case about it")
	b.memory.Pass(3 * 365 * 24 * time.Hour)
	has(t, b.page("/find?q="+b.ref), "closed, on file", `href="/case/`+b.ref+`"`, "The Queen Elizabeth")
}
