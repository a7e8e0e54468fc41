package version

import (
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
)

func TestAllOfItIsSaid(t *testing.T) {
	got := Of().Text("starter")
	for _, part := range []string{"starter " + Number, "commit:", runtime.Version(), "case 1", "group 1"} {
		if !strings.Contains(got, part) {
			t.Errorf("%q lacks %q", got, part)
		}
	}
}

func TestTheCommitIsTheBuildsWordOrGosOrNotRecorded(t *testing.T) {
	set := func(key, value string) debug.BuildSetting { return debug.BuildSetting{Key: key, Value: value} }
	own := &debug.BuildInfo{Settings: []debug.BuildSetting{
		set("vcs.revision", "0123456789abcdef"), set("vcs.modified", "true")}}
	if got := built(own, true); got != "0123456789ab, with changes" {
		t.Error(got)
	}
	if got := built(nil, false); got != "not recorded" {
		t.Error(got)
	}
	commit = "told"
	defer func() { commit = "" }()
	if got := built(own, true); got != "told" {
		t.Error(got)
	}
}

func TestTheChangelogTellsOfThisVersion(t *testing.T) {
	log, err := os.ReadFile("../CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(log), "## "+Number) {
		t.Errorf("CHANGELOG.md has no heading %q", "## "+Number)
	}
}
