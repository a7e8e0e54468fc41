package verbs_test

import (
	"errors"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"holdthering/reference"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/verbs"
)

var desk = verbs.Env{Case: "K7QM-3XRD", Person: "A. Tester"}

// line splits a command line with double quotation marks.
func line(s string) []string {
	var out []string
	for i, part := range strings.Split(s, `"`) {
		if i%2 == 1 {
			out = append(out, part)
		} else {
			out = append(out, strings.Fields(part)...)
		}
	}
	return out
}

func must(t *testing.T, command string) verbs.Parsed {
	t.Helper()
	p, err := verbs.Parse(line(command), desk)
	if err != nil {
		t.Fatalf("%s: %v", command, err)
	}
	return p
}

func TestEveryKindOfFieldIsRead(t *testing.T) {
	at := func(y int, m time.Month, d, h, min int) time.Time {
		return time.Date(y, m, d, h, min, 0, 0, calendar.London)
	}
	for command, want := range map[string]failure.Act{
		`ring accept --by Monitor`:                       &failure.AcceptRing{},
		`note add --by CQC --what "a b" --corrects 5`:    &failure.AddNote{Text: "a b", Corrects: 5},
		`ring assent --by CQC --candidate "nhs tda"`:     &failure.AssentToRingHolder{Candidate: "TDA"},
		`level set --by CQC --level Enhanced --reason x`: &failure.SetLevel{Level: "enhanced", Reason: "x"},
		`provider correct --by CQC --provider-type nhs-trust --reason x`: &failure.CorrectProvider{
			Type: regime.NHSTrust, Reason: "x"},
		`summit adjourn --by NHSCB/Q56 --until "2013-09-13 09:00"`: &failure.AdjournSummit{
			Until: at(2013, 9, 13, 9, 0)},
		`measures decide --by Monitor --outcome extend --reason x --for 6mo`: &failure.DecideMeasures{
			Outcome: failure.Extend, Reason: "x", Length: calendar.MustPeriod("6mo")},
		`summit open --by CQC --present cqc,ccg --present 07J --with-provider`: &failure.OpenSummit{
			Attending: []regime.Party{"CQC", "CCG", "CCG/07J"}, Provider: true},
	} {
		if got := must(t, command).Act; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", command, got, want)
		}
	}
}

func TestEveryVerbOfTheRegimeIsACommand(t *testing.T) {
	for _, v := range failure.Verbs() {
		_, err := verbs.Parse(append(strings.Fields(v.Path), "--bogus"), desk)
		if err == nil || !strings.Contains(err.Error(), "there is no flag --bogus for '"+v.Path+"'") {
			t.Errorf("%s: %v", v.Path, err)
		}
		if _, err := verbs.Parse(line(strings.ReplaceAll(v.Example, "CASE", "K7QM-3XRD")), desk); err != nil {
			t.Errorf("%s: %v", v.Example, err)
		}
	}
}

func TestWhoActsComesFromFlagsThenFromTheEnvironment(t *testing.T) {
	env := verbs.Env{Case: "k7qm-3xrd", By: "CQC", Person: "A", Role: "inspector", Channel: "rehearsal"}
	p, err := verbs.Parse(line(`note add --what x`), env)
	want := ledger.Actor{For: "CQC", Person: "A", Role: "inspector", Channel: "rehearsal"}
	if err != nil || p.Request.By != want || p.Case != "K7QM-3XRD" {
		t.Errorf("%+v, %v", p, err)
	}
	p, err = verbs.Parse(line(`note add --what x --by Monitor --person B --role chair --case A-1`), env)
	want = ledger.Actor{For: "MONITOR", Person: "B", Role: "chair", Channel: "rehearsal"}
	if err != nil || p.Request.By != want || p.Case != "A-1" {
		t.Errorf("%+v, %v", p, err)
	}
	for asks, env := range map[string]verbs.Env{
		"which case?":    {By: "CQC", Person: "A"},
		"for which body": {Case: "A-1", Person: "A"},
		"which person":   {Case: "A-1", By: "CQC"},
	} {
		_, err := verbs.Parse(line(`note add --what x`), env)
		if err == nil || !strings.Contains(err.Error(), asks) {
			t.Errorf("%s: %v", asks, err)
		}
	}
}

func TestTheProviderIsNamedWithoutItsCode(t *testing.T) {
	for _, by := range []string{"provider", "Trust", "the trust", "PROVIDER", "the provider"} {
		if p := must(t, `ring accept --by "`+by+`"`); p.Request.By.For != "PROVIDER" {
			t.Errorf("%s is %s", by, p.Request.By.For)
		}
	}
}

func TestANameWithCommasIsOneParty(t *testing.T) {
	ref, err := reference.Load()
	if err != nil {
		t.Fatal(err)
	}
	list, want := "", []regime.Party{"CQC"}
	for _, c := range ref.CCGs("") {
		if strings.Contains(c.Name, ",") {
			list += "," + c.Name + " CCG"
			want = append(want, regime.PartyOf(regime.CCG, c.Code))
		}
	}
	p, err := verbs.Parse([]string{"summit", "open", "--by", "CQC", "--attending", "CQC" + list}, desk)
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Act.(*failure.OpenSummit).Attending; len(want) < 5 || !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	two := must(t, `summit open --by CQC --present "LETB,East Anglia"`).Act.(*failure.OpenSummit).Attending
	if !slices.Equal(two, []regime.Party{"LETB", "NHSCB/Q56"}) {
		t.Errorf("two parties became %v", two)
	}
}

func TestThePrintIsThatOfTheContentAndTheBody(t *testing.T) {
	of := func(command string) string { return must(t, command).Request.Fingerprint }
	first := of(`note add --by CQC --what x`)
	if again := of(`note add --what x --by cqc --person B --key k2`); first != again || len(first) != 64 {
		t.Errorf("%q and %q", first, again)
	}
	for _, other := range []string{`note add --by Monitor --what x`, `note add --by CQC --what y`,
		`standards answer --by CQC --answer no --reason x`} {
		if of(other) == first {
			t.Errorf("%s has the same print", other)
		}
	}
	again := must(t, `note add --by CQC --what x --again`).Request
	if again.Fingerprint != first || !again.Again {
		t.Errorf("--again: %+v", again)
	}
	opening := of(`trigger --provider RCX --by CQC --source media --what x --key k`)
	if opening == of(`trigger --provider RAJ --by CQC --source media --what x --key k`) {
		t.Error("two providers under one key have the same print")
	}
}

func TestEachRequestHasAKeyOfItsOwn(t *testing.T) {
	a, b := must(t, `note add --by CQC --what x`), must(t, `note add --by CQC --what x`)
	if a.Request.Key == b.Request.Key || len(a.Request.Key) != 36 {
		t.Errorf("%s and %s", a.Request.Key, b.Request.Key)
	}
	for words, says := range map[string]string{
		`note add --by CQC --what x --key 9434765919`:                                                                      "NHS number",
		`note add --by PROVIDER/9434765919 --what x`:                                                                       "NHS number",
		`note add --by CQC --what x --key repeat-943-476-5919`:                                                             "NHS number",
		`trigger --provider RCX --by CQC --source whistleblower --what x --routine y --protect-identity --key nurse-jones`: "in confidence",
		`judgement own --by CQC --view x --sealed --key we-see-failure`:                                                    "in confidence",
	} {
		if _, err := verbs.Parse(line(words), desk); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", words, err)
		}
	}
	const made = "0191f2c1-5d6e-7f70-8a91-b2c3d4e5f607"
	if p := must(t, `judgement own --by CQC --view x --sealed --key `+made); p.Request.Key != made {
		t.Errorf("%+v", p)
	}
	if p := must(t, `note add --by CQC --what x --key mine`); p.Request.Key != "mine" {
		t.Error(p.Request.Key)
	}
}

var refForm = regexp.MustCompile(`^[CDFGHJKMNPQRTVWX346789]{4}-[CDFGHJKMNPQRTVWX346789]{4}$`)

func TestATriggerOpensACaseWithEveryMemberOfItsAreas(t *testing.T) {
	p := must(t, `trigger --provider rcx --by "NHS England" --source media --what x --key k1 `+
		`--also-area "Q57,Cheshire, Warrington and Wirral"`)
	o := p.Opening
	if o == nil || p.Case != o.Ref || !refForm.MatchString(o.Ref) || o.Profile != regime.FirstProfile().Name {
		t.Fatalf("%+v", o)
	}
	if o.Provider.Code != "RCX" || o.Provider.LeadCCG != "07J" ||
		!slices.Equal(o.Provider.OtherAreas, []string{"Q57", "Q44"}) {
		t.Errorf("%+v", o.Provider)
	}
	for _, m := range []regime.Party{"NHSCB/Q56", "NHSCB/Q57", "NHSCB/Q44", "CCG/07J", "CQC", "LETB/Q57"} {
		if !slices.Contains(o.Members, m) {
			t.Errorf("%s is no member", m)
		}
	}
	c, err := failure.Open(*o, time.Date(2013, 9, 10, 9, 0, 0, 0, calendar.London))
	if err != nil {
		t.Fatal(err)
	}
	for party, name := range map[regime.Party]string{"NHSCB/Q56": "NHS England East Anglia area team",
		"CCG/07J": "NHS West Norfolk CCG", "NHSCB/Y55": "NHS England Midlands and East of England region"} {
		if c.Name(party) != name {
			t.Errorf("%s is called %s", party, c.Name(party))
		}
	}
	other := `trigger --provider RJZ --by CQC --source media --what y`
	if must(t, other+` --key k1`).Case != p.Case || must(t, other).Case == p.Case {
		t.Error("the reference is not that of the key")
	}
}

func TestAProviderMayBeGivenByHand(t *testing.T) {
	p := must(t, `open --provider-name "Dr X's surgery" --provider-code g123 --provider-type gp-practice `+
		`--area "east anglia" --lead-ccg 07J --by CQC --reason "own evidence" --reopens a-1`)
	want := regime.Provider{Code: "G123", Name: "Dr X's surgery", Type: regime.GPPractice, AreaTeam: "Q56",
		Region: "Y55", LeadCCG: "07J"}
	if !reflect.DeepEqual(p.Opening.Provider, want) || p.Opening.Reopens != "A-1" {
		t.Errorf("%+v", p.Opening)
	}
	if note, ok := p.Act.(*failure.AddNote); !ok || note.Text != "own evidence" {
		t.Errorf("%+v", p.Act)
	}
}

func TestATriggerInACaseThatIsThereOpensNone(t *testing.T) {
	for _, command := range []string{`trigger --by CQC --source media --what x`,
		`trigger --case K7QM-3XRD --by CQC --source media --what x`} {
		if p := must(t, command); p.Opening != nil || p.Case != "K7QM-3XRD" {
			t.Errorf("%+v", p)
		}
	}
	if p := must(t, `trigger --provider RCX --by CQC --source media --what x`); p.Opening == nil {
		t.Error("the case of the environment was taken though a provider is named")
	}
}

func TestATextIsFetchedOnlyWhereItMayBe(t *testing.T) {
	if p := must(t, `note add --by CQC --what @file`); p.Act.(*failure.AddNote).Text != "@file" {
		t.Errorf("%+v", p.Act)
	}
	env := desk
	env.ReadText = func(name string) (string, error) {
		if name == "gone" {
			return "", errors.New("gone is not there")
		}
		return "text of " + name + "\n", nil
	}
	for given, want := range map[string]string{"@file": "text of file", "-": "text of -", "@": "@",
		"a@b": "a@b"} {
		p, err := verbs.Parse([]string{"note", "add", "--by", "CQC", "--text", given}, env)
		if err != nil || p.Act.(*failure.AddNote).Text != want {
			t.Errorf("%s: %+v, %v", given, p.Act, err)
		}
	}
	if _, err := verbs.Parse([]string{"note", "add", "--by", "CQC", "--text", "@gone"}, env); err == nil {
		t.Error("a file that is not there was taken")
	}
}

func TestTheChaptersHoldEveryCommandOnce(t *testing.T) {
	all := verbs.Commands(desk, func(*cobra.Command, verbs.Parsed) error { return nil })
	n := 0
	for _, c := range verbs.Chapters(all) {
		if c.Title == "" {
			t.Error("a chapter has no title")
		}
		n += len(c.Commands)
	}
	if want := len(failure.Verbs()) + 1; n != want { // and 'open'
		t.Errorf("%d commands, want %d", n, want)
	}
}

func TestAReferenceIsReadAsPeoplePasteIt(t *testing.T) {
	for text, want := range map[string]string{"[K7QM-3XRD]": "K7QM-3XRD", "k7qm3xrd": "K7QM-3XRD", "Case: K7QM-3XRD": "K7QM-3XRD",
		"case K7QM\u20113XRD.": "K7QM-3XRD", "CASE": "CASE", "case-1": "CASE-1", "CASEY": "CASEY"} {
		if got, err := verbs.CaseRef(text); got != want || err != nil {
			t.Errorf("%q is read as %q, %v", text, got, err)
		}
	}
}
