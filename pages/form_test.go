package pages

import (
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/surveillance"
	"holdthering/verbs"
)

// apart splits a command line with double quotation marks.
func apart(line string) []string {
	var out []string
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 0 {
			out = append(out, strings.Fields(part)...)
		} else {
			out = append(out, part)
		}
	}
	return out
}

// typedAs is a command's example as somebody types it into the form of the verb.
func typedAs(act any, line []string) url.Values {
	out := url.Values{}
	for i, w := range line {
		flag, long := strings.CutPrefix(w, "--")
		for _, f := range regime.Fields(act) {
			if !long || f.Flag != flag {
				continue
			}
			switch value := "true"; {
			case f.Type.Kind() == reflect.Bool:
				out.Set(prefix+flag, value)
			case f.Type == reflect.TypeFor[time.Time]():
				day, hour, _ := strings.Cut(line[i+1], " ")
				out.Set(prefix+flag, day)
				out.Set(prefix+flag+hourPart, hour)
			case f.Type == reflect.TypeFor[[]regime.Party]():
				out.Set(prefix+flag+morePart, line[i+1])
			default:
				out.Set(prefix+flag, line[i+1])
			}
		}
	}
	return out
}

// whole is the answer of a verb with nothing filled in.
func whole(path string) answer {
	return answer{Path: path, given: map[string]string{}, fields: regime.Fields(actAt(path))}
}

func nobody() bearer {
	return bearer{file: file{failure: &failure.Case{Profile: "ENGLAND_2013"}}}
}

func TestEveryVerbsFormUnderstandsWhatItsExampleSays(t *testing.T) {
	n := 0
	for _, v := range failure.Verbs() {
		line := apart(v.Example)
		want, err := verbs.Parse(line, verbs.Env{Person: "x"})
		if err != nil || want.Opening != nil {
			continue // which opens a case, and no page does
		}
		f := nobody().newForm(whole(v.Path), typedAs(v.New(), line))
		got, err := verbs.Parse(append(strings.Fields(v.Path), f.flags()...),
			verbs.Env{Case: "CASE", By: "CQC", Person: "x", Channel: channel})
		if err != nil || !reflect.DeepEqual(got.Act, want.Act) {
			t.Errorf("%s: %+v, %v; want %+v", v.Path, got.Act, err, want.Act)
		}
		n++
	}
	for _, v := range surveillance.Verbs() {
		line := apart(strings.ReplaceAll(v.Example, "GROUP", "Q56"))
		want, err := verbs.ParseGroup(line[1:], verbs.Env{Person: "x"})
		if err != nil {
			continue
		}
		f := nobody().newForm(whole(v.Path), typedAs(v.New(), line))
		got, err := verbs.ParseGroup(append(strings.Fields(v.Path)[1:], f.flags()...),
			verbs.Env{Group: "Q56", By: "CQC", Person: "x", Channel: channel})
		if err != nil || !reflect.DeepEqual(got.Act, want.Act) {
			t.Errorf("%s: %+v, %v; want %+v", v.Path, got.Act, err, want.Act)
		}
		n++
	}
	if n < 70 {
		t.Errorf("only %d verbs were tried", n)
	}
	t.Logf("%d verbs", n)
}

func TestEveryFormIsWritten(t *testing.T) {
	for _, path := range allPaths() {
		f := nobody().newForm(whole(path), url.Values{})
		f.check()
		var out strings.Builder
		if err := templates().ExecuteTemplate(&out, "ask", page{Title: "x", Form: f}); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		for _, rf := range regime.Fields(actAt(path)) {
			if !strings.Contains(out.String(), `name="`+prefix+rf.Flag) {
				t.Errorf("%s has no field for --%s", path, rf.Flag)
			}
		}
	}
}

func allPaths() []string {
	var out []string
	for _, v := range failure.Verbs() {
		out = append(out, v.Path)
	}
	for _, v := range surveillance.Verbs() {
		out = append(out, v.Path)
	}
	return out
}

func TestEveryVerbThatADutyNamesHasItsPage(t *testing.T) {
	for _, p := range regime.Profiles() {
		for _, row := range p.Duties {
			hows := []string{row.How, row.HowInGroup}
			for _, r := range row.Ladder {
				hows = append(hows, r.How)
			}
			for _, how := range hows {
				if how == "" {
					continue
				}
				subject := "A1"
				if strings.Contains(how, triggers) {
					subject = "RCX"
				}
				if got := answers(how, subject, "D1"); len(got) != strings.Count(how, ",")+1 {
					t.Errorf("%s, %s: %q has %d pages", p.Name, row.Kind, how, len(got))
				}
			}
		}
	}
}

func TestWhatTheNoticeSaysIsFilledIn(t *testing.T) {
	for _, row := range []struct{ verb, subject, given string }{
		{"action accept", "A1", "action=A1"},
		{"impact return", "I2|CQC", "request=I2"},
		{"plan assent", "2|CQC", "version=2"},
		{"warning report", "W1/2", "warning=W1 requirement=2"},
		{"difference discuss", "J1|CQC", "difference=J1"},
		{"safeguarding protocol", "S1", "flag=S1"},
		{"group action-done", "A3", "action=A3"},
		{"group level", "RCX", "provider=RCX"},
		{"note add --directory-mended CQC:duty", "CQC:duty", "directory-mended=CQC:duty"},
		{"note add --copies-sent", "|2013-09-10T08:00:00Z", "copies-sent=true"},
		{"meeting hold", "2", ""},
		{"summit reply", "", ""},
	} {
		a, ok := answerBy(row.verb, row.subject, "D1")
		var got []string
		for _, f := range regime.Fields(actAt(a.Path)) {
			if v, set := a.given[f.Flag]; set {
				got = append(got, f.Flag+"="+v)
			}
		}
		if !ok || strings.Join(got, " ") != row.given {
			t.Errorf("%s of %s: %v", row.verb, row.subject, got)
		}
		for _, f := range a.fields {
			if numbered[f.Flag] != nil && f.Need && row.given != "" {
				t.Errorf("%s still asks for --%s", row.verb, f.Flag)
			}
		}
	}
}

func TestARefusalNamesNoCommand(t *testing.T) {
	for says, want := range map[string]string{
		"your body calls the meetings itself: 'meeting schedule'.": "your body calls the meetings itself: “" + summaryAt("meeting schedule") + "”.",
		"see 'meeting schedule --at WHEN' for it":                  "see “" + summaryAt("meeting schedule") + "” for it",
		"leave out --key, or name another":                         "leave out “key”, or name another",
		"one of 'the provider' and 'nobody'":                       "one of 'the provider' and 'nobody'",
	} {
		if got := plainly(says); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
