package rehearsal

import (
	"io"
	"sort"
	"time"

	"holdthering/record"
	"holdthering/screen"
)

// Report is a whole play as one document.
type Report struct {
	File     string `json:"file"`
	Title    string `json:"title,omitempty"`
	Source   string `json:"source,omitempty"`
	Case     string `json:"case"`
	Provider string `json:"provider"` // its code
	// OK: every line came as it is written.
	OK      bool           `json:"ok"`
	Lines   int            `json:"lines"`
	Wrong   int            `json:"wrong"`
	Events  []Event        `json:"events"` // in the order of the case's own time
	Summary record.Summary `json:"summary"`
	// Groups are the surveillance groups that were played, in the order of starting.
	Groups []GroupSummary `json:"groups,omitempty"`
	// Runs of the workflow that the case took.
	Runs int `json:"runs"`
	// Took is the world's time, in nanoseconds.
	Took time.Duration `json:"took"`
	// OnPages is how many acts were done on members' pages, by the links of their mails.
	OnPages int `json:"onPages,omitempty"`
	// Server is where the case was left; nil for a rehearsal, which leaves nothing.
	Server *Server `json:"server,omitempty"`
}

func newReport(s script) *Report {
	return &Report{File: s.File, Title: s.Title, Source: s.Source, Case: s.ref, Lines: len(s.steps),
		Provider: s.opening().Provider.Code}
}

func (r *Report) conclude(p *player) {
	r.Wrong, r.OK = p.wrong, p.wrong == 0
	r.Summary = record.Summarise(p.observer.c, p.observer.now)
	for _, o := range p.groups {
		r.Groups = append(r.Groups, o.summary())
	}
	sort.SliceStable(r.Events, func(i, j int) bool { return r.Events[i].At.Before(r.Events[j].At) })
}

// print writes what is left to say when the play is over.
func (r *Report) print(o Options) error {
	if o.JSON {
		text, err := screen.Versioned(r)
		if err == nil {
			_, err = io.WriteString(o.Out, text)
		}
		return err
	}
	p := &printer{out: screen.New(o.Out)}
	p.table(r.Summary)
	p.groups(r.Groups)
	if r.Server != nil {
		at := ""
		if o.Desk != nil {
			at = o.Desk(r.Case)
		}
		p.whereToLook(*r.Server, at)
	}
	p.verdict(*r)
	return nil
}
