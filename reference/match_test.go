package reference

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode"
)

func TestAProviderIsFoundByCodeOrByWholeWordsOfItsName(t *testing.T) {
	r := loaded(t)
	for query, want := range map[string]string{
		"RCX":                            "RCX",
		"rcx":                            "RCX",
		"Queen Elizabeth":                "RCX", // the one trust of the data with both words
		"QUEEN ELIZABETH KING'S LYNN":    "RCX",
		"queen elizabeth, kings  lynn":   "RCX",
		"king’s lynn":                    "RCX",
		"Lynn Elizabeth":                 "RCX",
		"Tameside NHS Foundation Trust":  "RMP",
		"Norfolk & Norwich":              "RM1",
		"Bradford District Care Trust":   "TAD",
		"St. George's Healthcare":        "RJ7",
		"Pennine Care":                   "RT2",
		"Solent":                         "R1C",
		"Kent and Medway\tPartnership  ": "RXY",
	} {
		p, err := r.Provider(query)
		if err != nil || p.Code != want {
			t.Errorf("%q gave %q, %v; want %s", query, p.Code, err, want)
		}
	}
}

func TestEveryTrustAndCCGIsFoundByItsOwnName(t *testing.T) {
	r := loaded(t)
	for _, p := range r.Providers() {
		if got, err := r.Provider(p.Name); err != nil || got.Code != p.Code {
			t.Errorf("%s: got %q, %v", p.Name, got.Code, err)
		}
	}
	for _, c := range r.CCGs("") {
		if got, err := r.CCGByName(c.Name + " CCG"); err != nil || got != c {
			t.Errorf("%s: got %q, %v", c.Name, got.Code, err)
		}
	}
}

func unclear(t *testing.T, err error) *Unclear {
	t.Helper()
	var u *Unclear
	if !errors.As(err, &u) {
		t.Fatalf("want an Unclear, got %v", err)
	}
	return u
}

func TestAnAmbiguousQueryListsWhatItMayMean(t *testing.T) {
	_, err := loaded(t).Provider("Queen")
	u := unclear(t, err)
	want := `"Queen" may mean any of 2; say which provider:
  RCX  The Queen Elizabeth Hospital, King's Lynn. NHS Foundation Trust
  RPC  Queen Victoria Hospital NHS Foundation Trust`
	if !u.Ambiguous || u.Error() != want {
		t.Fatalf("got %s", u)
	}
}

func TestALongListOfMatchesIsCutAtEightAndCounted(t *testing.T) {
	_, err := loaded(t).Provider("Hospitals")
	u := unclear(t, err)
	if !u.Ambiguous || len(u.Near) != 8 || u.More == 0 || !strings.Contains(u.Error(), "more") {
		t.Fatalf("got %d and %d more", len(u.Near), u.More)
	}
}

func TestATypingErrorIsAnsweredWithTheNearestName(t *testing.T) {
	r := loaded(t)
	for query, want := range map[string]string{
		"Kings Lyn":         "RCX",
		"kingslynn":         "RCX",
		"Tamside":           "RMP",
		"Queen Elisabeth":   "RCX",
		"Basildn & Thurock": "RDD",
		"Collchester":       "RDE",
	} {
		_, err := r.Provider(query)
		u := unclear(t, err)
		if u.Ambiguous || len(u.Near) == 0 || len(u.Near) > 8 || u.Near[0].Code != want {
			t.Errorf("%q: near are %v, want %s first", query, u.Near, want)
		}
	}
}

func TestAnUnknownCodeIsAnsweredWithCodesOneLetterAway(t *testing.T) {
	_, err := loaded(t).Provider("RCY")
	for _, m := range unclear(t, err).Near {
		if likeness(m.Code, "RCY") < 0.6 {
			t.Errorf("%s is not near RCY", m.Code)
		}
	}
}

func TestAPartOfAWordIsNoMatch(t *testing.T) {
	_, err := loaded(t).Provider("King")
	u := unclear(t, err)
	if u.Ambiguous {
		t.Fatalf("King matched %v", u.Near)
	}
	for _, m := range u.Near {
		if !strings.Contains(m.Name, "King") {
			t.Errorf("King is near %s", m.Name)
		}
	}
}

func TestWordsThatEveryTrustHasNameNone(t *testing.T) {
	_, err := loaded(t).Provider("the NHS Foundation Trust")
	if u := unclear(t, err); u.Ambiguous || len(u.Near) > 0 {
		t.Fatalf("got %v", u.Near)
	}
}

func TestAQueryThatCannotBeANameIsRefusedShortlyAndVisibly(t *testing.T) {
	r := loaded(t)
	for _, query := range []string{
		"", "   ", "RCX\x00", "King\x1b[2Js Lynn", "RCX\u202e", "\xff\xfe", "Queen\x7f",
		strings.Repeat("Queen ", 1<<20/6),
	} {
		_, err := r.Provider(query)
		if err == nil {
			t.Fatalf("%.20q was accepted", query)
		}
		if text := err.Error(); len(text) > 400 || !printable(text) {
			t.Errorf("the answer to %.20q is %d bytes: %.80q", query, len(text), text)
		}
	}
}

func printable(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) })
}

func FuzzProviderQuery(f *testing.F) {
	for _, seed := range []string{"RCX", "Kings Lyn", "Queen", "a/b", "St George's & 'x", "\x00", "İ", "ﬁ"} {
		f.Add(seed)
	}
	r := loaded(f)
	codes := map[string]bool{}
	for _, p := range r.Providers() {
		codes[p.Code] = true
	}
	f.Fuzz(func(t *testing.T, query string) {
		p, err := r.Provider(query)
		if err == nil {
			if again, err := r.Provider(p.Name); err != nil || again.Code != p.Code {
				t.Fatalf("%q gave %s, whose own name gives %q, %v", query, p.Code, again.Code, err)
			}
			return
		}
		if p.Code != "" || !printable(err.Error()) || len(err.Error()) > 2500 {
			t.Fatalf("%q gave %+v and %q", query, p, err)
		}
		if u, ok := err.(*Unclear); ok {
			known := func(m Match) bool { return codes[m.Code] }
			if len(u.Near) > 8 || slices.IndexFunc(u.Near, func(m Match) bool { return !known(m) }) >= 0 {
				t.Fatalf("%q is near %v", query, u.Near)
			}
		}
	})
}
