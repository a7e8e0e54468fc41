package failure

import (
	"slices"
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// DutyConsiderOther is the kind of duty that is owed here.
const DutyConsiderOther regime.DutyKind = "CONSIDER_OTHER_PARTY"

// Suggestion is that another party be brought into the summit. Who convenes answers it.
type Suggestion struct {
	ID       string       `json:"id"` // "V1"
	Party    regime.Party `json:"party" passes:"on"`
	Why      string       `json:"why"`
	By       ledger.Actor `json:"by"`
	At       time.Time    `json:"at"`
	Answer   YesNo        `json:"answer,omitempty"`
	Reason   string       `json:"reason,omitempty"`
	Answered time.Time    `json:"answered,omitzero"`
}

// Settled reports whether it has been answered.
func (s Suggestion) Settled() bool { return !s.Answered.IsZero() }

var otherPartyVerbs = []Verb{
	{Path: "summit suggest", Update: "SuggestParty", Rules: "R15",
		New:     func() Act { return new(SuggestParty) },
		Did:     "suggested another party for the summit",
		Summary: "Suggest another party for the summit; the convener answers",
		Example: `summit suggest --case CASE --by CCG --party LSAMO --why "two of the incidents were births"`},
	{Path: "summit consider", Update: "ConsiderOther", Rules: "R15",
		New:     func() Act { return new(ConsiderOther) },
		Did:     "said whether another party is brought into the summit",
		Summary: "Say whether another party is brought into the summit, with the reason",
		Example: `summit consider --case CASE --by "NHS England" --party Police --answer no ` +
			`--reason "nothing points to a crime"`},
}

// beforeTheEnd refuses what belongs to a summit that is being convened or in session.
func (c *Case) beforeTheEnd() error {
	if c.Stage != regime.Convening && c.Stage != regime.InSession {
		return regime.Refusef("T3", "no summit is being convened or in session: %s.", c.stageWords())
	}
	return nil
}

// SuggestParty is open to the members and to the provider. Each instance is different
// (003:L842), so that who convenes cannot know all that the circumstances ask for.
type SuggestParty struct {
	Party regime.Party `json:"party" flag:"party" board:"plain" usage:"who should be brought in" need:"yes"`
	Why   string       `json:"why" flag:"why" usage:"what it could lead to, without anyone's name" need:"yes"`
}

func (a *SuggestParty) check(c *Case, m ledger.Moment) error {
	if err := c.beforeTheEnd(); err != nil {
		return err
	}
	if !c.IsMember(m.By.For) && m.By.For != c.Provider.Party() {
		return regime.Refusef("R15", "%s is not a member of a group concerned.", c.Name(m.By.For))
	}
	return c.mayBeBroughtIn(a.Party)
}

func (c *Case) mayBeBroughtIn(p regime.Party) error {
	switch {
	case p.Body() == regime.QSGLocal || p.Body() == regime.QSGRegional:
		return regime.Mistakef("--party %q is not a body that could be brought in.", p)
	case slices.Contains(c.Summit.invited(), p):
		return regime.Mistakef("%s has already been invited.", c.Name(p))
	}
	return nil
}

func (a *SuggestParty) do(c *Case, m ledger.Moment) string {
	g := Suggestion{ID: "V" + strconv.Itoa(len(c.Summit.Suggested)+1), Party: a.Party, Why: a.Why, By: m.By,
		At: m.Now}
	c.Summit.Suggested = append(c.Summit.Suggested, g)
	c.pen.Ask(regime.NoticePartyToConsider, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyConsiderOther,
		Owner: c.support(), Subject: g.ID, Start: m.Now}))
	return "Suggested (" + g.ID + ") that " + c.Name(a.Party) + " be brought into the " +
		c.labels().Summit + ": " + words.Full(a.Why)
}

// ConsiderOther answers for one party, until the record is signed; those named when the summit
// is convened are answered by that.
type ConsiderOther struct {
	Party  regime.Party `json:"party" flag:"party" board:"plain" usage:"the party considered" need:"yes"`
	Answer YesNo        `json:"answer" flag:"answer" board:"plain" usage:"whether it is brought in" need:"yes"`
	Reason string       `json:"reason" flag:"reason" usage:"why, without anyone's name" need:"yes"`
}

func (a *ConsiderOther) check(c *Case, m ledger.Moment) error {
	if c.Trigger == nil || !c.Summit.Signed.IsZero() {
		return regime.Refusef("T3", "no summit waits for that: %s.", c.stageWords())
	}
	if !c.atTable(m.By.For) {
		return regime.Refusef("R15", "%s is not a member of a group concerned.", c.Name(m.By.For))
	}
	return c.mayBeBroughtIn(a.Party)
}

func (a *ConsiderOther) do(c *Case, m ledger.Moment) string {
	c.takesPart(m.By.For)
	if a.Answer == "no" {
		c.leaveOut(a.Party, a.Reason, m)
		return "Considered whether " + c.Name(a.Party) + " is brought in: no. " + words.Full(a.Reason)
	}
	c.bringIn(a.Party, a.Reason, m)
	if at := c.Summit.At; at.After(m.Now) && c.Stage == regime.Convening {
		c.pen.Notify(ledger.Notice{Kind: regime.NoticeAnswerInvitation, By: at, To: []ledger.Recipient{{Party: a.Party, Level: regime.LevelDuty}},
			Asks: c.askToSummit(), Text: "You are invited to the " +
				c.labels().Summit + " on " + calendar.Instant(at) + ". Bring what your body knows, has done and plans"})
	}
	return "Considered whether " + c.Name(a.Party) + " is brought in: yes. " + words.Full(a.Reason)
}

// bringIn invites a party for what the circumstances ask; it is no member of the group.
func (c *Case) bringIn(p regime.Party, why string, m ledger.Moment) {
	s := &c.Summit
	s.invite(p, why)
	c.takesPart(p)
	s.LeftOut = slices.DeleteFunc(s.LeftOut, func(l LeftOut) bool { return l.Party == p })
	c.answerSuggestions(p, "yes", why, m)
}

func (c *Case) leaveOut(p regime.Party, why string, m ledger.Moment) {
	s := &c.Summit
	s.LeftOut = append(slices.DeleteFunc(s.LeftOut, func(l LeftOut) bool { return l.Party == p }),
		LeftOut{Party: p, Why: why})
	c.answerSuggestions(p, "no", why, m)
}

// answerSuggestions ends what is owed for a party, and tells who suggested it.
func (c *Case) answerSuggestions(p regime.Party, answer YesNo, why string, m ledger.Moment) {
	for i := range c.Summit.Suggested {
		g := &c.Summit.Suggested[i]
		if g.Party != p || g.Answer != "" {
			continue
		}
		g.Answer, g.Reason, g.Answered = answer, why, m.Now
		c.pen.Discharge(DutyConsiderOther, g.ID, m)
		c.pen.Notify(ledger.Notice{Kind: regime.NoticePartyToConsider, To: []ledger.Recipient{{Party: g.By.For, Level: regime.LevelDuty}},
			Text: "Your suggestion " + g.ID + " has been answered: " + string(answer)})
	}
}

// notConsidered lists the parties that circumstances may call for and that no one has answered for.
func (c *Case) notConsidered() string {
	var out []regime.Party
	for _, b := range c.profile().PartRow(regime.ByCircumstances).Bodies {
		named := func(p regime.Party) bool { return p.Body() == b }
		if slices.ContainsFunc(c.Summit.invited(), named) ||
			slices.ContainsFunc(c.Summit.LeftOut, func(l LeftOut) bool { return named(l.Party) }) {
			continue
		}
		out = append(out, regime.Party(b))
	}
	if len(out) == 0 {
		return ""
	}
	return " (Not yet said whether circumstances call for them, R15: " + c.names(out) + ".)"
}

// openSuggestions stand in the way of signing the record of the summit.
func (c *Case) openSuggestions() (byRule, open []string) {
	for _, g := range c.Summit.Suggested {
		if g.Answer == "" {
			byRule = append(byRule, "R15")
			open = append(open, "suggestion "+g.ID+" is not answered ('summit consider')")
		}
	}
	return byRule, open
}
