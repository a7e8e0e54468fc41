package failure

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
)

// items are the numbers that the case has given to what is neither duty, mail nor entry:
// actions, requests for a meeting, uses of powers, warning notices, flags, referrals, requests, differences, concerns,
// reviews with their recommendations, and suggestions.
func (c *Case) items() []string {
	var out []string
	for _, x := range c.Actions {
		out = append(out, x.ID)
	}
	for _, x := range c.MeetingRequests {
		out = append(out, x.ID)
	}
	for _, x := range c.OwnActs {
		out = append(out, x.ID)
	}
	for _, x := range c.Warnings {
		out = append(out, x.ID)
	}
	for _, x := range c.Safeguarding {
		out = append(out, x.ID)
	}
	for _, x := range c.Referrals {
		out = append(out, x.ID)
	}
	for _, x := range c.Impacts {
		out = append(out, x.ID)
	}
	for _, x := range c.Differences {
		out = append(out, x.ID)
	}
	for _, x := range c.Concerns {
		out = append(out, x.ID)
	}
	for _, x := range c.Requests {
		out = append(out, x.ID)
	}
	for _, v := range c.Reviews {
		out = append(out, v.ID)
		for _, r := range v.Recommendations {
			out = append(out, r.ID)
		}
	}
	for _, x := range c.Summit.Suggested {
		out = append(out, x.ID)
	}
	return out
}

// explainItem tells what became of one of them: what was done about it, what is or was owed for
// it, and by which rules. ok is false where the case has no such number.
func (c *Case) explainItem(id string) (e ledger.Explanation, ok bool) {
	if !slices.Contains(c.items(), id) {
		return e, false
	}
	e = ledger.Explanation{About: id}
	names := regexp.MustCompile(`\b` + regexp.QuoteMeta(id) + `\b`)
	for _, n := range c.Entries {
		if !names.MatchString(n.Text) {
			continue
		}
		if e.Title == "" {
			e.Title = n.Text
		}
		e.AddPoint("entry", strconv.Itoa(n.N)+", "+calendar.Short(n.At)+", "+c.what(n))
		e.AddRules(c.rulesOf(n.Verb))
	}
	for _, d := range c.Duties {
		subject, _, _ := strings.Cut(d.Subject, "|")
		if about, _, _ := strings.Cut(subject, "/"); about != id {
			continue
		}
		state := "owed until " + calendar.Short(d.Due)
		if !d.Open() {
			state = d.End.Words() + " on " + calendar.Short(d.Ended)
		}
		e.AddPoint("duty", d.ID+": "+c.Name(c.OwnerOf(d))+" is to "+c.Says(d)+"; "+state)
	}
	return e, true
}
