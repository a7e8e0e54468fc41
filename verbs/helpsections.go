package verbs

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"holdthering/regime/failure"
)

// Chapter is a step of the guidance with the commands that belong to it.
type Chapter struct {
	Title    string
	Commands []*cobra.Command
}

// chapterOf names the chapter of a verb by its path, or of all verbs with one first word. A
// verb that neither has is of the chapter of the verb before it.
var chapterOf = map[string]string{
	"trigger":        "Raise a concern",
	"concern":        "Share what is known",
	"safeguarding":   "Safeguard",
	"summit":         "Meet",
	"impact":         "Assess the impact of an action",
	"judgement":      "Judge",
	"ring":           "Agree who holds the ring",
	"meeting":        "Respond",
	"difference":     "Differ",
	"measures":       "Special measures",
	"standards":      "Professional standards",
	"public":         "Tell the public",
	"letter":         "Feedback, surveillance level, notes",
	"monitoring":     "Monitor and close",
	"power":          "Each body's own powers",
	"warning":        "Warning notices",
	"administration": "Trust special administration",
	"case link":      "Several cases",
}

// Contents lists the paths of all verbs of a case by chapter, in the order of the guidance.
func Contents() []Titled {
	var out []Titled
	last := 0
	for _, path := range paths() {
		noun, _, _ := strings.Cut(path, " ")
		title := chapterOf[path]
		if title == "" {
			title = chapterOf[noun]
		}
		if at := slices.IndexFunc(out, func(c Titled) bool { return c.Title == title }); at >= 0 {
			last = at
		} else if title != "" || len(out) == 0 {
			out = append(out, Titled{Title: title})
			last = len(out) - 1
		}
		out[last].Paths = append(out[last].Paths, path)
	}
	return out
}

// Titled is a chapter with the paths of its verbs.
type Titled struct {
	Title string
	Paths []string
}

// Chapters divides what Commands gave into chapters, verb by verb in the order of the
// guidance.
func Chapters(all []*cobra.Command) []Chapter {
	var out []Chapter
	for _, c := range Contents() {
		one := Chapter{Title: c.Title}
		for _, path := range c.Paths {
			one.Commands = append(one.Commands, named(all, path))
		}
		out = append(out, one)
	}
	return out
}

func paths() []string {
	var out []string
	for _, v := range failure.Verbs() {
		out = append(out, v.Path)
		if v.Path == triggerPath {
			out = append(out, openPath)
		}
	}
	return out
}

func named(all []*cobra.Command, path string) *cobra.Command {
	word, rest, _ := strings.Cut(path, " ")
	at := slices.IndexFunc(all, func(c *cobra.Command) bool { return c.Name() == word })
	if rest == "" {
		return all[at]
	}
	return named(all[at].Commands(), rest)
}
