package surveillance

import (
	"slices"
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// Arrangement is what several commissioners of one provider have agreed among themselves: who leads, and what they
// specify and monitor together (R134).
type Arrangement struct {
	ID       string         `json:"id"` // "P1"
	Provider string         `json:"provider"`
	Lead     regime.Party   `json:"lead" passes:"on"`
	By       regime.Party   `json:"by"`
	At       time.Time      `json:"at"`
	What     string         `json:"what"`
	Asked    []regime.Party `json:"asked,omitempty" passes:"on"`  // those that have not answered
	Agreed   []regime.Party `json:"agreed,omitempty" passes:"on"` // each by its own word
	Declined []regime.Party `json:"declined,omitempty" passes:"on"`
	Ended    time.Time      `json:"ended,omitzero"`
}

var arrangementVerbs = []Verb{
	{Path: "group arrangement", Update: "ProposeArrangement", Rules: "R1 R134",
		New:     func() Act { return new(ProposeArrangement) },
		Did:     "proposed an arrangement between commissioners",
		Summary: "Propose to the other commissioners of a provider what you do together, and who leads",
		Example: `group arrangement --group GROUP --by CCG/07J --provider RCX --lead CCG/07J --with CCG/07K --what "One contract meeting a month, on staffing and complaints"`},
	{Path: "group arrangement-answer", Update: "AnswerArrangement", Rules: "R1 R134",
		New:     func() Act { return new(AnswerArrangement) },
		Did:     "answered about an arrangement between commissioners",
		Summary: "Say for your body whether it takes part in an arrangement between commissioners, or leave it",
		Example: `group arrangement-answer --group GROUP --by CCG/07K --arrangement P1 --answer yes`},
}

// ProposeArrangement binds the body that proposes it alone; each other answers for itself (R1).
type ProposeArrangement struct {
	Provider string         `json:"provider" flag:"provider" usage:"the provider's code" need:"yes"`
	Lead     regime.Party   `json:"lead" flag:"lead" board:"lead" usage:"the commissioner that leads" need:"yes"`
	With     []regime.Party `json:"with" flag:"with" usage:"the other commissioners" need:"yes"`
	What     string         `json:"what" flag:"what" usage:"what they specify and monitor together, and how patients and the public are heard" need:"yes"`
}

func (a *ProposeArrangement) check(g *Group, m ledger.Moment) error {
	if err := checkCode(a.Provider); err != nil {
		return err
	}
	all := slices.Concat([]regime.Party{m.By.For, a.Lead}, a.With)
	for _, p := range all {
		if !slices.Contains(g.commissioners(), p) {
			return regime.Refusef("R134", "commissioners that sit in the group make such an arrangement; %s is none of them.", g.Name(p))
		}
	}
	if a.Lead != m.By.For && !slices.Contains(a.With, a.Lead) {
		return regime.Mistakef("the lead, %s, is one of those that take part: name it with --with.", g.Name(a.Lead))
	}
	if len(a.others(m)) == 0 {
		return regime.Mistakef("--with names no other commissioner.")
	}
	return nil
}

// others are those that are asked.
func (a *ProposeArrangement) others(m ledger.Moment) []regime.Party {
	var out []regime.Party
	for _, p := range a.With {
		if p != m.By.For && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

func (a *ProposeArrangement) do(g *Group, m ledger.Moment) string {
	p := Arrangement{ID: "P" + strconv.Itoa(len(g.Arrangements)+1), Provider: words.Code(a.Provider), Lead: a.Lead, By: m.By.For,
		At: m.Now, What: a.What, Asked: a.others(m), Agreed: []regime.Party{m.By.For}}
	g.Arrangements = append(g.Arrangements, p)
	g.pen.Notify(ledger.Notice{Kind: regime.NoticeTogether, To: ledger.DutyContacts(p.Asked),
		Text: g.Name(m.By.For) + " proposes an arrangement between commissioners of one provider (" + p.ID + "), led by " + g.Name(p.Lead),
		Asks: ledger.Asking("say whether your body takes part in arrangement "+p.ID, "group arrangement-answer")})
	return "Proposed arrangement " + p.ID + " about provider " + p.Provider + " to " + g.names(p.Asked) + "; " + g.Name(p.Lead) +
		" leads: " + a.What
}

// AnswerArrangement is each body's own, also a later one by which it leaves.
type AnswerArrangement struct {
	Arrangement string       `json:"arrangement" flag:"arrangement" number:"yes" usage:"its number, such as P1" need:"yes"`
	Answer      ledger.YesNo `json:"answer" flag:"answer" board:"plain" usage:"whether your body takes part" need:"yes"`
	Reason      string       `json:"reason,omitempty" flag:"reason" usage:"why, or on what terms"`
}

// commissioners are the members that commission services: those of the area, and NHS England itself (003:L804).
func (g *Group) commissioners() []regime.Party {
	return g.parties(func(p regime.Party) bool {
		return p == g.support() || g.profile().Fills(p.Body(), regime.LocalCommissioners)
	})
}

func (g *Group) arrangement(id string) *Arrangement {
	return ledger.Find(g.Arrangements, func(p Arrangement) bool { return p.ID == words.Code(id) })
}

func (p Arrangement) all() []regime.Party { return slices.Concat(p.Agreed, p.Asked, p.Declined) }

func (a *AnswerArrangement) check(g *Group, m ledger.Moment) error {
	switch p := g.arrangement(a.Arrangement); {
	case p == nil:
		return regime.Mistakef("there is no arrangement %q.", words.Clip(a.Arrangement, 20))
	case !slices.Contains(p.all(), m.By.For):
		return regime.Refusef("R134", "arrangement %s is between %s, and each answers for itself.", p.ID, g.names(p.all()))
	case !p.Ended.IsZero():
		return regime.Mistakef("arrangement %s has ended; 'group arrangement' proposes another.", p.ID)
	}
	return nil
}

func (a *AnswerArrangement) do(g *Group, m ledger.Moment) string {
	p, by := g.arrangement(a.Arrangement), m.By.For
	not := func(q regime.Party) bool { return q == by }
	p.Asked = slices.DeleteFunc(slices.Clone(p.Asked), not)
	p.Agreed, p.Declined = slices.DeleteFunc(slices.Clone(p.Agreed), not), slices.DeleteFunc(slices.Clone(p.Declined), not)
	does := "takes part in"
	if a.Answer == "no" {
		p.Declined, does = append(p.Declined, by), "takes no part in"
	} else {
		p.Agreed = append(p.Agreed, by)
	}
	over := ""
	if slices.Contains(p.Declined, p.Lead) || len(p.Agreed)+len(p.Asked) < 2 {
		p.Ended, over = m.Now, ". With that it has ended"
	}
	others := slices.DeleteFunc(p.all(), not)
	g.pen.Notify(ledger.Notice{Kind: regime.NoticeTogether, To: ledger.DutyContacts(others),
		Text: g.Name(by) + " " + does + " arrangement " + p.ID + over})
	return words.Sentence(words.Capital(does)+" arrangement "+p.ID+" about provider "+p.Provider+over+".", a.Reason, "")
}

// ArrangementLines say of each arrangement who leads, who has agreed and who has not.
func (g *Group) ArrangementLines() []string {
	var out []string
	for _, p := range g.Arrangements {
		out = append(out, g.arrangementWords(p))
	}
	return out
}

func (g *Group) arrangementWords(p Arrangement) string {
	text := p.ID + ", " + p.Provider + ", led by " + g.Name(p.Lead) + ", agreed by " + g.names(p.Agreed)
	if len(p.Asked) > 0 {
		text += "; asked: " + g.names(p.Asked)
	}
	if len(p.Declined) > 0 {
		text += "; not: " + g.names(p.Declined)
	}
	if !p.Ended.IsZero() {
		text += "; ended on " + calendar.Day(p.Ended)
	}
	return text + ". " + p.What
}

// arrangements are those that commissioners have, or have been asked for.
func (a *agenda) arrangements() []AgendaLine {
	var out []AgendaLine
	for _, p := range a.g.Arrangements {
		if p.Ended.IsZero() {
			out = append(out, say("Commissioners together: "+a.g.arrangementWords(p))...)
		}
	}
	return out
}
