package desk

import (
	"net/url"

	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// awaited is who has not answered yet, each with the form that answers for it: what a secretary rings up about.
type awaited struct {
	Coming  string // what they are asked to come to; empty where nobody is, or it is over
	Invited []invited
	// Silent have not acknowledged an alert.
	Silent []invited
}

// invited is a body with what it answered.
type invited struct{ Name, Answer, Link string }

func awaitedIn(c *failure.Case, address string) awaited {
	form := func(verb string, p regime.Party) string {
		return address + "/act/" + verb + ".n?by=" + url.QueryEscape(string(p))
	}
	var out awaited
	if s := c.Summit; !s.Convened.IsZero() && s.Opened.IsZero() && s.Ended.IsZero() {
		out.Coming = c.Labels().Summit
		for _, i := range s.Invited {
			out.Invited = append(out.Invited, invited{words.Capital(c.Name(i.Party)), words.Capital(words.Plain(string(i.Answer))),
				form("summit-reply", i.Party)})
		}
	}
	known := map[regime.Party]bool{}
	for _, d := range c.OpenDuties() {
		if !chased(d) {
			continue
		}
		for _, p := range c.Unacknowledged(d) {
			if !known[p] {
				known[p] = true
				out.Silent = append(out.Silent, invited{Name: words.Capital(c.Name(p)), Link: form("acknowledge", p)})
			}
		}
	}
	return out
}

// chased reports whether a duty is to see that all acknowledge an alert.
func chased(d ledger.Duty) bool {
	return d.Kind == failure.DutyAcknowledgeTrigger || d.Kind == regime.DutyAcknowledgeRisk
}
