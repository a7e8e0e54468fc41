package failure

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// Why explains a duty ("D7"), a mail ("n12"), an entry of the chronology ("14"), a rule
// ("R27"), what became of an action or a notice ("A1", "W1"), or that a party was told and invited or was not ("POLICE", "Police"). It knows no
// more than Public shows. What the case does not hold is a *Mistake.
func (c *Case) Why(what string) (ledger.Explanation, error) {
	c, what = c.Public(), strings.TrimSpace(what)
	if e, ok := c.Explain(what); ok {
		return e, nil
	}
	if e, ok := c.explainItem(strings.ToUpper(what)); ok {
		return e, nil
	}
	if !ledger.Numbered(what) {
		if r, ok := regime.RuleNamed(strings.ToUpper(what)); ok {
			return c.whyRule(r), nil
		}
		if p, ok := ledger.PartyCalled(subject{c}, c.Units, what); ok {
			return c.whyParty(p), nil
		}
	}
	return ledger.Explanation{}, ledger.Unexplained("case "+c.Ref, what)
}

func (c *Case) whyRule(r regime.Rule) ledger.Explanation {
	e := ledger.Explanation{About: r.ID, Title: r.Says, Rules: []regime.Rule{r}}
	e.AddPoint("holds as", r.Kind.Words())
	var owed []string
	for _, d := range c.Duties {
		if row, _ := c.profile().Duty(d.Kind); row.Rule == r.ID {
			owed = append(owed, d.ID+" ("+c.Says(d)+")")
		}
	}
	e.AddPoint("here", strings.Join(owed, "; "))
	var by []string
	for _, v := range verbs {
		if words.HasWord(v.Rules, r.ID) {
			by = append(by, "'"+v.Path+"'")
		}
	}
	if len(by) > 0 {
		e.AddPoint("commands", words.List(by))
	}
	return e
}

// whyParty says what the case has asked of a party, and why it is at the table or not.
func (c *Case) whyParty(p regime.Party) ledger.Explanation {
	why := ledger.Explanation{About: string(p), Title: c.Name(p) + " in case " + c.Ref + "."}
	why.AddPoint("table", c.whyAtTable(p))
	why.AddPoint("meeting", c.whyInvited(p))
	why.AddPoint("response", c.whyResponding(p))
	for _, duty := range c.OpenDuties() {
		if duty.Owner == p {
			why.AddPoint("owes", duty.ID+": "+c.Says(duty)+", by "+calendar.Instant(duty.Due))
		}
	}
	mails := 0
	for _, notice := range c.Notices {
		for _, to := range notice.To {
			if to.Party == p {
				mails++
			}
		}
	}
	why.AddPoint("told", words.Count(mails, "mail"))
	why.AddRules("R15 R16")
	return why
}

func (c *Case) whyAtTable(p regime.Party) string {
	if c.another(p) {
		return "another provider, not the one that the case is about"
	}
	if p.Body() == regime.ProviderBody {
		return "never a member: it stays responsible for its own quality (R8)"
	}
	for _, m := range c.Members {
		switch {
		case m.Party == p && m.Extra:
			return "brought in by the circumstances"
		case m.Party == p:
			return "a member since a surveillance group concerned has it as one, or it has taken part"
		}
	}
	return "no member of this case"
}

func (c *Case) whyInvited(p regime.Party) string {
	for _, l := range c.Summit.LeftOut {
		if l.Party == p {
			return "considered and left out: " + l.Why
		}
	}
	for _, i := range c.Summit.Invited {
		if i.Party != p {
			continue
		}
		text := "invited because it is relevant to this type of provider"
		if i.Why != "" {
			text = "invited by the circumstances: " + i.Why
		}
		if i.Answer == "" {
			return text + "; it has not answered"
		}
		return text + "; it answered: " + words.Plain(string(i.Answer))
	}
	if c.Summit.Convened.IsZero() {
		return "no meeting has been convened"
	}
	return "neither invited nor said to be left out: it is not among those relevant to this type of " +
		"provider, and nobody brought it in"
}

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
