package surveillance

import (
	"strconv"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// Theme is an issue of the whole system: it stands on the agenda without a provider (R105).
type Theme struct {
	ID         string       `json:"id"` // "T1"
	What       string       `json:"what"`
	By         regime.Party `json:"by"`
	At         time.Time    `json:"at"`
	Considered time.Time    `json:"considered,omitzero"`
	Conclusion string       `json:"conclusion,omitempty"` // the latest
	Ended      time.Time    `json:"ended,omitzero"`
}

var themeVerbs = []Verb{
	{Path: "group theme", Update: "RaiseTheme", Rules: "R76 R105",
		New:     func() Act { return new(RaiseTheme) },
		Did:     "put an issue of the whole system on the agenda",
		Summary: "Put an issue of the whole system on the agenda, without a provider",
		Example: `group theme --group GROUP --by CCG/07J --what "Beds in care homes are short all over the area"`},
	{Path: "group theme-consider", Update: "ConsiderTheme", Rules: "R68 R88 R101 R105",
		New:     func() Act { return new(ConsiderTheme) },
		Did:     "recorded what the group made of a theme",
		Summary: "Record what the group made of a theme, and who leads on it",
		Example: `group theme-consider --group GROUP --by "NHS England" --theme T1 --conclusion "A count of beds every month" --lead CCG/07J`},
}

// RaiseTheme is open to all who may tell the group a concern.
type RaiseTheme struct {
	What string `json:"what" flag:"what" usage:"the issue, without patients' or staff names" need:"yes"`
}

func (a *RaiseTheme) check(*Group, ledger.Moment) error { return nil }

func (a *RaiseTheme) do(g *Group, m ledger.Moment) string {
	t := Theme{ID: "T" + strconv.Itoa(len(g.Themes)+1), What: a.What, By: m.By.For, At: m.Now}
	g.Themes = append(g.Themes, t)
	return "Theme " + t.ID + " for the next meeting: " + a.What
}

// ConsiderTheme binds no member: a lead is asked, as after every other outcome (R68, R101).
type ConsiderTheme struct {
	Theme      string       `json:"theme" flag:"theme" number:"yes" usage:"its number, such as T1" need:"yes"`
	Conclusion string       `json:"conclusion" flag:"conclusion" usage:"what was concluded together" need:"yes"`
	Lead       regime.Party `json:"lead,omitempty" flag:"lead" usage:"the member that is asked to act on it"`
	Due        time.Time    `json:"due,omitzero" flag:"due" day:"end" when:"ahead" usage:"by when it is asked to"`
	Ends       bool         `json:"ends,omitempty" flag:"ends" usage:"it need not stand on the agenda any more"`
	At         time.Time    `json:"at,omitzero" flag:"at" when:"past" usage:"when the group considered it, if earlier than now"`
}

func (g *Group) theme(id string) *Theme {
	return ledger.Find(g.Themes, func(t Theme) bool { return t.ID == id })
}

func (a *ConsiderTheme) check(g *Group, m ledger.Moment) error {
	t := g.theme(words.Code(a.Theme))
	own := t != nil && t.By == m.By.For && a.Ends && a.Lead == "" // to end what it raised, a body need not be a member
	if err := g.memberOnly(m); err != nil && !own {
		return err
	}
	switch {
	case t == nil:
		return regime.Mistakef("there is no theme %q.", words.Clip(a.Theme, 20))
	case !t.Ended.IsZero():
		return regime.Mistakef("theme %s has ended; 'group theme' raises it again.", t.ID)
	case a.Lead != "" && !g.IsMember(a.Lead):
		return regime.Refusef("R68", "a member leads on a theme; %s is not one.", g.Name(a.Lead))
	}
	return a.mayEnd(g, t, m)
}

// mayEnd: what one body raised, others give no more attention only at a meeting, as a concern (R88).
func (a *ConsiderTheme) mayEnd(g *Group, t *Theme, m ledger.Moment) error {
	if !a.Ends || t.By == m.By.For {
		return nil
	}
	if there := g.membersAt(g.sitting(m.At)); len(there) < g.profile().Agreement.Least {
		return regime.Refusef("R88", "%s raised theme %s, and it alone ends it between meetings; others do at a meeting, with those "+
			"present named ('group hold'). To consider it without --ends is free.", g.Name(t.By), t.ID)
	}
	return nil
}

func (a *ConsiderTheme) follows(g *Group, _ ledger.Moment) ledger.Bound {
	return ledger.Since(g.theme(words.Code(a.Theme)).At, "the theme was raised")
}

func (a *ConsiderTheme) do(g *Group, m ledger.Moment) string {
	t := g.theme(words.Code(a.Theme))
	t.Considered, t.Conclusion = m.At, a.Conclusion
	text := "Considered theme " + t.ID + ": " + words.Full(a.Conclusion)
	if a.Lead != "" {
		due := a.Due
		if due.IsZero() {
			due = g.row().Asked.After(m.Now)
		}
		id := g.propose(Action{Raised: m.Now, Action: ledger.Action{What: "Act on theme " + t.ID + ": " + a.Conclusion,
			Owner: a.Lead, Proposer: m.By.For, Due: due}}, m)
		text += " Proposed to " + g.Name(a.Lead) + " (" + id + "), due " + calendar.Instant(due) + "."
	}
	if a.Ends {
		t.Ended = m.At
		text += " It stands on the agenda no more."
		if t.By != m.By.For {
			text = words.Full(strings.TrimSuffix(text, ".") + ", agreed at meeting " + strconv.Itoa(g.sitting(m.At)) + " by " +
				g.names(g.membersAt(g.sitting(m.At))))
			g.pen.Notify(ledger.Notice{Kind: regime.NoticeConcernRests, To: ledger.DutyContacts([]regime.Party{t.By}),
				Text: "Theme " + t.ID + " of your body stands on the agenda no more. If it should, your body can raise it anew",
				Asks: ledger.Asking("", "group theme")})
		}
	}
	return text
}

// openThemes are those that stand on the agenda.
func (a *agenda) openThemes() []AgendaLine {
	var out []AgendaLine
	for _, t := range a.g.Themes {
		if !t.Ended.IsZero() {
			continue
		}
		text := t.ID + ", " + a.g.Name(t.By) + ", " + calendar.Day(t.At) + ": " + t.What
		if !t.Considered.IsZero() {
			text += " (considered on " + calendar.Day(t.Considered) + ": " + t.Conclusion + ")"
		}
		out = append(out, say(text)...)
	}
	return out
}
