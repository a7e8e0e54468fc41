package notices

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"holdthering/notices/markdown"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/surveillance"
)

// answers are the commands of a duty's row, where several are parted by commas.
func answers(how, ref, by string) ([]Answer, error) {
	var out []Answer
	for _, verb := range strings.Split(how, ",") {
		a, err := answer(strings.TrimSpace(verb), ref, by)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

// answer writes the command of a verb, such as "action accept" or "note add
// --directory-mended", with every value that the verb cannot do without in capitals.
func answer(how, ref, by string) (Answer, error) {
	path, flag, _ := strings.Cut(how, " --")
	given, value, valued := strings.Cut(flag, " ")
	act, ok := actAt(path)
	if !ok {
		return Answer{}, fmt.Errorf("%q is not a command", path)
	}
	where := " --case " + quoted(ref)
	if group, ok := strings.CutPrefix(ref, groupPrefix); ok {
		where = " --group " + quoted(group)
	}
	a := Answer{Command: "starter " + path + where + " --by " + always(by)}
	if given != "" {
		a.Command += " --" + given
		if valued {
			a.Command += " " + quoted(value)
		}
	}
	for _, f := range regime.Fields(act) {
		if !f.Need || f.Flag == given || slices.Contains(f.Was, given) {
			continue
		}
		v := Value{Name: strings.ToUpper(strings.ReplaceAll(f.Flag, "-", "_")), Means: means(f)}
		a.Values = append(a.Values, v)
		a.Command += " --" + f.Flag + " "
		if len(f.Choices) > 0 {
			a.Command += v.Name
		} else {
			a.Command += `"` + v.Name + `"`
		}
	}
	return a, nil
}

// actAt is the act behind a command, in a case or in a surveillance group.
func actAt(path string) (any, bool) {
	for _, v := range failure.Verbs() {
		if v.Path == path {
			return v.New(), true
		}
	}
	for _, v := range surveillance.Verbs() {
		if v.Path == path {
			return v.New(), true
		}
	}
	return nil, false
}

func means(f regime.Field) string {
	words := f.Usage
	switch {
	case len(f.Choices) > 0:
		words += ": " + strings.Join(f.Choices, ", ")
	case f.Type == reflect.TypeFor[time.Time]():
		words += ", such as 2013-09-12 10:00, UK time"
	}
	return markdown.Escape(words)
}

// quoted puts a word into quotation marks if a shell would take it apart.
func quoted(s string) string {
	for _, r := range s {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
		case strings.ContainsRune("-_./:", r):
		default:
			return always(s)
		}
	}
	return s
}

var shell = strings.NewReplacer(`\`, `\\`, `"`, `\"`, `$`, `\$`, "`", "\\`")

func always(s string) string { return `"` + shell.Replace(markdown.Plain(s)) + `"` }
