package regime_test

import (
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/surveillance"
)

func TestEveryRungHasATimeARecipientAndANotice(t *testing.T) {
	for _, p := range regime.Profiles() {
		for _, d := range p.Duties {
			for i, r := range d.Ladder {
				start := time.Date(2013, 9, 10, 9, 0, 0, 0, time.UTC)
				if r.First(start, start.AddDate(1, 0, 0)).IsZero() {
					t.Errorf("%s: %s rung %d has no time", p.Name, d.Kind, i)
				}
				if _, ok := p.Notice(r.Notice); !ok {
					t.Errorf("%s: %s rung %d: no notice %s", p.Name, d.Kind, i, r.Notice)
				}
				for _, to := range r.To {
					if row, ok := to.Role.Row(); !ok || !row.InCase && !row.InGroup {
						t.Errorf("%s: %s rung %d: nobody is %q", p.Name, d.Kind, i, to)
					}
				}
			}
			for _, how := range strings.Split(d.How, ", ") {
				if !isVerb(how) {
					t.Errorf("%s: %s is discharged by %q, which is no verb", p.Name, d.Kind, how)
				}
			}
		}
	}
}

func isVerb(command string) bool {
	paths := make([]string, 0, 100)
	for _, v := range failure.Verbs() {
		paths = append(paths, v.Path)
	}
	for _, v := range surveillance.Verbs() {
		paths = append(paths, v.Path)
	}
	for _, path := range paths {
		if command == path || strings.HasPrefix(command, path+" --") {
			return true
		}
	}
	return false
}

func TestEveryGroupVerbHasItsWordsAndItsExample(t *testing.T) {
	seen := map[string]bool{}
	for _, v := range failure.Verbs() {
		seen[v.Path], seen[v.Name()] = true, true
	}
	for _, v := range surveillance.Verbs() {
		if v.Summary == "" || v.Rules == "" || !strings.HasPrefix(v.Example, v.Path+" --group GROUP --by ") ||
			seen[v.Path] || seen[v.Name()] || !strings.HasPrefix(v.Path, "group ") {
			t.Errorf("%s: %+v", v.Path, v)
		}
		seen[v.Path], seen[v.Name()] = true, true
		if got, ok := surveillance.VerbNamed(v.Name()); !ok || got.Path != v.Path || surveillance.VerbOf(v.New()).Path != v.Path {
			t.Errorf("%s is not found by its name", v.Path)
		}
		for _, f := range regime.Fields(v.New()) {
			if f.Usage == "" || f.Type.Kind().String() == "ptr" {
				t.Errorf("%s --%s: %+v", v.Path, f.Flag, f)
			}
		}
	}
}
