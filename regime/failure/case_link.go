package failure

import (
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// CaseLink ties a case to another, about another provider (A34): one case a provider, linked
// where they fail together. Ring-holder and meetings may be the same for all.
type CaseLink struct {
	Ref string       `json:"ref"`
	Why string       `json:"why,omitempty"`
	By  ledger.Actor `json:"by"`
	At  time.Time    `json:"at"`
}

var linkVerbs = []Verb{
	{Path: "case link", Update: "LinkCase", Rules: "A34",
		New:     func() Act { return new(LinkCase) },
		Did:     "linked the case to another",
		Summary: "Link the case to another provider's case; it is recorded in both",
		Example: `case link --case CASE --by "NHS England" --to P4WD-8YHN --reason "the same maternity service on two sites"`},
}

// LinkCase is recorded in each of the two cases, by an act in each: neither changes the other. It
// gives no right over the other case. Meetings may be held for both ('meeting hold --with-case').
type LinkCase struct {
	To     string `json:"to" flag:"to" usage:"reference of the other case" need:"yes"`
	Reason string `json:"reason,omitempty" flag:"reason" usage:"what they have in common, without names"`
}

func (a *LinkCase) allowedAfterClosing() {}

func (a *LinkCase) check(c *Case, _ ledger.Moment) error { return c.mayLink(a.ref()) }

func (c *Case) mayLink(ref string) error {
	switch {
	case ref == "" || len(ref) > 20 || strings.ContainsAny(ref, " \t\n"):
		return regime.Mistakef("--to %q is no reference of a case.", words.Clip(ref, 20))
	case ref == c.Ref:
		return regime.Mistakef("--to is the case itself.")
	}
	for _, l := range c.Links {
		if l.Ref == ref {
			return regime.Mistakef("the case is linked to %s already.", ref)
		}
	}
	return nil
}

func (a *LinkCase) ref() string { return words.Code(a.To) }

func (a *LinkCase) do(c *Case, m ledger.Moment) string {
	return c.link(a.ref(), a.Reason, m)
}

func (c *Case) link(ref, why string, m ledger.Moment) string {
	c.Links = append(c.Links, CaseLink{Ref: ref, Why: why, By: m.By, At: m.Now})
	return words.Sentence("Linked to case "+ref+".", why, "")
}

// mayMeetWith refuses a meeting with a case to which this one is not linked; empty is none.
func (c *Case) mayMeetWith(ref string) error {
	if ref == "" {
		return nil
	}
	for _, l := range c.Links {
		if l.Ref == words.Code(ref) {
			return nil
		}
	}
	return regime.Mistakef("--with-case %q: this case is not linked to it ('case link').", words.Clip(ref, 20))
}

// together says with which case a meeting is held.
func (n ResponseMeeting) together() string {
	if n.With == "" {
		return ""
	}
	return ", together with case " + n.With
}
