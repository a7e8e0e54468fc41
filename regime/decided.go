package regime

import (
	"reflect"
	"regexp"
	"strings"
	"time"

	"holdthering/regime/calendar"
	"holdthering/regime/words"
)

// Decided says in a few words what an act decided, as it may stand where nothing is sealed: the numbers that it names,
// and its fields with the tag `board`, which are of closed lists, parties, codes, times and periods. The tag holds the
// word before the value, or "plain" for none. No text is among them, no source, and nothing of what is alleged.
func Decided(act any, name func(Party) string) string {
	v := reflect.ValueOf(act).Elem()
	var out []string
	for i := range v.NumField() {
		f, tag := v.Field(i), v.Type().Field(i).Tag
		if f.IsZero() {
			continue
		}
		word := tag.Get("board")
		if tag.Get("number") == "yes" {
			if n := f.String(); aNumber.MatchString(n) {
				out = append(out, n)
			}
			continue
		}
		if word == "" {
			continue
		}
		said := openly(f.Interface(), name)
		if said == "" {
			continue
		}
		if word != "plain" {
			said = word + " " + said
		}
		out = append(out, said)
	}
	return strings.Join(out, ", ")
}

// aNumber is how things in a case or group are numbered: A1, E1.3.
var aNumber = regexp.MustCompile(`^[A-Z]{1,3}[0-9]+(\.[0-9]+)?$`)

// aCode is a provider's code.
var aCode = regexp.MustCompile(`^[A-Z0-9-]{1,12}$`)

func openly(x any, name func(Party) string) string {
	switch x := x.(type) {
	case Party:
		return name(x)
	case []Party:
		names := make([]string, len(x))
		for i, p := range x {
			names[i] = name(p)
		}
		return words.List(names)
	case time.Time:
		return calendar.Short(x)
	case calendar.Period:
		return x.Words()
	case PowerID:
		return string(x)
	case string:
		if code := words.Code(x); aCode.MatchString(code) {
			return code
		}
		return ""
	}
	if _, closed := x.(Choices); closed {
		return words.Plain(strings.ReplaceAll(reflect.ValueOf(x).String(), "_", " "))
	}
	return ""
}
