package rehearsal

import (
	"fmt"

	"holdthering/regime/words"
)

// GroupSummary is what a play came to in one group.
type GroupSummary struct {
	Place    string `json:"place"`
	Name     string `json:"name"`
	Meetings int    `json:"meetings"` // held
	Concerns int    `json:"concerns"`
	Entries  int    `json:"entries"` // of the chronology
	Mails    int    `json:"mails"`   // that the mail service has taken
	Watched  int    `json:"watched"` // providers
	// Forgotten are those that were not considered in time, as the play ends.
	Forgotten int `json:"forgotten"`
	// Runs of the workflow that the group took.
	Runs int `json:"runs"`
}

func (o *observer) summary() GroupSummary {
	last, _ := o.g.LastMeeting()
	f := o.g.CoverageNow(o.now)
	s := GroupSummary{Place: o.place, Name: o.g.PlaceName, Meetings: last.N, Concerns: len(o.g.Concerns) + o.g.Gone.Concerns,
		Entries: o.g.LastEntry, Watched: f.Watched, Forgotten: len(f.Overdue), Runs: o.runs}
	for _, n := range o.mails() {
		s.Mails += n
	}
	return s
}

func (p *printer) groups(all []GroupSummary) {
	for _, g := range all {
		fmt.Fprintf(p.out, "Group %s, %s: %s held, %d concerns, %d entries, %d mails; %d providers, "+
			"%d of them not considered in time\n", g.Place, g.Name, words.Count(g.Meetings, "meeting"), g.Concerns, g.Entries, g.Mails,
			g.Watched, g.Forgotten)
	}
	if len(all) > 0 {
		fmt.Fprintln(p.out)
	}
}
