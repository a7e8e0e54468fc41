package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var cited = regexp.MustCompile(`\[(?:STAT )?W[0-9]+b?[^]]*\]`)

func TestEveryPageThatAProfileCitesIsNamedAmongTheSources(t *testing.T) {
	named, err := os.ReadFile("sources.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../regime/profiles/*.json")
	if err != nil || len(files) < 2 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cited.FindAllString(string(text), -1) {
			page := strings.TrimPrefix(strings.Trim(c, "[]"), "STAT ")
			if !regexp.MustCompile(`\| (\S+, )*` + page + `(, \S+)* \|`).Match(named) {
				t.Errorf("%s cites %s, which sources.md does not name", file, c)
			}
		}
	}
}
