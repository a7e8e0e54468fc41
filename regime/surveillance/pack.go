package surveillance

import (
	"slices"
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// Pack is what a member has sent ahead of a meeting: what it knows of the providers on the
// agenda, or that it has nothing new.
type Pack struct {
	Party regime.Party `json:"party"`
	At    time.Time    `json:"at"`
	What  string       `json:"what"`
	Where string       `json:"where,omitempty"` // of a longer document
}

var groupPackVerbs = []Verb{
	{Path: "group pack", Update: "SendPack", Rules: "R73 R76",
		New:     func() Act { return new(SendPack) },
		Did:     "sent what it knows ahead of the meeting",
		Summary: "Send what your body knows ahead of the next meeting, or that it has nothing new",
		Example: `group pack --group GROUP --by CCG/07K --what "Staffing at RGP has recovered; nothing new on the others"`},
}

// SendPack is asked of every member and owed by none. A body that has told the group something
// since it last met is not asked again (R76).
type SendPack struct {
	What  string `json:"what" flag:"what" usage:"what your body knows, without patients' or staff names" need:"yes"`
	Where string `json:"where,omitempty" flag:"where" usage:"where a longer document lies"`
}

func (a *SendPack) check(g *Group, m ledger.Moment) error { return g.memberOnly(m) }

func (a *SendPack) do(g *Group, m ledger.Moment) string {
	n := g.next()
	n.Packs = slices.DeleteFunc(n.Packs, func(p Pack) bool { return p.Party == m.By.For })
	n.Packs = append(n.Packs, Pack{Party: m.By.For, At: m.Now, What: a.What, Where: a.Where})
	text := "Sent for meeting " + strconv.Itoa(n.N) + ": " + a.What
	if a.Where != "" {
		text += " (" + a.Where + ")"
	}
	return text
}

// yetToSend are the members that have sent nothing for the next meeting and told nothing
// since the last. What was told in confidence was told by none of them (R14).
func (g *Group) yetToSend() []regime.Party {
	since := g.Opened
	if last, ok := g.LastMeeting(); ok {
		since = last.Held
	}
	return g.parties(func(p regime.Party) bool {
		if n := g.next(); n != nil && slices.ContainsFunc(n.Packs, func(k Pack) bool { return k.Party == p }) {
			return false
		}
		return !slices.ContainsFunc(g.Concerns, func(c Concern) bool {
			return c.By.For == p && c.At.After(since)
		}) && !slices.ContainsFunc(g.Entries, func(e ledger.Entry) bool {
			return e.By.For == p && e.At.After(since) && e.Verb == VerbOf(&AddGroupNote{}).Path
		})
	})
}

// packs are what members have sent ahead of the meeting.
func (a *agenda) packs() []AgendaLine {
	n := a.g.next()
	if n == nil {
		return nil
	}
	out := a.indicators()
	for _, p := range n.Packs {
		text := a.g.Name(p.Party) + ", " + day(p.At) + ": " + p.What
		if p.Where != "" {
			text += " (" + p.Where + ")"
		}
		out = append(out, say(text)...)
	}
	return out
}
