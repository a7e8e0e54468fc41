// Package version says which program this is: its release, what it was built from and which shapes
// of state it writes.
package version

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"holdthering/regime/failure"
	"holdthering/regime/surveillance"
)

// Number is the release; CHANGELOG.md says what is in each.
const Number = "0.1.0-dev"

// commit is set by the build: -ldflags "-X holdthering/version.commit=...".
var commit string

// Info is what 'version' and '--version' print.
type Info struct {
	Version  string `json:"version"`
	Commit   string `json:"commit"` // "not recorded" where the build did not say
	Go       string `json:"go"`
	Platform string `json:"platform"`
	// CaseSchema and GroupSchema number the shapes of state that the program writes. It reads every
	// older one.
	CaseSchema  int `json:"caseSchema"`
	GroupSchema int `json:"groupSchema"`
}

// Of is the program that runs.
func Of() Info {
	return Info{Version: Number, Commit: built(debug.ReadBuildInfo()), Go: runtime.Version(),
		Platform: runtime.GOOS + "/" + runtime.GOARCH, CaseSchema: failure.Schema, GroupSchema: surveillance.Schema}
}

// built is the commit that the build was told, or that Go wrote into the program by itself.
func built(info *debug.BuildInfo, ok bool) string {
	if commit != "" {
		return commit
	}
	revision, changed := "", ""
	if ok {
		for _, s := range info.Settings {
			switch {
			case s.Key == "vcs.revision":
				revision = s.Value
			case s.Key == "vcs.modified" && s.Value == "true":
				changed = ", with changes"
			}
		}
	}
	if revision == "" {
		return "not recorded"
	}
	return revision[:min(12, len(revision))] + changed
}

// Text is the program's name with all of it, for a person.
func (i Info) Text(program string) string {
	return fmt.Sprintf("%s %s\ncommit:  %s\nbuilt:   %s, %s\nschemas: case %d, group %d", program, i.Version,
		i.Commit, i.Go, i.Platform, i.CaseSchema, i.GroupSchema)
}
