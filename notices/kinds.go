package notices

import (
	"cmp"
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/template"

	"holdthering/regime"
)

//go:embed templates/*.md
var files embed.FS

const layoutFile = "layout.md"

// kind is the template of one kind of notice: its subject, and its body within the layout.
type kind struct {
	subject, mail *template.Template
}

// library is read once; a template that this program ships broken cannot be written around.
var library = sync.OnceValue(func() map[regime.NoticeKind]kind {
	l, err := load()
	if err != nil {
		panic(err)
	}
	return l
})

// Kinds lists every kind of notice that has a template, in the order of their numbers.
func Kinds() []regime.NoticeKind {
	var out []regime.NoticeKind
	for k := range library() {
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b regime.NoticeKind) int {
		return cmp.Or(cmp.Compare(number(a), number(b)), cmp.Compare(a, b))
	})
	return out
}

func number(k regime.NoticeKind) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(string(k), "N"))
	return n
}

func load() (map[regime.NoticeKind]kind, error) {
	layout, err := read(layoutFile)
	if err != nil {
		return nil, err
	}
	shared, err := template.New(layoutFile).Parse(layout)
	if err != nil {
		return nil, fmt.Errorf("notice templates: %w", err)
	}
	entries, err := files.ReadDir("templates")
	if err != nil {
		return nil, fmt.Errorf("notice templates: %w", err)
	}
	out := map[regime.NoticeKind]kind{}
	for _, e := range entries {
		if e.Name() == layoutFile {
			continue
		}
		k, err := loadKind(shared, e.Name())
		if err != nil {
			return nil, fmt.Errorf("notice template %s: %w", e.Name(), err)
		}
		out[regime.NoticeKind(strings.TrimSuffix(e.Name(), ".md"))] = k
	}
	return out, nil
}

func loadKind(shared *template.Template, name string) (kind, error) {
	text, err := read(name)
	if err != nil {
		return kind{}, err
	}
	head, body, ok := strings.Cut(text, "\n\n")
	subject, isSubject := strings.CutPrefix(head, "Subject: ")
	if !ok || !isSubject || strings.Contains(subject, "\n") {
		return kind{}, fmt.Errorf(`it must begin with one line "Subject: ..." and an empty line`)
	}
	mail, err := shared.Clone()
	if err != nil {
		return kind{}, err
	}
	if _, err := mail.New("body").Parse(body); err != nil {
		return kind{}, err
	}
	about, err := template.New("subject").Parse(subject)
	return kind{subject: about, mail: mail}, err
}

// read gives a template with "\n" as its line end, whatever the editor wrote.
func read(name string) (string, error) {
	raw, err := files.ReadFile("templates/" + name)
	return strings.ReplaceAll(string(raw), "\r\n", "\n"), err
}
