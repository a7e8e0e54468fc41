package desk_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// different is what differs from world to world: the reference of a case and the key of a form.
func (b *bench) different() *regexp.Regexp {
	return regexp.MustCompile(`[0-9a-f]{32}|\b[A-Z0-9]{4}-[A-Z0-9]{4}\b`)
}

// form is the address of a page that asks: it offers all sources, and has the name of who is signed in.
var form = regexp.MustCompile(`/act/|^/new/`)

var linked = regexp.MustCompile(`href="(/[^"#]*)`)

// everything is each page of the desk that can be reached from its front page, but for what is found by typing.
func (b *bench) everything() map[string]string {
	b.t.Helper()
	out := map[string]string{}
	next := []string{"/", "/country", "/find?q=lynn", "/group/Q56", "/group/Q56/record", "/group/Q56?all=entries"}
	if b.ref != "" {
		next = append(next, "/case/"+b.ref+"?all=entries")
	}
	for len(next) > 0 {
		path := next[0]
		next = next[1:]
		name := b.different().ReplaceAllString(path, "")
		if _, had := out[name]; had || strings.Contains(path, "look=again") || strings.HasSuffix(path, ".css") {
			continue
		}
		text := b.get(path).body
		out[name] = b.different().ReplaceAllString(text, "")
		for _, found := range linked.FindAllStringSubmatch(text, -1) {
			next = append(next, strings.ReplaceAll(found[1], "&amp;", "&"))
		}
	}
	return out
}

func same(t *testing.T, a, b map[string]string, least int) {
	t.Helper()
	if len(a) != len(b) || len(a) < least {
		t.Errorf("%d pages and %d", len(a), len(b))
	}
	for name, text := range a {
		if b[name] != text {
			t.Errorf("%s differs:\n%s\n%s", name, text, b[name])
		}
	}
	t.Logf("%d pages", len(a))
}

func TestNoPageOfTheDeskTellsWhoToldAGroupSomethingInConfidence(t *testing.T) {
	var worlds [2]map[string]string
	for i, teller := range []string{"CQC", "Monitor"} {
		b := newBench(t)
		b.inGroup("Q56", "start --area Q56")
		b.memory.Pass(10 * 24 * time.Hour)
		b.inGroup("Q56", "concern --provider RCX --kind standards-of-care --protect-identity --open-text --source", "whistleblower", "--by", teller,
			"--what", "nobody dares to speak")
		b.inGroup("Q56", "concern --provider RGP --kind standards-of-care --source patient --by LETB", "--what", "trainees are alone at night")
		b.memory.Pass(40 * 24 * time.Hour)
		worlds[i] = b.everything()
		for name, text := range worlds[i] {
			if strings.Contains(text, "whistleblower") && !form.MatchString(name) {
				t.Errorf("%s names the source of what was told in confidence", name)
			}
		}
	}
	same(t, worlds[0], worlds[1], 30)
}

func TestNoPageOfTheDeskTellsWhatASealedViewSaysOrWhoIsProtected(t *testing.T) {
	var worlds [2]map[string]string
	for i, view := range []string{"the board is weak", "the board is strong"} {
		b := newBench(t)
		b.inGroup("Q56", "start --area Q56")
		source := []string{"--source=whistleblower", "--source=patient"}[i]
		b.do("trigger --provider RCX --by", "NHS England East Anglia", source, "--protect-identity",
			"--concern=unsafe staffing on the wards", "--key=3a8b6c1e-5d0f-4e2a-9b7c-1f2e3d4c5b6a")
		b.memory.Pass(2 * time.Hour)
		b.do("summit convene --by", "NHS England East Anglia", "--at=2013-09-12 10:00", "--place=Cambridge")
		b.do("judgement own --by Monitor --sealed --view", view, "--intends=look into it")
		b.memory.Pass(46*time.Hour + 30*time.Minute)
		b.do("summit open --by", "NHS England East Anglia", "--present=CQC,Monitor")
		worlds[i] = b.everything()
	}
	same(t, worlds[0], worlds[1], 60)
}

func TestWhatIsToldInConfidenceAtTheDeskNamesNobody(t *testing.T) {
	b := newBench(t)
	b.inGroup("Q56", "start --area Q56")
	page := b.get("/group/Q56/act/group-concern.n?by=CQC")
	done := b.fill(page, url.Values{"f-provider": {"RCX"}, "f-kind": {"standards-of-care"}, "f-what": {"nobody dares to speak"},
		"f-source": {"whistleblower"}, "f-protect-identity": {"true"}})
	if !strings.Contains(done.url, "/done/") && !strings.HasPrefix(done.url, "/group/") {
		t.Fatalf("%d at %s: %s", done.status, done.url, done.body)
	}
	for name, text := range b.everything() {
		if strings.Contains(text, "Jo Bloggs") && !form.MatchString(name) {
			t.Errorf("%s names who typed it", name)
		}
	}
}
