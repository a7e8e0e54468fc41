package notices

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/template"

	"holdthering/notices/content"
	"holdthering/regime"
	"holdthering/textfile"
	"holdthering/whole"
)

//go:embed templates/*.md
var files embed.FS

const layoutFile = "layout.md"

// ending of a template's file; what else lies in a folder is not looked at.
const ending = ".md"

// Library is a whole set of templates: those that are shipped, or a folder's. Any number of
// goroutines may use it.
type Library struct {
	kinds map[regime.NoticeKind]kind
}

// kind is the template of one kind of notice: its subject, and its body within the layout.
type kind struct {
	subject, mail *template.Template
}

// Shipped are the templates of this program; they are read once. One that it ships broken
// cannot be written around. A test tries them all in every circumstance.
var Shipped = sync.OnceValue(func() *Library {
	shipped, err := fs.Sub(files, "templates")
	if err != nil {
		panic(err)
	}
	l, found := load(shipped)
	if len(found) > 0 {
		panic(asError(found))
	}
	return l
})

// Open reads the templates of a folder, which has one for every kind and the layout. The error
// names, line by line, the file and the line of everything that is to be mended.
func Open(dir string) (*Library, error) {
	if info, err := os.Stat(dir); err != nil {
		return nil, err
	} else if !info.IsDir() {
		return nil, fmt.Errorf("%s is not a folder", dir)
	}
	l, found := load(os.DirFS(dir))
	if found = l.tryAll(found); len(found) > 0 {
		return nil, fmt.Errorf("the templates in %s are not in order:\n%w", dir, asError(found))
	}
	return l, nil
}

func asError(found []Finding) error {
	var all []error
	for _, f := range found {
		all = append(all, errors.New(f.String()))
	}
	return errors.Join(all...)
}

// Copy writes the shipped templates into a new folder, for a secretary to edit: all of them, or
// there is no folder.
func Copy(dir string) error {
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	if err := copyInto(dir); err != nil {
		return errors.Join(err, os.RemoveAll(dir))
	}
	return nil
}

func copyInto(dir string) error {
	entries, err := files.ReadDir("templates")
	if err != nil {
		return err
	}
	for _, e := range entries {
		raw, err := files.ReadFile("templates/" + e.Name())
		if err != nil {
			return err
		}
		if err := whole.Add(filepath.Join(dir, e.Name()), raw, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// Kinds lists every kind of notice that has a template, in the order of their numbers.
func Kinds() []regime.NoticeKind {
	var out []regime.NoticeKind
	for k := range Shipped().kinds {
		out = append(out, k)
	}
	return inOrder(out)
}

func inOrder(ks []regime.NoticeKind) []regime.NoticeKind {
	slices.SortFunc(ks, func(a, b regime.NoticeKind) int {
		return cmp.Or(cmp.Compare(number(a), number(b)), cmp.Compare(a, b))
	})
	return ks
}

func number(k regime.NoticeKind) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(string(k), "N"))
	return n
}

// parseKind reads one kind's file into the layout's clone. Line numbers stay those of the file.
func parseKind(shared *template.Template, name, text string) (kind, error) {
	head, body, ok := strings.Cut(text, "\n\n")
	subject, isSubject := strings.CutPrefix(head, "Subject: ")
	if !ok || !isSubject || strings.Contains(subject, "\n") {
		return kind{}, fmt.Errorf(`template: %s:1: it must begin with one line "Subject: ..." and an empty line`,
			name)
	}
	mail, err := shared.Clone()
	if err != nil {
		return kind{}, err
	}
	// Two lines stand for the head, and are trimmed away again.
	inPlace, err := template.New(name).Parse("\n{{- /**/ -}}\n" + body)
	if err != nil {
		return kind{}, err
	}
	if _, err := mail.AddParseTree("body", inPlace.Tree); err != nil {
		return kind{}, err
	}
	about, err := template.New(name).Parse(subject)
	return kind{subject: about, mail: mail}, err
}

// largestTemplate is in bytes; the longest that is shipped has a hundredth of it.
const largestTemplate = 256 << 10

// read gives a template with "\n" as its line end, whatever the editor wrote. The error says
// where it holds what no mail can.
func read(folder fs.FS, name string) (string, error) {
	text, err := textfile.ReadIn(folder, name, largestTemplate)
	if err != nil {
		return "", err
	}
	for i, line := range strings.Split(text, "\n") {
		if err := content.Source(line); err != nil {
			return "", fmt.Errorf("template: %s:%d: the line %w", name, i+1, err)
		}
	}
	return text, nil
}
