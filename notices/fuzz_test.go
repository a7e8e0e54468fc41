package notices

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"unicode/utf8"
)

// Whatever stands in the file of a template: it is found fault with in words, or it renders.
func FuzzTemplate(f *testing.F) {
	raw, err := os.ReadFile(filepath.Join("templates", "N1.md"))
	if err != nil {
		f.Fatal(err)
	}
	seeds := []string{string(raw), "", "Subject: x\n\nx\n", "Subject: {{.Capital .Summit}}\r\n\r\nx{{template \"answer\" .}}",
		"Subject: x\n\n{{range .}}", "Subject: {{.Ref}}\n\ncaf\xe9", "\xff\xfeS\x00", "Subject: x\n\n{{template \"body\" .}}",
		"Subject: x\n\n{{define \"item\"}}{{end}}", "Subject: x\n\n{{printf \"%1000000d\" 1}}", "Subject: x\n\n{{.Ref | printf \"%s\x1b\"}}"}
	for _, s := range seeds {
		f.Add(s)
	}
	shipped := fstest.MapFS{}
	names, err := filepath.Glob(filepath.Join("templates", "*.md"))
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range names {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		shipped[filepath.Base(path)] = &fstest.MapFile{Data: raw}
	}
	f.Fuzz(func(t *testing.T, text string) {
		folder := fstest.MapFS{"N1.md": {Data: []byte(text)}}
		for name, file := range shipped {
			if name != "N1.md" {
				folder[name] = file
			}
		}
		_, found := load(folder)
		for _, one := range found {
			if one.Text == "" || utf8.ValidString(text) && !utf8.ValidString(one.String()) {
				t.Fatalf("%q", one)
			}
		}
		if len(found) > 0 && errors.Unwrap(asError(found)) != nil {
			t.Fatal("an error within")
		}
	})
}
