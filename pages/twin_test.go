package pages_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"holdthering/pages/link"
	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/verbs"
)

// inGroup runs a command of a group.
func (b *bench) inGroup(path string, words ...string) {
	b.t.Helper()
	p, err := verbs.ParseGroup(append(strings.Fields(path), words...), verbs.Env{Group: "Q56", Person: "A. Tester"})
	if err != nil {
		b.t.Fatal(err)
	}
	if len(p.Starts) > 0 {
		if _, err := b.memory.StartGroup(b.t.Context(), p.Starts[0]); err != nil {
			b.t.Fatal(err)
		}
		return
	}
	if _, err := b.memory.ActInGroup(b.t.Context(), "Q56", p.Request, p.Act); err != nil {
		b.t.Fatal(err)
	}
}

// everyPage is each page that a party's links in a ledger open, without what differs from world to world.
func (b *bench) everyPage(ref string, l *ledger.Ledger, of func(regime.Party) bool) map[string]string {
	b.t.Helper()
	out := map[string]string{}
	behind := b.pages.Behind()
	for _, n := range l.Notices {
		for _, r := range n.To {
			if !of(r.Party) {
				continue
			}
			text := b.sign(link.Link{Ref: ref, Party: r.Party, Level: r.Level, Notice: n.ID,
				Expires: b.memory.Now().AddDate(0, 2, 0), Mailbox: b.keys.Mailbox(b.book.address(r.Party))})
			page := served(b.t, behind, http.MethodGet, "/a/"+text)
			name := string(n.Kind) + " " + n.ID + " " + string(r.Party) + " " + string(r.Level)
			out[name] = secret.ReplaceAllString(page.body, "")
			for _, slug := range slugs.FindAllStringSubmatch(page.body, -1) {
				form := served(b.t, behind, http.MethodGet, "/a/"+text+"/"+slug[1])
				out[name+" "+slug[1]] = secret.ReplaceAllString(form.body, "")
			}
		}
	}
	return out
}

func same(t *testing.T, a, b map[string]string) {
	t.Helper()
	if len(a) != len(b) || len(a) == 0 {
		t.Errorf("%d pages and %d", len(a), len(b))
	}
	for name, text := range a {
		if b[name] != text {
			t.Errorf("%s differs:\n%s\n%s", name, text, b[name])
		}
	}
	t.Logf("%d pages", len(a))
}

func TestNoPageTellsWhoToldAGroupSomethingInConfidence(t *testing.T) {
	var worlds [2]map[string]string
	for i, teller := range []string{"CQC", "Monitor"} {
		b := newBench(t)
		b.inGroup("start --area Q56")
		b.memory.Pass(10 * 24 * time.Hour)
		b.inGroup("concern --provider RCX --kind standards-of-care --urgent --protect-identity --open-text --source", "whistleblower", "--by", teller,
			"--what", "nobody dares to speak")
		b.inGroup("concern --provider RGP --kind standards-of-care --source patient --by LETB", "--what", "trainees are alone at night")
		b.memory.Pass(40 * 24 * time.Hour)
		s, err := b.memory.Group(t.Context(), "Q56")
		if err != nil {
			t.Fatal(err)
		}
		worlds[i] = b.everyPage("group-Q56", &s.Group.Ledger, func(p regime.Party) bool { return p != "CQC" && p != "MONITOR" })
		for name, text := range worlds[i] {
			if strings.Contains(text, "nobody dares") {
				t.Errorf("%s shows what was told in confidence", name)
			}
		}
	}
	same(t, worlds[0], worlds[1])
}

func TestNoPageTellsWhatASealedViewSaysOrWhoIsProtected(t *testing.T) {
	var worlds [2]map[string]string
	for i, view := range []string{"the board is weak", "the board is strong"} {
		b := newBench(t)
		flags := []string{"NHS England East Anglia", "--source=whistleblower", "--concern=unsafe staffing on the wards", "--key=3a8b6c1e-5d0f-4e2a-9b7c-1f2e3d4c5b6a"}
		if i == 1 {
			flags = append(flags, "--protect-identity")
		}
		b.do("trigger --provider RCX --by", flags...)
		b.memory.Pass(2 * time.Hour)
		b.do("summit convene --by", "NHS England East Anglia", "--at=2013-09-12 10:00", "--place=Cambridge")
		b.do("judgement own --by Monitor --sealed --view", view, "--intends=look into it")
		b.memory.Pass(46*time.Hour + 30*time.Minute)
		b.do("summit open --by", "NHS England East Anglia", "--present=CQC,Monitor")
		worlds[i] = b.everyPage(b.ref, b.ledger(), func(regime.Party) bool { return true })
	}
	same(t, worlds[0], worlds[1])
}
