package surveillance

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

// AgendaItem is one item of the agenda of the next meeting.
type AgendaItem struct {
	N     int                   `json:"n"`
	Kind  regime.AgendaItemKind `json:"kind"`
	Title string                `json:"title"`
	Lines []AgendaLine          `json:"lines,omitempty"`
}

// AgendaLine is one thing to speak of; Provider is set where it is a provider to be
// considered.
type AgendaLine struct {
	Provider string `json:"provider,omitempty"`
	Text     string `json:"text"`
}

// The items that an agenda can have; the profile says which, in what order, under what title.
const (
	itemAttendance  regime.AgendaItemKind = "attendance"
	itemRecord      regime.AgendaItemKind = "record"
	itemPacks       regime.AgendaItemKind = "packs"
	itemReports     regime.AgendaItemKind = "reports"
	itemUrgent      regime.AgendaItemKind = "urgent"
	itemEnhanced    regime.AgendaItemKind = "enhanced"
	itemRotation    regime.AgendaItemKind = "rotation"
	itemThemes      regime.AgendaItemKind = "themes"
	itemStandards   regime.AgendaItemKind = "standards"
	itemSafeguard   regime.AgendaItemKind = "safeguarding"
	itemEscalations regime.AgendaItemKind = "escalations"
	itemLevels      regime.AgendaItemKind = "levels"
	itemActions     regime.AgendaItemKind = "actions"
	itemNext        regime.AgendaItemKind = "next"
)

// agendaItems fill the items, in the order in which they claim providers: who is spoken of
// under an earlier one has no second turn.
var agendaItems = []struct {
	kind regime.AgendaItemKind
	fill func(a *agenda) []AgendaLine
}{
	{itemAttendance, (*agenda).attendance},
	{itemRecord, (*agenda).record},
	{itemPacks, (*agenda).packs},
	{itemReports, (*agenda).reports},
	{itemUrgent, (*agenda).urgent},
	{itemEnhanced, (*agenda).enhanced},
	{itemRotation, (*agenda).rotation},
	{itemThemes, (*agenda).themes},
	{itemStandards, (*agenda).standards},
	{itemSafeguard, (*agenda).safeguarding},
	{itemEscalations, (*agenda).escalations},
	{itemLevels, (*agenda).levels},
	{itemActions, (*agenda).actions},
	{itemNext, (*agenda).next},
}

// agenda is one in the making.
type agenda struct {
	g      *Group
	now    time.Time
	spoken []string // providers that have their place
}

// Agenda is what the next meeting has before it, as of a time. It is worked out from the record
// alone and never written by hand (R76).
func (g *Group) Agenda(now time.Time) []AgendaItem {
	a := &agenda{g: g, now: now}
	var out []AgendaItem
	for i, row := range g.row().Agenda {
		for _, item := range agendaItems {
			if item.kind == row.Item {
				out = append(out, AgendaItem{N: i + 1, Kind: row.Item, Title: row.Title, Lines: item.fill(a)})
			}
		}
	}
	return out
}

// ToConsider lists the providers that the agenda has the group consider, each once.
func (g *Group) ToConsider(now time.Time) []string {
	var out []string
	for _, item := range g.Agenda(now) {
		for _, l := range item.Lines {
			if l.Provider != "" && g.mayConsider(l.Provider) && !slices.Contains(out, l.Provider) {
				out = append(out, l.Provider)
			}
		}
	}
	return out
}

// AgendaMarkdown is the agenda as a page, for members only.
func (g *Group) AgendaMarkdown(now time.Time) string {
	title := "# Agenda of the " + g.labels().Group + ", " + g.PlaceName
	if n := g.next(); n != nil {
		title += "\n\nMeeting " + strconv.Itoa(n.N) + ", " + calendar.Instant(n.At)
		if n.Place != "" {
			title += ", " + words.MarkdownText(n.Place)
		}
		if n.Theme != "" {
			title += ". Theme: " + words.MarkdownText(n.Theme)
		}
	}
	lines := []string{title, "", "Confidential to members."}
	for _, item := range g.Agenda(now) {
		lines = append(lines, "", "## "+strconv.Itoa(item.N)+". "+item.Title, "")
		for _, l := range item.Lines {
			lines = append(lines, "- "+words.MarkdownText(l.Text))
		}
		if len(item.Lines) == 0 {
			lines = append(lines, "- Nothing before the meeting.")
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// speakOf gives a provider its place on the agenda, unless it has one.
func (a *agenda) speakOf(code, text string) []AgendaLine {
	if slices.Contains(a.spoken, code) {
		return nil
	}
	a.spoken = append(a.spoken, code)
	return []AgendaLine{{Provider: code, Text: a.g.providerName(code) + " (" + code + "): " + text}}
}

func say(text string) []AgendaLine { return []AgendaLine{{Text: text}} }

func (a *agenda) attendance() []AgendaLine {
	out := say(words.Count(len(a.g.Members), "member") + ". There is no quorum; national bodies come by risk (R16).")
	if gaps := a.g.MembershipGaps(); len(gaps) > 0 {
		out = append(out, say("Not yet at the table, though of the minimum (R69): "+a.g.names(gaps)+".")...)
	}
	return append(out, say("Conflicts of interest: members say which providers are their own concern.")...)
}

func (a *agenda) record() []AgendaLine {
	last, ok := a.g.LastMeeting()
	if !ok {
		return say("This is the group's first meeting.")
	}
	text := "The record of meeting " + strconv.Itoa(last.N) + " is final."
	switch rest := a.g.Agreement(last.Draft); {
	case last.Recorded.IsZero():
		text = "The record of meeting " + strconv.Itoa(last.N) + " is still owed."
	case rest != nil && rest.Open():
		text = "The record of meeting " + strconv.Itoa(last.N) + " is a draft (" + rest.ID + "); corrections until " +
			calendar.Instant(rest.Until) + "."
	}
	open, late := 0, 0
	for _, o := range a.g.Actions {
		if !o.Settled() {
			open++
			late += words.Flag(o.Status == regime.ActionAccepted && a.now.After(o.Due))
		}
	}
	return say(text + " " + words.Count(open, "open action") + ", " + strconv.Itoa(late) + " late.")
}

// urgent are the concerns that may not wait, and those in which several bodies agree.
func (a *agenda) urgent() []AgendaLine {
	var out []AgendaLine
	for _, t := range a.g.Worries() {
		if !t.Urgent && len(t.Bodies) < 2 {
			continue
		}
		out = append(out, a.speakOf(t.Provider, a.g.concernWords(t))...)
	}
	return out
}

// concernWords puts together what all bodies say of one provider.
func (g *Group) concernWords(t Gathered) string {
	var said []string
	for _, c := range t.Concerns {
		what := g.Name(c.By.For) + " (" + c.ID + "): " + c.What
		if c.Discussed > 0 {
			what += " (spoken of at meeting " + strconv.Itoa(c.Discussed) + ")"
		}
		for _, answer := range c.Answers {
			what += " (" + g.Name(answer.By) + " answers: " + answer.Says + ")"
		}
		if rest := g.Pending(ledger.ToSetAside, c.ID); rest != nil {
			what += " (no further attention after " + calendar.Day(rest.Until) + ", unless who raised it keeps it open: " + rest.ID + ")"
		}
		if c.Urgent {
			what = "URGENT " + what
		}
		said = append(said, what)
	}
	head := "1 body"
	if n := len(t.Bodies); n > 1 {
		head = strconv.Itoa(n) + " bodies"
	}
	if nth := g.nth(t.Provider, t.latest()); nth != "" {
		head += ", the latest concern " + nth
	}
	said = append(said, g.SaidElsewhere(t.Provider)...)
	return head + ". " + strings.Join(said, " / ")
}

// enhanced are the providers that the group has agreed to look at more closely, and those
// with a live case, whose conduct is not the group's.
func (a *agenda) enhanced() []AgendaLine {
	var out []AgendaLine
	for _, w := range a.g.Watched {
		text := ""
		if a.g.level(w.Level).Reviewed {
			c := w.Current()
			text = words.Full(a.g.LevelName(w.Level)+" since "+calendar.Day(c.At)+". "+c.Reason) + " "
		}
		if w.Case != "" {
			text += "case " + w.Case + " is open: " + a.g.CaseWords(w) + ". The group notes how it stands."
		}
		if text != "" {
			out = append(out, a.speakOf(w.Code, strings.TrimSpace(text))...)
		}
	}
	return out
}

func (a *agenda) rotation() []AgendaLine {
	var out []AgendaLine
	for _, t := range a.g.turns(a.spoken, a.now) {
		seen := "never considered yet"
		if !t.Watched.Considered.IsZero() {
			seen = "last considered on " + calendar.Day(t.Watched.Considered)
		}
		out = append(out, a.speakOf(t.Watched.Code, t.Why+"; "+seen)...)
	}
	for _, t := range a.g.Worries() {
		if a.g.provider(t.Provider) == nil {
			out = append(out, a.speakOf(t.Provider, "concern of "+a.g.names(t.Bodies)+"; it is not on the "+
				"group's list ('group watch')")...)
		}
	}
	return out
}
