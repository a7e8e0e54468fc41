package screen_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"holdthering/screen"
)

func TestNothingThatATerminalObeysIsPassedOn(t *testing.T) {
	for given, want := range map[string]string{
		"":                        "",
		"Café – “x”\n\tnaïve 😀":   "Café – “x”\n\tnaïve 😀",
		"\x1b[2Jgone\x1b]0;x\x07": "\ufffd[2Jgone\ufffd]0;x\ufffd",
		"\u009b31mred":            "\ufffd31mred",
		"right\u202eleft\u202c":   "right\ufffdleft\ufffd",
		"\u2066a\u2069\u200e\u061c\ufeff\u200b\u2060": "\ufffda" + strings.Repeat("\ufffd", 6),
		"a\rb\bc\x00\x7f":        "a\ufffdb\ufffdc\ufffd\ufffd",
		"a\u2028b\U000e0041":     "a\ufffdb\ufffd",
		"bytes \xff\xc3 of none": "bytes \ufffd\ufffd of none",
	} {
		if got := screen.Text(given); got != want {
			t.Errorf("%q: %q, want %q", given, got, want)
		}
	}
}

func TestAJSONDocumentSaysTheSame(t *testing.T) {
	said := "a\u202eb\u009bc\U000e0041\u2028é\x1b"
	raw, err := json.MarshalIndent(map[string]string{"x": said}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	shown := screen.JSON(string(raw))
	var back map[string]string
	if err := json.Unmarshal([]byte(shown), &back); err != nil || back["x"] != said || screen.Text(shown) != shown {
		t.Fatalf("%q, %v", shown, err)
	}
}

func FuzzWriter(f *testing.F) {
	f.Add("a\x1b[2J", uint8(1))
	f.Add("é\u202e\xff", uint8(1))
	f.Add("\xc3", uint8(3))
	f.Fuzz(func(t *testing.T, s string, step uint8) {
		var b strings.Builder
		w := screen.New(&b)
		for rest := s; rest != ""; {
			n := min(len(rest), int(step%7)+1)
			if k, err := w.Write([]byte(rest[:n])); k != n || err != nil {
				t.Fatal(k, err)
			}
			rest = rest[n:]
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		got := b.String()
		if !utf8.ValidString(got) || strings.ContainsFunc(got, screen.Obeyed) {
			t.Fatalf("%q", got)
		}
		if utf8.ValidString(s) && got != screen.Text(s) {
			t.Fatalf("%q, in one piece %q", got, screen.Text(s))
		}
	})
}

func TestTheEndsOfASpreadsheetsLinesAreKept(t *testing.T) {
	var out strings.Builder
	w := screen.New(&out)
	for _, part := range []string{"a,b\r", "\nc\rd", "\r\n", "e\r"} {
		if _, err := w.Write([]byte(part)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil || out.String() != "a,b\r\nc\ufffdd\r\ne\ufffd" {
		t.Errorf("%q, %v", out.String(), err)
	}
}
