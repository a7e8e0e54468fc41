package verbs

import "github.com/spf13/cobra"

// Chapter is a step of the guidance with the commands that belong to it.
type Chapter struct {
	Title    string
	Commands []*cobra.Command
}

// chapterAt names the command with which a chapter begins.
var chapterAt = map[string]string{
	"trigger":    "Raise a concern",
	"summit":     "Meet",
	"judgement":  "Judge",
	"ring":       "Agree who holds the ring",
	"meeting":    "Respond",
	"measures":   "Special measures",
	"standards":  "What every case must have considered",
	"monitoring": "Monitor and close",
}

// Chapters divides what Commands gave, in its order, each command with its members spread
// out.
func Chapters(all []*cobra.Command) []Chapter {
	var out []Chapter
	for _, c := range all {
		if title := chapterAt[c.Name()]; title != "" || len(out) == 0 {
			out = append(out, Chapter{Title: title})
		}
		last := &out[len(out)-1]
		if !c.HasSubCommands() {
			last.Commands = append(last.Commands, c)
		}
		last.Commands = append(last.Commands, c.Commands()...)
	}
	return out
}
