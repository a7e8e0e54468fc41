package link

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
)

var (
	oldKey = strings.Repeat("a1", 32)
	newKey = strings.Repeat("b2", 32)
	until  = time.Date(2013, 10, 24, 9, 0, 0, 0, time.UTC)
)

func keysOf(t testing.TB, text string) Keys {
	t.Helper()
	ks, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return ks
}

func sample(ks Keys) Link {
	return Link{Ref: "K7QM-3XRD", Party: "NHSCB/Q56", Level: regime.LevelDuty, Notice: "n12", Expires: until,
		Mailbox: ks.Mailbox("duty@england.example")}
}

func signedBy(t testing.TB, ks Keys) string {
	t.Helper()
	text, err := ks.Sign(sample(ks))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestALinkOpensAsWhatWasSigned(t *testing.T) {
	ks := keysOf(t, oldKey)
	text := signedBy(t, ks)
	l, err := ks.Open(text)
	if err != nil {
		t.Fatal(err)
	}
	id := l.ID
	l.ID = ""
	if l != sample(ks) || len(id) != 16 {
		t.Errorf("%+v, id %q", l, id)
	}
	if text != signedBy(t, ks) {
		t.Error("the same contents give another link")
	}
	if len(text) > 200 {
		t.Errorf("%d letters are long for a mail", len(text))
	}
	if !ks.SentTo(l, "Duty@england.example") || ks.SentTo(l, "other@england.example") {
		t.Error("the mailbox is not known again, or another is taken for it")
	}
}

func TestALinkTellsNothingReadable(t *testing.T) {
	ks := keysOf(t, oldKey)
	raw, _ := letters.DecodeString(signedBy(t, ks))
	for _, word := range []string{"K7QM", "NHSCB", "Q56", "duty", "n12"} {
		if strings.Contains(string(raw), word) {
			t.Errorf("%q can be read in it", word)
		}
	}
	short := sample(ks)
	short.Party, short.Notice = "CQC", "n1"
	text, err := ks.Sign(short)
	if err != nil || len(text) != len(signedBy(t, ks)) {
		t.Errorf("its length tells: %d, %v", len(text), err)
	}
}

func TestALinkEndsWithItsTime(t *testing.T) {
	l := Link{Expires: until}
	if err := l.Live(until.Add(-time.Second)); err != nil {
		t.Error(err)
	}
	if err := l.Live(until); err != ErrDead {
		t.Error(err)
	}
}

func TestOldLinksGoOnUnderANewKeyUntilTheirsIsTakenAway(t *testing.T) {
	before := keysOf(t, oldKey)
	text := signedBy(t, before)
	both := keysOf(t, newKey+"\n"+oldKey+"\n")
	l, err := both.Open(text)
	if err != nil || !both.SentTo(l, "duty@england.example") {
		t.Fatalf("%+v, %v", l, err)
	}
	if signedBy(t, both) == text {
		t.Error("the old key signs")
	}
	if _, err := keysOf(t, newKey).Open(text); err != ErrDead {
		t.Errorf("a key that is gone opens: %v", err)
	}
}

func TestEveryDeadLinkIsRefusedAlike(t *testing.T) {
	ks := keysOf(t, oldKey)
	text := signedBy(t, ks)
	foreign := signedBy(t, keysOf(t, newKey))
	for _, dead := range []string{"", ".", "a", text[:len(text)-1], text[1:], text + "A", text + "\n", "\n" + text,
		text[:20] + "\r\n" + text[20:], text + "=", text + text, foreign, strings.Repeat("A", len(text)),
		strings.Repeat("A", longest+1), strings.ToLower(text), "é", text[:90] + foreign[90:]} {
		if l, err := ks.Open(dead); err != ErrDead || l != (Link{}) {
			t.Errorf("%q: %+v, %v", dead, l, err)
		}
	}
	if _, err := Keys(nil).Open(text); err != ErrDead {
		t.Error("without a key a link opens")
	}
}

// mutants is how many changed links are tried: a change of a letter, a cut, a splice, two links in one.
const mutants = 500_000

func TestNoMutantOfALinkOpens(t *testing.T) {
	ks := keysOf(t, newKey+" "+oldKey)
	var good []string
	for _, notice := range []string{"n1", "n2", "n3"} {
		l := sample(ks)
		l.Notice = notice
		text, err := ks.Sign(l)
		if err != nil {
			t.Fatal(err)
		}
		good = append(good, text)
	}
	dice := rand.New(rand.NewPCG(1, 2))
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=\n.%+/"
	tried, accepted := 0, 0
	for tried < mutants {
		m := mutant(dice, good, alphabet)
		if m == good[0] || m == good[1] || m == good[2] {
			continue
		}
		tried++
		if l, err := ks.Open(m); err != ErrDead || l != (Link{}) {
			accepted++
			t.Errorf("%q opens: %+v, %v", m, l, err)
		}
	}
	t.Logf("%d mutants, %d accepted", tried, accepted)
}

func mutant(dice *rand.Rand, good []string, alphabet string) string {
	a, b := good[dice.IntN(len(good))], good[dice.IntN(len(good))]
	at := dice.IntN(len(a))
	letter := string(alphabet[dice.IntN(len(alphabet))])
	switch dice.IntN(6) {
	case 0, 1:
		return a[:at] + letter + a[at+1:]
	case 2:
		return a[:at] + letter + a[at:]
	case 3:
		return a[:at] + a[at+1:]
	case 4:
		return a[:at] + b[at:]
	}
	raw, _ := letters.DecodeString(a)
	raw[dice.IntN(len(raw))] ^= 1 << dice.IntN(8)
	return letters.EncodeToString(raw)
}

func FuzzLink(f *testing.F) {
	ks := keysOf(f, oldKey)
	text := signedBy(f, ks)
	f.Add(text)
	f.Add("")
	f.Fuzz(func(t *testing.T, s string) {
		l, err := ks.Open(s)
		if s != text && (err != ErrDead || l != (Link{})) {
			t.Errorf("%q opens: %+v, %v", s, l, err)
		}
	})
}

func FuzzContents(f *testing.F) {
	f.Add([]byte{})
	raw, _ := sample(keysOf(f, oldKey)).contents()
	f.Add(raw)
	f.Fuzz(func(t *testing.T, raw []byte) {
		if l, ok := readContents(raw); ok && (l.Ref == "" || l.Party == "" || l.Notice == "") {
			t.Errorf("%+v", l)
		}
	})
}

func TestAKeyFileIsReadOrRefused(t *testing.T) {
	for text, says := range map[string]string{
		"": "no key", "xyz": "64 hexadecimal", oldKey[:62]: "64 hexadecimal", oldKey + "\n" + oldKey: "twice",
	} {
		path := filepath.Join(t.TempDir(), "key")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(path); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", text, err)
		}
	}
	l := sample(nil)
	for _, change := range []func(*Link){func(l *Link) { l.Ref = "" }, func(l *Link) { l.Expires = time.Time{} },
		func(l *Link) { l.Party = regime.Party(strings.Repeat("x", 101)) }} {
		bad := l
		change(&bad)
		if _, err := keysOf(t, oldKey).Sign(bad); err == nil {
			t.Errorf("%+v is signed", bad)
		}
	}
}
