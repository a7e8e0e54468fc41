package failure

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// Why explains a duty ("D7"), a mail ("n12"), an entry of the chronology ("14"), a rule
// ("R27"), what became of anything with a number of its own ("A1", "W1"), or that a party was told and invited or was not ("POLICE", "Police"). It knows no
// more than Public shows. What the case does not hold is a *Mistake.
func (c *Case) Why(what string) (ledger.Explanation, error) { return c.WhyOn(what, time.Time{}) }

// WhyOn is Why by the law of a day. What stands in the law itself is explained too: a day, a power, a body, a type
// of provider.
func (c *Case) WhyOn(what string, day time.Time) (ledger.Explanation, error) {
	c, what = c.Public(), strings.TrimSpace(what)
	law := c.LawAsked(day, c.Opened)
	if e, ok := c.Explain(what); ok {
		return e, nil
	}
	if e, ok := c.explainItem(strings.TrimPrefix(strings.ToUpper(what), string(regime.Guest)+"/")); ok {
		return e, nil
	}
	if e, ok := c.ExplainNamed(c.calledByName(), what); ok {
		return e, nil
	}
	if !ledger.Numbered(what) {
		if r, ok := regime.RuleNamed(strings.ToUpper(what)); ok {
			return c.whyRule(r, law), nil
		}
		if p, ok := ledger.PartyCalled(subject{c}, c.Units, what); ok {
			return c.whyParty(p, law), nil
		}
		if e, ok := c.WhyLawOf(what, day, c.Opened); ok {
			return e, nil
		}
	}
	return ledger.Explanation{}, ledger.Unexplained("case "+c.Ref, what)
}

func (c *Case) whyRule(r regime.Rule, law *regime.Profile) ledger.Explanation {
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
	e.AddLaw(law, ledger.LawOfRule(law, r.ID)...)
	return e
}

// whyParty says what the case has asked of a party, and why it is at the table or not.
func (c *Case) whyParty(p regime.Party, law *regime.Profile) ledger.Explanation {
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
	if c.profile().Knows(p.Body()) || law.Knows(p.Body()) {
		why.AddPoint("law", ledger.WhyBody(law, p.Body()))
	}
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

// items are what has numbers in the case beside duties, mails and entries. Each kind has a letter of its own, so that
// a number means one thing.
func (c *Case) items() []ledger.Items {
	var criteria, inspections, advice, known []string
	for _, e := range c.Measures {
		inspections = append(inspections, ledger.IDsOf(e.Reinspections, func(x Reinspection) string { return x.ID })...)
		criteria = append(criteria, ledger.IDsOf(e.Criteria, func(x ExitCriterion) string { return x.ID })...)
	}
	for _, v := range c.Reviews {
		advice = append(advice, ledger.IDsOf(v.Recommendations, func(x Recommendation) string { return x.ID })...)
	}
	if c.Trigger != nil {
		known = ledger.IDsOf(c.Trigger.Known, func(x GroupConcern) string { return x.ID })
	}
	return []ledger.Items{
		{Letter: "A", Kind: "action", IDs: ledger.IDsOf(c.Actions, func(x ResponseAction) string { return x.ID })},
		{Letter: "B", Kind: "talk between two bodies", IDs: ledger.IDsOf(c.Talks, func(x ledger.Talk) string { return x.ID })},
		{Letter: "C", Kind: "concern of a surveillance group", IDs: known},
		{Letter: "E", Kind: "review", IDs: ledger.IDsOf(c.Reviews, func(x Review) string { return x.ID })},
		{Letter: "E", Kind: "recommendation of a review", IDs: advice},
		{Letter: "F", Kind: "referral", IDs: ledger.IDsOf(c.Referrals, func(x Referral) string { return x.ID })},
		{Letter: "G", Kind: "guest", IDs: ledger.IDsOf(c.Guests, func(x GuestParty) string { return x.Party.Unit() })},
		{Letter: "H", Kind: "inspection", IDs: slices.DeleteFunc(inspections, func(id string) bool { return id == "" })},
		{Letter: "I", Kind: "impact request", IDs: ledger.IDsOf(c.Impacts, func(x ImpactRequest) string { return x.ID })},
		{Letter: "J", Kind: "difference of judgement", IDs: ledger.IDsOf(c.Differences, func(x Difference) string { return x.ID })},
		{Letter: "K", Kind: "concern", IDs: ledger.IDsOf(c.Concerns, func(x SharedConcern) string { return x.ID })},
		{Letter: "L", Kind: "death", IDs: ledger.IDsOf(c.Deaths, func(x Death) string { return x.ID })},
		{Letter: "M", Kind: "matter to be put to rest", IDs: ledger.IDsOf(c.Agreements, func(x ledger.Agreement) string { return x.ID })},
		{Letter: "Q", Kind: "request for information", IDs: ledger.IDsOf(c.Requests, func(x InformationRequest) string { return x.ID })},
		{Letter: "S", Kind: "safeguarding flag", IDs: ledger.IDsOf(c.Safeguarding, func(x SafeguardingFlag) string { return x.ID })},
		{Letter: "U", Kind: "use of a power", IDs: ledger.IDsOf(c.OwnActs, func(x IndividualAction) string { return x.ID })},
		{Letter: "V", Kind: "party suggested", IDs: ledger.IDsOf(c.Summit.Suggested, func(x Suggestion) string { return x.ID })},
		{Letter: "W", Kind: "warning notice", IDs: ledger.IDsOf(c.Warnings, func(x WarningNotice) string { return x.ID })},
		{Letter: "X", Kind: "exit criterion", IDs: criteria},
		{Letter: "Y", Kind: "request for a meeting", IDs: ledger.IDsOf(c.MeetingRequests, func(x MeetingRequest) string { return x.ID })},
	}
}

// calledByName are the summit, the ring, and the response meetings.
func (c *Case) calledByName() []ledger.Named {
	var out []ledger.Named
	if !c.Summit.Convened.IsZero() {
		out = append(out, ledger.Named{Name: "summit", Title: words.Capital(c.labels().Summit) + ", " + ledger.WhenSaid(c.Summit.At) + ".",
			Verbs: "summit ", Duties: []regime.DutyKind{regime.DutyHoldSummit, DutySummitRecord}, Rules: "T3",
			Facts: []ledger.Point{{On: "place", Says: c.Summit.Place}, {On: "opened", Says: ledger.WhenSaid(c.Summit.Opened)},
				{On: "present", Says: c.names(c.Summit.Attended)}, {On: "ended", Says: ledger.WhenSaid(c.Summit.Ended)},
				{On: "draft", Says: c.Summit.Draft}, {On: "final", Says: ledger.WhenSaid(c.Summit.Final)}}})
	}
	for _, f := range c.Further {
		number := strconv.Itoa(f.N)
		out = append(out, ledger.Named{Name: "summit-" + number, Title: words.Capital(c.labels().Summit) + " " + number + ", " + ledger.WhenSaid(f.At) + ".",
			Says: strings.ToLower(c.labels().Summit) + " " + number, Duties: []regime.DutyKind{DutyHoldFurther}, Subject: number, Rules: "R119",
			Facts: []ledger.Point{{On: "place", Says: f.Place}, {On: "because", Says: f.Reason}, {On: "held", Says: ledger.WhenSaid(f.Held)},
				{On: "present", Says: c.names(f.Present)}, {On: "draft", Says: f.Draft}, {On: "final", Says: ledger.WhenSaid(f.Final)}}})
	}
	if r := c.Ring; r.Holder != "" {
		out = append(out, ledger.Named{Name: "ring", Title: c.Name(r.Holder) + " holds the ring.", Verbs: "ring ", Rules: "R28",
			Duties: []regime.DutyKind{DutyAgreeRingHolder}, Facts: []ledger.Point{{On: "since", Says: ledger.WhenSaid(r.Since)}}})
	}
	for _, m := range c.Meetings {
		number := strconv.Itoa(m.N)
		n := ledger.Named{Name: "meeting-" + number, Title: "Response meeting " + number + ", " + calendar.Instant(m.At) + ".",
			Says: "meeting " + number, Duties: []regime.DutyKind{DutyHoldMeeting, DutyMeetingRecord}, Subject: number, Rules: "T9",
			Facts: []ledger.Point{{On: "place", Says: m.Place}, {On: "held", Says: ledger.WhenSaid(m.Held)},
				{On: "present", Says: c.names(m.Present)}, {On: "draft", Says: m.Draft}, {On: "final", Says: ledger.WhenSaid(m.Final)}}}
		out = append(out, n)
	}
	return out
}

// Explained lists what Why can be asked about, each with a title.
func (c *Case) Explained() []ledger.Point {
	return slices.Concat(c.Ledger.Explained(), ledger.ItemPoints(c.items()), ledger.NamedPoints(c.calledByName()))
}

// explainItem explains what has a number of its own. Of concerns that a trigger took along several groups may have the
// same number.
func (c *Case) explainItem(id string) (ledger.Explanation, bool) {
	e, ok := c.ExplainItem(c.items(), id)
	c.addInspection(&e, id)
	if !ok || c.Trigger == nil {
		return e, ok
	}
	for _, k := range c.Trigger.Known {
		if k.ID == id {
			e.AddPoint("group "+k.Group, words.Sentence(c.knownBy(k), k.What, ""))
		}
	}
	return e, true
}

func (c *Case) knownBy(k GroupConcern) string {
	by := "a body not named"
	if k.By != "" {
		by = c.Name(k.By)
	}
	if k.Urgent {
		by += ", urgent"
	}
	return by + ", open when the " + c.labels().Summit + " was triggered"
}

// addInspection says of an inspection how it lay to its day, and what came of it.
func (c *Case) addInspection(e *ledger.Explanation, id string) {
	for _, stay := range c.Measures {
		for i, r := range stay.Reinspections {
			if r.ID != id {
				continue
			}
			e.AddPoint("in the stay", "its inspection "+strconv.Itoa(i+1)+" ('reinspection report --inspection "+strconv.Itoa(i+1)+"')")
			e.AddPoint("due", ledger.WhenSaid(r.Due))
			e.AddPoint("timing", string(r.Timing))
			e.AddPoint("reported", ledger.WhenSaid(r.Reported))
			e.AddPoint("rating", words.Plain(string(r.Rating)))
			e.AddPoint("recommends", words.Plain(string(r.Advice)))
			e.AddRules("R59 R117")
		}
	}
}
