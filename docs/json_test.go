package docs

import (
	"encoding"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/failure"
	"holdthering/regime/surveillance"
	"holdthering/screen"
	"holdthering/starter/cli"
)

const jsonHead = "# Answers in JSON\n\n" +
	"Every command takes `--json` and answers with one object. `go test ./docs -update` writes this page from the types that\n" +
	"the program prints; a test keeps it true.\n\n" +
	"Its first member, `jsonVersion`, is the number of the shapes on this page: **%d**. A list is the member `rows`.\n\n" +
	"- Under one number members are added, and values to lists of values; so pass over what you do not know.\n" +
	"- What removes a member, renames it, has it hold something else or takes a value away raises the number, and the\n" +
	"  changes say what was there before. A test refuses it otherwise.\n" +
	"- A member \"if any\" is left out where there is nothing. Times are RFC 3339 in UTC or with their zone, periods as they are\n" +
	"  typed (`48h`, `6mo`), parties as `--by` takes them (`CQC`, `CCG/07J`).\n" +
	"- What is not done is answered with the object [`failed`](#failed), and an exit code that is not 0.\n" +
	"- Notes for the person stay on standard error. JSON is never asked back about: what would be asked is refused, or done\n" +
	"  with `--yes`.\n"

// jsonPage draws the page of all answers.
type jsonPage struct {
	t        *testing.T
	types    []reflect.Type // in the order in which they are met
	comments map[string]map[string]string
}

// opaque are shapes with a number of their own, "schema": docs/design.md says how they change.
var opaque = map[reflect.Type]string{
	reflect.TypeFor[failure.Case]():       "the whole state of the case, whose `schema` is its own number",
	reflect.TypeFor[surveillance.Group](): "the whole state of the group, whose `schema` is its own number",
	reflect.TypeFor[time.Time]():          "time",
	reflect.TypeFor[time.Duration]():      "whole number",
	reflect.TypeFor[calendar.Period]():    "period",
	reflect.TypeFor[regime.Party]():       "party",
}

func (p *jsonPage) holds(t reflect.Type) string {
	if says, ok := opaque[t]; ok {
		return says
	}
	if choices, ok := reflect.Zero(t).Interface().(regime.Choices); ok && t.Kind() == reflect.String {
		return "one of " + strings.Join(choices.Choices(), ", ")
	}
	switch t.Kind() {
	case reflect.Pointer:
		return p.holds(t.Elem())
	case reflect.Slice, reflect.Array:
		return "list of " + p.holds(t.Elem())
	case reflect.Map:
		return "object of " + p.holds(t.Elem()) + " by name"
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int64, reflect.Uint64, reflect.Int32, reflect.Uint32:
		return "whole number"
	case reflect.Float64:
		return "number"
	case reflect.String:
		return "text"
	case reflect.Struct:
		if written(t) {
			return "text"
		}
		if !slices.Contains(p.types, t) {
			p.types = append(p.types, t)
		}
		return "[`" + title(t) + "`](#" + anchor(t) + ")"
	}
	p.t.Fatalf("no word for what %s holds", t)
	return ""
}

func written(t reflect.Type) bool {
	for _, as := range []reflect.Type{reflect.TypeFor[json.Marshaler](), reflect.TypeFor[encoding.TextMarshaler]()} {
		if t.Implements(as) {
			return true
		}
	}
	return false
}

// title is a type's name; one of another package than the command line's has that before it.
func title(t reflect.Type) string {
	of := t.PkgPath()[strings.LastIndex(t.PkgPath(), "/")+1:]
	if of == "cli" {
		return t.Name()
	}
	return of + "." + t.Name()
}

func anchor(t reflect.Type) string { return strings.ToLower(strings.ReplaceAll(title(t), ".", "")) }

// members are the rows of a type, those of what it embeds among them.
func (p *jsonPage) members(t reflect.Type) []string {
	var out []string
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		inner := f.Type
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		switch {
		case name == "-" || !f.IsExported() && !f.Anonymous:
			continue
		case f.Anonymous && name == "":
			out = append(out, p.members(inner)...)
			continue
		case name == "":
			name = f.Name
		}
		holds := p.holds(f.Type)
		if strings.Contains(options, "omit") {
			holds += ", if any"
		}
		out = append(out, fmt.Sprintf("| `%s` | %s | %s |", name, holds, p.comment(t, f.Name)))
	}
	return out
}

// comment is what the source says of a field, or of a type where the field is empty.
func (p *jsonPage) comment(t reflect.Type, field string) string {
	if p.comments[t.PkgPath()] == nil {
		p.comments[t.PkgPath()] = commentsOf(p.t, "../"+strings.TrimPrefix(t.PkgPath(), "holdthering/"))
	}
	return p.comments[t.PkgPath()][t.Name()+"."+field]
}

func commentsOf(t *testing.T, dir string) map[string]string {
	out := map[string]string{}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), dir+"/"+f.Name(), nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if s, ok := n.(*ast.TypeSpec); ok {
				if body, ok := s.Type.(*ast.StructType); ok {
					fieldComments(out, s.Name.Name, body)
				}
			}
			return true
		})
	}
	return out
}

func fieldComments(out map[string]string, of string, body *ast.StructType) {
	for _, f := range body.Fields.List {
		for _, name := range f.Names {
			text := strings.Join(strings.Fields(f.Doc.Text()+" "+f.Comment.Text()), " ")
			if rest, ok := strings.CutPrefix(text, name.Name+" "); ok && len(f.Names) == 1 {
				for _, verb := range []string{"is ", "are ", "says ", "has "} {
					rest = strings.TrimPrefix(rest, verb)
				}
				text = rest
			}
			out[of+"."+name.Name] = strings.ReplaceAll(strings.TrimSuffix(text, "."), "|", "\\|")
		}
	}
}

func (p *jsonPage) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, jsonHead, screen.JSONVersion)
	b.WriteString("\n## Commands\n\n| Command | Answers |\n|---|---|\n")
	for _, s := range cli.Shapes() {
		name := "`" + s.Command + "`"
		if s.Command == "" {
			name = "every act"
		}
		for i, of := range s.Of {
			if i > 0 {
				name = s.When[i-1]
			}
			fmt.Fprintf(&b, "| %s | %s |\n", name, p.holds(reflect.TypeOf(of)))
		}
	}
	p.holds(reflect.TypeOf(cli.Fault()))
	b.WriteString("\n## Shapes\n")
	for i := 0; i < len(p.types); i++ {
		t := p.types[i]
		fmt.Fprintf(&b, "\n### %s\n\n| Member | Holds | What it is |\n|---|---|---|\n%s\n", title(t), strings.Join(p.members(t), "\n"))
	}
	return b.String()
}

var (
	jsonNumber = regexp.MustCompile("`jsonVersion`, is the number of the shapes on this page: \\*\\*(\\d+)\\*\\*")
	jsonMember = regexp.MustCompile("^\\| `([^`]+)` \\| (.*?) \\| .*\\|$")
)

// promised is what a page says of each member: what it holds, and of a list its values.
func promised(page string) map[string]string {
	out := map[string]string{}
	_, page, _ = strings.Cut(page, "\n## Shapes\n")
	of := ""
	for _, line := range strings.Split(page, "\n") {
		if rest, ok := strings.CutPrefix(line, "### "); ok {
			of = rest
		}
		if m := jsonMember.FindStringSubmatch(line); m != nil {
			out[of+"."+m[1]] = m[2]
		}
	}
	return out
}

// broken are the promises of one page that another does not keep.
func broken(before, after string) []string {
	var out []string
	now := promised(after)
	for member, held := range promised(before) {
		holds, there := now[member]
		was, values, _ := strings.Cut(held, "one of ")
		is, has, _ := strings.Cut(holds, "one of ")
		kept := there && was == is
		for _, v := range strings.Split(strings.TrimSuffix(values, ", if any"), ", ") {
			kept = kept && slices.Contains(strings.Split(strings.TrimSuffix(has, ", if any"), ", "), v)
		}
		if !kept {
			out = append(out, member+" held "+held+", and now "+holds)
		}
	}
	slices.Sort(out)
	return out
}

func TestTheAnswersInJSONAreThoseOfThePage(t *testing.T) {
	const file = "json.md"
	page := (&jsonPage{t: t, comments: map[string]map[string]string{}}).text()
	raw, err := os.ReadFile(file)
	if err != nil && !*update {
		t.Fatal(err)
	}
	before := string(raw)
	number := jsonNumber.FindStringSubmatch(before)
	same := number != nil && number[1] == strconv.Itoa(screen.JSONVersion)
	if lost := broken(before, page); same && len(lost) > 0 {
		t.Fatalf("raise screen.JSONVersion and say so in CHANGELOG.md, or keep what the page promises:\n%s", strings.Join(lost, "\n"))
	}
	if *update {
		if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if before != page {
		t.Error("json.md is not what the program prints: run go test ./docs -update")
	}
}

func TestWhatIsPromisedInJSONIsNotTakenBackUnderOneNumber(t *testing.T) {
	const head = "x\n## Shapes\n\n### view\n\n| Member | Holds | What it is |\n|---|---|---|\n"
	before := head + "| `a` | text | x |\n| `b` | one of X, Y, if any | x |\n"
	for after, lost := range map[string]int{
		head + "| `a` | text | other words |\n| `b` | one of X, Y, Z, if any | x |\n| `c` | text |  |\n": 0,
		head + "| `a` | text | x |\n| `b` | one of X, if any | x |\n":                                    1,
		head + "| `a` | list of text | x |\n| `b` | text | x |\n":                                        2,
		head: 2,
	} {
		if got := broken(before, after); len(got) != lost {
			t.Errorf("%s: %v", after, got)
		}
	}
}
