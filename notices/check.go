package notices

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"

	"holdthering/regime"
	"holdthering/textfile"
)

// Finding is something to be mended in a set of templates.
type Finding struct {
	File string `json:"file"`
	Line int    `json:"line,omitempty"` // 0: the whole file, or that there is none
	Text string `json:"text"`
}

// String is "N5.md:7: ..." or, for a whole file, "N5.md: ...".
func (f Finding) String() string {
	if f.Line == 0 {
		return f.File + ": " + f.Text
	}
	return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Text)
}

// Check lists what is wrong with the templates of a folder, and with the shipped ones where
// dir is empty: a kind without its template, a template without its kind, what cannot be read,
// a field or a part that does not exist, also where no mail of the examples comes by. The
// error is that of a folder that cannot be read.
func Check(dir string) ([]Finding, error) {
	if dir == "" {
		shipped, err := fs.Sub(files, "templates")
		if err != nil {
			return nil, err
		}
		l, found := load(shipped)
		return l.tryAll(found), nil
	}
	if _, err := os.ReadDir(dir); err != nil {
		return nil, err
	}
	l, found := load(os.DirFS(dir))
	return l.tryAll(found), nil
}

// tryAll writes mails with the templates of a set in which nothing else was found.
func (l *Library) tryAll(found []Finding) []Finding {
	if len(found) > 0 {
		return found
	}
	return inFiles(l.rendered())
}

// inFiles puts findings into the order of files and lines, each once.
func inFiles(found []Finding) []Finding {
	slices.SortStableFunc(found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return slices.Compact(found)
}

// withUnread adds to what is wrong with the layout, without which no template can be tried, those that cannot
// even be read.
func withUnread(folder fs.FS, layout Finding) []Finding {
	found := []Finding{layout}
	names, err := fs.Glob(folder, "*"+ending)
	if err != nil {
		return append(found, Finding{File: layoutFile, Text: err.Error()})
	}
	for _, name := range names {
		if name == layoutFile {
			continue
		}
		if _, err := read(folder, name); err != nil {
			found = append(found, unread(name, err))
		}
	}
	return inFiles(found)
}

// load reads a set of templates, and finds all that is wrong with it.
func load(folder fs.FS) (*Library, []Finding) {
	l := &Library{kinds: map[regime.NoticeKind]kind{}}
	layout, err := read(folder, layoutFile)
	if errors.Is(err, fs.ErrNotExist) {
		return l, withUnread(folder, Finding{File: layoutFile, Text: "it is missing: it holds what all mails have in common"})
	} else if err != nil {
		return l, withUnread(folder, unread(layoutFile, err))
	}
	shared, err := template.New(layoutFile).Parse(layout)
	if err != nil {
		return l, withUnread(folder, place(layoutFile, err))
	}
	found := unknownFields(layoutFile, shared)
	for _, part := range []string{"item", "gathered"} {
		if shared.Lookup(part) == nil {
			found = append(found, Finding{File: layoutFile, Text: fmt.Sprintf("the part %q is missing", part)})
		}
	}
	names, err := fs.Glob(folder, "*"+ending)
	if err != nil {
		return l, append(found, Finding{File: layoutFile, Text: err.Error()})
	}
	for _, name := range names {
		if name != layoutFile {
			found = append(found, l.add(folder, shared, name)...)
		}
	}
	for _, k := range everyKind() {
		if !slices.Contains(names, string(k)+ending) {
			found = append(found, Finding{File: string(k) + ending, Text: "it is missing: " + subjectOf(k)})
		}
	}
	return l, inFiles(found)
}

// unread says why a file is not read at all.
func unread(name string, err error) Finding {
	var fault *textfile.Fault
	if errors.As(err, &fault) {
		return Finding{File: name, Line: fault.Line, Text: fault.Reason}
	}
	return Finding{File: name, Text: err.Error()}
}

func (l *Library) add(folder fs.FS, shared *template.Template, name string) []Finding {
	id := regime.NoticeKind(strings.TrimSuffix(name, ending))
	if !slices.Contains(everyKind(), id) {
		return []Finding{{File: name, Text: "no profile has a notice " + string(id)}}
	}
	text, err := read(folder, name)
	if err != nil {
		return []Finding{unread(name, err)}
	}
	k, err := parseKind(shared, name, text)
	if err != nil {
		return []Finding{place(name, err)}
	}
	l.kinds[id] = k
	return append(unknownFields(name, k.subject), unknownFields(name, k.mail)...)
}

// everyKind are the kinds that a profile has.
func everyKind() []regime.NoticeKind {
	var out []regime.NoticeKind
	for _, p := range regime.Profiles() {
		for _, n := range p.Notices {
			if !slices.Contains(out, n.Kind) {
				out = append(out, n.Kind)
			}
		}
	}
	return inOrder(out)
}

func subjectOf(k regime.NoticeKind) string {
	for _, p := range regime.Profiles() {
		if row, ok := p.Notice(k); ok {
			return row.Subject
		}
	}
	return ""
}

// at is where the template package says that something is wrong.
var at = regexp.MustCompile(`(?s)template: ([^:\s]+):(\d+)(?::\d+)?: (?:executing .*? at <.*?>: )?(.*)`)

func place(file string, err error) Finding {
	if m := at.FindStringSubmatch(err.Error()); m != nil {
		line, _ := strconv.Atoi(m[2])
		return Finding{File: m[1], Line: line, Text: m[3]}
	}
	_, text, ok := strings.Cut(err.Error(), "notice "+strings.TrimSuffix(file, ending)+": ")
	if !ok {
		text = err.Error()
	}
	return Finding{File: file, Text: text}
}

// known are the fields and questions of all that a template can stand at.
var known = sortedNames(reflect.TypeFor[Fields](), reflect.TypeFor[Asking](), reflect.TypeFor[Answer](), reflect.TypeFor[Value](),
	reflect.TypeFor[Gathered]())

func sortedNames(types ...reflect.Type) []string {
	var out []string
	for _, t := range types {
		for _, f := range reflect.VisibleFields(t) {
			if f.IsExported() {
				out = append(out, f.Name)
			}
		}
		for i := range t.NumMethod() {
			out = append(out, t.Method(i).Name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// unknownFields looks at every branch of what a file holds, those too that no example takes.
func unknownFields(file string, t *template.Template) []Finding {
	var out []Finding
	for _, part := range t.Templates() {
		if part.Tree == nil || part.Tree.ParseName != file {
			continue
		}
		visitAll(part.Tree.Root, func(n parse.Node) {
			location, _ := part.Tree.ErrorContext(n)
			wrong := func(text string) {
				out = append(out, place(file, fmt.Errorf("template: %s: %s", location, text)))
			}
			switch n := n.(type) {
			case *parse.FieldNode:
				if !slices.Contains(known, n.Ident[0]) {
					wrong("there is no field ." + n.Ident[0] + "; there are " + strings.Join(known, ", "))
				}
			case *parse.TemplateNode:
				if t.Lookup(n.Name) == nil && n.Name != "body" {
					wrong(fmt.Sprintf("there is no part %q", n.Name))
				}
			}
		})
	}
	return out
}

func visitAll(n parse.Node, visit func(parse.Node)) {
	if v := reflect.ValueOf(n); n == nil || v.Kind() == reflect.Pointer && v.IsNil() {
		return
	}
	visit(n)
	switch n := n.(type) {
	case *parse.ListNode:
		visitEach(n.Nodes, visit)
	case *parse.ActionNode:
		visitAll(n.Pipe, visit)
	case *parse.PipeNode:
		visitEach(n.Cmds, visit)
	case *parse.CommandNode:
		visitEach(n.Args, visit)
	case *parse.TemplateNode:
		visitAll(n.Pipe, visit)
	case *parse.IfNode:
		visitBranch(&n.BranchNode, visit)
	case *parse.RangeNode:
		visitBranch(&n.BranchNode, visit)
	case *parse.WithNode:
		visitBranch(&n.BranchNode, visit)
	}
}

func visitEach[N parse.Node](nodes []N, visit func(parse.Node)) {
	for _, n := range nodes {
		visitAll(n, visit)
	}
}

func visitBranch(n *parse.BranchNode, visit func(parse.Node)) {
	visitAll(n.Pipe, visit)
	visitAll(n.List, visit)
	visitAll(n.ElseList, visit)
}
