package textfile_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"holdthering/textfile"
)

func TestWhatEditorsAndSpreadsheetsLeaveIsRead(t *testing.T) {
	for _, row := range []struct{ fact, raw, want string }{
		{"nothing", "", ""},
		{"UTF-8", "Café – x\n", "Café – x\n"},
		{"a mark", "\xef\xbb\xbfx\n", "x\n"},
		{"Windows", "a\r\nb\r\n", "a\nb\n"},
		{"an old Mac", "a\rb", "a\nb"},
		{"UTF-16, little", "\xff\xfea\x00\r\x00\n\x00\x13\x20", "a\n–"},
		{"UTF-16, big", "\xfe\xff\x00a\x00\n\x20\x13", "a\n–"},
		{"UTF-16 without a mark", "a\x00b\x00\n\x00", "ab\n"},
		{"UTF-16, big, without a mark", "\x00a\x00b\x00\n", "ab\n"},
		{"UTF-16 beyond the first plane", "\xff\xfe\x3d\xd8\x00\xde", "\U0001f600"},
	} {
		got, err := textfile.Decode("x", []byte(row.raw))
		if err != nil || got != row.want {
			t.Errorf("%s: %q, %v; want %q", row.fact, got, err, row.want)
		}
	}
}

func TestWhatIsNoTextIsRefusedWithItsPlaceAndWhatToDo(t *testing.T) {
	for _, row := range []struct {
		fact, raw string
		says      []string
	}{
		{"Windows-1252", "one\r\nNight rota \x96 not\n", []string{"x:2: ", "0x96", "–", "Windows-1252", "UTF-8"}},
		{"a letter of Windows-1252 at the end", "caf\xe9", []string{"x:1: ", "0xE9", "é"}},
		{"a byte that is in neither", "a\x81", []string{"x:1: ", "0x81"}},
		{"UTF-16 cut short", "\xff\xfea", []string{"UTF-16"}},
		{"half a pair", "\xff\xfea\x00\x3d\xd8", []string{"UTF-16"}},
		{"UTF-32", "\xff\xfe\x00\x00a\x00\x00\x00", []string{"UTF-32"}},
		{"a byte 0", "a\nb\x00c", []string{"x:2: ", "no text"}},
		{"a workbook", "PK\x03\x04...", []string{"workbook", "CSV UTF-8"}},
		{"an old document", "\xd0\xcf\x11\xe0", []string{"word processor"}},
		{"a PDF", "%PDF-1.4", []string{"PDF"}},
		{"rich text", `{\rtf1 x}`, []string{"rich text"}},
	} {
		_, err := textfile.Decode("x", []byte(row.raw))
		var fault *textfile.Fault
		if !errors.As(err, &fault) {
			t.Errorf("%s: %v", row.fact, err)
			continue
		}
		for _, says := range row.says {
			if !strings.Contains(err.Error(), says) {
				t.Errorf("%s: %q does not say %q", row.fact, err, says)
			}
		}
	}
}

// endless never ends; read counts what was taken of it.
type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) {
	e.read += len(p)
	return len(p), nil
}

func TestNoMoreIsReadThanMayBe(t *testing.T) {
	e := &endless{}
	if _, err := textfile.From(e, "x", 64<<10); err == nil || !strings.Contains(err.Error(), "64 KiB at most") {
		t.Fatal(err)
	}
	if e.read > 1<<20 {
		t.Fatalf("%d bytes were read", e.read)
	}
	path := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(path, []byte("12345"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := textfile.Read(path, 5); got != "12345" || err != nil {
		t.Fatal(got, err)
	}
	if _, err := textfile.Read(path, 4); err == nil {
		t.Fatal("a byte too many was read")
	}
	if _, err := os.Stat("/dev/zero"); err == nil {
		if _, err := textfile.Read("/dev/zero", 1<<20); err == nil || !strings.Contains(err.Error(), "1 MiB") {
			t.Fatal(err)
		}
	}
	if _, err := textfile.ReadIn(fstest.MapFS{"t.md": {Data: []byte("a\r\n")}}, "t.md", 9); err != nil {
		t.Fatal(err)
	}
}

func TestAStreamThatBreaksOffIsAnError(t *testing.T) {
	broken := io.MultiReader(strings.NewReader("a"), brokenReader{})
	if got, err := textfile.From(broken, "x", 10); err == nil {
		t.Fatalf("%q was taken for the whole", got)
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"", "a\r\nb", "\xef\xbb\xbfx", "\xff\xfea\x00", "\xfe\xff\x00a", "caf\xe9", "a\x00b\x00",
		"\xff\xfe\x00\xd8", "\x00", "\r", "\xff\xfe"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		kept := bytes.Clone(raw)
		text, err := textfile.Decode("x", raw)
		if !bytes.Equal(kept, raw) {
			t.Fatal("what was given has changed")
		}
		if err != nil {
			if text != "" || err.Error() == "" || !utf8.ValidString(err.Error()) {
				t.Fatalf("%q, %q", text, err)
			}
			return
		}
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\r\x00") {
			t.Fatalf("%q", text)
		}
		if again, err := textfile.Decode("x", []byte(text)); err == nil && again != strings.TrimPrefix(text, "\ufeff") {
			t.Fatalf("%q, then %q", text, again)
		}
	})
}
