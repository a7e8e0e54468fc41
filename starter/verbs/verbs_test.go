package verbs_test

import (
	"encoding/json"
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
	"holdthering/starter/verbs"
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
	for command, want := range map[string]regime.Act{
		`ring accept --by Monitor`:                       &regime.AcceptRing{},
		`note add --by CQC --text "a b" --corrects 5`:    &regime.AddNote{Text: "a b", Corrects: 5},
		`ring assent --by CQC --candidate "nhs tda"`:     &regime.AssentToRingHolder{Candidate: "TDA"},
		`level set --by CQC --level Enhanced --reason x`: &regime.SetLevel{Level: "enhanced", Reason: "x"},
		`provider correct --by CQC --type nhs-trust --reason x`: &regime.CorrectProvider{Type: regime.NHSTrust,
			Reason: "x"},
		`summit adjourn --by NHSCB/Q56 --until "2013-09-13 09:00"`: &regime.AdjournSummit{
			Until: at(2013, 9, 13, 9, 0)},
		`measures decide --by Monitor --outcome extend --reason x --for 6mo`: &regime.DecideMeasures{
			Outcome: regime.Extend, Reason: "x", Length: calendar.MustPeriod("6mo")},
		`summit open --by CQC --attending cqc,Monitor,ccg --attending "West Norfolk CCG" --with-provider`: &regime.OpenSummit{
			Attending: []regime.Party{"CQC", "MONITOR", "CCG", "CCG/07J"}, Provider: true},
	} {
		if got := must(t, command).Act; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", command, got, want)
		}
	}
}

func TestEveryVerbOfTheRegimeIsACommand(t *testing.T) {
	for _, v := range regime.Verbs() {
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
	env := verbs.Env{Case: "k7qm-3xrd", By: "CQC", Person: "A. Tester", Role: "inspector", Channel: "rehearsal"}
	p, err := verbs.Parse(line(`note add --text x`), env)
	if want := (regime.Actor{For: "CQC", Person: "A. Tester", Role: "inspector", Channel: "rehearsal"}); err != nil ||
		p.Request.By != want || p.Case != "K7QM-3XRD" {
		t.Errorf("%+v, %v", p, err)
	}
	p, err = verbs.Parse(line(`note add --text x --by Monitor --person B --role chair --case A-1`), env)
	if want := (regime.Actor{For: "MONITOR", Person: "B", Role: "chair", Channel: "rehearsal"}); err != nil ||
		p.Request.By != want || p.Case != "A-1" {
		t.Errorf("%+v, %v", p, err)
	}
	for without, says := range map[string]verbs.Env{
		"which case?": {By: "CQC", Person: "A"}, "for which body": {Case: "A-1", Person: "A"}, "which person": {Case: "A-1", By: "CQC"},
	} {
		if _, err := verbs.Parse(line(`note add --text x`), says); err == nil || !strings.Contains(err.Error(), without) {
			t.Errorf("%s: %v", without, err)
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
	if got := p.Act.(*regime.OpenSummit).Attending; len(want) < 5 || !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	two := must(t, `summit open --by CQC --attending "LETB,East Anglia"`).Act.(*regime.OpenSummit).Attending
	if !slices.Equal(two, []regime.Party{"LETB", "NHSCB/Q56"}) {
		t.Errorf("two parties became %v", two)
	}
}

func TestThePrintIsThatOfTheContentAndTheBody(t *testing.T) {
	of := func(command string) string { return must(t, command).Request.Print }
	first := of(`note add --by CQC --text x`)
	if again := of(`note add --text x --by cqc --person B --key k2`); first != again || len(first) != 64 {
		t.Errorf("%q and %q", first, again)
	}
	for _, other := range []string{`note add --by Monitor --text x`, `note add --by CQC --text y`,
		`standards answer --by CQC --answer no --reason x`} {
		if of(other) == first {
			t.Errorf("%s has the same print", other)
		}
	}
	if got := of(`note add --by CQC --text x --again`); got != "" {
		t.Errorf("--again left the print %s", got)
	}
}

func TestEachRequestHasAKeyOfItsOwn(t *testing.T) {
	a, b := must(t, `note add --by CQC --text x`), must(t, `note add --by CQC --text x`)
	if a.Request.Key == b.Request.Key || len(a.Request.Key) != 36 {
		t.Errorf("%s and %s", a.Request.Key, b.Request.Key)
	}
	if p := must(t, `note add --by CQC --text x --key mine`); p.Request.Key != "mine" {
		t.Error(p.Request.Key)
	}
}

var refForm = regexp.MustCompile(`^[CDFGHJKMNPQRTVWX346789]{4}-[CDFGHJKMNPQRTVWX346789]{4}$`)

func TestATriggerOpensACaseWithEveryMemberOfItsAreas(t *testing.T) {
	p := must(t, `trigger --provider rcx --by "NHS England" --source media --concern x --also-area "Q57,Cheshire, Warrington and Wirral" --key k1`)
	o := p.Opening
	if o == nil || p.Case != o.Ref || !refForm.MatchString(o.Ref) || o.Profile != regime.Profiles()[0].Name {
		t.Fatalf("%+v", o)
	}
	if o.Provider.Code != "RCX" || o.Provider.LeadCCG != "07J" || !slices.Equal(o.Provider.OtherAreas, []string{"Q57", "Q44"}) {
		t.Errorf("%+v", o.Provider)
	}
	for _, m := range []regime.Party{"NHSCB/Q56", "NHSCB/Q57", "NHSCB/Q44", "CCG/07J", "CQC", "MONITOR", "LETB/Q57"} {
		if !slices.Contains(o.Members, m) {
			t.Errorf("%s is no member", m)
		}
	}
	c, err := regime.Open(*o, time.Date(2013, 9, 10, 9, 0, 0, 0, calendar.London))
	if err != nil {
		t.Fatal(err)
	}
	for party, name := range map[regime.Party]string{"NHSCB/Q56": "NHS England East Anglia area team",
		"CCG/07J": "NHS West Norfolk CCG", "NHSCB/Y55": "NHS England Midlands and East of England region"} {
		if c.Name(party) != name {
			t.Errorf("%s is called %s", party, c.Name(party))
		}
	}
	same := must(t, `trigger --provider RJZ --by CQC --source media --concern y --key k1`)
	if other := must(t, `trigger --provider RJZ --by CQC --source media --concern y`); same.Case != p.Case || other.Case == p.Case {
		t.Error("the reference is not that of the key")
	}
}

func TestAProviderMayBeGivenByHand(t *testing.T) {
	p := must(t, `open --provider-name "Dr X's surgery" --provider-code g123 --provider-type gp-practice --area "east anglia" --lead-ccg 07J --by CQC --reason "own evidence" --reopens a-1`)
	want := regime.Provider{Code: "G123", Name: "Dr X's surgery", Type: regime.GPPractice, AreaTeam: "Q56",
		Region: "Y55", LeadCCG: "07J"}
	if !reflect.DeepEqual(p.Opening.Provider, want) || p.Opening.Reopens != "A-1" {
		t.Errorf("%+v", p.Opening)
	}
	if note, ok := p.Act.(*regime.AddNote); !ok || note.Text != "own evidence" {
		t.Errorf("%+v", p.Act)
	}
}

func TestATriggerInACaseThatIsThereOpensNone(t *testing.T) {
	for _, command := range []string{`trigger --by CQC --source media --concern x`,
		`trigger --case K7QM-3XRD --by CQC --source media --concern x`} {
		if p := must(t, command); p.Opening != nil || p.Case != "K7QM-3XRD" {
			t.Errorf("%+v", p)
		}
	}
	if p := must(t, `trigger --provider RCX --by CQC --source media --concern x`); p.Opening == nil {
		t.Error("the case of the environment was taken though a provider is named")
	}
}

func TestWhatIsWrongIsSaidInASentence(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	for command, says := range map[string]string{
		``:                                  "names no act",
		`measures`:                          "names no act",
		`ring --help`:                       "names no act",
		`ring acept`:                        "did you mean ring accept?",
		`triger`:                            "did you mean trigger?",
		`xyzzy`:                             "'starter --help'",
		`ring xyzzy`:                        "'starter ring --help'",
		`__complete r`:                      "there is no '__complete'",
		`help ring`:                         "there is no 'help'",
		`ring accept x`:                     "belongs to no flag",
		`ring accept --by`:                  "--by needs a party",
		`ring accept -by CQC`:               "two dashes",
		`ring accept --prson x`:             "did you mean --person?",
		`ring accept --by CQC --by Monitor`: "--by: it is given twice",
		`ring accept --by CQC --again=x`:    "takes no value",
		`ring accept --by monitr`:           "MONITOR  Monitor",
		`ring accept --by xyzzy`:            "none has a name like it",
		`ring accept --by CQC --case a/b`:   "no reference of a case",
		`ring accept --by CQC --key "a b"`:  "no blank",
		`summit adjourn --by CQC --until 30/10/2013`:                             "write 2013-10-25 10:00 (UK time)",
		`summit adjourn --by CQC --until 2013-02-30`:                             "does not exist",
		`summit adjourn --by CQC --until 0013-09-10`:                             "not within",
		`summit adjourn --by CQC`:                                                "--until",
		`measures decide --by CQC`:                                               "--reason",
		`measures decide --by CQC --outcome win --reason x`:                      "none of place, decline",
		`measures decide --outcome extend --reason x --for x`:                    "is not a period",
		`note add --by CQC --text x --corrects two`:                              "not a whole number",
		`note add --by CQC --text ` + long:                                       "4000 at most",
		`note add --by CQC --text "  "`:                                          "--text",
		"note add --by CQC --text a\x1bb":                                        "control character",
		"note add --by CQC --text a\xffb":                                        "UTF-8",
		`note add --text x --by ` + long:                                         "at most 200",
		`summit open --by CQC --attending CQC,,Monitor`:                          "a party is needed",
		`open --by CQC --provider RCX`:                                           "--reason",
		`open --by CQC --reason x`:                                               "which provider?",
		`open --by CQC --reason x --provider king`:                               "RJZ  King's College",
		`open --by CQC --reason x --provider-name X`:                             "--provider-code, --provider-type, --area",
		`open --by CQC --reason x --provider RCX --area Q56`:                     "from the register",
		`open --by CQC --reason x --provider RCX --profile X`:                    "there are ENGLAND_2013",
		`open --by CQC --reason x --provider RCX --also-area CQC`:                "is no area team",
		`open --by CQC --reason x --provider RCX --lead-ccg Monitor`:             "is no single CCG",
		`trigger --case A-1 --provider RCX --by CQC --source media --concern x`:  "say one of them",
		`trigger --case A-1 --also-area Q57 --by CQC --source media --concern x`: "is there already",
	} {
		_, err := verbs.Parse(line(command), desk)
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%.80s: %.300v; want %q", command, err, says)
		}
	}
}

func TestATextIsFetchedOnlyWhereItMayBe(t *testing.T) {
	if p := must(t, `note add --by CQC --text @file`); p.Act.(*regime.AddNote).Text != "@file" {
		t.Errorf("%+v", p.Act)
	}
	env := desk
	env.ReadText = func(name string) (string, error) {
		if name == "gone" {
			return "", errors.New("gone is not there")
		}
		return "text of " + name + "\n", nil
	}
	for given, want := range map[string]string{"@file": "text of file", "-": "text of -", "@": "@", "a@b": "a@b"} {
		p, err := verbs.Parse([]string{"note", "add", "--by", "CQC", "--text", given}, env)
		if err != nil || p.Act.(*regime.AddNote).Text != want {
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
	if want := len(regime.Verbs()) + 1; n != want { // and 'open'
		t.Errorf("%d commands, want %d", n, want)
	}
}

func FuzzParse(f *testing.F) {
	for _, v := range regime.Verbs() {
		f.Add(strings.Join(line(v.Example), "\x00"))
	}
	for _, s := range []string{"", "\x00", "--", "-", "ring\x00accept\x00--by\x00\xff", "__complete\x00", "trigger\x00--provider=",
		"open\x00--reason\x00x\x00--provider-name\x00\x1b\x00--provider-code\x00/\x00--provider-type\x00x\x00--area\x00Q56\x00--by\x00CQC",
		"summit\x00open\x00--attending\x00,,,\x00--by\x00CQC", "note\x00add\x00--corrects\x0099999999999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := verbs.Parse(strings.Split(s, "\x00"), desk)
		if err != nil {
			if err.Error() == "" {
				t.Error("an error without a word")
			}
			return
		}
		if p.Act == nil || p.Case == "" || p.Request.Key == "" || p.Request.By.For == "" || p.Request.By.Person == "" {
			t.Errorf("half understood: %+v", p)
		}
		if err := regime.CheckInput(p.Act); err != nil {
			t.Errorf("what cannot be put in came through: %v", err)
		}
		if _, err := json.Marshal(p.Act); err != nil {
			t.Error(err)
		}
		if p.Opening != nil {
			if _, err := regime.Open(*p.Opening, time.Now()); err != nil {
				t.Errorf("a case that cannot be opened: %v", err)
			}
		}
	})
}
